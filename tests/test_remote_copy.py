"""What is selected over SSH is copied to the terminal it is shown at, if the host lets it.

The bytes are those that a real OpenSSH client hands to its terminal.
"""

from __future__ import annotations

import re
import time
from base64 import b64decode
from pathlib import Path

from ssh_rig import LEAD, LIMIT, Screen, laid, room

WORDS = "QUESTION"
COMMANDS = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\\\)?")
"""Whatever a terminal is asked beside painting."""


def drag(screen: Screen, words: str) -> None:
    """Draw the mouse over words that are shown, with its button held."""
    x, y = screen.until(words).place_of(words)
    last = x + len(words) - 1
    screen.type(f"\x1b[<0;{x};{y}M")
    for at in range(x, last + 1):
        screen.type(f"\x1b[<32;{at};{y}M")
    screen.type(f"\x1b[<0;{last};{y}m")


def commands(screen: Screen, count: int = 1) -> list[bytes]:
    """What the terminal is asked beside painting, once it was asked so much."""
    limit = time.monotonic() + LIMIT
    while time.monotonic() < limit and len(found := COMMANDS.findall(screen.bytes)) < count:
        screen.read()
    return found


def test_what_is_selected_is_copied_and_nothing_else_is_asked(tmp_path: Path) -> None:
    with room(tmp_path, resume=laid(tmp_path)) as at:
        lead = at.join(LEAD)
        assert [] == COMMANDS.findall(lead.bytes)
        drag(lead, WORDS)
        lead.type("\x03")
        (command,) = commands(lead)
        assert command.startswith(b"\x1b]52;c;")
        assert command.endswith(b"\x07")
        assert WORDS == b64decode(command[7:-1]).decode()
        assert 0 == lead.leave()


def test_the_host_may_say_that_nothing_is_copied(tmp_path: Path) -> None:
    with room(tmp_path, "--no-copy", resume=laid(tmp_path)) as at:
        lead = at.join(LEAD)
        drag(lead, WORDS)
        lead.type("\x03")
        lead.until("lets no screen copy")
        assert [] == COMMANDS.findall(lead.bytes)
