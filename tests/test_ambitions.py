"""Aims, purses, openings and denials as an author writes them: ids, limits, and second looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.adversaries import TUTORIAL
from pydantic import TypeAdapter

from ttx.exercise.conditions import written
from ttx.exercise.load import Proof, proofread
from ttx.exercise.model.conditions import Condition

RED, FUEL = "adversaries.toml", "injects/02-ten-hours-of-fuel.toml"
LETTER = "injects/01-one-telephone-number.toml"
HELP = "injects/03-help-nobody-asked-for.toml"
PURSE = "purse = { start = 3, income = 1, cap = 6, price = { probe = 1, escalate = 4 } }\n"
AIM = """
[[adversary.aim]]
id = "harbour"
name = "Its own harbour"
about = "To be asked in."
act = 8
escalate = -8
names = { escalate = "moored at the pier" }
responses = { escalate = [{ track = "tension", by = 9 }] }
reached = { of = "tension", at_least = 70 }
"""
ASKS = 'turns = [2, 2]\nwhen = { responded = "neighbour", with = ["escalate"], aim = ["harbour"] }'


def proof_of(folder: Path, **more: str) -> Proof:
    """The tutorial with a purse and an aim, and other files in the place of its own."""
    sound = TUTORIAL | {
        RED: TUTORIAL[RED].replace('basis = ["design"]\n', f'basis = ["design"]\n{PURSE}') + AIM,
        FUEL: TUTORIAL[FUEL].replace("window = 600", "window = 600\nopening = { neighbour = 2 }"),
        HELP: TUTORIAL[HELP].replace("turns = [2, 2]", ASKS),
    }
    for old, new in more.items():
        name, _, text = new.partition("\n")
        assert sound[name].count(old) == 1, old
        sound[name] = sound[name].replace(old, text)
    for name, text in sound.items():
        file = folder / "tutorial" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return proofread(Path("tutorial"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_aim_a_purse_and_news_of_an_escalation_are_sound(folder: Path) -> None:
    proof = proof_of(folder)

    assert ([], []) == (proof.problems, proof.warnings)


WRONG = [
    (
        'responded = "neighbour"',
        HELP,
        'responded = "neighbor"',
        "when: adversary 'neighbor' is unknown (did you mean 'neighbour'?)",
    ),
    (
        'aim = ["harbour"]',
        HELP,
        'aim = ["harbor"]',
        "when: aim 'harbor' of adversary 'neighbour' is unknown (did you mean 'harbour'?)",
    ),
    (
        'with = ["escalate"]',
        HELP,
        'with = ["escalated"]',
        "must be one of restraint, probe, escalate, not 'escalated' (did you mean 'escalate'?)",
    ),
    (
        "opening = { neighbour = 2 }",
        FUEL,
        "opening = { neighbor = 2 }",
        "opening: adversary 'neighbor' is unknown (did you mean 'neighbour'?)",
    ),
    (
        "opening = { neighbour = 2 }",
        FUEL,
        "opening = { neighbour = -2 }",
        "opening: neighbour must be at least 0, not -2",
    ),
    (
        "number = 1",
        LETTER,
        "number = 1\nopening = { neighbour = 2 }",
        "opening belongs to a crisis inject, this one is policy",
    ),
    (
        "cap = 6",
        RED,
        "cpa = 6",
        "key 'cpa' is unknown (did you mean 'cap'?)",
    ),
    (
        'id = "harbour"',
        RED,
        'id = "harbour"\nname = "x"\nabout = "y"\n[[adversary.aim]]\nid = "harbour"',
        "this id is taken by an earlier one",
    ),
    (
        'reached = { of = "tension"',
        RED,
        'reached = { of = "tenson"',
        "track or derived value 'tenson' is unknown (did you mean 'tension'?)",
    ),
    (
        "at_least = 70",
        RED,
        "at_leest = 70",
        "key 'at_leest' is unknown (did you mean 'at_least'?)",
    ),
    (
        'escalate = [{ track = "tension", by = 9 }]',
        RED,
        'escalate = [{ track = "tensoin", by = 9 }]',
        "track 'tensoin' is unknown (did you mean 'tension'?)",
    ),
]


@pytest.mark.parametrize(("old", "name", "new", "says"), WRONG, ids=[one[3][:60] for one in WRONG])
def test_a_slip_is_found_at_its_line(
    folder: Path, old: str, name: str, new: str, says: str
) -> None:
    proof = proof_of(folder, **{old: f"{name}\n{new}"})

    text = (folder / "tutorial" / name).read_text("utf-8")
    line = text[: text.index(new) + len(new)].count("\n") + 1
    found = [str(one) for one in proof.problems if f"tutorial/{name} line {line}" in str(one)]
    assert any(says in one for one in found), [str(one) for one in proof.problems]


LOOKS = [
    (
        'reached = { of = "tension", at_least = 70 }',
        RED,
        'reached = { of = "tension", at_least = 20 }',
        "it holds before turn 1: the aim is reached by doing nothing",
    ),
    (
        'reached = { of = "tension", at_least = 70 }',
        RED,
        'reached = { of = "tension", at_least = 70, below = 60 }',
        "it can never hold ('tension' is 0 to 100): the aim is never reached",
    ),
    (
        '\nreached = { of = "tension", at_least = 70 }',
        RED,
        "",
        "nobody can say whether it was reached: 'reached' is missing",
    ),
    (
        "escalate = 4 } }",
        RED,
        "escalate = 7 } }",
        "price 7 is more than the purse ever holds (5): it never can escalate",
    ),
    (
        "escalate = 4 } }",
        RED,
        "escalate = 7 } }",
        "it can never hold ('neighbour' can never pay for escalate): the inject never comes",
    ),
    (
        "price = { probe",
        RED,
        "price = { restraint = 1, probe",
        "it is never taken: restraint is free",
    ),
    (
        "income = 1, cap = 6",
        RED,
        "income = 4, cap = 6",
        "it refuses nothing: what a turn brings pays for every answer; leave it out",
    ),
    (
        "turns = [2, 2]",
        HELP,
        "turns = [1, 1]",
        "it can never hold (no turn has been reckoned by then): the inject never comes",
    ),
    (
        PURSE,
        RED,
        PURSE + "provocation = 0\n",
        "it does nothing: a point of provocation of 'neighbour' is 0 steps",
    ),
    (
        "act = 8",
        RED,
        "act = 999",
        "it acts in every turn: its steps go from ",
    ),
]


@pytest.mark.parametrize(("old", "name", "new", "says"), LOOKS, ids=[one[3][:60] for one in LOOKS])
def test_what_decides_nothing_is_remarked(
    folder: Path, old: str, name: str, new: str, says: str
) -> None:
    proof = proof_of(folder, **{old: f"{name}\n{new}"})

    assert [] == proof.problems
    assert any(says in str(one) for one in proof.warnings), [str(one) for one in proof.warnings]


def test_a_bar_of_nought_is_no_matter_where_turns_are_filled(folder: Path) -> None:
    """The crisis slot then takes its lowest candidate wherever no policy inject came."""
    proof = proof_of(folder, **{"crisis = 65536": "exercise.toml\ncrisis = 0\nfill = true"})

    assert ([], []) == (proof.problems, proof.warnings)


def test_what_an_option_denies_is_a_gain(folder: Path) -> None:
    """An option that is beaten on every track is not beaten where it closes an opening."""
    beaten = "is better on something and worse on nothing"
    text = TUTORIAL[FUEL]
    option = text[text.rindex("[[inject.option]]") :]
    twin = option.replace('id = "', 'id = "dearer_').rstrip() + "\n"
    twin += "budgets = { money = -5 }\n"
    whole = f"{FUEL}\n{option}\n{twin}"

    plain = proof_of(folder, **{option: whole})
    denying = proof_of(folder, **{option: f"{whole}denies = {{ neighbour = 1 }}\n"})

    assert any(beaten in str(one) for one in plain.warnings)
    assert not any(beaten in str(one) for one in denying.warnings)


@pytest.mark.parametrize(
    ("old", "name", "new", "says"),
    [
        (
            'references = ["steady", "eager"]',
            "exercise.toml",
            'references = ["steady", "hawk"]',
            "robot 'hawk' plays an adversary: it cannot stand for an allied one",
        ),
        (
            'side = "red"',
            "exercise.toml",
            'side = "red"\nrobot = "steady"',
            "robot 'steady' answers injects: it cannot stand for a red cell",
        ),
    ],
)
def test_a_robot_sits_where_its_rule_means_something(
    folder: Path, old: str, name: str, new: str, says: str
) -> None:
    robots = "robots.toml"
    hawk = '\n[[robot]]\nid = "hawk"\nname = "hawk"\nabout = "Escalates."\nrule = "escalate"\n'
    last = TUTORIAL[robots].rstrip().splitlines()[-1]
    proof = proof_of(folder, **{last: f"{robots}\n{last}\n{hawk}", old: f"{name}\n{new}"})

    assert any(says in str(one) for one in proof.problems), [str(one) for one in proof.problems]


def test_a_condition_is_written_with_the_brackets_it_needs() -> None:
    asked = {
        "all": [
            {"any": [{"fired": "a"}, {"fired": "b"}]},
            {"not": {"all": [{"fired": "c"}, {"fired": "d"}]}},
            {"not": {"fired": "e"}},
        ]
    }

    said = written(TypeAdapter[Condition](Condition).validate_python(asked))

    assert said == "(fired a or fired b) and not (fired c and fired d) and not fired e"
