from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.tables import SEATINGS, play, played, seated, someone, until
from kit.undoing import SEAT, answer, undo, wandering

from ttx.session import phases
from ttx.session.apply import apply
from ttx.session.audit import differences
from ttx.session.command import IllegalDecision
from ttx.session.decide import decide
from ttx.session.entries import entry_in, entry_out
from ttx.session.events import Entry, Released, Ruled, Undone
from ttx.session.fold import fold
from ttx.session.forks import in_force
from ttx.session.game import LEVERS_SET, Game, openings
from ttx.session.notebook import Notebook
from ttx.session.opening import resume
from ttx.session.play_commands import End, Move, Pause, Submit, Undo
from ttx.session.record import read
from ttx.session.run import PERSON
from ttx.session.side_commands import Note
from ttx.session.view.table import opened


def refusal(game: Game, seat: str = SEAT, to: int = 0) -> str:
    with pytest.raises(IllegalDecision) as refused:
        decide(game, seat, Undo(to))
    return str(refused.value)


def notes(game: Game) -> list[str]:
    """What was written down."""
    return [note.text for _, note in game.notebook.notes]


def bare(game: Game) -> Game:
    """A game without what it knows of having been taken back."""
    return replace(
        game,
        entries=0,
        elapsed=0,
        opened=0,
        undone=(),
        known=frozenset(),
        notebook=Notebook(),
        durations=(),
        paused=False,
    )


def stops(game: Game) -> list[str]:
    return [opened(one) for one in openings(game)]


def test_an_answer_is_taken_back_to_its_question() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    before = table.game
    answer(table)
    assert phases.REVIEW == table.game.phase

    undo(table)

    assert (phases.DELIBERATION, bare(before)) == (table.game.phase, bare(table.game))
    assert Undone(before.entries) == table.entries[-1].event
    assert SEAT == table.entries[-1].by
    assert len(table.entries) == table.game.entries > before.entries + 1


def test_the_same_answer_again_is_ruled_the_same_and_another_one_is_not() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    first = answer(table)
    said = table.game.slot
    undo(table)
    assert first == answer(table)
    assert said is not None
    assert table.game.slot is not None
    assert said.ruled == table.game.slot.ruled
    undo(table)

    other = answer(table, 1)

    assert table.game.slot.ruled is not None
    assert (first, other) == (said.ruled and said.ruled.ruling.option, other)
    assert other != first
    assert [] == differences(table.game.run, table.entries)


def test_each_one_more_goes_one_opening_further_to_the_first_levers() -> None:
    table = seated("tutorial")
    assert until(table, phases.HOTWASH)
    told = stops(table.game)
    assert ["the levers of turn 1"] == told[-1:]
    assert 4 <= len(told)

    for at, _ in enumerate(told):
        undo(table)
        assert told[at] == opened(table.game)
        assert told[at + 1 :] == stops(table.game)

    assert "Nothing was decided yet that could be taken back." == refusal(table.game)


def test_levers_are_taken_back_with_their_budgets() -> None:
    table = seated("tutorial")
    assert until(table, phases.LEVERS)
    before = table.game
    lever = next(
        part
        for part in before.run.exercise.lever
        if part.id in (before.run.exercise.turns.first_levers or [part.id])
    )
    table.submit(SEAT, Move(lever.id, lever.levels[1].id), table.game.entries)
    assert before.position != table.game.position

    undo(table)

    assert before.position == table.game.position
    assert () == table.game.turns[-1].moves


def test_a_named_opening_may_lie_further_back() -> None:
    table = seated("tutorial")
    assert until(table, phases.LEVERS)
    first = table.game
    assert until(table, phases.REVIEW)
    assert until(table, phases.LEVERS)
    assert 2 == len(table.game.turns)

    undo(table, first.opened)

    assert bare(first) == bare(table.game)
    assert {LEVERS_SET} < {what for _, what in table.game.known}


def test_only_an_opening_in_force_can_be_named() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    for n in {*range(1, table.game.entries + 1)} - {one.opened for one in openings(table.game)}:
        assert f"Nothing in force opened at entry {n}." == refusal(table.game, to=n)
    question = table.game.opening
    assert question is not None
    undo(table)
    assert f"Nothing in force opened at entry {question.opened}." == refusal(
        table.game, to=question.opened
    )


def test_before_startex_and_after_the_hot_wash_nothing_is_taken_back() -> None:
    table = seated("tutorial")
    assert "Nothing was decided yet that could be taken back." == refusal(table.game)
    closed = played("tutorial", "alone", 1)
    assert "The run is closed; a fork plays it another way." == refusal(closed.game)


def test_an_end_by_mistake_is_taken_back() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    before = table.game
    answer(table)
    table.submit(SEAT, End("a slip of the hand"), table.game.entries)
    assert phases.HOTWASH == table.game.phase

    undo(table)

    assert bare(before) == bare(table.game)
    assert "" == table.game.ended


def test_notes_and_a_pause_outlive_it() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    answer(table)
    table.submit(SEAT, Note("keep this"), table.game.entries)
    table.submit(SEAT, Pause(), table.game.entries)

    undo(table)

    assert ["keep this"] == notes(table.game)
    assert table.game.paused
    table.submit(SEAT, Pause(), table.game.entries)
    answer(table, 1)


def test_a_note_alone_is_nothing_to_take_back() -> None:
    table = seated("tutorial")
    assert until(table, phases.LEVERS)
    table.submit(SEAT, Note("a thought"), table.game.entries)

    assert "Nothing was decided yet that could be taken back." == refusal(table.game)


def test_a_sealed_answer_is_taken_back_with_its_question() -> None:
    table = seated("tutorial", "apart")
    assert until(table, phases.DELIBERATION)
    before = table.game
    luck = np.random.default_rng(1)
    while not table.game.slot or not table.game.slot.answers:
        seat, command = someone(table, luck)
        if isinstance(command, Submit):
            table.submit(seat, command, table.game.entries)
    assert phases.DELIBERATION == table.game.phase

    undo(table)

    assert bare(before) == bare(table.game)
    assert frozenset() == table.game.known


def test_what_was_ruled_on_stays_known() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION, "crisis")
    turn = table.game.turns[-1]
    earlier = {slot.released.inject for slot in turn.slots[:-1]}
    inject = turn.slots[-1].released.inject
    answer(table)
    undo(table)

    assert {(1, inject)} == table.game.known
    assert not earlier & {what for _, what in table.game.known}

    undo(table)
    undo(table)

    assert opened(table.game).startswith("the levers")
    assert {(1, inject), (1, LEVERS_SET)} <= table.game.known


def test_only_the_facilitator_where_one_sits() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    exercise = table.game.run.exercise
    white = next(c.id for c in exercise.cell if c.side == "white")
    run = replace(table.game.run, players={**table.game.run.players, white: PERSON})
    facilitator = run.lead(white).id
    game = replace(table.game, run=run)

    assert "Only the facilitator takes something back." == refusal(game)
    assert [Undone(game.opening.opened)] == decide(game, facilitator, Undo())  # type: ignore[union-attr]  # it has one
    assert "Nobody at this table answers for that cell." == refusal(table.game, facilitator)


def test_it_goes_through_the_file(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    assert until(table, phases.REVIEW)
    undo(table)
    table.leave()

    again = resume(read(path))

    assert table.entries == again.entries
    assert table.game == again.game
    assert stops(table.game) == stops(again.game)
    again.leave()


def test_an_undo_of_nothing_that_opened_is_refused_by_the_fold() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    with pytest.raises(ValueError, match="nothing opened at entry 1"):
        apply(table.game, Entry(table.game.entries + 1, Undone(1), SEAT))


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=25)
def test_with_undoing_a_record_still_folds_and_the_model_stands_by_it(how: str, seed: int) -> None:
    table = wandering(how, seed)
    run, entries = table.game.run, table.entries

    assert table.game == fold(run, [entry_in(entry_out(entry)) for entry in entries])
    assert [] == differences(run, entries)
    assert bool(table.game.undone) == any(isinstance(e.event, Undone) for e in entries)


@pytest.mark.slow
@given(how=st.sampled_from(list(SEATINGS)), seed=st.integers(0, 100_000))
@settings(max_examples=25)
def test_what_is_in_force_leads_to_the_same_game(how: str, seed: int) -> None:
    table = wandering(how, seed)
    kept = in_force(table.entries)

    game = fold(table.game.run, kept)

    assert bare(table.game) == bare(game)
    assert {note.text for _, note in table.game.notebook.notes} == {
        note.text for _, note in game.notebook.notes
    }
    assert not [one for one in kept if isinstance(one.event, Undone)]
    assert [one.n for one in kept] == sorted(one.n for one in kept)


@pytest.mark.slow
@given(seed=st.integers(0, 100_000))
@settings(max_examples=15)
def test_nothing_is_rolled_again(seed: int) -> None:
    """On one seed an inject asked in one turn has one day and hour, and an answer one ruling."""
    table = wandering("alone", seed, 150)
    seen: dict[tuple[object, ...], object] = {}
    for entry in table.entries:
        match entry.event:
            case Released() as released:
                key: tuple[object, ...] = (entry.turn, released.slot, released.inject)
                assert released == seen.setdefault(key, released)
            case Ruled(ruling=said):
                before = fold(table.game.run, table.entries[: entry.n - 1]).position
                key = (before, said.inject, said.option)
                assert said == seen.setdefault(key, said)
    assert seen


def test_the_clock_of_the_phase_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("ttx.session.table.time.monotonic", lambda: now[0])
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    now[0] += 50
    answer(table)
    now[0] += 20
    undo(table)
    now[0] += 7

    assert 7 == table.elapsed


def test_play_goes_on_to_the_end_after_it() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    undo(table)
    for _ in play(table, 5):
        pass

    assert table.closed
    assert 2 == len(table.game.turns)
