"""The facilitator's guide: the run of show, every inject with its script, and how to rule."""

from __future__ import annotations

from ttx.exercise.model import Exercise, text
from ttx.exercise.references import PHASES
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
from ttx.report.script import condition, edition, quarter
from ttx.session.control_commands import STRENGTHS
from ttx.session.view import words

_DOING = {
    "briefing": "All read the briefing and their own page. Say the ground rules, give STARTEX.",
    "levers": "Cells move levers; a move that costs consent waits for the cell that grants it.",
    "inject": "Release the inject that is proposed, or another; defer or skip it with a reason.",
    "deliberation": "Cells talk, seats commit, leads submit. If talk stalls, ask a question.",
    "adjudication": "Look at the proposed ruling before anybody else: confirm, modify or overrule.",
    "review": "Put the ruling to the table with its reasons. A seat may challenge it.",
    "outcome": "Tell what came of it, and go on to the next slot.",
    "response": "Who plays an adversary chooses, sealed. Close it; the rule chooses for the rest.",
    "reckoning": "Each adversary acts, and the scores are read. One gate, then the next turn.",
    "hotwash": "What was planned, what happened, why, what next. Everybody is heard once first.",
}
_EACH_SLOT = ("inject", "deliberation", "adjudication", "review", "outcome")
_ONCE = ("briefing", "hotwash")
_RULINGS = (
    (
        "Confirm",
        "The ruling stands as the model proposes it.",
        "No reason is needed.",
    ),
    (
        "Modify",
        (
            "The timing moves one step either way (in time, late, far too late), or an effect is "
            "set between nothing and one and a half times what the model gives it."
        ),
        "With a reason, which goes on the record.",
    ),
    (
        "Overrule",
        "Anything beyond that.",
        "With a reason, which goes on the record; the run is no longer compared like for like.",
    ),
)
_ARGUED = (
    "The reasons against it would stop it.",
    "More speaks against it than for it.",
    "As much speaks for it as against it.",
    "More speaks for it than against it.",
    "Little can be said against it.",
)
"""When a written-in action has each of the strengths."""
_HOW_TO_RULE = (
    (
        "Read the because and the margin first: they say what the ruling rests on, and what would "
        "have turned it."
    ),
    "Rule on what was answered, not on who answered or how well it was argued.",
    (
        "A seat may challenge once a turn. Uphold, modify or overturn, with a reason; contested "
        "rulings are listed in the report."
    ),
    "The model is judgement written down beforehand. You are the adjudicator of last resort.",
)
_CONDUCT = (
    "You hold the pace, the players hold the path. Steer towards no answer.",
    "When the expected action does not come, use the contingency under the inject.",
    "What falls due while people decide waits for them; nothing is lost by a pause.",
    "An evaluator writes beside you; say reasons aloud, so that they can be written down.",
)


def facilitator_guide(exercise: Exercise) -> Document:
    """The guide for whoever runs the exercise; nobody who plays may read it."""
    return Document(
        title=f"{text(exercise.title)}: facilitator's guide",
        subtitle=edition(exercise),
        banner=exercise.banner,
        handling="For the facilitator and exercise control only. Not for players, before play or "
        "during it.",
        parts=(
            Notice("Not for players. It holds every inject, what is expected, and how to rule."),
            Heading(2, "Run of show"),
            *_run_of_show(exercise),
            Heading(2, "Turn by turn"),
            _turns(exercise),
            Heading(2, "Objectives"),
            _objectives(exercise),
            Heading(2, "How far an answer carries"),
            *_carries(exercise),
            *opposition(exercise),
            Heading(2, "How to rule"),
            *_rulings(),
            *inject_pages(exercise),
        ),
        contents=True,
    )


def _run_of_show(exercise: Exercise) -> list[Part]:
    plan = exercise.time_plan
    often = {
        **dict.fromkeys(_EACH_SLOT, "each inject"),
        **dict.fromkeys(_ONCE, "once"),
    }
    rows = tuple(
        (
            phase,
            f"{plan[phase]} min" if phase in plan else "",
            often.get(phase, "each turn"),
            _DOING[phase],
        )
        for phase in PHASES
    )
    once = sum(plan.get(phase, 0) for phase in _ONCE)
    turn = sum(plan.get(phase, 0) for phase in ("levers", "response", "reckoning"))
    inject = sum(plan.get(phase, 0) for phase in _EACH_SLOT)
    count = exercise.turns.count
    parts: list[Part] = [
        Bullets(_CONDUCT),
        Table(("Phase", "Time", "How often", "What you do"), rows, widths=(16, 10, 14, 60)),
    ]
    if plan:
        least = once + count * turn
        most = least + 2 * count * inject
        parts.append(
            Paragraph(
                f"{once} min once, {turn} min a turn, {inject} min an inject. With {count} turns "
                f"and none to two injects a turn that is {words.hours(least)} to "
                f"{words.hours(most)}, without breaks.",
                "Time in all",
            )
        )
    evening = tuple((text(one.term), text(one.means)) for one in exercise.briefing.evening)
    if evening:
        parts += [Paragraph("The plan that players read:"), Facts(evening)]
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
                f"{one.number:02d}"
                for one in exercise.inject
                if one.slot == slot and one.turns[0] <= turn <= one.turns[1]
            )
            for slot in ("policy", "crisis")
        ]
        rows.append((f"T{turn}", quarter(exercise, turn), *by_slot, "\n".join(dated)))
    head = ("Turn", "Months", "Policy injects that can come", "Crisis injects", "By date")
    first = ", ".join(exercise.turns.first_levers)
    note = f"In turn 1 people move only these levers: {first}." if first else ""
    return Table(head, tuple(rows), note, widths=(7, 17, 22, 28, 26))


def _objectives(exercise: Exercise) -> Part:
    names = {one.id: text(one.name) for one in exercise.capability}
    rows = tuple(
        (
            text(one.text),
            names[one.capability],
            ", ".join(f"{i.number:02d}" for i in exercise.inject if one.id in i.objectives)
            or "none",
        )
        for one in exercise.objective
    )
    if not rows:
        return Paragraph("The exercise names no objectives.")
    note = "Before you skip an inject, see that each objective keeps one that exercises it."
    return Table(("Objective", "Capability", "Injects"), rows, note, widths=(46, 24, 30))


def _carries(exercise: Exercise) -> list[Part]:
    postures = tuple(
        (one.id, text(one.name), condition(exercise, one.when) or "otherwise")
        for one in exercise.posture
    )
    leans = tuple(
        (text(one.name), *(words.carries(quarters) for quarters in one.quarters))
        for one in exercise.lean
    )
    return [
        Paragraph(
            "Posture is how the table is set up. It is read when the levers close, counts for both "
            "slots of the turn, and decides how far the benefits of an answer carry. Costs are "
            "always paid in full. The first that holds counts."
        ),
        Table(("Posture", "Name", "Holds when"), postures, widths=(12, 38, 50)),
        Table(("Lean of the answer", *(one.id for one in exercise.posture)), leans),
    ]


def _rulings() -> list[Part]:
    strengths = tuple(
        (name, words.carries(quarters), why)
        for quarters, (name, why) in enumerate(zip(STRENGTHS, _ARGUED, strict=True))
    )
    return [
        Bullets(_HOW_TO_RULE),
        Table(("You", "What it may change", "Reason"), _RULINGS, widths=(14, 56, 30)),
        Heading(3, "Answers that nobody wrote beforehand"),
        Paragraph(
            "A cell may write in an action of its own. Hear reasons for it and against it, choose "
            "the option of the inject whose benefits it would have, and one of five strengths."
        ),
        Table(("Strength", "Benefits count", "When"), strengths, widths=(20, 22, 58)),
    ]
