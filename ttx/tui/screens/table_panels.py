"""What is only read at the Table: message, question, clock, what is held, tracks, and the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.text import Text

from ttx.i18n import _
from ttx.session import phases
from ttx.session.view import levers as lever_views
from ttx.session.view import posture
from ttx.session.view.aims import own_aims
from ttx.session.view.clock import ClockView
from ttx.session.view.table import meanwhile
from ttx.session.view.tracks import tracks as track_views
from ttx.tui import flow, paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box
from ttx.tui.screens import table_commitment, table_words
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.table_hand import Hand
from ttx.tui.screens.theatre import map_rows
from ttx.tui.widgets import aims, clock, levers, message, tracks

ROOMY = 5
"""With so many rows for budgets, there is room for what money comes to."""
LEVERS = ("lever-1", "lever-2")
"""The keys of the levers of the exercise's question."""


def headed(page: PlayPage, box: Box, head: str, note: str, rows: Sequence[Text]) -> Sequence[Text]:
    """Rows under a label and a rule, as far as there is room for these."""
    label = paint.label(box.width, head, page.ink, note)
    over = [label, paint.rule(box.width, page.ink, page.glyphs)]
    return [*over[: max(box.height - len(rows), 0)], *rows]


def tracks_rows(page: PlayPage, box: Box) -> Sequence[Text]:
    """The tracks that matter most, in as many rows as there are."""
    views = page.seen(track_views)
    return tracks.panel(page.eye, views, box.width, box.height, page.ink, page.glyphs)


def has_news(hand: Hand) -> bool:
    """Whether there is a message to read."""
    return hand.answering and hand.view is not None


def standing_clock(hand: Hand) -> ClockView | None:
    """The clock that the levers are moved for, or that of the inject on the table."""
    if not hand.answering:
        return hand.page.seen(lever_views.reference_clock)
    return hand.view.clock if hand.view is not None else None


def _text(hand: Hand, box: Box) -> Sequence[Text]:
    """The message; at the opening of a turn the levels of the marked lever."""
    page, ink, signs, low = hand.page, hand.page.ink, hand.page.glyphs, hand.page.form == SMALL
    if not hand.answering:
        picked, lever, level = hand.draft.picked, hand.lever, "list.level"
        if lever is None:
            return []
        return levers.detail_rows(
            lever, picked, box.width, ink, signs, brief=low, does=level, room=box.height
        )
    view, key = hand.view, page.key("whole-inject")
    if view is None:
        return []
    if low:
        return message.message_rows_small(view, box.width, ink, key, box.height)
    return message.message_rows(view, box.width, ink, signs, box.height, key)


def rows_of_message(hand: Hand, width: int, *, close: bool = False) -> int:
    """Rows that the message takes where nothing of it is cut, or it is also set `close`."""
    view, page = hand.view, hand.page
    if view is None:
        return 0
    if page.form == SMALL:
        return len(message.message_rows_small(view, width, page.ink, "", 0))
    return len(message.message_rows(view, width, page.ink, page.glyphs, close=close))


def question_rows(hand: Hand, width: int, most: int = 0) -> list[Text]:
    """What is asked; where all have answered, what comes next."""
    page, view = hand.page, hand.view
    if hand.held and page.game.phase == phases.ADJUDICATION:
        words, strong = table_words.decided_next(hand), f"bold {page.ink.strong}"
        return paint.block(width, words, strong, width, most)
    return message.question_rows(view, width, page.ink, most) if view is not None else []


def _question(hand: Hand, box: Box) -> Sequence[Text]:
    """The sentence of the screen: what is asked, what stands, or what others do meanwhile."""
    page, width = hand.page, box.width
    strong = f"bold {page.ink.strong}"
    waits = page.seen(meanwhile)
    if waits:
        return [paint.line(width, [(line, strong)]) for line in paint.broken(waits, width)]
    if not hand.answering:
        words = paint.fitted(table_words.of_levers(hand), width, max(box.height - 1, 1))
        rows = [paint.line(width, [(part, strong)]) for part in words]
        if box.height > len(words):
            turns = paint.fitted(page.seen(posture.sentence), width, box.height - len(words))
            rows += [paint.line(width, [(part, page.ink.text)]) for part in turns]
        return rows
    asked = question_rows(hand, width, box.height)
    return [*asked, paint.rule(width, page.ink, page.glyphs)][: box.height]


def _clock(hand: Hand, box: Box) -> Sequence[Text]:
    """The clock; what is on its way where an inject has none."""
    view, page = standing_clock(hand), hand.page
    if view is None:
        return _landing(page, box)
    return clock.panel(view, box.width, box.height, page.ink, page.glyphs)


def _landing(page: PlayPage, box: Box) -> Sequence[Text]:
    effects = page.seen(lever_views.pending_effects)
    rows = levers.landing_rows(effects, box.width, box.height - 2, page.ink)
    return headed(page, box, _("ON ITS WAY"), _("levers and delayed effects"), rows)


def _beside(hand: Hand, box: Box) -> Sequence[Text]:
    """What is on its way beside levers, what is committed to, or what the seat itself is after."""
    page = hand.page
    if page.seen(meanwhile):
        low = page.form == SMALL
        return aims.panel(page.seen(own_aims), box.width, page.ink, page.glyphs, small=low)
    return table_commitment.rows(hand, box) if hand.answering else _landing(page, box)


def _held(hand: Hand, box: Box) -> Sequence[Text]:
    """The levers of the question beside an inject; else budgets, or what is known of levers."""
    page, width, ink = hand.page, box.width, hand.page.ink
    if hand.answering and not page.seen(meanwhile):
        return _in_brief(hand, box)
    known = page.seen(lever_views.announced)
    if known:
        rows = levers.announced_rows(known, width, ink)
        return headed(page, box, _("ANNOUNCED"), _("levers that are known outside"), rows)
    budgets = [levers.budget_row(page.seen(lever_views.budgets), width, ink)]
    view = hand.ahead
    if box.height > ROOMY and view is not None:
        budgets += levers.money_rows(view, width, ink, hand.marked_level)
    return headed(page, box, _("BUDGETS"), _("shared by the allied cells"), budgets)


def _in_brief(hand: Hand, box: Box) -> Sequence[Text]:
    page, width, ink, signs = hand.page, box.width, hand.page.ink, hand.page.glyphs
    main = zip(LEVERS, page.seen(lever_views.of_question), strict=False)
    keyed = [(page.key(binding), lever) for binding, lever in main]
    if page.form == SMALL:
        cells: list[Seg] = [seg for key, lever in keyed for seg in levers.brief(key, lever, ink)]
        return [paint.line(width, cells)]
    rows = [levers.budget_row(page.seen(lever_views.budgets), width, ink)]
    column = levers.name_column([lever for _key, lever in keyed])
    rows += [levers.brief_row(key, lever, width, ink, signs, column=column) for key, lever in keyed]
    for effect in page.seen(lever_views.pending_effects)[:1]:
        words = _("  T{turn}: {what}", turn=effect.turn, what=effect.what)
        rows += flow.flowed(width, [(words, ink.muted)], 6, max(box.height - len(rows) - 2, 1))
    label = paint.label(width, _("LEVERS"), ink, page.seen(posture.set_up))
    return [label, paint.rule(width, ink, signs), *rows]


def _since(hand: Hand, box: Box) -> Sequence[Text]:
    page = hand.page
    largest = sorted(page.seen(track_views), key=lambda track: -abs(track.change))
    rows = [
        tracks.track_row(track, box.width, page.ink, page.glyphs)
        for track in largest[: box.height - 2]
    ]
    return headed(page, box, _("MOST MOVED SINCE THE LAST TURN"), "", rows)


def _map(hand: Hand, box: Box) -> Sequence[Text]:
    marked = hand.view.id if has_news(hand) and hand.view is not None else ""
    return map_rows(hand.page, box.width, box.height, marked=marked)


PANELS: Mapping[str, Callable[[Hand, Box], Sequence[Text]]] = {
    "text": _text,
    "question": _question,
    "clock": _clock,
    "beside": _beside,
    "held": _held,
    "since": _since,
    "map": _map,
    "tracks": lambda hand, box: tracks_rows(hand.page, box),
}
"""What stands in a region that is only read."""
