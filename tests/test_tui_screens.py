"""Every screen at every size: whole rows, a whole footer, nothing that jumps, words for colours."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from kit.desk import LARGE, MIDDLE, SMALL, Desk, comes, seated, sit
from kit.screens import (
    MOVES,
    PAGES,
    POSITIONS,
    SIZES,
    at,
    in_crisis,
    in_policy,
    in_turn,
    look,
    places,
)
from textual.actions import parse
from textual.binding import Binding
from textual.color import Color
from textual.dom import DOMNode

import ttx.tui
from ttx.session import phases
from ttx.tui.app import TtxApp
from ttx.tui.keys import all_shown
from ttx.tui.page import Page
from ttx.tui.theme import INKS, glyphs

pytestmark = pytest.mark.usefixtures("strict", "shelf")

SIGNS = "▸─▆░…▾▴"
"""Signs of the full set that have a plain form."""


@pytest.mark.slow
@pytest.mark.parametrize("where", list(POSITIONS))
async def test_every_screen_at_every_size(where: str, faults: dict[str, None]) -> None:
    for name in ("tutorial", "accelerate"):
        app = at(name, POSITIONS[where], MOVES[name])
        for size in SIZES if name == "accelerate" else (SMALL, MIDDLE):
            async with sit(TtxApp(app.context.table, app.context.seat), size) as desk:
                look(desk, faults)
                for key in PAGES[where]:
                    await desk.press(key)
                    look(desk, faults)
    assert [*faults] == []


@pytest.mark.slow
async def test_home_at_every_size(faults: dict[str, None], shelf: Path) -> None:
    (shelf / "odd.ttx.toml").write_text("format = 1\n")
    for size in SIZES:
        async with sit(TtxApp(), size) as desk:
            for keys in ((), ("j",), ("tab",), ("d",), ("escape",), ("question_mark",)):
                await desk.press(*keys)
                look(desk, faults)
    assert [*faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("where", ["levers, turn 2", "crisis", "review"])
async def test_a_resized_screen_is_the_same_as_a_fresh_one(where: str) -> None:
    app = at("accelerate", POSITIONS[where])
    seen: dict[tuple[int, int], list[str]] = {}
    for size in SIZES:
        async with sit(TtxApp(app.context.table, app.context.seat), size) as desk:
            seen[size] = desk.rows[2:]
    async with sit(app, (100, 30)) as desk:
        for size in (*SIZES, *SIZES[-2::-1]):
            await desk.resize(*size)
            assert desk.rows[2:] == seen[size]


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_nothing_jumps_while_options_are_chosen(size: tuple[int, int]) -> None:
    async with sit(at("accelerate", in_crisis), size) as desk:
        before = places(desk)
        for keys in (("1",), ("2",), ("3",), ("j",), ("k",), ("plus",), ("e", "2", "escape")):
            await desk.press(*keys)
            assert places(desk) == before
        await desk.press("r")
        await desk.write("why")
        await desk.press("enter")
        assert places(desk) == before


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_nothing_jumps_while_levers_are_moved(size: tuple[int, int]) -> None:
    async with sit(at("accelerate", in_turn(2, phases.LEVERS)), size) as desk:
        before = places(desk)
        for key in ("j", "j", "2", "l", "h", "s", "3", "enter", "p"):
            await desk.press(key)
            assert places(desk) == before


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_closed_choice_says_why(size: tuple[int, int]) -> None:
    async with sit(at("tutorial", in_policy), size) as desk:
        await desk.press("1")
        assert "Closed: needs Standing staff in Naha at liaison or more, now none." in desk.rows[-2]
        assert "x" in next(row for row in desk.rows if "A desk in Naha" in row).split()
        await desk.press("2")
        assert "Closed: needs" not in desk.rows[-2]
    async with sit(at("tutorial", in_turn(1, phases.LEVERS)), size) as desk:
        await desk.press("p", "3")
        assert "Closed: needs Standing staff in Naha at liaison or more, now none." in desk.rows[-2]


# --- keys ---


@cache
def classes() -> tuple[type[DOMNode], ...]:
    """Every class of the screens that may have keys."""
    found: dict[str, type[DOMNode]] = {}
    for module in pkgutil.walk_packages(ttx.tui.__path__, "ttx.tui."):
        for part in vars(importlib.import_module(module.name)).values():
            if not isinstance(part, type) or not issubclass(part, DOMNode):
                continue
            if part.__module__.startswith("ttx.tui"):
                found[f"{part.__module__}.{part.__name__}"] = part
    return tuple(found.values())


def bindings(of: type[DOMNode]) -> list[Binding]:
    found = [one for one in vars(of).get("BINDINGS", ()) if isinstance(one, Binding)]
    assert len(found) == len(vars(of).get("BINDINGS", ())), f"{of.__name__} has a bare binding"
    return found


@pytest.mark.parametrize("of", classes(), ids=lambda of: of.__name__)
def test_every_key_has_an_id_and_a_tooltip(of: type[DOMNode]) -> None:
    ids = [one.id for one in bindings(of)]
    assert all(ids)
    assert len(ids) == len(set(ids))
    assert all(one.tooltip for one in bindings(of))
    keys = [key for one in bindings(of) for key in one.key.split(",")]
    assert len(keys) == len(set(keys)), f"{of.__name__} binds a key twice"
    taken = {"ctrl+s", "ctrl+a", "ctrl+b"}
    # ctrl+z is the terminal's too, and does here what it does there.
    taken |= set() if of is TtxApp else {"ctrl+z"}
    assert not [key for key in keys if key in taken or key.startswith(("alt+", "f1"))]


@pytest.mark.parametrize("of", classes(), ids=lambda of: of.__name__)
def test_every_key_has_something_to_do(of: type[DOMNode]) -> None:
    for one in bindings(of):
        region, _, action = one.action.partition("(")[0].rpartition(".")
        does = of.PARTS[region] if region and issubclass(of, Page) else of
        assert hasattr(does, f"action_{action}"), f"{of.__name__}: {one.key} does {action}"


async def rest(desk: Desk) -> list[str]:
    """The rows of the pages that follow."""
    before = desk.rows
    await desk.press("space")
    return [] if desk.rows == before else desk.rows + await rest(desk)


@pytest.mark.parametrize("where", list(POSITIONS))
async def test_help_lists_every_key(where: str) -> None:
    async with sit(at("tutorial", POSITIONS[where]), LARGE) as desk:
        page = desk.page
        await desk.press("question_mark")
        assert desk.where == "Help"

        def is_open(key: Binding) -> bool:
            region, action, given = parse(key.action)
            node = page.regions[region] if region else page
            return node.check_action(action, given) is not False

        kinds = [part for part in type(page).__mro__ if issubclass(part, Page)]
        keys = [one for part in kinds for one in bindings(part) if is_open(one)]
        bar = f" {glyphs().bar}"
        rows = [row.rstrip(bar) for row in desk.rows + await rest(desk)]
        for one in keys:
            later = page.at_another_step(str(one.id))
            same = [two for two in keys if two.tooltip == one.tooltip]
            alike = [two.key for two in same if page.at_another_step(str(two.id)) == later]
            shown = f"{alike[0]} to {alike[-1]} " if len(alike) > 2 else all_shown(one.key)
            assert any(shown in row for row in rows if row.endswith(f" {one.tooltip}")), shown
        await desk.press("question_mark")
        assert desk.where == "Help"
        await desk.press("escape")
        assert desk.page is page


async def test_help_on_home_and_on_a_sheet_goes_back() -> None:
    async with sit(TtxApp(), LARGE) as desk:
        await desk.press("question_mark")
        assert "Go on with the last run" in desk.shown
        await desk.press("q")
        assert desk.where == "Home"


# --- colours are never alone ---


async def test_words_stand_beside_every_colour() -> None:
    async with sit(at("tutorial", in_policy), MIDDLE) as desk:
        rows = desk.rows
        title = next(row for row in rows if "One telephone number" in row)
        assert title.split()[0] == "J"
        assert "[none]" in desk.shown
        assert "closed" in next(row for row in rows if "A desk in Naha" in row)
        assert "deliberation" in rows[1]
    async with sit(at("tutorial", in_crisis), SMALL) as desk:
        assert any(word in desk.shown for word in ("in time", "late"))
        assert "▴ better ▾ worse" in desk.shown
        await desk.press("space")
        assert "PAUSED" in desk.rows[1]
    async with sit(at("tutorial", in_turn(1, phases.RECKONING)), SMALL) as desk:
        assert any(word in desk.shown for word in ("restraint", "probe", "escalate"))
        assert any(f" {word} " in desk.shown for word in ("better", "worse", "same"))
        await desk.press("M")
        assert " J1 " in desk.shown
        await desk.press("S")
        assert any(word in desk.shown for word in ("better", "worse", "no clear difference"))


async def test_an_effect_says_its_direction_in_words() -> None:
    async with sit(at("tutorial", in_turn(1, phases.RECKONING)), MIDDLE) as desk:
        row = next(row for row in desk.rows if "Tension +" in row or "Trust -" in row)
        assert "worse" in row


@pytest.mark.slow
async def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit(at("accelerate", in_crisis), MIDDLE) as desk:
        coloured = {
            str(colour)
            for strip in desk.strips
            for segment in strip
            if segment.style is not None
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour is not None and len(set(colour.get_truecolor())) > 1
        }
        assert coloured == set()
        assert "[" in desk.shown


@pytest.mark.slow
async def test_plain_glyphs_are_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_GLYPHS", "ascii")
    for where in ("levers, turn 2", "crisis", "ruling of a crisis", "reckoning", "review"):
        async with sit(at("accelerate", POSITIONS[where], MOVES["accelerate"]), SMALL) as desk:
            for size in (SMALL, MIDDLE, LARGE):
                await desk.resize(*size)
                for key in ("", "S", "M", "escape"):
                    if key:
                        await desk.press(key)
                    signs = {c for c in "".join(desk.rows) if not c.isascii() and not c.isalpha()}
                    assert signs <= {"–", "×", "−", "’", "·"}, f"{desk.where} at {size}"
                await desk.press("escape")


async def test_plain_glyphs_are_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_GLYPHS", "full")  # put back afterwards: the command sets it
    async with sit(TtxApp(), MIDDLE) as desk:
        assert "─" in desk.shown
        commands = {one.title: one for one in desk.app.get_system_commands(desk.app.screen)}
        commands["Plain glyphs"].callback()
        await desk.settle()
        assert not set("".join(desk.rows)) & set(SIGNS)
        commands["Plain glyphs"].callback()
        await desk.settle()
        assert "─" in desk.shown


@pytest.mark.parametrize("name", ["dark", "light", "contrast"])
async def test_a_theme_is_asked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_THEME", name)
    async with sit(at("tutorial", in_crisis), SMALL) as desk:
        assert desk.app.theme == f"ttx-{name}"
        assert colours_in(desk) <= colours_of(f"ttx-{name}", desk)


async def test_an_unknown_theme_is_dark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTX_THEME", "mauve")
    assert TtxApp().theme == "ttx-dark"


def colours_of(theme: str, desk: Desk) -> set[tuple[int, ...]]:
    """The colours of a theme, and those of the actors."""
    ink = INKS[theme]
    parts = [getattr(ink, name) for name in ink.__slots__]
    for actor in desk.game.run.exercise.actor:
        parts += [actor.colour, actor.contrast or actor.colour]
    return {Color.parse(part).rgb for part in parts}


def colours_in(desk: Desk) -> set[tuple[int, ...]]:
    return {
        tuple(colour.get_truecolor())
        for strip in desk.strips
        for segment in strip
        if segment.style is not None and segment.text.strip()
        for colour in (segment.style.color, segment.style.bgcolor)
        if colour is not None and not colour.is_default
    }


@pytest.mark.slow
async def test_themes_are_commands() -> None:
    async with sit(at("tutorial", in_crisis), MIDDLE) as desk:
        rows = desk.rows
        await desk.press("ctrl+p")
        assert desk.app.screen is not desk.app.screen_stack[1]
        await desk.write("light")
        await comes(
            desk.pilot,
            lambda: "the light theme" in desk.shown and "the dark theme" not in desk.shown,
        )
        await desk.press("enter")
        await comes(desk.pilot, lambda: desk.app.theme == "ttx-light")
        await desk.settle()
        assert desk.rows[2:] == rows[2:]
        assert colours_in(desk) <= colours_of("ttx-light", desk)
        for one in desk.app.get_system_commands(desk.app.screen):
            if "contrast" in one.title:
                one.callback()
        await desk.settle()
        assert colours_in(desk) <= colours_of("ttx-contrast", desk)


# --- time ---


async def test_the_time_stands_still_when_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("ttx.session.table.time", SimpleNamespace(monotonic=lambda: now[0]))

    def shown(desk: Desk) -> str:
        desk.page._chrome(desk.app.size.width)
        return desk.region("status").shown.plain.split()[-1]

    async with sit(seated("tutorial")) as desk:
        await desk.press("enter")
        assert shown(desk) == "00:00"
        now[0] += 75
        assert shown(desk) == "01:15"
        await desk.press("space")
        now[0] += 600
        assert shown(desk) == "01:15"
        assert "PAUSED" in desk.rows[1]
        await desk.press("t", "escape")
        assert shown(desk) == "01:15"
        await desk.press("space")
        assert "PAUSED" not in desk.rows[1]
        now[0] += 5
        assert shown(desk) == "01:20"
        await desk.press("enter")
        assert shown(desk) == "00:00"


async def test_the_seconds_show_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("ttx.session.table.time", SimpleNamespace(monotonic=lambda: now[0]))
    async with sit(seated("tutorial")) as desk:
        now[0] += 61
        await comes(desk.pilot, lambda: "01:01" in desk.rows[1])
