"""The notes that a seat may read: its own cell's, all of them for the white cell."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session.view import stamps
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


def journal(eye: Eye) -> tuple[NoteView, ...]:
    """The notes open to a seat, the last one first; at the hot wash everybody's."""
    return tuple(
        NoteView(
            note.sort,
            stamps.whole(eye.exercise, stamp),
            stamps.short(stamp),
            eye.names.seats[stamp.by],
            note.text,
        )
        for stamp, note in reversed(eye.game.notebook.notes)
        if eye.reads_of(stamp.by)
    )
