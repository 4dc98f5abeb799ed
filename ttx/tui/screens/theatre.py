"""The Theatre: where the injects so far happened, and how far that is from where people sit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.i18n import N_, _
from ttx.session.view.message import news
from ttx.session.view.table import status
from ttx.session.view.theatre import PinView, pins
from ttx.tui import paint
from ttx.tui import theatre as drawing
from ttx.tui.page import LARGE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import Sheet
from ttx.tui.theme import CONTRAST


def pins_of(page: RunPage) -> tuple[PinView, ...]:
    """The injects on the map of a page."""
    return page.kept("pins", lambda: pins(page.eye))


def map_rows(
    page: RunPage,
    width: int,
    height: int,
    *,
    marked: str,
    zoom: str = drawing.WHOLE,
    places: bool = True,
    until: int = 99,
) -> list[Text]:
    """The map with the injects up to a turn; the one of the id `marked` wears the word."""
    theatre = page.game.run.exercise.map
    if theatre is None:
        return [paint.line(width, [(_("This exercise has no map."), page.ink.muted)])]
    ink = page.ink
    colours = drawing.MapColours(ink.land, ink.coast, ink.text, ink.muted, ink.onactor, ink.bg)
    found = [
        drawing.Pin(
            pin.badge.letter,
            pin.number,
            pin.lon,
            pin.lat,
            pin.badge.contrast if ink is CONTRAST else pin.badge.colour,
            marked=pin.inject == marked,
            edge=pin.edge,
        )
        for pin in pins_of(page)
        if pin.lon is not None and pin.lat is not None and pin.turn <= until
    ]
    return drawing.frame(
        theatre,
        width,
        height,
        colours,
        zoom=zoom,
        pins=found,
        names=drawing.labels(theatre, page.language) if places else (),
        glyphs="ascii" if page.glyphs.plain else "braille",
    )


class TheatreScreen(PlayPage):
    """The map on the left, the injects and distances on the right."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "map", "list", "who", "distances")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next inject"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Inject before"),
        Binding("z", "zoom", "zoom", id="zoom", tooltip="Whole, then the closer views"),
        Binding("p", "places", "places", id="places", tooltip="Places on or off"),
        Binding("right_square_bracket", "turn(1)", "turn on", id="turn-on", tooltip="A turn on"),
        Binding(
            "left_square_bracket", "turn(-1)", "turn back", id="turn-back", tooltip="A turn back"
        ),
        Binding("enter", "open", "open", id="open", tooltip="Open the inject"),
    ]
    name_of_page: ClassVar[str] = N_("theatre")

    def __init__(self) -> None:
        """The last inject marked, the whole map, places on."""
        super().__init__()
        self.marked = -1
        self.zoomed = 0
        self.named = True
        self.until = 99
        self._first = 0

    def _pins(self) -> list[PinView]:
        return [pin for pin in pins_of(self) if pin.turn <= self.until]

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of the map."""
        keys = [("j k", _("inject")), ("Enter", _("open it")), ("z", _("zoom")), ("p", _("places"))]
        return keys if self.form == SMALL else [*keys, ("[ ]", _("turn"))]

    def plan(self) -> dict[str, Box]:
        """Map left; list, who and distances right."""
        x, y, width, height = self.body
        side = {SMALL: 36, LARGE: 60}.get(self.form, 38)
        gap = 2 if self.form == SMALL else 4
        left = width - side - gap
        column = x + left + gap
        if self.form == SMALL:
            return {
                "map": Box(x, y, left, height),
                "list": Box(column, y, side, height - 6),
                "distances": Box(column, y + height - 6, side, 6),
            }
        return {
            "head": Box(x, y + 1, width, 2),
            "map": Box(x, y + 3, left, height - 3),
            "list": Box(column, y + 4, side, height - 20),
            "who": Box(column, y + height - 15, side, 6),
            "distances": Box(column, y + height - 8, side, 8),
        }

    def draw(self) -> None:
        """Fill the regions."""
        ink, places = self.ink, self.places
        found = self._pins()
        theatre = self.game.run.exercise.map
        zooms = [drawing.WHOLE, *(theatre.zooms if theatre else ())]
        zoom = zooms[self.zoomed % len(zooms)]
        marked = found[self.marked % len(found)] if found else None
        box = places["map"]
        self.put(
            "map",
            map_rows(
                self,
                box.width,
                box.height,
                marked=marked.inject if marked else "",
                zoom=zoom,
                places=self.named,
                until=self.until,
            ),
        )
        if "head" in places:
            width = places["head"].width
            count = (
                _("{found} injects so far", found=len(found))
                if len(found) != 1
                else _("one inject so far")
            )
            view = _("the whole theatre") if zoom == drawing.WHOLE else zoom
            self.put(
                "head",
                [
                    paint.label(width, _("THEATRE"), ink, f"{count}   {view}"),
                    paint.rule(width, ink, self.glyphs),
                ],
            )
        self._list(found, marked, places["list"])
        if "who" in places:
            self._who(places["who"].width)
        self._distances(marked, places["distances"].width)

    def _list(self, found: list[PinView], marked: PinView | None, box: Box) -> None:
        ink = self.ink
        rows = [
            paint.label(box.width, _("INJECTS"), ink, "turn"),
            paint.rule(box.width, ink, self.glyphs),
        ]
        each = 1 if self.form == SMALL else 2
        room = max((box.height - 2) // each, 1)
        at = found.index(marked) if marked is not None else 0
        first = max(0, min(at - room // 2, len(found) - room))
        self._first = first
        for pin in found[first : first + room]:
            here = pin is marked
            fill = ink.raised if here else ""
            colour = pin.badge.contrast if ink is CONTRAST else pin.badge.colour
            head: list[Seg] = [
                (f" {pin.badge.letter}{pin.number:<2}", f"bold {ink.onactor} on {colour}"),
                (f" {paint.clean(pin.title)}", f"bold {ink.strong if here else ink.text}"),
            ]
            rows.append(paint.line(box.width, head, [(f"T{pin.turn}", ink.muted)], fill=fill))
            if each == 2:
                under = f"     {pin.kind}, {pin.place}"
                rows.append(paint.line(box.width, [(under, ink.muted)], fill=fill))
        if not found:
            rows.append(paint.line(box.width, [(_("No inject has been released yet."), ink.muted)]))
        self.put("list", rows)

    def _who(self, width: int) -> None:
        ink = self.ink
        rows = [paint.label(width, _("WHO"), ink), paint.rule(width, ink, self.glyphs)]
        actors = self.game.run.exercise.actor
        half = (len(actors) + 1) // 2
        for at in range(half):
            cells: list[Seg] = []
            for one in (actors[at], *actors[at + half : at + half + 1]):
                colour = (one.contrast or one.colour) if ink is CONTRAST else one.colour
                cells += [
                    paint.badge(one.letter, colour, ink),
                    (f" {self._fit(text(one.name, self.language), width // 2 - 5)} ", ink.text),
                ]
            rows.append(paint.line(width, cells))
        self.put("who", rows)

    def _fit(self, words: str, width: int) -> str:
        return f"{paint.cut(paint.clean(words), width, self.glyphs):<{width}}"

    def _distances(self, marked: PinView | None, width: int) -> None:
        ink = self.ink
        theatre = self.game.run.exercise.map
        title = (
            _("DISTANCE FROM {letter}{number}", letter=marked.badge.letter, number=marked.number)
            if marked
            else _("DISTANCE")
        )
        rows = [paint.label(width, title, ink), paint.rule(width, ink, self.glyphs)]
        if marked is None or marked.lon is None or marked.lat is None or theatre is None:
            rows.append(paint.line(width, [(_("no place on this map"), ink.muted)]))
        else:
            for name in theatre.distances:
                place = theatre.place[name]
                km = drawing.distance(marked.lon, marked.lat, float(place.lon), float(place.lat))
                rows.append(
                    paint.line(
                        width,
                        [
                            (f"{text(place.name, self.language):<22}", ink.text),
                            (_("{km:>7,} km", km=km), f"bold {ink.strong}"),
                        ],
                    )
                )
        if self.form != SMALL and theatre is not None:
            rows += [
                paint.blank(width),
                paint.line(width, [(_("coast: {source}", source=theatre.source), ink.faint)]),
            ]
        self.put("distances", rows)

    def action_step(self, by: int) -> None:
        """Mark the next or former inject."""
        found = self._pins()
        if found:
            self.marked = (self.marked + by) % len(found)
            self.paint()

    def action_zoom(self) -> None:
        """The next view."""
        self.zoomed += 1
        self.paint()

    def action_places(self) -> None:
        """Names on or off."""
        self.named = not self.named
        self.paint()

    def action_turn(self, by: int) -> None:
        """Show the map as it was a turn before, or after."""
        last = max(status(self.eye).turn, 1)
        self.until = max(1, min(last, min(self.until, last) + by))
        self.marked = -1
        self.paint()

    def action_open(self) -> None:
        """The message of the marked inject."""
        found = self._pins()
        if not found:
            return
        pin = found[self.marked % len(found)]
        view = news(self.eye, pin.inject)
        if view is None:
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            made: list[Text] = [
                paint.line(width, [(_("from  {sender}", sender=view.sender), sheet.ink.text)]),
                paint.blank(width),
            ]
            for part in view.text:
                made += [
                    paint.line(width, [(one, sheet.ink.text)]) for one in paint.wrap(part, width)
                ]
                made.append(paint.blank(width))
            made.append(paint.line(width, [(view.question, f"bold {sheet.ink.strong}")]))
            return made

        self.shell.open(
            Sheet(pin.title, rows, _("T{turn}  {actor}", turn=pin.turn, actor=pin.badge.actor))
        )

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks an inject, a second click opens it."""
        if event.region != "list" or event.row < 2:
            return
        at = self._first + (event.row - 2) // (1 if self.form == SMALL else 2)
        found = self._pins()
        if at < len(found):
            again = at == self.marked % len(found)
            self.marked = at
            self.paint()
            if again:
                self.action_open()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
