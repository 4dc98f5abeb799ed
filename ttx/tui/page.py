"""What all screens share: banner, status, footer, regions at fixed places, a few keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.layout import Layout
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Placed, Region
from ttx.tui.theme import INKS, Glyphs, Ink, glyphs
from ttx.tui.widgets.letters import ENTER, letters_row

if TYPE_CHECKING:
    from ttx.tui.seat import SeatContext
    from ttx.tui.shell import Host, Shell
    from ttx.tui.widgets.prompt import Prompt

SMALL, MIDDLE, LARGE = "small", "middle", "large"
LEAST = (80, 24)
PRESSED = {
    "Enter": "enter",
    "Esc": "escape",
    "?": "question_mark",
    "Tab": "tab",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "{": "left_curly_bracket",
    "<": "less_than_sign",
    ":": "colon",
}
"""Keys of the footer as Textual names them, where it names them otherwise."""


def form_of(width: int, height: int) -> str:
    """Which of the three arrangements a terminal of that size gets."""
    if width >= 180 and height >= 54:
        return LARGE
    return MIDDLE if width >= 120 and height >= 38 else SMALL


class Page(Screen[None]):
    """A screen made of regions, painted anew whenever what it shows has changed."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BLANK = True  # all of it is painted by what lies over it
    REGIONS: ClassVar[tuple[str, ...]] = ()
    WHOLE: ClassVar[tuple[str, ...]] = ()
    """Regions that take a click on any cell; the others take one on words only."""
    survives_phase_change: ClassVar[bool] = False
    """Whether it stays open over the run when that moves to another phase: somebody writes here."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="help", tooltip="The keys of this screen"),
        Binding("q", "back", "back", id="back", tooltip="Back, or leave"),
        Binding("escape", "give_up", "close", id="give-up", tooltip="Close, cancel"),
    ]

    def __init__(self) -> None:
        """A page with no notice."""
        super().__init__()
        self.notice = ""
        self._buttons: list[tuple[int, int, str]] = []
        names = ("banner", "status", *self.REGIONS, "notice", "question-line", "footer")
        self.regions = {name: Region(name, whole=name in self.WHOLE) for name in names}
        self.places: dict[str, Box] = {}
        """Where the regions stand since the last painting."""
        self._boxes: dict[str, Box] = {}
        self._placed = Placed(self._boxes)
        self._writing: tuple[str, Callable[[str], None]] | None = None
        self._does = ""
        self._asking: tuple[str, str, Callable[[], None]] | None = None
        self._picking: tuple[str, Mapping[str, str], Callable[[str], None]] | None = None
        self._letters: list[tuple[int, int, str]] = []
        self._prompt: Prompt | None = None
        self._arranged = False

    # --- what a page is made of ---

    @property
    def host(self) -> Host:
        """The app, as far as a page knows it."""
        return cast("Host", self.app)

    @property
    def shell(self) -> Shell:
        """The way to other pages."""
        return self.host.shell

    @property
    def context(self) -> SeatContext:
        """The seat that it is shown to."""
        return self.host.shell.context

    @property
    def ink(self) -> Ink:
        """The colours of the theme in use."""
        return INKS.get(self.app.theme, INKS["ttx-dark"])

    @property
    def glyphs(self) -> Glyphs:
        """The signs this terminal can show."""
        return glyphs()

    @property
    def form(self) -> str:
        """The arrangement for the present size."""
        return form_of(*self.app.size)

    @property
    def fits(self) -> bool:
        """Whether the terminal is large enough to show anything."""
        return self.app.size.width >= LEAST[0] and self.app.size.height >= LEAST[1]

    @property
    def side(self) -> int:
        """Cells left free at either side."""
        return {SMALL: 1, MIDDLE: 2, LARGE: 3}[self.form]

    @property
    def body(self) -> Box:
        """The cells between status line and footer, margins left out."""
        width, height = self.app.size
        return Box(self.side, 2, width - 2 * self.side, height - 3)

    def compose(self) -> ComposeResult:
        """The regions, those named later over those named before."""
        yield from self.regions.values()

    @property
    def layout(self) -> Layout:
        """Each widget stands where the plan of the page says."""
        return self._placed

    def on_mount(self) -> None:
        """Paint for the first time."""
        self.paint()

    def on_resize(self) -> None:
        """Paint for the new size."""
        self.paint()

    def on_screen_resume(self) -> None:
        """Paint what may have changed meanwhile."""
        self.paint()

    def every(self, seconds: float, do: Callable[[], None]) -> Timer:
        """Do something again and again, as long as this page is one of the screens.

        Textual's own interval comes once more while the page is taken away, and the run with it.
        """

        def come_round() -> None:
            if self in self.app.screen_stack:
                do()

        return self.set_interval(seconds, come_round)

    # --- painting ---

    def plan(self) -> dict[str, Box]:
        """Where each region stands at the present size; a region that is left out is hidden."""
        raise TypeError(f"{type(self).__name__} has no plan")

    def draw(self) -> None:
        """Fill the regions."""
        raise TypeError(f"{type(self).__name__} draws nothing")

    def banner(self) -> str:
        """The words of the first row."""
        return "EXERCISE ONLY - UNCLASSIFIED"

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Left and right of the second row."""
        return (), ()

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys and words of the last row; help and leaving are added."""
        return ()

    def keys(self) -> Sequence[tuple[str, str]]:
        """What the footer shows; a kind of page may replace what its screens say."""
        return self.foot()

    def always(self) -> Sequence[tuple[str, str]]:
        """What the footer ends with: help and leaving, but where all keys are text."""
        return ("?", "help"), ("q", self.leaving)

    @property
    def status_hue(self) -> str:
        """What stands out on the ground of the second row."""
        return self.ink.heat

    @property
    def status_ground(self) -> str:
        """The colour behind the second row."""
        return self.ink.surface

    def paint(self) -> None:
        """Arrange and fill all regions; a page that was taken away shows nothing any more."""
        if not self.is_mounted or self not in self.app.screen_stack:
            return
        if not self.fits:
            self._too_small()
            return
        self._arranged = True
        try:
            self._arrange()
        except Exception as error:  # noqa: BLE001  # a screen that fails must not take the run with it
            self._go_wrong(error)
        self._draw_question(self.app.size.width)

    def _arrange(self) -> None:
        width, height = self.app.size
        self.places = self.plan()
        places = {
            "banner": Box(0, 0, width, 1),
            "status": Box(0, 1, width, 1),
            "footer": Box(0, height - 1, width, 1),
            **self.places,
        }
        if self.told:
            count = min(len(paint.broken(self.told, width - 2 * self.side)), 3)
            places["notice"] = Box(self.side, height - 1 - count, width - 2 * self.side, count)
        if self._writing or self._asking or self._picking:
            top = height - (4 if self._writing else 2)
            places["question-line"] = Box(0, top, width, 1)
        if self._writing:
            places["prompt"] = Box(self.side, height - 3, width - 2 * self.side, 2)
        self._stand(places)
        self._chrome(width)
        self.draw()

    def put(self, name: str, rows: Sequence[Text]) -> None:
        """Fill a region; rows beyond its height are left out."""
        ink = self.ink
        ground = ink.surface if name == "question-line" else ink.bg
        self.regions[name].fill(rows, ink.text, ground)

    def _stand(self, places: Mapping[str, Box]) -> None:
        """Put all widgets where they belong; one without a place is not shown."""
        moved = [region.place(places.get(name)) for name, region in self.regions.items()]
        if any(moved) or places != self._boxes:
            self._boxes.clear()
            self._boxes.update(places)
            self.refresh(layout=True)

    def _chrome(self, width: int) -> None:
        ink = self.ink
        words = paint.clean(self.banner())
        self.put(
            "banner", [Text(words.center(width), f"bold {ink.bandtext} on {ink.band}", end="")]
        )
        left, right = self.status()
        if self.context.excursion:
            right = [(self.context.excursion, f"bold {self.status_hue}"), ("  ", ""), *right]
        pad = " " * self.side
        self.put(
            "status",
            [paint.line(width, [(pad, ""), *left], [*right, (pad, "")], fill=self.status_ground)],
        )
        keys: list[Seg] = [(pad, "")]
        self._buttons = []
        at = self.side
        gap = 3 if width >= 120 else 2
        for key, word in (*self.keys(), *self.always()):
            self._buttons.append((at, at + len(key) + len(word) + 1, key))
            at += len(key) + len(word) + 1 + gap
            keys += [(key, f"bold {ink.cool}"), (f" {word}{' ' * gap}", ink.text)]
        if at - gap <= width < at:  # what follows the last word is all that has no room
            keys[-1] = (keys[-1][0][:-gap], ink.text)
        self.put("footer", [paint.line(width, keys, fill=ink.surface)])
        if self.told:
            room = width - 2 * self.side
            told = paint.broken(self.told, room)
            self.put("notice", [paint.line(room, [(one, f"bold {ink.heat}")]) for one in told])

    def _go_wrong(self, error: Exception) -> None:
        """Say that this screen went wrong, in the place of its regions."""
        self.host.went_wrong(error)
        if not self.fits:
            return
        room = self.app.size.width - 2 * self.side
        chrome = {name: box for name, box in self._boxes.items() if name not in self.REGIONS}
        self._stand({**chrome, "notice": Box(self.side, 3, room, 2)})
        words = (
            "Something went wrong on this screen. Your seat and the record are safe; q goes back."
        )
        told = paint.broken(words, room)
        self.put("notice", [paint.line(room, [(one, f"bold {self.ink.heat}")]) for one in told])

    def _draw_question(self, width: int) -> None:
        ink, pad = self.ink, " " * self.side
        if self._writing:
            if self._prompt is not None:
                self._prompt.display = True
                if self.focused is not self._prompt:
                    self.set_focus(self._prompt)
            words = [(pad, ""), (self._writing[0], f"bold {ink.strong}")]
            more = "   ctrl+j new line" if self._does == "saves" else ""
            right = [(f"Enter {self._does}   Esc gives up{more}", ink.muted), (pad, "")]
            self.put("question-line", [paint.line(width, words, right, fill=ink.surface)])
        elif self._asking:
            word = self._asking[1]
            keys: list[Seg] = [
                (pad, ""),
                (f"{self._question()}   ", f"bold {ink.strong}"),
                ("y", f"bold {ink.cool}"),
                (f" {word}   ", ink.text),
                ("Esc", f"bold {ink.cool}"),
                (" Go on", ink.text),
            ]
            self.put("question-line", [paint.line(width, keys, fill=ink.surface)])
        elif self._picking:
            sentence, letters, _ = self._picking
            row, self._letters = letters_row(sentence, letters, width, self.side, ink)
            self.put("question-line", [row])

    def _question(self) -> str:
        """The question that waits, cut so that both answers beside it stay in sight."""
        if self._asking is None:
            return ""
        sentence, word, _ = self._asking
        room = self.app.size.width - 2 * self.side - len(f"   y {word}   Esc Go on")
        return paint.cut(sentence, room, self.glyphs)

    def prompt_text(
        self, what: str, done: Callable[[str], None], start: str = "", does: str = "saves"
    ) -> None:
        """Ask for a text in the last rows; `done` gets it, unless it is given up.

        `does` is what Enter does with it, in a word. `done` may ask for the next text at once: it
        is written in the same place.
        """
        from ttx.tui.widgets.prompt import Prompt  # a text area is not on the way to Home

        self._writing, self._does = (what, done), does
        if self._prompt is None:
            self._prompt = Prompt()
            self.mount(self._prompt)
        self._prompt.begin(start)
        self.paint()

    def confirm(self, sentence: str, word: str, then: Callable[[], None]) -> None:
        """Ask one question before something final."""
        self._asking = (sentence, word, then)
        self.paint()

    def prompt_key(
        self, sentence: str, keys: Mapping[str, str], then: Callable[[str], None]
    ) -> None:
        """Ask for one key of several, each with a word for it; Esc gives up, others do nothing.

        `then` gets the key, as it is shown.
        """
        self._picking = (sentence, keys, then)
        self.paint()

    def on_prompt_written(self, message: Prompt.Written) -> None:
        """Hand over what was written."""
        waiting, self._writing = self._writing, None
        if waiting is not None:
            waiting[1](message.words)
        if self._writing is None:
            self._put_away()
        self.paint()

    def on_prompt_given_up(self) -> None:
        """Forget it."""
        self._writing = None
        self._put_away()
        self.paint()

    def on_prompt_full(self) -> None:
        """Say in the place of what is asked for that the rest of it does not fit."""
        if self._writing is not None:
            told = "Full: the rest was left out"
            self._writing = (told, self._writing[1])
            self.paint()

    def _put_away(self) -> None:
        """Hide the place to write; it is kept, since taking one away takes longer than a key."""
        self.set_focus(None)
        if self._prompt is not None:
            self._prompt.display = False

    @property
    def leaving(self) -> str:
        """The word beside q."""
        return "back"

    def _too_small(self) -> None:
        width, height = self.app.size
        if self._prompt is not None:
            self._prompt.display = False
        self._stand({"notice": Box(0, 0, width, height)})
        words = f"{LEAST[0]} by {LEAST[1]} or more, please; now {width} by {height}."
        rows = [Text(part, end="") for part in paint.wrap(words, width)]
        self.put("notice", rows)

    @property
    def unsent(self) -> bool:
        """Whether something is written here that is lost where the page is."""
        prompt = self._prompt if self._writing is not None else None
        return prompt is not None and bool(prompt.text.strip())

    @property
    def told(self) -> str:
        """The sentence above the footer: this page's own, else the word that stays until Esc."""
        return self.notice or paint.clean(self.context.sticky_message)

    def show_notice(self, words: str) -> None:
        """Show one sentence above the footer until the next key."""
        self.notice = paint.clean(words)
        self.paint()

    async def _on_message(self, message: Message) -> None:
        """What somebody did is for the page that is shown."""
        by_hand = isinstance(message, events.Key | Region.Clicked | Region.Scrolled)
        if by_hand and self.host.is_past(self):
            if isinstance(message, events.Key):
                message.stop()
                self.host.press_again(message)
            return
        await super()._on_message(message)

    async def on_key(self, event: events.Key) -> None:
        """Answer a question that waits; any other key clears the sentence."""
        if self._asking is not None:
            waiting, self._asking = self._asking, None
            event.stop()
            event.prevent_default()
            self.paint()
            if event.key == "y":
                waiting[2]()
        elif self._prompt is not None and self._prompt.edits(event.key):
            await self._carry_out(event)
        elif self._picking is not None:
            self._picked(event)
        elif self._writing is not None:
            event.stop()
            event.prevent_default()
        elif (
            not self.notice
            and self.context.sticky_message
            and event.key == "escape"
            and not self.context.taken_over
        ):
            self.shell.put_message_away()
            event.stop()
            event.prevent_default()
            self.paint()
        else:
            if self.notice:
                self.notice = ""
                self.paint()
            await self._carry_out(event)

    def _picked(self, event: events.Key) -> None:
        """The key that was asked for, or Esc; any other key is a slip."""
        assert self._picking is not None
        event.stop()
        event.prevent_default()
        _, keys, then = self._picking
        key = ENTER if event.key == "enter" else event.character or ""
        if event.key == "escape" or key in keys:
            self._picking = None
            self.paint()
        if key in keys:
            then(key)

    async def _carry_out(self, event: events.Key) -> None:
        """Do what a key is bound to here, before anything else can come between.

        Textual would hand the key to the app, and by then another page may be shown.
        """
        if await self.app._check_bindings(event.key):  # noqa: SLF001  # nothing public does it now
            event.stop()
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a question waits or something is written, keys mean nothing else.

        On a terminal too small to show anything, and where nothing was painted yet, only leaving is
        possible.
        """
        if not (self.fits and self._arranged):
            return action == "back"
        return self._asking is None and self._writing is None and self._picking is None

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A word in the footer does what its key does; so does the answer to a question."""
        if event.region == "footer":
            for first, last, key in self._buttons:
                if first <= event.column < last:
                    name = key.split(" ")[0]
                    self.app.simulate_key(PRESSED.get(name, name))
        elif event.region == "question-line" and self._asking is not None:
            yes = self.side + cell_len(self._question()) + 3
            no = yes + cell_len(self._asking[1]) + 5
            if yes <= event.column < no - 3:
                self.app.simulate_key("y")
            elif no <= event.column:
                self.app.simulate_key("escape")
        elif event.region == "question-line" and self._picking is not None:
            for first, last, key in self._letters:
                if first <= event.column < last:
                    self.app.simulate_key(PRESSED.get(key, key))

    def on_button(self, event: Region.Clicked, key: str, word: str) -> bool:
        """Whether a click is on the button of that key and word, and on no cell beside it."""
        row = self.regions[event.region].row(event.row).plain
        before, found, _ = row.partition(f" {key} {word} ")
        return bool(found) and cell_len(before) <= event.column < cell_len(before + found)

    # --- keys that are the same everywhere ---

    def action_help(self) -> None:
        """Show the keys of this screen and the words."""
        self.shell.go("help", self)

    def action_back(self) -> None:
        """Go back."""
        self.shell.back()

    def action_give_up(self) -> None:
        """Go back from a page that was opened over another."""
        if self.shell.over_run:
            self.shell.back()
