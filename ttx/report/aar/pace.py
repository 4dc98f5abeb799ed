"""Planned against actual time: by phase, and turn by turn."""

from __future__ import annotations

from ttx.i18n import N_, _
from ttx.report.aar.account import Account
from ttx.report.document import Heading, Paragraph, Part, Table
from ttx.session import phases
from ttx.session.game import PhaseDuration

_ONCE = (phases.BRIEFING, phases.HOTWASH)
"""Phases that come once in a run; the others come in every turn."""

_NAMES = {
    phases.INJECT: N_("policy slot open"),
    phases.OUTCOME: N_("crisis slot open"),
    phases.HOTWASH: N_("hot wash"),
}


def minutes(seconds: int) -> str:
    """Seconds as `12 min`, or `2 h 05 min`; less than a minute is said."""
    whole = _whole(seconds)
    if seconds and not whole:
        return _("under 1 min")
    hours, rest = divmod(whole, 60)
    return (
        _("{hours} h {rest:02d} min", hours=hours, rest=rest)
        if hours
        else _("{rest} min", rest=rest)
    )


def _whole(seconds: int) -> int:
    """Seconds as whole minutes, the nearest."""
    return (seconds + 30) // 60


def durations(account: Account) -> list[PhaseDuration]:
    """What each phase took, the one under way last."""
    game = account.game
    last = PhaseDuration(len(game.turns), game.number, game.phase, game.elapsed)
    return [*game.durations, last] if game.phase != phases.CLOSED else [*game.durations]


def played_minutes(account: Account) -> int:
    """Seconds of play, pauses left out; 0 where robots played alone."""
    return sum(duration.seconds for duration in durations(account))


def planned_minutes(account: Account) -> int:
    """Seconds that the plan gives to what was played; 0 where the exercise has no plan."""
    return sum(seconds for seconds, _rest in _by_phase(account).values())


def _by_phase(account: Account) -> dict[str, tuple[int, int]]:
    """Planned seconds of each phase that the plan names, for what was played, and how often."""
    plan = account.exercise.time_plan
    seen: dict[str, set[tuple[int, str]]] = {}
    for duration in durations(account):
        seen.setdefault(duration.phase, set()).add(_place(duration))
    return {
        phase: (60 * plan[phase] * len(seen[phase]), len(seen[phase]))
        for phase in phases.PHASES
        if phase in plan and phase in seen
    }


def _place(duration: PhaseDuration) -> tuple[int, str]:
    """What a phase is planned once for: the run, a turn, or an inject of it."""
    if duration.phase in _ONCE:
        return 0, ""
    of_inject = duration.phase in (phases.DELIBERATION, phases.ADJUDICATION, phases.REVIEW)
    return duration.turn, duration.number if of_inject else ""


def time(account: Account) -> list[Part]:
    """Two tables; nothing where no time was recorded."""
    by_phase = durations(account)
    if not played_minutes(account):
        return []
    plans = _by_phase(account)
    rows = []
    for phase in phases.PHASES:
        taken = sum(spent.seconds for spent in by_phase if spent.phase == phase)
        if not taken and phase not in plans:
            continue
        planned, count = plans.get(
            phase, (0, len({_place(s) for s in by_phase if s.phase == phase}))
        )
        rows.append((_(_NAMES.get(phase, phase)), str(count), *against(planned, taken)))
    total = against(planned_minutes(account), played_minutes(account))
    rows.append((_("all"), "", *total))
    turns = []
    for number in range(1, len(account.game.turns) + 1):
        mine = [spent for spent in by_phase if spent.turn == number and spent.phase not in _ONCE]
        planned = sum(
            60 * account.exercise.time_plan.get(phase, 0)
            for phase, _rest in {(spent.phase, _place(spent)) for spent in mine}
        )
        turns.append((f"T{number}", *against(planned, sum(spent.seconds for spent in mine))))
    head = (_("Phase"), _("Times"), _("Planned"), _("Actual"), _("Difference"))
    note = _(
        "Pauses are left out. Time spent on what was taken back later counts. Each time is rounded "
        "to the minute by itself."
    )
    parts: list[Part] = [
        Heading(2, _("Time: planned and actual")),
        Table(head, tuple(rows), note, widths=(32, 14, 18, 18, 18), numbers=(1, 2, 3, 4)),
    ]
    if turns:
        parts.append(
            Table(
                (_("Turn"), _("Planned"), _("Actual"), _("Difference")),
                tuple(turns),
                widths=(32, 22, 22, 24),
                numbers=(1, 2, 3),
            )
        )
    if not account.exercise.time_plan:
        parts.append(Paragraph(_("The exercise has no time plan, so nothing stands beside it.")))
    return parts


def against(planned: int, taken: int) -> tuple[str, str, str]:
    """Planned and actual seconds, and their difference in words; no plan, no difference.

    It is that of the minutes that stand there, so that whoever works it out gets the same.
    """
    if not planned:
        return "", minutes(taken), ""
    gap = 60 * (_whole(taken) - _whole(planned))
    if not gap:
        word = _("as planned")
    elif gap > 0:
        word = _("{minutes} over", minutes=minutes(gap))
    else:
        word = _("{minutes} under", minutes=minutes(-gap))
    return minutes(planned), minutes(taken), word
