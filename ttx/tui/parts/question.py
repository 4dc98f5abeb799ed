"""The line above the footer that asks: a text, one key of several, or yes to something final."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.layout import Layout
from textual.message import Message

from ttx.i18n import N_, _
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Placed, Region
from ttx.tui.theme import Ink, glyphs

if TYPE_CHECKING:
    from ttx.tui.parts.editor import Editor

ENTER = "Enter"
"""The key of whoever wants none of the letters."""
SAVES = N_("saves")
"""What Enter does with a text that may have several lines."""


@dataclass(frozen=True)
class ForText:
    """A text is typed in the rows below."""

    what: str
    does: str
    """What Enter does with it, in a word."""
    then: Callable[[str], object]
    """Gets it; it stays where it is where this gives False."""
    looks_up: bool = False
    """Whether it only finds something: nobody is asked before it is given up."""


@dataclass(frozen=True)
class ForKey:
    """One key of several, each with a word for it."""

    sentence: str
    keys: Mapping[str, str]
    then: Callable[[str], None]


@dataclass(frozen=True)
class ForYes:
    """Something final."""

    sentence: str
    word: str
    then: Callable[[], object]
    instead_of: ForText | None = None
    """The text that is gone back to where the answer is no."""


class Question(Region):
    """What waits for an answer, if anything does, and the place to type one."""

    class Over(Message):
        """What was asked for is written, refused or given up."""

        def __init__(self, *, refused: bool = False) -> None:
            """It was `refused` where it is still asked for."""
            super().__init__()
            self.refused = refused

    def __init__(self, name: str) -> None:
        """Nothing is asked."""
        super().__init__(name)
        self.asks: ForText | ForKey | ForYes | None = None
        self.refused = ""
        """Why the text is not taken as it stands."""
        self._refused_text = ""
        self._editor: Editor | None = None
        self._start = ""
        """What the text goes on from."""
        self._inner: dict[str, Box] = {}
        self._placed = Placed(self._inner)

    @property
    def layout(self) -> Layout:
        """The place to type lies below the question."""
        return self._placed

    @property
    def ground(self) -> str:
        """It stands out from the page that it lies over."""
        return self.ink.surface

    @property
    def height(self) -> int:
        """Rows that it takes."""
        return 0 if self.asks is None else 3 if self._typing else 1

    @property
    def _typing(self) -> bool:
        """Whether a text lies below the question, be it that which is asked for or not."""
        asks = self.asks
        return isinstance(asks, ForText) or (isinstance(asks, ForYes) and bool(asks.instead_of))

    @property
    def holds_text(self) -> bool:
        """Whether something is written here and not handed over."""
        return self._typing and self._editor is not None and bool(self._editor.text.strip())

    def ask(self, asks: ForText | ForKey | ForYes, start: str = "") -> None:
        """Ask; a text goes on from `start`."""
        from ttx.tui.parts.editor import Editor  # a text area is not on the way to Home

        self.asks, self.refused = asks, ""
        if isinstance(asks, ForText):
            if self._editor is None:
                self._editor = Editor(id="prompt")
                if self.is_attached:
                    self.mount(self._editor)
            self._start = start
            self._editor.begin(start, several_lines=True)

    def compose(self) -> ComposeResult:
        """The place to type, where a text is the first that is asked for."""
        if self._editor is not None:
            yield self._editor

    def edits(self, key: str) -> bool:
        """Whether a key corrects what is written: backspace, the arrows and their like."""
        editor = self._editor
        return editor is not None and editor.has_focus and editor.corrects(key)

    def draw(self, side: int) -> None:
        """The question, and whatever is written below it."""
        width = self.screen.size.width
        self._inner["prompt"] = Box(side, 1, width - 2 * side, 2)
        if self._typing and self._editor is not None:
            self._editor.display = True
            if isinstance(self.asks, ForText) and self.screen.focused is not self._editor:
                self.screen.set_focus(self._editor)
        self.fill([self._sentence(width, side, self.ink)])

    def on_key(self, event: events.Key) -> None:
        """Enter hands over what was written, and Esc gives it up."""
        if self._editor is not None and event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            words = self._editor.text.strip()
            if event.key == "enter":
                self._hand_over(words)
            else:
                self._give_up(new=words not in ("", self._start.strip()))

    def _hand_over(self, words: str) -> None:
        """What was written goes to whoever asked; it is asked for again where it is refused."""
        asks, self.asks = self.asks, None
        refused = isinstance(asks, ForText) and asks.then(words) is False
        if refused and self.asks is None:
            self.asks, self._refused_text = asks, words
            self.post_message(self.Over(refused=True))
        else:
            self._put_away()

    def _give_up(self, *, new: bool) -> None:
        """Forget it; where something new was written only once that is asked for."""
        if new and isinstance(self.asks, ForText) and not self.asks.looks_up:
            sentence = _("Throw away what you have written?")
            self.asks = ForYes(sentence, _("Throw away"), self._put_away, self.asks)
            self.post_message(self.Over())
        else:
            self.asks = None
            self._put_away()

    def on_editor_refused(self, message: Editor.Refused) -> None:
        """Say beside what is asked for that not all of it was taken."""
        message.stop()
        self.refused = message.reason
        self._refused_text = self._editor.text.strip() if self._editor is not None else ""
        self.post_message(self.Over())

    def on_text_area_changed(self) -> None:
        """It is another text than the one that was refused."""
        if (
            self.refused
            and self._editor is not None
            and self._editor.text.strip() != self._refused_text
        ):
            self.refused = ""
            self.post_message(self.Over())

    def _put_away(self) -> None:
        """Hide the place to write; it is kept, since taking one away takes longer than a key."""
        if not isinstance(self.asks, ForText) and self._editor is not None:
            self.screen.set_focus(None)
            self._editor.display = False
        self.post_message(self.Over())

    def _sentence(self, width: int, side: int, ink: Ink) -> Text:
        """The question with its answers, `side` cells from either edge."""
        if isinstance(self.asks, ForYes):
            return self._yes(self.asks, width, side, ink)
        if isinstance(self.asks, ForKey):
            return self._keys(self.asks, width, side, ink)
        if self.asks is None:
            return paint.blank(width)
        pad, does = " " * side, _(self.asks.does)
        more = _("   ctrl+j new line") if self.asks.does == SAVES else ""
        keys = (_("Enter {does}   Esc gives up{more}", does=does, more=more), ink.muted)
        if self.refused:
            keys = (self.refused, f"bold {ink.heat}")
        words: list[Seg] = [(pad, ""), (self.asks.what, f"bold {ink.strong}")]
        return paint.line(width, words, [keys, (pad, "")], fill=ink.surface)

    def _yes(self, asks: ForYes, width: int, side: int, ink: Ink) -> Text:
        """Cut so that both answers stay in sight."""
        on = _("Go on")
        room = width - 2 * side - cell_len(_("   y {word}   Esc {on}", word=asks.word, on=on))
        yes, no = "@answer('y')", "@answer('escape')"
        parts: list[Seg] = [
            (" " * side, ""),
            (f"{paint.cut(asks.sentence, room, glyphs())}   ", f"bold {ink.strong}"),
            ("y", f"bold {ink.cool} {yes}"),
            (f" {asks.word}", f"{ink.text} {yes}"),
            ("   ", ""),
            ("Esc", f"bold {ink.cool} {no}"),
            (f" {on}", f"{ink.text} {no}"),
        ]
        return paint.line(width, parts, fill=ink.surface)

    def _keys(self, asks: ForKey, width: int, side: int, ink: Ink) -> Text:
        """Where all of it does not fit, the gaps shrink to one cell and Esc is not named."""
        give_up = _("Esc gives up")
        words = cell_len(asks.sentence) + sum(cell_len(f"{k} {w}") for k, w in asks.keys.items())
        wide = words + 3 * len(asks.keys) + cell_len(give_up) + 1 <= width - 2 * side
        parts: list[Seg] = [(" " * side, ""), (asks.sentence, f"bold {ink.strong}")]
        for key, word in asks.keys.items():
            does = f"@answer({('enter' if key == ENTER else key)!r})"
            parts += [
                (" " * (3 if wide else 1), ""),
                (key, f"bold {ink.cool} {does}"),
                (f" {word}", f"{ink.text} {does}"),
            ]
        right: list[Seg] = [(give_up, ink.muted), (" " * side, "")] if wide else []
        return paint.line(width, parts, right, fill=ink.surface)

    def answered(self, event: events.Key) -> Callable[[], object] | None:
        """What a key leads to, if it answers; a question for yes is over with any key.

        None where the key leads to nothing; where nothing is asked any more, it was given up.
        """
        asks = self.asks
        if isinstance(asks, ForYes):
            self.asks = None if event.key == "y" else asks.instead_of
            return asks.then if event.key == "y" else None
        if isinstance(asks, ForKey):
            key = ENTER if event.key == "enter" else event.character or ""
            if event.key == "escape" or key in asks.keys:
                self.asks = None
            if key in asks.keys:
                return lambda: asks.then(key)
        return None
