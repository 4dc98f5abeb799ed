"""What a seat may see of the evaluation: what exercised each objective, and what was made of it.

Evaluators rate apart: what one gave an objective opens to another once all of them have rated it,
or at the hot wash. Those who play read observations and final ratings from the hot wash on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ttx.exercise.model import Objective
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH, Rated, Settled
from ttx.session.side_commands import evaluators
from ttx.session.view.entry_text import RATED
from ttx.session.view.eye import Eye

SORT = {STRENGTH: "strength", IMPROVEMENT: "area for improvement", NEUTRAL: "neutral"}
"""What an observation can be, in words."""
MEANS = {
    "P": "Targets and critical tasks were completed and the objective was achieved, with no "
    "negative effect on other activities and no added risk, in line with plans, policies and laws.",
    "S": "As P, completed and achieved with no negative effect and no added risk; but ways to be "
    "more effective or more efficient were identified.",
    "M": "The objective was achieved, but with a negative effect on other activities, or with "
    "added risk, or not in accordance with plans, policies and laws.",
    "U": "Targets and critical tasks were not performed in a manner that achieved the objective.",
    "N": "Nothing was seen that a rating could rest on.",
}
"""Letters and meaning are the doctrine's (HSEEP 2020), the sentences ours."""
UNSEEN = "N"
"""Not observed: it speaks neither for a rating nor against one."""
HIGH = ("P", "S")
"""Ratings that need evidence."""


@dataclass(frozen=True, slots=True)
class ObservationView:
    """One observation."""

    n: int
    """The entry."""
    where: str
    """The inject on the table, such as `4.1 Half an hour of radar`; else the turn and its phase."""
    by: str
    sort: str
    """In words."""
    text: str
    seat: str
    """Whom it is about, in short; empty where nobody."""


@dataclass(frozen=True, slots=True)
class RatingView:
    """One rating."""

    by: str
    letter: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """An objective, what exercised it, and what was made of it."""

    id: str
    """Empty for what is about no objective."""
    text: str
    capability: str
    measures: tuple[str, ...]
    """What can be ticked of it."""
    lever_tasks: tuple[str, ...]
    """What is to be seen of it while levers are moved."""
    exercised: tuple[str, ...]
    """The injects so far that exercised it, such as `4.1 Half an hour of radar`."""
    observations: tuple[ObservationView, ...]
    own: RatingView | None
    """What this seat gave it."""
    ratings: tuple[RatingView, ...]
    """What the evaluators gave it, as far as that is open to this seat; its own first."""
    sealed: tuple[str, ...]
    """Who has rated it and is not open to this seat yet."""
    differ: bool
    """Whether open ratings differ, and nobody has settled that."""
    final: RatingView | None
    """What stands at the hot wash: settled, or what all who observed it agree on."""
    settled: bool
    """Whether the final rating was settled."""


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """The evaluation, as far as a seat may see it."""

    objectives: tuple[ObjectiveView, ...]
    """Those of the exercise, and at the end one for observations about none of them."""
    observes: bool
    """Whether this seat writes observations now."""
    rates: bool
    settles: bool
    over: bool
    """Whether the hot wash has begun."""
    seats: tuple[tuple[str, str], ...]
    """Ids and short names of the seats that an observation may be about."""

    @property
    def apart(self) -> tuple[ObjectiveView, ...]:
        """The objectives on which ratings differ."""
        return tuple(one for one in self.objectives if one.differ)


def open_to(eye: Eye) -> bool:
    """Whether anything of the evaluation is open to a seat."""
    if eye.game.phase == phases.BRIEFING:
        return False
    return eye.game.phase in phases.PLAY_IS_OVER or eye.visibility.proposed


def evaluation(eye: Eye) -> EvaluationView | None:
    """The evaluation seen from a seat; None where nothing of it is open."""
    game = eye.game
    if not open_to(eye):
        return None
    run = eye.run
    known = evaluators(run)
    chief = known[0] if known else run.facilitator
    under_way = game.phase not in (phases.BRIEFING, phases.CLOSED)
    none = Objective.model_construct(id="", text="About no objective", capability="")
    white = {cell.id for cell in run.exercise.cell if cell.side == "white"}
    return EvaluationView(
        objectives=tuple(_objective(eye, one) for one in (*run.exercise.objective, none)),
        observes=eye.seat in known and under_way,
        rates=eye.seat in known and under_way,
        settles=eye.seat == chief and game.phase == phases.HOTWASH,
        over=game.phase in phases.PLAY_IS_OVER,
        seats=tuple((s.id, s.short) for s in run.exercise.seat if s.cell not in white),
    )


def unsupported(one: ObjectiveView, letter: str) -> str:
    """What is to be asked before a rating that nothing seen speaks for; else empty."""
    if letter not in HIGH or one.observations:
        return ""
    return f"No observation here supports {letter}. Rate it all the same?"


def means(letter: str) -> str:
    """A rating's name and meaning in the doctrine's words."""
    return f"{RATED[letter].capitalize()}. {MEANS[letter]}"


def agreed(given: Iterable[str]) -> str:
    """The letter that all agree on who observed; empty where they differ or nobody rated."""
    letters = set(given)
    seen = letters - {UNSEEN}
    return (seen or letters).pop() if len(seen) == 1 or letters == {UNSEEN} else ""


def injects(eye: Eye, objective: str) -> tuple[str, ...]:
    """The injects so far that exercised an objective, with their numbers."""
    return tuple(
        f"{turn.opened.turn}.{at} {eye.text(inject.title)}"
        for turn in eye.game.turns
        for at, slot in enumerate(turn.slots, start=1)
        if objective in (inject := eye.exercise.injects[slot.released.inject]).objectives
    )


def written_at(eye: Eye, stamp: Stamp) -> str:
    """Where in the exercise something was written: its inject, or its turn and phase."""
    if stamp.number:
        title = eye.text(eye.exercise.injects[stamp.inject].title)
        return f"{stamp.number} {title}"
    return f"turn {stamp.turn}, {stamp.phase}" if stamp.turn else stamp.phase


def _objective(eye: Eye, part: Objective) -> ObjectiveView:
    game = eye.game
    run, book = eye.run, game.notebook
    rater = eye.seat in evaluators(run)
    over = game.phase in phases.PLAY_IS_OVER
    names = {one.id: one.short for one in run.exercise.seat}
    given = book.ratings.get(part.id, {})
    own = given.get(eye.seat)
    others = {by: one for by, one in given.items() if by != eye.seat}
    all_in = bool(given) and set(evaluators(run)) <= set(given)
    whole = eye.visibility.proposed  # the white cell, and observers who see what it sees
    shown = others if whole and (not rater or over or all_in) else {}
    settled = book.settled.get(part.id)
    ratings = [*([(eye.seat, own)] if own is not None else []), *shown.items()]
    letters = {one.rating for _, one in ratings} - {UNSEEN}
    return ObjectiveView(
        id=part.id,
        text=eye.text(part.text),
        capability=next(
            (eye.text(c.name) for c in run.exercise.capability if c.id == part.capability), ""
        ),
        measures=tuple(eye.text(one) for one in part.measures),
        lever_tasks=tuple(eye.text(one) for one in part.lever_tasks),
        exercised=injects(eye, part.id) if part.id else (),
        observations=tuple(
            ObservationView(
                stamp.n,
                written_at(eye, stamp),
                names.get(stamp.by, stamp.by),
                SORT[event.sort],
                event.text,
                names.get(event.seat, ""),
            )
            for stamp, event in book.observations
            if event.objective == part.id and (over or not rater or stamp.by == eye.seat)
        ),
        own=_rating(names[eye.seat], own) if own is not None else None,
        ratings=tuple(_rating(names[by], one) for by, one in ratings),
        sealed=tuple(names[by] for by in others) if whole and not shown else (),
        differ=len(letters) > 1 and settled is None,
        final=_final(game, part.id) if over else None,
        settled=settled is not None,
    )


def _rating(by: str, event: Rated | Settled) -> RatingView:
    return RatingView(by, event.rating, RATED[event.rating], event.why)


def _final(game: Game, objective: str) -> RatingView | None:
    """What stands: settled, or agreed on by all who observed it."""
    run, book = game.run, game.notebook
    known = evaluators(run)
    names = {one.id: one.short for one in run.exercise.seat}
    settled = book.settled.get(objective)
    if settled is not None:
        return _rating(names[known[0] if known else run.facilitator], settled)
    given = book.ratings.get(objective, {})
    letter = agreed(one.rating for one in given.values())
    if not letter:
        return None
    said = {by: one for by, one in sorted(given.items()) if one.rating == letter}
    who = " and ".join(names[by] for by in known if by in said)
    why = "; ".join(said[by].why for by in known if by in said)
    return RatingView(who, letter, RATED[letter], why)
