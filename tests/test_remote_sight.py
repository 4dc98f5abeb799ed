"""Who sees what, in the very bytes that reach each client; and texts that would steer it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from kit.secrecy import MARK, marked, may_read
from ssh_rig import (
    AIDE,
    CHIEF,
    EVALUATOR,
    LEAD,
    MEMBER,
    MIDDLE,
    OTHER,
    RED,
    ROOM,
    SMALL,
    Room,
    Screen,
    folder,
    laid,
    rehearsal,
    room,
)

from ttx.exercise.load import from_data
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.events import EVERYBODY
from ttx.session.game import Game
from ttx.session.notebook_events import Noted
from ttx.session.opening import look_at
from ttx.session.play_commands import Commit, Message, Submit
from ttx.session.record import read
from ttx.session.side_commands import Note

pytestmark = pytest.mark.slow

CELL = {LEAD: "us", MEMBER: "us", OTHER: "japan", AIDE: "japan"}
WROTE = {"QW01": LEAD, "QJ01": OTHER, "QZ01": MEMBER, "QZ02": AIDE, "QY01": LEAD}
"""What is written in this run, and by whom; they read it themselves at once."""
SURE = {LEAD: "80%", MEMBER: "70%", OTHER: "30%", AIDE: "20%"}


def rehearsed() -> dict[str, Any]:
    """The exercise of marks, with the seats of the rehearsal."""
    return marked("tutorial").as_toml() | {"seat": rehearsal().as_toml()["seat"]}


class Wires:
    """What the clients of a run have received by now, held against what they may read."""

    def __init__(self, at: Room, seats: Sequence[str]) -> None:
        self.at = at
        self.screens: dict[str, Screen] = {}
        self._found: dict[str, tuple[int, set[str]]] = {}
        for one in seats:
            size = SMALL if one in (CHIEF, LEAD) else MIDDLE
            self.screens[one] = joined = at.join(one, size)
            joined.keeps = True
            # A code or a fingerprint may happen to read like a mark: they are over by now.
            self._found[one] = (len(joined.bytes), set())

    def __getitem__(self, seat: str) -> Screen:
        return self.screens[seat]

    @property
    def players(self) -> dict[str, Screen]:
        """All but the white cell."""
        return {s: one for s, one in self.screens.items() if s not in (CHIEF, EVALUATOR)}

    def until(self, *words: str) -> None:
        """Wait for words at each player's."""
        for one in self.players.values():
            one.until(*words)

    def walk(self, keys: str, seats: Sequence[str] = ()) -> None:
        """Every player opens these pages and comes back from each."""
        several = [one for seat, one in self.players.items() if seat in (seats or self.players)]
        for key in keys:
            for pressed, words in ((key, "q back"), ("q", "q leave")):
                for one in several:
                    one.type(pressed)
                for one in several:
                    one.until(words)

    def found(self, seat: str) -> set[str]:
        """Marks among all that its client received once it was in, however they were painted."""
        one = self.screens[seat]
        read_to, known = self._found[seat]
        texts = (*one.since(one.last_frame(read_to)), *one.rows, one.text)
        known |= {f"Q{found[1]}{found[2]}" for text in texts for found in MARK.finditer(text)}
        self._found[seat] = (len(one.bytes), known)
        one.rows.clear()
        return known

    def check(self) -> None:
        """Nobody has received what is not theirs, or not yet."""
        game = look_at(read(self.at.host.save)).game
        for seat, one in self.players.items():
            told = {sign for sign in self.found(seat) if not _may(game, seat, sign)}
            assert not told, (seat, game.phase, sorted(told))
            others = {s for s in SURE if s != seat and CELL.get(seat) != CELL[s]}
            assert not [s for s in others if SURE[s].encode() in one.bytes], (seat, game.phase)


def _may(game: Game, seat: str, sign: str) -> bool:
    """Whether a player's seat may read a mark by now."""
    kind, number = sign[1], int(sign[2:])
    if WROTE.get(sign) == seat:
        return True
    if kind == "N":
        return sign == "QN02" or seat == MEMBER
    if kind == "Z":
        ruled = any(slot.confirmed for turn in game.turns for slot in turn.slots)
        return ruled and CELL.get(seat) == CELL[WROTE[sign]]
    if kind in {"W", "J"}:
        cell = CELL[WROTE[sign]]
        return CELL.get(seat) == cell and any(
            cell in slot.answers for turn in game.turns for slot in turn.slots
        )
    if seat == ROOM and kind in {"I", "R"}:  # no adversary is its own
        return may_read(game, LEAD, kind, number)
    if seat == ROOM:  # with Red at the table it reads what every Red seat may
        return may_read(game, RED, kind, number)
    return may_read(game, seat, kind, number)


def test_no_byte_reaches_a_seat_that_may_not_read_it_yet(  # noqa: PLR0915  # one whole evening
    tmp_path: Path,
) -> None:
    allied = (LEAD, MEMBER, OTHER, AIDE)
    with room(tmp_path, "--red", exercise=folder(tmp_path, rehearsed())) as at:
        wires = Wires(at, (CHIEF, *allied, RED, ROOM))
        chief = wires[CHIEF]
        wires.until("SITUATION")
        chief.press("]", "Levers of turn 1.")
        wires.until("levers")
        wires.walk("tvSMB")
        wires.check()

        # Deliberation: members commit, one lead submits, the facilitator writes to one seat.
        chief.press("]", "Close the levers without", "y", "slot of turn")
        chief.press("]", "Deliberation on QT01.")
        wires.until("QT01")
        chief.press("p", "QP01", "q", "q leave")
        chief.press("A", "who is here", "j", "▸ Deputy")
        chief.press("w", "Message to Deputy", "QN01\r", "Sent to Deputy")
        wires[MEMBER].until("QN01")
        chief.press("a", "Message to all", "QN02\r", "Sent to all.")
        chief.press("q", "q leave")
        wires.until("QN02")
        wires[MEMBER].until("QN01", "QN02")
        for seat, one in wires.players.items():
            if seat != ROOM:  # nobody acknowledges anything there
                one.press(".").without("QN0")
        wires[LEAD].press("n", "Enter saves", "QY01\r", "is in the record")
        _gives(wires[MEMBER], "3", "QZ01", "++", SURE[MEMBER])
        wires[MEMBER].press("\r", "Committed. Your cell's lead submits")
        _gives(wires[AIDE], "2", "QZ02", "-" * 4, SURE[AIDE])
        wires[AIDE].press("\r", "Committed. Your cell's lead submits")
        _gives(wires[LEAD], "2", "QW01", "+++", SURE[LEAD])
        wires[LEAD].press("\r", "Submit for the US cell?", "y", "Submitted. Waiting for Japan.")
        wires[MEMBER].until("Submitted. Waiting for Japan.", "QW01")
        wires.walk("itSMB")
        wires.check()
        _gives(wires[OTHER], "3", "QJ01", "---", SURE[OTHER])
        wires[OTHER].press("\r", "Submit for the Japan cell?", "y", "Submitted for the Japan cell.")

        # The ruling: first for the facilitator alone, then for all who may.
        chief.until("A ruling is proposed")
        wires.until("adjudication")
        wires.walk("itSMB")
        wires.check()
        assert "QZ01" not in wires.found(LEAD)
        chief.press("]", "The table reads the ruling.")
        wires.until("review")
        wires.walk("SMB")
        wires.walk("m", allied)
        wires.check()

        # A crisis that nobody answers, and the reckoning.
        chief.press("]", "slot of turn", "]", "Deliberation on QT02.")
        wires.until("QT02")
        wires.walk("o", allied)
        wires.walk("iS")
        wires.check()
        chief.press("]", "Close it without US and Japan?", "y", "A ruling is proposed")
        chief.press("]", "The table reads the ruling.", "]", "Waiting for Coast guard.")

        # The adversary's own seat chooses, sealed; it changes its mind before that is closed.
        wires.until("response")
        red = wires[RED]
        red.until("YOUR AIM", "QR0", "7 chips")
        red.press("2", "▸ 2", "\r", "Sealed. It may be changed")
        chief.until("All have chosen")
        red.press("3", "▸ 3", "\r", "escalate    chosen")
        wires.walk("SMB")
        wires.check()
        chief.press("]", "The reckoning is proposed")
        wires.until("reckoning")
        wires.walk("SMB")
        wires.check()
        assert "QI02" not in {sign for seat in allied for sign in wires.found(seat)}
        chief.press("]", "The table reads the reckoning.")
        wires.until("Reckoning of turn 1")
        wires.walk("SMB")
        wires.check()
        for seat in (LEAD, ROOM):  # what was done is news for all
            assert "QI02" in wires.found(seat)
        chief.press("]", "Levers of turn 2.")
        wires.until("levers")
        wires.check()

        # The other way round: what is theirs they did receive.
        kinds = {seat: {sign[1] for sign in wires.found(seat)} for seat in wires.players}
        for seat in allied:
            assert set("TMQOAKSLVDUI") <= kinds[seat], seat
        assert set("TMKLIR") <= kinds[RED]
        assert set("TMKI") <= kinds[ROOM]
        assert not [seat for seat in (*allied, ROOM) if "R" in kinds[seat]]
        assert {"QW01", "QZ01"} <= wires.found(LEAD) & wires.found(MEMBER)
        assert {"QJ01", "QZ02"} <= wires.found(OTHER) & wires.found(AIDE)
        assert "QN01" in wires.found(MEMBER)
        assert "QP01" in wires.found(CHIEF)

        # After the exercise the review is open to all, and so are the reasons.
        chief.press("E", "End the exercise", "y", "Hot wash.")
        wires.until("THE BOARD")
        report = at.ask(RED, "report")
        assert 0 == report.returncode
        for sign in ("QW01", "QJ01", "QY01"):
            assert sign in report.stdout
        assert [MEMBER] == [seat for seat in wires.players if "QN01" in wires.found(seat)]
        assert not [seat for seat in wires.players if "QT03" in wires.found(seat)]


def _gives(screen: Screen, option: str, why: str, sure: str, shown: str) -> None:
    """An answer is marked, with a reason and a confidence."""
    screen.press(option, f"▸ {option}")
    for key in sure:
        screen.type(key)
        screen.changes()
    screen.until(shown).press("r", "Enter saves", f"{why}\r").without("Enter saves")


# --- texts that would steer a terminal ---

BIDI, ZERO, CSI, BELL = "\u202e", "\u200b", "\x9b", "\x07"
CLIPBOARD = f"\x1b]52;c;Y2xpcA=={BELL}"
STEERING = f"{CLIPBOARD}\x1b[31mred\x1b]0;title{BELL}{CSI}2J{BIDI}{ZERO}"
POINTER = f"\x1b]22;default{BELL}"
"""What Textual says of the mouse, of its own."""
MARKUP = "[bold]loud[/] [@click=app.quit]x[/] [/nope]"


def hostile() -> dict[str, Any]:
    """The rehearsal with texts of its own that nobody should have let in."""
    said = rehearsal().as_toml()
    said["title"] = f"Title {MARKUP}{STEERING}"
    inject = said["inject"][0]
    inject["title"] = f"News {STEERING}{MARKUP}"
    inject["message"]["text"][0] = f"It says {MARKUP}{STEERING}."
    inject["option"][1]["title"] = f"Option{STEERING} {MARKUP}"
    for seat in said["seat"]:
        if seat["id"] == MEMBER:
            seat["short"] = f"{BIDI}[b]Dep{CSI}uty"
    return said


def steering(told: str) -> list[str]:
    """What of the steering is in what came."""
    parts = ("\x1b]", "Y2xpcA==\x07", BELL, CSI, BIDI, ZERO, "\x1b[31mred", "\x1b[2J")
    return [part for part in parts if part in told.replace(POINTER, "")]


def test_what_steers_a_terminal_is_only_text_at_the_other_seats(tmp_path: Path) -> None:
    words = f"{STEERING}{MARKUP}"
    save = laid(
        tmp_path,
        phases.DELIBERATION,
        (MEMBER, Commit(Answer("after_the_season", 60, {}, f"Mine{words}"))),
        (LEAD, Submit(Answer("line_in_tokyo", 70, {}, f"Ours{words}"))),
        (LEAD, Note(f"Note{words}")),
        (CHIEF, Message(EVERYBODY, f"Word{words}")),
        part=from_data(hostile()),
    )
    with room(tmp_path, resume=save) as at:
        chief, lead, member = at.join(CHIEF), at.join(LEAD, MIDDLE), at.join(MEMBER, MIDDLE)
        other, watch = at.join(OTHER), at.join(EVALUATOR, MIDDLE)
        players = (lead, member, other, watch)
        for one in players:
            one.until("[bold]loud[/]", "From the facilitator: Word")
            one.press("i", "INJECT 1.1:", "q", "q leave", "M", "q back", "q", "q leave")
        member.until("rationale   Ours")
        for one in (watch, other):  # a link of another's making does nothing where it is clicked
            for link in ("[@click", "[bold]"):
                one.click(link)
                one.press("t", "ALL TRACKS", "q", "q leave")
        for seat in (LEAD, OTHER):
            status = at.ask(seat, "status")
            assert 0 == status.returncode
            assert "[b]Deputy" in status.stdout
            assert [] == steering(status.stdout)

        # Typed and pasted at a terminal, it is no more than that in the record either.
        other.press("n", "Enter saves", f"\x1b[200~{words}Pasted\x1b[201~", "Pasted")
        other.press(f"{BIDI}{ZERO}typed", "typed", "\r", "is in the record")
        pasted = at.entries("Noted")[-1].event
        assert isinstance(pasted, Noted)
        assert [] == steering(pasted.text)
        assert "[bold]loud[/]" in pasted.text

        other.press("2", "▸ 2", "\r", "Submit for the", "y", "adjudicates next")
        chief.press("]", "The table reads the ruling.")
        lead.until("would have answered Promise it for next year", "because: Mine")
        chief.press("]", "slot of turn", "]", "Deliberation on")
        chief.press("]", "Close it without", "y", "A ruling is proposed")
        chief.press("]", "The table reads the ruling.", "]", "The reckoning is proposed")
        chief.press("]", "The table reads the reckoning.")
        chief.press("E", "End the exercise", "y", "Hot wash.")
        for one in players:
            one.until("THE BOARD").press("W", "Review of")
        report = at.ask(OTHER, "report")
        assert 0 == report.returncode
        for told in ("Ours", "Note", "Pasted", "[bold]loud[/]"):
            assert told in report.stdout
        assert [] == steering(report.stdout)
        for one in players:  # from the review back to the board, which is the screen of the run
            one.press("q", "THE BOARD")
        for one in (chief, *players):
            assert one.leave() == 0
            assert [] == steering(one.bytes.decode("utf-8", "replace"))
