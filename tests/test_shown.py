"""What somebody else wrote never steers the terminal that it is shown on, whatever prints it."""

from __future__ import annotations

import functools
import logging
import os
import pty
import select
import subprocess
import sys
import termios
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st
from kit.tables import exercise
from ssh_rig import CHIEF, room

from ttx.remote.host_log import log_to
from ttx.shown import HIDDEN, clean, clean_lines

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
HOSTILE = (
    "\x1b[31m\x1b]0;mine\x07\x1bc\x08\x7f\x00\x9b2J\x85\t\r\v\f"  # C0, DEL, C1
    "\u202e\u2066\u2069\u061c\u200b\u2060\ufeff\u2028\u2029\ue000\U000e0041\n"  # order of reading
    "yes seal      forged"
)
"""What a terminal obeys, and a line that a verb could have said."""
NAMED = HOSTILE.replace("\x00", "").replace("/", "")
"""The same as the name of a file."""


@given(st.text(max_size=60))
@example("a\x1b[31mb\x07")
@example("\u202eabc\u2066d\u200be\ufefff")
@example("a\tb\nc\r\x85d\x9b31m")
@example(HOSTILE)
def test_clean_words_steer_nothing(words: str) -> None:
    shown = clean(words)
    assert not [c for c in shown if unicodedata.category(c) in HIDDEN]
    assert clean(shown) == shown
    kept = "".join(c for c in words if c.isalnum())
    assert "".join(c for c in shown if c.isalnum()) == "".join(
        c for c in kept if unicodedata.category(c) not in HIDDEN
    )


def test_clean_words_are_one_line() -> None:
    assert len(clean("a\nb\r\nc\x0bd\x85e\u2028f\u2029g").splitlines()) == 1


def test_markup_and_accents_stay() -> None:
    assert clean("[bold]Ōsaka[/] — 日本") == "[bold]Ōsaka[/] — 日本"


def test_a_line_of_the_log_stays_one(tmp_path: Path) -> None:
    log_to(tmp_path / "host.log")
    log = logging.getLogger("ttx.remote")
    handler = log.handlers[-1]
    try:
        log.warning("A wrong code from %s.", HOSTILE)
    finally:
        log.removeHandler(handler)
        handler.close()

    said = (tmp_path / "host.log").read_text("utf-8").removesuffix("\n")
    assert said == clean(said)
    assert "forged" in said


# Every verb that prints, at a real terminal


def hostile(value: Any, key: str = "") -> Any:  # noqa: ANN401  # any part of a TOML file
    """The same with what steers a terminal behind every text that is no id."""
    match value:
        case dict():
            return {name: hostile(one, name) for name, one in value.items()}
        case list():
            return [hostile(one, key) for one in value]
        case str() if " " in value and key not in ("opens", "date"):
            return f"{value}{HOSTILE}"
    return value


def at_a_terminal(place: Path, *words: str, typed: tuple[str, ...] = ()) -> str:
    """Run a verb at a terminal that hands every key through; all that reached the terminal.

    A line is typed at each prompt, then `q`; a host is ended once it is ready.
    """
    master, slave = pty.openpty()
    modes = termios.tcgetattr(slave)
    modes[0], modes[3] = 0, 0  # nothing typed is echoed, nothing of it is the terminal's own
    termios.tcsetattr(slave, termios.TCSANOW, modes)
    with subprocess.Popen(
        [sys.executable, "-m", "ttx", *words],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(place)},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    ) as process:
        os.close(slave)
        said, lines, end = b"", iter(typed), time.monotonic() + 120
        while select.select([master], [], [], max(end - time.monotonic(), 0))[0]:
            try:
                said += os.read(master, 65536)
            except OSError:
                break
            if said.endswith(b" > "):
                os.write(master, f"{next(lines, 'q')}\n".encode("utf-8", "surrogateescape"))
            if b"Ready. " in said:
                process.terminate()
        process.kill()
    os.close(master)
    return said.decode()


def harmless(said: str) -> bool:
    """Whether nothing but line ends steers the terminal."""
    return said.replace("\r\n", "") == clean(said.replace("\r\n", ""))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exercise whose texts are hostile, and saves of it: `a` played by robots, `b` a fork."""
    made = tmp_path_factory.mktemp("hostile")
    data = hostile(exercise("tutorial").as_toml())
    (made / "bad.toml").write_text(tomli_w.dumps(data), "utf-8")
    (made / "worse.toml").write_text(tomli_w.dumps({**data, f"key {HOSTILE}": HOSTILE}), "utf-8")
    row = '1,"{0}","{0}"\n'.format(HOSTILE.replace("\x00", ""))
    (made / "plan.csv").write_text(f"MSEL NUMBER,TITLE,DESCRIPTION\n{row}", "utf-8")
    (made / "wrong.csv").write_text(f'MSEL NUMBER,TITLE,"{HOSTILE}"\n{row}', "utf-8")
    ttx = functools.partial(at_a_terminal, made)
    ttx("play", "bad.toml", "--robots", "steady", "--seed", "3", "--plain", "--save", "a.ttx.toml")
    ttx("fork", "a.ttx.toml", "--turn", "2", "--out", "b.ttx.toml")
    assert (made / "b.ttx.toml").exists()
    return made


KEPT = ("--seed", "3", "--plain", "--save")
VERBS: dict[str, tuple[str, ...]] = {
    "check": ("check", "bad.toml"),
    "check what is wrong": ("check", "worse.toml"),
    "play": ("play", "bad.toml", *KEPT, f"p{NAMED}.ttx.toml"),
    "play as robots": ("play", "bad.toml", "--robots", "steady", *KEPT, f"s{NAMED}.ttx.toml"),
    "play by turns": ("play", "bad.toml", "--apart", *KEPT, "apart.ttx.toml"),
    "resume": ("resume", "a.ttx.toml", "--plain"),
    "resume a fork": ("resume", "b.ttx.toml", "--plain"),
    "replay": ("replay", "a.ttx.toml", "--plain"),
    "compare": ("compare", "a.ttx.toml", "b.ttx.toml", "--plain"),
    "verify": ("verify", "a.ttx.toml"),
    "report in Markdown": ("report", "a.ttx.toml", "--out", "-", "--format", "md"),
    "report in HTML": ("report", "a.ttx.toml", "--out", "-"),
    "report to a file": ("report", "a.ttx.toml", "--out", f"r{NAMED}.md"),
    "docs": ("docs", "bad.toml", "--out", f"d{NAMED}"),
    "msel export": ("msel", "export", "bad.toml"),
    "msel export to a file": ("msel", "export", "bad.toml", "--out", f"m{NAMED}.csv"),
    "msel import": ("msel", "import", "plan.csv", "--exercise", "bad.toml", "--out", f"i{NAMED}"),
    "msel import what is wrong": ("msel", "import", "wrong.csv", "--exercise", "bad.toml"),
    "schema": ("schema",),
    "fork": ("fork", "a.ttx.toml", "--turn", "1", "--out", f"f{NAMED}.ttx.toml"),
    "host": ("host", "bad.toml", "--headless", "--save", f"h{NAMED}.ttx.toml"),
    "no such verb": (f"play{NAMED}",),
    "no such option": ("play", "tutorial", f"--{NAMED}"),
    "no such value": ("play", "tutorial", "--seed", NAMED),
    "no such exercise": ("play", NAMED),
    "no such save": ("resume", NAMED),
    "no such seat": ("replay", "a.ttx.toml", "--seat", NAMED, "--plain"),
    "no such robot": ("play", "tutorial", "--robots", NAMED),
    "no such form": ("report", "a.ttx.toml", "--format", NAMED),
    "no such socket": ("join", "--socket", NAMED, "--seat", NAMED),
}


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_lets_anybodys_words_steer_a_terminal(folder: Path, verb: str) -> None:
    words = VERBS[verb]
    one = NAMED.replace("\n", "")
    typed = ("", f"{one} {one}", f"note {one}", one, "", one, "1", "", "")

    said = at_a_terminal(folder, *words, typed=typed)

    assert said
    assert harmless(said), repr(said)


def test_no_name_of_a_file_adds_a_line_to_what_is_verified(folder: Path) -> None:
    parent = f"v{NAMED}.ttx.toml"
    (folder / parent).write_bytes((folder / "a.ttx.toml").read_bytes())
    at_a_terminal(folder, "fork", parent, "--turn", "2", "--out", "c.ttx.toml")

    said = at_a_terminal(folder, "verify", "c.ttx.toml").splitlines()

    assert ["yes parent", "    seal  "] == [line[:10] for line in said[-2:]]
    assert 1 == sum("seal      " in line[:14] for line in said)


def test_a_path_is_handed_to_a_program_as_it_is(folder: Path) -> None:
    name = f"w{NAMED}.ttx.toml"
    done = subprocess.run(
        [sys.executable, "-m", "ttx", "fork", "a.ttx.toml", "--turn", "2", "--out", name],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )

    assert f"{name}\n".encode() == done.stdout
    assert (folder / name).exists()


def test_what_a_host_tells_in_lines_steers_no_terminal(folder: Path, tmp_path: Path) -> None:
    with room(tmp_path, exercise=folder / "bad.toml") as at:
        at.join(CHIEF)
        for word in ("status", "report", f"stat{NAMED}"):
            done = at.ask(CHIEF, word)
            assert done.stdout
            assert all(line == clean(line) for line in done.stdout.split("\n")), repr(done.stdout)


def test_lines_that_are_copied_steer_nothing_where_they_are_pasted() -> None:
    assert "one\ntwo three" == clean_lines("one\r\ntwo\tthree")
    assert "[201~rm -rf" == clean_lines("\x1b[201~rm -rf\x07")
