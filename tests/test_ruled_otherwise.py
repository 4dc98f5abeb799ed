"""What people made of rulings, and excursions: told everywhere, checked, not like for like."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit.control import sound, to_ruling, to_slot
from kit.forging import failed, rewritten
from kit.hosted import CHIEF, ask, host, option, refused, to
from kit.reviewed import final, watched
from kit.tables import exercise

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.analysis.compare import Comparison, compare
from ttx.analysis.compared_runs import compared_run
from ttx.exercise.model.part import text
from ttx.remote.ssh_status import reply
from ttx.report.compared import comparison
from ttx.report.counterfactual import without_each
from ttx.report.lines import lines as in_lines
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.control_commands import Adjust, Amend, Challenge, Hear, Override, Release, Weigh
from ttx.session.game import Game
from ttx.session.opening import begin, fork, look_at, resume_hosted
from ttx.session.play_commands import Continue, End, Start, Submit, Undo
from ttx.session.record import read
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.verify import verify
from ttx.session.view import amending, weighing
from ttx.session.view.contested import right, waiting
from ttx.session.view.control import control
from ttx.session.view.excursion import SAYS, WORD, in_short, may_adjust, numbers, sentences
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import reckoning
from ttx.session.view.record import TRUTH
from ttx.session.view.ruling import RulingView, ruling

FIRST = exercise("accelerate").influence[0]
OFF = Adjust("strength", FIRST.id, 0, "QEXCURSION is it that link")


def seen(game: Game, seat: str = "osd") -> RulingView:
    view = ruling(Eye(game, seat))
    assert view is not None
    return view


def overruled(table: Table, reason: str = "QREASON") -> None:
    """A crisis ruled to be in time, and its first effect far beyond the band."""
    to_ruling(table)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    timing = "late" if slot.ruled.ruling.timing == "on_time" else "on_time"
    ask(table, CHIEF, Amend(Override(timing, {0: 2000}), reason, overrule=True))


def changed(table: Table) -> dict[str, str]:
    """Every adversary two steps from where it is, or one where there is no more."""
    turn = table.game.turn
    assert turn is not None
    assert turn.proposed is not None
    return {
        one.adversary: "escalate" if one.response != "escalate" else "restraint"
        for one in turn.proposed.reckoning.responses
    }


# --- rulings ---


@pytest.mark.slow
def test_an_overruled_ruling_says_so_for_ever(tmp_path: Path) -> None:
    table = host(tmp_path)
    overruled(table)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    model, stands = slot.ruled.ruling, slot.ruling
    assert stands is not None
    view = seen(table.game)

    assert "overruled" == view.how
    assert view.headed.endswith(" overruled")
    assert view.verdict.startswith("Overruled: ")
    assert " as ruled; by the model " in view.verdict
    assert view.margin[0].startswith("By the model ")
    first = view.effects[0]
    assert 2000 == first.by
    assert re.fullmatch(r"model [+-]\d+\.\d\d, ruled", first.arithmetic)
    assert sum(one.by for one in stands.effects) == sum(one.by for one in view.effects)
    assert any("by the facilitator, because: QREASON." in one for one in view.ruled)
    assert f"ruled {'late' if model.timing == 'on_time' else 'in time'}." in view.ruled[0]
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue(), End(), Continue())
    told = "\n".join(in_lines(review_of(review(table.game, table.seal))))
    assert " overruled " in told
    assert "QREASON" in told
    again = "\n".join(lines_of(retold(look_at(read(table_path(table))).timeline, TRUTH)))
    assert again.count("QREASON") > 2


def table_path(table: Table) -> Path:
    assert table.path is not None
    return table.path


def test_before_it_is_confirmed_no_player_reads_of_it(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)

    assert ruling(Eye(table.game, "osd")) is None
    assert ruling(Eye(table.game, CHIEF)) is not None


def test_what_stands_instead_is_shown_while_it_is_chosen(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    model = amending.amend_view(Eye.all_seeing(table.game), Override())
    assert model.same
    assert () == model.beyond
    assert [True] == [one.chosen for one in model.timings if one.model]
    whole = amending.amend_view(Eye.all_seeing(table.game), Override(effects={0: 9999}))
    assert not whole.same
    assert "is outside" in whole.beyond[0]
    assert whole.clamped
    assert "That is beyond a modification" in refused(
        table, CHIEF, Amend(Override(effects={0: 9999}), "why")
    )
    ask(table, CHIEF, Amend(Override(effects={0: 9999}), "why", overrule=True))
    assert amending.amend_view(Eye.all_seeing(table.game), amending.standing(table.game)).same


@pytest.mark.slow
def test_a_modified_reckoning_keeps_its_odds(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.RECKONING)
    proposed = reckoning(Eye(table.game, CHIEF))
    assert proposed is not None
    wanted = changed(table)
    shown = amending.recast_view(Eye.all_seeing(table.game), Override(responses=wanted))
    beyond = bool(shown.beyond)
    ask(table, CHIEF, Amend(Override(responses=wanted), "QREASON", overrule=beyond))
    view = reckoning(Eye(table.game, "osd"))
    assert view is not None

    assert ("overruled" if beyond else "modified") == view.how
    assert view.headline.startswith(f"{view.how.capitalize()}: ")
    assert [(one.odds, one.draw) for one in proposed.responses] == [
        (one.odds, one.draw) for one in view.responses
    ]
    assert [one.response for one in proposed.responses] == [one.model for one in view.responses]
    whole = reckoning(Eye(table.game, CHIEF))
    assert whole is not None
    assert [(one.turned, one.escalation) for one in proposed.responses] == [
        (one.turned, one.escalation) for one in whole.responses
    ]
    assert [one.turned for one in whole.responses] == [one.turned for one in view.responses]
    assert [one.now for one in view.scores] == [yours for _, _, yours, _ in shown.scores]
    assert "QREASON" in view.ruled[0]
    red = reckoning(Eye(table.game, "prc"))
    assert red is not None
    others = {one.name for one in view.responses} - {one.name for one in red.responses}
    assert not any(f"{name}: by the model" in told for name in others for told in red.ruled)
    sound(table)


# --- written-in actions ---


@pytest.mark.slow
def test_a_weighed_action_is_told_with_its_weight_and_reason(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_slot(table, "crisis")
    ask(table, CHIEF, Continue())
    inject = table.game.inject
    assert inject is not None
    seats = {"us": "usfj", "japan": "kantei"}
    lead = seats.pop(inject.lead)
    ask(table, lead, Submit(Answer("", written="QWORDS", pro="QPRO", contra="QCONTRA")))
    ask(table, seats.popitem()[1], Submit(Answer(option(table, 0))))
    view = weighing.weigh_view(Eye.all_seeing(table.game))
    assert view is not None
    assert ("QWORDS", "QPRO", "QCONTRA") == (view.written, view.pro, view.contra)
    gate = control(Eye(table.game, CHIEF))
    assert "waits to be weighed" in gate.sentence
    assert ("Weigh it", "") == (gate.does, gate.asks)
    liked = view.options[1]
    ask(table, CHIEF, Weigh(liked.id, 3, "QREASON"), Continue())

    said = f"in own words: QWORDS, weighed good (3/4), like '{liked.title}'"
    shown = seen(table.game)
    assert said in [title for _, title in shown.answers]
    assert shown.ruled[0].startswith(f"Weighed good (3/4), like '{liked.title}', because: QREASON")
    assert weighing.weigh_view(Eye.all_seeing(table.game)) is None
    sound(table)


# --- challenges ---


@pytest.mark.slow
def test_contested_rulings_are_listed(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    ask(table, CHIEF, Continue())
    assert ("challenge", "") == (
        right(Eye(table.game, "osd")).word,
        right(Eye(table.game, CHIEF)).word,
    )
    assert "" == right(Eye(table.game, "prc")).word == right(Eye(table.game, "evaluator")).word
    ask(table, "osd", Challenge("QWHY"))
    waits = waiting(Eye.all_seeing(table.game))
    assert waits is not None
    assert (waits.number, waits.seat, waits.reason) == (table.game.number, "OSD", "QWHY")
    assert "challenged" == right(Eye(table.game, "osd")).word
    assert "challenge" == right(Eye(table.game, "mofa")).word
    gate = control(Eye(table.game, CHIEF))
    assert ("The challenge of OSD waits to be heard.", "Hear the challenge") == (
        gate.sentence,
        gate.does,
    )
    assert any("waits to be heard" in one for one in seen(table.game).ruled)
    ask(table, CHIEF, Hear("overturned", "QHEARD", Override(effects={0: 1234})))
    assert waiting(Eye.all_seeing(table.game)) is None
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue())
    ask(table, "mofa", Challenge("QTURN"))
    waits = waiting(Eye.all_seeing(table.game))
    assert waits is not None
    assert ("T1", "reckoning", "MOFA") == (waits.number, waits.title, waits.seat)
    ask(table, CHIEF, Hear("upheld", "QSTANDS"))

    view = reckoning(Eye(table.game, "osd"))
    assert view is not None
    assert any("QSTANDS" in told for told in view.ruled)
    red = reckoning(Eye(table.game, "prc"))
    assert red is not None
    assert () == red.ruled
    sound(table)


@pytest.mark.slow
def test_what_is_taken_back_is_contested_no_more(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    ask(table, CHIEF, Continue())
    ask(table, "osd", Challenge("why"))
    ask(table, CHIEF, Undo())

    assert waiting(Eye.all_seeing(table.game)) is None
    sound(table)


# --- excursions ---


@pytest.mark.slow
def test_an_excursion_is_named_everywhere(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert may_adjust(Eye(table.game, CHIEF))
    assert not may_adjust(Eye(table.game, "usfj"))
    assert () == sentences(Eye.all_seeing(table.game))
    before = numbers(Eye.all_seeing(table.game))
    assert all(one.now == one.written for one in before)
    ask(table, CHIEF, OFF, Adjust("start", "us_signal", 4321, "QTRACK"))

    game = table.game
    assert 2 == len(game.excursion)
    assert exercise("accelerate") == game.written
    rows = {one.part: one for one in numbers(Eye.all_seeing(game)) if one.now != one.written}
    assert {FIRST.id, "us_signal"} == set(rows)
    assert (0, FIRST.strength) == (rows[FIRST.id].now, rows[FIRST.id].written)
    assert [FIRST.id] == [one.part for one in numbers(Eye.all_seeing(game), text(FIRST.why))]
    off, track = sentences(Eye.all_seeing(game))
    assert off.startswith(f"Influence {FIRST.id} (")
    assert "switched off, because: QEXCURSION" in off
    assert "starts at 43.21 instead of" in track
    attendance = Attendance(["usfj"])
    lines, _ = reply(table, attendance, "usfj", "status")
    assert [SAYS, off, track] == [one for one in lines if one in (SAYS, off, track)]
    to(table, phases.RECKONING)
    ask(table, CHIEF, End(), Continue())
    found = list(verify(table_path(table)))
    assert [in_short(Eye.all_seeing(game))] == [
        one.found for one in found if one.what == "excursion"
    ]
    assert all(one.holds is not False for one in found)
    told = review(table.game, table.seal)
    assert (SAYS, off, track) == told.apart
    flat = " ".join(" ".join(in_lines(review_of(told))).split())
    assert off in flat
    again = lines_of(retold(look_at(read(table_path(table))).timeline, "usfj"))
    flat = " ".join(" ".join(again).split())
    assert SAYS in flat
    assert not may_adjust(Eye(table.game, CHIEF))
    sound(table)


def test_a_number_set_back_makes_no_excursion(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, OFF, Adjust("strength", FIRST.id, FIRST.strength, "after all"))

    assert not table.game.excursion
    assert not sentences(Eye.all_seeing(table.game))
    assert "" == in_short(Eye.all_seeing(table.game))
    assert WORD == WORD.upper()


@pytest.mark.slow
def test_an_excursion_survives_undo_resume_and_fork(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, OFF)
    to_ruling(table)
    ask(table, CHIEF, Undo())
    assert sentences(Eye.all_seeing(table.game))
    cut = len(table.entries)
    table.leave()
    again = resume_hosted(read(table_path(table)))
    assert sentences(Eye.all_seeing(again.game))
    again.leave()
    made, _ = fork(read(table_path(table)), cut)
    assert sentences(Eye.all_seeing(look_at(read(made)).game))
    assert [] == failed(made)


def test_whoever_plays_alone_sets_one_up(tmp_path: Path) -> None:
    table = begin(exercise("accelerate"), Seating({}, ""), 7, tmp_path / "alone.ttx.toml")
    assert may_adjust(Eye(table.game, "usfj"))
    table.submit("usfj", OFF, table.game.entries)
    table.submit("usfj", Start(), table.game.entries)

    assert sentences(Eye.all_seeing(table.game))
    assert not may_adjust(Eye(table.game, "usfj"))


# --- compared ---


def laid(one: Table, other: Table) -> Comparison:
    records = [read(table_path(table)) for table in (one, other)]
    a, b = (compared_run(record, look_at(record).game) for record in records)
    return compare(a, b)


def pair(tmp_path: Path) -> tuple[Table, Table]:
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        found.append(host(tmp_path / name))
    return found[0], found[1]


@pytest.mark.slow
def test_an_overruled_run_is_not_like_for_like(tmp_path: Path) -> None:
    plain, other = pair(tmp_path)
    overruled(other)
    to_ruling(plain)
    for table in (plain, other):
        to(table, phases.RECKONING)
        ask(table, CHIEF, Continue(), Continue())
    made = laid(plain, other)

    remark = next(one for one in made.remarks if "ruled on by hand" in one)
    assert remark.startswith("B was ruled on by hand: T1 ")
    assert remark.endswith(" overruled. Not like for like since T1.")
    rows = [row for row in made.rows if row.b is not None and row.b.how]
    assert ["overruled"] == [row.b.how for row in rows if row.b is not None]
    assert not any(row.same for row in rows)
    told = " ".join(" ".join(in_lines(comparison(made))).split())
    assert "QREASON" in told
    assert not [one for one in laid(plain, plain).remarks if "by hand" in one]


@pytest.mark.slow
def test_an_excursion_is_another_set_of_numbers(tmp_path: Path) -> None:
    plain, other = pair(tmp_path)
    ask(other, CHIEF, OFF)
    for table in (plain, other):
        to(table, phases.RECKONING)
        ask(table, CHIEF, Continue(), Continue())
    made = laid(plain, other)

    assert "changed" == made.like
    assert any(one.startswith("B is an excursion: influence") for one in made.remarks)
    assert any("not played with the same numbers" in one for one in made.remarks)
    assert {} == made.causes(1)


@pytest.mark.slow
def test_an_inject_out_of_order_is_not_like_for_like(tmp_path: Path) -> None:
    plain, other = pair(tmp_path)
    for table in (plain, other):
        to_slot(table, "crisis")
    turn, slot = other.game.position.turn, "crisis"
    due = next_of(other)
    wanted = next(
        one.id for one in other.game.run.exercise.inject if one.slot == slot and one.id != due
    )
    ask(other, CHIEF, Release(wanted, "QORDER"))
    ask(plain, CHIEF, Continue())
    for table in (plain, other):
        to(table, phases.RECKONING)
        ask(table, CHIEF, Continue(), Continue())
    remark = next(one for one in laid(plain, other).remarks if "by hand" in one)

    assert "released out of order" in remark
    assert remark.endswith(f"Not like for like since T{turn}.")
    told = review(other.game, "")
    assert any(
        "released instead of" in one for row in told.rows for part in row.reasons for one in part
    )


def next_of(table: Table) -> str:
    from ttx.session.automation import next_inject

    found = next_inject(table.game, "crisis")
    assert found is not None
    return found


# --- recomputed ---


def test_without_each_of_an_amended_run_begins_with_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = watched(monkeypatch)
    table = host(tmp_path)
    ask(table, CHIEF, OFF)
    overruled(table)
    to(table, phases.RECKONING)
    ask(table, CHIEF, Amend(Override(responses=changed(table)), "why", overrule=True), Continue())
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue(), End())
    found = without_each(table.game)

    batch = made.pop()
    assert found
    assert final(table.game) == batch.scores()[:, 0].tolist()
    assert table.game.position.tracks == tuple(batch.tracks[:, 0].tolist())


@pytest.fixture
def amended_save(tmp_path: Path) -> Path:
    """A run with an excursion, a modified ruling and a modified reckoning."""
    table = host(tmp_path)
    ask(table, CHIEF, OFF)
    to_ruling(table)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    place = next(at for at, one in enumerate(slot.ruled.ruling.effects) if abs(one.by) > 50)
    by = slot.ruled.ruling.effects[place].by
    ask(table, CHIEF, Amend(Override(effects={place: by // 2}), "QHALF"))
    to(table, phases.RECKONING)
    turn = table.game.turn
    assert turn is not None
    assert turn.proposed is not None
    one = turn.proposed.reckoning.responses[0]
    step = RESPONSES[1] if one.response != RESPONSES[1] else RESPONSES[0]
    ask(table, CHIEF, Amend(Override(responses={one.adversary: step}), "QSTEP"), Continue())
    table.leave()
    return table_path(table)


def block(path: Path, kind: str) -> bytes:
    data = path.read_bytes()
    start = data.index(f'kind = "{kind}"'.encode())
    return data[start : data.index(b"\nhash = ", start)]


def tampered(path: Path, kind: str, old: str, new: str) -> list[str]:
    """What fails of a save with a line of an entry of that kind changed, and every hash anew."""
    body = block(path, kind)
    found = re.search(old.encode(), body)
    assert found is not None, body.decode()
    made = body[: found.start()] + found.expand(new.encode()) + body[found.end() :]
    rewritten(path, body, made)
    return failed(path)


@pytest.mark.slow
def test_what_people_ruled_is_clean(amended_save: Path) -> None:
    assert [] == failed(amended_save)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("amended", r"total = (\d+)", r"total = 1"),
        ("amended", r"quarters = (\d+)", r"quarters = 0"),
        ("amended", r'how = "modified"', r'how = "bent"'),
        ("amended", r"effects = \[", r'limits = ["us_signal limit -7"]\neffects = ['),
        ("amended", r'"cost (\w+) (-?\d+)', r'"cost \1 7'),
        ("recast", r'how = "modified"', r'how = "nothing"'),
        ("recast", r"reference_minutes = (\d+)", r"reference_minutes = 1"),
    ],
)
def test_an_amended_ruling_that_does_not_add_up_is_caught(
    amended_save: Path, kind: str, old: str, new: str
) -> None:
    found = tampered(amended_save, kind, old, new)

    assert found
    assert any("differently; the record stands." in one for one in found)


@pytest.mark.slow
def test_beyond_the_band_it_may_not_be_called_modified(tmp_path: Path) -> None:
    table = host(tmp_path)
    overruled(table)
    table.leave()

    found = tampered(table_path(table), "amended", r'how = "overruled"', r'how = "modified"')

    assert any("call, add up or clamp the amended ruling" in one for one in found)


@pytest.mark.slow
def test_a_weight_without_an_action_is_caught(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_slot(table, "crisis")
    ask(table, CHIEF, Continue())
    inject = table.game.inject
    assert inject is not None
    lead, other = ("usfj", "kantei") if inject.lead == "us" else ("kantei", "usfj")
    ask(table, lead, Submit(Answer("", written="QWORDS")))
    ask(table, other, Submit(Answer(option(table, 0))))
    ask(table, CHIEF, Weigh(inject.option[0].id, 3, "why"), Continue())
    table.leave()
    assert [] == failed(table_path(table))

    found = tampered(table_path(table), "weighed", r"cell = \"\w+\"", 'cell = "red"')

    assert any("a weighing of what the cell red wrote in" in one for one in found)
