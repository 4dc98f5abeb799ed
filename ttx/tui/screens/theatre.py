"""The Theatre: where the injects so far happened, and how far that is from where people sit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _, ngettext
from ttx.report.document import Paragraph, Space
from ttx.session.view.badge import badge
from ttx.session.view.message import news
from ttx.session.view.table import status
from ttx.session.view.theatre import PinView, distances, pins
from ttx.tui import land, paint
from ttx.tui import theatre as drawing
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.table import Column, Table
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.run import RunPage
from ttx.tui.screens.sheet import sheet_of


def pins_of(page: RunPage) -> tuple[PinView, ...]:
    """The injects on the map of a page."""
    return page.kept("pins", lambda: pins(page.eye))


def map_rows(
    page: RunPage,
    width: int,
    height: int,
    *,
    marked: str,
    zoom: str = land.WHOLE,
    places: bool = True,
    until: int = 99,
) -> list[Text]:
    """The map with the injects up to a turn; the one of the id `marked` wears the word."""
    theatre, ink = page.game.run.exercise.map, page.ink
    if theatre is None:
        return [paint.line(width, [(_("This exercise has no map."), ink.muted)])]
    shown = [
        drawing.Pin(
            pin.badge.letter,
            pin.number,
            pin.lon,
            pin.lat,
            paint.of_actor(pin.badge, ink),
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
        ink,
        page.glyphs,
        zoom=zoom,
        pins=shown,
        names=drawing.labels(theatre) if places else (),
        now=_("now"),
    )


class TheatreScreen(PlayPage):
    """The map on the left, the injects and distances on the right."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "map", "list", "who", "distances")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"list": ListRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
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
        """The whole map, places on, all turns."""
        super().__init__()
        self.zoomed = 0
        self.named = True
        self.until = 99

    @property
    def pins(self) -> dict[str, PinView]:
        """The injects up to the turn that is shown, by their numbers."""
        return {str(pin.number): pin for pin in pins_of(self) if pin.turn <= self.until}

    @property
    def marked(self) -> PinView | None:
        """The inject that is marked."""
        return self.pins.get(self.list("list").marked or "")

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of the map."""
        keys = [("down up", _("inject")), ("open", _("open it"))]
        keys += [("zoom", _("zoom")), ("places", _("places"))]
        return [*keys, *self.by_size([], [("turn-back turn-on", _("turn"))])]

    def plan(self) -> dict[str, Box]:
        """Map left; list, who and distances right."""
        chart, injects = Cell("map"), Cell("list")
        small = row(chart, 2, column(injects, Cell("distances", 6), size=36))
        across = self.by_size(0, 38, 60)
        most = self.by_size(0, 12, 20)
        who = Cell("who", min(max(len(self._who(across)), 6), most))
        distances = Cell("distances", min(max(self._rows_of_distances(across), 8), most))
        right = column(1, injects, 1, who, 1, distances, size=across)
        large = column(1, Cell("head", 2), row(chart, 4, right))
        return boxes(self.by_size(small, large), self.body)

    # --- painting ---

    def draw(self) -> None:
        """Fill the regions."""
        width = self.list("list").area.width
        self._draw_list(width)
        self._draw_map()
        self.put("distances", self._distances(width))
        if "who" in self.places:
            self.put("who", self._who(width))

    def _draw_list(self, width: int) -> None:
        """The injects; where the last one was marked, the last one is marked again."""
        pins, injects = self.pins, self.list("list")
        if pins and injects.at >= len(injects.keys) - 1:
            injects.take([*pins])
            injects.mark([*pins][-1])
        head = paint.titled(width, _("INJECTS"), self.ink, _("turn"))
        if not pins:
            words = _("No inject has been released yet.")
            head.append(paint.line(width, [(words, self.ink.muted)]))
        self.put_list(
            "list", [*pins], lambda key, here: self._inject(pins[key], width, marked=here), head
        )

    def _draw_map(self) -> None:
        """The map, and above it how much of it is shown."""
        zooms, size = land.zooms(self.game.run.exercise.map), self.places["map"][2:]
        zoom = zooms[self.zoomed % len(zooms)]
        marked = self.marked.inject if self.marked else ""
        rows = map_rows(self, *size, marked=marked, zoom=zoom, places=self.named, until=self.until)
        self.put("map", rows)
        if "head" in self.places:
            so_far = ngettext("one inject so far", "{count} injects so far", len(self.pins))
            view = _("the whole theatre") if zoom == land.WHOLE else zoom
            note = f"{so_far}   {view}"
            self.put("head", paint.titled(self.body.width, _("THEATRE"), self.ink, note))

    def _inject(self, pin: PinView, width: int, *, marked: bool) -> list[Text]:
        """One row where room is short, else two; the last cell is left to the bar."""
        ink, fill = self.ink, self.ink.raised if marked else ""
        colour = paint.of_actor(pin.badge, ink)
        head = [
            (f"{self.glyphs.marked} " if marked else "  ", ink.cool),
            (f" {pin.badge.letter}{pin.number:<2}", f"bold {ink.onactor} on {colour}"),
            (f" {pin.title}", f"bold {ink.strong if marked else ink.text}"),
        ]
        first = paint.line(width, head, [(f"T{pin.turn} ", ink.muted)], fill=fill)
        under = (f"       {pin.kind}, {pin.place}", ink.muted)
        return [first, *self.by_size([], [paint.line(width, [under], fill=fill)])]

    def _who(self, width: int) -> list[Text]:
        """The actors in two columns."""
        ink, exercise = self.ink, self.game.run.exercise
        cells: list[Seg] = []
        for actor in (badge(exercise, actor.id) for actor in exercise.actor):
            mark = paint.badge(actor.letter, paint.of_actor(actor, ink), ink)
            cells += [mark, (f" {actor.actor}", ink.text)]
        columns = [Column("", 3, gap=0), Column("", width // 2 - 3)]
        table = Table([*columns, *columns], width, self.glyphs)
        half = 2 * ((len(exercise.actor) + 1) // 2)
        pairs = ([*cells[at:][:2], *cells[half + at :][:2]] for at in range(0, half, 2))
        rows = (row for pair in pairs for row in table.rows(pair))
        return [*paint.titled(width, _("WHO"), ink), *rows]

    def _rows_of_distances(self, width: int) -> int:
        """Rows of the distances, whether or not an inject is marked yet."""
        theatre = self.game.run.exercise.map
        if theatre is None:
            return len(self._distances(width))
        source = _("coast: {source}", source=theatre.source)
        known = len(theatre.distances) + len(paint.broken(source, width)) + 3
        return max(known, len(self._distances(width)))

    def _distances(self, width: int) -> list[Text]:
        """How far the marked inject is from the places that the exercise names."""
        ink, marked, theatre = self.ink, self.marked, self.game.run.exercise.map
        name = _("DISTANCE")
        if marked is not None:
            letter, number = marked.badge.letter, marked.number
            name = _("DISTANCE FROM {letter}{number}", letter=letter, number=number)
        rows = paint.titled(width, name, ink)
        if marked is None or marked.lon is None or theatre is None:
            rows.append(paint.line(width, [(_("no place on this map"), ink.muted)]))
        else:
            table = Table([Column("", 22), Column("", gap=0)], width, self.glyphs)
            for place, km in distances(self.eye, marked):
                cell = (_("{km:>7,} km", km=km), f"bold {ink.strong}")
                rows += table.rows([(place, ink.text), cell])
        if self.form != SMALL and theatre is not None:
            source = _("coast: {source}", source=theatre.source)
            rows += [paint.blank(width), *paint.block(width, source, ink.faint)]
        return rows

    # --- keys ---

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
        self.paint()

    def on_list_region_chosen(self) -> None:
        """A second click opens what is marked."""
        self.action_open()

    def action_open(self) -> None:
        """The message of the marked inject."""
        pin = self.marked
        view = news(self.eye, pin.inject) if pin is not None else None
        if pin is None or view is None:
            return
        words = (_("from  {sender}", sender=view.sender), *view.text)
        parts = [part for words in words for part in (Paragraph(words), Space())]
        whole = [*parts, Paragraph(view.question, tone="strong")]
        note = _("T{turn}  {actor}", turn=pin.turn, actor=pin.badge.actor)
        self.shell.open(sheet_of(pin.title, lambda: whole, note))
