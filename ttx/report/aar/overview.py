"""The first pages of the after-action review: the answer, then what was exercised and by whom."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ttx.exercise.model import text
from ttx.report.aar.account import Account, times
from ttx.report.aar.opponents import acts
from ttx.report.aar.pace import minutes, planned_minutes, played_minutes
from ttx.report.document import Bullets, Facts, Heading, Notice, Paragraph, Part
from ttx.report.review import FINDINGS, LIMIT, Review
from ttx.session import phases
from ttx.session.run import PERSON, WATCHED
from ttx.session.view import words
from ttx.session.view.excursion import adjustment


def in_brief(review: Review) -> list[Part]:
    """The sponsor's question and what this run has to say to it."""
    late = review.timings
    slow = ", ".join(f"{name} {times(count)}" for name, count in review.slowest)
    slowest = f"\nSlowest stage: {slow}." if slow else ""
    crises = f"{late[0]} in time, {late[1]} late, {late[2]} far too late.{slowest}"
    most = "\n".join((review.most, *(f"then {one}" for one in review.next_most)))
    asked = (
        ("What was asked", review.asked),
        ("What the table chose", "\n".join(review.chosen)),
    )
    came = (
        ("What that moved, on the same dice", "\n".join(review.moved)),
        ("In which levers the runs differ", "\n".join(review.differ)),
        ("What moved most, by the same dice without it", most if review.rows else ""),
        ("Crises", crises if any(late) else ""),
    )
    return [
        Heading(2, "In brief"),
        Facts(tuple(row for row in asked if row[1])),
        *acts(review),
        *([Facts(rest)] if (rest := tuple(row for row in came if row[1])) else []),
        Paragraph(f"{FINDINGS} There is no grade. {words.JUDGEMENT} {LIMIT}"),
    ]


def missing(account: Account) -> list[str]:
    """What a run that is not closed still lacks, a sentence each; nothing once it is closed."""
    if account.closed:
        return []
    game, exercise = account.game, account.exercise
    found = []
    if not game.ended:
        turn = len(game.turns)
        where = f"turn {turn} of {exercise.turns.count}" if turn else "the briefing"
        found.append(f"The exercise has not ended; it stands at {where}.")
    elif game.phase == phases.HOTWASH:
        found.append("The hot wash is not closed.")
    open_ = [one for one in exercise.objective if one.id not in game.notebook.settled]
    if open_ and account.run.facilitator:
        count = len(open_)
        one = "The rating of 1 objective is not settled."
        found.append(one if count == 1 else f"The ratings of {count} objectives are not settled.")
    if account.run.facilitator and not any(one.plan for one in game.notebook.cards):
        found.append("No row of the improvement plan is written.")
    return found


def marks(account: Account) -> list[Part]:
    """What nobody may overlook: that it is a draft, that the run is an excursion."""
    parts: list[Part] = []
    if not account.closed:
        parts += [
            Notice(
                "Draft, for the white cell alone. The exercise is not closed, and this report "
                "holds what players may not read yet."
            ),
            Bullets(tuple(missing(account))),
        ]
    if account.game.adjusted:
        changed = "; ".join(
            f"{adjustment(account.game, one)}, because: {one.reason}"
            for one in account.game.adjusted
        )
        parts.append(Notice(f"Excursion: numbers of the exercise were set otherwise: {changed}"))
    return parts


def overview(account: Account) -> list[Part]:
    """What HSEEP-style reports call the exercise overview."""
    exercise, language = account.exercise, account.language
    capabilities = "\n".join(account.capabilities.values())
    objectives = "\n".join(
        f"{at}. {one}" for at, one in enumerate(account.objectives.values(), start=1)
    )
    rows = (
        ("Exercise", text(exercise.title, language)),
        ("Dates", _dates(account)),
        ("Type", _type(account)),
        ("Duration", _duration(account)),
        ("Scenario time", _scenario(account)),
        ("Cells and seats", "\n".join(_seats(account))),
        ("Capabilities", capabilities),
        ("Objectives", objectives),
        ("Scenario", "\n".join(text(one, language) for one in exercise.briefing.situation)),
        ("Status", "Final: the run is closed." if account.closed else "Draft."),
    )
    return [Heading(2, "Exercise overview"), Facts(tuple(row for row in rows if row[1]))]


def _dates(account: Account) -> str:
    days = [words.day_text(day) for day in account.days]
    if not days:
        return "Not recorded: robots played alone."
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}, on {len(days)} days"


def _type(account: Account) -> str:
    if not account.timeline.run.people:
        held = "played by robots alone"
    elif account.run.facilitator:
        held = "facilitated"
    else:
        held = "not facilitated: the gates opened by themselves"
    together = account.run.together and len(account.run.people) > 1
    one = "; the allied cells gave one answer" if together else ""
    excursion = "; an excursion" if account.game.adjusted else ""
    return f"Turn-based tabletop exercise, {held}{one}{excursion}"


def _duration(account: Account) -> str:
    taken = played_minutes(account)
    if not taken:
        return ""
    planned = planned_minutes(account)
    plan = f"; the plan for that is {minutes(planned)}" if planned else ""
    return f"{minutes(taken)} of play, pauses left out{plan}"


def _scenario(account: Account) -> str:
    game, turns = account.game, account.exercise.turns
    count = len(game.turns)
    if not count:
        return f"{turns.count} turns of {turns.months} months; none was played."
    first = account.run.first_day(1)
    last = account.run.first_day(count + 1) - datetime.timedelta(days=1)
    span = " to ".join(f"{words.MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    why = f"; {game.ended}" if game.ended else ""
    return f"{count} of {turns.count} turns of {turns.months} months, {span}{why}"


def _seats(account: Account) -> Iterator[str]:
    """Who held each cell when the run began, with its offices, and what was handed over."""
    wrote = {one.by for one in account.timeline.entries}
    for cell in account.exercise.cell:
        holds = account.timeline.run.players.get(cell.id, "")
        seats = [one for one in account.exercise.seat if one.cell == cell.id]
        if holds not in (PERSON, WATCHED):
            rule = {"red": "the rule", "white": "nobody"}.get(cell.side, account.robot(holds))
            yield f"{account.cells[cell.id]}: {rule}"
            continue
        present = [one for one in seats if one.id in wrote]
        rule = ", beside the rule that plays it" if holds == WATCHED else ""
        if account.anonymous:
            yield f"{account.cells[cell.id]}: people{rule}; {len(present)} seats made entries"
            continue
        offices = "; ".join(
            text(one.name, account.language)
            + (f" ({one.short}, lead)" if one.lead else f" ({one.short})")
            + ("" if one in present else ", no entry")
            for one in seats
        )
        yield f"{account.cells[cell.id]}: people{rule}. {offices}"
