"""The facilitator's guide: the run of show, every inject with its script, and how to rule."""

from __future__ import annotations

from ttx.exercise.length import OF_AN_INJECT, ONCE, length
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.references import PHASES
from ttx.i18n import N_, _
from ttx.report.document import (
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Part,
    Table,
)
from ttx.report.inject import inject_pages
from ttx.report.opposition import opposition
from ttx.report.script import condition, edition, span
from ttx.session.control_commands import STRENGTHS
from ttx.session.view import words
from ttx.session.view.table import PHASES as PHASE_NAMES

_DOING = {
    "briefing": N_("All read the briefing and their own page. Say the ground rules, give STARTEX."),
    "levers": N_("Cells move levers; a move that costs consent waits for the cell that grants it."),
    "inject": N_(
        "Release the inject that is proposed, or another; defer or skip it with a reason."
    ),
    "deliberation": N_("Cells talk, seats commit, leads submit. If talk stalls, ask a question."),
    "adjudication": N_(
        "Look at the proposed ruling before anybody else: confirm, modify or overrule."
    ),
    "review": N_("Put the ruling to the table with its reasons. A seat may challenge it."),
    "outcome": N_("Tell what came of it, and go on to the next slot."),
    "response": N_(
        "Who plays an adversary chooses, sealed. Close it; the rule chooses for the rest."
    ),
    "reckoning": N_("Each adversary acts, and the scores are read. One gate, then the next turn."),
    "hotwash": N_(
        "What was planned, what happened, why, what next. Everybody is heard once first."
    ),
}
_RULINGS = (
    (
        N_("Confirm"),
        N_("The ruling stands as the model proposes it."),
        N_("No reason is needed."),
    ),
    (
        N_("Modify"),
        (
            N_(
                "The timing moves one step either way (in time, late, far too late), or an effect "
                "is set between nothing and one and a half times what the model gives it."
            )
        ),
        N_("With a reason, which goes on the record."),
    ),
    (
        N_("Overrule"),
        N_("Anything beyond that."),
        N_("With a reason, which goes on the record; the run is no longer compared like for like."),
    ),
    (
        N_("By hand"),
        (
            N_(
                "What came of it in your own words, and effects on tracks that you choose. It is "
                "all there is for an inject without effects; elsewhere such effects overrule."
            )
        ),
        N_("With a reason, which goes on the record."),
    ),
)
_ARGUED = (
    N_("The reasons against it would stop it."),
    N_("More speaks against it than for it."),
    N_("As much speaks for it as against it."),
    N_("More speaks for it than against it."),
    N_("Little can be said against it."),
)
"""When a written-in action has each of the strengths."""
_HOW_TO_RULE = (
    (
        N_(
            "Read the because and the margin first: they say what the ruling "
            "rests on, and what would have turned it."
        )
    ),
    N_("Rule on what was answered, not on who answered or how well it was argued."),
    (
        N_(
            "A seat may challenge once a turn. Let the ruling stand, modify or overturn it, with "
            "a reason; contested rulings are listed in the report."
        )
    ),
    N_("The model is judgement written down beforehand. You are the adjudicator of last resort."),
)
_CONDUCT = (
    N_("You hold the pace, the players hold the path. Steer towards no answer."),
    N_("When the expected action does not come, use the contingency under the inject."),
    N_("What falls due while people decide waits for them; nothing is lost by a pause."),
    N_("An evaluator writes beside you; say reasons aloud, so that they can be written down."),
)


def facilitator_guide(exercise: Exercise) -> Document:
    """The guide for whoever runs the exercise; nobody who plays may read it."""
    return Document(
        title=_("{exercise}: facilitator's guide", exercise=text(exercise.title)),
        subtitle=edition(exercise),
        banner=exercise.banner,
        handling=_(
            "For the facilitator and exercise control only. Not for players, "
            "before play or during it."
        ),
        parts=(
            Notice(_("Not for players. It holds every inject, what is expected, and how to rule.")),
            Heading(2, _("Run of show")),
            *_run_of_show(exercise),
            Heading(2, _("Turn by turn")),
            _turns(exercise),
            Heading(2, _("Objectives")),
            _objectives(exercise),
            Heading(2, _("How far an answer carries")),
            *_carries(exercise),
            *opposition(exercise),
            Heading(2, _("How to rule")),
            *_rulings(),
            *inject_pages(exercise),
        ),
        contents=True,
    )


def _run_of_show(exercise: Exercise) -> list[Part]:
    plan = exercise.time_plan
    often = {
        **dict.fromkeys(OF_AN_INJECT, _("each inject")),
        **dict.fromkeys(ONCE, _("once")),
    }
    rows = tuple(
        (
            _(PHASE_NAMES[phase]),
            _("{plan} min", plan=plan[phase]) if phase in plan else "",
            often.get(phase, _("each turn")),
            _(_DOING[phase]),
        )
        for phase in PHASES
    )
    takes = length(plan, exercise.turns.count, len(exercise.inject))
    parts: list[Part] = [
        Bullets(tuple(map(_, _CONDUCT))),
        Table(
            (_("Phase"), _("Time"), _("How often"), _("What you do")), rows, widths=(16, 10, 14, 60)
        ),
    ]
    if takes is not None:
        parts.append(
            Paragraph(
                _(
                    "{once} min once, {turn} min a turn, {inject} min an inject. "
                    "With {count} turns and about {injects} injects, as two slots in three are "
                    "usually filled, that is {usual} without breaks; with none to two injects a "
                    "turn {least} to {most}.",
                    once=takes.once,
                    turn=takes.turn,
                    inject=takes.inject,
                    count=exercise.turns.count,
                    injects=takes.injects,
                    usual=words.hours(takes.usual),
                    least=words.hours(takes.least),
                    most=words.hours(takes.most),
                ),
                _("Time in all"),
            )
        )
    evening = tuple((text(row.term), text(row.means)) for row in exercise.briefing.evening)
    if evening:
        parts += [Paragraph(_("The plan that players read:")), Facts(evening)]
    return parts


def _turns(exercise: Exercise) -> Table:
    rows = []
    for turn in range(1, exercise.turns.count + 1):
        dated = [
            text(row.name)
            for row in exercise.calendar
            if any(turn in entry.turns for entry in row.entries)
        ]
        by_slot = [
            ", ".join(
                inject.on_list
                for inject in exercise.inject
                if inject.slot == slot and inject.turns[0] <= turn <= inject.turns[1]
            )
            for slot in ("policy", "crisis")
        ]
        rows.append((f"T{turn}", span(exercise, turn), *by_slot, "\n".join(dated)))
    head = (
        _("Turn"),
        _("Months"),
        _("Policy injects that can come"),
        _("Crisis injects"),
        _("By date"),
    )
    first = ", ".join(exercise.turns.first_levers)
    note = _("In turn 1 people move only these levers: {first}.", first=first) if first else ""
    return Table(head, tuple(rows), note, widths=(7, 17, 22, 28, 26))


def _objectives(exercise: Exercise) -> Part:
    names = {capability.id: text(capability.name) for capability in exercise.capability}
    rows = tuple(
        (
            text(objective.text),
            names[objective.capability],
            ", ".join(f"{i.number:02d}" for i in exercise.inject if objective.id in i.objectives)
            or _("none"),
        )
        for objective in exercise.objective
    )
    if not rows:
        return Paragraph(_("The exercise names no objectives."))
    note = _("Before you skip an inject, see that each objective keeps one that exercises it.")
    return Table((_("Objective"), _("Capability"), _("Injects")), rows, note, widths=(46, 24, 30))


def _carries(exercise: Exercise) -> list[Part]:
    postures = tuple(
        (posture.id, text(posture.name), condition(exercise, posture.when) or _("otherwise"))
        for posture in exercise.posture
    )
    leans = tuple(
        (text(lean.name), *(words.carries(quarters) for quarters in lean.quarters))
        for lean in exercise.lean
    )
    return [
        Paragraph(
            _(
                "Posture is how the table is set up. It is read when the levers close, counts for "
                "both slots of the turn, and decides how far the benefits of an answer carry. "
                "Costs are always paid in full. The first that holds counts."
            )
        ),
        Table((_("Posture"), _("Name"), _("Holds when")), postures, widths=(12, 38, 50)),
        Table((_("Lean of the answer"), *(posture.id for posture in exercise.posture)), leans),
    ]


def _rulings() -> list[Part]:
    rulings = tuple(tuple(map(_, row)) for row in _RULINGS)
    strengths = tuple(
        (_(name), words.carries(quarters), _(why))
        for quarters, (name, why) in enumerate(zip(STRENGTHS, _ARGUED, strict=True))
    )
    return [
        Bullets(tuple(map(_, _HOW_TO_RULE))),
        Table((_("You"), _("What it may change"), _("Reason")), rulings, widths=(14, 56, 30)),
        Heading(3, _("Answers that nobody wrote beforehand")),
        Paragraph(
            _(
                "A cell may write in an action of its own. Hear reasons for it "
                "and against it, choose the option of the inject whose benefits "
                "it would have, and one of five strengths."
            )
        ),
        Table((_("Strength"), _("Benefits count"), _("When")), strengths, widths=(20, 22, 58)),
    ]
