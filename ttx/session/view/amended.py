"""What people made of what the model proposed, in sentences: weighed, amended, challenged."""

from __future__ import annotations

from collections.abc import Iterable

from ttx.adjudicator.rulings import Effected, Ruling
from ttx.exercise.model import Exercise, text
from ttx.session.command import ended
from ttx.session.control_events import ReckoningAmended
from ttx.session.game import ChallengeRecord, SlotRecord, TurnRecord
from ttx.session.run import Run
from ttx.session.view import words
from ttx.session.view.answers import weighed_as

BY = "by the facilitator"
WAITS = "It waits to be heard."


def paired(model: Ruling, ruled: Ruling) -> list[tuple[Effected, int]]:
    """Each effect of a ruling with what the model gave there, in hundredths.

    Effects that only the model had come last, and are ruled to be nothing.
    """
    was: dict[str, list[Effected]] = {}
    for one in model.effects:
        was.setdefault(one.kind, []).append(one)
    found = []
    for one in ruled.effects:
        same = was.get(one.kind)
        found.append((one, same.pop(0).by if same else 0))
    return found + [(one._replace(by=0), one.by) for rest in was.values() for one in rest]


def of_slot(run: Run, record: SlotRecord, language: str = "") -> tuple[str, ...]:
    """What people made of a ruling, in the order in which they did."""
    found = []
    if record.weighed is not None:
        inject = run.exercise.injects[record.released.inject]
        how = weighed_as(inject, record, language)
        found.append(f"Weighed {how}{_because(record.weighed.reason)}")
    if record.amended is not None and record.ruled is not None:
        made = record.amended
        told = " ".join(_changed(run.exercise, record.ruled.ruling, made.ruling))
        found.append(f"{made.how.capitalize()} {BY}{_because(made.reason)} {told}")
    return (*found, *of_challenges(run, record.challenges))


def _because(reason: str) -> str:
    return f", because: {ended(reason)}"


def _changed(exercise: Exercise, model: Ruling, ruled: Ruling) -> Iterable[str]:
    """The model's value, then the facilitator's, of everything that is not the same."""
    if model.timing != ruled.timing:
        was, now = (words.verdict(one.timing) for one in (model, ruled))
        yield f"Timing: by the model {was}, ruled {now}."
    for one, was_by in paired(model, ruled):
        if one.by != was_by:
            name = exercise.tracks[one.track].short
            yield f"{name}: by the model {words.exact(was_by)}, ruled {words.exact(one.by)}."


def of_turn(
    run: Run, turn: TurnRecord, open_to: frozenset[str], language: str = "", *, whole: bool
) -> tuple[str, ...]:
    """What people made of a reckoning; `open_to` are the adversaries that may be told of.

    The other side, for which it is not `whole`, reads what became of its own response and no more.
    """
    found = []
    if turn.recast is not None and turn.proposed is not None:
        made = turn.recast
        told = " ".join(_responded(run.exercise, turn, made, open_to, language))
        why = _because(made.reason) if whole else "."
        if whole or told:
            found.append(f"{made.how.capitalize()} {BY}{why} {told}".strip())
    return (*found, *(of_challenges(run, turn.challenges) if whole else ()))


def _responded(
    exercise: Exercise,
    turn: TurnRecord,
    made: ReckoningAmended,
    open_to: frozenset[str],
    language: str = "",
) -> Iterable[str]:
    assert turn.proposed is not None
    was = {one.adversary: one.response for one in turn.proposed.reckoning.responses}
    names = {one.id: text(one.name, language) for one in exercise.adversary}
    for one in made.reckoning.responses:
        model = was[one.adversary]
        if one.adversary in open_to and one.response != model:
            yield f"{names[one.adversary]}: by the model {model}, ruled {one.response}."


def of_challenges(run: Run, records: Iterable[ChallengeRecord]) -> tuple[str, ...]:
    """Each challenge with its reason, and how it was heard."""
    found = []
    for one in records:
        said = f"{run.seat(one.seat).short} challenged it{_because(one.reason)}"
        heard = one.heard
        if heard is None:
            found.append(f"{said} {WAITS}")
        else:
            found.append(f"{said} {heard.outcome.capitalize()}{_because(heard.reason)}")
    return tuple(found)
