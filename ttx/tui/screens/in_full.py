"""In full: what the page below has cut, region by region, with nothing left out."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rich.text import Text

from ttx.i18n import _
from ttx.tui import paint
from ttx.tui.cuts import cut_in
from ttx.tui.page import Page
from ttx.tui.region import Region
from ttx.tui.screens.sheet import Sheet
from ttx.tui.theme import Ink


class InFull(Sheet):
    """The regions of a page that have cut something; it follows the page."""

    def __init__(self, of: Page) -> None:
        """Of the page that it was asked for on."""
        none = _("Nothing is cut on that page any more.")

        def drawn(sheet: Sheet, width: int) -> list[Text]:
            return rows(of, width) or paint.block(width, none, sheet.ink.muted)

        super().__init__(_("In full"), drawn, _("nothing left out"))


def rows(of: Page, width: int, leave_out: Container[str] = ()) -> list[Text]:
    """What is cut on a page, in rows of that many cells, but for some regions."""
    regions = [region for region in of.cut_regions if region.called not in leave_out]
    parts = (_whole(region, width, of.ink) for region in regions)
    return [row for part in parts for row in (*part, paint.blank(width))]


def _whole(region: Region, width: int, ink: Ink) -> Sequence[Text]:
    """The rows of a region, those that were cut with all of their words."""
    made: list[Text] = []
    before: Sequence[str] = ()
    for row in region.given:
        wholes = cut_in(row)
        for words in wholes if wholes != before else ():
            made += paint.block(width, words, ink.text)
        if not wholes and (row.plain.strip() or made):
            made.append(row)
        before = wholes
    return made
