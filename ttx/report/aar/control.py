"""Where exercise control departed from the plan, and where a ruling was contested."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.facts import Reckoning
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.aar.account import Account
from ttx.report.aar.ruled import otherwise, stepped
from ttx.report.aar.turns import recast
from ttx.report.document import Heading, Paragraph, Part, Table
from ttx.session.control_commands import STRENGTHS
from ttx.session.control_events import UPHELD, Amended, ReckoningAmended, Skipped, Weighed
from ttx.session.events import EVERYBODY
from ttx.session.game import ChallengeRecord, Sending
from ttx.session.improvise import improvised
from ttx.session.view import words
from ttx.session.view.amended import HOW, outcome, steps
from ttx.session.view.contextual import number_of


def departures(account: Account) -> list[Part]:
    """Injects released, deferred, skipped or written otherwise than planned; nothing where none."""
    rows = (*_released(account), *_set_aside(account), *_written(account), *_steered(account))
    if not rows:
        return []
    return [
        Heading(2, _("Injects: planned and done")),
        Paragraph(
            _(
                "Where exercise control departed from the list and the dice. All "
                "other injects were released as they were proposed."
            )
        ),
        Table(
            (_("Inject"), _("Planned"), _("Done"), _("Reason given")),
            tuple(rows),
            widths=(26, 24, 24, 26),
        ),
    ]


def contextual(account: Account) -> list[Part]:
    """What went out that asked nothing: to whom, when and in what words; nothing if none did."""
    rows = tuple(_sent(account, sending) for sending in account.game.delivered)
    if not rows:
        return []
    return [
        Heading(2, _("Contextual injects")),
        Paragraph(_("News that asked nothing; only those named read it before the hot wash.")),
        Table((_("Inject"), _("When"), _("Read by"), _("Words")), rows, widths=(22, 14, 20, 44)),
    ]


def _sent(account: Account, sending: Sending) -> tuple[str, ...]:
    part = account.exercise.contextuals[sending.event.contextual]
    to = dict.fromkeys(account.seat(seat) for seat in sending.event.readers)
    when = f"T{sending.turn}, {sending.number}" if sending.number else f"T{sending.turn}"
    at = account.timeline.entries[sending.n - 1].at
    if at and not account.anonymous:
        when = f"{when}\n{account.moment(at)}"
    return (
        f"{number_of(account.exercise, part)} {text(part.title)}",
        when,
        _("all") if EVERYBODY in to else ", ".join(to),
        " ".join(text(paragraph) for paragraph in part.message.text),
    )


def _released(account: Account) -> Iterator[tuple[str, ...]]:
    for number, turn, slot in account.slots():
        fact = slot.released
        if not (fact.instead_of or fact.reason):
            continue
        planned = _("Its conditions did not hold")
        if fact.instead_of:
            planned = _("Next was '{title}'", title=account.listed(fact.instead_of))
        done = _(
            "Released out of order in turn {turn}, as {number}",
            turn=turn.opened.turn,
            number=number,
        )
        if not fact.instead_of:
            done = _(
                "Released all the same in turn {turn}, as {number}",
                turn=turn.opened.turn,
                number=number,
            )
        yield account.listed(fact.inject), planned, done, fact.reason


def _set_aside(account: Account) -> Iterator[tuple[str, ...]]:
    """Everything that was put off or left out, and what became of it."""
    set_aside = account.game.set_aside
    last = {event.inject: at for at, event in enumerate(set_aside)}
    for at, event in enumerate(set_aside):
        skipped = isinstance(event, Skipped)
        planned = (
            _("On the list")
            if isinstance(event, Skipped)
            else _("Put off to turn {until}", until=event.until)
        )
        verb = _("Skipped") if skipped else _("Deferred")
        number = account.numbers.get(event.inject, "")
        if at < last[event.inject]:
            done = _("{verb} at first", verb=verb)
        elif number:
            done = (
                _("{verb}, and released after all, as {number}", verb=verb, number=number)
                if skipped
                else (_("{verb}; released as {number}", verb=verb, number=number))
            )
        else:
            done = verb if skipped else _("{verb}, and never released", verb=verb)
        yield account.listed(event.inject), planned, done, event.reason


def _written(account: Account) -> Iterator[tuple[str, ...]]:
    for inject in account.exercise.inject:
        if improvised(inject):
            number = account.numbers.get(inject.id, "")
            done = (
                _("Written on the spot, released as {number}", number=number)
                if number
                else (_("Written on the spot, never released"))
            )
            yield account.listed(inject.id), _("Not on the list (ad-hoc)"), done, ""


def _steered(account: Account) -> Iterator[tuple[str, ...]]:
    for number, _rest, slot in account.slots():
        if slot.steered:
            inject = account.inject(slot)
            expected, put = (
                account.timed(slot, of) for of in (inject.expected_action, inject.if_not)
            )
            yield (
                account.headed(number),
                _("Expected: {expected_action}", expected_action=expected),
                _("Contingency put to the table: {if_not}", if_not=put),
                "",
            )


def contested(account: Account) -> list[Part]:
    """Challenges with how they were heard, and every ruling that a person made otherwise."""
    challenges, otherwise_ = tuple(_challenges(account)), tuple(_otherwise(account))
    parts: list[Part] = []
    if challenges:
        head = (
            _("Ruling"),
            _("Challenged by"),
            _("Challenge"),
            _("Outcome"),
            _("Reason"),
            _("What changed"),
        )
        parts += [
            Heading(2, _("Contested rulings")),
            Table(head, challenges, widths=(20, 12, 19, 11, 19, 19)),
        ]
    if otherwise_:
        head = (_("Where"), _("How"), _("About"), _("Model"), _("Ruled"), _("Reason"))
        parts += [
            Heading(2, _("Rulings that differ from the model")),
            Table(head, otherwise_, widths=(20, 12, 22, 11, 11, 24)),
        ]
    return parts


def _challenges(account: Account) -> Iterator[tuple[str, ...]]:
    for number, _rest, slot in account.slots():
        where = account.headed(number)
        changes = {
            id(step.challenge): stepped(account, slot, step)
            for step in steps(slot.amendments, slot.challenges)
        }
        for challenge in slot.challenges:
            changed = changes.get(id(challenge), "")
            yield _challenge(account, where, challenge, changed, reckoning=False)
    for turn in account.game.turns:
        where = _("Reckoning of turn {turn}", turn=turn.opened.turn)
        changes = {
            id(step.challenge): recast(account, turn, step)
            for step in steps(turn.recasts, turn.challenges)
        }
        for challenge in turn.challenges:
            changed = changes.get(id(challenge), "")
            yield _challenge(account, where, challenge, changed, reckoning=True)


def _challenge(
    account: Account, where: str, challenge: ChallengeRecord, changed: str, *, reckoning: bool
) -> tuple[str, ...]:
    heard = challenge.heard
    if heard is None:
        return where, account.seat(challenge.seat), challenge.reason, _("not heard"), "", ""
    what = _("nothing") if heard.outcome == UPHELD else changed
    came = outcome(heard, reckoning=reckoning)
    return where, account.seat(challenge.seat), challenge.reason, came, heard.reason, what


def _otherwise(account: Account) -> Iterator[tuple[str, ...]]:
    """Each time a person ruled otherwise than the model, in the order in which that was done."""
    for entry in account.in_force():
        before, event = account.timeline.games[entry.n - 1], entry.event
        slot, turn = before.slot, before.turn
        if isinstance(event, Weighed | Amended):
            assert slot is not None
            where = account.headed(before.number)
            if isinstance(event, Weighed):
                answer = _("an action in own words")
                yield (
                    where,
                    _("weighed"),
                    answer,
                    _("none"),
                    _(STRENGTHS[event.quarters]),
                    event.reason,
                )
                continue
            assert slot.ruled is not None
            how = _how(account, event, entry.by)
            for what, was, now in otherwise(account, slot.ruled.ruling, event.ruling):
                yield where, how, what, was, now, event.reason
            if event.told:
                written = _("as it was written")
                yield where, how, _("what came of it"), written, event.told, event.reason
        elif isinstance(event, ReckoningAmended):
            assert turn is not None
            assert turn.proposed is not None
            yield from _recast(account, turn.proposed.reckoning, event, entry.by)


def _how(account: Account, event: Amended | ReckoningAmended, by: str) -> str:
    """How it was ruled, and by whom where that was not the facilitator."""
    how = _(HOW[event.how])
    if account.run.seat(by).lead:
        return how
    return _("{how} by {hand}", how=how, hand=account.hand(by))


def _recast(
    account: Account, model: Reckoning, event: ReckoningAmended, by: str
) -> Iterator[tuple[str, ...]]:
    was = model.did
    where = _("Reckoning of turn {turn}", turn=model.turn)
    for adversary, response in event.reckoning.did.items():
        if was[adversary] != response:
            name, before = account.adversaries[adversary], words.response(was[adversary])
            how, now = _how(account, event, by), words.response(response)
            yield where, how, name, before, now, event.reason
