"""What may be said to a terminal far away beside painting: copy this, and nothing else."""

from __future__ import annotations

from base64 import b64encode

import pytest

from ttx.remote.clipboard import LONGEST, let_through, too_long


def request(text: str) -> str:
    """As Textual asks a terminal to copy."""
    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07"


@pytest.mark.parametrize("text", ["a", "ab", "abc", "Ŵåž\n字", "x" * LONGEST])
def test_a_request_to_copy_passes_where_the_host_allows_it(text: str) -> None:
    data = f"\x1b[1;1Hbefore{request(text)}\x1b[2;1Hafter"
    assert data == let_through(data, copies=True)
    assert "\x1b[1;1Hbefore\x1b[2;1Hafter" == let_through(data, copies=False)


@pytest.mark.parametrize(
    "command",
    [
        "\x1b]52;c;?\x07",  # what was copied elsewhere?
        "\x1b]52;;?\x07",
        "\x1b]52;c;?\x1b\\",
        "\x1b]52;c;\x07",  # forget what was copied
        "\x1b]52;p;YQ==\x07",  # another clipboard
        "\x1b]52;cp;YQ==\x07",
        "\x1b]52;c;YQ==\x1b\\",
        "\x1b]52;c;YQ=\x07",  # no base64
        "\x1b]52;c;Y===\x07",
        "\x1b]52;c;Y Q=\x07",
        "\x1b]52;c;YQ==",  # no end
        request("x" * (LONGEST + 1)),
        "\x1b]0;a title\x07",
        "\x1b]8;;https://example.org\x1b\\",
        "\x1b]4;1;?\x07",
    ],
)
def test_nothing_else_does(command: str) -> None:
    shown = let_through(f"before{command}\x1b[1mafter", copies=True)
    assert "before\x1b[1mafter" == shown


def test_a_request_within_another_command_does_not_pass() -> None:
    hidden = f"\x1b]0;{request('a')}"
    assert "\x1b]0;" not in let_through(hidden, copies=True)
    halves = let_through("\x1b]52;c", copies=True) + let_through(";?\x07", copies=True)
    assert "\x1b" not in halves


def test_bytes_count_and_not_letters() -> None:
    assert not too_long("é" * (LONGEST // 2))
    assert too_long("é" * (LONGEST // 2 + 1))
