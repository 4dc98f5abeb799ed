from __future__ import annotations

import itertools
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import small
from kit.adversaries import EXERCISES, TUTORIAL

from ttx.adjudicator import clock
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.check import check
from ttx.exercise.conditions import Question
from ttx.exercise.load import load, proofread
from ttx.exercise.minutes import at_start, minutes
from ttx.exercise.model.conditions import All, AnyOf, Threshold
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parts import parts
from ttx.exercise.reach import reach

MAIN, LEVERS, ROBOTS = "exercise.toml", "levers.toml", "robots.toml"
NUMBER = "injects/01-one-telephone-number.toml"
FUEL = "injects/02-ten-hours-of-fuel.toml"
HELP = "injects/03-help-nobody-asked-for.toml"
STAFF = 'when = { lever = "standing_staff", at_least = "liaison" }'


class Slip(NamedTuple):
    """A change of one file of the tutorial, and the one remark that it leads to."""

    file: str
    old: str
    new: str
    says: str
    at: str = ""
    """The text in whose line it is expected; the new one where not given."""


NEVER = [
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { all = [{ of = "trust", at_least = 60 },'
        ' { of = "trust", below = 50 }] }',
        "inject 'help_nobody_asked_for': it can never hold ('trust at_least 60' and "
        "'trust below 50' exclude each other): the inject never comes",
        "when =",
    ),
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { of = "trust", at_least = 60, below = 50 }',
        "inject 'help_nobody_asked_for': it can never hold ('trust' is 0 to 100): "
        "the inject never comes",
        "when =",
    ),
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { all = [{ lever = "ports", level = "closed" },'
        ' { not = { lever = "ports", at_most = "harbour" } }] }',
        "inject 'help_nobody_asked_for': it can never hold ('ports level closed' and "
        "'not ports at_most harbour' exclude each other): the inject never comes",
        "when =",
    ),
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { fired = "help_nobody_asked_for" }',
        "inject 'help_nobody_asked_for': it can never hold (inject 'help_nobody_asked_for' "
        "cannot have been released by then): the inject never comes",
        "when =",
    ),
    Slip(
        NUMBER,
        "turns = [1, 1]",
        'turns = [1, 1]\nwhen = { outcome = "help_nobody_asked_for", timing = ["late"] }',
        "inject 'one_telephone_number': it can never hold (inject 'help_nobody_asked_for' "
        "cannot have been released by then): the inject never comes",
        "when =",
    ),
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { outcome = "one_telephone_number", timing = ["late"] }',
        "inject 'help_nobody_asked_for': it can never hold (inject 'one_telephone_number' "
        "never comes out so): the inject never comes",
        "when =",
    ),
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { any = [{ lever = "ports", level = "harbour" },\n'
        '  { of = "trust", at_least = 30, below = 30 }] }',
        "inject 'help_nobody_asked_for', when: this part can never hold ('trust' is 0 to 100): "
        "take it out",
        "at_least = 30",
    ),
    Slip(
        HELP,
        "turns = [2, 2]",
        'turns = [2, 2]\nwhen = { not = { fired = "help_nobody_asked_for" } }',
        "inject 'help_nobody_asked_for': it always holds: leave it out, or ask for what can be "
        "otherwise",
        "when =",
    ),
    Slip(
        NUMBER,
        'needs = { lever = "standing_staff", at_least = "liaison" }',
        'needs = { fired = "ten_hours_of_fuel" }',
        "inject 'one_telephone_number', option 'desk_in_naha': it can never hold (inject "
        "'ten_hours_of_fuel' cannot have been released by then): the option is never open",
    ),
    Slip(
        NUMBER,
        "weight = { base = 64 }",
        "weight = { base = 0 }",
        "inject 'one_telephone_number': weight is 0 at the most and counts as 1: the inject comes "
        "on few dice only; give a weight above 0, or take the inject out",
    ),
    Slip(
        NUMBER,
        "weight = { base = 64 }",
        "weight = { base = -50 }",
        "inject 'one_telephone_number': weight is -50 at the most and counts as 1: the inject "
        "comes on few dice only; give a weight above 0, or take the inject out",
    ),
    Slip(
        FUEL,
        "turns = [1, 1]",
        "turns = [2, 2]",
        "inject 'ten_hours_of_fuel': no crisis can come in turn 1: let the turns of one begin with "
        "1, and its 'when' hold",
    ),
    Slip(
        MAIN,
        "crisis = 65536",
        "crisis = 0",
        "slots: with a bar of 0 no crisis inject ever comes",
    ),
    Slip(
        ROBOTS,
        STAFF,
        'when = { all = [{ lever = "ports", level = "closed" },'
        ' { lever = "ports", level = "runway" }] }',
        "posture 'A': it can never hold ('ports level closed' and 'ports level runway' exclude "
        "each other): the posture never counts",
    ),
    Slip(
        ROBOTS,
        STAFF,
        'when = { lever = "standing_staff", at_least = "none" }',
        "posture 'A': it always holds: leave it out, or ask for what can be otherwise",
    ),
    Slip(
        ROBOTS,
        STAFF,
        'when = { lever = "standing_staff", at_least = "none" }',
        "posture 'B': it never counts: one of the others always holds",
        '[[posture]]\nid = "B"',
    ),
    Slip(
        LEVERS,
        'needs = { lever = "standing_staff", at_least = "liaison" }',
        'needs = { all = [{ of = "trust", at_least = 60 }, { of = "trust", at_most = 59 }] }',
        "lever 'ports', level 'runway': it can never hold ('trust at_least 60' and 'trust at_most "
        "59' exclude each other): the level is never entered",
    ),
    Slip(
        LEVERS,
        "price = { staff_time = 2, consent = 2 }",
        "price = { staff_time = 2, consent = 5 }",
        "lever 'ports', level 'runway', price: price 5 is more than budget 'consent' ever holds "
        "(4): the level is never entered",
    ),
    Slip(
        ROBOTS,
        '{ turn = 2, lever = "ports", level = "harbour" },\n]',
        '{ turn = 2, lever = "ports", level = "closed" },\n]',
        "robot 'steady': lever 'ports' starts at 'closed': there is nothing to move",
    ),
    Slip(
        ROBOTS,
        '{ turn = 1, lever = "standing_staff", level = "cell" },\n',
        "",
        "robot 'eager': the robot alone never meets what 'runway' needs (of 'standing_staff' only "
        "none is ever reached, or no level is asked for)",
        '  { turn = 2, lever = "ports", level = "runway" }',
    ),
    Slip(
        MAIN,
        'references = ["steady", "eager"]',
        'references = ["steady", "steady"]',
        "review: both are 'steady': name two robots, or one",
    ),
    Slip(
        ROBOTS,
        'id = "keep"\nname = "keep"\nabout = "Moves nothing: the world as you found it."',
        'id = "keep"\nname = "keep"\nabout = "x"\nwishes = [{ turn = 1, lever = "standing_staff", '
        'level = "none" }]',
        "robot 'keep': lever 'standing_staff' starts at 'none': there is nothing to move",
        'wishes = [{ turn = 1, lever = "standing_staff", level = "none"',
    ),
    Slip(
        MAIN,
        'capability = "use"\n',
        'capability = "use"\n\n[[objective]]\nid = "extra"\ntext = "x"\ncapability = "use"\n',
        "objective 'extra': no inject has it among its objectives: nothing in play can be rated "
        "on it",
        '[[objective]]\nid = "extra"',
    ),
]

SIZES = [
    Slip(
        FUEL,
        "window = 600",
        "window = 1",
        "inject 'ten_hours_of_fuel': nobody can be in time: the fastest answer of profile 'storm' "
        "takes 221 minutes, the window is 1",
    ),
    Slip(
        FUEL,
        "window = 600",
        "window = 10000",
        "inject 'ten_hours_of_fuel': nobody can be late: the slowest answer of profile 'storm' "
        "takes 1031 minutes, the window is 10000",
    ),
    Slip(
        LEVERS,
        "upkeep = 10",
        "upkeep = 900",
        "lever 'standing_staff', level 'cell': upkeep 900 is more than 'money' ever holds before "
        "it is paid (24): one turn of it is an overdraft",
    ),
    Slip(
        "adversaries.toml",
        "bias = 68",
        "bias = 5000",
        "adversary 'neighbour', act: it acts in every turn: its steps go from 4664 to 5176, and "
        "64 are one logit",
    ),
    Slip(
        "adversaries.toml",
        "bias = 68",
        "bias = -5000",
        "adversary 'neighbour', act: it never acts: its steps go from -5336 to -4824, and 64 are "
        "one logit",
    ),
    Slip(
        "adversaries.toml",
        "bias = -110",
        "bias = -1000",
        "adversary 'neighbour', escalate: it never escalates: its steps go from -1112 to -856, "
        "and 64 are one logit",
    ),
    Slip(
        MAIN,
        "months = 3",
        "months = 200",
        "turns: a turn of 200 months is very long: delays and rates count in turns",
    ),
    Slip(
        "tracks.toml",
        "start = 60\nvalue",
        "start = 50\nvalue",
        "track 'response_time': start 50 is never used: the clock reads 60 at the start; write "
        "that, or mend 'times' and 'over'",
    ),
    Slip(
        LEVERS,
        '{ track = "permits", kind = "target", values = [0, 32, 56] }',
        '{ track = "permits", kind = "target", values = [0, 0, 0] }',
        "lever 'ports': they are the same for every level: moving the lever changes nothing",
    ),
]

OPTIONS = [
    Slip(
        ROBOTS,
        "quarters = [4, 2]",
        "quarters = [5, 2]",
        "lean 'F': entry 1 of quarters is 5: the answer carries more than in full there, which "
        "is 4",
    ),
    Slip(
        NUMBER,
        'costs = [{ track = "supplies", by = -1 }]',
        'costs = [{ track = "supplies", by = 1 }]',
        "inject 'one_telephone_number', option 'line_in_tokyo': 'supplies' by 1 helps (higher is "
        "better): write it under benefits, or with the other sign",
    ),
    Slip(
        FUEL,
        'late = [{ track = "trust", by = -3 }',
        'late = [{ track = "trust", by = 3 }',
        "inject 'ten_hours_of_fuel': 'trust' by 3 helps (higher is better): "
        "write it with the other sign",
    ),
    Slip(
        NUMBER,
        'benefits = [{ track = "supplies", by = 3 }]\n',
        'benefits = [{ track = "supplies", by = 0 }]\n',
        "inject 'one_telephone_number', option 'after_the_season': 'supplies' by 0 does nothing: "
        "take it out",
    ),
    Slip(
        NUMBER,
        'benefits = [{ track = "supplies", by = 3 }]\ncosts = [{ track = "trust", by = -4 }]',
        'costs = [{ track = "trust", by = -4 }, { track = "supplies", by = -2 }]',
        "inject 'one_telephone_number', option 'after_the_season': option 'line_in_tokyo' is "
        "better on something and worse on nothing, in every posture and in time or late: give "
        "this one a gain of its own",
        '[[inject.option]]\nid = "after_the_season"',
    ),
    Slip(
        NUMBER,
        'benefits = [{ track = "supplies", by = 3 }]\ncosts = [{ track = "trust", by = -4 }]',
        "quarters = [3, 4]\n"
        'benefits = [{ track = "trust", by = 4 }, { track = "permits", by = 4 }]\n'
        'costs = [{ track = "supplies", by = -1 }]',
        "inject 'one_telephone_number', option 'after_the_season': it does just what option "
        "'line_in_tokyo' does: the choice is one of words",
        '[[inject.option]]\nid = "after_the_season"',
    ),
]

TEXTS = [
    Slip(
        FUEL,
        "since {onset}; at",
        "since 0300; at",
        "inject 'ten_hours_of_fuel', message: 0300 looks like a fixed time: write {onset+2h} or "
        "the like",
    ),
    Slip(
        FUEL,
        "since {onset}; at",
        "since 2315 hrs; at",
        "inject 'ten_hours_of_fuel', message: 2315 hrs looks like a fixed time: write {onset+2h} "
        "or the like",
    ),
    Slip(
        FUEL,
        "since {onset}; at",
        "since 070300ZNOV26; at",
        "inject 'ten_hours_of_fuel', message: 070300ZNOV26 looks like a fixed time: write "
        "{onset+2h} or the like",
    ),
    Slip(FUEL, "since {onset}; at", "since 2019, with 1400 people; at", ""),
    Slip(
        FUEL,
        'precedence = "FLASH"',
        'precedence = "SOON"',
        "inject 'ten_hours_of_fuel', message: precedence 'SOON' is none of FLASH, IMMEDIATE, "
        "PRIORITY, ROUTINE",
    ),
]


@pytest.mark.parametrize("slip", [*NEVER, *SIZES, *OPTIONS, *TEXTS], ids=lambda one: one.says[:70])
def test_a_slip_in_the_tutorial_is_remarked_at_its_line(
    slip: Slip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert TUTORIAL[slip.file].count(slip.old) == 1
    text = TUTORIAL[slip.file].replace(slip.old, slip.new)
    for name, told in {**TUTORIAL, slip.file: text}.items():
        (tmp_path / "tutorial" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tutorial" / name).write_text(told, "utf-8")

    proof = proofread(Path("tutorial"))

    said = [str(one) for one in proof.warnings]
    assert [] == proof.problems
    if not slip.says:
        assert [] == said
        return
    line = text[: text.index(slip.at or slip.new.lstrip())].count("\n") + 1
    assert f"tutorial/{slip.file} line {line}: {slip.says}" in said


MEANT = (
    # An answer that is worth more than elsewhere in one posture.
    "the answer carries more than in full there, which is 4",
    # What holding back calms counts in full, however late or half-hearted the rest of it is.
    "helps (lower is better): write it under benefits, or with the other sign",
    # The robot says where it stays.
    "lever 'pace' starts at 'phased': there is nothing to move",
)
"""How the remarks end that the flagship may have: its authors meant what they are about."""


@pytest.mark.slow
def test_the_shipped_exercises_have_the_remarks_that_are_right() -> None:
    assert [] == proofread(EXERCISES / "tutorial").warnings
    flagship = [one.text for one in proofread(EXERCISES / "accelerate").warnings]
    assert [] == [one for one in flagship if not one.endswith(MEANT)]
    assert len(flagship) <= 10


def test_the_first_edition_has_the_remarks_that_it_had() -> None:
    first = proofread(Path(__file__).parent / "exercises" / "accelerate_1")

    assert [
        # Harm that lessens where the answer carries less: meant so, and said so.
        (
            "inject 'sentence_in_the_diet', option 'silence': 'prc_encirclement' by 6 harms "
            "(lower is better): write it under costs"
        ),
        (
            "inject 'sentence_in_the_diet', option 'silence': 'econ_pressure' by 10 harms "
            "(lower is better): write it under costs"
        ),
        # An answer that is worth more than elsewhere in one posture.
        (
            "inject 'savings_slide', option 'recommit_in_public': entry 1 of quarters is 5: the "
            "answer carries more than in full there, which is 4"
        ),
        (
            "inject 'savings_slide', option 'never_needed_it': entry 3 of quarters is 5: the "
            "answer carries more than in full there, which is 4"
        ),
        (
            "inject 'price_of_the_roof', option 'keep_project_apart': entry 3 of quarters is 5: "
            "the answer carries more than in full there, which is 4"
        ),
        (
            "inject 'roppongi_neighbours', option 'move_the_cell': entry 2 of quarters is 5: the "
            "answer carries more than in full there, which is 4"
        ),
        # By its numbers nobody should choose it; its sentence is what it is there for.
        (
            "inject 'what_the_prefecture_was_not_told', option 'distant_apology': option "
            "'disclosure_pledge_24h' is better on something and worse on nothing, in every "
            "posture and in time or late: give this one a gain of its own"
        ),
        # The robot says where it stays.
        "robot 'phased': lever 'pace' starts at 'phased': there is nothing to move",
    ] == [one.text for one in first.warnings]


def test_a_posture_that_an_earlier_one_hides_never_counts() -> None:
    data = load(EXERCISES / "tutorial").as_toml()
    data["posture"].insert(
        1,
        {
            "id": "C",
            "name": "a cell",
            "when": {"lever": "standing_staff", "level": "cell"},
            "prefers": ["F", "J", "R"],
        },
    )
    for lean in data["lean"]:
        lean["quarters"].insert(1, 4)
    for inject in data["inject"]:
        for told in inject["outcome"].values():
            told["C"] = "x"
        for option in inject["option"]:
            if "quarters" in option:
                option["quarters"].insert(1, 4)
    exercise = Exercise.model_validate(data)

    said = {finding.path: finding.text for finding in check(exercise)}

    text = "it never counts: wherever it holds an earlier posture does; move it up"
    assert {("posture", 1): text} == said


@pytest.mark.parametrize("profile", ["storm", "sea"])
def test_the_minutes_of_a_profile_are_those_of_the_clock_at_its_ends(profile: str) -> None:
    exercise = load(EXERCISES / "tutorial")
    tables = Tables(exercise)
    staff, permits = tables.track["staff"], tables.track["permits"]
    totals = set()
    for corner, luck, discord, level in itertools.product(range(4), (0, 255), (0, 1), range(3)):
        tracks = np.repeat(tables.start, 24, axis=1)
        tracks[staff], tracks[permits] = 10000 * (corner & 1), 10000 * (corner >> 1)
        levels = np.repeat(tables.level_start, 24, axis=1)
        levels[tables.lever["standing_staff"]] = level
        shaken = clock.jitters(tables, np.full((len(exercise.clock.stages), 24), luck, np.int32))
        reading = clock.read(
            tables,
            tracks,
            levels,
            np.full(24, tables.clock.profiles[profile], np.int32),
            np.arange(24, dtype=np.int32),
            shaken,
            np.full(24, discord, np.int32),
        )
        totals |= set(reading.total.tolist())

    found = minutes(
        exercise,
        exercise.clock.profiles[profile],
        reach(exercise, parts(exercise)).spans.of,
    )

    assert (min(totals), max(totals)) == (found.least, found.most)


@pytest.mark.parametrize("folder", [EXERCISES / "tutorial", EXERCISES / "accelerate", small.FOLDER])
def test_a_track_of_the_clock_is_worked_out_as_the_model_does(folder: Path) -> None:
    exercise = load(folder)
    tables = Tables(exercise)
    batch = Worlds(tables, 1, np.zeros(1, np.uint64))

    indices = tables.clock.indices

    assert indices
    assert [int(batch.tracks[row, 0]) for row, _ in indices] == [
        at_start(exercise, part) for _, part in indices
    ]


def test_conditions_of_many_ways_are_left_alone() -> None:
    exercise = load(EXERCISES / "tutorial")
    known = reach(exercise, parts(exercise)).at_levers()
    either = AnyOf(any=[Threshold(of=name, at_least=50) for name in exercise.tracks])
    hard = All(all=[either] * 6)
    never = All(all=[hard, Threshold(of="trust", at_least=50, below=40)])

    assert Question.about(known, hard).can((hard, True))
    assert Question.about(known, never).can((never, True))  # too many ways: nothing is claimed
