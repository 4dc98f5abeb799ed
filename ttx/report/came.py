"""Who was at a table, as its record has it: for the sign-in sheet of a run that was played."""

from __future__ import annotations

from ttx.i18n import _
from ttx.session.local_time import clock_of
from ttx.session.timeline import Timeline


def came(timeline: Timeline) -> dict[str, str]:
    """For each seat that made entries when its first and its last was, by the session's clock.

    Who reads, talks and makes no entry leaves no trace in a record.
    """
    clock = clock_of(timeline.game)
    seats = {seat.id for seat in timeline.game.run.exercise.seat}
    times: dict[str, list[str]] = {}
    for entry in timeline.entries:
        if entry.by in seats and entry.at:
            times.setdefault(entry.by, []).append(entry.at)
    told = {}
    for seat, entries in times.items():
        begun, last = clock.local(entries[0]), clock.local(entries[-1])
        until = f"{last:%H:%M}" if last.date() == begun.date() else f"{last:%Y-%m-%d %H:%M}"
        told[seat] = _("{begun:%Y-%m-%d %H:%M} to {until}", begun=begun, until=until)
    return told
