"""What somebody wrote is struck or corrected by them alone, and the record has all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, SMALL, sit
from kit.hosted import CHIEF, ask, host, refused, to
from kit.room import LEAD, MEMBER, OTHER, Room, choosing
from kit.wash import PLAN, to_wash

from ttx.report import filed
from ttx.report.aar.whole import after_action
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.notebook_events import STRENGTH, CardAdded, Noted, Struck
from ttx.session.opening import look_at
from ttx.session.play_commands import Continue
from ttx.session.record import read
from ttx.session.side_commands import Note, Observe, PutUp, Vote
from ttx.session.striking import Strike
from ttx.session.table import Table
from ttx.session.verify import verify
from ttx.session.view import wash
from ttx.session.view.evaluation import evaluation
from ttx.session.view.eye import Eye
from ttx.session.view.journal import journal
from ttx.session.view.record import TRUTH
from ttx.studies.export.source import Source

pytestmark = pytest.mark.usefixtures("strict", "shelf")


def last(table: Table) -> int:
    return table.entries[-1].n


def test_a_note_is_struck_by_who_wrote_it_and_by_nobody_else(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "usfj", Note("QSLIP", "assumption"), Note("QKEPT"))
    slip, kept = last(table) - 1, last(table)
    for seat in ("osd", "kantei", CHIEF, "evaluator", "observer"):
        assert "Only who wrote it can strike or correct it." == refused(table, seat, Strike(slip))
    nothing = "Only a note, a card, an observation or a feedback form can be struck."
    for entry in (0, 999, -1):
        assert nothing == refused(table, "usfj", Strike(entry))
    ask(table, "usfj", Strike(slip), Strike(kept, "QBETTER"), Strike(kept, "QBEST"))
    assert "It is struck already." == refused(table, "usfj", Strike(slip))
    assert [("QBEST", "")] == [(n.text, n.sort) for _, n in table.game.notebook.notes]
    views = {view.text: view for view in journal(Eye(table.game, "osd"))}
    assert {"QSLIP", "QBEST"} == {*views}
    assert (True, "") == (views["QSLIP"].struck, views["QSLIP"].before)
    assert (False, "QKEPT") == (views["QBEST"].struck, views["QBEST"].before)
    assert nothing == refused(table, "usfj", Strike(last(table)))


def test_it_outlives_a_resume_and_is_left_out_of_the_report(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "usfj", Note("QSLIP"), Strike(1), Note("QWRONG", "decision"))
    ask(table, "usfj", Strike(3, "QRIGHT"))
    to(table, phases.REVIEW)
    to_wash(table)
    ask(table, CHIEF, PutUp("plus", "QCARD"))
    ask(table, CHIEF, Strike(last(table)), Continue())
    assert table.closed
    path = table.path
    assert path is not None
    game = look_at(read(path)).game
    assert table.game.notebook == game.notebook
    assert [] == [check for check in verify(path) if check.holds is False]
    whole = str(after_action(filed.account_of(read(path))).parts)
    assert "QRIGHT" in whole
    assert "1 note was struck by who wrote it; the record has it." in whole
    for words in ("QSLIP", "QWRONG", "QCARD"):
        assert words not in whole
    told = " ".join(lines_of(retold(look_at(read(path)).timeline, TRUTH)))
    assert "struck entry 1" in told
    assert "corrected entry 3: QRIGHT" in told
    assert "QSLIP" in told


def test_nothing_tells_whose_quote_was_corrected(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "usfj", Note("QSAID", "quote"), Strike(1, "QMEANT"), Note("QNOTE"), Strike(3))
    timeline = look_at(read(tmp_path / "run.ttx.toml")).timeline
    for anonymous, authors in ((True, ["", "us"]), (False, ["usfj", "usfj"])):
        source = Source("run", read(tmp_path / "run.ttx.toml"), timeline, anonymous)
        struck = [entry for entry, _fact in source.of(Struck)]
        assert authors == [source.author(entry)[0] for entry in struck]


def test_a_card_goes_off_the_board_with_its_votes_and_keeps_its_number(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_wash(table)
    ask(table, "usfj", PutUp("plus", "QONE"), PutUp("delta", "QTWO"))
    one, two = last(table) - 1, last(table)
    ask(table, "kantei", Vote(1), Vote(2))
    ask(table, CHIEF, PLAN)
    stays = "Card 1 is a row of the improvement plan, and stays."
    assert stays == refused(table, "usfj", Strike(one))
    ask(table, "usfj", Strike(one, "QOTHER"), Strike(two))
    assert "Card 2 was struck." == refused(table, "mofa", Vote(2))
    board = wash.board(Eye(table.game, "kantei"))
    assert board is not None
    assert [("QOTHER", 1, False), ("QTWO", 0, True)] == [
        (card.text, card.votes, card.struck) for card in board.cards
    ]
    assert 2 == board.left
    ask(table, "kantei", PutUp("plus", "QTHREE"))
    assert 3 == table.game.notebook.cards[-1].number


def test_an_observation_is_struck(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    ask(table, "evaluator", Observe(STRENGTH, "QSEEN"))
    assert "Only who wrote it" in refused(table, "second_evaluator", Strike(last(table)))
    ask(table, "evaluator", Strike(last(table)))
    view = evaluation(Eye(table.game, "evaluator"))
    assert view is not None
    assert not any(part.observations for part in view.objectives)


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_a_note_is_struck_and_corrected_in_the_journal(
    size: tuple[int, int], room: Room
) -> None:
    room.to(choosing)
    room.ask(MEMBER, Note("Theirs"))
    room.ask(LEAD, Note("ptain should", "assumption"), Note("a slip"))
    async with sit(room.app(LEAD), size) as hand, sit(room.app(MEMBER), size) as other:
        await other.press("J")
        await hand.press("J")
        assert "Journal" == hand.where
        assert "x strike" in hand.foot
        await hand.press("x")
        assert "Strike your note?" in hand.shown
        await hand.press("escape")
        assert not hand.facts(Struck)
        await hand.press("x", "y")
        assert "Struck. The record has what it said." in hand.shown
        await hand.press("j", "e", "home", "T", "h", "e", "space", "c", "a", "enter")
        assert "The captain should" in hand.shown
        await other.settle()
        for seat in (hand, other):
            assert "a slip" in seat.shown
            assert "struck" in seat.shown
            assert "corrected" in seat.shown
        await hand.press("j", "x")
        assert "Only Deputy can strike or correct this note." in hand.shown
        await hand.press("enter")
        assert 2 == len(hand.facts(Struck))
        assert 3 == len(hand.facts(Noted))


async def test_a_card_is_struck_on_the_board(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.to(choosing)
    to_wash(room.table)
    room.ask(OTHER, PutUp("plus", "Theirs"))
    async with sit(room.app(LEAD), MIDDLE) as hand:
        await hand.press("plus", *"slip", "enter")
        assert "x strike" in hand.shown
        await hand.press("e", "s", "enter")
        assert "slips" in hand.shown
        await hand.press("x", "y")
        assert "struck" in hand.shown
        await hand.press("v")
        assert "Card 2 was struck." in hand.shown
        await hand.press("k", "x")
        assert "Only" in hand.shown
        assert 2 == len(hand.facts(CardAdded))
