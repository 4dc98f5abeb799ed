"""What a review says of each adversary, where the odds are certain and sums are done by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from armed import armed
from kit.adversaries import eager_neighbour
from kit.screens import POSITIONS, at
from kit.tables import exercise, robots_alone

from ttx.exercise.model.exercise import Exercise
from ttx.report.adversaries import adversaries, sentences_of
from ttx.report.lines import lines as in_lines
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import references
from ttx.session.events import Reference
from ttx.session.game import Game
from ttx.session.opening import begin
from ttx.session.seating import Seating, seating
from ttx.tui.screens.review import ReviewScreen


def played(part: Exercise, seed: int = 1) -> Game:
    return begin(part, Seating({"us": "steady", "japan": "steady"}, ""), seed, None).game


def test_what_the_purse_kept_back_is_told_with_chips_and_price() -> None:
    # Turn 1: 3 chips, escalation costs 5, so it probes for 1. Turn 2: 2 + 3 = 5, all of it spent.
    (row,) = adversaries(played(eager_neighbour({"of": "tension", "at_least": 0})))

    assert (0, 1, 1) == row.own.acts
    assert [(1, "probe"), (2, "escalate")] == [(one.turn, one.response) for one in row.moves]
    end = f"{row.own.end / 100:.2f}"
    assert [
        "To be deterred: A blockade of the lane.",
        f"It held back in 0 of 2 turns and escalated in 1; the score ended at {end}.",
        "Its secret aim: Take a toll. Whoever sails pays. In the end it was reached.",
        "Escalated, asked for a toll: T2.",
        "Probed, stayed and filmed: T1.",
        "T1: wanted to escalate, could not afford it (3 of 5); probed.",
        "The odds held it back in 0 turns and kept 0 of its 2 acts to a probe.",
        "It spent 6 chips and kept 0.",
        "The rule chose for it, by odds and draws.",
    ] == [*sentences_of(row)]


@pytest.mark.parametrize(
    ("reached", "said"),
    [({"of": "tension", "at_least": 100}, False), ({"of": "tension", "at_least": 0}, True)],
)
def test_an_aim_is_asked_of_the_last_state(reached: dict[str, Any], *, said: bool) -> None:
    (row,) = adversaries(played(eager_neighbour(reached)))

    assert said is row.reached


def test_aims_purses_and_what_they_kept_back_are_told_once_the_run_is_over() -> None:
    whole = played(eager_neighbour({"of": "tension", "at_least": 0}))
    (row,) = adversaries(replace(whole, ended="", phase="reckoning"))

    told = " ".join(sentences_of(row))
    assert "" == row.aim == row.spent
    assert () == row.kept_back
    for secret in ("aim", "afford", "chips", "toll pays"):
        assert secret not in told


@pytest.mark.slow
def test_acts_stand_beside_the_scores_of_this_run_and_of_both_references() -> None:
    game = robots_alone("accelerate", "accelerated", 7).game
    made = review(game, "")
    own = {row.id: row for row in made.adversaries}

    for name in ("phased", "hawaii"):
        itself = {row.id: row for row in adversaries(robots_alone("accelerate", name, 7).game)}
        for adversary, row in own.items():
            beside = next(one for one in row.references if one.run == name)
            assert itself[adversary].own.acts == beside.acts
            assert itself[adversary].own.end == beside.end
    lines = in_lines(review_of(made))
    for row in made.adversaries:
        acts = [one.acts or (0, 0, 0) for one in (row.own, *row.references)]
        cells = [f"{a}/{b}/{c}" for a, b, c in acts]
        assert any(
            line.strip().startswith(row.name) and all(one in line for one in cells)
            for line in lines
        )
        assert all(sum(one) == 10 for one in acts)


def test_acts_of_a_reference_that_the_rules_do_not_give_again_are_said_to_be_missing() -> None:
    game = played(exercise("tutorial"))
    first, last = game.turns
    assert last.proposed is not None
    other = {**last.proposed.references, "eager": Reference((1, 2, 3), 0)}
    changed = replace(last, proposed=replace(last.proposed, references=other))
    (row,) = adversaries(replace(game, turns=(first, changed)))

    assert [("steady", True), ("eager", False)] == [
        (one.run, one.acts is not None) for one in row.references
    ]
    assert any(one.startswith("The acts of eager are missing") for one in sentences_of(row))


def test_a_reference_run_is_played_on_as_far_as_it_is_asked_for() -> None:
    tables = played(exercise("tutorial")).run.tables

    none, one, two = (references.played(tables, 5, turn)["eager"] for turn in (0, 1, 2))
    assert ((), ()) == (none.scores, none.responses)
    assert two.scores[:1] == one.scores
    assert [1, 2] == [len(part.levels) for part in (one, two)]


@pytest.mark.slow
def test_the_review_says_in_which_levers_runs_differ() -> None:
    alone = review(robots_alone("accelerate", "accelerated").game, "").differ
    bundle = review(robots_alone("accelerate", "hawaii").game, "").differ

    assert (
        "This run differs from phased in Pace of the stand-up alone, after which Authority "
        "delegated moved in other turns as well; what lies between them is the work of Pace of "
        "the stand-up, on these dice."
    ) == alone[0]
    assert bundle[0].startswith("This run differs from phased in a bundle of ")
    assert "not Pace of the stand-up alone: Pace of the stand-up, " in bundle[0]
    assert "This run differs from hawaii in no lever." == bundle[1]


def test_luck_is_told_beside_the_scores_of_the_adversaries() -> None:
    told = review(robots_alone("accelerate", "accelerated").game, "").luck

    assert told.startswith("Luck alone: on other dice eight of ten runs of phased stand after T10")
    assert all(name in told for name in ("China", "North Korea", "Russia"))
    assert told.endswith("a single run proves little.")


def test_what_was_chosen_is_told_beside_what_the_rule_would_have_done() -> None:
    part = armed()
    game = begin(part, seating(part, "us=steady,japan=steady,red=hawk"), 7, None).game
    (row,) = adversaries(game)

    assert "Chosen for it by the robot Hawk in T1, T2." == row.chose
    assert {"the robot Hawk"} == {one.chosen for one in row.moves}
    would = {
        f"T{turn.opened.turn}": turn.proposed.model_would["neighbour"]
        for turn in game.turns
        if turn.proposed is not None
    }
    (told,) = (one for one in row.kept_back if one.startswith("Left to odds"))
    words = {"restraint": "held back", "probe": "probed", "escalate": "escalated"}
    for turn, response in would.items():
        clause = next(one for one in told.split("; ") if turn in one)
        assert words[response] in clause
    differ = review(game, "").differ
    assert "nothing is like for like" in differ[-1]
    assert "Neighbour in T1, T2" in differ[-1]
    assert "like for like" not in " ".join(review(played(part), "").differ)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_first_page_of_the_review_shows_acts_without_scrolling(
    size: tuple[int, int],
) -> None:
    app = at("accelerate", POSITIONS["review"])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        rows = screen.regions["rows"].shown.plain.splitlines()
        for row in screen.result.adversaries:
            (line,) = (line for line in rows if line.startswith(f"{row.name} ") and "/" in line)
            for one in (row.own, *row.references):
                assert "/".join(str(count) for count in one.acts or ()) in line
                assert f"{one.end / 100:.2f}" in line
        await pilot.press("l")
        await pilot.pause()
        assert "page 2 of 5: the adversaries" in screen.regions["head"].shown.plain
        assert "Its secret aim: " in screen.regions["rows"].shown.plain
