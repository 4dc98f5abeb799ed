"""The after-action review with improvement plan (AAR/IP), HSEEP-style, from a record."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.report.aar import (
    analysis,
    clocks,
    control,
    notes,
    objectives,
    opponents,
    origin,
    overview,
    pace,
    profile,
    reactions,
    stated,
    struck,
    summary,
    turns,
    wash,
)
from ttx.report.aar.account import Account
from ttx.report.covers import covered
from ttx.report.document import Document, Heading, PageBreak, Paragraph, Part
from ttx.report.review import Review, review

LETTERS = "ABC"
"""Of the appendices, in the order in which they stand."""
FOR_THE_WHITE_CELL = N_("For the white cell alone until the exercise is closed. It names offices.")
FOR_THE_SPONSOR = N_(
    "For the sponsor and those who took part. It names offices, not persons; "
    "pass it on as the rules of the exercise say."
)
NOT_FOR_ATTRIBUTION = N_(
    "Not for attribution: seats are named by their cell alone, and words as they were typed."
)
NAMES_MASKED = N_(
    "Not for attribution: seats are named by their cell alone, and the names that were given to be "
    "masked stand nowhere in what people typed."
)


def after_action(account: Account) -> Document:
    """The whole document; what has nothing to say is left out, heading and all."""
    exercise = account.exercise
    result = review(account.game, "")
    parts = (
        *overview.marks(account),
        *summary.summary(account, result),
        *overview.in_brief(result),
        *overview.overview(account),
        *objectives.ratings(account),
        *opponents.opponents(result),
        *profile.profile(account, result),
        *stated.targets(account),
        *turns.decisions(account),
        *clocks.clocks(account),
        *analysis.analysis(account),
        *reactions.reactions(account),
        *control.contested(account),
        *control.departures(account),
        *control.contextual(account),
        *notes.notes(account),
        *notes.requests(account),
        *notes.messages(account),
        *struck.taken_back(account),
        *wash.board(account),
        *wash.forms(account),
        *pace.time(account),
        *turns.turns(account),
        *_closing(result),
        *origin.limits(account),
        *_appendices(
            wash.improvement_plan(account), origin.evidence(account), origin.record(account)
        ),
    )
    state = _("Final") if account.closed else _("Draft")
    excursion = _(", an excursion") if account.game.adjusted else ""
    banner = account.game.run.banner
    handling = _(FOR_THE_SPONSOR if account.closed else FOR_THE_WHITE_CELL)
    if account.anonymous:
        draft = "" if account.closed else _(FOR_THE_WHITE_CELL)
        told = NAMES_MASKED if account.masked else NOT_FOR_ATTRIBUTION
        handling = f"{_(told)} {draft}".strip()
    document = Document(
        title=_(
            "{exercise}: after-action review and improvement plan", exercise=text(exercise.title)
        ),
        subtitle=_("AAR/IP, HSEEP-style. {state}{excursion}.", state=state, excursion=excursion),
        banner=banner if account.closed else _("DRAFT - {banner}", banner=banner),
        handling=handling,
        parts=parts,
        contents=True,
    )
    return covered(document, exercise, account.particulars, anonymous=account.anonymous)


def _closing(result: Review) -> Iterator[Part]:
    """What the run answers to the exercise's question, and how far that can be trusted."""
    if result.closing:
        yield Heading(2, _("What this run answers"))
        yield Paragraph(" ".join(result.closing))


def _appendices(*appendices: list[Part]) -> Iterator[Part]:
    """Those that have something to say, each on a new page and lettered in order."""
    for letter, parts in zip(LETTERS, filter(None, appendices), strict=False):
        head, *rest = parts
        assert isinstance(head, Heading)
        yield PageBreak()
        yield Heading(
            2,
            _(
                "Appendix {letter}: {title}",
                letter=letter,
                title=f"{head.text[0].lower()}{head.text[1:]}",
            ),
        )
        yield from rest
