"""Pages behind a key of the run: the message, the tracks, the levers and the clock in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rich.text import Text

from ttx.i18n import _
from ttx.report.covers import in_columns
from ttx.report.document import Entry, Paragraph, Part, Section, Space
from ttx.session.view.aims import AimView
from ttx.session.view.clock import ClockView
from ttx.session.view.eye import Eye
from ttx.session.view.levers import AnnouncedView, LeverView
from ttx.session.view.message import MessageView
from ttx.session.view.particulars import covered, open_targets
from ttx.session.view.tracks import TrackView
from ttx.tui import paint, routes
from ttx.tui.parts import document
from ttx.tui.screens.sheet import Sheet, sheet_of
from ttx.tui.widgets import aims, clock, levers, message, options, tracks

MEASURE = 100
"""Cells of a row of them at most, where rows are no table."""


def whole_message(
    view: MessageView,
    now: Callable[[], MessageView | None],
    others: Callable[[int], list[Text]] = lambda _width: [],
) -> Sheet:
    """A message with its options, what each would bring in full, and the answers so far.

    `now` is what lies on the table; as long as it is this message, what was added to it is shown.
    `others` are rows that stand below it.
    """
    number = view.number

    def rows(sheet: Sheet, width: int) -> list[Text]:
        nonlocal view
        fresh = now()
        if fresh is not None and fresh.number == number:
            view = fresh
        room, ink, signs = min(width, MEASURE), sheet.ink, sheet.glyphs
        texts = message.message_rows(view, room, ink, signs)
        if view.question:
            gap = paint.blank(room)
            texts += [gap, *message.question_rows(view, room, ink), gap]
        for option in view.options:
            texts += [*options.option_rows(option, room, ink, signs), paint.blank(room)]
        for answer in view.answers:
            texts += message.answer_rows(answer, room, ink, signs, whole=True)
        return [*texts, *others(width)]

    title = _("Inject {number}: {title}", number=view.number, title=view.title)
    return Sheet(title, rows, view.when)


def all_tracks(views: tuple[TrackView, ...]) -> Sheet:
    """Every track, and what the ends of its scale mean."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink, texts = sheet.ink, []
        for view in views:
            texts += tracks.track_rows(view, min(width, 78), ink, sheet.glyphs)
            texts += paint.block(width, view.about, ink.muted, MEASURE, head=("    ", ""))
        return texts

    return Sheet(_("All tracks"), rows, _("now, trend, change since a turn ago"))


def all_levers(
    views: tuple[LeverView, ...], head: tuple[str, ...], comes_to: Callable[[str, str], str]
) -> Sheet:
    """Every lever with its levels, under a `head` of paragraphs.

    `comes_to` says of a lever and an open level of it, by ids, what a move there would come to.
    """
    column = _("Clock: minutes on the crisis above the footer, against the level held now.")
    alone = _(
        "Each level is asked alone, as tracks stand now and with its effects in full, and each"
        " stage is rounded down; stages side by side count by the longest. So minutes do not add up"
        " from level to level, nor from lever to lever."
    )
    felt = _("Felt: the turn in which its first slow effect shows; never: not in this exercise.")

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink, signs, room = sheet.ink, sheet.glyphs, min(width, MEASURE)
        texts: list[Part] = []
        for sentence in (*head, f"{column} {alone}", felt):
            texts += [Paragraph(sentence), Space()]
        made = document.rows(tuple(texts), room, ink)
        for view in views:
            made += levers.detail_rows(view, None, width, ink, signs, brief=False)
            for level in view.levels:
                if view.mine and view.open and not level.held and not level.closed:
                    words = _("{level}: {what}", level=level.name, what=comes_to(view.id, level.id))
                    made += paint.block(width, words, ink.muted, room, head=("    ", ""))
            made.append(paint.blank(width))
        return made

    return Sheet(_("All levers"), rows, _("clock: minutes on the reference crisis"))


def all_announced(views: tuple[AnnouncedView, ...]) -> Sheet:
    """What is known of the levers where they are not open."""
    words = _("The levers are the alliance's; these are known, since they were announced.")

    def rows(sheet: Sheet, width: int) -> list[Text]:
        lead = document.rows((Paragraph(words), Space()), width, sheet.ink)
        return [*lead, *levers.announced_rows(views, width, sheet.ink)]

    return Sheet(_("Announced levers"), rows)


def all_aims(make: Callable[[], tuple[AimView, ...]]) -> Sheet:
    """What the adversaries are after that are open to a seat, their purses and past moves."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        room, ink, signs, gap = min(width, MEASURE), sheet.ink, sheet.glyphs, paint.blank(width)
        each = (aims.aim_rows(view, room, ink, signs, named=True) for view in make())
        return [row for aim in each for row in (*aim, gap)]

    return Sheet(_("What adversaries are after"), rows, _("secret until the review"))


def catch_up(make: Callable[[], tuple[str, ...]], rebound: Mapping[str, str]) -> Sheet:
    """The brief for whoever comes to a seat, a paragraph a line of it; it follows the run.

    `rebound` are keys of one's own.
    """

    def parts() -> Iterator[Part]:
        for at, sentence in enumerate(make()):
            yield Entry((sentence,), tones=("strong" if at < 2 else "text",), hang=2)

    key = routes.key("table", "catch-up", rebound)
    return sheet_of(
        _("Catch up"), parts, _("what your seat may see; {key} shows it again", key=key)
    )


def chain(view: ClockView) -> Sheet:
    """The crisis clock as a table."""
    return Sheet(
        _("The crisis clock"),
        lambda sheet, width: clock.table(view, width, sheet.ink, sheet.glyphs),
        view.sentence,
    )


def session(eye: Callable[[], Eye]) -> Sheet:
    """What was stated of the session, for who reads it; targets for who may read those."""

    def parts() -> Iterator[Part]:
        now = eye()
        rows = covered(now)
        yield from in_columns(rows)
        if not rows:
            yield Paragraph(_("Nothing was stated yet."), tone="muted")
        aims = tuple(Entry((f"{wanted}: {of}",), hang=2) for of, wanted in open_targets(now))
        if aims:
            yield Section(_("Targets of the sponsor"), aims)

    return sheet_of(_("This session"), parts, _("for whom, when and where"))
