"""The executive summary, one page in sentences: asked, decided, what it did, and what to keep.

What is longer than its room on the page ends in `…`, and stands whole further down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ttx.adjudicator.tables import RESPONSES
from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account, date
from ttx.report.aar.said import Said, areas, causes, strengths
from ttx.report.closing import against, levers_held
from ttx.report.document import Bullets, Heading, PageBreak, Paragraph, Part
from ttx.report.lines import columns, shortened
from ttx.report.review import LIMIT, Review
from ttx.session.view import words

MOST = 3
"""Strengths, areas and causes; the rest stands in the hot wash and the observations."""
ASKED, DECIDED, DID, ITEM, CAUSES, NEXT = 300, 460, 600, 160, 160, 200
"""Columns of text that each has at most, so that all of it is one page of Letter."""


def summary(account: Account, review: Review) -> list[Part]:
    """The page; nothing before an inject was ruled on or a turn was played."""
    if not account.turns and all(slot.ruled is None for _number, _turn, slot in account.slots()):
        return []
    page = _Page()
    parts: list[Part] = [
        PageBreak(),
        Heading(2, _("Executive summary")),
        page.told(_("What was asked"), _asked(account, review), ASKED),
        page.told(_("What was decided"), _decided(account, review), DECIDED),
        page.told(_("What it did"), _did(account, review), DID),
    ]
    for title, said in (
        (_("Strengths"), strengths(account)),
        (_("Areas for improvement"), areas(account)),
    ):
        named = tuple(page.item(one) for one in said[:MOST])
        count = len(said)
        some = _("{title}: {most} of {count}", title=title, most=MOST, count=count)
        parts.append(Heading(3, some if count > MOST else title))
        parts.append(Bullets(named, numbered=True) if named else Paragraph(_("Nobody named one.")))
    why = "; ".join(f"{one.words} ({one.by})" for one in causes(account)[:MOST])
    parts += [page.told(_("Causes that were named"), [why], CAUSES)] if why else []
    parts.append(page.told(_("What comes next"), _next(account), NEXT))
    parts.append(Paragraph(page.note(), tone="muted"))
    return [*parts, PageBreak()]


class _Page:
    """Words in their room; it is kept whether something found none."""

    def __init__(self) -> None:
        self._cut = False

    def told(self, label: str, sentences: Iterable[str], room: int) -> Paragraph:
        """As many whole sentences as there is room for; a first one that is too long is cut."""
        first, *rest = [sentence for sentence in sentences if sentence] or [""]
        told = self._fitted(first, room)
        for sentence in rest:
            if columns(told) + columns(sentence) < room:
                told = f"{told} {sentence}"
            else:
                self._cut = True
                break  # what follows may lean on what was left out
        return Paragraph(told, label)

    def item(self, said: Said) -> str:
        by = shortened(said.by, ITEM // 2)
        return f"{self._fitted(said.words, ITEM - columns(by))} ({by})"

    def _fitted(self, words_: str, room: int) -> str:
        short = shortened(words_, room)
        self._cut = self._cut or short.endswith("…")
        return short

    def note(self) -> str:
        """What the page rests on, and that something of it is longer."""
        rests = _(
            "By votes of the hot wash, then as evaluators, feedback forms and the record have it. "
            "{judgement} {limit}",
            judgement=_(words.JUDGEMENT),
            limit=_(LIMIT),
        )
        cut = (
            _("There is more of it further down, where what ends in … stands whole.")
            if self._cut
            else ""
        )
        return f"{rests} {cut}".strip()


def _asked(account: Account, review: Review) -> Iterator[str]:
    played, count = len(account.turns), account.exercise.turns.count
    yield review.asked or text(account.exercise.briefing.question)
    if account.particulars.sponsor:
        sponsor = shortened(account.particulars.sponsor, ASKED // 3)
        yield _("The sponsor is {sponsor}.", sponsor=sponsor)
    if not played:
        yield _("No turn was played to its end.")
        return
    yield ngettext(
        "{played} of {count} turns was played.",
        "{played} of {count} turns were played.",
        played,
        played=played,
        count=count,
    )


def _decided(account: Account, review: Review) -> Iterator[str]:
    held = words.listed(levers_held(account.game))
    if held and account.timeline.run.alone:
        yield _("The robots had {held}.", held=held)
    elif held:
        yield _("The table had {held}.", held=held)
    ruled = [slot for _number, _turn, slot in account.slots() if slot.ruled is not None]
    if ruled:
        yield ngettext("{count} inject was answered.", "{count} injects were answered.", len(ruled))
    by_hand = sum(slot.amended is not None for slot in ruled)
    if by_hand:
        yield ngettext(
            "{count} ruling is a person's and not the model's.",
            "{count} rulings are a person's and not the model's.",
            by_hand,
        )
    if review.rows:
        yield _("What moved most, by the same dice without it: {decision}.", decision=review.most)
        yield from (_("Then {decision}.", decision=next_) for next_ in review.next_most)


def _did(account: Account, review: Review) -> Iterator[str]:
    if not account.turns:
        yield _("Scores are reckoned at the end of a turn, so none moved.")
    in_time, late, too_late = review.timings
    if any(review.timings):
        slowest = review.slowest[0][0] if review.slowest else ""
        yield ngettext(
            "Of {count} crisis {in_time} was answered in time, {late} late and {too_late} far too "
            "late; the slowest stage was most often {slowest}.",
            "Of {count} crises {in_time} were answered in time, {late} late and {too_late} far too "
            "late; the slowest stage was most often {slowest}.",
            sum(review.timings),
            in_time=in_time,
            late=late,
            too_late=too_late,
            slowest=slowest,
        )
    acts = [
        _(
            "{name} held back in {restraint}, probed in {probe} and escalated in {escalate}",
            name=row.name,
            **dict(zip(RESPONSES, row.own.acts, strict=True)),
        )
        for row in review.adversaries
        if row.own.acts is not None
    ]
    if acts:
        yield ngettext(
            "Of {count} turn {acts}.",
            "Of {count} turns {acts}.",
            len(account.turns),
            acts="; ".join(acts),
        )
    yield from against(account.game)


def _next(account: Account) -> Iterator[str]:
    rows = account.game.notebook.plan
    if not rows:
        yield _("No row of the improvement plan is written.")
        return
    yield ngettext(
        "The improvement plan has {count} row.",
        "The improvement plan has {count} rows.",
        len(rows),
    )
    first = min(rows, key=lambda row: row.due)
    yield _(
        "First due, on {due}: {action} ({owner}).",
        due=date(first.due),
        action=shortened(first.action, NEXT // 2),
        owner=shortened(first.owner, NEXT // 6),
    )
