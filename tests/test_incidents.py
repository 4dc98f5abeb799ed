"""A screen at one's own terminal that fails leaves its traceback in a log, and the log is named."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import typer
from kit.desk import MIDDLE, Desk, comes, seated, sit
from textual.events import Key
from textual.widgets import Static

from ttx import incidents
from ttx.cli.screens import after
from ttx.session.opening import look_at
from ttx.session.record import read
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("shelf", "strict")
SAVE = Path(__file__).parent / "saves" / "format-1.ttx.toml"


def live() -> TtxApp:
    """A run that is played."""
    return seated("tutorial")


def replay() -> TtxApp:
    """A run that was played."""
    viewing = look_at(read(SAVE))
    return TtxApp(viewing, viewing.eye(""))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests went wrong with is not known here, nor where it was kept."""
    monkeypatch.setattr(incidents, "_kept", {})


@pytest.fixture(params=[live, replay], ids=["live", "replay"])
def app(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TtxApp:
    """The screens as a person has them, who asks for no strictness."""
    monkeypatch.delenv("TTX_STRICT")
    make: Callable[[], TtxApp] = request.param
    return make()


def on_purpose() -> None:
    raise ZeroDivisionError("on purpose")


async def at_work() -> None:
    on_purpose()


class Broken(Static):
    """A widget that cannot be shown."""

    def render(self) -> str:
        on_purpose()
        return ""


async def in_a_key(desk: Desk) -> None:
    desk.page.action_help = on_purpose  # type: ignore[method-assign]  # whatever it does
    desk.app.post_message(Key("question_mark", "?"))


async def in_a_timer(desk: Desk) -> None:
    desk.app.set_timer(0.001, on_purpose)


async def in_a_worker(desk: Desk) -> None:
    desk.page.run_worker(at_work())


async def in_a_widget(desk: Desk) -> None:
    await desk.page.mount(Broken())


@pytest.mark.parametrize("fail", [in_a_key, in_a_timer, in_a_worker, in_a_widget])
async def test_outside_of_painting_it_ends_the_screens_and_says_where_to_look(
    app: TtxApp, fail: Callable[[Desk], Awaitable[None]], capsys: pytest.CaptureFixture[str]
) -> None:
    async with sit(app, MIDDLE) as desk:
        await fail(desk)
        await comes(desk.pilot, lambda: desk.app._exit)
    assert 1 == app.return_code
    named(app)
    with pytest.raises(typer.Exit):
        after(app)
    said = "".join(capsys.readouterr())
    assert f"Something went wrong on a screen ({app.last_error})." in said
    assert str(incidents.path()) in said
    assert "Traceback" not in said


async def test_in_painting_the_screens_go_on_and_the_end_says_where_to_look(
    app: TtxApp, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(app, MIDDLE) as desk:
        monkeypatch.setattr(desk.page, "draw", on_purpose)
        desk.page.paint()
        await desk.settle()
        assert "Something went wrong on this screen." in desk.shown
        assert not desk.app._exit
    named(app)
    with pytest.raises(typer.Exit):
        after(app)
    assert f"Something went wrong on a screen ({app.last_error})." in "".join(capsys.readouterr())


def named(app: TtxApp) -> None:
    """The incident is in the log by its number, down to the line that failed."""
    found = re.fullmatch(r"(incident \w{8}), kept in (.+)", app.last_error)
    assert found is not None
    assert str(incidents.path()) == found[2]
    kept = incidents.path().read_text("utf-8")
    assert 1 == kept.count(found[1])
    assert "ZeroDivisionError: on purpose" in kept
    assert "in on_purpose" in kept


def test_where_it_cannot_be_kept_it_is_said_in_short(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "file"))
    assert "ZeroDivisionError: on purpose" == incidents.keep(ZeroDivisionError("on purpose"))


async def test_strict_ends_at_the_first_error_with_its_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TTX_STRICT", "1")
    async with sit(live(), MIDDLE) as desk:
        monkeypatch.setattr(desk.page, "draw", on_purpose)
        with pytest.raises(ZeroDivisionError, match="on purpose"):
            desk.page.paint()
    assert "on purpose" in incidents.path().read_text("utf-8")
