"""The first pages of the after-action review: the answer, then what was exercised and by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account, times
from ttx.report.aar.opponents import acts
from ttx.report.aar.pace import minutes, planned_minutes, played_minutes
from ttx.report.document import Bullets, Facts, Heading, Notice, Paragraph, Part
from ttx.report.review import FINDINGS, LIMIT, Review
from ttx.session import phases
from ttx.session.control_events import SeatHandedOver
from ttx.session.run import PERSON, REHEARSED, WATCHED
from ttx.session.view import words
from ttx.session.view.excursion import adjustment


def in_brief(review: Review) -> list[Part]:
    """The sponsor's question and what this run has to say to it."""
    late = review.timings
    slow = ", ".join(f"{name} {times(count)}" for name, count in review.slowest)
    slowest = _("\nSlowest stage: {slow}.", slow=slow) if slow else ""
    crises = _(
        "{in_time} in time, {late} late, {too_late} far too late.{slowest}",
        in_time=late[0],
        late=late[1],
        too_late=late[2],
        slowest=slowest,
    )
    first, *others = review.most or (review.unmoved,)
    most = "\n".join((first, *(_("then {decision}", decision=decision) for decision in others)))
    asked = (
        (_("What was asked"), review.asked),
        (_("What the table chose"), "\n".join(review.chosen)),
    )
    came = (
        (_("What that moved, on the same dice"), "\n".join(review.moved)),
        (_("In which levers the runs differ"), "\n".join(review.differ)),
        (_("What moved most, by the same dice without it"), most if review.rows else ""),
        (_("Crises"), crises if any(late) else ""),
    )
    return [
        Heading(2, _("In brief")),
        Facts(tuple(row for row in asked if row[1])),
        *acts(review),
        *([Facts(rest)] if (rest := tuple(row for row in came if row[1])) else []),
        Paragraph(
            _(
                "{findings} There is no grade. {judgement} {limit}",
                findings=_(FINDINGS),
                judgement=_(words.JUDGEMENT),
                limit=_(LIMIT),
            )
        ),
    ]


def missing(account: Account) -> list[str]:
    """What a run that is not closed still lacks, a sentence each; nothing once it is closed."""
    if account.closed:
        return []
    game, exercise = account.game, account.exercise
    lacks = []
    if not game.ended:
        turn = len(game.turns)
        where = (
            _("turn {turn} of {count}", turn=turn, count=exercise.turns.count)
            if turn
            else _("the briefing")
        )
        lacks.append(_("The exercise has not ended; it stands at {where}.", where=where))
    elif game.phase == phases.HOTWASH:
        lacks.append(_("The hot wash is not closed."))
    open_ = [
        objective for objective in exercise.objective if objective.id not in game.notebook.settled
    ]
    if open_ and account.run.facilitator:
        count = len(open_)
        single = _("The rating of 1 objective is not settled.")
        lacks.append(
            single
            if count == 1
            else _("The ratings of {count} objectives are not settled.", count=count)
        )
    if account.run.facilitator and not game.notebook.plan:
        lacks.append(_("No row of the improvement plan is written."))
    return lacks


def marks(account: Account) -> list[Part]:
    """What nobody may overlook: that it is a draft, a rehearsal, or an excursion."""
    parts: list[Part] = [Notice(_(REHEARSED))] if account.run.rehearsal else []
    if not account.closed:
        parts += [
            Notice(
                _(
                    "Draft, for the white cell alone. The exercise is not "
                    "closed, and this report holds what players may not read yet."
                )
            ),
            Bullets(tuple(missing(account))),
        ]
    if account.game.adjusted:
        changed = "; ".join(
            _(
                "{told}, because: {reason}",
                told=adjustment(account.game, adjusted),
                reason=adjusted.reason,
            )
            for adjusted in account.game.adjusted
        )
        parts.append(
            Notice(
                _(
                    "Excursion: numbers of the exercise were set otherwise: {changed}",
                    changed=changed,
                )
            )
        )
    return parts


def overview(account: Account) -> list[Part]:
    """What HSEEP-style reports call the exercise overview."""
    exercise = account.exercise
    capabilities = "\n".join(account.capabilities.values())
    objectives = "\n".join(
        f"{at}. {objective}" for at, objective in enumerate(account.objectives.values(), start=1)
    )
    rows = (
        (_("Exercise"), text(exercise.title)),
        (_("Dates"), _dates(account)),
        (_("Wall times are"), account.clock),
        (_("Type"), _type(account)),
        (_("Duration"), _duration(account)),
        (_("Scenario time"), _scenario(account)),
        (_("Cells and seats"), "\n".join(_seats(account))),
        (_("Capabilities"), capabilities),
        (_("Objectives"), objectives),
        (_("Scenario"), "\n".join(text(situation) for situation in exercise.briefing.situation)),
        (_("Status"), _("Final: the run is closed.") if account.closed else _("Draft.")),
    )
    return [Heading(2, _("Exercise overview")), Facts(tuple(row for row in rows if row[1]))]


def _dates(account: Account) -> str:
    days = [words.day_text(day) for day in account.days]
    if not days:
        return _("Not recorded: robots played alone.")
    return (
        days[0]
        if len(days) == 1
        else _("{first} to {last}, on {count} days", first=days[0], last=days[-1], count=len(days))
    )


def _type(account: Account) -> str:
    if account.timeline.run.alone:
        held = _("played by robots alone")
    elif account.run.facilitator:
        held = _("facilitated")
    else:
        held = _("not facilitated: the gates opened by themselves")
    together = account.run.together and len(account.run.people) > 1
    single = _("; the allied cells gave one answer") if together else ""
    excursion = _("; an excursion") if account.game.adjusted else ""
    return _(
        "Turn-based tabletop exercise, {held}{together}{excursion}",
        held=held,
        together=single,
        excursion=excursion,
    )


def _duration(account: Account) -> str:
    taken = played_minutes(account)
    if not taken:
        return ""
    planned = planned_minutes(account)
    plan = _("; the plan for that is {minutes}", minutes=minutes(planned)) if planned else ""
    return _("{minutes} of play, pauses left out{plan}", minutes=minutes(taken), plan=plan)


def _scenario(account: Account) -> str:
    game, turns = account.game, account.exercise.turns
    count, whole = len(game.turns), len(account.turns)
    if not count:
        return _(
            "{count} turns of {length}; none was played.",
            count=turns.count,
            length=words.turn_length(turns),
        )
    first = account.run.first_day(1)
    last = account.run.first_day(count + 1) - datetime.timedelta(days=1)
    span = words.scenario_span(turns, first, last)
    why = f"; {_(game.ended)}" if game.ended else ""
    begun = _(" (turn {turn} was begun)", turn=count) if count > whole else ""
    return _(
        "{played} of {turns} turns of {length}{begun}, {span}{why}",
        played=whole,
        begun=begun,
        turns=turns.count,
        length=words.turn_length(turns),
        span=span,
        why=why,
    )


def _seats(account: Account) -> Iterator[str]:
    """Who held each cell when the run began, with its offices, and who answered in its place."""
    wrote = {entry.by for entry in account.timeline.entries}
    for cell in account.exercise.cell:
        holds = account.timeline.run.players.get(cell.id, "")
        seats = [seat for seat in account.exercise.seat if seat.cell == cell.id]
        if holds not in (PERSON, WATCHED):
            rule = {"red": _("the rule"), "white": _("nobody")}.get(cell.side, account.robot(holds))
            yield f"{account.cells[cell.id]}: {rule}"
            continue
        present = [seat for seat in seats if seat.id in wrote]
        rule = _(", beside the rule that plays it") if holds == WATCHED else ""
        rule += "".join(f"; {clause}" for clause in _instead(account, cell.id))
        held = _("people")
        if not present and holds == PERSON:
            held = _("kept for people, none of whom made an entry")
        if account.anonymous:
            yield ngettext(
                "{cells}: {held}{rule}; {count} seat made entries",
                "{cells}: {held}{rule}; {count} seats made entries",
                len(present),
                cells=account.cells[cell.id],
                held=held,
                rule=rule,
            )
            continue
        offices = "; ".join(
            text(seat.name)
            + (_(" ({seat}, lead)", seat=seat.short) if seat.lead else f" ({seat.short})")
            + ("" if seat in present else _(", no entry"))
            + _watched(account, seat.id)
            for seat in seats
        )
        yield _(
            "{cells}: {held}{rule}. {offices}",
            cells=account.cells[cell.id],
            held=held,
            rule=rule,
            offices=offices,
        )


def _watched(account: Account, seat: str) -> str:
    """Which cell an evaluator watched in the end; empty for all others."""
    cell = account.game.notebook.assigned.get(seat, "")
    return _(", watched {cell}", cell=account.cells[cell]) if cell else ""


def _instead(account: Account, cell: str) -> Iterator[str]:
    """Who else held a cell that people held, and how often another than they answered for it."""
    run = account.run
    for entry in account.in_force():
        event = entry.event
        if isinstance(event, SeatHandedOver) and run.seat(event.seat).cell == cell:
            before = account.timeline.games[entry.n - 1].run.players.get(cell)
            if before != event.player:
                yield (
                    _("given back to people in turn {turn}", turn=entry.turn)
                    if event.player == PERSON
                    else _(
                        "given to {robot} in turn {turn}",
                        robot=account.robot(event.player),
                        turn=entry.turn,
                    )
                )
    answered = [(number, slot) for number, _turn, slot in account.slots() if cell in slot.answers]
    by_robot = sum(account.by_robot(number, cell) for number, _slot in answered)
    entered = sum(cell in slot.entered for _number, slot in answered)
    total = len(answered)
    if 0 < by_robot < total:
        yield _("a robot gave {count} of its {total} answers", count=by_robot, total=total)
    elif by_robot:
        yield ngettext(
            "a robot gave its one answer", "a robot gave all of its {count} answers", total
        )
    if 0 < entered < total:
        yield _(
            "exercise control entered {count} of its {total} answers", count=entered, total=total
        )
    elif entered:
        yield ngettext(
            "exercise control entered its one answer",
            "exercise control entered all of its {count} answers",
            total,
        )
