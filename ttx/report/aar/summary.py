"""The executive summary, one page in sentences: asked, decided, what it did, and what to keep.

What is longer than its room on the page ends in `…`, and stands whole further down; what finds none
is left out, and the page says that there is more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.exercise.model.part import text
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account, date
from ttx.report.aar.said import Said, areas, causes, strengths
from ttx.report.closing import against, by_hand, levers_held
from ttx.report.document import Bullets, Heading, PageBreak, Paragraph, Part
from ttx.report.lines import columns, shortened
from ttx.report.review import LIMIT, Review
from ttx.session.command import ended
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
    parts += [page.told(_("Causes that were named"), [(why,)], CAUSES)] if why else []
    parts.append(page.told(_("What comes next"), _next(account, page), NEXT))
    parts.append(Paragraph(page.note(), tone="muted"))
    return [*parts, PageBreak()]


class _Page:
    """Words in their room; it is kept what was cut, and that something found none."""

    def __init__(self) -> None:
        self._cut = self._left_out = False

    def told(self, label: str, points: Iterable[Sequence[str]], room: int) -> Paragraph:
        """As many whole sentences as there is room for; a first one that is too long is cut.

        A point is a sentence with those that lean on it: without it they are left out too.
        """
        told = ""
        for sentence, *leaning in points:
            if not told:
                told = self.fitted(sentence, room)
            elif columns(told) + columns(sentence) < room:
                told = f"{told} {sentence}"
            else:
                self._left_out = True
                continue
            for more in leaning:
                if columns(told) + columns(more) >= room:
                    self._left_out = True
                    break
                told = f"{told} {more}"
        return Paragraph(told, label)

    def item(self, said: Said) -> str:
        """What somebody had to say, with who it was."""
        by = self.fitted(said.by, ITEM // 2)
        return f"{self.fitted(said.words, ITEM - columns(by))} ({by})"

    def fitted(self, words_: str, room: int) -> str:
        """Words in at most so many columns."""
        short = shortened(words_, room)
        self._cut = self._cut or short != " ".join(words_.split())
        return short

    def note(self) -> str:
        """What the page rests on, and whether something of it is longer."""
        rests = _(
            "By votes of the hot wash, then as evaluators, feedback forms and the record have it. "
            "{judgement} {limit}",
            judgement=_(words.JUDGEMENT),
            limit=_(LIMIT),
        )
        more = _("There is more of it in this report.") if self._left_out else ""
        cut = _("What ends in … stands whole further down.") if self._cut else ""
        return " ".join(filter(None, (rests, more, cut)))


def _asked(account: Account, review: Review) -> Iterator[tuple[str, ...]]:
    played, count = len(account.turns), account.exercise.turns.count
    yield (review.asked or text(account.exercise.briefing.question),)
    if played:
        yield (
            ngettext(
                "{played} of {count} turns was played.",
                "{played} of {count} turns were played.",
                played,
                played=played,
                count=count,
            ),
        )
    else:
        yield (_("No turn was played to its end."),)
    sponsor = account.particulars.sponsor
    if sponsor and columns(sponsor) <= ASKED // 3:  # a longer one stands on the cover alone
        yield (ended(_("The sponsor is {sponsor}", sponsor=sponsor)),)


def _decided(account: Account, review: Review) -> Iterator[tuple[str, ...]]:
    held = words.listed(levers_held(account.game))
    if held and account.timeline.run.alone:
        yield (_("The robots had {held}.", held=held),)
    elif held:
        yield (_("The table had {held}.", held=held),)
    ruled = [slot for _number, _turn, slot in account.slots() if slot.ruled is not None]
    if ruled:
        count = len(ruled)
        yield (ngettext("{count} inject was answered.", "{count} injects were answered.", count),)
    yield from ((sentence,) for sentence in by_hand(account.game.turns))
    if review.most:
        first, *others = review.most
        yield (
            _("What moved most, by the same dice without it: {decision}.", decision=first),
            *(_("Then {decision}.", decision=decision) for decision in others),
        )
    elif account.turns:
        yield (review.unmoved,)


def _did(account: Account, review: Review) -> Iterator[tuple[str, ...]]:
    if not account.turns:
        yield (_("Scores are reckoned at the end of a turn, so none moved."),)
    in_time, late, too_late = review.timings
    if any(review.timings):
        count = sum(review.timings)
        yield (
            _(
                "Crises answered in time: {in_time} of {count}; late: {late}, far too late: "
                "{too_late}.",
                in_time=in_time,
                count=count,
                late=late,
                too_late=too_late,
            ),
            *_slowest(review, count),
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
        yield (
            ngettext(
                "Of {count} turn {acts}.",
                "Of {count} turns {acts}.",
                len(account.turns),
                acts="; ".join(acts),
            ),
        )
    yield from against(account.game)


def _slowest(review: Review, crises: int) -> Iterator[str]:
    if review.slowest:
        slowest = review.slowest[0][0]
        yield ngettext(
            "The slowest stage was {slowest}.",
            "The slowest stage was most often {slowest}.",
            crises,
            slowest=slowest,
        )


def _next(account: Account, page: _Page) -> Iterator[tuple[str, ...]]:
    rows = account.game.notebook.plan
    if not rows:
        yield (_("No row of the improvement plan is written."),)
        return
    yield (
        ngettext(
            "The improvement plan has {count} row.",
            "The improvement plan has {count} rows.",
            len(rows),
        ),
    )
    first = min(rows, key=lambda row: row.due)
    yield (
        _(
            "First due, on {due}: {action} ({owner}).",
            due=date(first.due),
            action=page.fitted(first.action, NEXT // 2),
            owner=page.fitted(first.owner, NEXT // 6),
        ),
    )
