"""The notes that a seat may read, and when each was made: its cell's, for the white cell all."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import Noted, Struck
from ttx.session.view import words
from ttx.session.view.eye import Eye


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note."""

    sort: str
    """What it is, such as `decision`; empty where that was not said."""
    when: str
    """`turn 4, inject 4.1, Sat 7 Nov 2026 18:50 JST`."""
    where: str
    """The same in short: `4.1`, `T4`; `-` before the first turn."""
    seat: str
    """Who wrote it, in short."""
    text: str
    entry: int
    """The entry that wrote it."""
    own: bool
    """Whether this seat wrote it."""
    struck: bool
    """Whether its author struck it."""
    before: str
    """What it said before it was corrected; empty where it was not."""


def journal(eye: Eye) -> tuple[NoteView, ...]:
    """The notes open to a seat, the last one first; at the hot wash everybody's.

    What was struck is among them, and says so.
    """
    book = eye.game.notebook
    notes = [(stamp, note) for stamp, note in book.of(Noted) if eye.reads_of(stamp.by)]
    return tuple(
        _note(eye, stamp, note, book.struck.get(stamp.n)) for stamp, note in reversed(notes)
    )


def _note(eye: Eye, stamp: Stamp, note: Noted, change: Struck | None) -> NoteView:
    instead = change.instead if change is not None else ""
    return NoteView(
        sort=note.sort,
        when=written(eye, stamp),
        where=place(stamp),
        seat=eye.names.seats[stamp.by],
        text=instead or note.text,
        entry=stamp.n,
        own=stamp.by == eye.seat,
        struck=change is not None and not instead,
        before=note.text if instead else "",
    )


def place(stamp: Stamp) -> str:
    """Turn, or the inject on the table: `T4`, `4.1`; `-` before the first turn."""
    if not stamp.turn:
        return "-"
    return stamp.number or f"T{stamp.turn}"


def written(eye: Eye, stamp: Stamp) -> str:
    """When something was written: `turn 4, inject 4.1, Sat 7 Nov 2026 18:50 JST`."""
    if not stamp.turn:
        return _("before STARTEX")
    parts = [_("turn {turn}", turn=stamp.turn)]
    if stamp.number:
        parts.append(_("inject {number}", number=stamp.number))
    if stamp.day:
        parts.append(words.moment(eye.exercise, stamp.day, stamp.hour))
    return ", ".join(parts)
