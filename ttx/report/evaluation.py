"""What evaluators get: the evaluation guide (EEG), and the MSEL, which controllers get too."""

from __future__ import annotations

from ttx.exercise.model.evaluation import Objective
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.report.document import (
    Blank,
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Part,
    Table,
)
from ttx.report.players import OPEN
from ttx.report.script import ScriptLine, contextual_script, edition, script
from ttx.session.particulars import Targets
from ttx.session.view.evaluation import MEANS
from ttx.session.view.notebook_text import RATED
from ttx.session.view.words import capital

_HOW = (
    N_("Write down what was said and done, when, and by which office; then what it means."),
    (
        N_(
            "Link each observation to an inject and an objective. It is a "
            "strength, an area for improvement, or neither."
        )
    ),
    (
        N_(
            "Rate each critical task first, then tick the measures, then rate the capability "
            "target and the capability. Never rate above what you saw."
        )
    ),
    N_("Several evaluators rate apart; the lead evaluator settles the final rating with them."),
    N_("You rate work, never persons, and there is no grade for the table."),
)
_LETTERS = N_("☐ P\u2003☐ S\u2003☐ M\u2003☐ U\u2003☐ not observed")
_BESIDES = N_("Look for it also in")
_TICKS = N_("☐ P ☐ S\n☐ M ☐ U\n☐ N")
_TASKS = (34, 34, 12)
"""Shares of the width of a task, of the room beside it and of its rating."""


def evaluation_guide(exercise: Exercise, targets: Targets | None = None) -> Document:
    """The exercise evaluation guide: a page for each objective, with what to look for.

    A rating that the sponsor would have reached stands with its objective.
    """
    wanted = targets.objectives if targets is not None else {}
    scale = tuple((letter, capital(_(RATED[letter])), _(MEANS[letter])) for letter in RATED)
    parts: list[Part] = [
        Notice(_("Not for players.")),
        Facts(
            (
                (_("Evaluator (office)"), OPEN),
                (_("Contact"), OPEN),
                (_("Date"), OPEN),
                (_("Cell"), OPEN),
            )
        ),
        Heading(2, _("How to use this guide")),
        Bullets(tuple(map(_, _HOW))),
        Heading(2, _("Ratings")),
        Table((_("Letter"), _("Rating"), _("Means")), scale, widths=(10, 28, 62)),
    ]
    parts += _lever_phase(exercise)
    for at, objective in enumerate(exercise.objective, start=1):
        parts += _objective(exercise, at, objective, wanted.get(objective.id, ""))
    if not exercise.objective:
        parts.append(Paragraph(_("The exercise names no objectives, so there is nothing to rate.")))
    return Document(
        title=_("{exercise}: evaluation guide", exercise=text(exercise.title)),
        subtitle=edition(exercise),
        banner=exercise.banner,
        handling=_("For evaluators and exercise control only. Not for players before ENDEX."),
        parts=tuple(parts),
        contents=True,
    )


def _lever_phase(exercise: Exercise) -> list[Part]:
    """A page for what is decided without any news: the policies that a turn begins with."""
    tasks = tuple(
        (_("Objective {at}", at=at), text(task), "", _(_TICKS))
        for at, objective in enumerate(exercise.objective, start=1)
        for task in objective.lever_tasks
    )
    if not tasks:
        return []
    head = (_("Serves"), _("Critical task, each turn"), _("Observed, in which turn"), _("Rating"))
    return [
        PageBreak(),
        Heading(2, _("While levers are moved")),
        Paragraph(_("Each turn begins with this, before its news; no inject asks for it.")),
        Table(head, tasks, widths=(20, *_TASKS)),
        Heading(3, _("What was moved, and the reason given")),
        Blank(6),
    ]


def _objective(exercise: Exercise, at: int, objective: Objective, wanted: str) -> list[Part]:
    name = next(
        text(capability.name)
        for capability in exercise.capability
        if capability.id == objective.capability
    )
    serving = [line for line in script(exercise) if objective.id in line.serves]
    tasks = tuple(
        (f"{line.number} {line.title}\n{line.turns}", line.expected, "", _(_TICKS))
        for line in serving
        if line.serves[0] == objective.id
    )
    others = [
        f"{line.number} {line.title} ({line.turns})"
        for line in serving
        if line.serves[0] != objective.id
    ]
    measures = tuple(
        (text(measure), _("☐ yes ☐ in part\n☐ no ☐ not seen")) for measure in objective.measures
    )
    stands = _("The measures below") if measures else _("The objective as it stands")
    sets = _("rated {rating} or better", rating=wanted) if wanted else OPEN
    target = _("{stands}, or as the sponsor sets it: {open}", stands=stands, open=sets)
    head = (_("Inject"), _("Critical task (expected action)"), _("Observed, and when"), _("Rating"))
    return [
        PageBreak(),
        Heading(2, _("Objective {at}: {name}", at=at, name=name)),
        Facts(
            (
                (_("Objective"), text(objective.text)),
                (_("Capability"), name),
                (_("Capability target"), target),
            )
        ),
        *([Table((_("Measure"), _("Met")), measures, widths=(76, 24))] if measures else []),
        Table(head, tasks, widths=(20, *_TASKS))
        if tasks
        else Paragraph(_("No inject asks for it first; look for it in every discussion.")),
        *(
            [
                Paragraph(
                    _("{others}. Their own task is rated elsewhere.", others=", ".join(others)),
                    _(_BESIDES),
                )
            ]
            if others
            else []
        ),
        Heading(3, _("Observation notes and explanation of rating")),
        Blank(6),
        Facts(((_("Target rating"), _(_LETTERS)), (_("Final capability rating"), _(_LETTERS)))),
    ]


def msel(exercise: Exercise) -> Document:
    """The master scenario events list, a row for each inject."""
    head = (
        *(_("No."), _("Scenario time"), _("Kind"), _("Title"), _("From"), _("To"), _("Channel")),
        *(_("Objectives"), _("Expected action"), _("Contingency: if it does not come")),
    )
    rows = tuple(
        (
            *(line.number, _when(line), line.kind, line.title, line.sender, line.to, _by(line)),
            *(_numbers(exercise, line), line.expected, line.contingency),
        )
        for line in (*script(exercise), *(line for line, _part in contextual_script(exercise)))
    )
    note = _(
        "Scenario time is the turns in which an inject can come. Which one comes is proposed by "
        "the dice at the table; exercise control may release another, defer it or skip it."
    )
    if exercise.contextual:
        asks_nothing = _(
            "Contextual injects (m1 and so on) ask nothing and take no slot: exercise control "
            "sends them when it likes, and only those named read them."
        )
        note = f"{note} {asks_nothing}"
    return Document(
        title=_("{exercise}: master scenario events list (MSEL)", exercise=text(exercise.title)),
        subtitle=edition(exercise),
        banner=exercise.banner,
        handling=_(
            "For controllers and evaluators only. Not for players, before play or during it."
        ),
        parts=(
            Notice(_("Not for players.")),
            Table(head, rows, note, widths=(4, 7, 7, 10, 12, 12, 9, 7, 16, 16)),
            Heading(2, _("Objectives")),
            Bullets(tuple(text(objective.text) for objective in exercise.objective), numbered=True),
        ),
        wide=True,
    )


def _by(line: ScriptLine) -> str:
    """The channel, and which controller puts it where the list names one."""
    if not line.controller:
        return line.channel
    return _("{channel}, by {controller}", channel=line.channel, controller=line.controller)


def _when(line: ScriptLine) -> str:
    """The turns in which it can come, and when its list plans it."""
    return f"{line.turns}\n{line.planned}" if line.planned else line.turns


def _numbers(exercise: Exercise, line: ScriptLine) -> str:
    """The objectives of an inject, by their numbers in the list under the table."""
    ids = [objective.id for objective in exercise.objective]
    return ", ".join(str(at + 1) for at in sorted(map(ids.index, line.serves)))
