"""Who sees what: at every entry of a run and for every seat, in the values and on the screens.

Every name and text of an exercise is replaced by a mark, such as `QT07` for the title of inject 7.
Whether a seat may read a mark at a moment is said here once more, in the words of the design.
"""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.secrecy import (
    ANNOUNCED,
    EXPECTED,
    MARK,
    NAMES,
    OWN,
    RED_TRACKS,
    SURE,
    Still,
    at,
    drawn,
    first_of_cells,
    forbidden,
    mark,
    marked,
    may_read,
    moments,
    roomed,
    sample,
    side,
    texts_in,
    untimely,
)
from kit.tables import exercise
from kit.views import seen_by, views_of
from textual.actions import parse

from ttx.adjudicator.position import Position
from ttx.remote import ssh_status
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.command import Command
from ttx.session.control_commands import Defer
from ttx.session.events import MoveAsked
from ttx.session.game import Game, SlotRecord, TurnRecord
from ttx.session.notebook import Notebook
from ttx.session.notebook_events import Noted
from ttx.session.opening import hosted
from ttx.session.play_commands import Commit, Continue, Message, Submit
from ttx.session.record import Record
from ttx.session.run import PROJECTOR
from ttx.session.save_header import Header
from ttx.session.side_commands import Inquire, Note, Observe, Reply
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.view import levers as lever_views
from ttx.session.view import message, reckoning, ruling, standing, table
from ttx.session.view import message as message_views
from ttx.session.view import tracks as track_views
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye
from ttx.session.view.journal import journal
from ttx.session.view.record import TRUTH, RecordView
from ttx.session.view.visibility import Visibility, visibility
from ttx.session.viewing import Viewing
from ttx.tui import routes
from ttx.tui.app import TtxApp
from ttx.tui.navigation import Navigation
from ttx.tui.screens.briefing import BriefingScreen
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.reckoning import ReckoningScreen
from ttx.tui.screens.response import ResponseScreen
from ttx.tui.screens.ruling import RulingScreen
from ttx.tui.screens.sheet import Sheet
from ttx.tui.screens.standing import StandingScreen
from ttx.tui.screens.table import TableScreen
from ttx.tui.screens.theatre import TheatreScreen
from ttx.tui.seat import SeatContext

pytestmark = pytest.mark.usefixtures("strict", "shelf")

HEADER = Header("x", "X", 1, 2, "0" * 32, {}, together=False)


def seats_of(game: Game) -> list[str]:
    return [seat.id for seat in game.run.exercise.seat]


# --- the runs ---


@pytest.mark.parametrize("name", NAMES)
def test_the_runs_have_what_is_looked_for(name: str) -> None:
    games, entries = moments(name)
    assert not MARK.search(repr(exercise(name).as_toml()))
    assert {entry.phase for entry in entries} >= set(phases.PHASES) - {phases.BRIEFING}
    assert any(isinstance(entry.event, Noted) for entry in entries)
    answers = [a for turn in games[-1].turns for s in turn.slots for a in s.answers.values()]
    assert {37, 63} == {answer.confidence for answer in answers}
    slots = [slot for turn in games[-1].turns for slot in turn.slots]
    assert {True, False} == {slot.ruled.discord for slot in slots if slot.ruled}
    assert {"policy", "crisis"} == {slot.released.slot for slot in slots}
    if name == "accelerate":
        assert any(isinstance(entry.event, MoveAsked) for entry in entries)
        assert any(turn.empty for turn in games[-1].turns)
    assert set(phases.PHASES) == {game.phase for game in sample(name)}


# --- marks in the values ---


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_view_holds_what_its_seat_may_not_read(name: str) -> None:
    """At every entry, for a seat of each allied cell and every Red seat; white reads all."""
    games, _ = moments(name)
    for game in games:
        for seat in first_of_cells(game):
            texts = "\n".join(texts_in(views_of(game, seat)))
            assert set() == forbidden(game, seat, texts), (game.entries, game.phase, seat)


@pytest.mark.parametrize("name", NAMES)
def test_no_view_holds_it_for_any_other_seat(name: str) -> None:
    for game in sample(name):
        for seat in set(seats_of(game)) - set(first_of_cells(game)):
            if side(game, seat) == "white":
                continue
            texts = "\n".join(texts_in(views_of(game, seat)))
            assert set() == forbidden(game, seat, texts), (game.entries, game.phase, seat)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_seat_may_read_it_does_find(name: str) -> None:
    """The other way round: nothing is closed that the design opens."""
    found: dict[str, set[str]] = {}
    for game in sample(name):
        for seat in ("relief", "coast_guard") if name == "tutorial" else ("usfj", "prc"):
            texts = "\n".join(texts_in(views_of(game, seat)))
            found.setdefault(seat, set()).update(m[1] for m in MARK.finditer(texts))
    allied, red = found.values()
    assert set("TMQOADUKSBLVGIW") <= allied
    assert "R" in allied  # at the hot wash
    assert set("TMKLVIR") == red


# --- observers, as the facilitator has them see ---


def closed_to_the_room(game: Game, texts: str) -> set[str]:
    """The marks in some text that the screen of the room could not show now."""
    allied = next(s.id for s in game.run.exercise.seat if side(game, s.id) == "allied")
    over = game.phase in phases.PLAY_IS_OVER
    found = {(one[1], int(one[2])) for one in MARK.finditer(texts)}
    return {
        mark(*one)
        for one in found
        if not may_read(game, allied, *one) or (one[0] in "WJ" and not over)
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_observer_may_be_shown_no_more_than_the_room(name: str) -> None:
    """No sealed answer, no inject before its release, no proposal; in the views and in lines."""
    before = set()
    for game in sample(name):
        other = roomed(game)
        texts = "\n".join(texts_in(views_of(other, "observer")))
        assert set() == closed_to_the_room(game, texts), (game.entries, game.phase)
        before |= closed_to_the_room(game, "\n".join(texts_in(views_of(game, "observer"))))
        view = message.message(Eye(other, "observer"))
        sealed = game.phase in (phases.DELIBERATION, phases.ADJUDICATION)
        assert not (sealed and view is not None and view.answers)
        if game.phase == phases.ADJUDICATION:
            assert ruling.ruling(Eye(other, "observer")) is None
        for asked in ("status", "report"):
            lines, code = ssh_status.reply(Still(other), Attendance([]), "observer", asked)
            over = game.phase in phases.PLAY_IS_OVER
            assert code == int(asked == "report" and not over)
            if not over:
                assert set() == closed_to_the_room(game, "\n".join(lines))
    assert {"W", "J"} <= {one[1] for one in before}  # what all is shown holds them


# --- what is said beside the play, where somebody facilitates ---

CELL_OF = {"usfj": "us", "osd": "us", "kantei": "japan", "jjoc": "japan"}


def spoken(path: Path) -> tuple[Table, dict[int, set[str]]]:
    """A table at a deliberation at which much was said, and for each mark `QZ` who may read it."""
    one = hosted(marked("accelerate"), {}, 7, path / "run.ttx.toml")
    reads: dict[int, set[str]] = {}

    def say(seat: str, *readers: str) -> str:
        reads[len(reads)] = {seat, *readers}
        return mark("Z", len(reads) - 1)

    def ask(seat: str, command: Command) -> None:
        one.submit(seat, command, one.game.entries)

    while one.game.phase != phases.DELIBERATION:
        ask("facilitator", Continue())
    assert one.game.inject is not None
    later = next(i.id for i in one.game.run.exercise.inject if i.id not in one.game.gone)
    ask("facilitator", Defer(later, 3, say("facilitator")))
    ask("evaluator", Observe("strength", say("evaluator")))
    ask("evaluator", Note(say("evaluator")))
    for seat, cell in CELL_OF.items():
        own = {other for other, its in CELL_OF.items() if its == cell}
        ask(seat, Inquire(say(seat, *own)))
        ask("facilitator", Reply(len(one.game.notebook.inquiries), say(seat, *own)))
        ask(seat, Note(say(seat, *own), "insight"))
        ask("facilitator", Message(seat, say(seat)))
        ask(seat, Commit(Answer("", 30, {}, say(seat), say(seat), say(seat), say(seat))))
    ask("facilitator", Message("prc", say("prc")))
    own = {"usfj", "osd"}
    ask("usfj", Submit(Answer("", 30, {}, say("usfj", *own), say("usfj", *own), say("usfj", *own))))
    return one, reads


@pytest.mark.slow
def test_what_is_said_to_others_is_in_no_brief_notice_request_or_note(tmp_path: Path) -> None:
    one, reads = spoken(tmp_path)
    found: dict[str, set[int]] = {}
    for seat in (*CELL_OF, "indopacom", "mofa", "prc", "dprk", PROJECTOR, "observer"):
        game = roomed(one.game) if seat == "observer" else one.game
        own = {"indopacom": "us", "mofa": "japan"}.get(seat, "")
        peers = {other for other, its in CELL_OF.items() if its == own}
        texts = "\n".join(texts_in([*views_of(game, seat), journal(Eye(game, seat))]))
        found[seat] = {int(m[2]) for m in MARK.finditer(texts) if m[1] == "Z"}
        for number in found[seat]:
            assert seat in reads[number] or (peers and peers <= reads[number]), (seat, number)
    assert min(len(found["usfj"]), len(found["kantei"])) > 10
    assert 1 == len(found["prc"])
    assert set() == found["dprk"] == found[PROJECTOR] == found["observer"]


# --- what is hidden makes no difference ---


def blurred_position(game: Game, seat: str, position: Position) -> Position:
    """The same position with everything changed in it that a Red seat does not see."""
    run = game.run
    sees = visibility(game, seat)
    tracks = tuple(
        now if part.id in RED_TRACKS[run.exercise.id] else (now + 1234) % 10000
        for part, now in zip(run.exercise.track, position.tracks, strict=True)
    )
    assert sees.tracks == RED_TRACKS[run.exercise.id]

    def turned(levels: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(
            now if part.id in ANNOUNCED[run.exercise.id] else (now + 1) % len(part.levels)
            for part, now in zip(run.exercise.lever, levels, strict=True)
        )

    return replace(
        position,
        tracks=tracks,
        levels=turned(position.levels),
        past_levels=tuple(turned(one) for one in position.past_levels),
        budgets=tuple(one + 17 for one in position.budgets),
        spent=position.spent + 99,
        due=(),
        provocation=tuple(one + 3 for one in position.provocation),
        posture=0 if position.posture else min(1, len(run.exercise.posture) - 1),
    )


def others_secret(game: Game, seat: str, position: Position) -> Position:
    """The same position with other aims and fuller purses, where they are not the seat's own."""
    if game.phase in phases.PLAY_IS_OVER:
        return position
    own = [one.id == OWN.get(seat) for one in game.run.exercise.adversary]
    aims = [a if mine else (a + 1) % 3 for a, mine in zip(position.aims, own, strict=True)]
    purse = [c if mine else c + 2 for c, mine in zip(position.purse, own, strict=True)]
    return replace(position, aims=tuple(aims), purse=tuple(purse))


def blurred_choice(game: Game, seat: str, turn: TurnRecord) -> TurnRecord:
    """The same turn with something else chosen, or nothing, until the reckoning is confirmed."""
    if turn.confirmed or game.phase in phases.PLAY_IS_OVER:
        return turn
    other = {"restraint": "probe", "probe": "escalate", "escalate": "restraint"}
    chosen = {
        name: one if name == OWN.get(seat) else replace(one, response=other[one.response])
        for name, one in turn.chosen.items()
    }
    return replace(turn, chosen=chosen)


def blurred_slot(game: Game, seat: str, slot: SlotRecord) -> SlotRecord:
    """The same slot with other answers, reasons and another ruling where these are hidden."""
    who, own = side(game, seat), game.run.seat(seat).cell
    over = game.phase in phases.PLAY_IS_OVER
    inject = game.run.exercise.injects[slot.released.inject]
    red, sealed = who == "red", not slot.confirmed
    answers = {}
    for cell, answer in slot.answers.items():
        if cell == own:
            answers[cell] = answer
            continue
        other = next(o.id for o in inject.option if o.id != answer.option)
        option = other if red or (sealed and not over) else answer.option
        answers[cell] = replace(answer, option=option)
        if red or not over:
            answers[cell] = Answer(option, 11, {}, "quite another")
    ruled = slot.ruled
    if ruled is not None and (red or sealed):
        other = next(o.id for o in inject.option if o.id != ruled.ruling.option)
        bent = replace(ruled.ruling, option=other, total=ruled.ruling.total + 60, quarters=0)
        ruled = replace(ruled, ruling=bent, discord=not ruled.discord)
    before = blurred_position(game, seat, slot.before) if red else slot.before
    return replace(slot, before=before, answers=answers, ruled=ruled)


def blurred_turn(game: Game, seat: str, turn: TurnRecord) -> TurnRecord:
    """The same turn with other odds, draws, picks, scores and positions where these are hidden."""
    red = side(game, seat) == "red"
    reckoned = turn.reckoned
    if reckoned is not None and (red or not turn.confirmed):
        responses = tuple(
            one
            if turn.confirmed and OWN[seat] == one.adversary
            else replace(
                one,
                z=one.z + 40,
                odds=one.odds // 2,
                draw=one.draw // 3,
                odds2=one.odds2 // 2,
                draw2=one.draw2 // 3,
                perceived=one.perceived + 500,
                response=one.response
                if turn.confirmed  # news for all
                else "probe"
                if one.response == "restraint"
                else "restraint",
            )
            for one in reckoned.reckoning.responses
        )
        fact = replace(
            reckoned.reckoning,
            responses=responses,
            scores=tuple(one + 321 for one in reckoned.reckoning.scores),
        )
        references = {
            name: replace(one, minutes=one.minutes + 7, scores=tuple(s + 55 for s in one.scores))
            for name, one in reckoned.references.items()
        }
        would = {name: "probe" for name in reckoned.model_would if name != OWN.get(seat)}
        would = {**reckoned.model_would, **would}
        reckoned = replace(
            reckoned, reckoning=fact, references=references, minutes=1, model_would=would
        )
    slots = tuple(blurred_slot(game, seat, one) for one in turn.slots)
    turn = blurred_choice(game, seat, turn)
    if not red:
        return replace(turn, slots=slots, proposed=reckoned)
    seen = RED_TRACKS[game.run.exercise.id]
    changes = tuple(one for one in turn.opened.changes if one.track in seen)
    return replace(
        turn,
        slots=slots,
        proposed=reckoned,
        opened=replace(turn.opened, changes=changes, budgets=()),
        moves=(),
        start=blurred_position(game, seat, turn.start),
        before=turn.before and blurred_position(game, seat, turn.before),
        end=turn.end and blurred_position(game, seat, turn.end),
    )


def blurred(game: Game, seat: str) -> Game:
    """The same game with everything changed in it that the seat may not see."""
    red = side(game, seat) == "red"
    position = others_secret(game, seat, game.position)
    if red and game.phase != phases.RESPONSE:  # its own odds hang on all of it, and are open to it
        position = blurred_position(game, seat, position)
    return replace(
        game,
        turns=tuple(blurred_turn(game, seat, turn) for turn in game.turns),
        position=position,
        asked=() if red else game.asked,
        notebook=Notebook(),
        left=(),
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_is_hidden_makes_no_difference(name: str) -> None:
    """Numbers carry no mark; so the hidden ones are changed, and a seat must not notice."""
    for game in sample(name):
        for seat in seats_of(game):
            if side(game, seat) != "white":
                assert seen_by(game, seat) == seen_by(blurred(game, seat), seat), (
                    game.entries,
                    game.phase,
                    seat,
                )


@pytest.mark.parametrize("name", NAMES)
def test_it_makes_a_difference_to_the_white_cell(name: str) -> None:
    """The changes are real: whoever sees all notices them."""
    red = "coast_guard" if name == "tutorial" else "prc"
    allied = "tokyo" if name == "tutorial" else "kantei"
    for game in sample(name):
        if game.phase == phases.BRIEFING:
            continue
        white = seen_by(game, "observer" if name == "accelerate" else "evaluator")
        seat = "observer" if name == "accelerate" else "evaluator"
        assert white != seen_by(blurred(game, red), seat)
        proposed = game.turn is not None and game.turn.reckoned and not game.turn.confirmed
        if game.phase == phases.ADJUDICATION or proposed:
            assert white != seen_by(blurred(game, allied), seat)


# --- each seat in turn ---


@pytest.mark.slow
def test_the_white_cell_reads_sealed_answers_and_proposals_at_once() -> None:
    games, _ = moments("accelerate")
    sealed = next(g for g in games if g.slot and len(g.slot.answers) == 1)
    for seat in ("facilitator", "evaluator", "observer"):
        view = message.message(Eye(sealed, seat))
        assert view is not None
        (answer,) = view.answers
        assert answer.confidence in (37, 63)
        assert answer.expects
        assert MARK.fullmatch(answer.rationale)
        assert not answer.own
        assert ruling.ruling(Eye(at("accelerate", phases.ADJUDICATION), seat)) is not None
        proposed = reckoning.reckoning(Eye(at("accelerate", phases.RECKONING), seat))
        assert proposed is not None
        assert 3 == len(proposed.responses)
    for seat in ("usfj", "kantei", "prc"):
        assert ruling.ruling(Eye(at("accelerate", phases.ADJUDICATION), seat)) is None
        assert reckoning.reckoning(Eye(at("accelerate", phases.RECKONING), seat)) is None


def test_a_cell_reads_its_own_answer_and_the_others_after_adjudication() -> None:
    games, _ = moments("accelerate")
    sealed = next(g for g in games if g.slot and len(g.slot.answers) == 1)
    assert sealed.slot is not None
    (cell,) = sealed.slot.answers
    for seat in ("usfj", "osd", "state", "kantei", "jjoc"):
        view = message.message(Eye(sealed, seat))
        assert view is not None
        own = sealed.run.seat(seat).cell == cell
        assert [(True, SURE[cell])] * own == [(a.own, a.confidence) for a in view.answers]
    told = message.message(Eye(at("accelerate", phases.REVIEW), "kantei"))
    assert told is not None
    shown = {a.own: (a.confidence, a.expects != (), a.rationale != "") for a in told.answers}
    assert {True: (63, True, True), False: (0, False, False)} == shown


def test_a_red_seat_reads_its_own_odds_and_their_terms_as_far_as_it_sees() -> None:
    games, _ = moments("accelerate")
    game = next(g for g in games if g.phase == phases.RECKONING and g.turn and g.turn.confirmed)
    assert game.turn is not None
    whole = reckoning.reckoning_of(Eye.all_seeing(game), game.turn)
    for number, seat in enumerate(("prc", "dprk", "russia")):
        view = reckoning.reckoning(Eye(game, seat))
        assert view is not None
        (row,) = view.responses
        theirs = whole.responses[number]
        assert (theirs.odds, theirs.draw, theirs.did) == (row.odds, row.draw, row.did)
        assert theirs.z == row.z == sum(step.steps for step in row.steps)
        assert "how it reads the alliance" == row.steps[-1].name
        assert len(row.steps) < len(theirs.steps) + 1
        assert whole.headline == view.headline  # what was done is news for all
        assert f"{row.name} {row.did}" in view.headline
        assert standing.standing(Eye(game, seat)) is None


def test_a_red_seat_reads_the_message_and_nothing_of_what_the_staff_makes_of_it() -> None:
    for name, seat in (("accelerate", "prc"), ("tutorial", "coast_guard")):
        for game in sample(name):
            view = message.message(Eye(game, seat))
            if view is None:
                continue
            assert view.title
            assert view.text
            assert ("", (), "", "") == (view.question, view.options, view.lead, view.answered)
            assert ((), (), None) == (view.answers, view.waiting, view.clock)
            tracks = track_views.tracks(Eye(game, seat))
            moved = sorted(tracks, key=lambda one: -abs(one.change))
            assert tuple(moved) == track_views.tracks_that_matter(Eye(game, seat), tracks, 99)


def test_a_red_seat_knows_the_levers_that_were_announced() -> None:
    for name, seat in (("accelerate", "dprk"), ("tutorial", "coast_guard")):
        for game in sample(name):
            known = lever_views.announced(Eye(game, seat))
            assert ANNOUNCED[name] == {one.id for one in known}
            for one in known:
                row = game.run.tables.lever[one.id]
                level = game.run.exercise.levers[one.id].levels[game.position.levels[row]]
                assert level.name == one.level
            assert () == lever_views.announced(Eye(game, "evaluator"))


@pytest.mark.slow
def test_every_moment_without_anything_to_decide_is_said() -> None:
    """A seat that finds neither levers nor options reads a sentence in their place."""
    for name in NAMES:
        for game in moments(name)[0]:
            if game.phase in phases.OUTSIDE_PLAY:
                continue
            for seat in (
                "evaluator",
                *(("tokyo", "coast_guard") if name == "tutorial" else ("prc",)),
            ):
                view = message_views.message(Eye(game, seat))
                opens = game.turn is not None and not game.turn.confirmed
                has = (
                    opens and bool(lever_views.levers(Eye(game, seat)))
                    if game.phase == phases.LEVERS
                    else view is not None and bool(view.options)
                )
                if choice(Eye(game, seat)) is not None:
                    continue  # it chooses, or looks on
                told = table.meanwhile(Eye(game, seat))
                assert (has and game.phase != phases.RESPONSE) == (told == "")
                assert told == "" or told.endswith(".")


# --- screens ---

ASIDE = (StandingScreen, TheatreScreen, BriefingScreen)
"""Pages that are open in every phase."""
BEHIND: dict[type[PlayPage], tuple[str, ...]] = {
    TableScreen: (
        *("whole", "all_tracks", "all_levers", "chain"),
        *("options.step(1)", "list.step(1)", "options.expect"),
    ),
    RulingScreen: ("basis", "margins", "chain"),
    ReckoningScreen: ("terms(1)", "terms(3)", "basis"),
    StandingScreen: ("terms(1)", "view"),
    TheatreScreen: ("open", "turn(-1)"),
    BriefingScreen: ("turn(1)", "turn(1)"),
    ResponseScreen: ("all_tracks", "aims", "moves.step(1)", "give"),
}
"""What a page does at a key, and what it opens."""


def page_of(game: Game, seat: str) -> type[PlayPage] | None:
    """The page of the phase; none where it is the review, which is made for everybody."""
    context = SeatContext(Still(game), seat)
    page = routes.page(routes.of_phase(context))
    return page if issubclass(page, PlayPage) and page in BEHIND else None


def looked_at(page: PlayPage, opened: list[Sheet]) -> None:
    """The page as it is, and what it opened, hold nothing that the seat may not read."""
    game, seat = page.game, page.seat
    here = (game.entries, game.phase, seat, type(page).__name__, page.app.size)
    while opened:
        sheet = opened.pop()
        rows = [sheet.heading, sheet.note, *(row.plain for row in sheet._rows(page, 76))]  # type: ignore[arg-type]  # it asks for colours and signs only
        assert set() == forbidden(game, seat, "\n".join(rows)), (*here, sheet.heading)
        assert "".join(rows[2:]).strip(), (*here, sheet.heading)
    assert set() == forbidden(game, seat, drawn(page)), here
    body = [one for one in page.regions.values() if one.display and one.called in page.REGIONS]
    assert any(one.shown.plain.strip() for one in body), here


def act(page: PlayPage, action: str) -> None:
    """Do it, where it means something and the region that it is an action of is shown."""
    region, name, given = parse(action)
    shown = not region or page.regions[region].box
    if shown and page.check_action(name, given) is not False:
        getattr(page.regions[region] if region else page, f"action_{name}")(*given)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    [*((name, size) for name in NAMES for size in (SMALL, MIDDLE)), ("tutorial", LARGE)],
)
async def test_every_page_of_every_seat(
    name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page of a kind is taken from moment to moment and from seat to seat, and painted."""
    games = sample(name)
    seats = seats_of(games[0])
    opened: list[Sheet] = []
    monkeypatch.setattr(Navigation, "open", lambda _, sheet: opened.append(sheet))
    monkeypatch.setattr("ttx.session.automation.awaited", lambda _, seat: seat)
    async with sit(TtxApp(Still(games[0]), seats[0]), size) as desk:
        table_, app = desk.table, desk.app
        for kind, actions in BEHIND.items():
            await app.push_screen(kind())
            page = app.screen
            assert isinstance(page, PlayPage)
            for place, seat in enumerate(seats):
                for number, game in enumerate(games):
                    own = page_of(game, seat)
                    aside = kind in ASIDE and (number + place) % 6 == 0
                    if kind is not own and not aside:
                        continue
                    app.context.seat, table_.game = seat, game
                    page.paint()
                    looked_at(page, opened)
                    for action in actions if (number + place) % 3 == 0 else ():
                        act(page, action)
                        looked_at(page, opened)
            app.pop_screen()


@pytest.mark.slow
@pytest.mark.parametrize("seat", ["coast_guard", "evaluator"])
async def test_keys_of_a_seat_that_decides_nothing(
    seat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key of any page fails, brings about an entry, or shows what is closed to the seat."""
    monkeypatch.setattr("ttx.session.automation.awaited", lambda _, seat: seat)
    decides = phases.RESPONSE if seat == "coast_guard" else ""
    for game in (at("tutorial", phase) for phase in phases.PHASES[:-2] if phase != decides):
        still = Still(game)
        app = TtxApp(still, seat)
        async with sit(app, SMALL) as desk:
            assert app.context.seat == seat
            for key in ("1", "j", "k", "l", "p", "plus", "e", "y", "o", "b", "m", "enter"):
                await desk.press(key)
                assert set() == forbidden(game, seat, "\n".join(desk.rows))
                if isinstance(app.screen, Sheet):
                    await desk.press("escape")
            assert [] == still.decided
            assert type(app.screen) is page_of(game, seat)


async def test_the_white_cell_reads_the_answers_in_place_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ttx.session.automation.awaited", lambda _, seat: seat)
    sealed = next(g for g in moments("tutorial")[0] if g.slot and len(g.slot.answers) == 1)
    assert sealed.slot is not None
    (cell,) = sealed.slot.answers
    async with sit(TtxApp(Still(sealed), "evaluator"), MIDDLE) as desk:
        assert "COMMITMENT" not in desk.shown
        assert f"{SURE[cell]}% sure; expects Neighbour: {EXPECTED[cell]}" in desk.shown
        assert "Not answered yet: " in desk.shown
        await desk.press("i", "G")
        assert f"{SURE[cell]}% sure" in desk.shown
    lead = {"us": "relief", "japan": "tokyo"}
    async with sit(TtxApp(Still(sealed), lead[cell]), MIDDLE) as desk:
        assert f"confidence {SURE[cell]}%" in desk.shown
    other = next(seat for name, seat in lead.items() if name != cell)
    async with sit(TtxApp(Still(sealed), other), MIDDLE) as desk:
        assert "confidence not given" in desk.shown


async def test_no_clock_is_left_standing_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    games, _ = moments("tutorial")
    crisis = next(
        g for g in games if g.phase == phases.DELIBERATION and g.inject and g.inject.window
    )
    opened = next(g for g in games if g.phase == phases.LEVERS and g.turn)
    monkeypatch.setattr("ttx.session.automation.awaited", lambda _, seat: seat)
    monkeypatch.setattr("ttx.session.view.levers.reference_clock", lambda *_: None)
    async with sit(TtxApp(Still(crisis), "relief"), MIDDLE) as desk:
        assert "window closes" in desk.shown
        desk.table.game = opened
        desk.page.paint()
        assert "window closes" not in drawn(desk.page)


@pytest.mark.slow
async def test_a_seat_that_sees_no_levers_reads_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ttx.session.automation.awaited", lambda _, seat: seat)
    for phase, where, told in (
        (phases.LEVERS, "Table", "The first turn opens."),
        (phases.INJECT, "Table", "The levers are closed; the news comes next."),
        (phases.DELIBERATION, "Table", "The allied cells deliberate."),
        (phases.ADJUDICATION, "Table", "the ruling is not open to this seat."),
        (
            phases.REVIEW,
            "Ruling",
            "The allied cells answered; the ruling is not open to this seat.",
        ),
        (phases.RECKONING, "Reckoning", "The reckoning is not confirmed yet."),
    ):
        async with sit(TtxApp(Still(at("tutorial", phase)), "coast_guard"), SMALL) as desk:
            assert where == desk.where
            assert told in desk.shown
            if phase == phases.LEVERS:
                await desk.press("S")
                assert "Scores are not open to this seat." in desk.shown
    ended = next(g for g in moments("tutorial")[0] if g.turn and g.turn.confirmed)
    async with sit(TtxApp(Still(ended), "coast_guard"), SMALL) as desk:
        assert "Reckoning of turn 1" in desk.shown
        assert "QR0" in desk.shown  # what it is after, in place of the scores
        assert "The allied cells go on from here." in desk.shown


# --- the door ---


SCREENS = [
    *(
        f"ttx/tui/screens/{name}.py"
        for name in (
            "attendance",
            "briefing",
            "control",
            "attendance_seats",
            "control_seats",
            "gate",
            "inquiries",
            "lobby",
            "reckoning",
            "response",
            "ruling",
            "sheets",
            "standing",
            "table",
            "table_commitment",
            "table_hand",
            "table_levers",
            "table_options",
            "table_panels",
            "table_words",
            "theatre",
        )
    ),
    *(
        f"ttx/plain/{name}.py"
        for name in (
            "answering",
            "evaluating",
            "foreseeing",
            "levers",
            "notebook",
            "pages",
            "responding",
            "sitting",
            "steps",
            "talk",
            "wash",
            "words",
        )
    ),
]
PUBLIC = {
    "game": {"phase", "run", "entries", "paused"},
    "run": {"banner", "exercise", "seat"},
    "exercise": {"actor", "adversary", "banner", "briefing", "languages", "map", "review", "score"},
}
"""What a screen may read by itself: where the run stands, and what every seat reads beforehand."""


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_takes_what_happened_from_a_view(path: str) -> None:
    """What a record holds reaches a screen through a view, which asks which seat it is for."""
    source = ast.parse((Path(__file__).parents[1] / path).read_text("utf-8"))
    found = []
    for node in ast.walk(source):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            allowed = PUBLIC.get(node.value.attr)
            if allowed is not None and node.attr not in allowed:
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
        if isinstance(node, ast.ImportFrom):
            room = str(node.module)
            if room == "ttx.session.events" or room.startswith("ttx.adjudicator"):
                found.append(f"line {node.lineno}: from {room}")
            if room.startswith("ttx.session.view"):
                whole = [one.name for one in node.names if one.name.endswith("_of")]
                found += [f"line {node.lineno}: {one}" for one in whole]
    assert [] == found


# --- a record, seen through an eye ---


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_tells_an_eye_more_than_its_seat_could_read(name: str) -> None:
    """With the head at every entry, for what the record had brought up to there."""
    games, entries = moments(name)
    timeline = Timeline(games[0].run, entries)
    for seat in first_of_cells(games[0]):
        view = RecordView(timeline, seat)
        for head, game in enumerate(timeline.games):
            if game.phase in phases.PLAY_IS_OVER:
                continue  # the review is made for everybody
            told = "\n".join(view.line(n, head).what for n in view.seen(head) if n <= head)
            assert set() == untimely(game, seat, told), (head, game.phase, seat)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_ahead_is_told_as_it_could_be_read_when_it_came(name: str) -> None:
    games, entries = moments(name)
    timeline = Timeline(games[0].run, entries)
    for seat in first_of_cells(games[0]):
        view = RecordView(timeline, seat)
        for n in view.seen(0):
            game = timeline.games[n]
            assert set() == untimely(game, seat, view.line(n, 0).what), (n, game.phase, seat)


@pytest.mark.parametrize("name", NAMES)
def test_the_story_tells_a_seat_nothing_before_its_time(name: str) -> None:
    games, entries = moments(name)
    run = games[0].run
    for seat in first_of_cells(games[0]):
        for n in range(0, len(entries), 5 if name == "tutorial" else 17):
            timeline = Timeline(run, entries[:n])
            if timeline.game.phase in phases.PLAY_IS_OVER:
                continue  # the review is made for everybody
            told = "\n".join(lines_of(retold(timeline, seat)))
            assert set() == untimely(timeline.game, seat, told), (n, timeline.game.phase, seat)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_the_moment_in_a_replay_is_what_the_seat_saw(
    name: str, size: tuple[int, int]
) -> None:
    """On one page whose eye and head change, as in use: nothing is kept from another eye."""
    games, entries = moments(name)
    record = Record(Path("x.ttx.toml"), HEADER, {}, list(entries), "", hashes=["0"] * len(entries))
    viewing = Viewing(record, games[0].run)
    seats = first_of_cells(games[0])
    async with sit(TtxApp(viewing, TRUTH), size) as desk:
        for game in sample(name):
            if game.phase in phases.PLAY_IS_OVER:
                continue
            viewing.to(game.entries)
            for seat in seats:
                desk.app.context.viewpoint, desk.app.context.seat = seat, seat
                desk.page.paint()
                shown = desk.region("moment").shown.plain
                assert set() == forbidden(game, seat, shown), (game.entries, game.phase, seat)
                assert shown.strip()


async def test_a_page_that_changes_its_seat_forgets_what_the_other_saw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ttx.session.automation.awaited", lambda _, seat: seat)
    game = at("tutorial", phases.DELIBERATION)
    async with sit(TtxApp(Still(game), "relief"), SMALL) as desk:
        desk.app.context.seat = "coast_guard"
        desk.page.paint()
        assert set() == forbidden(game, "coast_guard", drawn(desk.page))


def test_what_is_not_opened_to_a_seat_is_closed() -> None:
    closed = Visibility(tracks=frozenset())

    assert not any(getattr(closed, field.name) for field in fields(closed))
