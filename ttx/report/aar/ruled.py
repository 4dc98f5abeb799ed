"""One inject in the after-action review: the answers, the ruling, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.facts import Effected, Ruling
from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account, capital
from ttx.report.document import Heading, Paragraph, Part, Quote, Table
from ttx.session.answer import Answer
from ttx.session.control_commands import STRENGTHS
from ttx.session.control_events import Amended
from ttx.session.game import ChallengeRecord, SlotRecord
from ttx.session.notebook_events import Probed
from ttx.session.view import words
from ttx.session.view.amended import HOW, Step, outcome, steps
from ttx.session.view.answers import apart, differs, title
from ttx.session.view.causes import OF_AN_ANSWER
from ttx.session.view.eye import Eye
from ttx.session.view.msel_number import numbered
from ttx.session.view.ruling import RulingView, arithmetic, ruling_of


def otherwise(account: Account, model: Ruling, ruled: Ruling) -> list[tuple[str, str, str]]:
    """What one ruling says against another: what it is about, the one value, the other."""
    rows = []
    if model.timing != ruled.timing:
        rows.append((_("timing"), words.verdict(model.timing), words.verdict(ruled.timing)))
    was, now = _by_place(model), _by_place(ruled)
    for place in dict.fromkeys((*was, *now)):
        before, after = was.get(place), now.get(place)
        if (before.by if before else 0) == (after.by if after else 0):
            continue
        kind, track, _rest = place
        name = f"{_(OF_AN_ANSWER[kind])}, {text(account.exercise.tracks[track].called)}"
        was_by, now_by = (
            words.exact(effect.by) if effect else _("none") for effect in (before, after)
        )
        rows.append((name, was_by, now_by))
    return rows


def stepped(account: Account, slot: SlotRecord, step: Step[Amended]) -> str:
    """What one of the times that a ruling was changed has changed: against what stood until then.

    Empty where nothing.
    """
    assert slot.ruled is not None
    stood, ruled = step.before, step.event
    before = stood.ruling if stood is not None else slot.ruled.ruling
    clauses = [
        _("{what}: {was} by the model, {now} as ruled", what=what, was=was, now=now)
        if stood is None
        else _("{what}: {was}, now {now}", what=what, was=was, now=now)
        for what, was, now in otherwise(account, before, ruled.ruling)
    ]
    if ruled.told != (stood.told if stood is not None else ""):
        if ruled.told:
            clauses.append(_("what came of it: “{words}”", words=ruled.told))
        else:
            clauses.append(_("what came of it as it was written"))
    return "; ".join(clauses)


def _by_place(ruling: Ruling) -> dict[tuple[str, str, int], Effected]:
    return {(effect.kind, effect.track, effect.delay): effect for effect in ruling.effects}


def slot_parts(account: Account, number: str, slot: SlotRecord) -> list[Part]:
    """All that is to be told of one inject, ruled on or not."""
    inject = account.inject(slot)
    actor = next(known for known in account.exercise.actor if known.id == inject.actor)
    day = words.day_text(slot.released.day)
    parts: list[Part] = [
        Heading(4, f"{number} {text(inject.title)}"),
        Paragraph(
            _(
                "MSEL {number}. {actor}, {kind}; {day} {clock_time}. From {sender} to {to}, by"
                " {via}.",
                number=numbered(inject),
                actor=text(actor.name),
                kind=text(inject.kind),
                day=day,
                clock_time=words.clock_time(slot.released.hour),
                sender=text(inject.message.sender),
                to=text(inject.message.to),
                via=text(inject.message.via),
            )
        ),
        *_when(account, number),
        Quote(tuple(account.timed(slot, paragraph) for paragraph in inject.message.text)),
        Paragraph(account.timed(slot, inject.question), _("Question")),
    ]
    answers = tuple(_answers(account, number, slot))
    if answers:
        head = (_("Who"), _("Answer"), _("Sure"), _("Expected"), _("Because"))
        parts.append(Table(head, answers, widths=(18, 32, 8, 18, 24)))
    parts += [Paragraph(words, label) for label, words in _conduct(account, slot)]
    if slot.ruled is None:
        return [*parts, Paragraph(_("It has not been ruled on."))]
    view = ruling_of(Eye.all_seeing(account.game), slot, number)
    return [*parts, *_ruling(account, slot, view)]


def _when(account: Account, number: str) -> Iterator[Part]:
    """When it was put to the table and ruled on, by the wall clock; nothing without times."""
    put, ruled = account.times_of.get(number, ("", ""))
    if put and not account.anonymous:
        yield Paragraph(
            _(
                "Put to the table {put}; ruling confirmed {ruled}.",
                put=account.moment(put),
                ruled=account.moment(ruled),
            )
            if ruled
            else _("Put to the table {put}.", put=account.moment(put))
        )


def _answers(account: Account, number: str, slot: SlotRecord) -> Iterator[tuple[str, ...]]:
    """The cells' answers, the leading one first; then what each seat had committed to."""
    lead = slot.ruled.lead if slot.ruled is not None else ""
    for cell, given in sorted(slot.answers.items(), key=lambda pair: pair[0] != lead):
        carried = _(", carried out") if cell == lead else ""
        name = account.whose(number, slot, cell)
        yield f"{name}{carried}", *_given(account, slot, given)
    for seat, own in slot.commitments.items():
        cell = account.run.seat(seat).cell
        stand = _("on its own")
        if account.by_robot(number, cell):
            stand = _("a robot answered for its cell")
        elif cell in slot.answers:
            stand = _("minority view") if apart(slot, cell, own) else _("agreed")
        yield f"{account.seat(seat)}, {stand}", *_given(account, slot, own)


def differed(account: Account, number: str, slot: SlotRecord) -> Iterator[str]:
    """Cells whose answer was another than the one carried out, then seats with a minority view."""
    lead = slot.answers.get(slot.ruled.lead) if slot.ruled is not None else None
    for cell, given in slot.answers.items():
        if lead is not None and differs(lead, given):
            yield account.whose(number, slot, cell, account.as_cell(cell))
    for seat, own in slot.commitments.items():
        if apart(slot, account.run.seat(seat).cell, own):
            sure = _(", {confidence}% sure", confidence=own.confidence) if own.confidence else ""
            yield f"{account.seat(seat)}{sure}"


def _given(account: Account, slot: SlotRecord, answer: Answer) -> tuple[str, str, str, str]:
    wording = title(account.inject(slot), answer)
    if answer.written:
        wording = _("In own words: {wording}", wording=wording)
        wording += _("\nFor: {pro}", pro=answer.pro) if answer.pro else ""
        wording += _("\nAgainst: {contra}", contra=answer.contra) if answer.contra else ""
    expects = "\n".join(
        f"{account.adversaries[name]}: {words.response(what)}"
        for name, what in answer.expects.items()
    )
    return wording, f"{answer.confidence}%" if answer.confidence else "", expects, answer.rationale


def _conduct(account: Account, slot: SlotRecord) -> Iterator[tuple[str, str]]:
    """What control did on the way to the ruling."""
    inject = account.inject(slot)
    asked = account.game.notebook.of(Probed)
    numbers = [event.number for _rest, event in asked if event.inject == inject.id]
    if numbers:
        asks = (account.timed(slot, inject.probing[number - 1].ask) for number in numbers)
        yield _("Asked of the room"), "\n".join(asks)
    if slot.steered:
        yield _("Contingency put to the table"), account.timed(slot, inject.if_not)
    if slot.closed:
        named = _(" and ").join(
            _("the {cells} cell", cells=account.cells[cell]) for cell in slot.closed
        )
        yield (
            _("Closed by the facilitator"),
            _("without an answer of {named}; a robot answered.", named=named),
        )
    if slot.weighed is not None:
        option = next(known for known in inject.option if known.id == slot.weighed.option)
        like = _("with the benefits and costs of '{option}'", option=text(option.title))
        strength = STRENGTHS[slot.weighed.quarters]
        yield (
            _("Weighed"),
            _(
                "{strength}, {like}, because: {reason}",
                strength=strength,
                like=like,
                reason=slot.weighed.reason,
            ),
        )


def _ruling(account: Account, slot: SlotRecord, view: RulingView) -> Iterator[Part]:
    assert slot.ruled is not None
    discord = (
        _(
            " The cells answered differently; that of the {cells} cell was carried out, at a cost.",
            cells=account.cells[slot.ruled.lead],
        )
        if view.discord
        else ""
    )
    again = f" {view.again}" if view.again else ""
    label = _("Ruling") if slot.confirmed else _("Ruling, proposed and not confirmed")
    yield Paragraph(f"{view.verdict} {view.sentence}{discord}{again}", label)
    for step in steps(slot.amendments, slot.challenges):
        changed = stepped(account, slot, step)
        how = _(HOW[step.event.how])
        yield Paragraph(
            _(
                "{changed}; because: {reason}",
                changed=changed or _("as the model has it"),
                reason=step.event.reason,
            ),
            _("{capital} by {hand}", capital=capital(how), hand=account.hand(step.by)),
        )
    rows = tuple(_because(account, slot))
    if rows:
        slow = _(" Slowest stage: {slowest}.", slowest=view.slowest) if view.slowest else ""
        yield Table(
            (_("Track"), _("Because"), _("Change"), _("Word"), _("Lands")),
            rows,
            note=_(
                "Carried {carried}; posture: {posture}.{slow}",
                carried=view.carried,
                posture=view.posture,
                slow=slow,
            ),
            widths=(30, 38, 12, 10, 10),
            numbers=(2,),
        )
    if view.pushes:
        pushed = " ".join(push.sentence for push in view.pushes)
        yield Paragraph(pushed, _("What it came to for the adversaries"))
    yield Paragraph(" ".join(view.margin), _("Margin"))
    yield from (challenged(account, part, reckoning=False) for part in slot.challenges)


def challenged(account: Account, challenge: ChallengeRecord, *, reckoning: bool) -> Paragraph:
    """A challenge of a ruling, or of a reckoning, in its words, and how it was heard."""
    heard = challenge.heard
    came = (
        _(
            "{outcome}, because: {reason}",
            outcome=capital(outcome(heard, reckoning=reckoning)),
            reason=heard.reason,
        )
        if heard
        else _("not heard yet")
    )
    return Paragraph(
        f"“{challenge.reason}” {came}",
        _("Challenged by {seat}", seat=account.seat(challenge.seat)),
    )


def _because(account: Account, slot: SlotRecord) -> Iterator[tuple[str, ...]]:
    """Each effect with its arithmetic; where a person ruled it, that is its arithmetic."""
    assert slot.ruled is not None
    assert slot.ruling is not None
    model = _by_place(slot.ruled.ruling)
    for place, by_place in _by_place(slot.ruling).items():
        track = account.exercise.tracks[by_place.track]
        how = arithmetic(slot.ruling, by_place)
        if slot.amended is not None:
            was = model.get(place)
            if was is None or was.by != by_place.by:
                exact = words.exact(was.by) if was is not None else _("nothing")
                how = _("ruled so; the model has {value}", value=exact)
        delay = (
            ngettext("in {count} turn", "in {count} turns", by_place.delay)
            if by_place.delay
            else _("at once")
        )
        word = words.direction(by_place.by, track.better, same=1).word
        yield text(track.called), how, words.exact(by_place.by), word, delay
