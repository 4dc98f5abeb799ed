"""What is typed in a facilitated run reaches nobody before it may: in values, entries and exports.

The other half, what an author wrote, is held by tests/test_sight.py.
"""

from __future__ import annotations

import re

import pytest
from secret_session import MARKS, first_said, open_at, secret_reel
from test_sight import MARK, forbidden, texts_in
from test_view import views_of

from ttx.session import phases
from ttx.session.game import Game
from ttx.session.view.record import RecordView

PLAYERS = ("usfj", "osd", "kantei", "mofa", "prc", "dprk")
SECRET = re.compile("|".join(sorted(MARKS, key=len, reverse=True)))


def closed_to(game: Game, seat: str, texts: str) -> set[str]:
    """The marks in some text that a seat may not read now; an author's words among them.

    At the hot wash what was answered is read by all, the other side too.
    """
    entries = secret_reel().entries
    over = game.phase in (phases.HOTWASH, phases.CLOSED)
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
    reel = secret_reel()
    assert set(MARKS) == set(first_said(reel.entries))
    assert "closed" == reel.game.phase


@pytest.mark.parametrize("seat", PLAYERS)
def test_no_view_holds_what_its_seat_may_not_read(seat: str) -> None:
    reel = secret_reel()
    for game in reel.moments:
        texts = "\n".join(texts_in(views_of(game, seat)))
        assert set() == closed_to(game, seat, texts), (game.entries, game.phase)


@pytest.mark.parametrize("seat", PLAYERS)
def test_no_entry_is_read_before_it_opens(seat: str) -> None:
    reel = secret_reel()
    view = RecordView(reel, seat)
    for head, game in enumerate(reel.moments):
        lines = [view.line(n, head).what for n in view.seen(head) if n <= head]
        assert set() == closed_to(game, seat, "\n".join(lines)), (head, game.phase)


@pytest.mark.parametrize("seat", PLAYERS)
def test_at_the_hot_wash_everything_is_read_but_what_was_for_one(seat: str) -> None:
    reel = secret_reel()
    view = RecordView(reel, seat)
    lines = "\n".join(view.line(n, reel.last).what for n in view.seen(reel.last))
    cell = reel.run.seat(seat).cell
    wanted = {m for m in MARKS if open_at(reel.game, reel.entries, m, seat)}
    inside = {m for m in wanted if m.startswith(("Zadhoctext", "Zadhocask", "Zadhocoption"))}
    told_elsewhere = {"Zpro", "Zcontra", *inside}
    assert wanted - told_elsewhere - ({"Zmessage"} if cell == "japan" else set()) <= set(
        SECRET.findall(lines)
    )
