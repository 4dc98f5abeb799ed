"""A record as an asciicast (v2): the screens of one eye at its moments, drawn where nobody sits."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rich.style import Style
from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from ttx import files
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session import phases
from ttx.session.forks import opening_of
from ttx.session.game import Game
from ttx.session.view.record import TRUTH, RecordView, sitting
from ttx.session.viewing import Viewing
from ttx.tui import paint, routes
from ttx.tui.app import TtxApp
from ttx.tui.navigation import Navigation
from ttx.tui.page import Page

WIDTH, HEIGHT = 120, 40
"""Of every frame, in cells."""
SHORTEST, LONGEST = 0.6, 4.0
"""Seconds that a frame stands at least and at most, where the record has wall times."""
EVEN = 1.5
"""Seconds that a frame stands where the record has none."""
PASSING = frozenset({phases.INJECT, phases.ADJUDICATION, phases.OUTCOME})
"""Phases that are over before a screen is painted; in the others people stop."""
SWITCHES = (("1", "bold"), ("2", "dim"), ("3", "italic"), ("4", "underline"), ("7", "reverse"))
"""What SGR calls the attributes of a style that are no colour."""

Frame = tuple[int, list[str]]
"""The entry it stands for, and its rows as a terminal takes them."""


def write(viewing: Viewing, eye: str, path: Path, turn: int | None = None) -> None:
    """Write what an eye saw to a new file, all of it or one turn; it is there whole or not at all.

    The same record and eye give the same bytes. NotWritten where the file exists or cannot be
    written, NoCut where the turn was not played, ValueError where the eye is not open.
    """
    eye = viewing.eye(eye)
    numbers = moments(viewing, eye, turn)
    files.named_for(path, _("An asciicast"), (".cast", ".json"))
    try:
        files.free(path)  # before anything is drawn
        with files.draft(path.parent) as (fd, there):
            shown = frames(viewing, eye, numbers)
            lines = (_header(viewing, eye, turn), *_events(viewing, shown))
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            files.fill(fd, text.encode())
            files.name(there, path)
    except OSError as error:
        raise files.NotWritten(files.sentence(path, error)) from None


def moments(viewing: Viewing, eye: str, turn: int | None = None) -> list[int]:
    """The entries at which there was something new for that eye to stop at; 0 is the beginning.

    An entry that opens to it only later is none. Those of one turn, where one is named: NoCut where
    it was not played.
    """
    timeline = viewing.timeline
    if turn is not None:
        opening_of(viewing.entries, turn)
    kept = [] if turn else [0]
    opens = RecordView(timeline, eye).opens()
    for entry, opened in zip(timeline.entries, opens, strict=True):
        game = timeline.games[entry.n]
        asked = turn is None or (entry.turn == turn and game.phase not in phases.PLAY_IS_OVER)
        if asked and opened == entry.n and _stops(game):
            kept.append(entry.n)
    return kept


def frames(viewing: Viewing, eye: str, numbers: Sequence[int]) -> list[Frame]:
    """What that eye's screens showed after these entries; what looks like the one before is none.

    The head is moved and put back. RuntimeError where a screen fails.
    """
    record, head = viewing.record, viewing.head
    viewing.record = replace(record, read_only=True)  # a run in play stands still here
    projector = _Projector(viewing, eye, numbers)
    try:
        projector.run(headless=True, mouse=False, size=(WIDTH, HEIGHT), auto_pilot=projector.show)
    finally:
        viewing.record = record
        viewing.to(head)
    if projector.last_error:
        raise RuntimeError(projector.last_error)
    return projector.frames


def _stops(game: Game) -> bool:
    """Whether play can stand still here; between two turns it never does."""
    between = game.phase == phases.LEVERS and (game.turn is None or game.turn.confirmed)
    return game.phase not in PASSING and not between


class _OverTheReplay(Navigation):
    """The way between the pages of one moment."""

    @property
    def over_run(self) -> bool:
        """Each page is one that was opened over the replay."""
        return True


class _Projector(TtxApp):
    """The screens of a replay without a terminal: it goes through the moments and keeps frames."""

    def __init__(self, viewing: Viewing, eye: str, numbers: Sequence[int]) -> None:
        """Of these entries of a record."""
        super().__init__(viewing, sitting(viewing.timeline.run, eye))
        self.shell = _OverTheReplay(self, self.context, at_home=False)
        self.context.viewpoint, self.context.replaying = eye, True
        self.viewing, self.numbers = viewing, numbers
        self.frames: list[Frame] = []

    def on_mount(self, event: events.Mount) -> None:  # type: ignore[override]  # dispatched by name
        """Show nothing yet: the replay itself, with its marks and its clock, is no part of it."""
        event.prevent_default()

    async def show(self, pilot: Pilot[object]) -> None:
        """Put the head at each moment in turn, and keep what its page shows."""
        for n in self.numbers:
            self.viewing.to(n)
            kind = routes.page(routes.of_phase(self.context))
            if type(self.screen) is kind:
                self.shell.repaint()
            elif isinstance(self.screen, Page):
                await self.switch_screen(kind())
            else:
                await self.push_screen(kind())
            # In the first pause a region asks for its new place, in the second it gets it.
            await pilot.pause(0)
            await pilot.pause(0)
            if self.last_error:
                break
            rows = self._rows()
            if not self.frames or rows != self.frames[-1][1]:
                self.frames.append((n, rows))
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """An error outside of painting too is told by whoever asked for the frames."""
        self.last_error = self.last_error or f"{type(error).__name__}: {error}"
        self._exception_event.set()  # or the pause would wait for a screen that never comes

    def _rows(self) -> list[str]:
        strips = self.screen._compositor.render_strips()  # noqa: SLF001  # no public way to the cells
        return [_row(strip, colour=not self.no_color) for strip in strips]


def _row(strip: Strip, *, colour: bool) -> str:
    """A row as a terminal takes it; each change of style says all of it, so rows stand alone."""
    row, last = "", ""
    for words, style, _control in strip:
        codes = _codes(style or Style.null(), colour)
        row += words if codes == last else f"\x1b[{codes}m{words}"
        last = codes
    return row


@lru_cache(maxsize=512)
def _codes(style: Style, colour: bool) -> str:  # noqa: FBT001  # a key of the cache
    codes = ["0", *(code for code, name in SWITCHES if getattr(style, name))]
    if colour and style.color is not None:
        codes += style.color.get_ansi_codes(foreground=True)
    if colour and style.bgcolor is not None:
        codes += style.bgcolor.get_ansi_codes(foreground=False)
    return ";".join(codes)


def _header(viewing: Viewing, eye: str, turn: int | None) -> dict[str, object]:
    run = viewing.timeline.run
    seat = next((seat.short for seat in run.exercise.seat if seat.id == eye), "")
    title = _(
        "{exercise}, {seen}, seed {seed}{part}",
        exercise=text(run.exercise.title),
        seen=_("full truth") if eye == TRUTH else _("as {seat} saw it", seat=seat),
        seed=run.seed,
        part=_(", turn {turn}", turn=turn) if turn else "",
    )
    header: dict[str, object] = {"version": 2, "width": WIDTH, "height": HEIGHT}
    began = next(filter(None, (_when(entry.at) for entry in viewing.entries)), None)
    if began is not None:
        header["timestamp"] = int(began.timestamp())
    return header | {"title": paint.clean(title), "env": {"TERM": "xterm-256color"}}


def _events(viewing: Viewing, kept: Sequence[Frame]) -> Iterator[list[object]]:
    """The frames as what changes on a terminal, with a marker where a turn begins."""
    time, shown, turn = 0.0, [""] * HEIGHT, 0
    at = ["", *(entry.at for entry in viewing.entries)]
    for number, (n, rows) in enumerate(kept):
        if number:
            time += _stood(at[kept[number - 1][0]], at[n])
        begun = len(viewing.timeline.games[n].turns)
        if begun > turn:
            yield [round(time, 3), "m", _("turn {begun}", begun=begun)]
        clear = "" if number else "\x1b[0m\x1b[?25l\x1b[2J"
        pairs = enumerate(zip(rows, shown, strict=True), start=1)
        changed = (f"\x1b[{y};1H{row}" for y, (row, before) in pairs if row != before)
        yield [round(time, 3), "o", clear + "".join(changed)]
        shown, turn = rows, begun
    # The last frame stands too; a row that no player has leaves a prompt below the picture.
    yield [round(time + LONGEST, 3), "o", f"\x1b[0m\x1b[{HEIGHT + 1};1H\x1b[?25h"]


def _stood(since: str, until: str) -> float:
    """Seconds that a frame stands between two wall times."""
    first, last = _when(since), _when(until)
    if first is None or last is None:
        return EVEN
    return min(max((last - first).total_seconds(), SHORTEST), LONGEST)


def _when(at: str) -> datetime.datetime | None:
    try:
        when = datetime.datetime.fromisoformat(at)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
