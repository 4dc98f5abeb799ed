"""The papers that everybody at the table gets: the situation manual and the feedback form.

Nothing is read here but what a player may see before play: the cover, the briefing, the chapters
written for the manual with the sources that they name, the objectives, the places that the map
names from the beginning, what is due that everybody knows of, and the seats with what other seats
may read of them. Injects, levers, tracks, robots, what evaluators look for and the time plan stay
closed.
"""

from __future__ import annotations

from ttx.exercise.feedback import Question, questions, statements
from ttx.exercise.model.briefing import Chapter
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _, ngettext
from ttx.report.attendees import SIDES
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
from ttx.report.script import begins
from ttx.report.theatre_map import theatre_map
from ttx.report.timeline import timeline
from ttx.session.particulars import Particulars
from ttx.session.view import words
from ttx.session.view.briefing import with_names
from ttx.session.view.glossary import glossary
from ttx.session.view.particulars import dates_text

OPEN = "…………………………"
"""A place to fill in by hand."""
_ASSUMPTIONS = (
    (
        N_(
            "The scenario is plausible; events occur as they are presented. "
            "There is no hidden agenda and there are no trick questions."
        )
    ),
    (
        N_(
            "Time is cut into turns, and a crisis into one window. Much that "
            "happens in life between two turns is left out."
        )
    ),
    (
        N_(
            "Numbers are a model's: structured judgement, never prediction. Most "
            "sizes are design values, and say so when asked."
        )
    ),
    (
        N_(
            "Dice decide which news comes and what luck there is. Rulings say "
            "why, and what would have turned them."
        )
    ),
    N_("Where nobody sits, a robot or a rule plays, and the record says which."),
    N_("Exercise control answers for everybody who is not at the table."),
)
_GROUND_RULES = (
    N_("This is open, low-stress and no-fault."),
    N_("Differing views are expected."),
    N_("Answer from plans, policy and law as they stand."),
)
_ROLES = (
    (N_("Players"), N_("Speak and decide for their office. They answer the news as it comes.")),
    (N_("Facilitator"), N_("Sets the pace, puts the news to the table, and puts rulings to it.")),
    (
        N_("Evaluators"),
        N_("Write down how decisions are made, against the objectives. They rate no one."),
    ),
    (N_("Observers"), N_("Watch, take no part in play, and are heard in the hot wash.")),
)
_QUESTIONS = (
    N_("What must your office know before it can answer, and who would tell it?"),
    N_("Which answers can your office give alone? For which does it need somebody, and whom?"),
    N_("How long would that take today, at night, at a weekend?"),
    N_("What do others at the table expect of you that you cannot do?"),
    N_("How will each of the others read what you do, and how would you know?"),
    N_("What would make you change your mind?"),
)
_WEAKER = "HMLU"
_GRADES = N_(
    "H is an official text or two reputable reports, M one such report, L an aggregator or a "
    "partisan outlet, U no source. A grade is of a claim, never of a number in the model."
)


def situation_manual(exercise: Exercise, particulars: Particulars | None = None) -> Document:
    """The situation manual (SitMan): what everybody reads before STARTEX."""
    page = exercise.briefing
    levers = {lever.id: text(lever.name) for lever in exercise.lever}
    parts: list[Part] = [
        Heading(2, _("Agenda")),
        *_agenda(exercise),
        Heading(2, _("Overview")),
        Facts(_overview(exercise, particulars or Particulars())),
        *(Paragraph(text(about)) for about in exercise.about),
        Heading(3, _("Objectives")),
        _objectives(exercise),
        Heading(2, _("Scenario: {page}", page=text(page.title))),
        *(Paragraph(text(situation)) for situation in page.situation),
        Paragraph(text(page.question), _("The question")),
        Paragraph(text(page.measured), _("What is measured")),
        *_laid_out(exercise),
        *(part for manual in exercise.manual for part in _chapter(manual)),
        Heading(2, _("Participants")),
        Facts(tuple((_(role), _(does)) for role, does in _ROLES)),
        _seats(exercise),
        Heading(2, _("How it is played")),
        Bullets(tuple(with_names(levers, text(play)) for play in page.play)),
        Heading(2, _("Questions for discussion")),
        Paragraph(_("To think about beforehand, and to come back to whenever news arrives.")),
        Bullets((text(page.question), *map(_, _QUESTIONS)), numbered=True),
        *_office_questions(exercise),
        Heading(2, _("Assumptions and artificialities")),
        Bullets(tuple(map(_, _ASSUMPTIONS))),
        Heading(2, _("Ground rules")),
        Bullets(
            tuple(text(ground_rule) for ground_rule in page.ground_rules)
            or tuple(map(_, _GROUND_RULES))
        ),
    ]
    words = Table((_("Word"), _("Means")), glossary(exercise), widths=(24, 76))
    parts += [Heading(2, _("Words")), words, *_sources(exercise)]
    return Document(
        title=_("{exercise}: situation manual", exercise=text(exercise.title)),
        subtitle=text(exercise.summary),
        banner=exercise.banner,
        handling=_(
            "For everybody who takes part. It is exercise material: what it says is nobody's "
            "position, and it leaves the exercise only where the sponsor agrees."
        ),
        parts=tuple(parts),
        contents=True,
    )


def feedback_form(exercise: Exercise) -> Document:
    """The participant feedback form, filled in after the hot wash."""
    stated = {
        objective: tuple(part.text for part in statements(exercise) if part.objective == objective)
        for objective in (False, True)
    }
    scale = ("1", "2", "3", "4", "5", _("not seen"))
    title = text(exercise.title)
    parts: tuple[Part, ...] = (
        Facts(
            (
                (_("Date"), OPEN),
                (_("Office"), OPEN),
                (
                    _("I was"),
                    _("☐ player\u2003☐ observer\u2003☐ facilitator\u2003☐ evaluator\u2003☐ other"),
                ),
            )
        ),
        Heading(2, _("How it went")),
        Paragraph(_("1 is: I disagree entirely. 5 is: I agree entirely. Mark one in each row.")),
        _rated(_("Statement"), stated[False], scale),
        *(
            [_rated(_("We could work on this objective"), stated[True], scale)]
            if stated[True]
            else []
        ),
        *(part for question in questions(exercise) for part in _asked(question)),
    )
    return Document(
        title=_("{title}: participant feedback form", title=title),
        banner=exercise.banner,
        handling=_(
            "For players and observers, after the hot wash. No name is asked for; what is written "
            "is used for the after-action report without attribution."
        ),
        parts=parts,
    )


def _rated(name: str, statements: tuple[str, ...], scale: tuple[str, ...]) -> Table:
    rows = tuple((statement, *("☐" for _rest in scale)) for statement in statements)
    return Table((name, *scale), rows, widths=(63, 5, 5, 5, 5, 5, 12))


def _asked(question: Question, lines: int = 3) -> tuple[Part, ...]:
    if not question.name:
        return Heading(2, question.ask), Blank(lines)
    return Heading(2, question.name), Paragraph(question.ask), Blank(lines)


def _agenda(exercise: Exercise) -> list[Part]:
    plan = tuple((text(evening.term), text(evening.means)) for evening in exercise.briefing.evening)
    if plan:
        return [Table((_("What"), _("How long")), plan, widths=(70, 30))]
    count = exercise.turns.count
    return [
        Bullets(
            (
                _("Briefing"),
                ngettext("Play: {count} turn", "Play: {count} turns", count),
                _("Hot wash"),
            )
        )
    ]


def _overview(exercise: Exercise, particulars: Particulars) -> tuple[tuple[str, str], ...]:
    turns = exercise.turns
    cells = [text(cell.name) for cell in exercise.cell if cell.side == "allied"]
    capabilities = "\n".join(text(capability.name) for capability in exercise.capability)
    threats = ", ".join(text(adversary.name) for adversary in exercise.adversary)
    months = words.turn_length(turns)
    span = ngettext(
        "{count} turn of {months}", "{count} turns of {months}", turns.count, months=months
    )
    return (
        (_("Exercise name"), particulars.name or text(exercise.title)),
        (_("Date and place"), _given(dates_text(particulars), particulars.place)),
        (_("Sponsor, point of contact"), _given(particulars.sponsor, particulars.contact)),
        (
            _("Scope"),
            (
                _(
                    "A discussion-based tabletop exercise, HSEEP-style, in a "
                    "terminal. Play is limited to these cells: {cells}.",
                    cells=", ".join(cells),
                )
            ),
        ),
        (_("Mission areas"), _given(", ".join(particulars.areas))),
        *([(_("Capabilities"), capabilities)] if capabilities else []),
        *([(_("Threat or hazard"), threats)] if threats else []),
        (_("Scenario time"), _("{span}, from {month}", span=span, month=begins(exercise, 1))),
    )


def _given(*stated: str) -> str:
    """What of it was stated; a place to fill in where nothing was."""
    return ", ".join(filter(None, stated)) or OPEN


def _objectives(exercise: Exercise) -> Part:
    names = {capability.id: text(capability.name) for capability in exercise.capability}
    rows = tuple(
        (str(at), text(objective.text), names[objective.capability])
        for at, objective in enumerate(exercise.objective, start=1)
    )
    if not rows:
        return Paragraph(_("The exercise names no objectives."))
    return Table((_("No."), _("Objective"), _("Capability")), rows, widths=(8, 62, 30))


def _laid_out(exercise: Exercise) -> list[Part]:
    """Where and when it plays, as far as everybody may know."""
    parts: list[Part] = []
    if exercise.map is not None:
        parts += [Heading(3, _("Map")), theatre_map(exercise.map)]
    return [*parts, Heading(3, _("Timeline")), timeline(exercise)]


def _chapter(chapter: Chapter) -> list[Part]:
    """What an author wrote for the manual."""
    parts: list[Part] = [Heading(2, text(chapter.heading))]
    parts += [Paragraph(text(paragraph)) for paragraph in chapter.text]
    if chapter.rows:
        head = tuple(text(column) for column in chapter.columns)
        rows = tuple(tuple(text(cell) for cell in row) for row in chapter.rows)
        parts.append(Table(head, rows))
    return parts


def _sources(exercise: Exercise) -> list[Part]:
    """Where the chapters stand, each source once a chapter, with the weakest grade among them."""
    entries = {evidence.id: evidence for evidence in exercise.evidence}
    rows: list[tuple[str, str, str]] = []
    for chapter in exercise.manual:
        named = [entries[name] for name in chapter.basis if name != DESIGN]
        sources = dict.fromkeys(source for entry in named for source in entry.source.split("; "))
        if sources:
            weakest = max((entry.confidence for entry in named), key=_WEAKER.index)
            rows.append((text(chapter.heading), "; ".join(sources), weakest))
    if not rows:
        return []
    head = (_("Chapter"), _("Reported by"), _("Weakest grade"))
    return [Heading(2, _("Sources")), Table(head, tuple(rows), _(_GRADES), widths=(22, 66, 12))]


def _office_questions(exercise: Exercise) -> list[Part]:
    rows = tuple(
        (text(seat.name), "\n".join(text(each) for each in seat.questions))
        for seat in exercise.seat
        if seat.questions
    )
    return [Table((_("Office"), _("Should ask itself")), rows, widths=(28, 72))] if rows else []


def _seats(exercise: Exercise) -> Table:
    sides = {cell.id: cell.side for cell in exercise.cell}
    cells = {cell.id: text(cell.name) for cell in exercise.cell}
    rows = tuple(
        (
            text(seat.name),
            cells[seat.cell],
            _(SIDES[sides[seat.cell]]),
            "" if sides[seat.cell] == "white" else text(seat.wants),
        )
        for seat in exercise.seat
    )
    note = _(
        "What an office is after is what the others may know of it. Its own page tells the rest."
    )
    return Table(
        (_("Office"), _("Cell"), _("Part"), _("Is after")), rows, note, widths=(32, 10, 20, 38)
    )
