"""What people made of what the model proposed, in sentences: weighed, amended, challenged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ttx.adjudicator.amending import HAND
from ttx.adjudicator.facts import Effected, Reckoning, Ruling
from ttx.exercise.model.exercise import Exercise
from ttx.i18n import N_, _
from ttx.session.command import ended
from ttx.session.control_events import (
    BY_HAND,
    MODIFIED,
    OVERRULED,
    OVERTURNED,
    UPHELD,
    Amended,
    ChallengeHeard,
    ReckoningAmended,
)
from ttx.session.game import ChallengeRecord, SlotRecord, TurnRecord
from ttx.session.run import Run
from ttx.session.view import words
from ttx.session.view.answers import weighed_as
from ttx.session.view.eye import Eye

HOW = {
    MODIFIED: N_("modified"),
    OVERRULED: N_("overruled"),
    BY_HAND: N_("ruled by hand"),
}
"""What a facilitator can make of a ruling or a reckoning."""
HEARD = {
    UPHELD: (N_("the ruling stands"), N_("the reckoning stands")),
    MODIFIED: (N_("the ruling is modified"), N_("the reckoning is modified")),
    OVERTURNED: (N_("the ruling is overturned"), N_("the reckoning is overturned")),
}
"""What comes of a challenge: of a ruling, of a reckoning. What is upheld is what was challenged."""

E = TypeVar("E", bound=Amended | ReckoningAmended)


@dataclass(frozen=True, slots=True)
class Step(Generic[E]):
    """One of the times that something was ruled otherwise."""

    by: str
    """The seat that ruled."""
    event: E
    before: E | None
    """What stood instead of the model's until then; None where the model's did."""
    challenge: ChallengeRecord | None
    """The challenge that it followed, if one."""


def steps(made: Sequence[tuple[str, E]], challenges: Sequence[ChallengeRecord]) -> list[Step[E]]:
    """Each time something was ruled otherwise, in order: before it was read, then as it was heard.

    One that follows a challenge is made with the outcome of that.
    """
    changed = [cause.heard is not None and cause.heard.outcome != UPHELD for cause in challenges]
    causes = [challenge for challenge, other in zip(challenges, changed, strict=True) if other]
    first = max(len(made) - len(causes), 0)
    following: list[ChallengeRecord | None] = [*[None] * first, *causes]
    before: list[E | None] = [None, *(event for _by, event in made)]
    return [
        Step(by, event, stood, cause)
        for (by, event), stood, cause in zip(made, before, following, strict=False)
    ]


def hand(run: Run, seat: str) -> str:
    """Who ruled, inside a sentence: the facilitator, or another seat by its name."""
    part = run.seat(seat)
    return _("the facilitator") if part.lead else part.short


def outcome(heard: ChallengeHeard, *, reckoning: bool) -> str:
    """What came of a challenge, in words that say what stands now."""
    return _(HEARD[heard.outcome][reckoning])


def paired(model: Ruling, ruled: Ruling) -> list[tuple[Effected, int]]:
    """Each effect of a ruling with what the model gave there, in hundredths.

    Effects that only the model had come last, and are ruled to be nothing.
    """
    was: dict[str, list[Effected]] = {}
    for effect in model.effects:
        was.setdefault(effect.kind, []).append(effect)
    pairs = []
    for effect in ruled.effects:
        same = was.get(effect.kind)
        pairs.append((effect, same.pop(0).by if same else 0))
    return pairs + [(left._replace(by=0), left.by) for rest in was.values() for left in rest]


def of_slot(run: Run, record: SlotRecord) -> tuple[str, ...]:
    """What people made of a ruling, in the order in which they did."""
    sentences = []
    if record.weighed is not None:
        how = weighed_as(run.exercise.injects[record.released.inject], record)
        sentences.append(
            _("Weighed {how}, because: {reason}", how=how, reason=ended(record.weighed.reason))
        )
    changes: dict[int, str] = {}
    for step in steps(record.amendments, record.challenges):
        assert record.ruled is not None
        stood = step.before.ruling if step.before is not None else None
        changed = [*_changed(run.exercise, record.ruled.ruling, stood, step.event.ruling)]
        if step.event.told != (step.before.told if step.before is not None else ""):
            changed.append(_told_by(run, step))
        if step.challenge is None:
            sentences.append(f"{_ruled_by(run, step)} {' '.join(changed)}".strip())
        else:
            changes[id(step.challenge)] = " ".join(changed)
    return (*sentences, *_of_challenges(run, record.challenges, changes, reckoning=False))


def _told_by(run: Run, step: Step[Amended]) -> str:
    """Whose the words on what came of an answer are, where they have changed."""
    if not step.event.told:
        return _("What came of it is told as it was written.")
    return _("What came of it is told by {hand}.", hand=hand(run, step.by))


def _ruled_by(run: Run, step: Step[Amended] | Step[ReckoningAmended]) -> str:
    return _(
        "{how} by {hand}, because: {reason}",
        how=words.capital(_(HOW[step.event.how])),
        hand=hand(run, step.by),
        reason=ended(step.event.reason),
    )


def _changed(
    exercise: Exercise, model: Ruling, stood: Ruling | None, ruled: Ruling
) -> Iterator[str]:
    """Everything that is not the same: the model's value, or what stood instead, then what stands.

    Effects are told apart by what they are and by their track.
    """
    before = stood or model
    if before.timing != ruled.timing:
        was, now = words.verdict(before.timing), words.verdict(ruled.timing)
        if stood is None:
            yield _("Timing: by the model {was}, ruled {now}.", was=was, now=now)
        else:
            yield _("Timing: {was} before, now {now}.", was=was, now=now)
    for effect, was_by in paired(before, ruled):
        if effect.by != was_by:
            name = exercise.tracks[effect.track].short
            was, now = words.exact(was_by), words.exact(effect.by)
            if stood is not None:
                yield _("{name}: {was} before, now {now}.", name=name, was=was, now=now)
            elif effect.kind == HAND:
                yield _("{name}: {now} by hand.", name=name, now=now)
            else:
                yield _("{name}: by the model {was}, ruled {now}.", name=name, was=was, now=now)


def of_turn(eye: Eye, turn: TurnRecord) -> tuple[str, ...]:
    """What people made of a reckoning, of the adversaries that may be told of.

    The other side reads what became of its own response, and no more.
    """
    if turn.proposed is None:
        return ()
    model = turn.proposed.reckoning
    if not eye.visibility.scores:
        made = turn.recast
        changed = " ".join(_responded(eye, model, None, made.reckoning)) if made is not None else ""
        if made is None or not changed:
            return ()
        how = words.capital(_(HOW[made.how]))
        return (_("{how} by the facilitator. {changes}", how=how, changes=changed),)
    sentences, changes = [], dict[int, str]()
    for step in steps(turn.recasts, turn.challenges):
        stood = step.before.reckoning if step.before is not None else None
        changed = " ".join(_responded(eye, model, stood, step.event.reckoning))
        if step.challenge is None:
            sentences.append(f"{_ruled_by(eye.run, step)} {changed}".strip())
        else:
            changes[id(step.challenge)] = changed
    return (*sentences, *_of_challenges(eye.run, turn.challenges, changes, reckoning=True))


def _responded(
    eye: Eye, model: Reckoning, stood: Reckoning | None, made: Reckoning
) -> Iterator[str]:
    was = (stood or model).did
    for adversary, response in made.did.items():
        if adversary in eye.visibility.adversaries and response != was[adversary]:
            names = {
                "name": eye.names.adversaries[adversary],
                "was": words.response(was[adversary]),
                "now": words.response(response),
            }
            if stood is None:
                yield _("{name}: by the model {was}, ruled {now}.", **names)
            else:
                yield _("{name}: {was} before, now {now}.", **names)


def _of_challenges(
    run: Run, records: Iterable[ChallengeRecord], changes: Mapping[int, str], *, reckoning: bool
) -> Iterator[str]:
    """Each challenge with its reason, and how it was heard."""
    for challenge in records:
        clause = _(
            "{seat} challenged it, because: {reason}",
            seat=run.seat(challenge.seat).short,
            reason=ended(challenge.reason),
        )
        heard = challenge.heard
        if heard is None:
            yield f"{clause} {_('It waits to be heard.')}"
            continue
        why = _(
            "Heard by {hand}: {outcome}, because: {reason}",
            hand=hand(run, challenge.heard_by),
            outcome=outcome(heard, reckoning=reckoning),
            reason=ended(heard.reason),
        )
        yield f"{clause} {why} {changes.get(id(challenge), '')}".strip()
