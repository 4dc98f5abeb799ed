from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from kit.tables import exercise, play, robots_alone, seated, until
from kit.undoing import undo, wandering

from ttx.session import phases
from ttx.session.events import Entry, Forked, Paused, TurnOpened
from ttx.session.fold import fold
from ttx.session.forks import NoCut, copied, cut_at, in_force, opening_of
from ttx.session.notebook_events import Noted
from ttx.session.opening import fork, look_at, resume
from ttx.session.play_commands import Pause
from ttx.session.record import Record, read
from ttx.session.run import PERSON
from ttx.session.save_header import SaveError, glance
from ttx.session.save_paths import saves_folder
from ttx.session.seating import NotSeated
from ttx.session.side_commands import Note
from ttx.session.table import Table

ROBOT = "phased"


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A whole flagship run of robots."""
    path = tmp_path_factory.mktemp("parent") / "parent.ttx.toml"
    robots_alone("accelerate", ROBOT, 7, path).leave()
    return read(path)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where new saves go."""
    monkeypatch.setattr("ttx.session.opening.saves_folder", lambda: tmp_path / "saves")
    return tmp_path / "saves"


def told(entries: list[Entry]) -> list[Entry]:
    """What happened, without its number and its times."""
    return [replace(one, n=0, at="", elapsed=0) for one in entries]


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(1, 11))
def test_the_same_decisions_after_a_fork_give_the_same_story(
    turn: int, flagship: Record, tmp_path: Path
) -> None:
    before = flagship.path.read_bytes()
    cut = opening_of(flagship.entries, turn)

    made, at = fork(flagship, cut, ROBOT, tmp_path / "fork.ttx.toml")
    table = resume(read(made))
    table.leave()

    assert cut == at
    assert table.closed
    assert told(flagship.entries) == told(table.entries[1:])
    assert before == flagship.path.read_bytes()


@pytest.mark.slow
def test_its_first_entry_names_parent_seal_and_cut(flagship: Record, tmp_path: Path) -> None:
    cut = opening_of(flagship.entries, 4)
    made, _ = fork(flagship, cut, "", tmp_path / "fork.ttx.toml")

    record = read(made)

    first = Forked("parent.ttx.toml", flagship.hashes[cut - 1], cut, cut)
    assert first == record.entries[0].event
    assert first == look_at(record).game.forked
    assert [*range(1, cut + 2)] == [one.n for one in record.entries]
    assert isinstance(record.entries[-1].event, TurnOpened)
    parent, child = (tomllib.loads(p.read_text()) for p in (flagship.path, made))
    assert parent["exercise"] == child["exercise"]
    assert (parent["seed"], parent["digest"]) == (child["seed"], child["digest"])


@pytest.mark.slow
def test_people_sit_down_where_robots_played_alone(flagship: Record, tmp_path: Path) -> None:
    cut = opening_of(flagship.entries, 4)
    ours, _ = fork(flagship, cut, "", tmp_path / "ours.ttx.toml")
    mixed, _ = fork(flagship, cut, "japan=cautious", tmp_path / "mixed.ttx.toml")

    assert ["us", "japan"] == look_at(read(ours)).game.run.people
    assert ["us"] == look_at(read(mixed)).game.run.people
    assert "cautious" == read(mixed).header.players["japan"]
    with pytest.raises(NotSeated, match="There is no robot 'nobody'"):
        fork(flagship, cut, "nobody", tmp_path / "none.ttx.toml")
    assert not (tmp_path / "none.ttx.toml").exists()
    table = resume(read(ours))
    assert phases.LEVERS == table.game.phase
    assert 4 == table.game.position.turn
    table.leave()


def test_otherwise_seats_stay_as_they_were(tmp_path: Path) -> None:
    table = seated("tutorial", "as Japan", path=tmp_path / "run.ttx.toml")
    assert until(table, phases.REVIEW)
    table.leave()
    record = read(tmp_path / "run.ttx.toml")

    made, _ = fork(record, len(record.entries), "", tmp_path / "fork.ttx.toml")

    assert record.header == read(made).header
    assert PERSON in record.header.players.values()


def test_sealed_answers_are_never_cut_in_two() -> None:
    table = seated("tutorial", "apart")
    assert until(table, phases.DELIBERATION)
    opened = table.game.entries
    assert opened == cut_at(table.game)
    for _ in play(table, 3):
        if table.game.slot and table.game.slot.answers:
            break
    assert phases.DELIBERATION == table.game.phase
    assert opened == cut_at(table.game) < table.game.entries
    for n in range(opened + 1, table.game.entries + 1):
        assert opened == cut_at(fold(table.game.run, table.entries[:n]))


def test_there_is_no_cut_before_the_beginning_or_after_the_end() -> None:
    table = seated("tutorial")
    with pytest.raises(NoCut, match="Nothing has happened yet"):
        cut_at(table.game)
    assert until(table, phases.HOTWASH)
    with pytest.raises(NoCut, match="The exercise has ended here; go back to a turn"):
        cut_at(table.game)
    assert cut_at(fold(table.game.run, table.entries[:-1]))


def test_a_turn_that_was_not_played_is_named(flagship: Record) -> None:
    with pytest.raises(NoCut) as refused:
        opening_of(flagship.entries, 11)
    assert "Turn 11 was not played; this record has turns 1 to 10." == str(refused.value)
    with pytest.raises(NoCut) as refused:
        opening_of([], 1)
    assert "Turn 1 was not played; this record has no turn." == str(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_what_was_taken_back_is_not_copied(seed: int) -> None:
    table = wandering("apart", seed, 60)
    run, entries = table.game.run, table.entries
    for n in range(1, len(entries) + 1):
        game = fold(run, entries[:n])
        try:
            cut = cut_at(game)
        except NoCut:
            continue
        made = copied(entries, "p.ttx.toml", "0" * 32, cut, "relief")
        stands = fold(run, entries[:cut])
        again = fold(run, made)
        assert stands.position == again.position
        assert (stands.phase, stands.turns) == (again.phase, again.turns)
        assert not again.paused
        assert () == again.undone


def test_a_turn_opened_again_is_forked_where_it_stands() -> None:
    table = seated("tutorial")
    assert until(table, phases.REVIEW)
    assert until(table, phases.LEVERS)
    undo(table)
    assert until(table, phases.LEVERS)

    cut = opening_of(table.entries, 2)

    assert [2] == [
        one.event.turn
        for one in in_force(table.entries)
        if isinstance(one.event, TurnOpened) and one.n == cut
    ]


def test_pauses_are_left_out_and_notes_come_along(tmp_path: Path) -> None:
    table = seated("tutorial", path=tmp_path / "run.ttx.toml")
    assert until(table, phases.LEVERS)
    table.submit("relief", Note("before the pause"), table.game.entries)
    table.submit("relief", Pause(), table.game.entries)
    table.leave()

    made, _ = fork(read(tmp_path / "run.ttx.toml"), table.game.entries, "", tmp_path / "f.ttx.toml")

    kinds = {type(one.event) for one in read(made).entries}
    assert Noted in kinds
    assert Paused not in kinds
    assert not look_at(read(made)).game.paused


@pytest.mark.slow
def test_a_fork_of_a_fork_names_its_own_parent(flagship: Record, tmp_path: Path) -> None:
    first, _ = fork(flagship, opening_of(flagship.entries, 3), ROBOT, tmp_path / "one.ttx.toml")
    resume(read(first)).leave()
    child = read(first)

    second, cut = fork(child, opening_of(child.entries, 5), ROBOT, tmp_path / "two.ttx.toml")
    table = resume(read(second))
    table.leave()

    assert Forked("one.ttx.toml", child.hashes[cut - 1], cut, cut - 1) == table.entries[0].event
    assert told(flagship.entries) == told(table.entries[1:])


@pytest.mark.slow
def test_names_are_made_from_the_parent_and_none_is_taken_twice(
    flagship: Record, tmp_path: Path
) -> None:
    path = tmp_path / "parent.ttx.toml"
    path.write_bytes(flagship.path.read_bytes())
    record = read(path)
    names = [fork(record, opening_of(record.entries, 4))[0] for _ in range(3)]

    assert [f"parent-fork-T4{more}.ttx.toml" for more in ("", "-2", "-3")] == [
        one.name for one in names
    ]
    assert {*names, path} == {*tmp_path.iterdir()}
    assert "" == glance(names[0]).broken
    assert 4 == glance(names[0]).turn


def test_a_fork_of_an_example_goes_where_runs_go(
    flagship: Record, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ttx.session.opening.examples_folder", lambda: flagship.path.parent)
    made, _ = fork(flagship, opening_of(flagship.entries, 4))

    assert [made] == list(shelf.iterdir())
    assert [flagship.path] == list(flagship.path.parent.iterdir())


def test_what_exists_is_not_written_over(flagship: Record, tmp_path: Path) -> None:
    path = tmp_path / "taken.ttx.toml"
    path.write_text("mine")

    with pytest.raises(SaveError, match="exists already"):
        fork(flagship, opening_of(flagship.entries, 4), "", path)

    assert "mine" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_fork_that_cannot_be_written_leaves_nothing(
    flagship: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SaveError) as refused:
        fork(flagship, opening_of(flagship.entries, 4), "", tmp_path / "fork.ttx.toml")

    assert (
        f"{tmp_path / 'fork.ttx.toml'} cannot be written: No space left on device; "
        "make room there, or choose another place." == str(refused.value)
    )
    assert [] == list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_fork_opens_by_itself(flagship: Record, tmp_path: Path) -> None:
    made, _ = fork(flagship, opening_of(flagship.entries, 2), ROBOT, tmp_path / "fork.ttx.toml")

    assert exercise("accelerate") == look_at(read(made)).game.run.exercise
    assert saves_folder().name == "saves"
    assert isinstance(resume(read(made)), Table)
