"""The rules asked again: where they would now say something else than the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ttx.adjudicator import amending, rulings, succession
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.margin import reference_minutes
from ttx.adjudicator.tables import Tables
from ttx.exercise.model.injects import SlotName
from ttx.i18n import _
from ttx.session import automation, events, gates, phases, stating
from ttx.session.apply import apply, beginning
from ttx.session.asked import request_of
from ttx.session.automation import made
from ttx.session.command import IllegalDecision
from ttx.session.control_commands import STRENGTHS, Adjust, Script
from ttx.session.control_events import (
    MODIFIED,
    OVERRULED,
    UPHELD,
    Amended,
    ChallengeHeard,
    ReckoningAmended,
    Weighed,
)
from ttx.session.decide import decide
from ttx.session.directing import set_up
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.gates import challenges, unheard
from ttx.session.judging import called
from ttx.session.kinds import declared
from ttx.session.rights import may
from ttx.session.run import RULINGS, Run
from ttx.session.stamps import wrong_place, wrong_stamps
from ttx.session.stating import Stating

BY_HAND = (Amended, ReckoningAmended)
"""Rulings by a person, with the model's arithmetic."""
MODELS = ("dice", "model")
"""Whose facts nobody had to ask for, and nobody chose."""
MODEL, PLAY = "model", "play"


@dataclass(frozen=True, slots=True)
class Asked:
    """Something of an entry that was worked out again."""

    entry: events.Entry
    what: str
    """`model` for a fact of the dice and the rules; `play` for what the table took from whom, and
    when."""
    differs: str = ""
    """What differs, in one sentence; empty where it is the same."""


def audit(run: Run, entries: Iterable[events.Entry], copied: int = 0) -> Iterator[Asked]:
    """Every entry, in order, with what differs: the rules are asked again for what they gave.

    Facts that were taken back are asked for too. What was said stays said: a difference is shown,
    and changes nothing. The first `copied` entries were taken over by a fork from a run in which
    others may have played: of those the model's own facts are asked for, and turn and phase.
    """
    game, last = beginning(run), ""
    for entry in entries:
        what = MODEL if entry.by in MODELS or isinstance(entry.event, BY_HAND) else PLAY
        if entry.n > copied:
            yield Asked(entry, what, _in_words(entry, _other(game, entry)))
            after = apply(game, entry)
            for clause in wrong_stamps(game, after, entry, last):
                yield Asked(entry, PLAY, _in_words(entry, clause))
        else:
            again = _again(game, entry) if declared(entry.event).asked else None
            if again is not None:
                differs = "" if again == entry.event else _clause(entry.event)
                yield Asked(entry, what, _in_words(entry, differs))
            after = apply(game, entry)
            for clause in wrong_place(after, entry):
                yield Asked(entry, PLAY, _in_words(entry, clause))
        game, last = after, entry.at


def differences(run: Run, entries: Sequence[events.Entry]) -> list[str]:
    """What the rules would now say otherwise, a sentence each."""
    return [check.differs for check in audit(run, entries, copied_of(entries)) if check.differs]


def copied_of(entries: Sequence[events.Entry]) -> int:
    """How many entries at the beginning a fork took over, its first one counted.

    All of them where an older ttx did not say.
    """
    first = entries[0].event if entries else None
    if not isinstance(first, events.Forked):
        return 0
    return first.copied + 1 if first.copied else len(entries)


def _in_words(entry: events.Entry, clause: str) -> str:
    return (
        _("Entry {number}: {clause}; the record stands.", number=entry.n, clause=clause)
        if clause
        else ""
    )


def _other(game: Game, entry: events.Entry) -> str:
    """What the table would have done in place of an entry, as a clause; empty where the same."""
    event, by = entry.event, entry.by
    try:
        request = request_of(game, by, event)
        if by == automation.NOBODY and isinstance(request, Adjust | Script):
            return "" if set_up(game, request) == event else _clause(event)
        if by == automation.NOBODY and isinstance(request, Stating):
            return "" if stating.set_up(game, request) == event else _clause(event)
        follows = automation.follow(game)
        if follows is not None:
            author, fact = follows
            if fact == event and author == by:
                return ""
            if type(fact) is not type(event):
                return _(
                    "'{due}' would have come here, not '{kind}'",
                    due=declared(fact).name,
                    kind=declared(event).name,
                )
            return (
                _clause(event)
                if fact != event
                else _("this is '{author}' to say, not '{by}'", author=author, by=by)
            )
        if by not in {seat.id for seat in game.run.exercise.seat}:
            return _("'{by}' had nothing to say here", by=by)
        if isinstance(event, BY_HAND):
            return _by_hand(game, by, event)
        if isinstance(event, ChallengeHeard) and event.outcome != UPHELD:
            waits = unheard(game)
            heard = waits is not None and waits.seat == event.seat and may(game.run, by, RULINGS)
            return "" if heard else _("no such challenge waited to be heard")
        made = [] if request is None else decide(game, by, request)
    except IllegalDecision as error:
        return _(
            "the table would have refused this from '{by}' ({refusal})",
            by=by,
            refusal=str(error).rstrip("."),
        )
    except Exception as error:  # noqa: BLE001  # a forged record may ask the rules for anything
        return _("the rules cannot make sense of it ({error})", error=type(error).__name__)
    if made and made[0] == event:
        return ""
    return (
        _clause(event)
        if made and type(made[0]) is type(event)
        else _("'{by}' could not do this", by=by)
    )


def _by_hand(game: Game, by: str, event: Amended | ReckoningAmended) -> str:
    """The same of a ruling by a person: its arithmetic, who ruled, and when one can be ruled."""
    again = _amended(game, event) if isinstance(event, Amended) else _recast(game, event)
    if again != event:
        return _clause(event)
    heard = [challenge.heard for challenge in challenges(game) if challenge.heard is not None]
    changed = bool(heard) and heard[-1].outcome != UPHELD and heard[-1].reason == event.reason
    turn = game.turn
    if isinstance(event, Amended):
        proposed = game.phase == phases.ADJUDICATION
    else:
        proposed = game.phase == phases.RECKONING and turn is not None and not turn.confirmed
    if not may(game.run, by, RULINGS) or not event.reason or not (proposed or changed):
        return _("'{by}' could not rule otherwise here", by=by)
    return ""


def _again(game: Game, entry: events.Entry) -> Event | None:
    """What the model says in place of a copied fact; None where that is for others to say."""
    run, event = game.run, entry.event
    match event:
        case events.TurnOpened():
            return automation.opened(game)
        case events.Moved():
            level = Tables.level(run.exercise.levers[event.lever], event.level)
            return made(game, event.lever, level)
        case events.LeversClosed():
            return events.LeversClosed(rulings.posture(run.tables, game.position))
        case events.Released() | events.Emptied():
            slot: SlotName = "policy" if event.slot == "policy" else "crisis"
            if isinstance(event, events.Released) and entry.by != automation.DICE:
                due = automation.next_inject(game, slot) or ""
                instead = due if due != event.inject else ""
                fact = automation.release_of(game, slot, event.inject)
                return replace(fact, instead_of=instead, reason=event.reason)
            return automation.released(game, slot)[1]
        case events.Ruled():
            return _ruled(game, event)
        case events.Reckoned():
            return automation.reckoned(game)
        case Weighed():
            return _weighed(game, event)
        case Amended():
            return _amended(game, event)
        case ReckoningAmended():
            return _recast(game, event)
    raise TypeError(f"nothing asks the model again for what {declared(event).name} says")


def _ruled(game: Game, event: events.Ruled) -> Event:
    """The ruling on the answer of the cell that led; who led hangs on who played then."""
    slot = game.slot
    answer = slot.answers.get(event.lead) if slot is not None else None
    if slot is None or answer is None:
        return replace(event, lead="-")
    weighed = slot.weighed
    fact = rulings.ruling(
        game.run.tables,
        game.position,
        game.run.seed,
        slot.released.inject,
        answer.option if weighed is None else weighed.option,
        discord=event.discord,
        quarters=None if weighed is None else weighed.quarters,
    )
    return events.Ruled(fact, event.lead, event.discord)


def _amended(game: Game, event: Amended) -> Event | None:
    """A person's ruling with the model's arithmetic.

    A person says the timing, what an effect comes to, which others there are, what came of the
    answer in words, and why. All else is the model's: the inject and its option, the minutes, which
    effects an option has, the clamp that they meet, and whether it is called modified, overruled or
    by hand.
    """
    slot, tables = game.slot, game.run.tables
    if slot is None or slot.ruled is None:
        return None
    model, ruling = slot.ruled.ruling, event.ruling
    fact = model
    if ruling.timing != model.timing and model.minutes and ruling.timing in TIMINGS:
        fact = amending.retimed(tables, slot.before, model, ruling.timing)
    sizes = {at: effect.by for at, effect in enumerate(ruling.effects[: len(fact.effects)])}
    own = [effect for effect in ruling.effects[len(fact.effects) :] if effect.kind == amending.HAND]
    tracks = game.run.exercise.tracks
    added = {effect.track: effect.by for effect in own if tracks[effect.track].value is None}
    fact = amending.with_effects(tables, slot.before, fact, sizes)
    fact = amending.by_hand(tables, slot.before, fact, added)
    within = amending.within_band(tables, slot.before, model, fact)
    how = called(model, overrule=_how(event.how, within=within) == OVERRULED)
    return replace(event, how=how, ruling=fact)


def _how(how: str, *, within: bool) -> str:
    """What a change is called: only one within the band is a modification."""
    return how if how == MODIFIED and within else OVERRULED


def _recast(game: Game, event: ReckoningAmended) -> Event | None:
    """A reckoning with a person's responses and the model's arithmetic."""
    turn, run = game.turn, game.run
    if turn is None or turn.before is None or turn.proposed is None:
        return None
    responses = event.reckoning.responses
    did = {
        response.adversary: response.response
        for response in responses
        if response.response in RESPONSES
    }
    fact = rulings.reckoning(run.tables, turn.before, run.seed, responses=did)
    after = succession.reckoned(run.tables, turn.before, fact)
    minutes = reference_minutes(run.tables, after.tracks, after.levels)
    within = amending.step(turn.proposed.reckoning, fact) <= 1
    return replace(event, how=_how(event.how, within=within), reckoning=fact, minutes=minutes)


def _weighed(game: Game, event: Weighed) -> Event | None:
    """The same where a written-in action of that cell waited, and it was weighed by the scale."""
    inject, lead = game.inject, gates.waits_for_weight(game)
    known = inject is not None and event.option in {option.id for option in inject.option}
    scaled = 0 <= event.quarters < len(STRENGTHS)
    return event if known and scaled and lead == event.cell else replace(event, cell=lead or "-")


def _clause(event: Event) -> str:
    """That the rules would make this fact another one, as a clause."""
    match event:
        case events.TurnOpened():
            what = _("open turn {turn} differently", turn=event.turn)
        case events.Moved():
            what = _("book the move of {lever} differently", lever=event.lever)
        case events.LeversClosed():
            what = _("read another posture")
        case events.Released() | events.Emptied():
            what = _("put something else into the {slot} slot", slot=event.slot)
        case events.Ruled():
            what = _("rule differently on '{inject}'", inject=event.ruling.inject)
        case Weighed():
            what = _(
                "not take this as a weighing of what the cell {cell} wrote in", cell=event.cell
            )
        case Amended():
            what = _(
                "call, add up or clamp the amended ruling on '{inject}' differently",
                inject=event.ruling.inject,
            )
        case ReckoningAmended():
            what = _(
                "call or reckon turn {turn} with these responses differently",
                turn=event.reckoning.turn,
            )
        case events.Reckoned():
            what = _("reckon turn {turn} differently", turn=event.reckoning.turn)
        case _:
            what = _("say something else")
    return _("this model would {what}", what=what)
