"""The README says how often each plan wins, in the figures of the page of findings."""

from __future__ import annotations

import pytest
import readme_figures

PAGE = """## Who is best, how often

| best at the end | China | North Korea |
| --- | ---: | ---: |
| phased | 3 | 0 |
| staff first | \\<1 | 7 |
| nobody | 97 | 93 |

*Per cent of 2,000 worlds in which the policy is ahead of every other by 0.5 points or more.*
"""


def test_the_sentence_has_the_first_column_of_the_table() -> None:
    assert (
        "Best on China at the end by half a point or more, in so many of 100 worlds on the same "
        "dice: phased 3, staff first \\<1, nobody 97 (2,000 worlds were played)."
    ) == " ".join(readme_figures.told(PAGE).split())


def test_the_figures_stand_between_their_marks_alone() -> None:
    readme = f"before {readme_figures.BEGINS}old{readme_figures.ENDS} after"
    made = readme_figures.written(readme, PAGE)

    assert made.startswith("before ")
    assert made.endswith(" after")
    assert "old" not in made
    assert made == readme_figures.written(made, PAGE)
    with pytest.raises(ValueError, match="no place"):
        readme_figures.written("nothing", PAGE)
    with pytest.raises(ValueError, match="no table"):
        readme_figures.told("nothing")


def test_a_section_stands_before_the_commands_that_repeat_the_page() -> None:
    page = f"{PAGE}\n{readme_figures.REPEATS}\n- ttx sweep\n"
    made = readme_figures.joined(page, "## What it promises\n\n| P1 |\n")

    places = [made.index(part) for part in ("Who is best", "| P1 |", "To repeat it", "ttx sweep")]
    assert places == sorted(places)
    with pytest.raises(ValueError, match="does not say how to repeat it"):
        readme_figures.joined(PAGE, "more")


def test_the_readme_has_the_figures_of_the_findings() -> None:
    readme = (readme_figures.ROOT / "README.md").read_text("utf-8")
    findings = (readme_figures.ROOT / "docs" / "findings.md").read_text("utf-8")

    assert readme == readme_figures.written(readme, findings), "run make findings"
