from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from kit.tables import play, played, seated, until
from kit.undoing import undo, wandering

from ttx.session import phases
from ttx.session.command import IllegalDecision
from ttx.session.events import Answered, Confirmed, Reckoned, Released, Ruled, TurnOpened, Undone
from ttx.session.notebook_events import Noted
from ttx.session.opening import look_at
from ttx.session.record import read
from ttx.session.save_header import SaveError
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.timeline import Timeline, carried
from ttx.session.view.record import TRUTH, RecordView, Sort, sitting, viewpoints

Begun = Callable[[], tuple[Table, Path]]


@pytest.fixture
def live(tmp_path: Path) -> tuple[Table, Path]:
    """A run of two people's cells in the middle of its first turn, still being played."""
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", "apart", path=path)
    assert until(table, phases.DELIBERATION, "crisis")
    return table, path


def timeline_of(how: str, seed: int) -> Timeline:
    table = played("tutorial", how, seed)
    return Timeline(table.game.run, table.entries)


# The timeline


@pytest.mark.slow
def test_every_moment_is_the_fold_up_to_there() -> None:
    from ttx.session.fold import fold

    table = wandering("apart", 5)
    timeline = Timeline(table.game.run)
    for at in range(0, len(table.entries), 7):
        timeline.extend(table.entries[at : at + 7])

    assert len(table.entries) == timeline.last
    for n in range(timeline.last + 1):
        assert fold(table.game.run, table.entries[:n]) == timeline.games[n]


def test_turns_injects_and_rulings_can_be_jumped_to() -> None:
    timeline = timeline_of("alone", 3)

    for kind, event in (("turn", TurnOpened), ("inject", Released), ("ruling", Confirmed)):
        found = [one.n for one in timeline.entries if isinstance(one.event, event)]
        assert found == timeline.stops[kind]
        head, forth = 0, []
        while (head := timeline.next(kind, head)) != timeline.last:
            forth.append(head)
        assert found == forth
        back = []
        while (head := timeline.before(kind, head)) != 0:
            back.append(head)
        assert found[::-1] == back
    for turn in (1, 2):
        n = timeline.turn(turn)
        assert n is not None
        assert turn == timeline.opens(n)
    assert timeline.turn(3) is None
    for n in timeline.stops["inject"]:
        assert n == timeline.inject(timeline.number(n))
    assert timeline.inject("9.9") is None


def test_a_ruling_is_found_by_the_number_of_its_inject() -> None:
    timeline = timeline_of("alone", 3)
    for n in timeline.stops["inject"]:
        found = timeline.ruling(timeline.number(n))
        assert found is not None
        assert phases.REVIEW == timeline.games[found].phase
        assert timeline.number(n) == timeline.number(found)
    assert timeline.ruling("9.9") is None


def test_what_was_opened_twice_is_found_where_it_stands() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    assert until(table, phases.REVIEW)
    undo(table)
    undo(table)
    assert until(table, phases.REVIEW)
    timeline = Timeline(table.game.run, table.entries)
    twice = timeline.number(timeline.last)

    found = timeline.ruling(twice)

    assert found is not None
    assert found not in timeline.struck
    assert {n for n in timeline.stops["inject"] if n in timeline.struck}
    assert timeline.inject(twice) not in timeline.struck


def test_notes_are_never_struck() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    table.submit("relief", Note("keep"), table.game.entries)
    undo(table)
    timeline = Timeline(table.game.run, table.entries)

    assert timeline.struck
    assert not [
        n for n in timeline.struck if isinstance(timeline.entries[n - 1].event, Noted | Undone)
    ]
    assert {table.game.entries} == set(timeline.struck.values())


def test_what_an_answer_carried_is_a_letter() -> None:
    letters = {
        carried(one.event)
        for seed in range(6)
        for one in timeline_of("alone", seed).entries
        if isinstance(one.event, Ruled)
    }

    assert letters <= {"y", "p", "n"}
    assert len(letters) > 1


# The head


def test_it_stands_at_the_end_and_goes_anywhere(live: tuple[Table, Path]) -> None:
    table, path = live
    viewing = look_at(read(path))

    assert table.game == viewing.game
    assert len(table.entries) == viewing.head
    assert 0 == viewing.to(-5).entries
    assert "" == viewing.seal
    assert 3 == viewing.to(3).entries
    assert viewing.record.hashes[2] == viewing.seal
    assert len(table.entries) == viewing.to(10**6).entries
    table.leave()


def test_nothing_is_decided_there(live: tuple[Table, Path]) -> None:
    table, path = live
    table.leave()
    data = path.read_bytes()
    viewing = look_at(read(path))

    with pytest.raises(IllegalDecision, match="This is a record; nothing is decided here"):
        viewing.submit("relief", Note("x"), viewing.game.entries)

    viewing.leave()
    assert data == path.read_bytes()


def test_it_follows_a_live_run(live: tuple[Table, Path]) -> None:
    table, path = live
    viewing = look_at(read(path))
    assert viewing.watching
    assert not viewing.grow()
    behind = look_at(read(path))
    behind.to(3)
    assert not behind.watching

    for _ in play(table, 4):
        viewing.grow()
        assert table.game == viewing.game
        assert table.entries == viewing.entries
    viewing.grow()
    assert behind.grow()

    assert table.closed
    assert (True, False) == (viewing.over, viewing.watching)
    assert viewing.seal == table.seal
    assert (3, len(table.entries)) == (behind.head, behind.timeline.last)
    table.leave()


def test_what_is_half_written_is_waited_for(live: tuple[Table, Path]) -> None:
    table, path = live
    viewing = look_at(read(path))
    table.submit("relief", Note("one"), table.game.entries)
    table.leave()
    whole = path.read_bytes()
    size = viewing.record.size
    for cut in range(size, len(whole)):
        path.write_bytes(whole[:cut])
        assert not viewing.grow()
        assert "" == viewing.record.remark
    path.write_bytes(whole)

    assert viewing.grow()
    assert Noted("one") == viewing.entries[-1].event


def test_a_record_that_breaks_while_it_is_watched_is_said(live: tuple[Table, Path]) -> None:
    table, path = live
    viewing = look_at(read(path))
    table.submit("relief", Note("one"), table.game.entries)
    table.leave()
    data = bytearray(path.read_bytes())
    data[data.rindex(b'"one"') + 1] ^= 1
    path.write_bytes(bytes(data))

    viewing.grow()

    assert viewing.record.read_only
    line = data.count(b"\n", 0, data.rindex(b"[[event]]")) + 1
    assert f"broken at line {line}." in viewing.record.remark
    assert len(table.entries) - 1 == viewing.timeline.last


def test_a_save_that_is_gone_stays_as_it_was_seen(live: tuple[Table, Path]) -> None:
    table, path = live
    table.leave()
    viewing = look_at(read(path))
    path.unlink()

    assert not viewing.grow()


def test_a_record_that_does_not_follow_cannot_be_viewed(live: tuple[Table, Path]) -> None:
    table, path = live
    table.leave()
    record = read(path)
    wrong = type(record)(**{**record.__dict__, "entries": record.entries[3:]})

    with pytest.raises(SaveError, match="does not follow its exercise"):
        look_at(wrong)


# Eyes


def test_before_the_end_only_players_lend_their_eyes(live: tuple[Table, Path]) -> None:
    table, path = live
    viewing = look_at(read(path))
    exercise = table.game.run.exercise
    white = {c.id for c in exercise.cell if c.side == "white"}
    players = [s.id for s in exercise.seat if s.cell not in white]
    others = [s.id for s in exercise.seat if s.cell in white]

    assert players == viewpoints(viewing.timeline)
    assert table.game.run.first_seat == viewing.eye()
    for seat in others:
        with pytest.raises(ValueError, match="is open once the exercise is closed"):
            viewing.eye(seat)
    with pytest.raises(ValueError, match="There is no seat 'nobody'; choose from "):
        viewing.eye("nobody")

    for _ in play(table, 4):
        pass
    viewing.grow()
    table.leave()

    assert [TRUTH, *(s.id for s in exercise.seat)] == viewpoints(viewing.timeline)
    assert TRUTH == viewing.eye()
    assert others[0] == viewing.eye(others[0])
    assert others[0] == viewing.eye(table.game.run.seat(others[0]).short.upper())


def view_of(table: Table, eye: str) -> RecordView:
    return RecordView(Timeline(table.game.run, table.entries), eye)


def test_the_full_truth_reads_every_entry() -> None:
    table = played("tutorial", "apart", 3)
    record = view_of(table, TRUTH)
    for head in range(len(table.entries) + 1):
        assert [*range(1, len(table.entries) + 1)] == record.seen(head)
        assert {} == record.hidden(head)
    assert all(record.line(n, n).what for n in record.seen(0))


@pytest.mark.parametrize("seed", range(4))
def test_an_answer_opens_to_the_other_cell_with_its_ruling(seed: int) -> None:
    table = wandering("apart", seed)
    run = table.game.run
    first, second = (run.lead(cell).id for cell in run.people)
    for eye in (first, second):
        record = view_of(table, eye)
        own = set(run.speaks_for(eye))
        timeline = record.timeline
        for entry, opens in zip(timeline.entries, record.opens(), strict=True):
            if not isinstance(entry.event, Answered):
                continue
            if entry.event.cell in own:
                assert entry.n == opens
            elif opens <= timeline.last and timeline.games[opens].phase == phases.REVIEW:
                sealed = [timeline.games[n].phase for n in range(entry.n, opens)]
                assert {phases.DELIBERATION, phases.ADJUDICATION} >= set(sealed)
            else:
                assert entry.n in timeline.struck
                assert opens > timeline.last or timeline.games[opens].phase == phases.HOTWASH


@pytest.mark.parametrize("seed", range(3))
def test_notes_and_the_models_proposals_wait(seed: int) -> None:
    table = wandering("apart", seed)
    run = table.game.run
    record = view_of(table, run.first_seat)
    own = set(run.speaks_for(run.first_seat))
    for entry, opens in zip(table.entries, record.opens(), strict=True):
        if isinstance(entry.event, Noted) and run.seat(entry.by).cell not in own:
            assert opens > entry.n
            assert opens > len(table.entries) or record.timeline.games[opens].ended
        if isinstance(entry.event, Ruled | Reckoned):
            assert isinstance(table.entries[opens - 1].event, Confirmed)
            assert entry.n + 1 == opens


@pytest.mark.slow
def test_a_seat_of_the_other_side_reads_the_news_only(tmp_path: Path) -> None:
    table = played("accelerate", "apart", 3, tmp_path / "run.ttx.toml")
    table.leave()
    record = view_of(table, "dprk")
    head = next(e.n for e in table.entries if isinstance(e.event, Reckoned)) + 1
    kinds = {type(table.entries[n - 1].event) for n in record.seen(head) if n <= head}

    assert Released in kinds
    assert not kinds & {Answered, Ruled}
    assert record.hidden(head)[Sort.ANSWER] >= 2
    told = record.line(head - 1, head).what
    names = {a.id: a.name for a in table.game.run.exercise.adversary}
    assert re.search(f"{names['dprk']} (restraint|probe|escalate)", told)
    others = [str(name) for one, name in names.items() if one != "dprk"]
    assert not [one for one in others if re.search(f"{one} (restraint|probe|escalate)", told)]
    assert all(one in told for one in others)  # what they did is news, by the names of the moves


def test_the_white_cell_sits_for_the_truth() -> None:
    run = seated("accelerate").game.run

    assert "facilitator" == sitting(run, TRUTH)
    assert "jjoc" == sitting(run, "jjoc")


def test_what_is_taken_back_while_it_is_watched_is_marked() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    record = view_of(table, table.game.run.first_seat)
    timeline, last = record.timeline, record.timeline.last
    assert not record.undone(last, last)
    record.line(last, last)

    undo(table)
    timeline.extend(table.entries[last:])

    assert record.undone(last, timeline.last)
    assert record.undone(last, last - 1)
    assert not record.undone(last, last)
    assert not record.undone(timeline.last, timeline.last)


def test_a_run_that_nobody_plays_is_not_watched(live: tuple[Table, Path]) -> None:
    table, path = live
    viewing = look_at(read(path))
    assert (True, True) == (viewing.live, viewing.watching)

    table.leave()
    viewing.grow()

    assert (False, False) == (viewing.live, viewing.watching)
    assert not look_at(read(path)).live
