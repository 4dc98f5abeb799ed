"""The line above the footer that asks: a text, one key of several, or yes to something final."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
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
from ttx.tui.theme import Ink

if TYPE_CHECKING:
    from ttx.tui.parts.editor import Editor

ENTER = "Enter"
"""The key of whoever wants none of the letters."""
TYPED = 2
"""Rows of the place to type."""
SAVES = N_("saves")
"""What Enter does with a text that may have several lines."""


@dataclass(frozen=True)
class ForText:
    """A text is typed in the rows below."""

    what: str
    does: str
    """What Enter does with it, in a word."""
    then: Callable[..., object]
    """Gets it, and the place of its kind where it has kinds; it stays where this gives False."""
    looks_up: bool = False
    """Whether it only finds something: nobody is asked before it is given up."""
    kinds: Sequence[str] = ()
    """What it can be, one of which Tab chooses before or after it is typed."""
    behind: bool = False
    """Whether texts that were written before it are lost with it."""

    def take(self, words: str, kind: int) -> object:
        """Hand it over, with its kind where it has one."""
        return self.then(words, kind) if self.kinds else self.then(words)


@dataclass(frozen=True)
class Barred:
    """Nothing can be typed now; letters of the text that was meant are no keys meanwhile."""

    reason: str


@dataclass(frozen=True)
class ForKey:
    """One key of several, each with a word for it."""

    sentence: str
    keys: Mapping[str, str]
    then: Callable[[str], object]


@dataclass(frozen=True)
class ForYes:
    """Something final."""

    sentence: str
    word: str
    then: Callable[[], object]
    instead_of: ForText | None = None
    """The text that is gone back to where the answer is no."""


Asks = ForText | ForKey | ForYes | Barred


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
        self.asks: Asks | None = None
        self.kind = 0
        """Which of the kinds of a text is chosen."""
        self.refused = ""
        """Why the text is not taken as it stands."""
        self.since = 0.0
        """When it was painted, by the clock of the keys; what came before is no answer."""
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

    def height(self, width: int, side: int) -> int:
        """Rows that it takes in so many columns, `side` of them free at either edge."""
        if self.asks is None:
            return 0
        return len(self._sentence(width, side)) + (TYPED if self._typing else 0)

    @property
    def _typing(self) -> bool:
        """Whether a text lies below the question, be it that which is asked for or not."""
        asks = self.asks
        return isinstance(asks, ForText) or (isinstance(asks, ForYes) and bool(asks.instead_of))

    @property
    def text(self) -> str:
        """What is written here and not handed over."""
        return self._editor.text if self._typing and self._editor is not None else ""

    @property
    def holds_text(self) -> bool:
        """Whether something is written here and not handed over."""
        return bool(self.text.strip())

    def ask(self, asks: Asks, start: str = "", kind: int = 0) -> None:
        """Ask; a text goes on from `start`, and is of a kind."""
        from ttx.tui.parts.editor import Editor  # a text area is not on the way to Home

        self.asks, self.refused = asks, ""
        if not isinstance(asks, ForText):
            self.since = time.monotonic()
        else:
            self.kind = kind
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

    def taken_from(self, other: Question) -> None:
        """Go on with the text that is being typed on a page that is taken away."""
        asks = other.asks.instead_of if isinstance(other.asks, ForYes) else other.asks
        if isinstance(asks, ForText):
            start, text = other._start, other.text
            self.ask(asks, text, other.kind)
            self._start = start
            other.asks = None

    def edits(self, key: str) -> bool:
        """Whether a key corrects what is written: backspace, the arrows and their like."""
        editor = self._editor
        return editor is not None and editor.has_focus and editor.corrects(key)

    def draw(self, side: int) -> None:
        """The question, and whatever is written below it."""
        width = self.app.size.width
        rows = self._sentence(width, side)
        self._inner["prompt"] = Box(side, len(rows), width - 2 * side, TYPED)
        if self._typing and self._editor is not None:
            self._editor.display = True
            self._take_keys()
        self.fill(rows)

    def _take_keys(self) -> None:
        asks, editor = self.asks, self._editor
        here = editor is not None and editor.is_attached
        if here and isinstance(asks, ForText) and self.screen.focused is not editor:
            self.screen.set_focus(editor)

    def on_mount(self) -> None:
        """A text that was begun on the page before this is typed on."""
        self.call_after_refresh(self._take_keys)

    def type(self, event: events.Key) -> None:
        """A key that came before the place to type had them goes into it all the same."""
        if self._editor is not None and isinstance(self.asks, ForText):
            self.on_key(event)
            if event.is_printable and event.character:
                self._editor.insert(event.character)

    def on_key(self, event: events.Key) -> None:
        """Enter hands over what was written, and Esc gives it up."""
        asks = self.asks
        if isinstance(asks, ForText) and asks.kinds and event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self.kind = (self.kind + (1 if event.key == "tab" else -1)) % len(asks.kinds)
            self.post_message(self.Over())
        elif self._editor is not None and event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            words = self._editor.text.strip()
            if event.key == "enter":
                self._hand_over(words)
            else:
                behind = isinstance(asks, ForText) and asks.behind
                self._give_up(new=behind or words not in ("", self._start.strip()))

    def _hand_over(self, words: str) -> None:
        """What was written goes to whoever asked; it is asked for again where it is refused."""
        asks, self.asks = self.asks, None
        refused = isinstance(asks, ForText) and asks.take(words, self.kind) is False
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
        if not isinstance(self.asks, ForText):
            self._hide()
        self.post_message(self.Over())

    def _hide(self) -> None:
        if self._editor is not None:
            self.screen.set_focus(None)
            self._editor.display = False

    def _sentence(self, width: int, side: int) -> list[Text]:
        """The question with its answers; they stand below it where one row has no room for both."""
        ink, pad, asks = self.ink, (" " * side, ""), self.asks
        room = width - 2 * side
        right: list[Seg] = []
        if isinstance(asks, ForYes):
            what, answers = asks.sentence, _answers({"y": asks.word, "Esc": _("Go on")}, 3, ink)
        elif isinstance(asks, ForKey):
            what, right = asks.sentence, [(_("Esc gives up"), ink.muted)]
            answers = _answers(asks.keys, 3, ink)
            close = _answers(asks.keys, 1, ink)
            if _cells(what, answers, right) > room >= _cells(what, close, []):
                answers, right = close, []
        elif isinstance(asks, Barred):
            what, answers = asks.reason, _answers({ENTER: _("Go on")}, 3, ink)
        elif asks is not None:
            what, answers, does = asks.what, [], _(asks.does)
            more = _("   ctrl+j new line") if asks.does == SAVES else ""
            right = [(_("Enter {does}   Esc gives up{more}", does=does, more=more), ink.muted)]
            if asks.kinds:
                what = f"{what}: {_(asks.kinds[self.kind])}"
                right = [(_("Tab kind"), f"{ink.muted} @answer('tab')"), ("   ", ""), *right]
            if self.refused:
                right = [(self.refused, f"bold {ink.heat}")]
        else:
            return [paint.blank(width)]
        strong = f"bold {ink.strong}"
        if _cells(what, answers, right) <= room:
            row = paint.line(width, [pad, (what, strong), *answers], [*right, pad], ink.surface)
            return [row]
        rows = [[(line, strong)] for line in paint.broken(what, room)]
        rows += _in_rows(answers, room)
        if right:
            rows += [
                [(line, style)] for words, style in right for line in paint.broken(words, room)
            ]
        return [paint.line(width, [pad, *row], fill=ink.surface) for row in rows if row]

    def answered(self, event: events.Key) -> Callable[[], object] | None:
        """What a key leads to, if it answers; a question for yes is over with any key.

        None where the key leads to nothing; where nothing is asked any more, it was given up.
        """
        asks = self.asks
        if isinstance(asks, Barred) and event.key in ("enter", "escape"):
            self.asks = None
        if isinstance(asks, ForYes):
            if event.key == "y" and self._editor is not None:
                self._hide()
            self.asks = None if event.key == "y" else asks.instead_of
            return asks.then if event.key == "y" else None
        if isinstance(asks, ForKey):
            key = ENTER if event.key == "enter" else event.character or ""
            if event.key == "escape" or key in asks.keys:
                self.asks = None
            if key in asks.keys:
                return lambda: asks.then(key)
        return None


def _answers(keys: Mapping[str, str], gap: int, ink: Ink) -> list[Seg]:
    """Each key with its word, behind a gap; a click on one answers."""
    segs: list[Seg] = []
    for key, word in keys.items():
        does = f"@answer({ {ENTER: 'enter', 'Esc': 'escape'}.get(key, key)!r})"
        segs += [
            (" " * gap, ""),
            (key, f"bold {ink.cool} {does}"),
            (f" {word}", f"{ink.text} {does}"),
        ]
    return segs


def _in_rows(answers: Sequence[Seg], room: int) -> list[list[Seg]]:
    """Answers in as many rows as they take, none of them broken; each is a gap, a key and a word.

    Where one row has room for all, they stand there with their gaps.
    """
    rows: list[list[Seg]] = []
    for at in range(0, len(answers), 3):
        gap, *answer = answers[at : at + 3]
        if rows and _cells("", [*rows[-1], gap, *answer], []) <= room:
            rows[-1] += [gap, *answer]
        else:
            rows.append(answer)
    return rows


def _cells(what: str, answers: Sequence[Seg], right: Sequence[Seg]) -> int:
    """Cells of a row of these, one free before what stands at its right."""
    return sum(cell_len(words) for words, _style in [(what, ""), *answers, *right]) + bool(right)
