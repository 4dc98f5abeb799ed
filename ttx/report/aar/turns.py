"""Turn by turn: levers, each inject with its answers and its ruling, the reckoning."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model import text
from ttx.report.aar.account import Account, capital
from ttx.report.aar.ruled import differed, slot_parts
from ttx.report.document import Bullets, Heading, Paragraph, Part, Table
from ttx.session.control_events import SeatHandedOver
from ttx.session.events import Entry, MoveAsked, MoveLapsed, MoveRefused
from ttx.session.game import LEVERS_SET, TurnRecord
from ttx.session.run import PERSON
from ttx.session.view import words
from ttx.session.view.answers import carried_out
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import ReckoningView, reckoning_of
from ttx.session.view.response import StepRow


def turns(account: Account) -> list[Part]:
    """Every turn in order; nothing before the first opened."""
    if not account.game.turns:
        return []
    parts: list[Part] = [Heading(2, "Turn by turn")]
    for turn in account.game.turns:
        parts += _turn(account, turn)
    return parts


def decisions(account: Account) -> list[Part]:
    """The decision log: each answer that was carried out, what came of it, and who differed."""
    rows = []
    for number, _, slot in account.slots():
        if slot.ruled is None or slot.ruling is None:
            continue
        inject = account.inject(slot)
        fact = slot.ruling
        came = words.verdict(fact.timing) if fact.minutes else "decided"
        if slot.amended is not None:
            came = f"{came}; {slot.amended.how} by the facilitator"
        rows.append(
            (
                f"{number} {text(inject.title, account.language)}",
                capital(carried_out(inject, slot)),
                account.cells[slot.ruled.lead],
                f"{came}; carried {words.carries(fact.quarters)}",
                "\n".join(differed(account, slot)),
            )
        )
    if not rows:
        return []
    head = ("Inject", "Answer carried out", "Led by", "What came of it", "Who differed")
    return [
        Heading(2, "Decisions at a glance"),
        Table(head, tuple(rows), widths=(23, 26, 10, 21, 20)),
    ]


def _turn(account: Account, turn: TurnRecord) -> list[Part]:
    number = turn.opened.turn
    first = account.run.first_day(number)
    parts: list[Part] = [
        Heading(3, f"Turn {number}, from {words.MONTHS[first.month - 1]} {first.year}")
    ]
    levers = tuple(_levers(account, turn))
    parts += (
        [Paragraph("Levers moved:"), Bullets(levers)]
        if levers
        else [Paragraph("No lever was moved.")]
    )
    if (number, LEVERS_SET) in account.game.known:
        parts.append(Paragraph("The levers were set again, with knowledge of the news."))
    for at, slot in enumerate(turn.slots, start=1):
        parts += slot_parts(account, f"{number}.{at}", slot)
    if turn.empty:
        named = " and the ".join(turn.empty)
        slots = "slots" if len(turn.empty) > 1 else "slot"
        parts.append(Paragraph(f"The {named} {slots} stayed empty."))
    if turn.reckoned is not None:
        parts += _reckoning(
            account, turn, reckoning_of(Eye.all_seeing(account.game, account.language), turn)
        )
    return parts


def _levers(account: Account, turn: TurnRecord) -> Iterator[str]:
    """Moves, then requests that came to nothing, then who took whose place."""
    asked = {
        (one.event.lever, one.event.level): one.by
        for one in account.in_force()
        if isinstance(one.event, MoveAsked) and one.turn == turn.opened.turn
    }
    for by, move in turn.moves:
        who = account.who(by)
        if (move.lever, move.level) in asked:
            who = f"asked by {account.who(asked[move.lever, move.level])}, agreed by {who}"
        lever = account.levers[move.lever]
        yield f"{lever} to {_level(account, move.lever, move.level)} ({who})"
    for entry in account.in_force():
        if entry.turn != turn.opened.turn:
            continue
        match entry.event:
            case MoveRefused(lever, level):
                what = f"{account.levers[lever]} at {_level(account, lever, level)}"
                yield f"asked for and refused by {account.who(entry.by)}: {what}"
            case MoveLapsed(lever, level):
                what = f"{account.levers[lever]} at {_level(account, lever, level)}"
                yield f"asked for and not answered in time: {what}"
            case SeatHandedOver(seat, player):
                yield _handed(account, entry, seat, player)


def _handed(account: Account, entry: Entry, seat: str, player: str) -> str:
    cell = account.run.seat(seat).cell
    before = account.timeline.games[entry.n - 1].run.players.get(cell)
    if before == player == PERSON:
        return f"{account.seat(seat)} went to another person"
    to = "people" if player == PERSON else account.robot(player)
    return f"the {account.cells[cell]} cell went to {to}"


def _level(account: Account, lever: str, level: str) -> str:
    part = next(one for one in account.exercise.levers[lever].levels if one.id == level)
    return text(part.name, account.language)


def _reckoning(account: Account, turn: TurnRecord, view: ReckoningView) -> Iterator[Part]:
    yield Heading(4, f"Reckoning of turn {view.turn}")
    if not turn.confirmed:
        yield Paragraph("It is proposed and not confirmed.")
    rows = tuple(
        (
            one.name,
            one.odds,
            one.draw,
            "\n".join(
                filter(
                    None,
                    (
                        one.did if one.did == one.response else f"{one.response}: {one.did}",
                        one.short,
                    ),
                )
            ),
            ", ".join(f"{name} {by} {word}" for name, by, word in one.effects),
        )
        for one in view.responses
    )
    if rows:
        yield Table(
            ("Adversary", "Odds", "Draw", "Response", "What that moved"),
            rows,
            note="It acts where the draw is below the odds, both of 0.00 to 100.00.",
            widths=(18, 10, 10, 26, 36),
            numbers=(1, 2),
        )
    if turn.recast is not None and turn.proposed is not None:
        how = turn.recast.how
        yield Paragraph(
            f"{recast(account, turn)}; because: {turn.recast.reason}",
            f"{capital(how)} by the facilitator",
        )
    for one in view.responses:
        terms = ", ".join(_term(step) for step in one.steps)
        yield Paragraph(
            f"{terms}; in all {one.z:+d}, in steps of 1/64 logit. {one.turned}"
            + (f" {capital(one.escalation)}." if one.escalation else ""),
            f"{one.name}, why",
        )
    for challenge in turn.challenges:
        heard = challenge.heard
        outcome = f"{heard.outcome}, because: {heard.reason}" if heard else "not heard yet"
        yield Paragraph(
            f"“{challenge.reason}” {outcome}", f"Challenged by {account.seat(challenge.seat)}"
        )
    scores = "; ".join(
        f"{one.name} {words.exact(one.now)[1:]} ({words.moved_points(one.change)} {one.word})"
        for one in view.scores
    )
    yield Paragraph(f"{scores}. {view.against}".strip(), "Profile after it")


def _term(step: StepRow) -> str:
    """A term of the odds in steps; of the turn's answers also what they did."""
    did = f" ({step.at})" if step.at and " x " not in step.at else ""
    return f"{step.name}{did} {step.steps:+d}"


def recast(account: Account, turn: TurnRecord) -> str:
    """What the facilitator had the adversaries do otherwise than the model."""
    assert turn.proposed is not None
    assert turn.recast is not None
    was = {one.adversary: one.response for one in turn.proposed.reckoning.responses}
    now = {one.adversary: one.response for one in turn.recast.reckoning.responses}
    told = (
        f"{account.adversaries[name]}: {was[name]} by the model, {now[name]} as ruled"
        for name in now
        if now[name] != was[name]
    )
    return "; ".join(told) or "as the model has it"
