"""Where the verbs put what they make: any name, any place, any disk, and who else can read it."""

from __future__ import annotations

import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.desk import MIDDLE, sit
from kit.person import ROOT
from kit.saves import notes
from kit.tables import seated, until
from ssh_rig import environment, hosting, laid

from ttx.session import marks, phases
from ttx.session.marks import Mark
from ttx.session.opening import look_at, resume
from ttx.session.record import read
from ttx.session.side_commands import Note
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.slow

TTX = f'ttx() {{ "{sys.executable}" -m ttx "$@"; }}\n'
"""The program of this checkout under the name that commands are printed with."""


def verb(
    *words: str | Path,
    at: Path,
    code: int | None = 0,
    umask: int = -1,
    largest: int = resource.RLIM_INFINITY,
    typed: str = "",
) -> tuple[str, str]:
    """Run a verb in a folder; what it said on each stream. No file can grow beyond `largest`."""
    done = subprocess.run(
        [sys.executable, "-m", "ttx", *map(str, words)],
        cwd=at,
        env=environment(at.parent) | {"PYTHONDONTWRITEBYTECODE": "1"},
        input=typed.encode(),
        capture_output=True,
        timeout=120,
        check=False,
        umask=umask,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )
    out, err = (os.fsdecode(one) for one in (done.stdout, done.stderr))
    assert "Traceback" not in out + err
    assert "Something went wrong" not in err
    assert code in (None, done.returncode), err
    return out, err


def shell(words: str, at: Path) -> str:
    """What a person gets who pastes these words into a shell there."""
    done = subprocess.run(
        ["bash", "-c", TTX + words],  # noqa: S607  # whichever they have
        cwd=at,
        env=environment(at.parent),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    return os.fsdecode(done.stdout + done.stderr)


def refused(*words: str | Path, at: Path) -> str:
    """The one sentence of a refusal, with nothing made."""
    before = sorted(at.rglob("*"))
    out, err = verb(*words, at=at, code=2)
    assert "" == out
    assert before == sorted(at.rglob("*"))
    beside = ("Input is no terminal", "A draft, for the white cell")
    lines = [one for one in err.splitlines() if not one.startswith(beside)]
    assert 1 == len(lines), err
    return lines[0]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a save in it that waits in the first deliberation."""
    folder = tmp_path / "here"
    folder.mkdir()
    table = seated("tutorial", path=folder / "run.ttx.toml")
    assert until(table, phases.DELIBERATION)
    table.submit("relief", Note("before"), table.game.entries)
    table.leave()
    return folder


# Names


@pytest.mark.parametrize(
    "name", ["with space", "it's", "two\nlines", "-x", os.fsdecode(b"caf\xe9")], ids=ascii
)
def test_what_is_printed_is_pasted_and_goes_on(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    file = f"{name}.ttx.toml"
    play = ("play", "tutorial", "--robots", "us=steady", "--seed", "1", "--plain")

    _, err = verb(*play, f"--save={file}", at=folder, typed="\n")

    assert [file] == [one.name for one in folder.iterdir()]
    assert 3 == len(err.splitlines()), err
    command = err.splitlines()[-1].partition("Saved. Go on with: ")[2]
    again = shell(f"{command} --plain", folder)
    assert command == again.splitlines()[-1].partition("Saved. Go on with: ")[2]

    dashed = f"./{file}" if file.startswith("-") else file
    out, err = verb("fork", dashed, "--turn", "1", at=folder)
    assert out.removesuffix("\n") in (f"{name}-fork-T1.ttx.toml", f"./{name}-fork-T1.ttx.toml")
    command = err.splitlines()[-1].partition("Play on with: ")[2]
    again = shell(f"{command} --plain", folder)
    assert command == again.splitlines()[-1].partition("Saved. Go on with: ")[2]
    assert verb("verify", dashed, at=folder)[0]
    report = verb("report", dashed, "--out", "report.html", at=folder)
    assert "report.html" in {one.name for one in folder.iterdir()}, report


@pytest.mark.parametrize(("size", "sign"), [(249, "x"), (255, "x"), (255, "港")])
def test_a_name_of_any_legal_length_has_all_that_belongs_to_a_save(
    tmp_path: Path, size: int, sign: str
) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    room = size - len(".ttx.toml")
    stem = sign * (room // len(sign.encode())) + "y" * (room % len(sign.encode()))
    path = folder / f"{stem}.ttx.toml"
    assert size == len(os.fsencode(path.name))
    play = ("play", "tutorial", "--robots", "us=steady", "--seed", "1", "--plain")
    verb(*play, "--save", path, at=folder, typed="\n")
    with path.open("ab") as file:
        file.write(b"[[event]]\nn = ")

    verb("resume", path, "--plain", at=folder)
    marks.add(path, Mark(1, "here"))
    verb("fork", path, "--turn", "1", at=folder)
    verb("fork", path, "--turn", "1", at=folder)
    account = verb("report", path, "--out", folder / "r.md", at=folder)
    table = resume(read(path))
    path.unlink()
    table.leave()

    assert account
    endings = sorted(one.name[-16:] for one in folder.iterdir())
    assert 6 == len(endings), endings
    assert [Mark(1, "here")] == [one for one in marks.read(path) if one.kind == "mark"]
    for one in folder.glob("*.ttx.toml"):
        assert look_at(read(one)).entries


def test_a_name_beyond_any_disk_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    for words in (
        ("play", "tutorial", "--save", f"{'x' * 250}.ttx.toml"),
        ("msel", "export", "tutorial", "--out", f"{'x' * 260}.csv"),
        ("docs", "tutorial", "--out", "x" * 260),
        ("verify", "x" * 260),
        ("resume", "x" * 260),
    ):
        assert "name too long" in refused(*words, at=folder).lower() or words[0] == "verify"


def test_a_file_is_what_its_name_says(here: Path) -> None:
    save = here / "run.ttx.toml"
    for name in ("x.pdf", "x.doc", "x.HTML.zip", "run.ttx.toml.bak"):
        said = refused("report", save, "--out", name, at=here)
        assert (
            f"A report ends in .html or .md or .docx, and {name} would not be what its name says; "
            "name another file." == said.splitlines()[-1]
        )
    assert "A report as html ends in .html or .htm" in refused(
        "report", save, "--out", "x.md", "--format", "html", at=here
    )
    for name in ("x.xls", "x.tsv", "x.ods"):
        said = refused("msel", "export", "tutorial", "--out", name, at=here)
        assert f"An MSEL ends in .xlsx or .csv, and {name} would" in said
    assert "An asciicast ends in .cast or .json, and x.gif" in refused(
        "replay", save, "--cast", "x.gif", at=here
    )
    play = ("play", "tutorial", "--robots", "steady")
    assert "A save ends in .ttx.toml or .toml, and x.pdf" in refused(
        *play, "--save", "x.pdf", at=here
    ).replace("Input is no terminal, so robots", "")
    assert "A save ends in" in refused("fork", save, "--turn", "1", "--out", "x.md", at=here)
    for name in ("x.HTM", "x.markdown", "x"):
        verb("report", save, "--out", name, at=here)
    assert {"x.HTM", "x.markdown", "x"} < {one.name for one in here.iterdir()}


# Places


def test_nothing_is_written_over_a_save_or_into_a_folder_that_is_not_there(here: Path) -> None:
    save, data = here / "run.ttx.toml", (here / "run.ttx.toml").read_bytes()
    (here / "there.html").write_text("theirs")
    (here / "there.csv").symlink_to(save)
    (here / "there.cast").symlink_to(here / "none")
    os.mkfifo(here / "pipe.md")
    play = ("play", "tutorial", "--robots", "steady")
    for words in (
        ("fork", save, "--turn", "1", "--out", save),
        ("report", save, "--out", here / "there.html"),
        ("report", save, "--out", here / "pipe.md"),
        ("msel", "export", "tutorial", "--out", here / "there.csv"),
        ("replay", save, "--cast", here / "there.cast"),
        (*play, "--save", here / "there.cast.toml"),
    ):
        if "there.cast.toml" in str(words[-1]):
            (here / "there.cast.toml").symlink_to(here / "none")
        said = refused(*words, at=here)
        assert "is there already" in said or "exists already" in said, said
    for words in (
        (*play, "--save", here / "no" / "such.ttx.toml"),
        ("fork", save, "--turn", "1", "--out", here / "no" / "such.ttx.toml"),
        ("report", save, "--out", here / "no" / "such.md"),
        ("msel", "export", "tutorial", "--out", here / "no" / "such.csv"),
        ("replay", save, "--cast", here / "no" / "such.cast"),
    ):
        said = refused(*words, at=here)
        assert said.endswith(f"There is no folder {here / 'no'}; make it, or choose another place.")
    assert data == save.read_bytes()
    assert "theirs" == (here / "there.html").read_text()
    assert not (here / "none").exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, with a save on it, that cannot be written to."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    small = [str(mount), "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if mount is None or subprocess.run(small, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        table = seated("tutorial", path=folder / "run.ttx.toml")
        assert until(table, phases.DELIBERATION)
        table.leave()
        subprocess.run([mount, "-o", "remount,ro", str(folder)], check=True)
        yield folder
    finally:
        subprocess.run([str(umount), "-l", str(folder)], capture_output=True, check=False)


def test_on_a_disk_that_is_read_only_it_is_said_where_things_went(
    disk: Path, tmp_path: Path
) -> None:
    save, runs = disk / "run.ttx.toml", tmp_path / "saves"
    words = f"from pathlib import Path; import sys; sys.argv = ['ttx', {{}}, {str(save)!r}, {{}}]; "
    words += "import ttx.session.opening as o; at = Path(sys.argv.pop()); "
    words += "o.saves_folder = lambda: at; "
    words += "from ttx.cli import main; main()"

    def verb_at_home(name: str, *more: str) -> tuple[str, str, int]:
        code = words.format(repr(name), ", ".join(map(repr, [*more, str(runs)])))
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        return done.stdout, done.stderr, done.returncode

    made = runs / "run-fork-T1.ttx.toml"
    out, err, code = verb_at_home("fork", "--turn", "1")
    assert (f"{made}\n", 0) == (out, code)
    assert (
        "The bookmark cannot be kept beside run.ttx.toml: Read-only file system. Copy the save to "
        "a place that is yours to write to, and mark it there.\n"
        f"Forked at the opening of turn 1. Play on with: ttx resume {made}\n" == err
    )
    out, err, code = verb_at_home("resume", "--plain")
    assert ("", 2) == (out, code)
    assert (
        f"{save} cannot be written: Read-only file system; "
        "choose a place that is yours to write to.\n" == err
    )


async def test_a_bookmark_on_such_a_disk_is_refused_and_a_fork_names_its_place(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ttx.session.opening.saves_folder", lambda: tmp_path / "saves")
    viewing = look_at(read(disk / "run.ttx.toml"))
    async with sit(TtxApp(viewing, "relief"), MIDDLE) as desk:
        await desk.press("m", "x", "enter")
        assert "The bookmark cannot be kept beside run.ttx.toml: Read-only" in desk.shown
        assert desk.where == "Replay"
        await desk.press("F", "y")
        shown = "".join(desk.shown.split())
        assert f"keptin{tmp_path / 'saves' / 'run-fork-T1.ttx.toml'}." in shown
        assert "Thebookmarkcannotbekept" in shown
        assert not desk.app.last_error
        desk.table.leave()


# Disks without room


def test_what_there_is_no_room_for_leaves_nothing_and_the_next_try_works(here: Path) -> None:
    save, before = here / "run.ttx.toml", sorted(here.iterdir())
    verb("msel", "export", "tutorial", "--out", here.parent / "plan.csv", at=here)
    for words in (
        ("report", save, "--out", "report.html"),
        ("docs", "tutorial", "--out", "papers"),
        ("msel", "export", "tutorial", "--out", "msel.csv"),
        ("msel", "import", here.parent / "plan.csv", "--exercise", "tutorial", "--out", "made"),
        ("replay", save, "--cast", "run.cast"),
        ("fork", save, "--turn", "1", "--out", "fork.ttx.toml"),
    ):
        out, err = verb(*words, at=here, code=2, largest=1000)
        assert "" == out
        said = [one for one in err.splitlines() if not one.startswith("A draft, for the white")]
        assert 1 == len(said), err
        assert said[0].endswith("; make room there, or choose another place.")
        assert len(said[0]) < 300
        assert before == sorted(here.iterdir()), words
        verb(*words, at=here)
        shutil.rmtree(here / words[-1]) if (here / words[-1]).is_dir() else (
            here / words[-1]
        ).unlink()
        marks.beside(save).unlink(missing_ok=True)


# Who may read


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can enter, as a home often is."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def everything(folder: Path) -> list[Path]:
    """All that a person leaves on a disk who uses every verb that writes."""
    at = folder / "work"
    at.mkdir()
    at.chmod(0o755)
    save = at / "run.ttx.toml"
    play = ("play", "tutorial", "--robots", "us=steady", "--seed", "1", "--plain")
    verb(*play, "--save", save, at=at, umask=0, typed="\n")
    with save.open("ab") as file:
        file.write(b"[[event]]\nn = ")
    verb("resume", save, "--plain", at=at, umask=0)
    verb("fork", save, "--turn", "1", at=at, umask=0)
    verb("report", save, "--out", at / "report.html", at=at, umask=0)
    verb("docs", "tutorial", "--out", at / "a" / "papers", at=at, umask=0)
    verb("msel", "export", "tutorial", "--out", at / "msel.csv", at=at, umask=0)
    verb(
        *("msel", "import", at / "msel.csv", "--exercise", "tutorial", "--out", at / "made"),
        at=at,
        umask=0,
    )
    verb("replay", save, "--cast", at / "run.cast", at=at, umask=0)
    before = os.umask(0)
    try:
        hosted = laid(at / "made", phases.DELIBERATION)
        with hosting(at, "--socket", at / "sock" / "table", resume=hosted) as host:
            assert host.log.exists()
            table = at / "sock" / "table"
            assert (0o600, 0o700) == tuple(
                stat.S_IMODE(one.stat().st_mode) for one in (table, table.parent)
            )
    finally:
        os.umask(before)
    return [one for one in at.rglob("*") if not one.is_symlink()]


def test_all_that_is_made_is_for_its_owner_alone(open_folder: Path) -> None:
    found = everything(open_folder)

    names = {one.name for one in found}
    assert {
        *("run.ttx.toml", "run.ttx.toml.torn", "run.marks.toml", "run-fork-T1.ttx.toml"),
        *("report.html", "msel.html", "msel.csv", "exercise.toml", "run.cast"),
        *("run.seats.toml", "run.host.log", "host_key", "papers", "made", "sock"),
    } <= names
    wide = {
        str(one.relative_to(open_folder)): oct(stat.S_IMODE(one.stat().st_mode))
        for one in found
        if stat.S_IMODE(one.stat().st_mode) & 0o077
    }
    assert {} == wide
    if os.geteuid() == 0:  # and another user really cannot
        other = subprocess.run(
            ["find", str(open_folder / "work"), "-type", "f", "-readable"],  # noqa: S607  # the system's own
            capture_output=True,
            text=True,
            check=False,
            user=65534,
            group=65534,
            extra_groups=[],
        )
        assert "" == other.stdout
        assert "Permission denied" in other.stderr


def test_what_is_open_to_others_is_named_once_and_left(here: Path) -> None:
    save = here / "run.ttx.toml"
    save.chmod(0o644)
    marks.add(save, Mark(1))
    marks.beside(save).chmod(0o640)

    _, err = verb("resume", save, "--plain", at=here)

    assert (
        f"Others on this machine can get at {save} (0644) and {marks.beside(save)} (0640); "
        "chmod go= keeps it to you." == err.splitlines()[0]
    )
    assert 1 == err.count("Others on this machine")
    assert (0o644, 0o640) == tuple(
        stat.S_IMODE(one.stat().st_mode) for one in (save, marks.beside(save))
    )
    assert ["before"] == notes(save)


async def test_the_screens_name_it_too(here: Path) -> None:
    (here / "run.ttx.toml").chmod(0o644)
    record = read(here / "run.ttx.toml")
    async with sit(TtxApp(resume(record), "relief", record=record), MIDDLE) as desk:
        assert "Others on this machine can get at" in desk.shown
        desk.table.leave()
