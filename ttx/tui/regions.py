"""The regions of a page: made when they are first shown, put at their places, one with the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from textual.errors import NoWidget
from textual.screen import Screen
from textual.widget import Widget

from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Placed, Region


class Regions(dict[str, Region]):
    """By name, each made when it is first asked for."""

    def __init__(
        self, screen: Screen[None], make: Callable[[str], Region], order: Sequence[str]
    ) -> None:
        """None yet; those later in the order lie over others."""
        super().__init__()
        self._screen, self._make = screen, make
        self.boxes: dict[str, Box] = {}
        """Where those stand that are shown."""
        self.layout = Placed(self.boxes, order)
        self._waits: Widget | None = None
        """What had the keys before a question took them."""

    def __missing__(self, name: str) -> Region:
        region = self[name] = self._make(name)
        return region

    def give_way(
        self, whole: Mapping[str, Box], narrowed: Mapping[str, Box], gives: Iterable[str]
    ) -> bool:
        """Whether a lower plan takes rows only from what is scrolled, and from those that give."""
        changed = [name for name, box in whole.items() if narrowed.get(name, box)[2:] != box[2:]]
        return narrowed.keys() == whole.keys() and all(
            name in gives or isinstance(self[name], ScrollRegion) for name in changed
        )

    def stand(self, places: Mapping[str, Box]) -> None:
        """Put all of them where they belong; one without a place is not shown."""
        if places == self.boxes:
            return
        self._know_where_they_stood()
        self.boxes.clear()
        self.boxes.update(places)
        for name in places:
            self[name]  # made now, where it was not shown before
        moved = [region for name, region in self.items() if region.place(places.get(name))]
        if self._screen.is_mounted:
            self._screen.mount(*(r for r in self.values() if r.box and not r.is_attached))
            if moved:  # from below: a screen keeps how it was arranged until a part asks
                moved[0].arrange_page()

    def _know_where_they_stood(self) -> None:
        """Have the screen look where its widgets are, if it does not know.

        It paints where one goes by comparing with that; asked once they have moved, it would find
        that nothing has.
        """
        shown = next((region for region in self.values() if region.display), None)
        if self._screen.is_mounted and shown is not None:
            with suppress(NoWidget):
                self._screen.find_widget(shown)

    def has_keys(self, name: str) -> bool:
        """Whether a region has the keys, or gets them back once a question is answered."""
        return (self._screen.focused or self._waits) is self[name]

    def lend_keys(self) -> None:
        """Take the keys from a region that would pick something by the answer to a question."""
        self._waits = self._screen.focused or self._waits
        self._screen.set_focus(None)

    def keep_keys(self, names: Iterable[str]) -> None:
        """The region that had the keys has them again, else the first of these that is shown."""
        focused = self._screen.focused
        if focused is not None and focused.display:
            return
        shown = [self[name] for name in names if name in self.boxes]
        part = self._waits if self._waits in shown else None
        first = next((region for region in shown if region.can_focus), None)
        self._screen.set_focus(part or first)
        self._waits = None
