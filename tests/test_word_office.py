"""Word files as an office that people have opens them: every page, its marking, number and words.

What is looked at here are pages of paper; what the files say is in test_word.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from kit.office import pages, printed, sizes
from kit.person import ROOT, Person, mistake, ttx_
from kit.tables import exercise

from ttx.report.aar.whole import after_action
from ttx.report.document import Blank, Document, Heading, blocks
from ttx.report.documents import documents
from ttx.report.filed import account_of
from ttx.report.word.whole import word
from ttx.session.record import read

pytestmark = [pytest.mark.slow, pytest.mark.office]
SAVES = Path(__file__).parent / "saves"
RUNS = ("format-1-facilitated", "format-2-contextual", "format-2-red", "format-2-struck")
TALL, WIDE = (595, 842), (842, 595)
"""A4 in points, upright and on its side."""
MOST = 90
"""Pages of the longest paper, the guide of a big exercise."""


@cache
def reports() -> dict[str, Document]:
    return {
        name: after_action(account_of(read(SAVES / f"{name}.ttx.toml"), anonymous=anonymous))
        for run in RUNS
        for name, anonymous in ((run, False),)
    }


def looked_at(papers: dict[str, Document], folder: Path) -> dict[str, list[str]]:
    """The words of each page of each paper, once an office has laid it out."""
    for name, made in papers.items():
        (folder / f"{name}.docx").write_bytes(word(made))
    laid = printed([folder / f"{name}.docx" for name in papers], folder)
    return {name: pages(paper) for name, paper in zip(papers, laid, strict=True)}


def sound(made: Document, told: list[str]) -> None:
    """Each page is marked, counted and not empty; no heading is lost, or left at a page's end."""
    assert 1 <= len(told) <= MOST
    leading = {
        " ".join(part.text.split())
        for part, following in pairwise(blocks(made.parts))
        if isinstance(part, Heading) and not isinstance(following, Blank)
    }
    for number, page in enumerate(told, start=1):
        lines = [" ".join(line.split()) for line in page.split("\n") if line.strip()]
        assert made.banner == lines[0]
        if not made.loose:
            assert lines[-1].replace(" ", "").endswith(f"{number}/{len(told)}")
        assert len(lines) > 2, f"page {number} is empty"
        assert "Contents" in lines or lines[-1 if made.loose else -2] not in leading
    whole = " ".join(" ".join(told).split())
    for part in blocks(made.parts):
        if isinstance(part, Heading):
            assert " ".join(part.text.split()) in whole
    assert "Error!" not in whole


@pytest.mark.parametrize("name", ["tutorial", "accelerate", "accelerate_1"])
def test_every_paper_opens_and_each_page_is_marked_and_counted(name: str, tmp_path: Path) -> None:
    papers = documents(exercise(name))

    for paper, told in looked_at(papers, tmp_path).items():
        sound(papers[paper], told)


def test_reports_open_and_each_page_is_marked_and_counted(tmp_path: Path) -> None:
    for run, told in looked_at(reports(), tmp_path).items():
        sound(reports()[run], told)


def test_the_improvement_plan_lies_on_a_page_of_its_own(tmp_path: Path) -> None:
    run = "format-1-facilitated"
    told = looked_at({run: reports()[run]}, tmp_path)[run]
    shapes = sizes(tmp_path / f"{run}.pdf")

    assert {TALL, WIDE} == set(shapes)
    (at,) = [n for n, page in enumerate(told) if "Corrective action" in page]
    assert WIDE == shapes[at]
    assert TALL == shapes[at - 1] == shapes[at + 1]


# --- at the command line ---


def test_a_report_and_papers_are_written_at_the_command_line(tmp_path: Path) -> None:
    save = SAVES / "format-2.ttx.toml"
    file = tmp_path / "report.docx"
    assert f"{file}\n" == ttx_("report", save, "--out", file)[0]
    assert b"PK" == file.read_bytes()[:2]
    folder = tmp_path / "papers"
    out, _err = ttx_("docs", "tutorial", "--format", "docx", "--out", folder)
    assert {str(path) for path in folder.iterdir()} == set(out.split())
    assert {".docx"} == {path.suffix for path in folder.iterdir()}
    both = tmp_path / "both.docx"
    ttx_("compare", save, SAVES / "format-2-row.ttx.toml", "--out", both)

    told = [pages(paper) for paper in printed([file, both], tmp_path)]
    assert "after-action review and improvement plan" in " ".join(told[0][0].split())
    assert "COMPARE" in told[1][0]
    assert all("EXERCISE ONLY" in page for page in told[1])
    ttx_("compare", save, SAVES / "format-2-row.ttx.toml", "--out", tmp_path / "both.md")
    text = (tmp_path / "both.md").read_text("utf-8")
    assert text.startswith("**EXERCISE ONLY")
    assert "*For those who may read both runs whole" in text


def test_a_word_file_goes_to_a_pipe_and_to_no_terminal(tmp_path: Path) -> None:
    save, file = SAVES / "format-2.ttx.toml", tmp_path / "report.docx"
    ttx_("report", save, "--out", file)
    done = subprocess.run(
        [sys.executable, "-m", "ttx", "report", save, "--format", "docx"],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ},
        check=True,
    )
    assert file.read_bytes() == done.stdout

    person = Person("report", save, "--format", "docx", "--out", "-")
    person.hears("A Word file is not for a terminal; name a file with --out.")
    assert 2 == person.leaves()


def test_another_form_is_refused_in_a_sentence(tmp_path: Path) -> None:
    said = mistake("docs", "tutorial", "--format", "pdf", "--out", tmp_path / "x")
    assert "There is no form 'pdf'; choose from html, md, docx." == said
    said = mistake("report", SAVES / "format-2.ttx.toml", "--out", tmp_path / "x.doc")
    assert said.startswith("A report ends in .html or .md or .docx, and x.doc would not be what")
    assert [] == [*tmp_path.iterdir()]
