"""Lines made of keys: echoed, taken back, and never more than what was typed."""

from __future__ import annotations

import pytest

from ttx.remote.typed_lines import LONGEST, TypedLines


class Terminal:
    """What a terminal sends, what it is sent back, and the lines that were heard."""

    def __init__(self, *, keys: bool = True) -> None:
        self.shown, self.lines, self.told = "", list[str](), list[str]()
        self.typed = TypedLines(self._show, self.lines.append, keys=keys)
        self.typed.left = lambda: self.told.append("left")
        self.typed.emptied = lambda: self.told.append("emptied")

    def _show(self, text: str) -> None:
        self.shown += text

    def sends(self, *parts: bytes) -> None:
        for part in parts:
            assert len(part) == self.typed.feed(part)


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        (b"note we\r", "note we"),
        (b"nto\x7f\x7fote\r", "note"),
        (b"one two\x17three\r", "one three"),
        (b"wrong\x15right\r", "right"),
        (b"a\x1b[D\x1b[1;5C\x1bOAb\x1bxc\r", "abc"),
        (b"tab\there\r", "tab here"),
        (b"bell\x07null\x00\r", "bellnull"),
        ("地図を見る\x7f\r".encode(), "地図を見"),
        (b"\r", ""),
    ],
)
def test_keys_come_to_a_line(sent: bytes, line: str) -> None:
    at = Terminal()
    at.sends(*(sent[n : n + 1] for n in range(len(sent))))

    assert [line] == at.lines
    assert at.shown.endswith("\r\n")
    assert "\x1b" not in at.shown


def test_a_wide_character_is_taken_back_with_both_its_cells() -> None:
    at = Terminal()
    at.sends("地\x7f".encode())

    assert "地\b \b\b \b" == at.shown
    assert ["emptied"] == at.told


def test_ends_of_lines_of_either_kind_end_one_line() -> None:
    at = Terminal(keys=False)
    at.sends(b"one\r\ntwo\nthree\rfour\r\n\r\n")

    assert ["one", "two", "three", "four", ""] == at.lines
    assert "" == at.shown  # the terminal shows what it sends by lines


def test_ctrl_c_takes_back_a_line_and_with_none_asks_to_go() -> None:
    at = Terminal()
    at.sends(b"half a line\x03")
    assert (["emptied"], "", []) == (at.told, at.typed.begun, at.lines)
    at.sends(b"\x03", b"\x04", b"x\x04\r")

    assert ["emptied", "left", "left"] == at.told
    assert ["x"] == at.lines


def test_a_line_is_never_longer_than_what_is_kept() -> None:
    at = Terminal()
    at.sends(b"x" * (LONGEST + 100) + b"\r", b"\x1b[" + b"1" * (LONGEST + 9) + b"\r", b"y\r")

    assert [LONGEST] == [len(line) for line in at.lines[:1]]
    assert "y" in at.lines[-1]
