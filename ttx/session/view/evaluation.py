"""What a seat may see of the evaluation: what exercised each objective, and what was made of it.

Evaluators rate apart: what one gave an objective opens to another once all of them have rated it,
or at the hot wash. Those who play read observations and final ratings from the hot wash on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ttx.exercise.model.evaluation import Objective
from ttx.exercise.model.injects import Inject
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.asides import evaluators
from ttx.session.notebook import Stamp
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH, Rated, Settled
from ttx.session.run import SEATS
from ttx.session.view import words
from ttx.session.view.eye import Eye
from ttx.session.view.msel_number import numbered
from ttx.session.view.notebook_text import RATED
from ttx.session.view.table import PHASES

SORT = {
    STRENGTH: N_("strength"),
    IMPROVEMENT: N_("area for improvement"),
    NEUTRAL: N_("neutral"),
}
"""What an observation can be, in words."""
MEANS = {
    "P": N_(
        "Targets and critical tasks were completed and the objective was achieved, with no "
        "negative effect on other activities and no added risk, in line with plans, policies and "
        "laws."
    ),
    "S": N_(
        "As P, completed and achieved with no negative effect and no added risk; but ways to be "
        "more effective or more efficient were identified."
    ),
    "M": N_(
        "The objective was achieved, but with a negative effect on other activities, or with "
        "added risk, or not in accordance with plans, policies and laws."
    ),
    "U": N_(
        "Targets and critical tasks were not performed in a manner that achieved the objective."
    ),
    "N": N_("Nothing was seen that a rating could rest on."),
}
"""Letters and meaning are the doctrine's (HSEEP 2020), the sentences ours."""
UNSEEN = "N"
"""Not observed: it speaks neither for a rating nor against one."""
HIGH = ("P", "S")
"""Ratings that need evidence."""


@dataclass(frozen=True, slots=True)
class ObservationView:
    """One observation."""

    where: str
    """The inject on the table, such as `4.1 Half an hour of radar`; else the turn and its phase."""
    by: str
    sort: str
    """In words."""
    text: str
    seat: str
    """Whom it is about, in short; empty where nobody."""
    entry: int
    """The entry that wrote it."""
    own: bool
    """Whether this seat wrote it."""
    analysis: str
    """What lies behind it; empty until somebody says so."""
    reference: str
    """What it is measured by; empty where nothing is named."""
    planned: bool
    """Whether it is a row of the improvement plan."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """What an inject is to bring about: a critical task of the objective it serves first."""

    headed: str
    """The inject with its number on the MSEL."""
    expected: str
    lead: str
    """The cell that answers it, by name."""
    now: bool
    """Whether it is on the table."""
    done: bool
    """Whether it has been on the table in this run."""


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
    tasks: tuple[TaskView, ...]
    """Its critical tasks; only for who may read what exercise control expects, until the end."""
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
class WatchView:
    """What an evaluator watches."""

    seat: str
    name: str
    cell: str
    """The cell by name; empty for all of them."""

    @property
    def told(self) -> str:
        """The same in words."""
        if not self.cell:
            return _("{seat} watches all cells", seat=self.name)
        return _("{seat} watches the {cell} cell", seat=self.name, cell=self.cell)


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """The evaluation, as far as a seat may see it."""

    objectives: tuple[ObjectiveView, ...]
    """Those of the exercise, and at the end one for observations about none of them."""
    observes: bool
    """Whether this seat writes observations and rates now."""
    settles: bool
    analyses: bool
    """Whether this seat says what lies behind observations now; before the hot wash its own."""
    plans: bool
    """Whether it makes observations rows of the improvement plan."""
    assigned: str
    """The cell that this evaluator watches, by name; empty where all of them are its own."""
    watched: tuple[WatchView, ...]
    """What each evaluator watches; for evaluators, exercise control, and who sees what it sees."""
    assigns: bool
    """Whether this seat says what evaluators watch."""
    over: bool
    """Whether the hot wash has begun."""
    seats: tuple[tuple[str, str], ...]
    """Ids and short names of the seats that an observation may be about."""
    cells: tuple[tuple[str, str], ...]
    """Ids and names of the cells that an evaluator may watch."""

    @property
    def apart(self) -> tuple[ObjectiveView, ...]:
        """The objectives on which ratings differ."""
        return tuple(part for part in self.objectives if part.differ)


def open_to(eye: Eye) -> bool:
    """Whether anything of the evaluation is open to a seat."""
    return eye.game.phase != phases.BRIEFING and (eye.over or eye.visibility.proposed)


def evaluation(eye: Eye) -> EvaluationView | None:
    """The evaluation seen from a seat; None where nothing of it is open."""
    if not open_to(eye):
        return None
    known, exercise = evaluators(eye.run), eye.exercise
    writes = eye.seat in known and eye.game.phase not in (phases.BRIEFING, phases.CLOSED)
    at_the_wash = eye.game.phase == phases.HOTWASH
    none = Objective.model_construct(id="", text=_("About no objective"), capability="")
    white = {cell.id for cell in exercise.cell if cell.side == "white"}
    return EvaluationView(
        objectives=tuple(_objective(eye, part) for part in (*exercise.objective, none)),
        observes=writes,
        settles=eye.seat == _chief(eye) and at_the_wash,
        analyses=writes or (at_the_wash and eye.at_the_desk),
        plans=at_the_wash and (eye.seat in known or eye.at_the_desk),
        assigned=eye.names.cells.get(eye.game.notebook.assigned.get(eye.seat, ""), ""),
        watched=watched(eye),
        assigns=bool(known) and SEATS in eye.rights and eye.game.phase != phases.CLOSED,
        over=eye.over,
        seats=tuple((seat.id, seat.short) for seat in exercise.seat if seat.cell not in white),
        cells=tuple((cell, name) for cell, name in eye.names.cells.items() if cell not in white),
    )


def watched(eye: Eye) -> tuple[WatchView, ...]:
    """What each evaluator watches; nothing for seats that do not see what exercise control sees."""
    if not eye.visibility.proposed:
        return ()
    given, names = eye.game.notebook.assigned, eye.names
    return tuple(
        WatchView(seat, names.seats.get(seat, seat), names.cells.get(given.get(seat, ""), ""))
        for seat in evaluators(eye.run)
    )


def _chief(eye: Eye) -> str:
    """Who settles ratings that differ: the first evaluator, else whoever holds the pace."""
    return next(iter(evaluators(eye.run)), eye.run.facilitator)


def unsupported(view: ObjectiveView, letter: str) -> str:
    """What is to be asked before a rating that nothing seen speaks for; else empty."""
    if letter not in HIGH or view.observations:
        return ""
    return _("No observation here supports {letter}. Rate it all the same?", letter=letter)


def means(letter: str) -> str:
    """A rating's name and meaning in the doctrine's words."""
    return f"{_(RATED[letter]).capitalize()}. {_(MEANS[letter])}"


def agreed(given: Iterable[str]) -> str:
    """The letter that all agree on who observed; empty where they differ or nobody rated."""
    letters = set(given)
    seen = letters - {UNSEEN}
    return (seen or letters).pop() if len(seen) == 1 or letters == {UNSEEN} else ""


def written_at(eye: Eye, stamp: Stamp) -> str:
    """Where in the exercise something was written: its inject, or its turn and phase."""
    if stamp.number:
        return f"{stamp.number} {eye.names.injects[stamp.inject]}"
    phase = _(PHASES[stamp.phase])
    return _("turn {turn}, {phase}", turn=stamp.turn, phase=phase) if stamp.turn else phase


def _objective(eye: Eye, part: Objective) -> ObjectiveView:
    book, names, known = eye.game.notebook, eye.names, evaluators(eye.run)
    rater = eye.seat in known
    given = book.ratings.get(part.id, {})
    others = [by for by in given if by != eye.seat]
    whole = eye.visibility.proposed  # the white cell, and observers who see what it sees
    shown = whole and (not rater or eye.over or (bool(given) and set(known) <= set(given)))
    ratings = [by for by in (eye.seat, *(others if shown else ())) if by in given]
    letters = {given[by].rating for by in ratings} - {UNSEEN}
    settled, analyses = part.id in book.settled, book.analyses
    return ObjectiveView(
        id=part.id,
        text=eye.text(part.text),
        capability=names.capabilities.get(part.capability, ""),
        measures=eye.texts(part.measures),
        lever_tasks=eye.texts(part.lever_tasks),
        tasks=tuple(_tasks(eye, part)) if whole and not eye.over else (),
        exercised=tuple(
            played.headed for played in eye.played() if part.id in played.inject.objectives
        ),
        observations=tuple(
            ObservationView(
                written_at(eye, stamp),
                names.seats.get(stamp.by, stamp.by),
                _(SORT[event.sort]),
                event.text,
                names.seats.get(event.seat, ""),
                stamp.n,
                stamp.by == eye.seat,
                analyses[stamp.n].analysis if stamp.n in analyses else "",
                analyses[stamp.n].reference if stamp.n in analyses else "",
                stamp.n in book.planned,
            )
            for stamp, event in book.observations
            if event.objective == part.id and (eye.over or not rater or stamp.by == eye.seat)
        ),
        own=_rating(names.seats[eye.seat], given[eye.seat]) if eye.seat in given else None,
        ratings=tuple(_rating(names.seats[by], given[by]) for by in ratings),
        sealed=tuple(names.seats[by] for by in others) if whole and not shown else (),
        differ=len(letters) > 1 and not settled,
        final=_final(eye, part.id) if eye.over else None,
        settled=settled,
    )


def _tasks(eye: Eye, part: Objective) -> Iterator[TaskView]:
    """What is on the table first, then what was, then what may come; as the guide has them."""
    came = {slot.released.inject: slot.released for turn in eye.game.turns for slot in turn.slots}
    put = [slot.released.inject for turn in eye.game.turns for slot in turn.slots]
    on_the_table = put[-1:] if eye.game.phase in phases.OF_AN_INJECT else []
    mine = [one for one in eye.exercise.inject if one.objectives[:1] == [part.id]]

    def place(inject: Inject) -> tuple[bool, bool, int]:
        return (inject.id not in on_the_table, inject.id not in put, inject.number)

    for inject in sorted(mine, key=place):
        yield TaskView(
            f"{numbered(inject)} {eye.names.injects[inject.id]}",
            eye.timed(inject.expected_action, came.get(inject.id)),
            eye.names.cells[inject.lead],
            inject.id in on_the_table,
            inject.id in put,
        )


def _rating(by: str, event: Rated | Settled) -> RatingView:
    return RatingView(by, event.rating, _(RATED[event.rating]), event.why)


def _final(eye: Eye, objective: str) -> RatingView | None:
    """What stands: settled, or agreed on by all who observed it."""
    book, names = eye.game.notebook, eye.names.seats
    if objective in book.settled:
        return _rating(names[_chief(eye)], book.settled[objective])
    given = book.ratings.get(objective, {})
    letter = agreed(rating.rating for rating in given.values())
    if not letter:
        return None
    agree = [by for by in evaluators(eye.run) if by in given and given[by].rating == letter]
    who = words.listed([names[by] for by in agree])
    return RatingView(who, letter, _(RATED[letter]), "; ".join(given[by].why for by in agree))
