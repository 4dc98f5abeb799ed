"""How the screens look. `pytest tests/test_snapshots.py --snapshot-update` takes them anew.

Look at snapshot_report.html first: it shows each mismatch beside what it was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partialmethod
from pathlib import Path
from tempfile import mkdtemp

import pytest
from kit.clock import Clock, fake_clock
from kit.desk import LARGE, MIDDLE, SMALL
from kit.hosted import LEADS, ask, host, option
from kit.room import CHIEF
from kit.screens import in_crisis
from kit.shots import hosted, named, position, washed
from kit.tables import robots_alone
from textual.app import App
from textual.pilot import Pilot

from ttx.analysis.compared_runs import ComparedRun
from ttx.session import marks, phases
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance
from ttx.session.control_commands import Defer, Skip
from ttx.session.marks import Mark
from ttx.session.opening import look_at
from ttx.session.play_commands import Commit, Continue, Submit
from ttx.session.record import read
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.tui.app import TtxApp
from ttx.tui.screens.compare import CompareScreen

pytestmark = pytest.mark.usefixtures("shelf")

Compare = Callable[..., bool]
SCREENSHOT = App.export_screenshot

SHOTS: dict[str, tuple[str, tuple[str, ...], tuple[tuple[int, int], ...]]] = {
    "briefing": ("briefing", (), (SMALL, MIDDLE)),
    "crisis": ("crisis", ("2",), (SMALL, MIDDLE, LARGE)),
    "levers-1": ("levers, turn 1", ("3",), (SMALL, MIDDLE)),
    "levers-2": ("levers, turn 2", ("j", "2"), (SMALL, MIDDLE)),
    "ruling": ("ruling of a crisis", (), (SMALL, MIDDLE)),
    "reckoning": ("reckoning", (), (SMALL, MIDDLE)),
    "standing": ("levers, turn 2", ("S",), (SMALL, MIDDLE)),
    "theatre": ("levers, turn 2", ("M",), (SMALL, MIDDLE)),
    "help": ("crisis", ("question_mark",), (SMALL, MIDDLE)),
    "review-1": ("review", (), (SMALL, MIDDLE)),
    "review-2": ("review", ("space",), (MIDDLE,)),
    "review-3": ("review", ("space", "space"), (MIDDLE,)),
    "review-4": ("review", ("space", "space", "space"), (MIDDLE,)),
}
"""Position of the flagship, keys pressed there, sizes."""
GATES: dict[str, tuple[str, tuple[str, ...], tuple[tuple[int, int], ...]]] = {
    "modify": ("ruling", ("R", "m", "j", "9"), (SMALL, MIDDLE)),
    "overruled": ("overruled", ("R",), (SMALL, MIDDLE, LARGE)),
    "hear": ("challenge", ("right_square_bracket", "2"), (SMALL, MIDDLE)),
    "weigh": ("action", ("right_square_bracket", "2", "plus"), (SMALL, MIDDLE)),
    "recast": ("reckoning", ("R", "m", "plus"), (SMALL, MIDDLE)),
    "excursion": ("excursion", ("X", "j", "4"), (SMALL, MIDDLE, LARGE)),
}
"""Position of a hosted run of the tutorial, keys pressed at Control, sizes."""
EACH = [(name, size) for name, (_, _, sizes) in SHOTS.items() for size in sizes]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second ever passes, a screen that fails raises, and a picture is of cells.

    Into how many pieces a row was cut while it was made is not to be seen in it.
    """
    monkeypatch.setenv("TTX_STRICT", "1")
    monkeypatch.setattr(Table, "elapsed", 0)
    monkeypatch.setattr(App, "export_screenshot", partialmethod(SCREENSHOT, simplify=True))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), EACH, ids=named)
def test_screen(name: str, size: tuple[int, int], snap_compare: Compare) -> None:
    where, keys, _ = SHOTS[name]
    app: App[None] = TtxApp(*position(where))
    assert snap_compare(app, press=keys, terminal_size=size)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "keys", "size"),
    [
        ("levers, turn 2", ("j", "1", "f", "1"), SMALL),
        ("levers, turn 2", ("f", "v"), SMALL),
        ("levers, turn 2", ("j", "1", "f", "1"), MIDDLE),
        ("levers, turn 2", ("f",), MIDDLE),
        ("crisis", ("f",), LARGE),
    ],
    ids=["levels-80", "robots-80", "levels-120", "stands-120", "options-200"],
)
def test_forecast(
    where: str, keys: tuple[str, ...], size: tuple[int, int], snap_compare: Compare
) -> None:
    async def worked_out(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        await pilot.app.workers.wait_for_complete()

    app: App[None] = TtxApp(*position(where))
    assert snap_compare(app, terminal_size=size, run_before=worked_out)


@pytest.mark.parametrize("size", [SMALL, MIDDLE], ids=named)
def test_home(
    size: tuple[int, int], snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ttx.tui.screens.home._named", lambda _: "~/saves")
    assert snap_compare(TtxApp(), terminal_size=size)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_theme(theme: str, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_THEME", theme)
    assert snap_compare(TtxApp(*position("crisis")), press=("2",), terminal_size=MIDDLE)


KEPT = Path(__file__).parent / "saves" / "format-1-flagship.ttx.toml"


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=named)
def test_replay(size: tuple[int, int], snap_compare: Compare, tmp_path: Path) -> None:
    path = tmp_path / KEPT.name
    path.write_bytes(KEPT.read_bytes())
    viewing = look_at(read(path))
    viewing.to(viewing.timeline.ruling("4.2") or 0)
    marks.add(path, Mark(viewing.head, "who owned the night?"))
    app: App[None] = TtxApp(viewing, viewing.eye("indopacom"))
    assert snap_compare(app, terminal_size=size)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=named)
def test_compare(size: tuple[int, int], snap_compare: Compare) -> None:
    tables = [robots_alone("accelerate", name, 7) for name in ("phased", "accelerated")]
    a, b = (ComparedRun(t.game.run.players["us"], t.game, "", (), "0") for t in tables)
    app: App[None] = TtxApp(initial_page=CompareScreen(a, b))
    assert snap_compare(app, press=("G",), terminal_size=size)


WASHED: dict[str, tuple[str, tuple[str, ...], tuple[tuple[int, int], ...]]] = {
    "hot-wash": ("usfj", (), (SMALL, MIDDLE, LARGE)),
    "hot-wash-asking": (CHIEF, ("W", "enter"), (SMALL, MIDDLE)),
    "hot-wash-by-seat": ("projector", ("o", "o"), (MIDDLE,)),
    "improvement-plan": (CHIEF, ("W", "i"), (SMALL,)),
    "plan-row": (CHIEF, ("W", "p"), (SMALL,)),
    "evaluation": ("evaluator", ("V",), (SMALL, MIDDLE, LARGE)),
    "evaluation-rating": ("evaluator", ("V", "s"), (SMALL, MIDDLE)),
}
"""Seat, keys pressed at the hot wash, sizes."""


@pytest.mark.parametrize(
    ("name", "size"),
    [(name, size) for name, (_, _, sizes) in WASHED.items() for size in sizes],
    ids=named,
)
def test_hot_wash(name: str, size: tuple[int, int], snap_compare: Compare) -> None:
    seat, keys, _ = WASHED[name]
    table = washed()
    seats = [one.id for one in table.game.run.exercise.seat]
    app: App[None] = TtxApp(table, seat, attendance=Attendance([*seats, "projector"]))
    assert snap_compare(app, press=keys, terminal_size=size)


@pytest.mark.parametrize(
    ("name", "size"), [(n, size) for n, (_, _, sizes) in GATES.items() for size in sizes], ids=named
)
def test_gate(name: str, size: tuple[int, int], tmp_path: Path, snap_compare: Compare) -> None:
    where, keys, _ = GATES[name]
    app = hosted(where, tmp_path).app(CHIEF)
    assert snap_compare(app, press=keys, terminal_size=size)


MINUTES = {
    phases.LEVERS: 3,
    phases.DELIBERATION: 6,
    phases.ADJUDICATION: 1,
    phases.REVIEW: 2,
    phases.RECKONING: 2,
}
"""What each phase takes before Control is looked at; the plan of the flagship is shorter."""
ELAPSED = Table.__dict__["elapsed"]
"""As it is where seconds pass."""
QUIET = 48
"""Seconds since the last entry."""


@cache
def controlled() -> Table:
    """The flagship in the deliberation of turn 5, a little late, by a clock that tells its time."""
    with fake_clock() as clock, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "elapsed", ELAPSED)
        table = host(Path(mkdtemp()))

        def crisis(turn: int) -> None:
            while (game := table.game).position.turn < turn or not in_crisis(table):
                clock.now += 60 * MINUTES.get(game.phase, 0)
                if game.phase != phases.DELIBERATION:
                    ask(table, CHIEF, Continue())
                    continue
                assert game.slot is not None
                chosen = option(table, 0)
                for cell in [one for one in game.run.people if one not in game.slot.answers]:
                    ask(table, LEADS[cell], Submit(Answer(chosen)))

        crisis(3)
        ask(table, "osd", Note("Nobody in this room could sign at this hour", "insight"))
        crisis(5)
        game = table.game
        later = [one.id for one in game.run.exercise.inject if one.id not in game.gone]
        injects = [one for one in later if game.run.exercise.injects[one].slot == "crisis"]
        ask(table, CHIEF, Defer(injects[0], 7, "the table has had two of these"))
        ask(table, CHIEF, Skip(injects[1], "no time"))
        clock.now += 95
        ask(table, "osd", Commit(Answer(option(table, 0), 60, {}, "we can")))
        ask(table, "kantei", Submit(Answer(option(table, 0), 70, {}, "it is ready")))
    return table


CONTROL: dict[str, tuple[tuple[str, ...], tuple[tuple[int, int], ...]]] = {
    "control": ((), (SMALL, MIDDLE, LARGE)),
    "ad-hoc": (("a",), (SMALL,)),
}
"""Keys pressed at Control, sizes."""


@pytest.mark.parametrize(
    ("name", "size"), [(n, size) for n, (_, sizes) in CONTROL.items() for size in sizes], ids=named
)
def test_control(
    name: str, size: tuple[int, int], snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, (keys, _) = controlled(), CONTROL[name]
    monkeypatch.setattr(Table, "elapsed", table.game.elapsed + QUIET)
    seats = [one.id for one in table.game.run.exercise.seat]
    clock = Clock()
    attendance = Attendance([*seats, "projector"], clock.monotonic)
    clock.now += QUIET
    app: App[None] = TtxApp(table, CHIEF, attendance=attendance)
    assert snap_compare(app, press=keys, terminal_size=size)


@cache
def proposed() -> Table:
    """The flagship where the first ruling of a crisis waits for the facilitator."""
    table = host(Path(mkdtemp()))
    while True:
        game = table.game
        if game.phase == phases.ADJUDICATION and game.inject is not None:
            if game.inject.slot == "crisis":
                return table
            ask(table, CHIEF, Continue())
        elif game.phase == phases.DELIBERATION and game.slot is not None:
            chosen = option(table, 0)
            for cell in [cell for cell in game.run.people if cell not in game.slot.answers]:
                ask(table, LEADS[cell], Submit(Answer(chosen)))
        else:
            ask(table, CHIEF, Continue())


def test_ruling_of_the_desk(snap_compare: Compare) -> None:
    table = proposed()
    seats = [seat.id for seat in table.game.run.exercise.seat]
    app: App[None] = TtxApp(table, CHIEF, attendance=Attendance([*seats, "projector"]))
    assert snap_compare(app, press=("R",), terminal_size=MIDDLE)


def test_lobby(snap_compare: Compare) -> None:
    table = host(Path(mkdtemp()))
    seats = [seat.id for seat in table.game.run.exercise.seat]
    attendance = Attendance([*seats, "projector"])
    app: App[None] = TtxApp(table, "usfj", attendance=attendance, lobby=True)
    attendance.connect("usfj", Still())
    attendance.connect("kantei", Still())
    assert snap_compare(app, terminal_size=MIDDLE)


class Still:
    """A screen that somebody sits at, and that answers at once."""

    size, lag, behind = MIDDLE, 4, False

    def demote(self) -> None:
        """Nobody takes it elsewhere."""

    def restore(self) -> bool:
        return True
