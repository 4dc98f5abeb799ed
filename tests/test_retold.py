from __future__ import annotations

from pathlib import Path

import pytest
from kit.tables import played, seated, until
from kit.undoing import answer, undo

from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.verify import verify
from ttx.session.view.record import TRUTH


def lines(table: Table, eye: str = TRUTH, turn: int | None = None) -> list[str]:
    return list(lines_of(retold(Timeline(table.game.run, table.entries), eye, turn, "Seal 5ea1")))


@pytest.mark.slow
def test_a_run_is_told_from_startex_to_its_review() -> None:
    told = lines(played("tutorial", "alone", 3))

    assert told.index("STARTEX") < next(n for n, one in enumerate(told) if one.startswith("TURN 1"))
    for number in ("1.1", "1.2"):
        assert 1 == sum(f"RULING {number}" in one for one in told)
    assert 1 == sum(one.startswith("RECKONING T2") for one in told)
    assert 1 == sum(one.startswith("REVIEW of ") for one in told)
    assert ["Seal 5ea1"] == [one for one in told if one.startswith("Seal")] == told[-1:]
    assert not any("taken back" in one for one in told)


def test_one_turn_is_told_alone() -> None:
    told = lines(played("tutorial", "alone", 3), turn=2)

    assert told[0].startswith("TURN 2")
    assert not any(one.startswith(("TURN 1", "REVIEW", "STARTEX", "Seal")) for one in told)


def test_what_was_taken_back_is_told_between_marks() -> None:
    table = seated("tutorial")
    assert until(table, phases.DELIBERATION)
    answer(table)
    undo(table)
    answer(table, 1)

    told = lines(table, table.game.run.first_seat)

    begins = told.index("--- taken back later, from here ---")
    ends = next(n for n, one in enumerate(told) if "went back to the question of 1.1" in one)
    assert begins < ends
    rulings = [n for n, one in enumerate(told) if "RULING 1.1" in one]
    assert [True, False] == [begins < n < ends for n in rulings]
    assert "Answered again" in " ".join(told[ends:])


def test_another_seats_sealed_answer_is_told_with_its_ruling() -> None:
    table = seated("tutorial", "apart", 3)
    assert until(table, phases.REVIEW)
    run = table.game.run
    slot = table.game.turns[0].slots[0]
    first = next(iter(slot.answers))
    other = next(cell for cell in run.people if cell != first)

    own, theirs = (lines(table, run.lead(cell).id) for cell in (first, other))

    name = next(str(c.name) for c in run.exercise.cell if c.id == first)
    sealed = f"    {name} answered"
    assert any(one.startswith(sealed) and "(sealed)" in one for one in own)
    assert not any(one.startswith(sealed) and "(sealed)" in one for one in theirs)
    assert any(one.startswith(f"{sealed}:") for one in theirs)


@pytest.mark.slow
@pytest.mark.parametrize("seat", ["prc", "dprk"])
def test_a_seat_that_is_not_asked_reads_no_empty_question(seat: str) -> None:
    told = lines(played("accelerate", "alone", 3), seat)

    assert not any(one.strip() == "QUESTION" for one in told)
    assert any("released" not in one and one.startswith("[") for one in told)


def test_the_seal_of_a_part_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    table = seated("tutorial", path=path)
    assert until(table, phases.REVIEW)
    table.leave()
    path.write_bytes(path.read_bytes()[:-9])

    seal = list(verify(path))[-1]

    assert "seal" == seal.what
    assert seal.found.endswith(f", of the first {len(table.entries) - 1} entries only")
