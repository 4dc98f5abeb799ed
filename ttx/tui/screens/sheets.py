"""Pages behind a key of the run: the message, the tracks, the levers and the clock in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.text import Text

from ttx.i18n import _
from ttx.report.document import Entry, Paragraph, Part, Space
from ttx.session.view.aims import AimView
from ttx.session.view.clock import ClockView
from ttx.session.view.journal import NoteView
from ttx.session.view.levers import AnnouncedView, LeverView
from ttx.session.view.message import MessageView
from ttx.session.view.tracks import TrackView
from ttx.tui import paint
from ttx.tui.parts import document
from ttx.tui.screens.sheet import Sheet, sheet_of
from ttx.tui.widgets import aims, clock, levers, message, tracks


def whole_message(view: MessageView, now: Callable[[], MessageView | None]) -> Sheet:
    """A message with its options, what each would bring in full, and the answers so far.

    `now` is what lies on the table; as long as it is this message, what was added to it is shown.
    """
    number = view.number

    def rows(sheet: Sheet, width: int) -> list[Text]:
        nonlocal view
        fresh = now()
        if fresh is not None and fresh.number == number:
            view = fresh
        room, ink = min(width, 100), sheet.ink
        found = message.message_rows(view, room, ink, sheet.glyphs)
        if view.question:
            found += [
                paint.blank(room),
                message.question_row(view, room, ink),
                paint.blank(room),
            ]
        for option in view.options:
            found += message.option_rows(option, room, ink, sheet.glyphs)
            gains = [(_("     in full: "), ink.muted)]
            gains += message.weighed(option.gains, ink)[1:] or [(_("nothing"), ink.muted)]
            found += [paint.line(room, gains), paint.blank(room)]
        for answer in view.answers:
            found += message.answer_rows(answer, room, ink, sheet.glyphs, whole=True)
        return found

    return Sheet(
        _("Inject {number}: {title}", number=view.number, title=view.title), rows, view.when
    )


def all_tracks(views: tuple[TrackView, ...]) -> Sheet:
    """Every track, and what the ends of its scale mean."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        found: list[Text] = []
        for one in views:
            row = tracks.track_row(one, min(width, 78), sheet.ink, sheet.glyphs, long=True)
            about = [(f"    {paint.clean(one.about)}", sheet.ink.muted)]
            found += [row, paint.line(width, about)]
        return found

    return Sheet(_("All tracks"), rows, _("now, trend, change since a turn ago"))


def all_levers(views: tuple[LeverView, ...]) -> Sheet:
    """Every lever with its levels."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        found: list[Text] = []
        for one in views:
            found += levers.detail_rows(one, None, width, sheet.ink, sheet.glyphs, brief=False)
            found.append(paint.blank(width))
        return found

    return Sheet(_("All levers"), rows, _("clock: minutes on the reference crisis"))


def all_announced(views: tuple[AnnouncedView, ...]) -> Sheet:
    """What is known of the levers where they are not open."""
    told = Paragraph(
        _("The levers are the alliance's; these are known, since they were announced.")
    )

    def rows(sheet: Sheet, width: int) -> list[Text]:
        lead = document.rows((told, Space()), width, sheet.ink)
        return [*lead, *levers.announced_rows(views, width, sheet.ink)]

    return Sheet(_("Announced levers"), rows)


def all_aims(make: Callable[[], tuple[AimView, ...]]) -> Sheet:
    """What the adversaries are after that are open to a seat, their purses and past moves."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        found: list[Text] = []
        for one in make():
            room = min(width, 100)
            found += aims.aim_rows(one, room, sheet.ink, sheet.glyphs, named=True)
            found.append(paint.blank(width))
        return found

    return Sheet(_("What adversaries are after"), rows, _("secret until the review"))


def catch_up(make: Callable[[], tuple[str, ...]]) -> Sheet:
    """The brief for whoever comes to a seat, a paragraph a line of it; it follows the run."""

    def parts() -> Iterator[Part]:
        for at, sentence in enumerate(make()):
            yield Entry((sentence,), tones=("strong" if at < 2 else "text",), hang=2)

    return sheet_of(_("Catch up"), parts, _("what your seat may see; K shows it again"))


def journal(make: Callable[[], tuple[NoteView, ...]], whose: str) -> Sheet:
    """Notes, the last one first, each with its stamp."""

    def parts() -> Iterator[Part]:
        views = make()
        for view in views:
            words = tuple(map(Paragraph, view.text.splitlines()))
            head = (view.sort or _("note"), view.seat, view.when)
            yield Entry(head, words, ("good", "bold", "muted"), under=2)
            yield Space()
        if not views:
            yield Paragraph(_("No notes yet; n writes one."), tone="muted")

    return sheet_of(_("Notes"), parts, whose)


def chain(view: ClockView) -> Sheet:
    """The crisis clock as a table."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        return clock.table(view, width, sheet.ink, sheet.glyphs)

    return Sheet(_("The crisis clock"), rows, view.sentence)
