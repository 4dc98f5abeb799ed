"""One inject in the after-action review: the answers, the ruling, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator.rulings import Effected, Ruling
from ttx.exercise import zones
from ttx.exercise.model import text
from ttx.report.aar.account import Account, capital
from ttx.report.document import Heading, Paragraph, Part, Quote, Table
from ttx.session.answer import Answer
from ttx.session.control_commands import STRENGTHS
from ttx.session.game import SlotRecord
from ttx.session.notebook_events import Probed
from ttx.session.view import words
from ttx.session.view.answers import differs, title
from ttx.session.view.eye import Eye
from ttx.session.view.ruling import RulingView, arithmetic, ruling_of


def otherwise(account: Account, model: Ruling, ruled: Ruling) -> list[tuple[str, str, str]]:
    """What one ruling says against another: what it is about, the one value, the other."""
    rows = []
    if model.timing != ruled.timing:
        rows.append(("timing", words.verdict(model.timing), words.verdict(ruled.timing)))
    was, now = _by_place(model), _by_place(ruled)
    for place in dict.fromkeys((*was, *now)):
        before, after = was.get(place), now.get(place)
        if (before.by if before else 0) == (after.by if after else 0):
            continue
        kind, track, _ = place
        name = f"{kind}, {text(account.exercise.tracks[track].name, account.language)}"
        was_by, now_by = (words.exact(one.by) if one else "none" for one in (before, after))
        rows.append((name, was_by, now_by))
    return rows


def _by_place(ruling: Ruling) -> dict[tuple[str, str, int], Effected]:
    return {(one.kind, one.track, one.delay): one for one in ruling.effects}


def slot_parts(account: Account, number: str, slot: SlotRecord) -> list[Part]:
    """All that is to be told of one inject, ruled on or not."""
    inject, language = account.inject(slot), account.language
    actor = next(one for one in account.exercise.actor if one.id == inject.actor)
    day = words.day_text(slot.released.day)
    parts: list[Part] = [
        Heading(4, f"{number} {text(inject.title, language)}"),
        Paragraph(
            f"{text(actor.name, language)}, {text(inject.kind, language)}; {day} "
            f"{words.clock_time(slot.released.hour)}. From {text(inject.message.sender, language)} "
            f"to {text(inject.message.to, language)}, by {text(inject.message.via, language)}."
        ),
        Quote(
            tuple(
                zones.filled(
                    account.exercise, text(one, language), slot.released.day, slot.released.hour
                )
                for one in inject.message.text
            )
        ),
        Paragraph(text(inject.question, language), "Question"),
    ]
    answers = tuple(_answers(account, slot))
    if answers:
        head = ("Who", "Answer", "Sure", "Expected", "Because")
        parts.append(Table(head, answers, widths=(18, 32, 8, 18, 24)))
    parts += [Paragraph(said, label) for label, said in _conduct(account, slot)]
    if slot.ruled is None:
        return [*parts, Paragraph("It has not been ruled on.")]
    view = ruling_of(Eye.all_seeing(account.game, language), slot, number)
    return [*parts, *_ruling(account, slot, view)]


def _answers(account: Account, slot: SlotRecord) -> Iterator[tuple[str, ...]]:
    """The cells' answers, the leading one first; then what each seat had committed to."""
    lead = slot.ruled.lead if slot.ruled is not None else ""
    for cell, one in sorted(slot.answers.items(), key=lambda pair: pair[0] != lead):
        carried = ", carried out" if cell == lead else ""
        yield f"{account.cells[cell]}{carried}", *_given(account, slot, one)
    for seat, own in slot.commitments.items():
        answer = slot.answers.get(account.run.seat(seat).cell)
        stand = "on its own"
        if answer is not None:
            stand = "minority view" if differs(answer, own) else "agreed"
        yield f"{account.seat(seat)}, {stand}", *_given(account, slot, own)


def differed(account: Account, slot: SlotRecord) -> Iterator[str]:
    """Cells whose answer was another than the one carried out, then seats with a minority view."""
    lead = slot.answers.get(slot.ruled.lead) if slot.ruled is not None else None
    for cell, one in slot.answers.items():
        if lead is not None and differs(lead, one):
            yield f"{account.cells[cell]}, as a cell"
    for seat, own in slot.commitments.items():
        answer = slot.answers.get(account.run.seat(seat).cell)
        if answer is not None and differs(answer, own):
            sure = f", {own.confidence}% sure" if own.confidence else ""
            yield f"{account.seat(seat)}{sure}"


def _given(account: Account, slot: SlotRecord, one: Answer) -> tuple[str, str, str, str]:
    said = title(account.inject(slot), one)
    if one.written:
        said = f"In own words: {said}"
        said += f"\nFor: {one.pro}" if one.pro else ""
        said += f"\nAgainst: {one.contra}" if one.contra else ""
    expects = "\n".join(
        f"{account.adversaries[name]}: {what}" for name, what in one.expects.items()
    )
    return said, f"{one.confidence}%" if one.confidence else "", expects, one.rationale


def _conduct(account: Account, slot: SlotRecord) -> Iterator[tuple[str, str]]:
    """What control did on the way to the ruling."""
    inject, language = account.inject(slot), account.language
    asked = account.game.notebook.of(Probed)
    numbers = [event.number for _, event in asked if event.inject == inject.id]
    if numbers:
        every = (text(inject.probing[one - 1].ask, language) for one in numbers)
        yield "Asked of the room", "\n".join(every)
    if slot.steered:
        yield "Contingency put to the table", text(inject.if_not, language)
    if slot.closed:
        named = " and ".join(f"the {account.cells[cell]} cell" for cell in slot.closed)
        yield "Closed by the facilitator", f"without an answer of {named}; a robot answered."
    if slot.weighed is not None:
        option = next(one for one in inject.option if one.id == slot.weighed.option)
        like = f"with the benefits and costs of '{text(option.title, language)}'"
        strength = STRENGTHS[slot.weighed.quarters]
        yield "Weighed", f"{strength}, {like}, because: {slot.weighed.reason}"


def _ruling(account: Account, slot: SlotRecord, view: RulingView) -> Iterator[Part]:
    assert slot.ruled is not None
    discord = (
        f" The cells answered differently; that of the {account.cells[slot.ruled.lead]} cell "
        "was carried out, at a cost."
        if view.discord
        else ""
    )
    again = f" {view.again}" if view.again else ""
    label = "Ruling" if slot.confirmed else "Ruling, proposed and not confirmed"
    yield Paragraph(f"{view.verdict} {view.sentence}{discord}{again}", label)
    if slot.amended is not None and slot.ruling is not None:
        changed = "; ".join(
            f"{what}: {was} by the model, {now} as ruled"
            for what, was, now in otherwise(account, slot.ruled.ruling, slot.ruling)
        )
        how = slot.amended.how
        yield Paragraph(
            f"{changed or 'as the model has it'}; because: {slot.amended.reason}",
            f"{capital(how)} by the facilitator",
        )
    rows = tuple(_because(account, slot))
    if rows:
        slow = f" Slowest stage: {view.slowest}." if view.slowest else ""
        yield Table(
            ("Track", "Because", "Change", "Word", "Lands"),
            rows,
            note=f"Carried {view.carried}; posture: {view.posture}.{slow}",
            widths=(30, 38, 12, 10, 10),
            numbers=(2,),
        )
    if view.pushes:
        told = " ".join(one.sentence for one in view.pushes)
        yield Paragraph(told, "What it came to for the adversaries")
    yield Paragraph(" ".join(view.margin), "Margin")
    for one in slot.challenges:
        heard = one.heard
        outcome = f"{heard.outcome}, because: {heard.reason}" if heard else "not heard yet"
        yield Paragraph(f"“{one.reason}” {outcome}", f"Challenged by {account.seat(one.seat)}")


def _because(account: Account, slot: SlotRecord) -> Iterator[tuple[str, ...]]:
    """Each effect with its arithmetic; where a person ruled it, that is its arithmetic."""
    assert slot.ruled is not None
    assert slot.ruling is not None
    model = _by_place(slot.ruled.ruling)
    for place, one in _by_place(slot.ruling).items():
        track = account.exercise.tracks[one.track]
        how = arithmetic(slot.ruling, one)
        if slot.amended is not None:
            was = model.get(place)
            if was is None or was.by != one.by:
                told = words.exact(was.by) if was is not None else "nothing"
                how = f"ruled so; the model has {told}"
        delay = (
            f"in {one.delay} {'turn' if one.delay == 1 else 'turns'}" if one.delay else "at once"
        )
        word = words.direction(one.by, track.better, same=1)
        yield text(track.name, account.language), how, words.exact(one.by), word, delay
