"""Where robots would lead a run: the same as playing it on alone, on dice that are not its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from kit.hosted import CHIEF, ask, host, option, to
from kit.tables import exercise, robots_alone, seated, until
from typer.testing import CliRunner

from ttx.adjudicator import dice
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.analysis import forecast, foretold, onward
from ttx.analysis.onward import AS_IT_STANDS, Candidate
from ttx.cli.app import app
from ttx.exercise.parts import with_parts
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.apply import apply
from ttx.session.automation import follow, made
from ttx.session.command import IllegalDecision
from ttx.session.control_commands import Adjust, Defer, Skip
from ttx.session.events import Answered, Entry, Moved, Reckoned
from ttx.session.game import Game
from ttx.session.opening import begin, look_at
from ttx.session.play_commands import Start, Submit, Undo
from ttx.session.record import read
from ttx.session.run import PROJECTOR, Run
from ttx.session.seating import Seating
from ttx.session.side_commands import ShareForecast
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.view.eye import Eye
from ttx.session.view.standing import NOT_SHARED, no_forecast
from ttx.session.view.visibility import everything, visibility
from ttx.session.view.words import CLEAR

WORLDS = (2, 77)
"""Numbers of worlds of the forecast that are played on alone."""


def paths(
    game: Game, candidate: Candidate = AS_IT_STANDS, count: int = 80, *, blind: bool = True
) -> np.ndarray[tuple[int, int, int], np.dtype[np.int32]]:
    """The scores of a candidate in the first worlds of the forecast, [turns, scores, n]."""
    eye = None if blind else everything(game.run.exercise)
    turns = forecast.ahead(game, onward.players(game), candidate, count=count, eye=eye)
    return np.stack(list(turns))


# --- the oracle: the run itself played on, entry by entry, on the dice of one world ---


def on_other_dice(game: Game, world: int, held: str = "") -> Game:
    """The run with robots everywhere and the dice of a world of its forecast."""
    run, own = game.run, onward.players(game)
    part = run.exercise
    if held:
        robots = [
            one.model_copy(update={"wishes": [w for w in one.wishes if w.lever != held]})
            for one in part.robot
        ]
        part = with_parts(part, robot=robots)
    seats = {cell: robot.id for cell, robot in own.items()}
    seed = dice.seed_of(forecast.seed_of(run.seed), world)
    fresh = Run(part, seed, {**run.players, **seats, "white": "nobody"}, run.together)
    return replace(game, run=fresh, paused=False)


def by_hand(game: Game, *first: tuple[str, object]) -> Iterator[tuple[int, ...]]:
    """The scores of each turn that a run of robots alone goes on to, after some first facts."""
    waiting = [*first]
    while game.phase != phases.CLOSED:
        fact = waiting.pop(0) if waiting else follow(game)
        assert fact is not None
        game = apply(game, Entry(game.entries + 1, fact[1], fact[0]))  # type: ignore[arg-type]  # an event, whoever made it
        if isinstance(fact[1], Reckoned):
            yield fact[1].reckoning.scores


@cache
def at(phase: str, slot: str = "", name: str = "accelerate", seed: int = 1) -> Game:
    table = seated(name, seed=seed)
    assert until(table, phase, slot)
    return table.game


MOMENTS = {
    "briefing": (phases.BRIEFING, ""),
    "levers": (phases.LEVERS, ""),
    "policy": (phases.DELIBERATION, "policy"),
    "review of the policy inject": (phases.REVIEW, "policy"),
    "review of the crisis": (phases.REVIEW, "crisis"),
    "reckoned": (phases.RECKONING, ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_world_of_the_forecast_is_the_run_played_on_alone(moment: str) -> None:
    game = at(*MOMENTS[moment])
    found = paths(game)

    for world in WORLDS:
        assert [*by_hand(on_other_dice(game, world))] == [tuple(t[:, world - 1]) for t in found]


@pytest.mark.slow
def test_the_hour_that_was_told_is_the_hour_of_every_world() -> None:
    """The oracle reads it off its dice, so it can speak for the worlds that draw the same."""
    game = at(phases.DELIBERATION, "crisis")
    assert game.slot is not None
    worlds = forecast.numbers(1, 80)
    seed = forecast.seed_of(game.run.seed)
    hours = Worlds.at(game.run.tables, game.position, seed, worlds).hour("crisis")
    same = [int(world) for world in worlds[hours == game.slot.released.hour]]
    found = paths(game)

    assert 0 < len(same) < 20
    for world in same[:1]:
        assert [*by_hand(on_other_dice(game, world))] == [tuple(t[:, world - 1]) for t in found]
    other = [paths(told_at(game, hour), count=20) for hour in (0, 6, 12, 18)]
    assert any(not np.array_equal(other[0], one) for one in other[1:])


def told_at(game: Game, hour: int) -> Game:
    """The same question, had its news come at another hour."""
    assert game.slot is not None
    slot = replace(game.slot, released=replace(game.slot.released, hour=hour))
    turn = replace(game.turns[-1], slots=(*game.turns[-1].slots[:-1], slot))
    return replace(game, turns=(*game.turns[:-1], turn))


@pytest.mark.slow
def test_from_the_beginning_it_is_the_robots_own_run() -> None:
    game = at(phases.BRIEFING)
    found = paths(game, count=3)
    for world in (1, 3):
        seed = dice.seed_of(forecast.seed_of(game.run.seed), world)
        whole = robots_alone("accelerate", "phased", seed).game
        ends = [one.reckoned.reckoning.scores for one in whole.turns if one.reckoned]
        assert ends == [tuple(t[:, world - 1]) for t in found]


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, 2])
def test_an_option_is_carried_out_in_every_world(place: int) -> None:
    game = at(phases.DELIBERATION, "policy")
    assert game.inject is not None
    opens = [o.id for o in game.inject.option if not onward.closed(game, Candidate(o.id))]
    taken = opens[place % len(opens)]
    found = paths(game, Candidate(taken))

    for world in WORLDS:
        other = on_other_dice(game, world)
        given = [
            (f"robot:{'phased'}", Answered(cell.id, Answer(taken))) for cell in game.run.allied
        ]
        assert [*by_hand(other, *given)] == [tuple(t[:, world - 1]) for t in found]


@pytest.mark.slow
def test_a_lever_is_moved_now_and_left_alone_from_here_on() -> None:
    game = at(phases.LEVERS)
    chosen = Candidate(lever="pace", level="hold")
    assert "" == onward.closed(game, chosen)
    found = paths(game, chosen)
    level = Tables.level(game.run.exercise.levers["pace"], "hold")

    for world in WORLDS:
        other = on_other_dice(game, world, held="pace")
        move: tuple[str, Moved] = ("usfj", made(other, "pace", level))
        assert [*by_hand(other, move)] == [tuple(t[:, world - 1]) for t in found]


# --- luck ---


def test_a_world_is_the_same_alone_in_a_block_and_among_all() -> None:
    game = at(phases.LEVERS)
    own = onward.players(game)
    whole = paths(game)
    block = np.stack(list(forecast.ahead(game, own, first=40, count=7)))
    assert np.array_equal(whole[..., 39:46], block)

    one = forecast.looked(game, own, count=30)
    more = np.stack(list(forecast.ahead(game, own, first=31, count=50)))
    both = forecast.joined(one, forecast.fan(game, AS_IT_STANDS, [*more]))
    assert np.array_equal(whole, both.scores)


def test_candidates_share_their_luck(monkeypatch: pytest.MonkeyPatch) -> None:
    game = at(phases.DELIBERATION, "policy")
    assert game.inject is not None
    drawn: list[tuple[int, tuple[int, ...]]] = []
    make = dice.Dice.__init__

    def watched(self: dice.Dice, seed: int, worlds: dice.Words) -> None:
        drawn.append((seed, tuple(int(w) for w in worlds)))
        make(self, seed, worlds)

    monkeypatch.setattr(dice.Dice, "__init__", watched)
    for one in game.inject.option:
        if not onward.closed(game, Candidate(one.id)):
            paths(game, Candidate(one.id), 5)
    assert len(drawn) > 1
    assert {(forecast.seed_of(game.run.seed), (1, 2, 3, 4, 5))} == set(drawn)


def test_the_runs_own_future_is_no_world_of_its_forecast() -> None:
    for seed in (0, 1, 7, 2**63, 2**64 - 1):
        own = dice.Dice(seed, np.zeros(1, np.uint64)).keys
        theirs = dice.Dice(forecast.seed_of(seed), forecast.numbers(1, 5000)).keys
        assert own[0] not in theirs
        assert seed != forecast.seed_of(seed)


def answered(folder: Path) -> tuple[Table, str, Game]:
    """A facilitated run whose two cells have sealed one answer, and how it stood before."""
    table = host(folder)
    to(table, phases.DELIBERATION)
    before, taken = table.game, option(table, 1)
    ask(table, "usfj", Submit(Answer(taken)))
    return table, taken, before


@pytest.mark.slow
def test_what_nobody_confirmed_does_not_enter(tmp_path: Path) -> None:
    """A ruling that waits was made with the run's own dice, and so was a reckoning."""
    table, taken, before = answered(tmp_path)
    ask(table, "kantei", Submit(Answer(taken)))
    game = table.game
    assert phases.ADJUDICATION == game.phase
    assert np.array_equal(paths(before, Candidate(taken)), paths(game, Candidate(taken)))
    assert np.array_equal(paths(game, Candidate(taken)), paths(game, blind=False))
    assert np.array_equal(paths(before), paths(game))

    while table.game.phase != phases.RECKONING:
        to(table, phases.RECKONING)
    game = table.game
    assert game.turn is not None
    assert game.turn.proposed is not None
    assert not game.turn.confirmed
    bare = replace(game.turn, proposed=None)
    back = replace(game, phase=phases.OUTCOME, turns=(*game.turns[:-1], bare))
    found = paths(game)
    for world in WORLDS:
        assert [*by_hand(on_other_dice(back, world))] == [tuple(t[:, world - 1]) for t in found]


def test_a_sealed_answer_enters_for_its_own_cell_alone(tmp_path: Path) -> None:
    table, taken, before = answered(tmp_path)
    game = table.game
    assert game.inject is not None
    lead = {"us": "usfj", "japan": "kantei"}[game.inject.lead]
    if lead != "usfj":
        ask(table, "kantei", Submit(Answer(taken)))
    own = onward.players(game)
    unasked = paths(before)
    assert not np.array_equal(unasked, paths(before, Candidate(taken)))
    for seat in ("usfj", "kantei"):
        turns = forecast.ahead(table.game, own, count=80, eye=visibility(table.game, seat))
        same = np.array_equal(np.stack(list(turns)), unasked)
        assert same == (seat != lead), seat


@pytest.mark.slow
def test_what_control_put_aside_stays_aside(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Start())
    part = table.game.run.exercise
    likely = [one for one in part.inject if one.turns[0] <= 2 <= one.turns[1] and one.when is None]
    for one in likely[:2]:
        ask(table, CHIEF, Skip(one.id, "not in this room"))
    ask(table, CHIEF, Defer(likely[2].id, 4, "later"))
    game = table.game
    found = paths(game)

    assert not np.array_equal(found, paths(replace(game, set_aside=())))
    for world in WORLDS:
        assert [*by_hand(on_other_dice(game, world))] == [tuple(t[:, world - 1]) for t in found]


@pytest.mark.slow
def test_the_numbers_in_play_count(tmp_path: Path) -> None:
    table = host(tmp_path)
    track = table.game.run.exercise.track[0]
    before = paths(table.game)
    ask(table, CHIEF, Adjust("start", track.id, track.start + 1500, "to see what it does"))
    game = table.game
    found = paths(game)

    assert not np.array_equal(before, found)
    for world in WORLDS[:1]:
        assert [*by_hand(on_other_dice(game, world))] == [tuple(t[:, world - 1]) for t in found]


@pytest.mark.slow
def test_a_robot_that_has_moved_moves_no_more_than_it_may() -> None:
    """In the middle of the levers, where a robot has made the one move that a turn has here."""
    whole = exercise("accelerate")
    part = with_parts(whole, turns=whole.turns.model_copy(update={"moves": 1}))
    seats = dict.fromkeys(("us", "japan"), "accelerated")
    table = begin(part, Seating(seats, ""), 1, None)
    timeline = Timeline(table.game.run, table.entries)
    game = next(
        one
        for one in timeline.games
        if one.phase == phases.LEVERS and one.turn is not None and one.turn.moves
    )
    found = paths(game)

    for world in WORLDS:
        assert [*by_hand(on_other_dice(game, world))] == [tuple(t[:, world - 1]) for t in found]


def test_bands_and_differences_are_whole_numbers_by_rank() -> None:
    game = at(phases.LEVERS)
    count = len(game.run.exercise.score)
    scores = np.tile(np.arange(101, dtype=np.int32)[::-1] * 10, (1, count, 1))
    one = forecast.Fan(AS_IT_STANDS, 1, scores)
    assert [[50, 250, 500, 750, 950]] * count == one.bands[:, 0].T.tolist()

    moved = scores.copy()
    moved[..., :30] += 50  # clear in 30 of 101 worlds
    moved[..., 30:90] -= 49  # clear in none
    gaps = forecast.against(game, forecast.Fan(AS_IT_STANDS, 1, moved), one)
    for part, gap in zip(game.run.exercise.score, gaps, strict=True):
        up, down = (29, 0) if part.better == "higher" else (0, 29)
        assert forecast.Against(-49, up, down) == gap


# --- among the robots' runs ---


@pytest.mark.slow
def test_how_many_of_a_robots_runs_a_table_is_higher_than(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "WORLDS", 2)
    forecast._ranked.cache_clear()
    game = at(phases.RECKONING)
    turn = game.turn
    assert turn is not None
    assert turn.reckoned is not None
    seeds = [dice.seed_of(forecast.seed_of(game.run.seed), world) for world in (1, 2)]
    runs = [robots_alone("accelerate", "hawaii", seed).game.turns[0] for seed in seeds]
    ends = [one.reckoned.reckoning.scores for one in runs if one.reckoned]
    mine = turn.reckoned.reckoning.scores
    wanted = tuple(
        sum(end[row] < value for end in ends) * 100 // 2 for row, value in enumerate(mine)
    )

    assert wanted == forecast.higher_than(game, "hawaii")
    assert () == forecast.higher_than(at(phases.LEVERS), "hawaii")
    forecast._ranked.cache_clear()


# --- who may see it ---


def test_alone_it_is_open_and_where_somebody_facilitates_it_is_shared(tmp_path: Path) -> None:
    assert not no_forecast(Eye(at(phases.LEVERS), at(phases.LEVERS).run.first_seat))
    table = host(tmp_path)
    seats = [one.id for one in table.game.run.exercise.seat] + [PROJECTOR]
    others = [seat for seat in seats if seat != CHIEF]

    def open_to() -> set[str]:
        return {seat for seat in seats if not no_forecast(Eye(table.game, seat))}

    assert {CHIEF} == open_to()
    assert all(no_forecast(Eye(table.game, seat)) for seat in others)
    assert (
        NOT_SHARED
        == no_forecast(Eye(table.game, "evaluator"))
        == no_forecast(Eye(table.game, "usfj"))
    )
    for seat in ("usfj", "evaluator"):
        with pytest.raises(IllegalDecision, match=r"facilitator's"):
            ask(table, seat, ShareForecast(shared=True))
    ask(table, CHIEF, ShareForecast(shared=True))
    scores = {seat for seat in seats if visibility(table.game, seat).scores}
    assert scores == open_to() > {CHIEF, "usfj", "kantei", "evaluator", PROJECTOR}
    assert "prc" not in open_to()
    with pytest.raises(IllegalDecision, match="shared already"):
        ask(table, CHIEF, ShareForecast(shared=True))

    to(table, phases.LEVERS)
    to(table, phases.DELIBERATION)
    ask(table, CHIEF, Undo())
    assert "usfj" in open_to()
    ask(table, CHIEF, ShareForecast(shared=False))
    assert {CHIEF} == open_to()
    with pytest.raises(IllegalDecision, match="not shared"):
        ask(table, CHIEF, ShareForecast(shared=False))


# --- the verb ---


@pytest.fixture
def save(tmp_path: Path) -> Path:
    """The tutorial, played by a person to the end."""
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    assert until(table, phases.CLOSED)
    table.leave()
    return path


def said(*words: object) -> tuple[int, str]:
    """Exit status, and what was said or why it was refused."""
    found = CliRunner().invoke(app, ["forecast", *map(str, words)])
    told = found.output if found.exception is None else f"{found.output}{found.exception}"
    return found.exit_code, told


def test_the_verb_says_what_the_forecast_is(save: Path) -> None:
    before = save.read_bytes()
    code, told = said(save, "--turn", 1, "--worlds", 300)
    rows = told.splitlines()
    game = foretold.moment(look_at(read(save)).timeline, 1)
    one = forecast.looked(game, onward.players(game), count=300)

    assert (0, before) == (code, save.read_bytes())
    assert max(map(len, rows)) <= 78
    assert "judgement, not prediction" in told
    assert "300 worlds on dice that are not the run's" in " ".join(told.split())
    for at_, part in enumerate(game.run.exercise.score):
        figures = [f"{int(v) / 100:.1f}" for v in one.bands[:, -1, at_]]
        assert any(row.split()[-5:] == figures for row in rows), part.id


def test_the_verb_says_of_one_world_that_it_is_one(save: Path) -> None:
    _, told = said(save, "--turn", 1, "--worlds", 1)

    assert " 1 world on dice" in " ".join(told.split())


def test_under_half_a_point_is_no_clear_difference_in_the_lines_either(save: Path) -> None:
    game = foretold.moment(look_at(read(save)).timeline, 1)
    own = onward.players(game)
    stands = forecast.looked(game, own, count=40)
    lever = game.run.exercise.lever[0]
    other = Candidate(lever=lever.id, level=lever.levels[0].id)
    for gap, word in ((CLEAR - 1, "same"), (CLEAR, "better")):
        sign = [1 if one.better == "higher" else -1 for one in game.run.exercise.score]
        scores = stands.scores + np.array(sign, np.int32)[:, None] * gap
        made = foretold.Foretold(game, own, stands, (forecast.Fan(other, stands.first, scores),))
        words = [row for row in foretold.lines(made) if " better, " in row]
        assert len(game.run.exercise.score) == len(words)
        assert all(f" {word} " in row for row in words)


def test_the_verb_compares_options_and_levels_on_the_same_dice(save: Path) -> None:
    timeline = look_at(read(save)).timeline
    there = timeline.games[timeline.stops["inject"][0]]
    assert there.inject is not None
    every = [one.id for one in there.inject.option]
    chosen = next(one for one in every if not onward.closed(there, Candidate(one)))
    code, told = said(save, "--option", chosen, "--worlds", 50, "--json")
    found = json.loads(told)
    assert 0 == code
    assert [chosen] == [one["option"] for one in found["candidates"]]
    game = foretold.moment(timeline, None, [chosen])
    own, eye = onward.players(game), everything(game.run.exercise)
    both = [
        forecast.looked(game, own, one, count=50, eye=eye)
        for one in (Candidate(chosen), AS_IT_STANDS)
    ]
    gaps = forecast.against(game, *both)
    told_gaps = found["candidates"][0]["against"]
    assert [g.median for g in gaps] == [
        told_gaps[one.id]["median"] for one in game.run.exercise.score
    ]

    lever = game.run.exercise.lever[0]
    words = f"{lever.id}={lever.levels[-1].id}"
    code, told = said(save, "--turn", 2, "--lever", words, "--worlds", 50)
    assert "less as things stand" in " ".join(told.split()) or "Closed: needs" in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "The run is over; --turn N looks on from the opening of turn N."),
        (("--turn", 9), "Turn 9 was not played; this record has turns 1 to 2."),
        (("--option", "no_such"), "No inject in this record has the option 'no_such'."),
        (("--turn", 1, "--lever", "no_such=x"), "There is no lever 'no_such'"),
        (("--turn", 1, "--lever", "ports"), "'ports' names no level; write LEVER=LEVEL.\n"),
        (("--turn", 1, "--robots", "nobody"), "There is no robot 'nobody'"),
    ],
)
def test_the_verb_refuses_in_a_sentence(
    save: Path, words: tuple[object, ...], sentence: str
) -> None:
    code, told = said(save, *words)
    assert code != 0
    assert sentence in told
