"""Rows of the evaluation: an objective in the list, and all there is on one as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from ttx.i18n import _
from ttx.report.document import Entry, Paragraph, Part, Tone
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH
from ttx.session.view.evaluation import SORT, ObjectiveView, RatingView, TaskView, WatchView
from ttx.session.view.words import listed
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

TALL = 3
"""Rows of an objective where it is not brief."""
SIGNS = {STRENGTH: "+", IMPROVEMENT: "-", NEUTRAL: "="}
"""That of an observation of each sort, as it stands on the key for it."""


def row(
    view: ObjectiveView, width: int, ink: Ink, signs: Glyphs, *, marked: bool, brief: bool
) -> list[Text]:
    """An objective with what there is on it: a row where it has to be brief, else three."""
    fill = ink.raised if marked else ""
    style = f"bold {ink.text}" if marked else ink.text
    mark: Seg = (f"{signs.marked if marked else ' '} ", f"bold {ink.cool}")
    if brief:
        return [paint.line(width, [mark, (view.text, style)], _facts(view, ink), fill)]
    first, second, *_rest = [*paint.fitted(view.text, width - 4, 2), ""]
    return [
        paint.line(width, [mark, (first, style)], (), fill),
        paint.line(width, [("  ", ""), (second, style)], (), fill),
        paint.line(width, [("  ", ""), (view.capability, ink.muted)], _facts(view, ink), fill),
    ]


def _facts(view: ObjectiveView, ink: Ink) -> list[Seg]:
    """How often it was exercised, what was seen of it, and its rating, in fixed columns."""
    count = f"{len(view.exercised):>3}" if view.id else "   "
    ratings = (view.final,) if view.final is not None else view.ratings
    letters = "/".join(dict.fromkeys(rating.letter for rating in ratings)) or "-"
    tone = ink.heat if view.differ else ink.cool if ratings else ink.muted
    return [(f"{count}{len(view.observations):>4} ", ink.muted), (f"{letters:>5}", f"bold {tone}")]


def parts(
    view: ObjectiveView, *, over: bool, assigned: str = "", watched: Iterable[WatchView] = ()
) -> Iterator[Part]:
    """All there is on an objective; what to look for only until play is `over`.

    `assigned` is the cell that the reader watches, by name; what it answers comes first. What all
    evaluators watch comes last.
    """
    if view.id:
        exercised = ", ".join(view.exercised) or _("no inject so far")
        known = _(
            "{capability}. Exercised by {exercised}.",
            capability=view.capability,
            exercised=exercised,
        )
        yield from (Paragraph(view.text, tone="strong"), Paragraph(known, tone="muted"))
    yield from _ratings(view)
    now = [task for task in view.tasks if task.now]
    yield from _tasks(now, _("Critical task on the table:"), assigned)
    signs = {_(SORT[sort]): sign for sort, sign in SIGNS.items()}
    for seen in view.observations:
        about = _(", on {seat}", seat=seen.seat) if seen.seat else ""
        head = f"{signs[seen.sort]} {seen.sort}, {seen.where}{about} ({seen.by})"
        below = [Paragraph(seen.text)]
        if seen.analysis:
            by = _(" ({reference})", reference=seen.reference) if seen.reference else ""
            words = _("Analysis: {analysis}{by}", analysis=seen.analysis, by=by)
            below.append(Paragraph(words, tone="muted"))
        if seen.planned:
            below.append(Paragraph(_("It is a row of the improvement plan."), tone="good"))
        yield Entry((head,), tuple(below), ("muted",), under=2)
    if not view.observations:
        yield Paragraph(_("No observation yet."), tone="muted")
    looked_for = ((_("Measures:"), view.measures), (_("While levers move:"), view.lever_tasks))
    for label, sentences in looked_for:
        if sentences and not over:
            told = tuple(Paragraph(sentence, tone="muted") for sentence in sentences)
            yield Entry((label,), told, ("bold",), under=2)
    others = [task for task in view.tasks if not task.now]
    yield from _tasks(others, _("Critical tasks:"), assigned)
    told = tuple(Paragraph(f"{part.told}.", tone="muted") for part in watched)
    if told:
        yield Entry((_("Evaluators:"),), told, ("bold",), under=2)


def _tasks(tasks: Iterable[TaskView], label: str, assigned: str) -> Iterator[Part]:
    """Critical tasks under a label, those of one's own cell before others; nothing without any."""
    below = []
    for task in sorted(tasks, key=lambda task: task.lead != assigned):
        whose = _("{cell} leads", cell=task.lead)
        if assigned and task.lead == assigned:
            whose = _("{cell} leads, your cell", cell=task.lead)
        done = _("was on the table") if task.done and not task.now else ""
        head = ", ".join(filter(None, (task.headed, whose, done)))
        tone: Tone = "strong" if task.now else "muted"
        below.append(Entry((head,), (Paragraph(task.expected, tone=tone),), (tone,), under=2))
    if below:
        yield Entry((label,), tuple(below), ("bold",), under=2)


def _ratings(view: ObjectiveView) -> Iterator[Part]:
    """What stands, then what was given, as far as that is open."""
    if view.final is not None and view.settled:
        words = _("Settled {letter}, {words} ({by}): {why}", **_given(view.final))
        yield Paragraph(words, tone="good")
    elif view.final is not None:
        words = _("Stands {letter}, {words} ({by}): {why}", **_given(view.final))
        yield Paragraph(words, tone="good")
    for rating in view.ratings:
        words = _("Rated {letter}, {words} ({by}): {why}", **_given(rating))
        yield Paragraph(words, tone="bad" if view.differ else "text")
    if view.differ:
        yield Paragraph(_("The ratings differ."), tone="bad")
    if view.sealed:
        sealed = _(
            "{names} rated it too; that opens once all have, or at the hot wash.",
            names=listed(view.sealed),
        )
        yield Paragraph(sealed, tone="muted")


def _given(rating: RatingView) -> dict[str, str]:
    return {"letter": rating.letter, "words": rating.words, "by": rating.by, "why": rating.why}
