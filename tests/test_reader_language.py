"""What is checked, compared and refused is said in the language of whoever reads it."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

import pytest
from kit.tables import robots_alone

from ttx import i18n
from ttx.analysis.compare import compare
from ttx.analysis.compared_runs import ComparedRun
from ttx.analysis.rows import Status
from ttx.exercise.asks import asks
from ttx.exercise.check import check
from ttx.exercise.load import load
from ttx.exercise.model.conditions import AnyOf, Responded, Threshold
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parameters import parameters
from ttx.exercise.problems import did_you_mean, meant

TUTORIAL = Path(__file__).parents[1] / "exercises" / "tutorial"
CALM = next(track.id for track in load(TUTORIAL).track if track.value is None)


class Marked(NullTranslations):
    """Every sentence in brackets, so that one that asked no catalogue is seen."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_CATALOGUES", {"xx": Marked()})


def tutorial() -> Exercise:
    """The tutorial, one of whose tracks has a name in two languages."""
    exercise = load(TUTORIAL)
    names = {"name": {"en": "Calm", "xx": "Ruhe"}}
    tracks = [t.model_copy(update=names) if t.id == CALM else t for t in exercise.track]
    return exercise.model_copy(update={"track": tracks})


def test_parameters_are_named_for_who_reads_them_now() -> None:
    """They are kept for an exercise, and must not be those of whoever asked first."""
    exercise = tutorial()
    of_track = f"start.{CALM}"

    english = parameters(exercise)[of_track]
    with i18n.reading("xx"):
        other = parameters(exercise)[of_track]

    assert ("start of Calm", "[start of Ruhe]") == (english.name, other.name)
    assert english.value == other.value
    assert english is parameters(exercise)[of_track]


def test_what_is_wrong_with_an_exercise_is_said_so_too() -> None:
    exercise = tutorial()
    broken = exercise.model_copy(update={"objective": [], "seat": exercise.seat[:0]})

    english = check(broken)
    with i18n.reading("xx"):
        other = check(broken)

    assert english
    assert [finding.path for finding in english] == [finding.path for finding in other]
    assert not any(finding.text.startswith("[") for finding in english)
    assert all("[" in finding.text for finding in other)


def test_a_name_that_was_meant_is_known_by_no_word() -> None:
    with i18n.reading("xx"):
        assert "[ (did you mean 'phased'?)]" == did_you_mean("fased", ["phased", "crash"])
        assert "" == meant("zz", ["phased", "crash"])
        assert "[ (there are phased, crash)]" == did_you_mean("zz", ["phased", "crash"])


def test_a_condition_asks_in_whole_sentences() -> None:
    exercise = tutorial()
    name = exercise.adversary[0].id
    asked = AnyOf(
        any=[
            Threshold(of=CALM, at_most=40),
            Responded(responded=name, with_=["probe"], within=2),
        ]
    )
    with i18n.reading("xx"):
        words = asks(exercise, asked, str)

    assert words.startswith("Ruhe [at most 40][ or ][")
    assert words.endswith("[probed] in the last 2 turns]")


def test_what_two_runs_come_to_is_a_value_that_is_worded_last() -> None:
    robots = [robot.id for robot in load(TUTORIAL).robot][:2]
    a, b = (
        ComparedRun(name, robots_alone("tutorial", name, 1).game, "", (), "0") for name in robots
    )
    english = compare(a, b)
    with i18n.reading("xx"):
        other = compare(a, b)
        words = {row.status.words for row in other.rows}

    assert [row.status for row in english.rows] == [row.status for row in other.rows]
    assert [end.differences[0].verdict for end in english.turns] == [
        end.differences[0].verdict for end in other.turns
    ]
    assert ("same dice", "[same dice]") == (english.kind_brief, other.kind_brief)
    assert words <= {f"[{status.value}]" for status in Status}
