"""Nothing that a person reads is left outside the door of `ttx.i18n`.

All of it is shown in a language of tests/pseudo.py, with accents on every letter, and the texts of
the exercise too. A word in plain letters went past the door, or is the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SEED, SMALL, Desk, sit
from kit.room import CHIEF, LEAD, MEMBER, OTHER, RED, Room, choosing, deputed, in_phase
from kit.screens import MOVES, PAGES, POSITIONS, next_command
from kit.tables import exercise
from pseudo import CODE, Pseudo, codes, exercise_in_pseudo, plain_words, pseudo

from ttx import i18n
from ttx.analysis.compared_runs import ComparedRun
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.parameters import parameters
from ttx.plain import tell
from ttx.plain.sitting import Sitting
from ttx.plain.talk import Talk
from ttx.plain.words import WORDS
from ttx.remote.ssh_status import reply
from ttx.report.documents import documents
from ttx.report.filed import account_of, page
from ttx.report.graph.mermaid import mermaid
from ttx.report.graph.svg import svg
from ttx.report.markdown import markdown
from ttx.session import excursions, phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.control_events import NUMBER, ROOM_SHOWS, Adjusted
from ttx.session.game import Game
from ttx.session.notebook_events import COLUMNS
from ttx.session.opening import begin, hosted, look_at
from ttx.session.play_commands import Continue, End, Move, Pause, Submit
from ttx.session.record import read
from ttx.session.run import ALL_RIGHTS
from ttx.session.seating import Seating, seating
from ttx.session.side_commands import Observe
from ttx.session.table import Table
from ttx.session.view.excursion import adjustment, numbers
from ttx.session.view.eye import Eye
from ttx.session.view.table import status
from ttx.tui.app import TtxApp
from ttx.tui.parts.fields import Choice, Option
from ttx.tui.parts.form_rows import Look, drawn
from ttx.tui.screens.compare import CompareScreen
from ttx.tui.theme import DARK, glyphs

pytestmark = pytest.mark.usefixtures("strict", "shelf")

SAME = frozenset(
    [
        "Enter",
        "space",
        "ctrl",
        "digits",
        "home",
        "down",
        "left",
        "right",
        "PageUp",
        "PageDown",
        "English",
        "onset",
        "toml",
    ]
)
"""What is the same in every language: names of keys, of the other language, of files, of places."""
LEFT: dict[str, str] = {}
"""Words that are still left outside, by the page or paper they stand on; this only shrinks."""


@pytest.fixture(autouse=True)
def pseudo_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_CATALOGUES", {CODE: Pseudo()})


@cache
def translated(name: str) -> Exercise:
    return exercise_in_pseudo(deputed() if name == "deputed" else exercise(name))


class Reading:
    """Somebody who notes every plain word that is shown, and where."""

    def __init__(self, part: Exercise) -> None:
        self.allowed = SAME | codes(part)
        self.left: dict[str, str] = {}

    def look(self, desk: Desk) -> None:
        """Note what the screen shows now."""
        self.read(desk.where, desk.rows)

    def read(self, where: str, rows: Iterable[str]) -> None:
        """Note what some lines hold."""
        known = self.allowed | set(LEFT.get(where, "").split())
        for row in rows:
            for word in plain_words(row, known):
                self.left.setdefault(f"{where}: {word}", " ".join(row.split()))

    @property
    def told(self) -> str:
        """What is left, a row of a screen each."""
        rows = {f"{where.partition(':')[0]} | {row}" for where, row in self.left.items()}
        return "\n".join(["", *sorted(rows)])


def at(name: str, until: Callable[[Table], bool], path: Path | None = None) -> tuple[Table, str]:
    """A position of a run of an exercise in that language, alone at the keyboard."""
    part = translated(name)
    seats = seating(part)
    table = begin(part, seats, SEED, path)
    while not until(table):
        for lever, level in MOVES[name] if table.game.phase == phases.LEVERS else ():
            if table.game.position.turn == 1:
                table.submit(seats.seat, Move(lever, level), table.game.entries)
        table.submit(seats.seat, next_command(table, seats.seat), table.game.entries)
    return table, seats.seat


@pytest.mark.parametrize("where", list(POSITIONS))
async def test_every_screen_alone(where: str) -> None:
    with i18n.reading(CODE):
        table, seat = at("accelerate", POSITIONS[where])
        reading = Reading(table.game.run.exercise)
        for size in (SMALL, MIDDLE):
            async with sit(TtxApp(table, seat, CODE), size) as desk:
                reading.look(desk)
                for key in PAGES[where]:
                    await desk.press(key)
                    reading.look(desk)
    assert not reading.left, reading.told


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_two_runs_side_by_side(size: tuple[int, int]) -> None:
    with i18n.reading(CODE):
        part = translated("accelerate")
        reading = Reading(part)
        sides = []
        for robot in ("phased", "accelerated"):
            cells = {cell.id: robot for cell in part.cell if cell.side == "allied"}
            game = begin(part, Seating(cells, ""), SEED, None).game
            sides.append(ComparedRun(pseudo(robot), game, "", (), "0"))
        app = TtxApp(language=CODE, initial_page=CompareScreen(*sides))
        async with sit(app, size) as desk:
            reading.look(desk)
            keys = ("n", "escape", "G", "n", "escape", "7", "escape", "r")
            for key in (*keys, "escape", "tab", "x", "question_mark"):
                await desk.press(key)
                reading.look(desk)
    assert not reading.left, reading.told


def onward(room: Room, until: Callable[[Game], bool]) -> None:
    """Go on until something is so: the first open answer, levers as they are."""
    leads = {room.game.run.seat(seat).cell: seat for seat in (LEAD, OTHER)}
    while not until(room.game):
        slot = room.game.slot
        if room.game.phase != phases.DELIBERATION or slot is None:
            room.ask(CHIEF, Continue())
            continue
        for cell in room.game.run.people:
            if cell not in slot.answers and cell in leads:
                room.ask(leads[cell], Submit(Answer(room.options()[0].id)))


CONTROL = ("A", "escape", "R", "escape", "T", "escape", "P", "escape", "X", "escape", "a", "escape")


async def test_every_screen_of_a_hosted_table(tmp_path: Path) -> None:
    with i18n.reading(CODE):
        room = Room(tmp_path, translated("deputed"))
        reading = Reading(room.game.run.exercise)

        async def visit(seat: str, keys: Iterable[str], *, lobby: bool = False) -> None:
            app = room.app(seat, lobby=lobby)
            app.context.reader.language = CODE
            async with sit(app, MIDDLE) as desk:
                reading.look(desk)
                for key in keys:
                    await desk.press(key)
                    reading.look(desk)

        await visit(LEAD, ("question_mark",), lobby=True)
        await visit(CHIEF, ("X", "j", "4", "escape"))
        onward(room, choosing)
        await visit(LEAD, ("2", "plus", "n", "escape", "J", "escape", "Q"))
        await visit(MEMBER, ("1", "question_mark"))
        await visit(OTHER, ("M", "escape", "S"))
        await visit(RED, ("O", "escape"))
        room.ask("evaluator", Observe("strength", "Ûñď", room.game.run.exercise.objective[0].id))
        await visit("evaluator", ("V",))
        await visit(CHIEF, CONTROL)
        onward(room, in_phase(phases.REVIEW))
        await visit(CHIEF, ("R", "m", "j", "9", "escape"))
        onward(room, in_phase(phases.RECKONING))
        await visit(CHIEF, ("R", "m", "plus", "escape"))
        room.ask(CHIEF, Continue(), End("Ûñď"))
        await visit(LEAD, ("question_mark", "escape", "w"))
        await visit("evaluator", ("V", "s"))
        await visit(CHIEF, ("W", "enter", "i", "escape", "p", "escape"))
    assert not reading.left, reading.told


def test_plain_lines() -> None:
    with i18n.reading(CODE):
        table, _seat = at("tutorial", lambda table: table.game.phase == phases.HOTWASH)
        reading = Reading(table.game.run.exercise)
        lines: list[str] = []
        tell(table, lines.append)
        reading.read("plain", lines)
    assert not reading.left, reading.told


@pytest.mark.parametrize("phase", [phases.BRIEFING, phases.LEVERS, phases.DELIBERATION, "hotwash"])
def test_the_words_of_plain_lines(phase: str, tmp_path: Path) -> None:
    typed = {*(word.name for word in WORDS.values()), "help", "undo", "end", "screens", "done"}
    with i18n.reading(CODE):
        table = hosted(translated("tutorial"), {}, SEED, tmp_path / "run.ttx.toml")
        while table.game.phase != phase:
            end = phase == phases.HOTWASH
            table.submit(CHIEF, End("Ûñď") if end else Continue(), table.game.entries)
        reading = Reading(table.game.run.exercise)
        reading.allowed |= typed | {"cancel", "record", "again", "quit", "leave", "exit", "all"}
        reading.allowed |= {*COLUMNS, *ALL_RIGHTS, *ROOM_SHOWS}
        seats = [part.id for part in table.game.run.exercise.seat]
        for seat in (CHIEF, LEAD, "evaluator"):
            lines: list[str] = []
            talk = Talk(Sitting(table, seat, lines.append, attendance=Attendance(seats)))
            talk.begin()
            for word in ("help", *(name for name in WORDS if name not in ("forecast", "ok"))):
                talk.typed(word)
                lines.append(getattr(talk.asked, "prompt", ""))
                talk.typed("cancel")
            reading.read(f"lines of {seat}", lines)
    assert not reading.left, reading.told


def test_what_a_seat_is_told_that_asks_for_status(tmp_path: Path) -> None:
    with i18n.reading(CODE):
        table = hosted(translated("tutorial"), {}, SEED, tmp_path / "run.ttx.toml")
        name, number = next(iter(parameters(table.game.run.exercise).items()))
        other = number.low if number.value != number.low else number.high
        for command in (excursions.adjustment(name, other, "Ûñď"), Continue(), Pause()):
            table.submit(CHIEF, command, table.game.entries)
        attendance = Attendance([part.id for part in table.game.run.exercise.seat])
        lines, code = reply(table, attendance, LEAD, "status")
        reading = Reading(table.game.run.exercise)
        reading.read("status", lines)
        stands = Eye(table.game, LEAD)
        assert pseudo("paused") in status(stands).stands
        assert status(stands).stands in lines
    assert code == 0
    assert len(lines) > 4
    assert not reading.left, reading.told


def test_the_after_action_review(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    with i18n.reading(CODE):
        table, _seat = at("tutorial", lambda table: table.game.phase == phases.HOTWASH, path)
        table.leave()
        reading = Reading(table.game.run.exercise)
        reading.read("report", page(account_of(read(path)), "md").splitlines())
    assert not reading.left, reading.told


def test_the_papers() -> None:
    with i18n.reading(CODE):
        reading = Reading(translated("accelerate"))
        for name, document in documents(translated("accelerate")).items():
            reading.read(f"paper {name}", markdown(document).splitlines())
    assert not reading.left, reading.told


async def test_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    with i18n.reading(CODE):
        table, _seat = at("tutorial", lambda table: table.game.phase == phases.HOTWASH, path)
        table.submit(table.game.run.first_seat, Continue(), table.game.entries)
        table.leave()
        viewing = look_at(read(path))
        viewing.to(0)
        reading = Reading(viewing.timeline.run.exercise)
        keys = ("m", "escape", "x", "apostrophe", "F", "l", "e", "right_curly_bracket", "m")
        more = ("enter", "right_parenthesis", "space", "space", "t", "G", "F", "D", "question_mark")
        for size in (SMALL, MIDDLE):
            async with sit(TtxApp(viewing, viewing.eye(""), CODE), size) as desk:
                reading.look(desk)
                for key in (*keys, *more):
                    await desk.press(key)
                    reading.look(desk)
    assert not reading.left, reading.told


async def test_what_a_number_of_an_excursion_rests_on_is_read_in_the_second_language(
    tmp_path: Path,
) -> None:
    room = Room(tmp_path, translated("deputed"))
    app = room.app(CHIEF)
    app.context.reader.language = CODE
    with i18n.reading(CODE):
        first = numbers(Eye(room.game, CHIEF))[0]
    assert first.basis
    claims = {part.id: part.claim for part in room.game.run.exercise.evidence}
    async with sit(app, MIDDLE) as desk:
        await desk.press("X", "b")
        shown = " ".join(" ".join(desk.rows).split())
    (link,) = (link for link in room.game.run.exercise.influence if link.id == first.part)
    for written in (claims[first.basis[0]], link.why):
        assert " ".join(text(written, CODE).split()[:3]) in shown, desk.rows
        assert " ".join(text(written, "en").split()[:3]) not in shown


def test_a_number_set_otherwise_is_told_with_its_unit_in_the_second_language() -> None:
    game = begin(translated("accelerate"), seating(translated("accelerate")), SEED, None).game
    units = {number.unit: number.id for number in parameters(game.run.exercise).values()}
    with i18n.reading(CODE):
        for unit, name in units.items():
            told = adjustment(game, Adjusted(NUMBER, name, 1, ""))
            assert pseudo(unit) in told
            assert f" {unit} " not in told


@pytest.mark.parametrize("name", ["accelerate", "tutorial"])
def test_what_every_number_means(name: str) -> None:
    with i18n.reading(CODE):
        part = translated(name)
        reading = Reading(part)
        reading.read("numbers", [number.name for number in parameters(part).values()])
    assert not reading.left, reading.told


def test_the_pictures_of_an_exercise() -> None:
    with i18n.reading(CODE):
        part = translated("accelerate")
        reading = Reading(part)
        reading.allowed |= {option.id for inject in part.inject for option in inject.option}
        reading.allowed |= {*part.names}
        reading.read("mermaid", re.findall('"([^"]*)"', mermaid(part)))
        reading.read("drawing", re.findall(">([^<]+)<", svg(part)))
    assert not reading.left, reading.told


def test_the_rows_of_a_field_are_kept_for_each_language() -> None:
    options = tuple(Option(name, "a long name of an option " * 2) for name in "abcd")
    picked = Choice(name="sort", label="sort", options=options, value="b")

    def drawn_now() -> str:
        look = Look("form", 80, 12, DARK, glyphs())
        rows = [row for stop in drawn(picked, 0, look, marked=True).stops for row in stop]
        return " ".join(row.plain for row in rows)

    assert "2 of 4" in drawn_now()
    with i18n.reading(CODE):
        assert "2 of 4" not in drawn_now()
    assert "2 of 4" in drawn_now()
