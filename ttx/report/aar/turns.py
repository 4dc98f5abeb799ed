"""Turn by turn: levers, each inject with its answers and its ruling, the reckoning."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account, capital
from ttx.report.aar.ruled import challenged, differed, slot_parts
from ttx.report.document import Bullets, Heading, Paragraph, Part, Table
from ttx.session.control_events import (
    PacePassed,
    Promoted,
    ReckoningAmended,
    SeatHandedOver,
)
from ttx.session.events import Entry, MoveAsked, MoveLapsed, MoveRefused
from ttx.session.game import LEVERS_SET, TurnRecord
from ttx.session.run import PERSON
from ttx.session.view import words
from ttx.session.view.amended import HOW, Step, steps
from ttx.session.view.answers import carried_out
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import ReckoningView, reckoning_of
from ttx.session.view.response import StepRow


def turns(account: Account) -> list[Part]:
    """Every turn in order; nothing before the first opened."""
    if not account.game.turns:
        return []
    parts: list[Part] = [Heading(2, _("Turn by turn"))]
    for turn in account.game.turns:
        parts += _turn(account, turn)
    return parts


def decisions(account: Account) -> list[Part]:
    """The decision log: each answer that was carried out, what came of it, and who differed."""
    rows = []
    for number, _rest, slot in account.slots():
        if slot.ruled is None or slot.ruling is None:
            continue
        inject, lead = account.inject(slot), slot.ruled.lead
        fact = slot.ruling
        came = words.verdict(fact.timing) if fact.minutes else _("decided")
        if slot.amended is not None:
            (by, _last), how = slot.amendments[-1], HOW[slot.amended.how]
            came = _("{came}; {how} by {hand}", came=came, how=_(how), hand=account.hand(by))
        came = _("{came}; carried {carries}", came=came, carries=words.carries(fact.quarters))
        if not slot.confirmed:
            came = _("{came}; proposed, not confirmed", came=came)
        rows.append(
            (
                account.headed(number),
                capital(carried_out(inject, slot)),
                account.whose(number, slot, lead),
                came,
                "\n".join(differed(account, number, slot)),
            )
        )
    if not rows:
        return []
    head = (
        _("Inject"),
        _("Answer carried out"),
        _("Led by"),
        _("What came of it"),
        _("Who differed"),
    )
    return [
        Heading(2, _("Decisions at a glance")),
        Table(head, tuple(rows), widths=(23, 26, 10, 21, 20)),
    ]


def _turn(account: Account, turn: TurnRecord) -> list[Part]:
    number = turn.opened.turn
    first = account.run.first_day(number)
    title = _(
        "Turn {number}, from {month}",
        number=number,
        month=words.scenario_day(account.exercise.turns, first),
    )
    parts: list[Part] = [Heading(3, title)]
    levers, hands = tuple(_levers(account, turn)), tuple(_hands(account, turn))
    if turn.moves:
        parts += [Paragraph(_("Levers moved:")), Bullets(levers)]
    else:
        parts += [Paragraph(_("No lever was moved."))]
        parts += [Bullets(levers)] if levers else []
    if (number, LEVERS_SET) in account.game.known:
        parts.append(Paragraph(_("The levers were set again, with knowledge of the news.")))
    if hands:
        parts += [Paragraph(_("Who sat where:")), Bullets(hands)]
    for at, slot in enumerate(turn.slots, start=1):
        parts += slot_parts(account, f"{number}.{at}", slot)
    if turn.empty:
        empty = ngettext(
            "The {slots} slot stayed empty.",
            "The {slots} slots stayed empty.",
            len(turn.empty),
            slots=_(" and the ").join(map(words.slot, turn.empty)),
        )
        parts.append(Paragraph(empty))
    if turn.reckoned is not None:
        parts += _reckoning(account, turn, reckoning_of(Eye.all_seeing(account.game), turn))
    return parts


def _levers(account: Account, turn: TurnRecord) -> Iterator[str]:
    """Moves, then requests that came to nothing."""
    asked = {
        (in_force.event.lever, in_force.event.level): in_force.by
        for in_force in account.in_force()
        if isinstance(in_force.event, MoveAsked) and in_force.turn == turn.opened.turn
    }
    for by, move in turn.moves:
        who = account.who(by)
        if (move.lever, move.level) in asked:
            who = _(
                "asked by {asker}, agreed by {agreed}",
                asker=account.who(asked[move.lever, move.level]),
                agreed=who,
            )
        lever = account.levers[move.lever]
        yield _(
            "{lever} to {level} ({who})",
            lever=lever,
            level=_level(account, move.lever, move.level),
            who=who,
        )
    for entry in account.in_force():
        if entry.turn != turn.opened.turn:
            continue
        match entry.event:
            case MoveRefused(lever, level):
                what = _(
                    "{levers} at {level}",
                    levers=account.levers[lever],
                    level=_level(account, lever, level),
                )
                yield _(
                    "asked for and refused by {who}: {what}", who=account.who(entry.by), what=what
                )
            case MoveLapsed(lever, level):
                what = _(
                    "{levers} at {level}",
                    levers=account.levers[lever],
                    level=_level(account, lever, level),
                )
                yield _("asked for and not answered in time: {what}", what=what)


def _hands(account: Account, turn: TurnRecord) -> Iterator[str]:
    """Who took whose place."""
    for entry in account.in_force():
        if entry.turn != turn.opened.turn:
            continue
        match entry.event:
            case SeatHandedOver(seat, player):
                yield _handed(account, entry, seat, player)
            case Promoted(seat):
                cells = account.cells[account.run.seat(seat).cell]
                yield _(
                    "{seat} led the {cells} cell from here on",
                    seat=account.seat(seat),
                    cells=cells,
                )
            case PacePassed(seat):
                yield _("{seat} held the pace from here on", seat=account.seat(seat))


def _handed(account: Account, entry: Entry, seat: str, player: str) -> str:
    cell = account.run.seat(seat).cell
    before = account.timeline.games[entry.n - 1].run.players.get(cell)
    if before == player == PERSON:
        return _("{seat} went to another person", seat=account.seat(seat))
    to = _("people") if player == PERSON else account.robot(player)
    return _("the {cells} cell went to {to}", cells=account.cells[cell], to=to)


def _level(account: Account, lever: str, level: str) -> str:
    part = next(known for known in account.exercise.levers[lever].levels if known.id == level)
    return text(part.name)


def _reckoning(account: Account, turn: TurnRecord, view: ReckoningView) -> Iterator[Part]:
    yield Heading(4, _("Reckoning of turn {turn}", turn=view.turn))
    if not turn.confirmed:
        yield Paragraph(_("It is proposed and not confirmed."))
    rows = tuple(
        (
            response.name,
            response.odds,
            response.draw,
            "\n".join(
                filter(
                    None,
                    (
                        response.did
                        if response.did == response.response
                        else f"{words.response(response.response)}: {response.did}",
                        response.short,
                    ),
                )
            ),
            ", ".join(f"{name} {by} {way.word}" for name, by, way in response.effects),
        )
        for response in view.responses
    )
    if rows:
        yield Table(
            (_("Adversary"), _("Odds"), _("Draw"), _("Response"), _("What that moved")),
            rows,
            note=_("It acts where the draw is below the odds, both of 0.00 to 100.00."),
            widths=(18, 10, 10, 26, 36),
            numbers=(1, 2),
        )
    for step in steps(turn.recasts, turn.challenges):
        how = _(HOW[step.event.how])
        yield Paragraph(
            _(
                "{recast}; because: {reason}",
                recast=recast(account, turn, step) or _("as the model has it"),
                reason=step.event.reason,
            ),
            _("{capital} by {hand}", capital=capital(how), hand=account.hand(step.by)),
        )
    for response in view.responses:
        terms = ", ".join(_term(step) for step in response.steps)
        odds = _("{terms}; in all {z:+d}, where 0 is 50 in 100.", terms=terms, z=response.z)
        escalation = f"{capital(response.escalation)}." if response.escalation else ""
        yield Paragraph(
            " ".join(filter(None, (odds, response.turned, escalation))),
            _("{adversary}, why", adversary=response.name),
        )
    yield from (challenged(account, part, reckoning=True) for part in turn.challenges)
    scores = "; ".join(
        f"{score.name} {words.exact(score.now)[1:]} "
        f"({words.moved_points(score.change)} {score.word.word})"
        for score in view.scores
    )
    yield Paragraph(f"{scores}. {view.against}".strip(), _("Profile after it"))


def _term(step: StepRow) -> str:
    """A term of the odds in steps; of the turn's answers also what they did."""
    did = f" ({step.at})" if step.at and " x " not in step.at else ""
    return f"{step.name}{did} {step.steps:+d}"


def recast(account: Account, turn: TurnRecord, step: Step[ReckoningAmended]) -> str:
    """What one hand had the adversaries do otherwise than what stood until then; empty if nothing.

    What stood is the model's, unless it had been changed before.
    """
    assert turn.proposed is not None
    stood = step.before
    was = (stood or turn.proposed).reckoning.did
    now = step.event.reckoning.did
    changed = []
    for name in now:
        if now[name] == was[name]:
            continue
        values = {
            "adversaries": account.adversaries[name],
            "was": words.response(was[name]),
            "now": words.response(now[name]),
        }
        if stood is None:
            changed.append(_("{adversaries}: {was} by the model, {now} as ruled", **values))
        else:
            changed.append(_("{adversaries}: {was}, now {now}", **values))
    return "; ".join(changed)
