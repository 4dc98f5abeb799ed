"""The evaluation in plain lines: objectives, observations and ratings, for who may see them."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from ttx.i18n import _
from ttx.plain.conversation import (
    Asked,
    Conversation,
    Words,
    one_of,
    sure,
    whole_number,
    words_for,
)
from ttx.plain.sitting import Sitting
from ttx.report.document import Entry, Paragraph, Part
from ttx.session import phases
from ttx.session.asides import evaluators
from ttx.session.command import ended
from ttx.session.notebook_events import RATINGS
from ttx.session.side_commands import Analyse, Assign, Observe, Rate, Settle
from ttx.session.view import evaluation as views
from ttx.session.view.evaluation import EvaluationView, ObjectiveView, RatingView


def objectives(at: Sitting, typed: str = "") -> None:
    """The objectives with what exercised them and what was made of them; or one whole."""
    view = views.evaluation(at.eye)
    if view is None:
        at.tell(_("The evaluation is not open to this seat before the hot wash."))
        return
    shown = list(enumerate(view.objectives, start=1))
    if typed:
        shown = [row for row in shown if row[0] == whole_number(typed)]
        if not shown:
            count = len(view.objectives)
            at.tell(_("There are objectives 1 to {count}; objectives tells them.", count=count))
            return
    for number, objective in shown:
        at.show(Entry((f"{number}. {objective.text}",), tuple(_told(objective)), hang=3, under=3))
    if view.observes:
        watched = view.assigned or _("all cells")
        at.tell(_("You watch {cell}; watch CELL changes that.", cell=watched))
        at.tell(_("observe writes an observation, rate NUMBER gives a rating."))
    for part in view.watched:
        if part.seat != at.seat:
            at.tell(f"{part.told}.")
    if view.assigns:
        at.tell(_("watch says which cell an evaluator watches."))
    if view.analyses:
        at.tell(_("analyse says what lies behind an observation."))
    if view.settles:
        at.tell(_("settle NUMBER settles a rating in the open."))


def _told(view: ObjectiveView) -> Iterator[Part]:
    if view.capability:
        yield Paragraph(_("Capability: {name}.", name=view.capability))
    for title, texts in (
        (_("To be seen"), view.measures),
        (_("While levers are moved"), view.lever_tasks),
        (_("Exercised by"), view.exercised),
    ):
        if texts:
            yield Paragraph(f"{title}: {' '.join(map(ended, texts))}")
    for task in view.tasks:
        now = _("; on the table now") if task.now else ""
        yield Paragraph(
            _(
                "Critical task, {headed} ({cell} leads{now}): {expected}",
                headed=task.headed,
                cell=task.lead,
                now=now,
                expected=task.expected,
            )
        )
    for seen in view.observations:
        about = _(", about {seat}", seat=seen.seat) if seen.seat else ""
        planned = _(" (in the plan)") if seen.planned else ""
        yield Paragraph(f"{seen.where}, {seen.by}, {seen.sort}{about}: {seen.text}{planned}")
        if seen.analysis:
            by = _(" ({reference})", reference=seen.reference) if seen.reference else ""
            yield Paragraph(_("Analysis: {analysis}{by}", analysis=seen.analysis, by=by))
    for rating in view.ratings:
        yield Paragraph(_rated(rating))
    if view.sealed:
        yield Paragraph(_("Rated, and not open yet: {names}.", names=", ".join(view.sealed)))
    if view.final is not None:
        yield Paragraph(_("It stands: {rating}", rating=_rated(view.final)))
    if view.differ:
        yield Paragraph(_("The ratings differ, and nobody has settled that."))


def _rated(view: RatingView) -> str:
    return _(
        "{by}: {letter}, {words}: {why}",
        by=view.by,
        letter=view.letter,
        words=view.words,
        why=view.why,
    )


def observes(at: Sitting) -> bool:
    """Whether the seat writes observations now: an evaluator, or somebody at the desk."""
    known = at.seat in evaluators(at.game.run) or at.desk
    return at.hosted and known and at.game.phase not in (phases.BRIEFING, phases.CLOSED)


def rates(at: Sitting) -> bool:
    """Whether the seat rates now, and may watch one cell: an evaluator's."""
    view = views.evaluation(at.eye)
    return at.hosted and view is not None and view.observes


def watches(at: Sitting) -> bool:
    """Whether the seat may watch one cell, an evaluator's, or says which one others watch."""
    view = views.evaluation(at.eye)
    return at.hosted and view is not None and (view.observes or view.assigns)


def analyses(at: Sitting) -> bool:
    """Whether the seat says what lies behind observations now."""
    view = views.evaluation(at.eye)
    return at.hosted and view is not None and view.analyses


def settles(at: Sitting) -> bool:
    """Whether the seat settles ratings now: the lead evaluator, at the hot wash."""
    view = views.evaluation(at.eye)
    return at.hosted and view is not None and view.settles


def observe(at: Sitting, typed: str) -> Conversation:
    """Write an observation."""
    view = views.evaluation(at.eye)
    if view is None or not observes(at):
        at.tell(
            _("Observations are of play: from STARTEX until the run is closed.")
            if at.seat in evaluators(at.game.run) or at.desk
            else _("Observations are the evaluators'; write a note instead.")
        )
        return
    here = _("what you saw, in your own words")
    text = typed or (yield from words_for(_("what did you see"), here))
    sorts = {_(name).casefold(): sort for sort, name in views.SORT.items()}
    sorts |= {sort: sort for sort in views.SORT}
    of = _("strength, improvement or neutral")
    sort = yield from one_of(_("what is it"), sorts, of)
    objective = yield from _which(at, view, needed=False)
    seats = {short.casefold(): seat for seat, short in view.seats}
    seats |= {seat.casefold(): seat for seat, _short in view.seats} | {"": ""}
    about = _("a seat of {names}, or Enter for none", names=", ".join(dict(view.seats).values()))
    seat = yield from one_of(_("whom is it about"), seats, about)
    at.request(Observe(sort, text, objective, seat), _("The observation is in the record."))


def analyse(at: Sitting, _typed: str = "") -> Conversation:
    """Say what lies behind an observation, and what it is measured by."""
    view = views.evaluation(at.eye)
    if view is None or not view.analyses:
        at.tell(
            _("Analyses are written from STARTEX until the run is closed.")
            if at.seat in evaluators(at.game.run)
            else _("Analyses are the evaluators'; at the hot wash the desk writes them as well.")
        )
        return
    entry = yield from which_observation(at, view, own=not view.over)
    if not entry:
        return
    why = _("why it came about, and what follows from it")
    analysis = yield from words_for(_("what lies behind it"), why)
    measure = _("a plan, a policy or a procedure")
    reference = yield from words_for(_("what is it measured by"), measure, needed=False)
    at.request(Analyse(entry, analysis, reference), _("The analysis is in the record."))


def which_observation(
    at: Sitting, view: EvaluationView, *, own: bool
) -> Generator[Asked, str, int]:
    """The entry of one of the observations, or of the seat's own; 0 where there is none."""
    seen = [
        part
        for objective in view.objectives
        for part in objective.observations
        if part.own or not own
    ]
    if not seen:
        at.tell(_("There is no observation that you may take."))
        return 0
    numbered = dict(enumerate(seen, start=1))
    at.listed(
        _("The observations:"),
        (f"{row}. {part.sort}, {part.by}: {part.text}" for row, part in numbered.items()),
    )
    choices = {str(row): str(part.entry) for row, part in numbered.items()}
    here = _("a number from 1 to {count}", count=len(choices))
    chosen = yield from one_of(_("which observation"), choices, here)
    return int(chosen)


def watch(at: Sitting, typed: str) -> Conversation:
    """Choose the cell that this evaluator watches, or at the desk another one."""
    view = views.evaluation(at.eye)
    if view is None or not (view.observes or view.assigns):
        at.tell(_("An evaluator watches a cell, from STARTEX until the run is closed."))
        return
    cells = view.cells
    seat, done = at.seat, _("That is the cell that you watch.")
    if not view.observes:
        names = [part.name for part in view.watched]
        known = {str(row): part.seat for row, part in enumerate(view.watched, start=1)}
        at.listed(_("The evaluators:"), (f"{row}. {name}" for row, name in enumerate(names, 1)))
        here = _("a number from 1 to {count}", count=len(known))
        seat = yield from one_of(_("which evaluator"), known, here)
        done = _("The evaluator is told which cell to watch.")
    known = {word.casefold(): cell for cell, name in cells for word in (cell, name)}
    cell = known.get(typed.casefold().strip())
    if cell is None:
        choices = {str(row): cell for row, (cell, _name) in enumerate(cells, start=1)} | {"0": ""}
        at.listed(_("The cells:"), (f"{row}. {name}" for row, (_cell, name) in enumerate(cells, 1)))
        here = _("a number from 1 to {count}; 0 for all of them", count=len(cells))
        cell = yield from one_of(_("which cell"), choices, here)
    at.request(Assign(seat, cell), done)


def _which(at: Sitting, view: EvaluationView, *, needed: bool) -> Words:
    """An objective by its number; none where Enter is typed and none is needed."""
    known = {str(row): part.id for row, part in enumerate(view.objectives, start=1) if part.id}
    at.listed(
        _("The objectives:"),
        (f"{row}. {part.text}" for row, part in enumerate(view.objectives, start=1) if part.id),
    )
    here = _("a number from 1 to {count}", count=len(known))
    if not needed:
        known, here = known | {"": ""}, _("{here}; Enter for none", here=here)
    chosen = yield from one_of(_("which objective"), known, here)
    return chosen


def rate(at: Sitting, typed: str) -> Conversation:
    """Rate an objective."""
    view = views.evaluation(at.eye)
    if view is None or not view.observes:
        at.tell(
            _("Ratings are given between STARTEX and the end of the hot wash.")
            if at.seat in evaluators(at.game.run)
            else _("Ratings are the evaluators'.")
        )
        return
    yield from _rating(at, view, typed, settles=False)


def settle(at: Sitting, typed: str) -> Conversation:
    """Settle the rating of an objective in the open."""
    view = views.evaluation(at.eye)
    if view is None or not view.settles:
        at.tell(_("The lead evaluator settles ratings, at the hot wash."))
        return
    yield from _rating(at, view, typed, settles=True)


def _rating(at: Sitting, view: EvaluationView, typed: str, *, settles: bool) -> Conversation:
    number, _space, rest = typed.partition(" ")
    rows = {str(row): part for row, part in enumerate(view.objectives, start=1) if part.id}
    objective = rows.get(number)
    if objective is None:
        chosen = yield from _which(at, view, needed=True)
        objective = next(part for part in view.objectives if part.id == chosen)
    letter, _space, why = rest.strip().partition(" ")
    if letter.upper() not in RATINGS:
        at.listed(_("The ratings:"), (f"{name}: {views.means(name)}" for name in RATINGS))
        letters = {name: name for name in RATINGS}
        letter = yield from one_of(_("which rating"), letters, ", ".join(RATINGS))
        why = ""
    letter = letter.upper()
    why = why or (yield from words_for(_("what does it rest on"), _("what you saw of it")))
    question = views.unsupported(objective, letter)
    if question and not (yield from sure(question, _("rates it so"))):
        at.tell(_("Nothing was rated."))
        return
    request = Settle(objective.id, letter, why) if settles else Rate(objective.id, letter, why)
    at.request(request, _("It is in the record: {rating}.", rating=letter))
