from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.tables import SEATINGS, exercise, leads, offers, play, robots_alone, seated, until
from kit.views import ask, marked, marked_table, released, sealed, seen_by

from ttx.exercise import zones
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.events import Confirmed, Released
from ttx.session.fold import fold
from ttx.session.game import Game
from ttx.session.play_commands import LeaveLevers, Move, Start, Submit
from ttx.session.run import Run
from ttx.session.table import Table
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view import reckoning, ruling, standing, theatre, words
from ttx.session.view import tracks as track_views
from ttx.session.view.briefing import briefing
from ttx.session.view.eye import Eye
from ttx.session.view.visibility import visibility

ALLIED, RED, WHITE = ("relief", "tokyo"), ("coast_guard",), ("facilitator", "evaluator")


def steps(one: Table, seed: int) -> Iterator[Game]:
    """Every game between two entries of a played run."""
    for _ in play(one, seed):
        pass
    for count in range(len(one.entries) + 1):
        yield fold(one.game.run, one.entries[:count])


# What a seat may not see is absent


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_for_the_white_cell_alone_is_never_seen(seed: int) -> None:
    for game in steps(marked_table(seed), seed):
        for seat in (*ALLIED, *RED):
            assert not re.findall(r"(?:EXPECTED|IF-NOT|PROBE)-\d-CANARY", seen_by(game, seat))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_an_inject_is_seen_when_it_is_released(seed: int) -> None:
    injects = [inject.id for inject in marked().inject]
    for game in steps(marked_table(seed), seed):
        out = {number for number, one in enumerate(injects) if one in released(game)}
        for seat in (*ALLIED, *RED):
            found = re.findall(r"[A-Z]+-(\d)-\S*CANARY", seen_by(game, seat))
            assert out == {int(number) for number in found}


def test_a_sealed_answer_makes_no_difference_to_anybody_else() -> None:
    first = sealed("line_in_tokyo", "WHY-CANARY").game
    second = sealed("after_the_season", "ANOTHER-CANARY").game

    for seat in ("tokyo", *RED):
        assert seen_by(first, seat) == seen_by(second, seat)
    assert seen_by(first, "relief") != seen_by(second, "relief")


def test_reasons_stay_with_the_cell_until_the_hot_wash() -> None:
    one = sealed("line_in_tokyo", "WHY-CANARY")
    ask(one, "tokyo", Submit(Answer("after_the_season", 13, {}, "JAPANS-CANARY")))

    while not one.closed:
        for seat in ("tokyo", *RED):
            assert "WHY-CANARY" not in seen_by(one.game, seat)
        for seat in ("relief", *RED):
            assert "JAPANS-CANARY" not in seen_by(one.game, seat)
        seat = next(seat for seat in leads(one.game.run) if offers(one.game, seat))
        ask(one, seat, offers(one.game, seat)[-1])


def test_who_has_answered_is_seen_and_not_what() -> None:
    one = sealed("line_in_tokyo", "")

    for seat, answered in (("relief", "line_in_tokyo"), ("tokyo", "")):
        message = message_views.message(Eye(one.game, seat))
        assert message is not None
        assert (answered, ("Japan",)) == (message.answered, message.waiting)


def test_after_adjudication_both_answers_are_seen() -> None:
    one = sealed("line_in_tokyo", "")
    for seat in ALLIED:
        assert ruling.ruling(Eye(one.game, seat)) is None
    ask(one, "tokyo", Submit(Answer("after_the_season")))

    for seat in ALLIED:
        view = ruling.ruling(Eye(one.game, seat))
        assert view is not None
        assert (
            ("Japan", "OPTION-0-after_the_season-CANARY"),
            ("US", "OPTION-0-line_in_tokyo-CANARY"),
        ) == view.answers
        assert view.discord


def test_a_proposed_ruling_is_for_the_white_cell_until_it_is_confirmed() -> None:
    one = robots_alone("tutorial", "steady")
    at = next(n for n, entry in enumerate(one.entries) if entry.phase == "adjudication") + 1
    proposed = fold(one.game.run, one.entries[:at])
    assert phases.ADJUDICATION == proposed.phase

    for seat in (*ALLIED, *RED):
        assert ruling.ruling(Eye(proposed, seat)) is None
    for seat in WHITE:
        assert ruling.ruling(Eye(proposed, seat)) is not None
    confirmed = fold(one.game.run, one.entries[: at + 1])
    for seat in ALLIED:
        assert ruling.ruling(Eye(confirmed, seat)) is not None


def test_the_true_minutes_are_seen_when_the_ruling_is_confirmed() -> None:
    one = robots_alone("tutorial", "steady")
    ends = [n for n, e in enumerate(one.entries) if isinstance(e.event, Confirmed)]
    number = next(n for n in ends if one.entries[n - 1].phase == "adjudication" and n > 10)

    def expected(count: int, seat: str) -> bool:
        message = message_views.message(Eye(fold(one.game.run, one.entries[:count]), seat))
        assert message is not None
        assert message.clock is not None
        return message.clock.sentence.startswith("the staff expects")

    assert [True, False] == [expected(number, "relief"), expected(number + 1, "relief")]
    assert not expected(number, "facilitator")


@pytest.mark.slow
def test_a_red_seat_sees_no_scores_and_no_levers() -> None:
    for game in steps(seated("accelerate", seed=3), 3):
        if game.phase not in (phases.RECKONING, phases.LEVERS):
            continue
        for seat in ("prc", "dprk", "russia"):
            assert () == lever_views.levers(Eye(game, seat))
            assert standing.standing(Eye(game, seat)) is None
            assert () == lever_views.budgets(Eye(game, seat))
            assert () == lever_views.pending_effects(Eye(game, seat))
            view = reckoning.reckoning(Eye(game, seat))
            assert (view is not None) == (game.turn is not None and game.turn.confirmed)
            if view is not None:
                assert ((), "", ()) == (view.scores, view.against, view.basis)
        if len(game.turns) > 2:
            break


def test_a_red_seat_sees_its_own_five_tracks() -> None:
    game = seated("accelerate").game
    names = [track.id for track in exercise("accelerate").track]

    assert set(names[20:25]) == {one.id for one in track_views.tracks(Eye(game, "prc"))}


def told() -> Game:
    """The first ruling is told; the cells differed."""
    one = sealed("line_in_tokyo", "")
    ask(one, "tokyo", Submit(Answer("after_the_season")))
    return one.game


def test_a_red_seat_reads_no_allied_answer() -> None:
    view = ruling.ruling(Eye(told(), "coast_guard"))

    assert view is None or (not view.answers and not view.changes)


def test_a_red_seat_reads_no_allied_track_in_an_option() -> None:
    one = seated("tutorial")
    assert until(one, phases.DELIBERATION)
    while one.game.inject and one.game.inject.id != "help_nobody_asked_for":
        ask(one, "relief", offers(one.game, "relief")[-1])
        assert until(one, phases.DELIBERATION)
    message = message_views.message(Eye(one.game, "coast_guard"))

    assert message is not None
    assert not any(" now " in option.closed for option in message.options)


def test_who_sees_what_is_the_table_of_the_design() -> None:
    game = sealed("line_in_tokyo", "").game
    cells = frozenset({"us", "japan", "red", "white"})

    us, red, white = (visibility(game, seat) for seat in ("relief", "coast_guard", "facilitator"))
    assert (frozenset({"us"}), frozenset({"us"})) == (us.answers, us.rationale)
    assert (frozenset({"red"}), frozenset({"red"})) == (red.answers, red.rationale)
    assert (cells, cells) == (white.answers, white.rationale)
    assert [(True, True), (False, False), (True, True)] == [
        (one.scores, one.levers) for one in (us, red, white)
    ]
    assert [False, False, True] == [one.proposed for one in (us, red, white)]
    assert frozenset(marked().tracks) == us.tracks == white.tracks > red.tracks
    assert cells == visibility(replace(game, phase=phases.REVIEW), "relief").answers
    assert cells == visibility(replace(game, phase=phases.HOTWASH), "relief").rationale


def test_together_people_see_one_anothers_answers() -> None:
    game = seated("tutorial").game

    assert {"us", "japan"} <= visibility(replace(game, phase=phases.DELIBERATION), "tokyo").answers


# Numbers that must add up


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=12)
def test_the_numbers_of_the_tutorial_add_up(how: str, seed: int) -> None:
    for game in steps(seated("tutorial", how, seed), seed):
        adds_up(game, leads(game.run)[0])


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=2)
def test_the_numbers_of_the_flagship_add_up(how: str, seed: int) -> None:
    for game in steps(seated("accelerate", how, seed), seed):
        if game.phase in (phases.REVIEW, phases.RECKONING):
            adds_up(game, leads(game.run)[0])


def adds_up(game: Game, seat: str) -> None:
    """Terms of scores, effects of rulings and steps of adversaries are the sums they stand for."""
    view = standing.standing(Eye(game, seat))
    assert view is not None
    tracks = {track.id: track.name for track in track_views.tracks(Eye(game, seat))}
    for score in view.scores:
        assert score.now == score.course[-1]
        if len(score.course) > 1:
            assert score.course[-1] - score.course[-2] == score.change
            assert score.change == sum(term.by for term in score.terms)
        assert score.now - score.references[0][1][-1] == score.against
        for term in score.terms:
            if term.name in tracks.values() and term.causes:
                assert term.after - term.before == sum(by for _, by in term.causes)
    if game.phase == phases.REVIEW:
        ruling_adds_up(game, seat)
    end = reckoning.reckoning(Eye(game, seat)) if game.phase == phases.RECKONING else None
    for row in end.responses if end else ():
        assert row.z == sum(step.steps for step in row.steps)
        assert (row.response == "restraint") == (not row.escalation)
        assert words.share(row.odds_share * 2**32 // 10000 + 2**18) == row.odds
    for score_row in end.scores if end else ():
        score = next(one for one in view.scores if one.name == score_row.name)
        if game.turn is not None and game.turn.confirmed:
            assert (score.now, score.change) == (score_row.now, score_row.change)


def ruling_adds_up(game: Game, seat: str) -> None:
    slot, view = game.slot, ruling.ruling(Eye(game, seat))
    assert slot is not None
    assert slot.ruled is not None
    assert view is not None
    fact, tables = slot.ruled.ruling, game.run.tables
    by: dict[str, int] = {}
    for effect in fact.effects:
        if not effect.delay:
            by[effect.track] = by.get(effect.track, 0) + effect.by
    for change in fact.limits:
        by[change.track] = by.get(change.track, 0) + change.by
    for name, row in tables.track.items():
        assert by.get(name, 0) == game.position.tracks[row] - slot.before.tracks[row]
    shown = {one.name: one.after - one.before for one in view.changes}
    short = {game.run.exercise.tracks[name].short: moved for name, moved in by.items()}
    assert shown == {name: moved for name, moved in short.items() if name in shown}
    assert [e.by for e in fact.effects] == [row.by for row in view.effects]
    if view.clock is not None:
        path = [step for step in view.clock.steps if step.on_path]
        assert view.clock.total == sum(step.minutes for step in path) == fact.total
        assert [step.begins for step in path] == [
            sum(one.minutes for one in path[:at]) for at in range(len(path))
        ]
        for step in view.clock.steps:
            assert step.on_path == (step.spare == 0) or step.spare == 0
        assert (fact.total > fact.window) == view.clock.bad == (not view.good)


def test_a_lever_tells_what_it_costs_and_buys() -> None:
    one = seated("tutorial")
    ask(one, "relief", Start())
    before = {lever.id: lever for lever in lever_views.levers(Eye(one.game, "relief"))}
    staff = {level.id: level for level in before["standing_staff"].levels}
    have = one.game.position.budgets

    ask(one, "relief", Move("standing_staff", "liaison"))

    assert "money 4 a turn, staff time 2" == staff["liaison"].price
    assert ("T2", "now") == (staff["liaison"].lands, staff["none"].lands or "now")
    assert 2 == have[1] - one.game.position.budgets[1]
    held = [
        level.id for level in lever_views.levers(Eye(one.game, "relief"))[1].levels if level.held
    ]
    assert ["liaison"] == held
    assert staff["liaison"].minutes < 0
    landing = lever_views.pending_effects(Eye(one.game, "relief"))
    assert all(1 < each.turn <= 2 for each in landing)


def test_tracks_show_their_course() -> None:
    one = robots_alone("accelerate", "phased")
    last = one.game.turns[-1]
    opened = dict.fromkeys(one.game.run.tables.track, 0)
    for _, track, by in last.opened.changes:
        opened[track] += by
    for view in track_views.tracks(Eye(one.game, "usfj")):
        assert 11 == len(view.course)
        assert view.course[-1] == view.now
        assert view.course[-1] - view.course[-2] - opened[view.id] == view.change


def test_a_message_is_the_one_on_the_table() -> None:
    one = seated("tutorial")
    assert message_views.message(Eye(one.game, "relief")) is None
    ask(one, "relief", Start(), LeaveLevers())
    view = message_views.message(Eye(one.game, "relief"))

    assert view is not None
    assert ("one_telephone_number", "1.1", "Japan") == (view.id, view.number, view.lead)
    assert ["1", "2", "3"] == [option.key for option in view.options]
    assert [True, False, False] == [bool(option.closed) for option in view.options]
    assert view.clock is None
    pins = theatre.pins(Eye(one.game, "relief"))
    assert [("one_telephone_number", 1, 1)] == [(p.inject, p.number, p.turn) for p in pins]


def test_the_briefing_says_who_holds_which_cell() -> None:
    view = briefing(Eye(seated("tutorial", "as the US", robot="steady").game, "relief"))

    assert (
        ("US cell", "you"),
        ("Japan cell", "robot: steady"),
        ("Red cell", "the rule of the model"),
        ("White cell", "nobody: open gates"),
    ) == view.at_the_table
    assert ("US cell",) == view.yours
    view = briefing(Eye(seated("tutorial", "apart").game, "tokyo"))
    apart = dict(view.at_the_table)
    assert ("a person", "you") == (apart["US cell"], apart["Japan cell"])
    assert ("Japan cell",) == view.yours


# Words


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (65, "1 h 05"), (170, "2 h 50"), (-68, "1 h 08")],
)
def test_hours(minutes: int, said: str) -> None:
    assert said == words.hours(minutes)


def test_hours_in_a_bar() -> None:
    assert ["0:00", "0:59", "2:50", "25:01"] == [words.hours_short(m) for m in (0, 59, 170, 1501)]


@pytest.mark.parametrize(
    ("value", "exact", "moved", "by"),
    [
        (0, "+0.00", "+0.0", "+0"),
        (4, "+0.04", "+0.0", "+0.04"),
        (-4, "-0.04", "+0.0", "-0.04"),
        (5, "+0.05", "+0.1", "+0.05"),
        (-5, "-0.05", "-0.1", "-0.05"),
        (150, "+1.50", "+1.5", "+1.5"),
        (-304, "-3.04", "-3.0", "-3.04"),
        (-1130, "-11.30", "-11.3", "-11.3"),
        (1000, "+10.00", "+10.0", "+10"),
    ],
)
def test_changes(value: int, exact: str, moved: str, by: str) -> None:
    assert (exact, moved, by) == (
        words.exact(value),
        words.moved_points(value),
        words.by_points(value),
    )


@given(st.integers(-10_000, 10_000))
def test_what_has_to_add_up_is_told_exactly(value: int) -> None:
    sign = -1 if words.exact(value).startswith("-") else 1
    whole, _, rest = words.exact(value)[1:].partition(".")
    assert value == sign * (int(whole) * 100 + int(rest))
    assert abs(value / 100 - float(words.moved_points(value))) <= 0.0501


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (0, "0.00"),
        (2**31, "50.00"),
        (2**32 - 1, "99.99"),
        (429_496, "0.00"),
        (429_497, "0.01"),
        (2**32 // 8, "12.50"),
    ],
)
def test_shares_are_cut_and_never_rounded_up(draw: int, said: str) -> None:
    assert said == words.share(draw)


def test_directions() -> None:
    assert ["better", "worse", "same", "same", "same"] == [
        words.direction(value, "higher") for value in (5, -5, 4, -4, 0)
    ]
    assert ["worse", "better"] == [words.direction(value, "lower") for value in (5, -5)]
    assert "same" == words.direction(49, "higher", same=50)


def test_verdicts_and_carries() -> None:
    assert ["in time", "late", "far too late"] == [
        words.verdict(timing) for timing in ("on_time", "late", "far_too_late")
    ]
    assert [
        "not at all",
        "a quarter",
        "half",
        "three quarters",
        "in full",
        "more than in full",
    ] == [words.carries(quarters) for quarters in range(6)]


def test_days_and_hours() -> None:
    assert "Sat 7 Nov 2026" == words.day_text("2026-11-07")
    assert ["00:00", "18:00", "01:00"] == [words.clock_time(hour) for hour in (0, 18, 25)]


TUTORIAL = exercise("tutorial")


@pytest.mark.parametrize(
    ("text", "hour", "said"),
    [
        ("no place", 11, "no place"),
        ("{onset}", 11, "11:00 JST"),
        ("{onset+10h}", 11, "21:00 JST"),
        ("{onset+13h}", 11, "00:00 JST on Tue 25 Aug"),
        ("{onset+200h}", 11, "19:00 JST on Tue 1 Sep"),
        ("{hawaii}", 11, "16:00 the day before"),
        ("{hawaii}", 19, "00:00"),
        ("{hawaii+8h}", 11, "00:00"),
        ("{washington}", 11, "22:00 the day before"),
        ("{washington}", 13, "00:00"),
        ("{onset} and {hawaii}, {onset}", 23, "23:00 JST and 04:00, 23:00 JST"),
        ("{tokyo} {onset+2} {onset+2h", 11, "{tokyo} {onset+2} {onset+2h"),
    ],
)
def test_places_for_times_are_filled(text: str, hour: int, said: str) -> None:
    assert said == zones.filled(TUTORIAL, text, "2026-08-24", hour)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-07", "06:00"),
        ("2026-03-10", "07:00"),
        ("2026-10-31", "07:00"),
        ("2026-11-03", "06:00"),
        ("2025-03-11", "07:00"),
        ("2024-12-24", "06:00"),
    ],
)
def test_washington_keeps_summer_time(day: str, said: str) -> None:
    assert said == zones.filled(TUTORIAL, "{washington}", day, 20)


def wall_clock(day: datetime.date, hour: int, zone: str) -> str:
    """What a wall clock shows there, from the tables of the system."""
    try:
        there = datetime.datetime.combine(
            day, datetime.time(hour), ZoneInfo("Asia/Tokyo")
        ).astimezone(ZoneInfo(zone))
    except ZoneInfoNotFoundError:
        pytest.skip("no tables of time zones")
    return f"{there:%H:%M}" + (" the day before" if there.date() < day else "")


@given(st.dates(datetime.date(2024, 1, 1), datetime.date(2035, 12, 31)), st.integers(0, 23))
@settings(max_examples=300)
def test_times_elsewhere_are_those_of_the_wall_clocks_there(day: datetime.date, hour: int) -> None:
    assert wall_clock(day, hour, "Pacific/Honolulu") == zones.filled(
        TUTORIAL, "{hawaii}", day.isoformat(), hour
    )
    changes = {(3, range(8, 16)), (11, range(1, 9))}
    if any(day.month == month and day.day in days for month, days in changes):
        return
    assert wall_clock(day, hour, "America/New_York") == zones.filled(
        TUTORIAL, "{washington}", day.isoformat(), hour
    )


@pytest.mark.parametrize(("day", "hour"), [("2026-03-08", 10), ("2026-11-01", 10)])
def test_on_the_day_of_the_change_too(day: str, hour: int) -> None:
    date = datetime.date.fromisoformat(day)

    assert wall_clock(date, hour, "America/New_York") == zones.filled(
        TUTORIAL, "{washington}", day, hour
    )


@pytest.mark.slow
def test_released_places_are_filled_in_what_is_shown() -> None:
    run: Run | None = None
    for seed in range(3):
        one = robots_alone("accelerate", "random", seed)
        run = one.game.run
        for count, entry in enumerate(one.entries, start=1):
            if isinstance(entry.event, Released):
                view = message_views.message(Eye(fold(run, one.entries[:count]), "usfj"))
                assert view is not None
                assert not re.search(r"\{\w+[^}]*\}", " ".join(view.text))
    assert run is not None
