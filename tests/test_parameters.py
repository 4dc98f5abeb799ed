"""The numbers that a study may vary: which there are, how they are said, what setting one does."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import small

from ttx.exercise.digest import digest, digest_of
from ttx.exercise.load import from_data, load, proofread
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import (
    Parameter,
    as_held,
    default_range,
    parameters,
    switched,
    with_values,
    written,
)
from ttx.exercise.parts import parts
from ttx.exercise.problems import Problem

TUTORIAL = Path(__file__).parents[1] / "exercises" / "tutorial"

LEFT_OUT = {
    # the shape of an exercise
    *(("Exercise", key) for key in ("format", "minutes", "time_plan")),
    *(("Turns", key) for key in ("count", "months", "moves")),
    *(("CalendarEntry", "turns"), ("Wish", "turn"), ("Inject", "number"), ("Inject", "turns")),
    ("Inject", "again"),
    *(("LeverEffect", "delay"), ("Effect", "delay"), ("Influence", "delay")),
    # what a range is, and not a number that has one
    *(("Track", "range"), ("Influence", "range")),
    *(("Range", "low"), ("Range", "high"), ("Switch", "set")),
    # scales and rates
    *(("Track", "rate"), ("ClockIndex", "hour"), ("ClockIndex", "times"), ("ClockIndex", "over")),
    *(("Sum", "divisor"), ("Blend", "weights"), ("Income", "per")),
    *(("Budget", "cap"), ("Budget", "floor"), ("Wait", "opens"), ("Wait", "closes")),
    ("Responded", "within"),
    # restraint is free
    ("Purse", "price"),
    # a move down that a budget of money does not charge
    ("Budget", "lowering"),
    ("Income", "rate"),
    ("Weight", "times"),
    # the clock gives it
    ("Track", "start"),
    # the coast
    ("Map", "land"),
    ("Map", "borders"),
}
"""Whole numbers of an exercise that no study varies, or not in every part."""


@pytest.fixture(scope="module")
def tutorial() -> Exercise:
    return load(TUTORIAL)


@pytest.fixture(scope="module", params=["accelerate", "tutorial"])
def exercise(request: pytest.FixtureRequest, accelerate: Exercise, tutorial: Exercise) -> Exercise:
    return accelerate if request.param == "accelerate" else tutorial


def whole_numbers(value: object) -> dict[tuple[str | int, ...], int]:
    """Every whole number in a field, by what leads to it inside."""
    if isinstance(value, bool):
        return {}
    if isinstance(value, int):
        return {(): value}
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list | tuple)
        else ()
    )
    return {
        (key, *rest): number for key, one in inner for rest, number in whole_numbers(one).items()
    }


def test_every_number_of_an_exercise_is_a_parameter_or_left_out_by_name(
    exercise: Exercise,
) -> None:
    known = {one.path: one for one in parameters(exercise).values()}
    assert len(known) == len(parameters(exercise))
    for placed in parts(exercise):
        if "reached" in placed.path:  # nothing in the arithmetic reads whether an aim was reached
            continue
        for name, about in type(placed.part).model_fields.items():
            for rest, value in whole_numbers(getattr(placed.part, name)).items():
                path = tuple(
                    {"from": "from_", "not": "not_"}.get(str(step), step)
                    for step in (*placed.path, about.alias or name, *rest)
                )
                if path in known:
                    assert known.pop(path).value == value
                else:
                    assert (type(placed.part).__name__, name) in LEFT_OUT, path
    assert not known


def test_what_reaches_adversaries_is_named_in_words(accelerate: Exercise) -> None:
    known = parameters(accelerate)
    china = accelerate.adversary[0]
    assert china.purse is not None
    first = china.aim[0]

    assert known["purse.china.start"].value == china.purse.start
    assert known["purse.china.income"].name == "chips that China receives each turn"
    assert known["purse.china.cap"].name == "the most chips that China keeps"
    assert known["price.china.escalate"].name == "chips for China, escalate"
    assert known[f"aim.china.{first.id}.act"].value == first.act
    assert known[f"aim.china.{first.id}.escalate"].unit == "steps"
    assert "response.china.normalise.escalate.prc_greyzone" in known
    radar = accelerate.injects["radar_at_dusk"]
    assert known["opening.radar_at_dusk.china"].value == radar.opening["china"]
    denies = known["denies.radar_at_dusk.joint_timeline.china"]
    assert denies.value == radar.option[0].denies["china"]
    assert denies.span == (0, 1000)
    assert not [name for name in known if "reached" in name]


def test_a_range_holds_its_value_and_what_the_arithmetic_takes_holds_the_range(
    exercise: Exercise,
) -> None:
    for one in parameters(exercise).values():
        assert one.span[0] <= one.low <= one.value <= one.high <= one.span[1], one
        assert one.basis
        assert one.name


@pytest.mark.parametrize("edge", ["low", "high"])
def test_an_exercise_at_the_edge_of_all_its_ranges_is_sound(exercise: Exercise, edge: str) -> None:
    known = parameters(exercise)
    changed = with_values(exercise, {name: getattr(one, edge) for name, one in known.items()})

    again = from_data(changed.as_toml())

    for name, one in parameters(again).items():
        assert one.value == getattr(known[name], edge), name


@pytest.mark.slow
def test_setting_a_number_changes_that_number_alone(exercise: Exercise) -> None:
    known = parameters(exercise)
    before = {name: one.value for name, one in known.items()}
    for name, one in [*known.items()][:: max(1, len(known) // 60)]:
        value = one.span[0] if one.value != one.span[0] else one.span[1]
        changed = with_values(exercise, {name: value})
        assert {n: p.value for n, p in parameters(changed).items()} == before | {name: value}
        assert digest(changed) != digest(exercise)
    assert {name: one.value for name, one in parameters(exercise).items()} == before


def test_a_start_set_otherwise_leaves_rest_and_anchor_as_they_were(tutorial: Exercise) -> None:
    track = with_values(tutorial, {"start.staff": 1234}).tracks["staff"]

    assert (track.start, track.rest, track.anchor) == (1234, 1000, 1000)
    kept = with_values(with_values(tutorial, {"start.staff": 1234}), {"start.staff": 1300})
    assert (kept.tracks["staff"].rest, kept.tracks["staff"].anchor) == (1000, 1000)


def test_nothing_set_is_the_exercise_itself(tutorial: Exercise) -> None:
    assert with_values(tutorial, {}) is tutorial


@pytest.mark.parametrize(
    ("value", "span", "expected"),
    [
        (100, (0, 1000), (50, 150)),
        (-100, (-1000, 1000), (-150, -50)),
        (0, (-10, 10), (0, 0)),
        (1, (0, 10), (0, 2)),
        (3, (0, 8), (1, 5)),
        (16, (0, 16), (8, 16)),
        (9000, (0, 10000), (4500, 10000)),
        (-3, (-4, 0), (-4, -1)),
    ],
)
def test_the_default_range_is_half_to_one_and_a_half_times_the_value(
    value: int, span: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert default_range(value, *span) == expected


# What is said and what is refused


def one_of(exercise: Exercise, name: str) -> Parameter:
    return parameters(exercise)[name]


def test_values_are_said_in_the_units_of_the_author(tutorial: Exercise) -> None:
    start, strength = one_of(tutorial, "start.staff"), one_of(tutorial, "strength.staff_trust")

    assert as_held(start, "12.5") == 1250
    assert written(start, 1250) == "12.5"
    assert as_held(strength, " -64 ") == -64
    assert written(strength, -64) == "-64"
    assert (start.unit, strength.unit) == ("points", "per 256")


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("start.staff", "many", "start.staff takes a number in points, not 'many'"),
        ("start.staff", "nan", "start.staff takes at most two decimals (points), not NaN"),
        ("start.staff", "1.234", "start.staff takes at most two decimals (points), not 1.234"),
        (
            "strength.staff_trust",
            "1.5",
            "strength.staff_trust takes no decimals (per 256), not 1.5",
        ),
        ("start.staff", "101", "start.staff must be between 0 and 100 (points), not 101"),
        (
            "strength.staff_trust",
            "-257",
            "strength.staff_trust must be between -256 and 256 (per 256), not -257",
        ),
    ],
)
def test_what_a_number_cannot_be_is_refused_in_a_sentence(
    tutorial: Exercise, name: str, words: str, says: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        as_held(one_of(tutorial, name), words)


def test_an_unknown_number_or_one_out_of_bounds_is_not_set(tutorial: Exercise) -> None:
    with pytest.raises(ValueError, match=r"no number 'start\.staf' \(did you mean 'start\.staff'"):
        with_values(tutorial, {"start.staf": 1})
    with pytest.raises(ValueError, match="must be between 0 and 100"):
        with_values(tutorial, {"start.staff": -1})


# Ranges and switches in the format

STUDY = """
[[range]]
of = "{of}"
low = {low}
high = {high}
basis = ["design"]
"""
SWITCH = """
[[switch]]
id = "calm"
name = "calm"
why = "Nothing that waits."
set = {{ "{of}" = {value} }}
"""


def proof_with(folder: Path, text: str) -> tuple[Exercise | None, list[str], list[str]]:
    found = proofread(small.write(folder / "small", small.FILES | {"study.toml": text}))

    def told(problems: list[Problem]) -> list[str]:
        return [str(one).partition("study.toml ")[2] for one in problems]

    anyway = {one.text for one in proofread(small.FOLDER).warnings}
    new = [one for one in found.warnings if one.text not in anyway]
    return found.exercise, told(found.problems), told(new)


def test_a_declared_range_takes_the_place_of_the_default_one(tmp_path: Path) -> None:
    name = "window.blockade"
    exercise, problems, warnings = proof_with(tmp_path, STUDY.format(of=name, low=60, high=900))

    assert exercise is not None, problems
    one = one_of(exercise, name)
    assert (problems, warnings) == ([], [])
    assert (one.low, one.high, one.declared, one.basis) == (60, 900, True, ("design",))
    assert not one_of(load(small.FOLDER), name).declared


def test_points_of_a_range_are_held_in_hundredths(tmp_path: Path) -> None:
    known = parameters(load(small.FOLDER))
    name = next(n for n, p in known.items() if n.startswith("benefit.") and p.value > 50)
    exercise, problems, _ = proof_with(tmp_path, STUDY.format(of=name, low="0.25", high=9))

    assert exercise is not None, problems
    assert (one_of(exercise, name).low, one_of(exercise, name).high) == (25, 900)
    again = from_data(exercise.as_toml())
    assert again.range[0].low == Decimal("0.25")
    assert digest(again) == digest(exercise)


def test_a_switch_sets_what_it_names(tmp_path: Path) -> None:
    name = next(n for n in parameters(load(small.FOLDER)) if n.startswith("wait."))
    exercise, problems, _ = proof_with(tmp_path, SWITCH.format(of=name, value=0))

    assert exercise is not None, problems
    assert switched(exercise, exercise.switch[0]) == {name: 0}
    assert one_of(with_values(exercise, switched(exercise, exercise.switch[0])), name).value == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            STUDY.format(of="window.blockade", low=900, high=60),
            "line 4: range: a range goes from the lower to the higher, not 900 to 60",
        ),
        (
            STUDY.format(of="window.blockade", low="0.5", high=60),
            "line 4: range: window.blockade takes no decimals (minutes), not 0.5",
        ),
        (
            STUDY.format(of="window.blockade", low=0, high=900),
            "line 4: range: window.blockade must be between 1 and 1000000 (minutes), not 0",
        ),
        (
            STUDY.format(of="start.staff", low=0, high=9),
            "line 3: range: 'start.staff' has a range of its own: give it there, beside the value",
        ),
        (
            2 * STUDY.format(of="window.blockade", low=60, high=900),
            "line 9: range: the range of 'window.blockade' is given by an earlier one",
        ),
        (
            SWITCH.format(of="wait.se", value=0),
            "line 6: switch 'calm', set: number 'wait.se' is unknown",
        ),
        (
            SWITCH.format(of="window.blockade", value=0),
            "line 6: switch 'calm', set: window.blockade must be between 1 and 1000000",
        ),
        (
            STUDY.format(of="window.blockade", low="true", high=60),
            "line 4: range: low must be a number, such as 4 or -1.5, not true",
        ),
    ],
)
def test_what_is_wrong_with_a_range_or_a_switch_is_said(
    tmp_path: Path, text: str, says: str
) -> None:
    exercise, problems, _ = proof_with(tmp_path, text)

    assert exercise is None
    assert any(one.startswith(says) for one in problems), problems


def test_a_range_of_what_is_not_there_is_a_warning(tmp_path: Path) -> None:
    exercise, problems, warnings = proof_with(
        tmp_path, STUDY.format(of="window.blockad", low=1, high=2)
    )

    assert exercise is not None, problems
    (remark,) = [one for one in warnings if "range" in one]
    assert remark.startswith("line 3: range: number 'window.blockad' is unknown (did you mean ")
    assert remark.endswith("; the range is passed over")
    assert exercise == from_data(exercise.as_toml())  # as a save of it is opened
    assert "window.blockad" not in parameters(exercise)


def test_what_a_switch_sets_of_a_part_that_was_taken_out_is_a_warning(tmp_path: Path) -> None:
    text = SWITCH.format(of="window.blockade", value=60).replace(
        "60 }", '60, "window.blockad" = 0 }'
    )
    exercise, problems, warnings = proof_with(tmp_path, text)

    assert exercise is not None, problems
    (remark,) = [one for one in warnings if "switch" in one]
    assert remark.startswith("line 6: switch 'calm', set: number 'window.blockad' is unknown (did")
    assert remark.endswith("; the number is passed over")
    assert {"window.blockade": 60} == switched(exercise, exercise.switch[0])


def test_a_value_outside_its_own_range_is_a_warning(tmp_path: Path) -> None:
    text = STUDY.format(of="window.blockade", low=1, high=2)
    exercise, problems, warnings = proof_with(tmp_path, text)

    assert exercise is not None
    assert not problems
    value = one_of(exercise, "window.blockade").value
    assert warnings == [
        f"line 3: range: the value of 'window.blockade', {value}, is outside its range 1 to 2"
    ]


def test_an_exercise_without_ranges_and_switches_keeps_its_digest(tutorial: Exercise) -> None:
    said_of = tutorial.as_toml()
    assert "range" not in said_of
    assert "switch" not in said_of
    assert digest_of(said_of) == digest(tutorial)
    assert digest(from_data(said_of | {"range": [], "switch": []})) == digest(tutorial)
