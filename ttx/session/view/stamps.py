"""When something was written beside the play, in words: turn, inject, scenario time."""

from __future__ import annotations

from ttx.exercise.model import Exercise
from ttx.i18n import _
from ttx.session.notebook import Stamp
from ttx.session.view import words


def short(stamp: Stamp) -> str:
    """Turn, or the inject on the table: `T4`, `4.1`; `-` before the first turn."""
    if not stamp.turn:
        return "-"
    return stamp.number or f"T{stamp.turn}"


def scenario_time(exercise: Exercise, stamp: Stamp) -> str:
    """`Sat 7 Nov 2026 18:50 JST`; empty where no inject gave a time."""
    if not stamp.day:
        return ""
    return words.moment(exercise, stamp.day, stamp.hour)


def whole(exercise: Exercise, stamp: Stamp) -> str:
    """All of it: `turn 4, inject 4.1, Sat 7 Nov 2026 18:50 JST`."""
    if not stamp.turn:
        return _("before STARTEX")
    parts = [_("turn {turn}", turn=stamp.turn)]
    if stamp.number:
        parts.append(_("inject {number}", number=stamp.number))
    return ", ".join(part for part in (*parts, scenario_time(exercise, stamp)) if part)
