"""What all screens share: banner, status, footer, regions at their places, a few keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import ClassVar, TypeVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.layout import Layout
from textual.reactive import Reactive
from textual.widget import Widget

from ttx.i18n import _, ngettext
from ttx.tui import frame, paint, told
from ttx.tui.keys import Keymap, shown
from ttx.tui.paint import Seg
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.question import Barred, ForKey, ForText, ForYes
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.regions import Regions
from ttx.tui.sized import LARGE, LEAST, MIDDLE, SMALL, form_of
from ttx.tui.telling import TellingScreen

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
__all__ = ["LARGE", "LEAST", "MIDDLE", "SMALL", "Page", "form_of"]
ABOVE, OVER = ("banner", "status"), ("sent", "notice", "question-line", "footer")
"""Regions of every page, below and above its own."""
MOVES = "down up"
"""The bindings that move a mark, as footers name them."""
UNCUT = frozenset({"banner", "status", "footer", "question-line"})
"""Regions whose words stand elsewhere as well."""
HELD = 3
"""Rows that a sentence above the footer may take."""


class Page(TellingScreen):
    """A screen made of regions, painted anew whenever what it shows has changed."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # nothing shows it by itself
    REGIONS: ClassVar[tuple[str, ...]] = ()
    PARTS: ClassVar[Mapping[str, type[Region]]] = {}
    """What a region is, where it is more than rows; the first one that is shown has the keys."""
    WHOLE: ClassVar[tuple[str, ...]] = ()
    """Regions that take a click on any cell; the others take one on words only."""
    GIVES: ClassVar[tuple[str, ...]] = ()
    """Regions that may be lower than they would, beside those that are scrolled: what they show
    goes on to another page, or is said to be left out."""
    survives_phase_change: ClassVar[bool] = False
    """Whether it stays open over the run when that moves to another phase: somebody writes here."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="help", tooltip="The keys of this screen"),
        Binding("q", "back", "back", id="back", tooltip="Back, or leave"),
        Binding("escape", "give_up", "close", id="give-up", tooltip="Close, cancel"),
        Binding("i", "in_full", "in full", id="in-full", tooltip="What is cut here, in full"),
    ]

    def __init__(self) -> None:
        """A page with no notice."""
        super().__init__()
        self.regions = Regions(self, self._part, (*ABOVE, *self.REGIONS, *OVER))
        self.regions["question-line"] = self.question
        self.places: dict[str, Box] = {}
        """Where the regions stand since the last painting."""
        self._arranged = self.covered = False
        self._painted_for: Size | None = None
        self._below = 0
        """Rows that what others sent takes from the body."""
        self._keymap: tuple[object, Keymap] | None = None
        """The keys, and what they were made of."""

    def _part(self, name: str) -> Region:
        part = self.PARTS.get(name)
        return part(name) if part is not None else Region(name, whole=name in self.WHOLE)

    # --- what a page is made of ---

    @property
    def stays_open(self) -> bool:
        """Whether it stays now, where the run moves to another phase."""
        return self.survives_phase_change

    @property
    def shows_something(self) -> bool:
        """Whether it was painted yet, on a terminal that is large enough."""
        return self.fits and self._arranged

    @property
    def body(self) -> Box:
        """The cells between status line and footer, margins and what others sent left out."""
        width, height = self.app.size
        return Box(self.side, 2, width - 2 * self.side, height - 3 - self._below)

    @property
    def keymap(self) -> Keymap:
        """The keys of this page, by the id of what they do."""
        knows = (self.focused, len(self.regions), self.host.rebound)
        if self._keymap is None or self._keymap[0] != knows:
            regions = sorted(self.regions.values(), key=lambda region: not region.has_focus)
            self._keymap = knows, Keymap([self, *regions], self.host.rebound)
        return self._keymap[1]

    def key(self, name: str) -> str:
        """The key of one of its bindings, as a sentence names it."""
        return self.keymap.shown(name)

    def list(self, name: str) -> ListRegion[str]:
        """One of its lists."""
        return cast("ListRegion[str]", self.regions[name])

    def begin(self) -> None:
        """What has to be known before the page is painted for the first time."""

    def compose(self) -> ComposeResult:
        """The regions that are shown at first, painted already; others come when they have room."""
        self.begin()
        self._paint()
        self.shows_another_thing()
        yield from (r for r in self.regions.values() if r.box or r is self.question)

    @property
    def layout(self) -> Layout:
        """Each widget stands where the plan of the page says."""
        return self.regions.layout

    def on_mount(self) -> None:
        """The first part that takes keys gets them."""
        self._keep_focus()

    def on_resize(self) -> None:
        """Paint for the new size."""
        if self.app.size != self._painted_for:
            self.paint()

    def on_screen_suspend(self) -> None:
        """Another page lies over this one; what it shows may change meanwhile."""
        self.covered = True

    def on_screen_resume(self) -> None:
        """Paint what may have changed meanwhile."""
        if self.covered:
            self.covered = False
            self.paint()

    # --- painting ---

    def plan(self) -> dict[str, Box]:
        """Where each region stands at the present size; a region that is left out is hidden."""
        raise TypeError(f"{type(self).__name__} has no plan")

    def draw(self) -> None:
        """Fill the regions."""
        raise TypeError(f"{type(self).__name__} draws nothing")

    def banner(self) -> str:
        """The words of the first row."""
        return _("EXERCISE ONLY - UNCLASSIFIED")

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Left and right of the second row."""
        return (), ()

    def foot(self) -> Sequence[tuple[str, str]]:
        """What the last row names: ids of bindings, and a word; help and leaving are added."""
        return ()

    def named_keys(self) -> Sequence[tuple[str, str]]:
        """What the footer names; a kind of page may replace what its screens say."""
        return self.foot()

    def at_another_step(self, name: str) -> bool:
        """Whether a key, by its binding, does something here at another step, and only says so now.

        Help lists it apart.
        """
        return False

    def always(self) -> Sequence[tuple[str, str]]:
        """What the footer ends with: help and leaving, but where all keys are text."""
        return ("help", _("help")), (_("back"), self.leaving)

    @property
    def cut_regions(self) -> Sequence[Region]:
        """Those that do not show all of their words, from the first row on."""
        shown = [self.regions[name] for name in self.regions.boxes if name not in UNCUT]
        return sorted((part for part in shown if part.cuts), key=lambda part: part.area.offset.y)

    def footing(self) -> Sequence[tuple[str, str]]:
        """All that the footer names; the key that shows all words where some of them are cut.

        Where there is no room for both, how to move a mark gives way, then what is named last.
        """
        named, always = [*self.named_keys()], self.always()
        taken = {self.keymap.shown(names) for names, _word in named}
        if not self.cut_regions or self.key("in-full") in taken:
            return (*named, *always)
        in_full = (("in-full", _("in full")), *always)
        room = self.app.size.width
        while named and not frame.fits((*named, *in_full), self.keymap, room, self.side):
            named.remove(next((key for key in named if key[0] == MOVES), named[-1]))
        return (*named, *in_full)

    @property
    def leaving(self) -> str:
        """The word beside the key that goes back."""
        return _("back")

    @property
    def status_hue(self) -> str:
        """What stands out on the ground of the second row."""
        return self.ink.heat

    @property
    def status_ground(self) -> str:
        """The colour behind the second row."""
        return self.ink.surface

    def paint(self) -> None:
        """Arrange and fill all regions.

        A page that was taken away, or whose screens are being left, shows nothing any more.
        """
        if self not in self.app.screen_stack or not self.is_attached:
            return
        if self.is_mounted:
            self._paint()
            self._keep_focus()
        elif self._arranged:  # its first rows are on their way to the screen: what changed follows
            self.call_later(self.paint)

    def _paint(self) -> None:
        self._painted_for = self.app.size
        if not self.fits:
            self._too_small()
            return
        self._arranged = True
        try:
            self._arrange()
        except Exception as error:  # noqa: BLE001  # a screen that fails must not take the run with it
            self._go_wrong(error)
        if self.question.asks is not None:
            self.question.draw(self.side)
        self.record_what_was_told()

    def _arrange(self) -> None:
        width, height = self.app.size
        inner = width - 2 * self.side
        self.drop_what_is_past()
        deeds = told.deeds(self.keymap) if self.always() else []  # else all keys are text
        sent = self.tell(deeds, width)
        self.places = self._plan_above(len(sent.rows))
        places = {
            "banner": Box(0, 0, width, 1),
            "status": Box(0, 1, width, 1),
            "footer": Box(0, height - 1, width, 1),
            **self.places,
        }
        taken = 0
        if self.notice:
            taken = min(len(paint.broken(self.notice, inner)), HELD)
            places["notice"] = Box(self.side, height - 1 - taken, inner, taken)
        if tall := self.question.height(width, self.side):
            places["question-line"] = Box(0, height - 1 - tall, width, tall)
        if sent.rows:
            top = height - 1 - max(taken, tall) - len(sent.rows)
            places["sent"] = Box(0, top, width, len(sent.rows))
        self.regions.stand(places)
        self._chrome(width)
        if sent.rows:
            self.put("sent", sent.rows)
        self.draw()
        self._put_footer(width)

    def _plan_above(self, rows: int) -> dict[str, Box]:
        """The plan of a body that leaves so many rows free, where only what is scrolled gives way.

        Else what others sent lies over the last rows.
        """
        self._below = 0
        whole = self.plan()
        if rows:
            self._below = rows
            narrowed = self.plan()
            if self.regions.give_way(whole, narrowed, self.GIVES):
                return narrowed
            self._below = 0
        return whole

    def put(self, name: str, rows: Sequence[Text]) -> None:
        """Fill a region; rows beyond its height are left out."""
        self.regions[name].fill(rows)

    def put_list(
        self,
        name: str,
        keys: Sequence[K],
        draw: Callable[[K, bool], Sequence[Text]],
        head: Sequence[Text] = (),
    ) -> None:
        """Fill a list: its items by their keys, each drawn when told whether it is marked."""
        part = cast("ListRegion[K]", self.regions[name])
        part.take(keys)
        part.show_items(draw, head)

    def put_scroll(self, name: str, rows: Sequence[Text], head: Sequence[Text] = ()) -> None:
        """Fill a region that is scrolled."""
        cast("ScrollRegion", self.regions[name]).show(rows, head)

    def has_keys(self, name: str) -> bool:
        """Whether a part has the keys, or gets them back once a question is answered."""
        return self.regions.has_keys(name)

    def _keep_focus(self) -> None:
        if isinstance(self.question.asks, ForYes | ForKey | Barred):
            self.regions.lend_keys()
        else:
            self.regions.keep_keys(self.PARTS)

    def _chrome(self, width: int) -> None:
        ink, side = self.ink, self.side
        self.put("banner", [frame.banner(self.banner(), width, ink)])
        left, right = self.status()
        if unread := self.context.unread:
            words = ngettext("{count} new", "{count} new", unread)
            right = [(words, f"bold {self.status_hue} @messages"), ("  ", ""), *right]
        if self.context.excursion:
            right = [(self.context.excursion, f"bold {self.status_hue}"), ("  ", ""), *right]
        ground, muted = self.status_ground, ink.muted
        self.put("status", frame.status(left, right, width, side, ground, muted))
        if self.notice:
            self.put("notice", frame.sentence(self.notice, width - 2 * side, ink))

    def _put_footer(self, width: int) -> None:
        rows = frame.footer(self.footing(), self.keymap, width, self.side, self.ink)
        self.put("footer", rows)

    def on_region_left_out(self) -> None:
        """The footer names the key for what is cut."""
        if self._arranged and self.fits:
            self._put_footer(self.app.size.width)

    def _go_wrong(self, error: Exception) -> None:
        """Say that this screen went wrong, in the place of its regions."""
        self.host.went_wrong(error)
        if not self.fits:
            return
        room = self.app.size.width - 2 * self.side
        boxes = self.regions.boxes.items()
        chrome = {name: box for name, box in boxes if name not in self.REGIONS}
        self.regions.stand({**chrome, "notice": Box(self.side, 3, room, 2)})
        words = _(
            "Something went wrong on this screen. Your seat and the record are safe; {key} goes"
            " back.",
            key=self.key("back"),
        )
        self.put("notice", frame.sentence(words, room, self.ink))
        width = self.app.size.width
        self.put("footer", frame.footer(self.always(), self.keymap, width, self.side, self.ink))

    def _too_small(self) -> None:
        width, height = self.app.size
        self.regions.stand({"notice": Box(0, 0, width, height)})
        self.put("notice", frame.too_small(width, height, LEAST, self._keys_that_are_left))

    @property
    def _keys_that_are_left(self) -> str:
        """What keys do where there is no room for a page: they answer a question, or one leaves."""
        asks = self.question.asks
        if isinstance(asks, ForYes):
            return f"{asks.sentence} y {asks.word}, Esc {_('Go on')}"
        leave = Keymap([self.app], self.host.rebound).shown("leave")
        if isinstance(asks, ForText):
            return _("What is being typed stays; {key} leaves.", key=leave)
        return _("{key} leaves; all is kept.", key=leave)

    # --- keys and clicks that are the same everywhere ---

    def on_list_region_marked(self) -> None:
        """What is marked is shown as marked, and what belongs to it beside it."""
        self.paint()

    def action_help(self) -> None:
        """Show the keys of this screen and the words."""
        self.shell.go("help", self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a key for what is cut, for what was sent and for a seat's messages: where so."""
        there = {
            "in_full": lambda: bool(self.cut_regions),
        }
        if action in there and not there[action]():
            return False
        return super().check_action(action, parameters)

    def keeps_notice(self, key: str) -> bool:
        """The key that shows whole what is cut shows the sentence too."""
        if not self.regions["notice"].cuts:
            return False
        return self.keymap.shown("in-full") == shown(key)

    def action_in_full(self) -> None:
        """Show whole what is cut here."""
        self.shell.go("in full", self)

    def action_back(self) -> None:
        """Go back."""
        self.shell.back()

    def action_give_up(self) -> None:
        """Go back from a page that was opened over another."""
        if self.shell.over_run:
            self.shell.back()
