"""The papers that everybody at the table gets: the situation manual and the feedback form.

Nothing is read here but what a player may see before play: the cover, the briefing, the chapters
written for the manual with the sources that they name, the objectives, and the seats with what
other seats may read of them. Injects, levers, tracks, robots, what evaluators look for and the time
plan stay closed.
"""

from __future__ import annotations

from ttx.exercise.model import Chapter, Exercise, text
from ttx.exercise.references import DESIGN
from ttx.report.document import (
    Blank,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Part,
    Table,
)
from ttx.report.script import month

OPEN = "…………………………"
"""A place to fill in by hand."""
_SIDES = {
    "allied": "player",
    "red": "player, of an adversary",
    "white": "exercise control",
}
_ASSUMPTIONS = (
    (
        "The scenario is plausible; events occur as they are presented. There is no hidden agenda "
        "and there are no trick questions."
    ),
    (
        "Time is cut into turns, and a crisis into one window. Much that happens in life between "
        "two turns is left out."
    ),
    (
        "Numbers are a model's: structured judgement, never prediction. Most sizes are design "
        "values, and say so when asked."
    ),
    (
        "Dice decide which news comes and what luck there is. Rulings say why, and what would have "
        "turned them."
    ),
    "Where nobody sits, a robot or a rule plays, and the record says which.",
    "Exercise control answers for everybody who is not at the table.",
)
_GROUND_RULES = (
    "This is open, low-stress and no-fault.",
    "Differing views are expected.",
    "Answer from plans, policy and law as they stand.",
)
_ROLES = (
    ("Players", "Speak and decide for their office. They answer the news as it comes."),
    ("Facilitator", "Sets the pace, puts the news to the table, and puts rulings to it."),
    ("Evaluators", "Write down how decisions are made, against the objectives. They rate no one."),
    ("Observers", "Watch, take no part in play, and are heard in the hot wash."),
)
_QUESTIONS = (
    "What must your office know before it can answer, and who would tell it?",
    "Which answers can your office give alone? For which does it need somebody, and whom?",
    "How long would that take today, at night, at a weekend?",
    "What do others at the table expect of you that you cannot do?",
    "How will each of the others read what you do, and how would you know?",
    "What would make you change your mind?",
)
_WEAKER = "HMLU"
_GRADES = (
    "H is an official text or two reputable reports, M one such report, L an aggregator or a "
    "partisan outlet, U no source. A grade is of a claim, never of a number in the model."
)
_STATEMENTS = (
    "The exercise was well organised, and its time was enough.",
    "The scenario was plausible.",
    "The briefing and the papers gave me what I needed to take part.",
    "The facilitator kept the discussion going and on its subject.",
    "My office was right to be at this table, and I could speak for it.",
    "Rulings were explained well enough to be argued with.",
)


def situation_manual(exercise: Exercise) -> Document:
    """The situation manual (SitMan): what everybody reads before STARTEX."""
    page = exercise.briefing
    parts: list[Part] = [
        Heading(2, "Agenda"),
        *_agenda(exercise),
        Heading(2, "Overview"),
        Facts(_overview(exercise)),
        *(Paragraph(text(one)) for one in exercise.about),
        Heading(3, "Objectives"),
        _objectives(exercise),
        Heading(2, f"Scenario: {text(page.title)}"),
        *(Paragraph(text(one)) for one in page.situation),
        Paragraph(text(page.question), "The question"),
        Paragraph(text(page.measured), "What is measured"),
        *(part for one in exercise.manual for part in _chapter(one)),
        Heading(2, "Participants"),
        Facts(_ROLES),
        _seats(exercise),
        Heading(2, "How it is played"),
        Bullets(tuple(text(one) for one in page.play)),
        Heading(2, "Questions for discussion"),
        Paragraph("To think about beforehand, and to come back to whenever news arrives."),
        Bullets((text(page.question), *_QUESTIONS), numbered=True),
        *_office_questions(exercise),
        Heading(2, "Assumptions and artificialities"),
        Bullets(_ASSUMPTIONS),
        Heading(2, "Ground rules"),
        Bullets(tuple(text(one) for one in page.ground_rules) or _GROUND_RULES),
    ]
    if page.words:
        rows = tuple((text(one.term), text(one.means)) for one in page.words)
        parts += [Heading(2, "Words"), Table(("Word", "Means"), rows, widths=(24, 76))]
    parts += _sources(exercise)
    return Document(
        title=f"{text(exercise.title)}: situation manual",
        subtitle=text(exercise.summary),
        banner=exercise.banner,
        handling="For everybody who takes part. It is exercise material: what it says is nobody's "
        "position, and it leaves the exercise only where the sponsor agrees.",
        parts=tuple(parts),
        contents=True,
    )


def feedback_form(exercise: Exercise) -> Document:
    """The participant feedback form, filled in after the hot wash."""
    objectives = tuple(text(one.text) for one in exercise.objective)
    scale = ("1", "2", "3", "4", "5", "not seen")
    title = text(exercise.title)
    parts: tuple[Part, ...] = (
        Facts(
            (
                ("Exercise", title),
                ("Date", OPEN),
                ("Office", OPEN),
                (
                    "I was",
                    "☐ player\u2003☐ observer\u2003☐ facilitator\u2003☐ evaluator\u2003☐ other",
                ),
            )
        ),
        Heading(2, "How it went"),
        Paragraph("1 is: I disagree entirely. 5 is: I agree entirely. Mark one in each row."),
        _rated("Statement", _STATEMENTS, scale),
        *([_rated("We could work on this objective", objectives, scale)] if objectives else []),
        *_asked("Strengths", "What went well, and should be kept? Up to three."),
        *_asked("Areas for improvement", "What should be better? Up to three."),
        *_asked(
            "Plans", "Which plan, policy or procedure of your office should change, and in what?"
        ),
        *_asked("Next steps", "Who should do what next, and by when? Name offices, not persons."),
        *_asked("The exercise itself", "What would you change in it before it is played again?"),
    )
    return Document(
        title=f"{title}: participant feedback form",
        banner=exercise.banner,
        handling="For players and observers, after the hot wash. No name is asked for; what is "
        "written is used for the after-action report without attribution.",
        parts=parts,
    )


def _rated(name: str, statements: tuple[str, ...], scale: tuple[str, ...]) -> Table:
    rows = tuple((one, *("☐" for _ in scale)) for one in statements)
    return Table((name, *scale), rows, widths=(63, 5, 5, 5, 5, 5, 12))


def _asked(name: str, question: str, lines: int = 3) -> tuple[Part, ...]:
    return Heading(2, name), Paragraph(question), Blank(lines)


def _agenda(exercise: Exercise) -> list[Part]:
    plan = tuple((text(one.term), text(one.means)) for one in exercise.briefing.evening)
    if plan:
        return [Table(("What", "How long"), plan, widths=(70, 30))]
    count = exercise.turns.count
    return [Bullets(("Briefing", f"Play: {count} turn{'s' if count > 1 else ''}", "Hot wash"))]


def _overview(exercise: Exercise) -> tuple[tuple[str, str], ...]:
    turns = exercise.turns
    cells = [text(one.name) for one in exercise.cell if one.side == "allied"]
    capabilities = "\n".join(text(one.name) for one in exercise.capability)
    threats = ", ".join(text(one.name) for one in exercise.adversary)
    months = f"{turns.months} month{'s' if turns.months > 1 else ''}"
    span = f"{turns.count} turn{'s' if turns.count > 1 else ''} of {months}"
    return (
        ("Exercise name", text(exercise.title)),
        ("Date and place", OPEN),
        ("Sponsor, point of contact", OPEN),
        (
            "Scope",
            (
                f"A discussion-based tabletop exercise, HSEEP-style, in a terminal. Play is "
                f"limited to these cells: {', '.join(cells)}."
            ),
        ),
        ("Mission areas", OPEN),
        *([("Capabilities", capabilities)] if capabilities else []),
        *([("Threat or hazard", threats)] if threats else []),
        ("Scenario time", f"{span}, from {month(exercise, 1)}"),
    )


def _objectives(exercise: Exercise) -> Part:
    names = {one.id: text(one.name) for one in exercise.capability}
    rows = tuple(
        (str(at), text(one.text), names[one.capability])
        for at, one in enumerate(exercise.objective, start=1)
    )
    if not rows:
        return Paragraph("The exercise names no objectives.")
    return Table(("No.", "Objective", "Capability"), rows, widths=(8, 62, 30))


def _chapter(chapter: Chapter) -> list[Part]:
    """What an author wrote for the manual."""
    parts: list[Part] = [Heading(2, text(chapter.heading))]
    parts += [Paragraph(text(one)) for one in chapter.text]
    if chapter.rows:
        head = tuple(text(one) for one in chapter.columns)
        rows = tuple(tuple(text(cell) for cell in row) for row in chapter.rows)
        parts.append(Table(head, rows))
    return parts


def _sources(exercise: Exercise) -> list[Part]:
    """Where the chapters stand, each source once a chapter, with the weakest grade among them."""
    entries = {one.id: one for one in exercise.evidence}
    rows: list[tuple[str, str, str]] = []
    for chapter in exercise.manual:
        named = [entries[name] for name in chapter.basis if name != DESIGN]
        sources = dict.fromkeys(source for one in named for source in one.source.split("; "))
        if sources:
            weakest = max((one.confidence for one in named), key=_WEAKER.index)
            rows.append((text(chapter.heading), "; ".join(sources), weakest))
    if not rows:
        return []
    head = ("Chapter", "Reported by", "Weakest grade")
    return [Heading(2, "Sources"), Table(head, tuple(rows), _GRADES, widths=(22, 66, 12))]


def _office_questions(exercise: Exercise) -> list[Part]:
    rows = tuple(
        (text(one.name), "\n".join(text(each) for each in one.questions))
        for one in exercise.seat
        if one.questions
    )
    return [Table(("Office", "Should ask itself"), rows, widths=(28, 72))] if rows else []


def _seats(exercise: Exercise) -> Table:
    sides = {one.id: one.side for one in exercise.cell}
    cells = {one.id: text(one.name) for one in exercise.cell}
    rows = tuple(
        (
            text(one.name),
            cells[one.cell],
            _SIDES[sides[one.cell]],
            "" if sides[one.cell] == "white" else text(one.wants),
        )
        for one in exercise.seat
    )
    note = "What an office is after is what the others may know of it. Its own page tells the rest."
    return Table(("Office", "Cell", "Part", "Is after"), rows, note, widths=(32, 10, 20, 38))
