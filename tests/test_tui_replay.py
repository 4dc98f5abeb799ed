"""The Replay screen by keys and mouse: scrubbing, eyes, marks, forks, watching, other screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, comes, sit, to_the_end
from kit.desk import seated as at_screen
from kit.tables import play
from kit.tables import seated as at_table
from textual.events import Key

from ttx.session import marks, phases
from ttx.session.events import Answered, Forked, Undone
from ttx.session.marks import Mark
from ttx.session.opening import fork, look_at
from ttx.session.record import read
from ttx.session.viewing import Viewing
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")
SAVES = Path(__file__).parent / "saves"
CLOSED = "format-1.ttx.toml"


def data(path: Path) -> bytes:
    return path.read_bytes()


def reports(folder: Path) -> list[str]:
    return [one.read_text("utf-8") for one in sorted(folder.glob("*.html"))]


def saves(folder: Path) -> list[Path]:
    return list(folder.glob("*.ttx.toml"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed run of two people's cells, with notes and with much taken back."""
    copy = tmp_path / "run.ttx.toml"
    copy.write_bytes(data(SAVES / CLOSED))
    return copy


def opened(path: Path, eye: str = "") -> TtxApp:
    viewing = look_at(read(path))
    if viewing.over:
        viewing.to(0)
    return TtxApp(viewing, viewing.eye(eye))


def head(desk: Desk) -> int:
    assert isinstance(desk.table, Viewing)
    return desk.table.head


def viewing_of(desk: Desk) -> Viewing:
    assert isinstance(desk.table, Viewing)
    return desk.table


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, (80, 50), (100, 30), MIDDLE, LARGE])
async def test_every_moment_is_drawn_at_every_size(path: Path, size: tuple[int, int]) -> None:
    async with sit(opened(path), size) as desk:
        last = viewing_of(desk).timeline.last
        for n in range(0, last + 1, 3):
            viewing_of(desk).to(n)
            desk.page.paint()
            assert f"entry {n} of {last}" in desk.shown
            assert desk.rows[1].strip().startswith("Replay")
            assert size == (len(desk.rows[0]), len(desk.rows))


@pytest.mark.slow
async def test_keys_go_by_entry_turn_inject_and_ruling(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        record = viewing_of(desk).timeline
        last = record.last
        for key, kind in (("]", "turn"), ("}", "inject"), (")", "ruling")):
            back = {"]": "[", "}": "{", ")": "("}[key]
            stops = record.stops[kind]
            await desk.press("g")
            for stop in stops[:5]:
                await desk.press(key)
                assert stop == head(desk)
            await desk.press(back)
            assert stops[min(5, len(stops)) - 2] == head(desk)
            await desk.press("G", key)
            assert last == head(desk)
        await desk.press("g", "l", "right", "j", "down")
        assert 4 == head(desk)
        await desk.press("h", "k")
        assert 2 == head(desk)
        await desk.press("g", "h")
        assert 0 == head(desk)
        await desk.press("end")
        assert last == head(desk)
        await desk.press("home")
        assert 0 == head(desk)


@pytest.mark.parametrize(
    ("typed", "what"), [("T2", "turn"), ("t1", "turn"), ("48", "48"), ("1.2", "1.2"), ("r1.1", "r")]
)
async def test_a_jump_goes_where_it_is_told(path: Path, typed: str, what: str) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        record = viewing_of(desk).timeline
        await desk.press("colon")
        await desk.write(typed)
        await desk.press("enter")
        to = {
            "turn": record.turn(int(typed[-1])),
            "48": 48,
            "1.2": record.inject("1.2"),
            "r": record.ruling("1.1"),
        }[what]
        assert to == head(desk)


@pytest.mark.parametrize("typed", ["T9", "99999", "9.9", "r9.9", "nowhere", "[red]", "-1"])
async def test_a_jump_to_nowhere_is_said(path: Path, typed: str) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        await desk.press("l", "colon")
        await desk.write(typed)
        await desk.press("enter")
        assert 1 == head(desk)
        assert "in this record; T7, 148, 4.1 and r4.1 are ways to say where." in desk.shown


async def test_a_jump_may_be_given_up(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        await desk.press("l", "colon")
        await desk.write("T2")
        await desk.press("escape")
        assert 1 == head(desk)
        await desk.press("colon", "enter")
        assert 1 == head(desk)


async def test_it_plays_and_stands_still(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        assert "paused   speed 1x" in "\n".join(desk.rows)
        await desk.press(*[">"] * 9)
        assert "speed 32x" in desk.shown
        await desk.press("space")
        assert "playing" in desk.shown
        await comes(desk.pilot, lambda: head(desk) > 5)
        await desk.press("space")
        stood = head(desk)
        await desk.pilot.pause(0.2)
        assert stood == head(desk)
        await desk.press("<", "<")
        assert "paused" in desk.shown
        assert "speed 8x" in desk.shown
        await desk.press(">", ">", "G", "h", "h", "space")
        await comes(desk.pilot, lambda: "paused" in desk.shown)
        assert viewing_of(desk).timeline.last == head(desk)


async def test_an_eye_sees_what_its_seat_saw(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        record = viewing_of(desk).timeline
        assert "[full truth]" in desk.shown
        assert "not known to this seat" not in desk.shown
        exercise = record.run.exercise
        for seat in exercise.seat:
            await desk.press("e")
            assert f"[{seat.short}]" in desk.shown
            assert f"as {seat.short} saw it" in desk.rows[1]
        await desk.press("e")
        assert "[full truth]" in desk.shown
        await desk.press("E")
        assert f"[{exercise.seat[-1].short}]" in desk.shown


@pytest.mark.slow
async def test_a_sealed_answer_of_another_cell_is_not_there(path: Path) -> None:
    viewing = look_at(read(path))
    answer = next(one for one in viewing.entries if isinstance(one.event, Answered))
    run = viewing.timeline.run
    assert isinstance(answer.event, Answered)
    cell = answer.event.cell
    own, other = run.lead(cell).id, next(run.lead(one).id for one in run.people if one != cell)
    async with sit(opened(path, own), MIDDLE) as desk:
        viewing_of(desk).to(answer.n)
        desk.page.paint()
        assert re.search(rf"▸ +{answer.n} ", "\n".join(desk.rows))
        assert "sealed" in desk.shown
    async with sit(opened(path, other), MIDDLE) as desk:
        viewing_of(desk).to(answer.n)
        desk.page.paint()
        assert not re.search(rf" {answer.n} .*answered", "\n".join(desk.rows))
        assert "sealed" not in desk.shown
        assert "1 answer" in desk.shown


@pytest.mark.slow
async def test_this_moment_opens_on_its_own_screens(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        viewing = viewing_of(desk)
        wanted = {
            phases.BRIEFING: "Briefing",
            phases.LEVERS: "Table",
            phases.DELIBERATION: "Table",
            phases.REVIEW: "Ruling",
            phases.RECKONING: "Reckoning",
            phases.CLOSED: "Review",
        }
        for phase, page in wanted.items():
            n = next(n for n, game in enumerate(viewing.timeline.games) if game.phase == phase)
            viewing.to(n)
            await desk.press("enter")
            assert page == desk.where
            assert desk.rows[1].strip().startswith("Replay")
            before = data(path)
            await desk.press("enter", "2", "enter", "n", "space", "u", "E", "x", "y", "escape")
            while desk.where != "Replay":
                await desk.press("P")
            assert n == head(desk)
            assert before == data(path)
        for key, page in (("S", "Standing"), ("M", "Theatre"), ("B", "Briefing")):
            await desk.press(key)
            assert page == desk.where
            await desk.press("q")
            assert desk.where == "Replay"


async def test_what_was_taken_back_is_told_so(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        undone = next(one for one in viewing_of(desk).entries if isinstance(one.event, Undone))
        assert isinstance(undone.event, Undone)
        viewing_of(desk).to(undone.n)
        desk.page.paint()
        row = next(row for row in desk.rows[14:] if row.startswith(f"    {undone.n - 1:>4}"[-8:]))
        assert "undone" in row
        assert "went back to the" in desk.shown


@pytest.mark.slow
async def test_bookmarks_are_kept_beside_the_save(path: Path) -> None:
    before = data(path)
    async with sit(opened(path), MIDDLE) as desk:
        assert "None yet; m sets one here." in desk.shown
        await desk.press("x")
        assert "There is no bookmark here" in desk.shown
        await desk.press("apostrophe")
        assert "No bookmarks yet" in desk.shown
        viewing_of(desk).to(20)
        await desk.press("m")
        await desk.write("the [b]hotline[/b] nobody used")
        await desk.press("enter")
        viewing_of(desk).to(40)
        await desk.press("m", "enter")
        assert "the [b]hotline[/b] nobody used" in desk.shown
        assert "entry 40" in desk.shown
    assert [Mark(20, "the [b]hotline[/b] nobody used"), Mark(40)] == marks.read(path)
    async with sit(opened(path), MIDDLE) as desk:
        await desk.press("apostrophe")
        assert 20 == head(desk)
        await desk.press("apostrophe")
        assert 40 == head(desk)
        await desk.press("apostrophe")
        assert 20 == head(desk)
        await desk.press("m")
        await desk.write("!")
        await desk.press("enter")
        assert "nobody used!" in desk.shown or "!the [b]hotline" in desk.shown
        await desk.press("x")
        assert [Mark(40)] == marks.read(path)
        await desk.press("m", "escape")
    assert [Mark(40)] == marks.read(path)
    assert before == data(path)


async def test_damaged_bookmarks_are_said_and_nothing_else_is_lost(path: Path) -> None:
    marks.beside(path).write_text("not = = toml")
    async with sit(opened(path), MIDDLE) as desk:
        assert "run.marks.toml cannot be read" in desk.shown
        await desk.press("l", "m", "enter")
        assert "run.marks.toml cannot be read" in desk.shown
        assert 1 == head(desk)
    assert "not = = toml" == marks.beside(path).read_text()


@pytest.mark.slow
async def test_a_fork_is_played_on_and_the_parent_stays(path: Path) -> None:
    before = data(path)
    async with sit(opened(path), MIDDLE) as desk:
        viewing = viewing_of(desk)
        await desk.press("F")
        assert "Nothing has happened yet" in desk.shown
        await desk.press("G", "F")
        assert "The exercise has ended here; go back to a turn and fork there." in desk.shown
        turn = viewing.timeline.turn(2)
        assert turn is not None
        viewing.to(turn)
        await desk.press("F")
        assert f"Play on from turn 2, entry {turn}, in a new run?" in desk.shown
        await desk.press("escape")
        assert desk.where == "Replay"
        assert [path] == saves(path.parent)
        await desk.press("F", "y")
        assert desk.where in ("Table", "Curtain")
        made = desk.table.path
        assert made == path.parent / "run-fork-T2.ttx.toml"
        assert not desk.rows[1].strip().startswith("Replay")
        desk.table.leave()
    first = read(path.parent / "run-fork-T2.ttx.toml").entries[0].event
    assert isinstance(first, Forked)
    assert ("run.ttx.toml", read(path).hashes[turn - 1], turn) == (
        first.parent,
        first.seal,
        first.cut,
    )
    assert [Mark(turn, "run-fork-T2.ttx.toml", "fork")] == marks.read(path)
    assert before == data(path)
    async with sit(opened(path), MIDDLE) as desk:
        assert "fork run-fork-T2.ttx.toml" in desk.shown
        await desk.press("x")
        assert marks.read(path)


@pytest.mark.slow
async def test_a_fork_from_home_outlives_the_clock_of_the_replay(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks whether the record has grown comes once more after the record is no record."""
    monkeypatch.setattr("ttx.tui.screens.replay.GROWTH", 0.0005)
    path = shelf / "run.ttx.toml"
    path.write_bytes(data(SAVES / CLOSED))
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("tab", "P", "right_square_bracket", "right_square_bracket")
        for key in ("F", "y"):  # each after the question that it answers was painted
            desk.app.post_message(Key(key, key))
            await desk.settle()
        assert desk.where in ("Table", "Curtain")
        assert "" == desk.app.last_error
        assert path != desk.table.path
        desk.table.leave()


@pytest.mark.slow
async def test_a_run_lies_beside_its_fork(path: Path, shelf: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        await desk.press("D")
        assert "This run has no fork and no parent" in desk.shown
    record = read(path)
    made, cut = fork(record, 7, "", shelf / "child.ttx.toml")
    marks.add(path, Mark(cut, made.name, "fork"))
    async with sit(opened(path), MIDDLE) as desk:
        await desk.press("D")
        assert "child.ttx.toml is not beside run.ttx.toml any more." in desk.shown
    (path.parent / "child.ttx.toml").write_bytes(data(made))
    async with sit(opened(path), MIDDLE) as desk:
        await desk.press("D")
        assert desk.where == "Compare"
        await desk.press("q")
        assert desk.where == "Replay"
    async with sit(opened(path.parent / "child.ttx.toml"), MIDDLE) as desk:
        await desk.press("D")
        assert desk.where == "Compare"


async def test_a_live_run_is_watched_as_it_grows(tmp_path: Path) -> None:
    live = tmp_path / "live.ttx.toml"
    table = at_table("tutorial", path=live)
    async with sit(opened(live), MIDDLE) as desk:
        assert desk.rows[1].strip().startswith("watching")
        assert "full truth" not in desk.shown
        assert "Facilitator" not in desk.rows[13]
        for number, _ in enumerate(play(table, 3)):
            if number == 6:
                break
        desk.page._grow()  # type: ignore[attr-defined]  # its timer would, within a second
        await desk.settle()
        assert len(table.entries) == head(desk)
        assert desk.rows[1].strip().startswith("watching")
        await desk.press("h")
        assert desk.rows[1].strip().startswith("Replay")
        for number, _ in enumerate(play(table, 4)):
            if number == 3:
                break
        stood = head(desk)
        desk.page._grow()  # type: ignore[attr-defined]  # as above
        assert (stood, len(table.entries)) == (head(desk), viewing_of(desk).timeline.last)
        await desk.press("G")
        for _ in play(table, 3):
            pass
        desk.page._grow()  # type: ignore[attr-defined]  # as above
        await desk.settle()
        assert "full truth" in desk.shown
    table.leave()


@pytest.mark.slow
async def test_the_mouse_scrubs_chooses_and_opens(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        last = viewing_of(desk).timeline.last
        box = desk.region("scrubber").area
        await desk.point(box.x + box.width - 1, box.y + 6)
        assert last == head(desk)
        await desk.point(box.x + 9, box.y + 6)
        assert 0 == head(desk)
        await desk.point(box.x + 9 + (box.width - 9) // 2, box.y + 6)
        assert abs(last // 2 - head(desk)) <= last // 60
        n = head(desk)
        at = next(y for y, row in enumerate(desk.rows) if re.search(rf"▸ +{n} ", row))
        await desk.point(20, at + 1)
        assert n < head(desk)
        at = next(y for y, row in enumerate(desk.rows) if re.search(rf"▸ +{head(desk)} ", row))
        await desk.point(20, at)
        assert desk.where != "Replay"
        await desk.press("P")
        n = head(desk)
        await desk.scroll(1, (20, 20))
        assert n < head(desk)
        await desk.scroll(-1, (20, 20))
        assert n == head(desk)
        await desk.click("turn", "footer")
        assert head(desk) in viewing_of(desk).timeline.stops["turn"]


async def test_what_is_clicked_is_what_is_taken(path: Path) -> None:
    """An eye by its name and a bookmark by its row, and not only the next one."""
    marks.add(path, Mark(11, "the first call"))
    marks.add(path, Mark(40, "the last one"))
    async with sit(opened(path), MIDDLE) as desk:
        last = viewing_of(desk).timeline.run.exercise.seat[-1]
        assert await desk.click(last.short, "seen")
        assert last.id == desk.app.context.viewpoint
        assert await desk.click("the last one", "marks")
        assert 40 == head(desk)
        assert await desk.click("entry 11", "marks")
        assert 11 == head(desk)


async def test_the_entries_go_by_pages_from_end_to_end(path: Path) -> None:
    async with sit(opened(path), MIDDLE) as desk:
        entries, last = desk.region("entries"), viewing_of(desk).timeline.last
        room = entries.area.height - 2
        await desk.press("pagedown")
        assert room - 1 == head(desk)
        await desk.press("pageup")
        assert 0 == head(desk)
        bar = entries.area.x + entries.area.width - 1
        for row, goal in ((room - 1, last), (0, 1)):
            await desk.pilot.mouse_down(offset=(bar, entries.area.y + 2 + row))
            await desk.pilot.mouse_up(offset=(bar, entries.area.y + 2 + row))
            await desk.settle()
            assert goal == head(desk)
        await desk.press("up", "up")
        assert 0 == head(desk)
        await desk.press("G", "down")
        assert last == head(desk)


async def test_from_an_entry_that_is_not_open_back_is_to_the_one_before_it(path: Path) -> None:
    viewing = look_at(read(path))
    answer = next(entry for entry in viewing.entries if isinstance(entry.event, Answered))
    run = viewing.timeline.run
    assert isinstance(answer.event, Answered)
    other = next(cell for cell in run.people if cell != answer.event.cell)
    async with sit(opened(path, run.lead(other).id), MIDDLE) as desk:
        viewing_of(desk).to(answer.n)
        desk.page.paint()
        await desk.press("up")
        assert answer.n - 1 == head(desk)
        await desk.press("down")
        assert answer.n + 1 == head(desk)


async def test_on_a_small_terminal_the_head_goes_by_the_same_keys(path: Path) -> None:
    async with sit(opened(path), SMALL) as desk:
        assert "ENTRIES" not in desk.shown
        await desk.press("j", "down", "j", "k")
        assert 2 == head(desk)
        await desk.press("G", "h")
        assert viewing_of(desk).timeline.last - 1 == head(desk)
        await desk.press("g", "up")
        assert 0 == head(desk)


async def test_on_a_small_terminal_entries_and_view_swap(path: Path) -> None:
    async with sit(opened(path), SMALL) as desk:
        viewing_of(desk).to(30)
        desk.page.paint()
        assert "ENTRIES" not in desk.shown
        await desk.press("t")
        assert "ENTRIES" in desk.shown
        assert re.search(r"▸ +30 ", "\n".join(desk.rows))
        await desk.resize(*MIDDLE)
        assert "ENTRIES" in desk.shown
        assert "THE FULL TRUTH" in desk.shown


@pytest.mark.slow
async def test_home_replays_a_save_and_lays_two_together(shelf: Path, path: Path) -> None:
    for name in ("one", "two"):
        (shelf / f"{name}.ttx.toml").write_bytes(data(path))
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("P")
        assert "Mark a save first" in desk.shown
        await desk.press("tab", "P")
        assert desk.where == "Replay"
        await desk.press("q")
        assert desk.where == "Home"
        await desk.press("D")
        assert "is A. Mark another save" in desk.shown
        assert "A, to be compared" in desk.shown
        await desk.press("D")
        assert "is no longer A." in desk.shown
        await desk.press("D", "j", "D")
        assert desk.where == "Compare"
        await desk.press("q")
        assert desk.where == "Home"


@pytest.mark.slow
async def test_the_review_of_a_closed_run_leads_to_its_replay(shelf: Path, path: Path) -> None:
    (shelf / "one.ttx.toml").write_bytes(data(path))
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("tab", "enter")
        assert desk.where == "Review"
        assert not desk.rows[1].strip().startswith("Replay")
        await desk.press("P")
        assert desk.where == "Replay"
        assert 0 == head(desk)
        await desk.press("q")
        assert desk.where == "Home"


@pytest.mark.slow
async def test_the_report_is_written_from_home_and_from_the_review(shelf: Path, path: Path) -> None:
    (shelf / "one.ttx.toml").write_bytes(data(path))
    async with sit(TtxApp(), MIDDLE) as desk:
        await desk.press("w")
        assert "Mark a save first" in desk.shown
        await desk.press("tab")
        assert "w report" in desk.foot
        await desk.press("w")
        assert "one-report.html is written beside the save." in desk.shown
        await desk.press("enter")
        assert desk.where == "Review"
        assert "w report" in desk.foot
        await desk.press("w")
        assert "one-report-2.html is written beside the save." in desk.shown
    first, second = reports(shelf)
    assert first == second
    assert data(path) == data(shelf / "one.ttx.toml")


@pytest.mark.slow
async def test_a_run_just_played_is_replayed(shelf: Path) -> None:
    async with sit(at_screen("tutorial", shelf / "run.ttx.toml"), MIDDLE) as desk:
        await desk.press("enter", "P")
        assert desk.where == "Table"
        await to_the_end(desk)
        await desk.press("enter", "P")
        assert desk.where == "Replay"
        assert viewing_of(desk).over


@pytest.mark.slow
async def test_undo_asks_and_goes_back(shelf: Path) -> None:
    async with sit(at_screen("tutorial", shelf / "run.ttx.toml"), MIDDLE) as desk:
        await desk.press("u")
        assert "Nothing was decided yet that could be taken back." in desk.shown
        await desk.press("enter", "enter", "2", "enter")
        assert desk.where == "Ruling"
        await desk.press("u")
        assert "Take back all since the question of 1.1" in desk.shown
        await desk.press("escape")
        assert desk.where == "Ruling"
        await desk.press("u", "y")
        assert desk.where == "Table"
        assert phases.DELIBERATION == desk.game.phase
        assert "What came after stays in the record, struck." in desk.shown
        await desk.press("2", "enter")
        assert desk.where == "Ruling"
        assert "with knowledge" in desk.shown
        desk.table.leave()


@pytest.mark.slow
async def test_rubbish_keys_harm_nothing(path: Path) -> None:
    before = data(path)
    keys = "eE[]{}()<>:Tx'mtFgGhjklPDSMB?q "
    async with sit(opened(path), SMALL) as desk:
        for at in range(300):
            key = keys[(at * 7919 + at // 13) % len(keys)]
            await desk.press({" ": "space"}.get(key, key))
            if desk.page.question.asks or desk.page.question.asks:
                await desk.press("escape")
            if at % 40 == 0:
                await desk.resize(*((60, 20) if at % 80 else MIDDLE))
                await desk.resize(*SMALL)
            if not desk.app.is_running or desk.app._exit:
                break
    assert before == data(path)


async def test_on_a_small_terminal_a_question_keeps_both_its_answers(shelf: Path) -> None:
    async with sit(at_screen("tutorial", shelf / "run.ttx.toml"), SMALL) as desk:
        desk.page.confirm("Take back all since " + "a very long title " * 9, "Undo", lambda: None)
        await desk.settle()
        assert desk.shown.count("a very long title") == 9
        assert any("y Undo   Esc Go on" in row for row in desk.rows)
        assert await desk.click("Esc Go on")
        assert "Take back" not in desk.shown


@pytest.mark.slow
async def test_an_answer_given_again_says_so_at_every_size(shelf: Path) -> None:
    async with sit(at_screen("accelerate", shelf / "run.ttx.toml"), SMALL) as desk:
        await desk.press("enter", "enter", "2", "enter", "u", "y", "3", "enter")
        assert desk.where == "Ruling"
        assert "again, with knowledge" in desk.shown
        await desk.resize(*MIDDLE)
        assert "answered again, with knowledge" in desk.shown
