from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from ttx.remote.filters import SafeText, lowered
from ttx.remote.wire import ENTER, LEAVE, MOST, Terminal, clamp
from ttx.tui.theme import FULL, PLAIN, Signs, glyphs

BLACK = Color(0, 0, 0)


@pytest.mark.parametrize(
    ("claimed", "told"),
    [
        ((0, 0), (80, 24)),
        ((0, 50), (80, 50)),
        ((1, 1), (20, 6)),
        ((100, 40), (100, 40)),
        ((65535, 65535), MOST),
        ((2**31 - 1, 2**31 - 1), (300, 100)),
    ],
)
def test_a_size_is_within_bounds(claimed: tuple[int, int], told: tuple[int, int]) -> None:
    assert clamp(*claimed) == told


@pytest.mark.parametrize(
    ("term", "said", "colours"),
    [
        ("xterm-256color", {"COLORTERM": "truecolor"}, "truecolor"),
        ("xterm", {"COLORTERM": "24bit"}, "truecolor"),
        ("xterm-256color", {}, "256"),
        ("xterm-kitty", {}, "truecolor"),
        ("xterm-direct", {}, "truecolor"),
        ("foot", {}, "truecolor"),
        ("screen.xterm-256color", {}, "256"),
        ("xterm", {}, "16"),
        ("linux", {}, "16"),
        ("vt220", {}, "none"),
        ("dumb", {}, "none"),
        ("xterm-256color", {"NO_COLOR": "1"}, "none"),
        ("xterm-256color", {"NO_COLOR": ""}, "256"),
    ],
)
def test_colours_are_those_the_terminal_says_it_has(
    term: str, said: dict[str, str], colours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")  # the server's own, which is nobody's business
    monkeypatch.setenv("TERM", "xterm-kitty")
    assert Terminal(term, said).colours == colours


@pytest.mark.parametrize(
    ("term", "said", "plain"),
    [
        ("xterm", {}, False),
        ("linux", {}, True),
        ("linux", {"TTX_GLYPHS": "full"}, False),
        ("xterm", {"TTX_GLYPHS": "ascii"}, True),
        ("xterm", {"TTX_GLYPHS": "?"}, False),
        ("xterm", {"LANG": "C"}, True),
        ("xterm", {"LANG": "C.UTF-8"}, False),
        ("xterm", {"LANG": "ja_JP.eucJP"}, True),
        ("xterm", {"LANG": "ja_JP.utf8"}, False),
        ("xterm", {"LANG": "ja_JP"}, False),
    ],
)
def test_signs_are_those_the_terminal_can_show(
    term: str, said: dict[str, str], *, plain: bool
) -> None:
    assert Terminal(term, said).plain_glyphs is plain


@pytest.mark.parametrize(
    ("asked", "theme"),
    [("light", "ttx-light"), ("", "ttx-dark"), ("mauve", "ttx-dark"), ("x" * 9999, "ttx-dark")],
)
def test_a_theme_is_asked_for_by_name(asked: str, theme: str) -> None:
    assert Terminal("xterm", {"TTX_THEME": asked}).theme == theme


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_some_terminals_show_no_screens(term: str) -> None:
    assert not Terminal(term).fit
    assert Terminal("xterm").fit


def test_whatever_is_turned_on_is_turned_off() -> None:
    on = {part[:-1] for part in ENTER.split("\x1b[?")[1:] if part.endswith("h")}
    off = {part[:-1] for part in LEAVE.split("\x1b[?")[1:] if part.endswith("l")}
    assert on == off
    assert "\x1b[?7l" in ENTER
    assert "\x1b[?7h" in LEAVE
    assert "\x1b[?25l" in ENTER
    assert "\x1b[?25h" in LEAVE
    assert "1003" not in ENTER
    assert "u" not in ENTER  # kitty's keyboard


STEERS = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u061c\u200b\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\U000e0041",
]


@pytest.mark.parametrize("sign", STEERS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_nothing_in_a_line_steers(sign: str) -> None:
    style = Style(bold=True)
    line = [Segment("fine", style), Segment(f"a{sign}b", style)]
    assert SafeText().apply(line, BLACK) == [line[0], Segment("a\ufffdb", style)]


@pytest.mark.parametrize("words", ["plain", "演習：ｶﾅ ①※─○", "Ä é – × − ▸", "\u00a0 \u3000"])
def test_what_only_looks_odd_stays(words: str) -> None:
    assert SafeText().apply([Segment(words)], BLACK) == [Segment(words)]


def test_fewer_colours_are_another_style() -> None:
    style = Style(bold=True, color="#5fafff", bgcolor="#121212")
    codes = {
        depth: lowered(style, depth).render("x", legacy_windows=False)
        for depth in ("256", "16", "none")
    }
    assert codes["256"] == "\x1b[1;38;5;75;48;5;233mx\x1b[0m"
    assert ";2;" not in codes["16"]
    assert ";5;" not in codes["16"]
    assert codes["none"] == "\x1b[1mx\x1b[0m"
    assert style.render("x") == "\x1b[1;38;2;95;175;255;48;2;18;18;18mx\x1b[0m"


def test_signs_are_the_environment_s_unless_an_app_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert glyphs() == FULL
    monkeypatch.setenv("TTX_GLYPHS", "ascii")
    assert glyphs() == PLAIN
    assert Signs(plain=False).glyphs == FULL
    assert Signs().glyphs == PLAIN
