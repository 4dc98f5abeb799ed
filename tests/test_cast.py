"""Casts: what a terminal shows while one plays, and that it is what that seat saw and no more."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit.desk import MIDDLE, sit
from kit.keys import MARKUP, RUBBISH
from kit.tables import robots_alone, seated, someone, until
from kit.views import marked, released

from ttx.exercise.load import from_data
from ttx.files import NotWritten
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.events import Answered, Confirmed, TurnOpened
from ttx.session.forks import NoCut
from ttx.session.notebook_events import Noted
from ttx.session.opening import begin, look_at
from ttx.session.play_commands import LeaveLevers, Start, Submit, Undo
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.seating import Seating
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.message import message
from ttx.session.view.record import TRUTH
from ttx.session.viewing import Viewing
from ttx.tui import cast
from ttx.tui.app import TtxApp
from ttx.tui.screens.ruling import RulingScreen

pytestmark = pytest.mark.usefixtures("strict")

OWN, OTHER, RED, WHITE = "relief", "tokyo", "coast_guard", "facilitator"
EYES = (OWN, OTHER, RED, WHITE, TRUTH)
ROW = re.compile(r"\x1b\[(\d+);1H")
STYLE = re.compile(r"\x1b\[[0-9;]*m")
SENT = re.compile(r"(?:\x1b\[[0-9;]*[HJm]|\x1b\[\?25[hl]|[^\x00-\x1f\x7f-\x9f\u202a-\u202e])*")
"""All that a cast may send: places, styles, the cursor, clearing, and words."""
SAID = re.compile(r"(?:WHY|NOTE)-\w+-\d+-CANARY")


def begun(path: Path, title: str = "") -> Table:
    """Two people's cells apart, at an exercise with a mark on all that nobody knows yet."""
    part = marked()
    if title:
        part = from_data(part.as_toml() | {"title": title})
    return begin(part, Seating({}, "", together=False), 1, path)


def played_on(table: Table, seed: int = 2) -> None:
    """To the end, with a note before each answer, and a reason for it; each with its own mark."""
    luck, number = np.random.default_rng(seed), 0
    while not table.closed:
        seat, command = someone(table, luck)
        number += 1
        if isinstance(command, Note):
            command = Note(f"NOTE-{seat}-{number}-CANARY")
        elif isinstance(command, Submit):
            table.submit(seat, Note(f"NOTE-{seat}-{number}-CANARY"), table.game.entries)
            command = Submit(Answer(command.answer.option, 50, {}, f"WHY-{seat}-{number}-CANARY"))
        table.submit(seat, command, table.game.entries)
    table.leave()


def viewed(table: Table) -> Viewing:
    assert table.path is not None
    return look_at(read(table.path))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Viewing:
    """A closed run of people, apart, with marks on all they wrote."""
    table = begun(tmp_path_factory.mktemp("run") / "run.ttx.toml")
    played_on(table)
    return viewed(table)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Viewing:
    """A closed run of robots."""
    return viewed(
        robots_alone("tutorial", "steady", path=tmp_path_factory.mktemp("run") / "run.ttx.toml")
    )


def words(rows: list[str]) -> list[str]:
    return [STYLE.sub("", row) for row in rows]


def sent(path: Path) -> tuple[dict[str, Any], list[tuple[float, str, str]]]:
    """The header and the events of a file."""
    header, *events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return header, [(time, kind, data) for time, kind, data in events]


def output(path: Path) -> list[str]:
    return [data for _, kind, data in sent(path)[1] if kind == "o"]


def screens(path: Path) -> Iterator[list[str]]:
    """The rows of a terminal of that size after each output."""
    rows = [""] * 40
    for data in output(path):
        assert SENT.fullmatch(data)
        first, *parts = ROW.split(data)
        if "\x1b[2J" in first:
            rows = [" " * 120] * 40
        for y, row in zip(parts[::2], parts[1::2], strict=True):
            if int(y) <= 40:
                rows[int(y) - 1] = STYLE.sub("", row)
        yield [*rows]


@cache
def seen(viewing: Viewing, eye: str) -> list[cast.Frame]:
    return cast.frames(viewing, eye, cast.moments(viewing, eye))


@cache
def made(viewing: Viewing, eye: str) -> Path:
    """A cast beside the save; its screens are drawn once for all tests."""
    path, drawn = viewing.path.with_name(f"{eye}.cast"), seen(viewing, eye)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cast, "frames", lambda *_: drawn)
        cast.write(viewing, eye, path)
    return path


# What is shown


async def opened(viewing: Viewing, eye: str) -> dict[int, list[str]]:
    """The rows of the page that Enter opens in a replay, at each moment."""
    found = {}
    async with sit(TtxApp(viewing, eye), MIDDLE) as desk:
        for n in cast.moments(viewing, eye):
            viewing.to(n)
            await desk.press("enter")
            found[n] = desk.rows
            await desk.press("P")
            assert desk.where == "Replay"
    return found


@pytest.mark.slow
@pytest.mark.parametrize("eye", [OTHER, RED])
def test_every_frame_is_the_page_of_its_moment(run: Viewing, eye: str) -> None:
    first, *others = asyncio.run(opened(run, eye)).values()

    *shown, last = screens(made(run, eye))

    assert [first, *(new for old, new in pairwise([first, *others]) if new != old)] == shown
    assert last == shown[-1]
    assert len(shown) > 15


@pytest.mark.slow
def test_a_frame_says_that_it_is_a_replay_and_whose(run: Viewing) -> None:
    for eye, told in ((OTHER, "as Tokyo desk saw it"), (TRUTH, "full truth")):
        for rows in screens(made(run, eye)):
            assert rows[0].split() == run.timeline.run.exercise.banner.split()
            assert rows[1].split()[0] == "Replay"
            assert rows[1].rstrip().endswith(told)


@pytest.mark.slow
def test_play_is_seen_only_where_people_stop(run: Viewing, alone: Viewing) -> None:
    for viewing, eye in ((run, OWN), (run, TRUTH), (alone, OWN)):
        numbers = cast.moments(viewing, eye)
        at = [viewing.timeline.games[n] for n in numbers]
        assert {game.phase for game in at} == {
            phases.BRIEFING,
            phases.LEVERS,
            phases.DELIBERATION,
            phases.REVIEW,
            phases.RECKONING,
            phases.HOTWASH,
            phases.CLOSED,
        }
        told = "\n".join("\n".join(words(rows)) for _, rows in seen(viewing, eye))
        assert not re.search(r"The (first|next) turn opens\.|The last turn is over\.", told)


def test_one_turn(run: Viewing, tmp_path: Path) -> None:
    whole = [rows for rows in screens(made(run, OWN)) if "turn 2 of 2" in rows[1]]
    path = tmp_path / "turn.cast"
    cast.write(run, OWN, path, 2)

    *shown, last = screens(path)

    words_ = [rows[1].split("2026")[1].split()[0] for rows in whole]
    after = words_.index("hot")  # the hot wash is part of no turn
    assert whole[:after] == shown
    assert last == shown[-1]
    assert ("levers", "reckoning") == (words_[0], words_[after - 1])
    assert sent(path)[0]["title"].endswith("seed 1, turn 2")
    assert [[0.0, "m", "turn 2"]] == [[*event] for event in sent(path)[1] if event[1] == "m"]
    with pytest.raises(NoCut, match=r"Turn 3 was not played; this record has turns 1 to 2\."):
        cast.write(run, OWN, tmp_path / "none.cast", 3)
    assert [path] == [*tmp_path.iterdir()]


def test_a_turn_that_was_opened_again_is_shown_both_times(tmp_path: Path) -> None:
    table = seated("tutorial", "alone", path=tmp_path / "run.ttx.toml")
    assert until(table, phases.DELIBERATION)
    table.submit(OWN, Undo(), table.game.entries)
    table.leave()

    path = tmp_path / "turn.cast"
    cast.write(viewed(table), OWN, path, 1)

    shown = [rows[1] for rows in screens(path)]
    told = [next(one for one in ("levers", "deliberation") if one in row) for row in shown]
    assert ["levers", "deliberation", "levers"] == [
        one for at, one in enumerate(told) if not at or told[at - 1] != one
    ]


@pytest.mark.slow
def test_the_head_stays_where_it_was(run: Viewing, tmp_path: Path) -> None:
    run.to(7)
    cast.write(run, OWN, tmp_path / "x.cast", 1)

    assert 7 == run.head
    assert run.game is run.timeline.games[7]


# What is not shown


@pytest.mark.parametrize("eye", EYES)
def test_what_is_sealed_is_no_moment(run: Viewing, eye: str) -> None:
    """Not even as the time at which somebody else answered or wrote a note."""
    numbers = set(cast.moments(run, eye))
    others = [
        entry.n
        for entry in run.entries
        if isinstance(entry.event, Answered | Noted) and entry.by not in (eye, WHITE)
    ]

    assert bool(numbers & set(others)) == (eye in (WHITE, TRUTH))


def written(viewing: Viewing) -> Iterator[tuple[str, int, str]]:
    """Each mark that somebody wrote, the entry it is in, and the seat."""
    for entry in viewing.entries:
        event = entry.event
        told = event.answer.rationale if isinstance(event, Answered) else ""
        told = event.text if isinstance(event, Noted) else told
        if SAID.fullmatch(told):
            yield told, entry.n, entry.by


@pytest.mark.parametrize("eye", EYES)
def test_nothing_is_shown_before_it_is_open(run: Viewing, eye: str) -> None:
    marks = [*written(run)]
    assert {by for _, _, by in marks} == {OWN, OTHER}
    white = eye in (WHITE, TRUTH)
    early = set()
    for n, rows in seen(run, eye):
        game, told = run.timeline.games[n], "\n".join(words(rows))
        washed = game.phase in phases.PLAY_IS_OVER
        open_ = {one for one, at, by in marks if at <= n and (washed or white or by == eye)}
        found = set(SAID.findall(told))
        assert found <= open_, f"entry {n}"
        early |= set() if washed else found
        if not (washed or white):
            assert not re.search(r"(EXPECTED|IF-NOT|PROBE)-\d+-CANARY", told), f"entry {n}"
        if eye == RED and not washed:
            assert "OPTION-" not in told, f"entry {n}"
        known = {
            str(number)
            for number, inject in enumerate(run.timeline.run.exercise.inject)
            if inject.id in released(game)
        }
        assert set(re.findall(r"(?:TITLE|QUESTION|TEXT|OPTION)-(\d+)-", told)) <= known

    # There is something to find: the own reasons while they are sealed, and all of them for white.
    assert {one.split("-")[1] for one in early} == {
        OWN: {OWN},
        OTHER: {OTHER},
        RED: set(),
    }.get(eye, {OWN, OTHER})


@pytest.mark.slow
def test_a_sealed_answer_leaves_no_trace(tmp_path: Path) -> None:
    """Two runs that differ in the other cell's answer look the same until the ruling."""
    found = []
    for option in (0, -1):
        path = tmp_path / f"run{option}.ttx.toml"
        table = seated("tutorial", "apart", path=path)
        assert until(table, phases.DELIBERATION)
        view = message(Eye(table.game, OTHER))
        assert view is not None
        free = [one.id for one in view.options if not one.closed]
        table.submit(OWN, Submit(Answer(free[0], 50, {}, "ours")), table.game.entries)
        table.submit(
            OTHER, Submit(Answer(free[option], 50 - option, {}, "theirs")), table.game.entries
        )
        table.leave()
        viewing = viewed(table)
        ruled = next(one.n for one in viewing.entries if isinstance(one.event, Confirmed))
        found.append([(n < ruled, rows) for n, rows in seen(viewing, OWN)])

    first, second = found
    assert [rows for sealed, rows in first if sealed] == [rows for sealed, rows in second if sealed]
    assert first != second
    assert any("ours" in "".join(rows) for sealed, rows in first if sealed)


def test_only_an_eye_that_is_open_sees(tmp_path: Path) -> None:
    table = seated("tutorial", "apart", path=tmp_path / "run.ttx.toml")
    assert until(table, phases.REVIEW)
    viewing = viewed(table)

    with pytest.raises(ValueError, match="is open once the exercise is closed"):
        cast.write(viewing, WHITE, tmp_path / "x.cast")
    cast.write(viewing, TRUTH, tmp_path / "own.cast")
    shown = {rows[1] for rows in screens(tmp_path / "own.cast")}
    assert {True} == {row.endswith("as Relief staff saw it  ") for row in shown}
    # A run in play stands still in a cast, and is watched on afterwards.
    assert {"Replay"} == {row.split()[0] for row in shown}
    assert viewing.watching
    table.leave()


def test_nothing_steers_a_terminal(tmp_path: Path) -> None:
    table = begun(tmp_path / "run.ttx.toml", f"Title {RUBBISH}")
    table.submit(OWN, Start(), table.game.entries)
    for seat in (OWN, OTHER):
        table.submit(seat, LeaveLevers(), table.game.entries)
    view = message(Eye(table.game, OWN))
    assert view is not None
    free = next(one.id for one in view.options if not one.closed)
    table.submit(OWN, Note(RUBBISH), table.game.entries)
    table.submit(OWN, Submit(Answer(free, 50, {}, f"{RUBBISH} {MARKUP}")), table.game.entries)
    table.leave()

    path = made(viewed(table), OWN)

    shown = ["\n".join(rows) for rows in screens(path)]
    assert "evil" in shown[-1].split("rationale")[1]
    assert "Title [31mred" in shown[0]
    assert "evil" in sent(path)[0]["title"]
    assert sent(path)[0]["title"].isprintable()
    assert b"\x1b" not in path.read_bytes()


# The file


def test_the_header_and_the_events(run: Viewing) -> None:
    header, events = sent(made(run, OWN))

    first = next(entry.at for entry in run.entries if entry.at)
    assert {
        "version": 2,
        "width": 120,
        "height": 40,
        "timestamp": int(np.datetime64(first[:19], "s").astype(int)),
        "title": f"{run.timeline.run.exercise.title}, as Relief staff saw it, seed 1",
        "env": {"TERM": "xterm-256color"},
    } == header
    times = [time for time, _, _ in events]
    assert times == sorted(times)
    assert times[0] == 0
    first_, *_, last = output(made(run, TRUTH))
    assert first_.startswith("\x1b[0m\x1b[?25l\x1b[2J\x1b[1;1H")
    assert last.endswith("\x1b[?25h")
    opened_ = [entry.turn for entry in run.entries if isinstance(entry.event, TurnOpened)]
    assert [f"turn {turn}" for turn in opened_] == [d for _, kind, d in events if kind == "m"]


def test_only_rows_that_changed_are_written(run: Viewing) -> None:
    path = made(run, OWN)
    *shown, _ = screens(path)
    first, *others, _ = output(path)

    assert [str(y) for y in range(1, 41)] == ROW.findall(first)
    for data, (before, after) in zip(others, pairwise(shown), strict=True):
        found = {int(y) for y in ROW.findall(data)}
        assert {y for y in range(1, 41) if before[y - 1] != after[y - 1]} <= found
        assert 0 < len(found) < 40


@pytest.mark.slow
def test_time_is_that_of_the_record(run: Viewing, tmp_path: Path) -> None:
    """A frame stands as long as it stood, within bounds; a clock that was put back hurts nobody."""
    record = run.record
    seconds = (0, 1, 2, 4, 4, 9, 3, 5)
    stood = (0.6, 1.0, 1.0, 2.0, 0.6, 4.0, 0.6, 2.0)
    numbers = [n for n, _ in seen(run, OWN)][1:9]
    at = {
        n: f"2026-03-01T10:00:{second:02d}+00:00"
        for n, second in zip(numbers, seconds, strict=True)
    }
    entries = [replace(entry, at=at.get(entry.n, "")) for entry in record.entries]
    path = tmp_path / "timed.ttx.toml"
    Save.whole(path, record.header, record.exercise, entries)

    header, events = sent(made(look_at(read(path)), OWN))

    times = [time for time, kind, _ in events if kind == "o"]
    steps = [round(later - earlier, 3) for earlier, later in pairwise(times)]
    assert header["timestamp"] == 1772359200
    assert [1.5, *stood[1:], 1.5] == steps[:9]
    assert set(steps[9:-1]) == {1.5}
    assert 4.0 == steps[-1]


def test_robots_alone_need_no_clock(alone: Viewing) -> None:
    header, events = sent(made(alone, OWN))

    assert "timestamp" not in header
    *times, end = [time for time, kind, _ in events if kind == "o"]
    assert [1.5 * n for n in range(len(times))] == times
    assert times[-1] + 4.0 == end


@pytest.mark.slow
def test_the_same_record_and_eye_give_the_same_bytes(run: Viewing, tmp_path: Path) -> None:
    path = tmp_path / "again.cast"
    cast.write(look_at(read(run.path)), OWN, path)

    assert made(run, OWN).read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_colours_are_the_theme_s_and_none_where_none_are_wanted(
    alone: Viewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dark, light, none = (tmp_path / name for name in ("dark.cast", "light.cast", "none.cast"))
    cast.write(alone, OWN, dark, 1)
    monkeypatch.setenv("TTX_THEME", "light")
    cast.write(alone, OWN, light, 1)
    monkeypatch.setenv("NO_COLOR", "1")  # the app takes it out of the environment
    cast.write(alone, OWN, none, 1)

    assert "48;2;135;95;0" in output(dark)[0]
    assert "48;2;215;175;135" in output(light)[0]
    assert {"\x1b[0m", "\x1b[0;1m"} == set(STYLE.findall("".join(output(none))))
    assert [*screens(dark)] == [*screens(light)] == [*screens(none)]


@pytest.mark.slow
def test_plain_glyphs(alone: Viewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plain.cast"
    assert not "".join(output(made(alone, OWN))).isascii()
    monkeypatch.setenv("TTX_GLYPHS", "ascii")

    cast.write(alone, OWN, path, 1)

    assert "".join(output(path)).isascii()


# Where it cannot be written


def test_a_file_that_is_there_stays(
    run: Viewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "taken.cast"
    path.write_text("mine")
    monkeypatch.setattr(cast, "frames", None)  # it is said before anything is drawn

    with pytest.raises(NotWritten, match=r"^/.*/taken.cast is there already, "):
        cast.write(run, OWN, path)
    assert [path] == [*tmp_path.iterdir()]
    assert "mine" == path.read_text()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("missing/x.cast", "^There is no folder /.*/missing; make it, or choose another place.$"),
        ("file/x.cast", "^/.* cannot be written: Not a directory; choose another place.$"),
        (
            f"{'x' * 300}.cast",
            "^/.* written: File name too long; choose a shorter name.$",
        ),
    ],
    ids=["missing", "below a file", "too long"],
)
def test_a_place_that_takes_no_file_is_one_sentence(
    run: Viewing, tmp_path: Path, place: str, words: str
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(NotWritten, match=words):
        cast.write(run, OWN, tmp_path / place)
    assert [tmp_path / "file"] == [*tmp_path.iterdir()]


def test_it_is_there_when_it_is_whole(
    run: Viewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "late.cast"
    events = cast._events

    def watched(viewing: Viewing, kept: Sequence[cast.Frame]) -> Iterator[list[object]]:
        for event in events(viewing, kept):
            assert not path.exists()
            yield event
        if broken:
            raise KeyboardInterrupt

    monkeypatch.setattr(cast, "_events", watched)
    drawn = seen(run, OWN)
    monkeypatch.setattr(cast, "frames", lambda *_: drawn)
    broken = True
    with pytest.raises(KeyboardInterrupt):
        cast.write(run, OWN, path)
    assert [] == [*tmp_path.iterdir()]

    broken = False
    cast.write(run, OWN, path)
    assert [path] == [*tmp_path.iterdir()]


@pytest.mark.slow
def test_what_came_meanwhile_is_not_replaced(
    run: Viewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "late.cast"
    monkeypatch.setattr(cast, "_events", lambda *_: [[path.write_text("theirs")]])

    with pytest.raises(NotWritten, match="is there already"):
        cast.write(run, OWN, path)
    assert [path] == [*tmp_path.iterdir()]
    assert "theirs" == path.read_text()


@pytest.mark.parametrize("what", ["draw", "plan", "compose"])
def test_a_screen_that_fails_leaves_no_file(
    run: Viewing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def fails(_: RulingScreen) -> None:
        raise KeyError("what")

    monkeypatch.delenv("TTX_STRICT")
    monkeypatch.setattr(RulingScreen, what, fails)
    run.to(3)

    with pytest.raises(RuntimeError, match=r"what|incident [0-9a-f]{8}, kept in "):
        cast.write(run, OWN, tmp_path / "x.cast")
    assert [] == [*tmp_path.iterdir()]
    assert 3 == run.head


# By the verb


@pytest.mark.slow
def test_a_cast_is_written_where_there_is_no_terminal(alone: Viewing, tmp_path: Path) -> None:
    path = tmp_path / "there.cast"
    order = ["replay", str(alone.path), "--seat", OWN, "--cast", str(path)]

    done = subprocess.run(
        [sys.executable, "-m", "ttx", *order],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"TERM": "dumb", "COLUMNS": "20", "LINES": "5"},
    )

    assert (0, "") == (done.returncode, done.stdout)
    assert f"Written to {path}; `asciinema play {path}` plays it.\n" == done.stderr
    assert made(alone, OWN).read_bytes() == path.read_bytes()
