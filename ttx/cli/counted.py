"""What an exercise holds, counted, as the verbs of authors say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttx.i18n import ngettext

if TYPE_CHECKING:
    from ttx.exercise.model.exercise import Exercise


def counted_injects(exercise: Exercise) -> str:
    """`1 inject`, `40 injects`."""
    n = len(exercise.inject)
    return ngettext("{n} inject", "{n} injects", n, n=n)


def counted_tracks(exercise: Exercise) -> str:
    """`1 track`, `14 tracks`."""
    n = len(exercise.track)
    return ngettext("{n} track", "{n} tracks", n, n=n)
