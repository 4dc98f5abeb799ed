"""A page of rows whose values are changed by keys: marked, stepped, typed, then carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.tui.region import Region
from ttx.tui.screens.play import PlayPage

MOST = 8
"""Characters of a number that is typed."""


class FormPage(PlayPage):
    """Rows, one of them marked; what is typed belongs to the marked one until another key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "carry_out", "carry out", id="carry-out", tooltip="Carry it out"),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First row"),
        Binding("G,end", "edge(1)", "last", id="last", tooltip="Last row"),
        Binding("plus,equals_sign", "change(1)", "more", id="more", tooltip="A step more"),
        Binding("minus", "change(-1)", "less", id="less", tooltip="A step less"),
        *(
            Binding(
                str(n), f"digit('{n}')", "number", id=f"digit-{n}", tooltip="A number, or a choice"
            )
            for n in range(10)
        ),
    ]

    def __init__(self) -> None:
        """The first row is marked, nothing is typed."""
        super().__init__()
        self.marked = 0
        self.typed = ""

    @property
    def unsent(self) -> bool:
        """What is set here is nowhere else until it is asked for."""
        return True

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def change(self, by: int) -> None:
        """Change the marked row by a step."""
        raise NotImplementedError

    def enter(self, typed: str) -> None:
        """Take what was typed so far for the marked row."""
        raise NotImplementedError

    def carry_out(self) -> None:
        """Do what the page is for."""
        raise NotImplementedError

    @property
    def alive(self) -> bool:
        """Whether what the page is about still lies before this seat."""
        return True

    def because(self, what: str, done: Callable[[str], None], does: str) -> None:
        """Ask for the reason, without which nothing is done."""

        def given(words: str) -> None:
            if words:
                done(words)
            else:
                self.show_notice("Nothing was done: it needs a reason.")

        self.prompt_text(what, given, does=does)

    def leave(self) -> None:
        """Close this page, where the run has not done so by going on."""
        if self.app.screen is self:
            self.shell.back()

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space, u and E are the run's and could cut off what is being filled in."""
        if action in ("pause", "undo", "end"):
            return False
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Mark the next row or the one before."""
        if self.count:
            self.typed = ""
            self.marked = (self.marked + by) % self.count
            self.paint()

    def action_edge(self, end: int) -> None:
        """Mark the first or the last row."""
        self.typed = ""
        self.marked = max(self.count - 1, 0) if end else 0
        self.paint()

    def action_change(self, by: int) -> None:
        """A step more or less in the marked row."""
        if self.count and self.alive:
            self.typed = ""
            self.change(by)
            self.paint()

    def action_digit(self, sign: str) -> None:
        """One more sign of a number, or a choice."""
        if self.count and self.alive:
            self.typed = (self.typed + sign)[:MOST]
            self.enter(self.typed)
            self.paint()

    def action_carry_out(self) -> None:
        """What the page is for."""
        if not self.alive:
            self.leave()
            return
        self.carry_out()

    def action_back(self) -> None:
        """Close; nothing is done."""
        self.shell.back()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)


def hundredths(typed: str) -> int | None:
    """A number of points that was typed, `4` or `1.25`, in hundredths; None where it is none."""
    whole, _, part = typed.partition(".")
    if not (whole or part) or not (whole + part).isdigit() or len(part) > 2:
        return None
    return int(whole or "0") * 100 + int(f"{part:0<2}"[:2] or "0")
