"""What people made of what the model proposed, in sentences: weighed, amended, challenged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ttx.adjudicator.rulings import Effected, Ruling
from ttx.exercise.model import Exercise
from ttx.i18n import N_, _
from ttx.session.command import ended
from ttx.session.control_events import ReckoningAmended
from ttx.session.game import ChallengeRecord, SlotRecord, TurnRecord
from ttx.session.run import Run
from ttx.session.view import words
from ttx.session.view.answers import weighed_as
from ttx.session.view.eye import Eye

HOW = {
    "modified": N_("modified"),
    "overruled": N_("overruled"),
    "upheld": N_("upheld"),
    "overturned": N_("overturned"),
}
"""What a facilitator can make of a ruling, and of a challenge."""


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
    if record.amended is not None and record.ruled is not None:
        made = record.amended
        changes = _changed(run.exercise, record.ruled.ruling, made.ruling)
        sentences.append(f"{_by_facilitator(made.how, made.reason)} {' '.join(changes)}")
    return (*sentences, *_of_challenges(run, record.challenges))


def _by_facilitator(how: str, reason: str) -> str:
    return _(
        "{how} by the facilitator, because: {reason}",
        how=words.capital(_(HOW[how])),
        reason=ended(reason),
    )


def _changed(exercise: Exercise, model: Ruling, ruled: Ruling) -> Iterator[str]:
    """The model's value, then the facilitator's, of everything that is not the same."""
    if model.timing != ruled.timing:
        was, now = words.verdict(model.timing), words.verdict(ruled.timing)
        yield _("Timing: by the model {was}, ruled {now}.", was=was, now=now)
    for effect, was_by in paired(model, ruled):
        if effect.by != was_by:
            name = exercise.tracks[effect.track].short
            was, now = words.exact(was_by), words.exact(effect.by)
            yield _("{name}: by the model {was}, ruled {now}.", name=name, was=was, now=now)


def of_turn(eye: Eye, turn: TurnRecord) -> tuple[str, ...]:
    """What people made of a reckoning, of the adversaries that may be told of.

    The other side reads what became of its own response, and no more.
    """
    whole, sentences = eye.visibility.scores, []
    if turn.recast is not None and turn.proposed is not None:
        made = turn.recast
        changes = " ".join(_responded(eye, turn, made))
        if whole:
            sentences.append(f"{_by_facilitator(made.how, made.reason)} {changes}".strip())
        elif changes:
            how = words.capital(_(HOW[made.how]))
            sentences.append(_("{how} by the facilitator. {changes}", how=how, changes=changes))
    return (*sentences, *(_of_challenges(eye.run, turn.challenges) if whole else ()))


def _responded(eye: Eye, turn: TurnRecord, made: ReckoningAmended) -> Iterator[str]:
    assert turn.proposed is not None
    was = turn.proposed.reckoning.did
    for adversary, response in made.reckoning.did.items():
        if adversary in eye.visibility.adversaries and response != was[adversary]:
            yield _(
                "{name}: by the model {was}, ruled {now}.",
                name=eye.names.adversaries[adversary],
                was=words.response(was[adversary]),
                now=words.response(response),
            )


def _of_challenges(run: Run, records: Iterable[ChallengeRecord]) -> Iterator[str]:
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
        else:
            outcome = words.capital(_(HOW[heard.outcome]))
            why = _("{outcome}, because: {reason}", outcome=outcome, reason=ended(heard.reason))
            yield f"{clause} {why}"
