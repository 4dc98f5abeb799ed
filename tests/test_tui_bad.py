"""What goes wrong: random keys, rubbish, tiny terminals, failing screens, a full disk."""

from __future__ import annotations

import json
import random
import re
import stat
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from kit.desk import EXERCISES, MIDDLE, SMALL, Desk, only_save, seated, sit
from kit.keys import KEYS, MARKUP, RUBBISH
from rich.cells import cell_len
from textual.events import Key, Paste

from ttx import incidents
from ttx.exercise.load import from_data, load
from ttx.session import phases
from ttx.session.events import Answered, Entry
from ttx.session.notebook_events import Noted
from ttx.session.opening import begin
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import SaveError
from ttx.session.seating import seating
from ttx.shown import HIDDEN
from ttx.tui.app import TtxApp
from ttx.tui.page import LEAST, Page
from ttx.tui.screens.table import TableScreen

pytestmark = pytest.mark.usefixtures("strict", "shelf")


def harmless(desk: Desk) -> None:
    """Nothing that is shown steers a terminal."""
    shown = "".join(desk.rows)
    assert sorted({f"U+{ord(c):04X}" for c in shown if unicodedata.category(c) in HIDDEN}) == []
    assert {cell_len(row) for row in desk.rows} == {desk.app.size.width}


async def paste(desk: Desk, words: str) -> None:
    """What a terminal sends in brackets."""
    desk.app.post_message(Paste(words))
    await desk.settle()


def saves(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ttx.toml"))


# --- random keys ---


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "seed", "presses"), [("home", 1, 300), ("home", 2, 300), ("accelerate", 3, 300)]
)
async def test_random_keys_break_nothing(start: str, seed: int, presses: int, shelf: Path) -> None:
    luck = random.Random(seed)  # noqa: S311  # which keys are pressed is no secret
    left = presses
    sizes = [SMALL, MIDDLE, (100, 30), (80, 50)]
    number = 0
    while left > 0:
        number += 1
        path = shelf / f"{start}-{number}.ttx.toml"
        app = TtxApp() if start == "home" else seated(start, path)
        async with sit(app, luck.choice(sizes)) as desk:
            pressed: list[str] = []
            while left > 0 and not app._exit:
                left -= 1
                pressed.append(luck.choice(KEYS))
                try:
                    if luck.random() < 0.1:
                        width, height = app.size
                        await desk.point(luck.randrange(width), luck.randrange(height))
                    await desk.press(pressed[-1])
                    harmless(desk)
                except Exception as error:
                    last = " ".join(pressed[-12:])
                    raise AssertionError(f"after {last}") from error
        if app.context.table is not None:
            app.context.table.leave()
        assert app.last_error == ""
        for save in saves(shelf):
            record = read(save)
            assert (record.remark, record.read_only) == ("", False)


# --- rubbish ---


async def test_pasted_rubbish_is_shown_harmless(shelf: Path) -> None:
    path = shelf / "run.ttx.toml"
    async with sit(seated("tutorial", path)) as desk:
        await paste(desk, RUBBISH)  # nobody asked for it
        harmless(desk)
        assert desk.game.phase == phases.BRIEFING
        await desk.press("enter", "n")
        await paste(desk, RUBBISH)
        harmless(desk)
        assert "evil" in desk.shown
        await desk.press("enter")
        harmless(desk)
        assert len([e for e in desk.table.entries if isinstance(e.event, Noted)]) == 1
        await desk.press("E", "y", "b")
        assert "evil" in desk.shown
        harmless(desk)
    assert read(path).remark == ""


async def test_a_very_long_paste_is_kept(shelf: Path) -> None:
    path = shelf / "run.ttx.toml"
    async with sit(seated("tutorial", path)) as desk:
        await desk.press("enter", "n")
        await paste(desk, "all work and no play \n" * 4500)
        harmless(desk)
        assert desk.region("footer").display
        await desk.press("enter")
        assert "The note is in the record." in desk.shown
        await desk.press("E", "y", "b")
        harmless(desk)
    assert read(path).remark == ""


@pytest.mark.slow
async def test_an_empty_note_is_no_note() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("enter", "n", "space", "ctrl+j", "enter")
        assert [e for e in desk.table.entries if isinstance(e.event, Noted)] == []
        assert desk.where == "Table"


@pytest.mark.slow
async def test_typed_markup_is_shown_as_typed() -> None:
    async with sit(seated("tutorial"), MIDDLE) as desk:
        await desk.press("enter", "n")
        await paste(desk, MARKUP)
        assert MARKUP in desk.shown
        await desk.press("enter", "enter", "r")
        await paste(desk, "[bold red]why[/]")
        await desk.press("enter")
        assert "[bold red]why[/]" in desk.shown
        await desk.press("2", "enter")
        assert desk.where == "Ruling"
        (entry, *_) = [e for e in desk.table.entries if isinstance(e.event, Answered)]
        assert isinstance(entry.event, Answered)
        assert entry.event.answer.rationale == "[bold red]why[/]"
        await desk.press("E", "y", "b")
        assert MARKUP in desk.shown
        await desk.click("[@click=app.exit]y[/]")
        assert desk.where == "Review"
        assert not desk.app._exit


def authored(what: dict[str, str], **more: str) -> TtxApp:
    """The tutorial with other texts, at its briefing."""
    words = json.dumps(load(EXERCISES / "tutorial").as_toml(), default=str)
    for old, new in what.items():
        assert json.dumps(old)[1:-1] in words
        words = words.replace(json.dumps(old)[1:-1], json.dumps(new)[1:-1])
    data: dict[str, Any] = json.loads(words) | more
    exercise = from_data(data)
    seats = seating(exercise)
    return TtxApp(begin(exercise, seats, 7, None), seats.seat)


@pytest.mark.slow
async def test_authored_markup_is_shown_as_written() -> None:
    app = authored(
        {
            "One telephone number": "[red]One[/] number",
            "A desk in Naha": "[@click=app.exit]Desk[/]",
            "Who answers when the islands ring?": "Who [bold]answers[/]?",
            "Last season we rang": "[/] Last [blink]season[/] we rang",
            "Move in before the storm, or when it comes?": "Move [reverse]in[/]?",
        }
    )
    for size in (SMALL, MIDDLE):
        async with sit(TtxApp(app.context.table, app.context.seat), size) as desk:
            if desk.game.phase == phases.BRIEFING:
                assert "Move [reverse]in[/]?" in desk.shown
                await desk.press("enter", "enter")
            assert "[red]One[/] number" in desk.shown
            assert "Who [bold]answers[/]?" in desk.shown
            assert "[/] Last [blink]season[/] we rang" in desk.shown
            await desk.click("[@click=app.exit]Desk[/]")
            assert not desk.app._exit
            await desk.press("i")
            assert "[@click=app.exit]Desk[/]" in desk.shown
            await desk.press("escape", "M", "escape")


@pytest.mark.slow
async def test_authored_rubbish_is_shown_harmless() -> None:
    app = authored(
        {
            "One telephone number": f"One {RUBBISH}",
            "A desk in Naha": f"Desk {RUBBISH}",
            "Who answers when the islands ring?": f"Who {RUBBISH}",
            "Last season we rang": f"Last {RUBBISH}",
            "One storm, two turns": f"Storm {RUBBISH}",
            "Commander, US relief staff": f"Commander {RUBBISH}",
            "Standing staff in Naha": f"Staff {RUBBISH}",
            "Relief supplies": f"Supplies {RUBBISH}",
        },
        banner=f"EXERCISE {RUBBISH}",
    )
    for size in (SMALL, MIDDLE):
        async with sit(TtxApp(app.context.table, app.context.seat), size) as desk:
            keys = ["space", "space", "enter", "v", "escape", "enter"] * (size == SMALL)
            for key in (*keys, "i", "escape", "t", "escape", "M", "enter", "escape", "S"):
                await desk.press(key)
                harmless(desk)


async def test_rubbish_among_the_saves_is_listed(shelf: Path) -> None:
    (shelf / f"\x1b[31m{'x' * 60}.ttx.toml").write_bytes(b"\xff\xfe\x00")
    (shelf / "empty.ttx.toml").write_bytes(b"")
    (shelf / "folder.ttx.toml").mkdir()
    (shelf / "newer.ttx.toml").write_text("format = 99\n")
    for size in (SMALL, MIDDLE):
        async with sit(TtxApp(), size) as desk:
            harmless(desk)
            await desk.press("tab")
            for _ in range(4):
                await desk.press("enter")
                assert desk.where == "Home"
                harmless(desk)
                await desk.press("j")


# --- tiny terminals ---


@pytest.mark.slow
async def test_a_tiny_terminal_says_so_and_comes_back() -> None:
    async with sit(seated("tutorial")) as desk:
        for keys in ("", "enter", "enter", "i"):
            if keys:
                await desk.press(keys)
            before = desk.rows
            for width, height in ((20, 5), (1, 1), (79, 24), (80, 23), (20, 5)):
                await desk.resize(width, height)
                assert len(desk.rows) == height
                await desk.press("j", "k")
                if (width, height) == (20, 5):
                    assert desk.shown == (
                        f"{LEAST[0]} by {LEAST[1]} or more, please; now 20 by 5. "
                        "ctrl+q leaves; all is kept."
                    )
            await desk.resize(*SMALL)
            assert desk.rows == before


async def test_a_tiny_terminal_while_writing() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("enter", "n", "h", "i")
        await desk.resize(20, 5)
        said = "80 by 24 or more, please; now 20 by 5."
        assert desk.shown == f"{said} What is being typed stays; ctrl+q leaves."
        await desk.resize(60, 12)
        assert "What is being typed stays; ctrl+q leaves." in desk.shown
        await desk.press("ctrl+q")
        assert "y Leave" in desk.shown
        await desk.press("escape")
        await desk.resize(*SMALL)
        assert "hi" in desk.shown
        assert "Enter saves" in desk.shown
        await desk.press("enter")
        assert [e.event for e in desk.table.entries if isinstance(e.event, Noted)] == [Noted("hi")]


# --- what fails ---


async def test_a_screen_that_fails_says_so(monkeypatch: pytest.MonkeyPatch, shelf: Path) -> None:
    monkeypatch.delenv("TTX_STRICT")
    path = shelf / "run.ttx.toml"

    def fail(_: TableScreen) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(TableScreen, "draw", fail)
    async with sit(seated("tutorial", path), MIDDLE) as desk:
        await desk.press("enter")
        assert "Something went wrong on this screen." in desk.shown
        assert "Your seat and the record are safe; q goes back." in desk.shown
        assert "on purpose" not in desk.shown
        assert re.fullmatch(rf"incident \w{{8}}, kept in {incidents.path()}", desk.app.last_error)
        assert 0o600 == stat.S_IMODE(incidents.path().stat().st_mode)
        assert "ZeroDivisionError: on purpose" in incidents.path().read_text()
        await desk.press("S")
        assert desk.where == "Standing"
        await desk.press("q")
        assert "Something went wrong on this screen." in desk.shown
        await desk.press("q")
        assert "Leave this run?" in desk.shown
        await desk.press("y")
        assert desk.app._exit
    assert read(path).entries[-1].phase == phases.LEVERS


async def test_a_screen_that_fails_says_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TTX_STRICT")
    monkeypatch.setattr(TableScreen, "draw", lambda _: 1 / 0)
    async with sit(seated("tutorial"), SMALL) as desk:
        await desk.press("enter")
        assert "q goes back." in desk.shown


class Full:
    """A disk that is full after so many entries."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room: int = 0) -> None:
        self.room = room
        append = Save.append

        def limited(save: Save, entry: Entry) -> None:
            if self.room <= 0:
                raise SaveError(
                    "The record cannot be written: disk full. "
                    "Play stops here; nothing shown is unsaved."
                )
            self.room -= 1
            append(save, entry)

        monkeypatch.setattr(Save, "append", limited)


@pytest.mark.slow
async def test_what_cannot_be_written_is_not_shown_as_done(
    monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    path = shelf / "run.ttx.toml"
    disk = Full(monkeypatch, 100)
    async with sit(seated("tutorial", path), MIDDLE) as desk:
        await desk.press("enter", "s")
        budgets = desk.region("held").shown.plain
        await desk.press("2")
        disk.room = 0
        for keys in (("enter",), ("n", "x", "enter"), ("space",), ("E", "y")):
            await desk.press(*keys)
            assert "The record cannot be written: disk full." in desk.shown
            assert "now stands at" not in desk.shown
            assert "PAUSED" not in desk.shown
            assert desk.where == "Table"
            assert desk.region("held").shown.plain == budgets
            assert "[liaison]" not in desk.shown
            if desk.page.unsent:  # a text that was refused stays where it was written
                await desk.press("escape", "y")
        assert read(path).entries == desk.table.entries
        disk.room = 100
        await desk.press("2", "enter")
        assert "Standing staff in Naha now stands at liaison." in desk.shown
        assert read(path).entries == desk.table.entries


@pytest.mark.slow
@pytest.mark.parametrize("room", [1, 2, 3])
async def test_a_disk_that_fills_up_between_entries(
    room: int, monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    path = shelf / "run.ttx.toml"
    disk = Full(monkeypatch, 100)
    async with sit(seated("tutorial", path), MIDDLE) as desk:
        await desk.press("enter")
        disk.room = room
        await desk.press("enter")
        if desk.where == "Table" and desk.game.phase == phases.DELIBERATION:
            await desk.press("2", "enter")
        assert "The record cannot be written: disk full." in desk.shown
        harmless(desk)
        assert read(path).entries == desk.table.entries
        disk.room = 100
        desk.table.leave()
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("c")
        for _ in range(3):
            await desk.press("2", "enter")
            harmless(desk)
        assert read(only_save(shelf)).entries == desk.table.entries


async def test_the_sentence_of_a_full_disk_is_whole_on_a_small_screen(
    monkeypatch: pytest.MonkeyPatch, shelf: Path
) -> None:
    Full(monkeypatch)
    async with sit(seated("tutorial", shelf / "run.ttx.toml"), SMALL) as desk:
        await desk.press("enter")
        assert desk.where == "Briefing"
        assert "Play stops here; nothing shown is unsaved." in desk.shown


@pytest.mark.slow
async def test_two_windows_on_one_save(shelf: Path) -> None:
    path = shelf / "run.ttx.toml"
    async with sit(seated("tutorial", path)) as desk:
        await desk.press("enter")
    before = path.read_bytes()
    async with sit(TtxApp(), MIDDLE) as second:
        for keys in (("c",), ("tab", "enter")):
            await second.press(*keys)
            assert second.where == "Home"
            assert "run.ttx.toml is being played in another window" in second.shown
            assert "leave it there first, or watch it" in second.shown
    assert path.read_bytes() == before
    desk.table.leave()
    async with sit(TtxApp(), MIDDLE) as second:
        await second.press("c")
        assert second.where == "Table"


async def test_an_exercise_that_is_wrong_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "exercise.toml").write_text("format = 1\ntitle = [\n")
    monkeypatch.setattr("ttx.tui.screens.home.available", lambda: [("broken", broken)])
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("enter")
        assert desk.where == "Home"
        assert str(broken)[:40] in desk.shown
        harmless(desk)
    monkeypatch.setattr("ttx.tui.screens.home.available", list)
    async with sit(TtxApp(), MIDDLE) as desk:
        for key in ("enter", "j", "G", "tab", "c"):
            await desk.press(key)
            harmless(desk)
        assert "No exercise was found beside the program." in desk.shown


@pytest.mark.slow
async def test_what_is_being_written_can_be_corrected() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("n")
        await desk.write("wrng")
        await desk.press("left", "left", "o", "end", "x", "backspace", "home", "A", "enter")
        assert ["Awrong"] == [one.text for one in desk.facts(Noted)]


async def test_a_paste_that_does_not_fit_says_so() -> None:
    async with sit(seated("tutorial")) as desk:
        await desk.press("n")
        desk.app.post_message(Paste("x" * 3000))
        await desk.settle()
        assert "Full: the rest was left out" in desk.shown
        await desk.press("enter")
        assert [2000] == [len(one.text) for one in desk.facts(Noted)]


async def test_the_palette_outlives_keys_that_come_before_it_is_painted() -> None:
    async with sit(seated("tutorial")) as desk:
        for key in ("ctrl+p", "pageup", "down", "pagedown", "end", "escape"):
            desk.app.post_message(Key(key, None))
        await desk.settle()
        await desk.press("escape", "n")
        assert "" == desk.app.last_error
        assert "Enter saves" in desk.shown


async def test_a_key_right_behind_a_text_means_what_it_says() -> None:
    written: list[str] = []
    async with sit(seated("tutorial")) as desk:
        page = desk.app.screen
        assert isinstance(page, Page)
        page.prompt_text("What", written.append)
        await desk.press("a")
        for key in ("b", "enter", "n"):  # in one packet, as a quick hand sends them
            desk.app.post_message(Key(key, key if len(key) == 1 else None))
        await desk.settle()
        assert ["ab"] == written
        assert "Note: no kind" in desk.shown


async def test_nobody_is_asked_whether_to_end_what_has_ended(shelf: Path) -> None:
    async with sit(seated("tutorial", shelf / "run.ttx.toml")) as desk:
        await desk.press("enter", "E", "y")
        assert desk.game.phase == phases.HOTWASH
        await desk.press("E")
        assert "The exercise has already ended." in desk.shown
        assert "End the exercise here" not in desk.shown
