"""What is typed in a facilitated run reaches nobody before it may: in values, entries and exports.

The other half, what an author wrote, is held by tests/test_visibility.py.
"""

from __future__ import annotations

import re

import pytest
from kit.desk import MIDDLE, SMALL, sit
from kit.secrecy import MARK, Still, drawn, forbidden, texts_in
from kit.views import views_of
from secret_session import MARKS, first_said, open_at, secret_timeline

from ttx.remote.ssh_status import reply
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.game import Game
from ttx.session.timeline import Timeline
from ttx.session.view.record import RecordView
from ttx.tui import routes
from ttx.tui.app import TtxApp
from ttx.tui.navigation import Navigation
from ttx.tui.page import Page
from ttx.tui.screens.briefing import BriefingScreen
from ttx.tui.screens.hotwash import HotWashScreen
from ttx.tui.screens.inquiries import InquiriesScreen
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.reckoning import ReckoningScreen
from ttx.tui.screens.response import ResponseScreen
from ttx.tui.screens.ruling import RulingScreen
from ttx.tui.screens.sheet import Sheet
from ttx.tui.screens.standing import StandingScreen
from ttx.tui.screens.table import TableScreen

PLAYERS = ("usfj", "osd", "kantei", "mofa", "prc", "dprk")
SECRET = re.compile("|".join(sorted(MARKS, key=len, reverse=True)))


def closed_to(game: Game, seat: str, texts: str) -> set[str]:
    """The marks in some text that a seat may not read now; an author's words among them.

    At the hot wash what was answered is read by all, the other side too.
    """
    entries = secret_timeline().entries
    over = game.phase in phases.PLAY_IS_OVER
    typed = {one for one in SECRET.findall(texts) if not open_at(game, entries, one, seat)}
    authors = {one for one in forbidden(game, seat, texts) if not _put(game, one)}
    return typed | {one for one in authors if one[1] in "EFPTM" or not over}


def _put(game: Game, mark: str) -> bool:
    """Whether a contingency or a question was put to the table, so that all may read it."""
    found = MARK.match(mark)
    assert found is not None
    kind, number = found[1], int(found[2])
    inject = next((one for one in game.run.exercise.inject if one.number == number), None)
    if inject is None:
        return False
    slots = [slot for turn in game.turns for slot in turn.slots]
    steered = any(one.steered and one.released.inject == inject.id for one in slots)
    return (kind == "F" and steered) or (kind == "P" and bool(game.notebook.probed(inject.id)))


def test_the_run_says_every_mark() -> None:
    timeline = secret_timeline()
    assert set(MARKS) == set(first_said(timeline.entries))
    assert "closed" == timeline.game.phase


@pytest.mark.slow
@pytest.mark.parametrize("seat", PLAYERS)
def test_no_view_holds_what_its_seat_may_not_read(seat: str) -> None:
    timeline = secret_timeline()
    for game in timeline.games:
        texts = "\n".join(texts_in(views_of(game, seat)))
        assert set() == closed_to(game, seat, texts), (game.entries, game.phase)


@pytest.mark.slow
@pytest.mark.parametrize("seat", PLAYERS)
def test_no_entry_is_read_before_it_opens(seat: str) -> None:
    timeline = secret_timeline()
    view = RecordView(timeline, seat)
    for head, game in enumerate(timeline.games):
        lines = [view.line(n, head).what for n in view.seen(head) if n <= head]
        assert set() == closed_to(game, seat, "\n".join(lines)), (head, game.phase)


@pytest.mark.parametrize("seat", PLAYERS)
def test_at_the_hot_wash_everything_is_read_but_what_was_for_one(seat: str) -> None:
    timeline = secret_timeline()
    view = RecordView(timeline, seat)
    lines = "\n".join(view.line(n, timeline.last).what for n in view.seen(timeline.last))
    cell = timeline.run.seat(seat).cell
    wanted = {m for m in MARKS if open_at(timeline.game, timeline.entries, m, seat)}
    inside = {m for m in wanted if m.startswith(("Zadhoctext", "Zadhocask", "Zadhocoption"))}
    told_elsewhere = {"Zpro", "Zcontra", *inside}
    assert wanted - told_elsewhere - ({"Zmessage"} if cell == "japan" else set()) <= set(
        SECRET.findall(lines)
    )


def moments() -> list[Game]:
    """Every moment of the run that differs from the one before in more than its number."""
    games = secret_timeline().games
    return [game for n, game in enumerate(games) if n % 2 == 0 or game.phase != games[n - 1].phase]


@pytest.mark.slow
@pytest.mark.parametrize("seat", PLAYERS)
def test_no_line_printed_for_a_seat_holds_it(seat: str) -> None:
    timeline = secret_timeline()
    here = Attendance([part.id for part in timeline.run.exercise.seat])
    for game in moments():
        lines, _ = reply(Still(game), here, seat, "status")
        if game.phase not in phases.PLAY_IS_OVER:
            lines += reply(Still(game), here, seat, "report")[0]
            lines += lines_of(
                retold(Timeline(timeline.run, timeline.entries[: game.entries]), seat)
            )
        assert set() == closed_to(game, seat, "\n".join(lines)), (game.entries, game.phase)


BEHIND = {
    BriefingScreen: ("excursion",),
    TableScreen: ("whole", "all_tracks", "journal", "catch_up"),
    RulingScreen: ("basis",),
    ReckoningScreen: ("basis",),
    ResponseScreen: ("aims", "journal"),
    StandingScreen: (),
    InquiriesScreen: (),
    HotWashScreen: ("whole_plan",),
}
"""Pages that a player may come to, and what they open at a key."""


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_no_screen_shows_it(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Page] = []
    monkeypatch.setattr(Navigation, "open", lambda _, page: opened.append(page))
    seats = [one.id for one in secret_timeline().run.exercise.seat]
    first = secret_timeline().games[0]
    app = TtxApp(Still(first), PLAYERS[0], attendance=Attendance([*seats, "projector"]))
    shown = set[str]()
    async with sit(app, size) as desk:
        for kind, actions in BEHIND.items():
            for seat in PLAYERS:
                for game in moments():
                    desk.app.context.seat, desk.table.game = seat, game
                    at_phase = routes.page(routes.of_phase(desk.app.context))
                    over = game.phase in phases.PLAY_IS_OVER
                    if (
                        kind in (RulingScreen, ReckoningScreen, ResponseScreen)
                        and at_phase is not kind
                    ):
                        continue
                    if over != (kind is HotWashScreen):
                        continue
                    await desk.app.push_screen(kind())
                    page = desk.app.screen
                    assert isinstance(page, PlayPage)
                    for action in actions:
                        if page.check_action(action, ()):
                            getattr(page, f"action_{action}")()
                    texts = [drawn(page)]
                    while opened:
                        behind = opened.pop()
                        if isinstance(behind, Sheet):
                            texts += [row.plain for row in behind._rows(page, 76)]  # type: ignore[arg-type]  # it asks for colours and signs only
                            continue
                        await desk.app.push_screen(behind)
                        texts.append(drawn(behind))
                        desk.app.pop_screen()
                    said = "\n".join(texts)
                    assert set() == closed_to(game, seat, said), (kind, game.entries, seat)
                    shown |= set(SECRET.findall(said))
                    desk.app.pop_screen()
    assert {"Zadhocask", "Zown", "Zamend", "Zcard"} <= shown
