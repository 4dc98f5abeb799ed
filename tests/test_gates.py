"""The gate that a run stands at, over every moment of the recorded runs; what a turn changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from kit.hosted import CHIEF, LEADS, ask, host, to

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import Challenge, Hear, Weigh
from ttx.session.control_events import UPHELD
from ttx.session.game import Game
from ttx.session.gates import Gate, gate, passed
from ttx.session.kinds import declared
from ttx.session.opening import look_at
from ttx.session.phases import after
from ttx.session.play_commands import Continue, Submit
from ttx.session.record import read
from ttx.session.save_paths import examples_folder

EXAMPLES = sorted(examples_folder().glob("*.ttx.toml"))
AT: dict[str, set[Gate | None]] = {
    phases.BRIEFING: {Gate.START},
    phases.LEVERS: {Gate.LEVERS},
    phases.INJECT: {Gate.SLOT},
    phases.DELIBERATION: {Gate.ANSWERS, Gate.WEIGHING},
    phases.ADJUDICATION: {Gate.RULING},
    phases.REVIEW: {Gate.RULED, Gate.HEARING},
    phases.OUTCOME: {Gate.SLOT, None},
    phases.RESPONSE: {Gate.RESPONSES},
    phases.RECKONING: {Gate.RECKONING, Gate.RECKONED, Gate.HEARING},
    phases.HOTWASH: {Gate.WASH},
    phases.CLOSED: {None},
}
"""The gates that a run can stand at in each phase."""


@cache
def moments(path: Path) -> list[Game]:
    """A recorded run after each of its entries."""
    return look_at(read(path)).timeline.games


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.split(".")[0])
def test_every_moment_of_a_run_stands_at_a_gate_of_its_phase(path: Path) -> None:
    seen = {(game.phase, gate(game)) for game in moments(path)}
    assert not {(phase, at) for phase, at in seen if at not in AT[phase]}
    assert len(seen) >= 9


def test_each_phase_is_known_to_the_gates() -> None:
    assert set(phases.PHASES) == AT.keys()


@pytest.mark.parametrize(
    ("at", "phase", "then"),
    [
        (Gate.START, phases.BRIEFING, phases.LEVERS),
        (Gate.RULING, phases.ADJUDICATION, phases.REVIEW),
        (Gate.RULED, phases.REVIEW, phases.OUTCOME),
        (Gate.RECKONING, phases.RECKONING, phases.RECKONING),
        (Gate.RECKONED, phases.RECKONING, phases.LEVERS),
        (Gate.WASH, phases.HOTWASH, phases.CLOSED),
    ],
)
def test_a_gate_that_asks_for_a_word_opens_to_the_phase_behind_it(
    at: Gate, phase: str, then: str
) -> None:
    assert then == after(phase, declared(passed(at, facilitated=True)).name)


@pytest.mark.parametrize(
    "at", [Gate.LEVERS, Gate.SLOT, Gate.ANSWERS, Gate.WEIGHING, Gate.RESPONSES, Gate.HEARING]
)
def test_a_gate_that_asks_for_more_is_not_opened_by_a_word(at: Gate) -> None:
    with pytest.raises(ValueError, match=at.name):
        passed(at, facilitated=True)


def test_an_action_in_own_words_and_a_challenge_are_gates_of_their_own(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    inject = table.game.inject
    assert inject is not None
    assert gate(table.game) is Gate.ANSWERS
    lead = LEADS[inject.lead]
    ask(table, lead, Submit(Answer(written="Send a liaison")))
    assert gate(table.game) is Gate.ANSWERS
    (other,) = {*LEADS.values()} - {lead}
    ask(table, other, Submit(Answer(written="Send a liaison")))
    assert gate(table.game) is Gate.WEIGHING
    ask(table, CHIEF, Weigh(inject.option[0].id, 2, "as good as that"))
    assert gate(table.game) is Gate.RULING
    ask(table, CHIEF, Continue())
    assert gate(table.game) is Gate.RULED
    ask(table, other, Challenge("it was late"))
    assert gate(table.game) is Gate.HEARING
    ask(table, CHIEF, Hear(UPHELD, "it was not"))
    assert gate(table.game) is Gate.RULED


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.split(".")[0])
def test_the_changes_of_a_turn_are_what_it_moved(path: Path) -> None:
    game = moments(path)[-1]
    tracks = [*game.run.tables.track]
    turns = [turn for turn in game.turns if turn.end is not None]
    assert turns
    for turn in turns:
        assert turn.end is not None
        moved = dict.fromkeys(tracks, 0)
        for _cause, track, by in turn.changes:
            moved[track] += by
        differs = {
            track: turn.end.tracks[at] - turn.start.tracks[at] for at, track in enumerate(tracks)
        }
        assert differs == moved


def test_play_is_over_from_endex_on() -> None:
    """What leads out of play leads into these phases, and nothing leads back."""
    assert {phases.HOTWASH, phases.CLOSED} == phases.PLAY_IS_OVER
    assert {phases.BRIEFING, phases.HOTWASH, phases.CLOSED} == phases.OUTSIDE_PLAY
    for phase in phases.PLAY_IS_OVER:
        ways = {step["trigger"] for step in phases.TRANSITIONS if phase in step["source"]}
        assert {after(phase, str(way)) for way in ways} <= phases.PLAY_IS_OVER
