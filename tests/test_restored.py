"""A save that another program wrote anew is read as it was, or refused, and never called whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli_w
from kit.forging import failed
from kit.saves import sentence
from kit.tables import seated, until

from ttx.session import phases
from ttx.session.opening import look_at, resume
from ttx.session.record import Record, read
from ttx.session.restored import laid_out, unwrapped
from ttx.session.save_header import glance
from ttx.session.side_commands import Note
from ttx.session.verify import verify

SAVES = Path(__file__).parent / "saves"
KEPT = SAVES / "format-2.ttx.toml"
WHOLE = KEPT.read_bytes()


def indented(data: bytes) -> bytes:
    """As a formatter that indents what is in a table."""
    return re.sub(rb"(?m)^(?!\[exercise\]|$)", b"    ", data)


def reflowed(data: bytes) -> bytes:
    """As a formatter that puts short lists on one line."""
    return re.sub(
        rb"\[\n((?:    [^\n]{1,30},\n){1,3})\]",
        lambda found: b"[ " + b" ".join(found[1].split(b"\n")).strip() + b" ]",
        data,
    )


ENDS: dict[str, Callable[[bytes], bytes]] = {
    "carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
    "carriage returns alone": lambda data: data.replace(b"\n", b"\r"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "both": lambda data: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
    "a line more": lambda data: data + b"\n",
    "blanks and lines after it": lambda data: data + b"  \n\n\t\n",
    "sixteen bits": lambda data: data.decode().encode("utf-16"),
    "sixteen bits, the other way": lambda data: b"\xfe\xff" + data.decode().encode("utf-16-be"),
}
LAYOUTS: dict[str, Callable[[bytes], bytes]] = {
    "indented": indented,
    "blocks alone": lambda data: re.sub(rb"(?m)^(?=\[\[event|prev = |hash = )", b"  ", data),
    "lists on one line": reflowed,
    "blanks at the ends": lambda data: data.replace(b"\n", b"  \n"),
    "no blank lines": lambda data: re.sub(rb"\n\n+", b"\n", data),
    "more blank lines": lambda data: data.replace(b"\n\n", b"\n\n\n"),
    "equals without blanks": lambda data: re.sub(rb"(?m)^(\w+) = ", rb"\1=", data),
    "indented, with carriage returns": lambda data: indented(data).replace(b"\n", b"\r\n"),
}
CHANGES = ENDS | LAYOUTS
INSIDE = ("lists on one line", "more blank lines")
"""What leaves the first bytes of a file and its last block as they were."""


@pytest.mark.slow
@pytest.mark.parametrize("how", CHANGES)
def test_what_says_the_same_is_read_as_it_was_and_said_to_be_changed(
    how: str, tmp_path: Path
) -> None:
    path = tmp_path / KEPT.name
    data = CHANGES[how](WHOLE)
    path.write_bytes(data)
    assert data != WHOLE

    record, kept = read(path), read(KEPT)

    assert (kept.entries, kept.hashes, kept.seal) == (record.entries, record.hashes, record.seal)
    assert WHOLE == record.restored
    what = "its line ends or its encoding" if how in ENDS else "its layout"
    said = f"Another program changed {what}; it was read as it had been written."
    assert (said, "", False) == (record.remark, record.fault, record.read_only)
    assert said in [one.found for one in verify(path)]
    assert [] == failed(path)
    seen = glance(path)
    assert ("", "closed", 2) == (seen.broken, seen.phase, seen.turn)
    # A glance is at both ends of the file alone.
    assert seen.remark == "changed by another program" or how in INSIDE


@pytest.mark.parametrize("how", CHANGES)
def test_what_says_something_else_is_read_up_to_there(how: str, tmp_path: Path) -> None:
    path = tmp_path / KEPT.name
    old = b"elapsed = 0\n"
    at = [found.start() for found in re.finditer(old, WHOLE)][2]
    number = WHOLE.count(b"\n[[event]]", 0, at)
    forged = WHOLE[:at] + b"elapsed = 9\n" + WHOLE[at + len(old) :]
    path.write_bytes(CHANGES[how](forged))

    record = read(path)

    assert (number - 1, True) == (len(record.entries), record.read_only)
    assert record.fault.startswith(f"Readable up to entry {number - 1}; broken at line ")
    opens = [n for n, line in enumerate(lines(path), start=1) if line.strip() == "[[event]]"]
    assert f"line {opens[number - 1]}." in record.fault
    assert failed(path)


def lines(path: Path) -> list[str]:
    """The lines of a file, however they end."""
    return unwrapped(path.read_bytes()).decode().split("\n")


def test_numbers_written_otherwise_are_not_called_whole(tmp_path: Path) -> None:
    import tomllib

    path = tmp_path / KEPT.name
    path.write_text(tomli_w.dumps(tomllib.loads(WHOLE.decode())))

    assert ([], True) == (read(path).entries, read(path).read_only)
    assert failed(path)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_tail_cut_short_is_left_out_whatever_the_lines_end_with(
    end: bytes, tmp_path: Path
) -> None:
    path = tmp_path / KEPT.name
    path.write_bytes(WHOLE.replace(b"\n", end)[:-40])
    count = len(read(KEPT).entries)

    record = read(path)

    assert (count - 1, False) == (len(record.entries), record.read_only)
    assert f"play goes on from entry {count - 1}" in record.fault


def test_two_runs_in_one_file_end_where_the_second_begins(tmp_path: Path) -> None:
    """What an older ttx made of a save with other line ends: a second run behind the first."""
    path = tmp_path / KEPT.name
    first = WHOLE.index(b"[[event]]")
    path.write_bytes(WHOLE.replace(b"\n", b"\r\n") + WHOLE[first:])

    record = read(path)

    assert (read(KEPT).entries, True) == (record.entries, record.read_only)
    assert failed(path)


@pytest.mark.slow
def test_a_head_that_was_cut_short_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    first = WHOLE.index(b"[[event]]")
    tables = [found.start() for found in re.finditer(rb"\n\[", WHOLE[:first])]
    for cut in (*range(first - 40, first - 2), *tables[20::40], *(at + 1 for at in tables[20::40])):
        path.write_bytes(WHOLE[:cut])
        assert sentence(lambda: read(path)) == (
            "The head of run.ttx.toml was cut short, and nothing that was played is in it; "
            "use a copy from before."
        ), cut
        assert [] == [one for one in verify(path) if one.holds]


def test_what_is_no_save_stays_as_it_is() -> None:
    for data in (
        b"",
        b"\xff\xfe",
        b"dear diary",
        b"event = 3",
        b"[[event]]\nn = 1\n",
        b"\xff\xfea",
    ):
        assert data in (laid_out(data), laid_out(unwrapped(data)))


def test_nested_deeper_than_anybody_writes_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    path.write_bytes(b"format = 1\nx = " + b"[" * 100_000)
    assert sentence(lambda: read(path))
    assert glance(path).broken


def test_a_restored_save_is_looked_at_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / KEPT.name
    path.write_bytes(WHOLE.replace(b"\n", b"\r\n"))

    record: Record = read(path)

    assert look_at(read(KEPT)).game == look_at(record).game
    assert WHOLE.replace(b"\n", b"\r\n") == path.read_bytes()


@pytest.mark.parametrize("how", ["carriage returns", "a byte order mark", "indented"])
@pytest.mark.parametrize("cut", [0, 30])
def test_it_is_played_on_as_it_was_written_and_what_was_found_is_kept(
    how: str, cut: int, tmp_path: Path
) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    assert until(table, phases.DELIBERATION)
    table.leave()
    written, entries = path.read_bytes(), list(table.entries)
    found = CHANGES[how](written)
    if cut and how == "indented":
        return  # what is cut short and laid out anew cannot be told from what is damaged
    path.write_bytes(found[: len(found) - cut])
    aside = tmp_path / "run.ttx.toml.changed"

    table = resume(read(path))
    table.submit(table.game.run.first_seat, Note("on"), table.game.entries)
    table.leave()

    assert found[: len(found) - cut] == aside.read_bytes()
    assert 0o600 == aside.stat().st_mode & 0o777
    if not cut:
        assert path.read_bytes().startswith(written)
        assert entries == table.entries[:-1]
    assert table.found is not None
    assert "kept as run.ttx.toml.changed." in table.found.on_resuming
    again = read(path)
    assert (table.entries, "", False) == (again.entries, again.remark, again.read_only)
    assert [] == failed(path)
    assert {path.name, aside.name} == {one.name for one in tmp_path.iterdir()}


def test_nobody_else_plays_what_is_being_restored(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    seated("tutorial", path=path).leave()
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    table = resume(read(path))

    assert "is being played in another window" in sentence(lambda: resume(read(path)))
    table.leave()
    resume(read(path)).leave()
