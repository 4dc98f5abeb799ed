"""How files are made: whole or not at all, for their owner alone, and never somebody else's."""

from __future__ import annotations

import os
import resource
import shlex
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ttx import files
from ttx.commands import pasted
from ttx.files import NotWritten


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A file of somebody else's, in a folder of its own."""
    path = tmp_path / "elsewhere" / "theirs"
    path.parent.mkdir()
    path.write_text("theirs")
    return path


def link(path: Path, theirs: Path) -> None:
    path.symlink_to(theirs)


def dangling(path: Path, theirs: Path) -> None:
    path.symlink_to(theirs.with_name("none"))


def loop(path: Path, _: Path) -> None:
    path.symlink_to(path)


def second_name(path: Path, theirs: Path) -> None:
    path.hardlink_to(theirs)


def pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def listener(path: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def device(path: Path, _: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes a device")


def folder(path: Path, _: Path) -> None:
    path.mkdir()


Odd = Callable[[Path, Path], None]
ODD: list[Odd] = [link, dangling, loop, pipe, listener, device, folder]


@pytest.fixture
def soon() -> Iterator[None]:
    """Whoever waits at a pipe is ended."""
    signal.alarm(20)
    yield
    signal.alarm(0)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("odd", [*ODD, second_name])
def test_nothing_is_written_over_or_through_what_has_the_name(
    tmp_path: Path, theirs: Path, odd: Odd
) -> None:
    place = tmp_path / "place"
    odd(place, theirs)
    before = place.lstat()

    with pytest.raises(NotWritten, match="is there already, and nothing is written over it"):
        files.write(place, b"mine")

    assert before == place.lstat()
    assert (["elsewhere", "place"], ["theirs"]) == (names(tmp_path), names(theirs.parent))
    assert "theirs" == theirs.read_text()


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("does", [files.append_to, lambda path: files.replace(path, b"mine")])
def test_only_a_file_is_added_to_or_replaced(
    tmp_path: Path, theirs: Path, odd: Odd, does: Callable[[Path], object]
) -> None:
    place = tmp_path / "place"
    odd(place, theirs)
    before = place.lstat()

    with pytest.raises(OSError, match="It is a "):
        does(place)

    assert before == place.lstat()
    assert (["elsewhere", "place"], ["theirs"]) == (names(tmp_path), names(theirs.parent))
    assert "theirs" == theirs.read_text()


def test_what_has_a_second_name_is_not_added_to_and_is_replaced_under_its_own(
    tmp_path: Path, theirs: Path
) -> None:
    second_name(tmp_path / "place", theirs)

    with pytest.raises(OSError, match="second name"):
        files.append_to(tmp_path / "place")
    files.replace(tmp_path / "place", b"mine")

    assert ("mine", "theirs") == ((tmp_path / "place").read_text(), theirs.read_text())


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("odd", [pipe, listener, device, folder, loop, dangling])
def test_only_a_file_is_read(tmp_path: Path, theirs: Path, odd: Odd) -> None:
    odd(tmp_path / "place", theirs)

    with pytest.raises(OSError):  # noqa: PT011  # each kind has words of its own
        files.contents(tmp_path / "place")


def test_a_file_larger_than_any_of_ttx_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(5 << 30)

    with pytest.raises(OSError, match="It is larger than 256 MB"):
        files.contents(tmp_path / "large")


# For their owner alone


@pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o277, 0o777])
def test_whatever_the_umask_a_file_is_its_owners_alone_and_theirs_to_use(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        files.make_folder(tmp_path / "a" / "b")
        files.write(tmp_path / "a" / "b" / "new", b"x")
        files.replace(tmp_path / "a" / "b" / "again", b"x")
        os.close(files.append_to(tmp_path / "a" / "b" / "log"))
    finally:
        os.umask(before)

    inside = tmp_path / "a" / "b"
    assert {"a": 0o700, "b": 0o700} == {one.name: mode(one) for one in (inside.parent, inside)}
    assert {"new": 0o600, "again": 0o600, "log": 0o600} == {
        one.name: mode(one) for one in inside.iterdir()
    }


def test_what_is_wider_is_named_with_its_mode_and_left(tmp_path: Path) -> None:
    wide, own, shared = tmp_path / "wide", tmp_path / "own", tmp_path / "shared"
    files.write(wide, b"")
    files.write(own, b"")
    shared.mkdir()
    wide.chmod(0o644)
    shared.chmod(0o775)

    told = files.open_to_others([wide, own, shared, tmp_path / "none"])

    assert (
        f"Others on this machine can get at {wide} (0644) and {shared} (0775); "
        "chmod go= keeps it to you." == told
    )
    assert (0o644, 0o775) == (mode(wide), mode(shared))
    shared.chmod(0o1777)  # where nobody can move what is somebody else's
    assert "" == files.open_to_others([own, shared])


# Whole or not at all

LIMITED = """
import resource, sys
from pathlib import Path
from ttx import files
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    files.write(Path(sys.argv[1]), bytes(5000))
except files.NotWritten as error:
    print(error)
"""


def test_without_room_there_is_no_file_and_a_sentence(tmp_path: Path) -> None:
    place = tmp_path / "new"
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, place], capture_output=True, text=True, check=True
    )

    assert (
        f"{place} cannot be written: File too large; make room there, or choose another place.\n"
        == done.stdout
    )
    assert [] == names(tmp_path)


def test_a_replaced_file_stays_where_there_is_no_room(tmp_path: Path) -> None:
    place = tmp_path / "old"
    files.write(place, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            files.replace(place, bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert (["old"], b"old") == (names(tmp_path), place.read_bytes())


def test_a_disk_without_second_names_takes_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    files.write(tmp_path / "new", b"mine")
    assert (["new"], b"mine", 0o600) == (
        names(tmp_path),
        (tmp_path / "new").read_bytes(),
        mode(tmp_path / "new"),
    )
    with pytest.raises(NotWritten, match="is there already"):
        files.write(tmp_path / "new", b"again")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(NotWritten, match="cannot be written"):
        files.write(tmp_path / "other", b"x")
    assert ["new"] == names(tmp_path)


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotWritten) as refused:
        files.write(tmp_path / "no" / "such" / "x", b"")

    assert (
        f"There is no folder {tmp_path / 'no' / 'such'}; make it, or choose another place."
        == str(refused.value)
    )
    assert [] == names(tmp_path)


# Names


@pytest.mark.parametrize("size", [1, 200, 240, 249, 255, 300])
@pytest.mark.parametrize("sign", ["x", "港", "é"])
def test_a_name_fits_and_two_long_ones_stay_two(size: int, sign: str, tmp_path: Path) -> None:
    stem = sign * (size // len(sign.encode()))
    one, other = files.fitting(stem, ".marks.toml"), files.fitting(stem + "2", ".marks.toml")

    assert len({one, other}) == 2
    assert one.endswith(".marks.toml")
    for name in (one, other):
        files.write(tmp_path / name, b"")


def test_a_name_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="cannot be written: File name too long; choose a shorter"):
        files.write(tmp_path / ("x" * 256), b"")


STRANGE = [
    "with space",
    "it's",
    'say "hi"',
    "two\nlines",
    "$HOME `id` $(id)",
    "~",
    "-x",
    "--help",
    "back\\slash",
    "港は開いている",
    "\x1b[31mred",
    os.fsdecode(b"caf\xe9"),
    os.fsdecode(b"it's \xff\n'"),
    "*?[a]",
    "#!;&|<>",
]


@pytest.mark.parametrize("name", STRANGE, ids=ascii)
@pytest.mark.parametrize("shell", ["bash", "zsh", "ksh"])
def test_a_printed_command_is_what_a_shell_takes(name: str, shell: str, tmp_path: Path) -> None:
    try:
        words = pasted("printf", "%s\\0", Path(name))
        assert words.isprintable()
        done = subprocess.run([shell, "-c", words], capture_output=True, check=True, cwd=tmp_path)
    except FileNotFoundError:
        pytest.skip(f"there is no {shell} on this machine")

    dash = b"./" if name.startswith("-") else b""
    assert dash + os.fsencode(name) + b"\0" == done.stdout


def test_a_plain_command_is_printed_plain() -> None:
    words = pasted("ttx", "host", "--resume", Path("/home/me/run.ttx.toml"))

    assert "ttx host --resume /home/me/run.ttx.toml" == words
    assert "ttx resume 'with space'" == pasted("ttx", "resume", Path("with space"))
    assert ["ttx", "it's"] == shlex.split(pasted("ttx", Path("it's")))


@pytest.mark.parametrize("name", STRANGE, ids=ascii)
def test_a_name_in_a_sentence_is_text_on_one_line(name: str) -> None:
    shown = files.legible(Path(name))

    assert shown.isprintable()
    assert shown.encode()


@pytest.mark.parametrize("name", ["papers.xlsx", "papers.DOCX", "papers.csv", "papers.pdf"])
def test_no_folder_gets_the_name_of_a_document(name: str, tmp_path: Path) -> None:
    with pytest.raises(files.NotWritten, match=f"^A study is a folder, and {name} would not be"):
        files.named_as_folder(tmp_path / name, "A study")
    files.named_as_folder(tmp_path / "papers", "A study")
    files.named_as_folder(tmp_path / "papers.2026", "A study")
