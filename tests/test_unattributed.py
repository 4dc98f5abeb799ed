"""Not for attribution: what verbs write holds no office, no name that is told, no time of day."""

from __future__ import annotations

import csv
import datetime
import json
import re
import sys
import typing
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pexpect
import pytest
from kit.hosted import CHIEF, ask
from kit.person import mistake, ttx_
from kit.secrecy import marked
from secret_session import MARKS, play

from ttx.exercise.load import from_data
from ttx.report.aar.whole import after_action
from ttx.report.filed import account_of
from ttx.report.markdown import markdown
from ttx.session.feedback import CloseForm, HandIn
from ttx.session.kinds import KINDS
from ttx.session.names import BY_FIELD
from ttx.session.notebook_events import Noted
from ttx.session.opening import look_at
from ttx.session.particulars import Particulars
from ttx.session.record import read
from ttx.session.side_commands import Analyse, Observe, Plan
from ttx.session.stating import StateParticulars
from ttx.session.table import Table
from ttx.session.unattributed import CONTACT, MEANT, unattributed
from ttx.studies.export import saves

OFFICES = re.compile(r"Z(?:office|short|you|wants|decides|asks)\d*", re.IGNORECASE)
"""What stands in the place of all that is said of a seat."""
LATE = [
    "Zsession",
    "Zsponsor",
    "Zplace",
    "Zseen",
    "Zanalysis",
    "Zreference",
    "Zaction",
    "Zowner",
    "Zanswered",
]
"""What was typed at the hot wash of this run, beside what MARKS has."""
NAMES = (*MARKS, *LATE)
TYPED = re.compile("|".join(sorted((*NAMES, "Zcontact"), key=len, reverse=True)), re.IGNORECASE)
"""What somebody typed, each text a name that only its author can know."""
OF_THE_RUN = {
    *("adversaries", "cells", "critical", "day", "digest", "due", "expects", "how", "level"),
    *("minutes", "model_would", "parent", "part", "readers", "references", "rights", "seal"),
    *("shows", "sort", "source", "starts", "what"),
    *("areas", "date", "marks", "until", "zone", "scores", "objectives"),
    *("entries", "copied", "by", "turn"),
}
"""Fields that hold no words of anybody's and are not looked up in the run either."""


@cache
def save() -> Path:
    """A facilitated run whose offices are marks, and whose people typed marks."""
    data = marked("accelerate").as_toml()
    for n, seat in enumerate(data["seat"]):
        seat |= {"name": f"Zoffice{n}", "short": f"Zshort{n}", "you_are": f"Zyou{n}"}
        seat |= {"wants": f"Zwants{n}", "decides": [f"Zdecides{n}"]}
        if seat.get("questions"):
            seat["questions"] = [f"Zasks{n}"]
    for inject in data["inject"]:
        inject |= {"controller": "Zofficeman", "notes": "Zofficenote"}
    path = Path(mkdtemp()) / "Zfile.ttx.toml"
    play(path, from_data(data), _wash).leave()
    return path


def _wash(table: Table) -> None:
    """What stands on covers, in a plan, behind an observation and in a form, as marks."""
    cover = Particulars("Zsession", "Zsponsor", "Zcontact", "2026-12-01", place="Zplace")
    ask(table, CHIEF, StateParticulars(cover))
    ask(
        table, "evaluator", Observe("improvement", "Zseen", table.game.run.exercise.objective[0].id)
    )
    seen = table.game.entries
    ask(table, "evaluator", Analyse(seen, "Zanalysis", "Zreference"))
    plan = Plan(0, "planning", "Zaction", "planning", "Zowner", "", "2027-03-31", "Zcontact", seen)
    ask(table, CHIEF, plan)
    ask(table, "osd", HandIn(answers={"strengths": "Zanswered"}))
    ask(table, CHIEF, CloseForm())


@pytest.fixture
def names(tmp_path: Path) -> Path:
    """A file of all that somebody typed, as it would be of names; in another case, with blanks."""
    path = tmp_path / "names.txt"
    path.write_text("\n".join(f"  {mark.upper()} " for mark in NAMES) + "\n")
    return path


VERBS: dict[str, list[str]] = {
    "report.html": ["report", "SAVE", "--out", "OUT/report.html"],
    "report.md": ["report", "SAVE", "--out", "OUT/report.md"],
    "lines": ["replay", "SAVE", "--plain"],
    "compared": ["compare", "SAVE", "SAVE", "--plain"],
    "report.docx": ["report", "SAVE", "--out", "OUT/report.docx"],
    "compared.html": ["compare", "SAVE", "SAVE", "--out", "OUT/compared.html"],
    "as run": ["msel", "export", "SAVE", "--out", "OUT/list.csv"],
    "as run.xlsx": ["msel", "export", "SAVE", "--out", "OUT/list.xlsx"],
    "papers": ["docs", "SAVE", "--out", "OUT/papers", "--format", "md"],
    "csv": ["export", "SAVE", "--out", "OUT/tables"],
    "jsonl": ["export", "SAVE", "--out", "OUT/lines", "--format", "jsonl"],
    "xlsx": ["export", "SAVE", "--out", "OUT/tables.xlsx"],
    "cast of a player": ["replay", "SAVE", "--seat", "osd", "--cast", "OUT/osd.cast"],
    "cast of all": ["replay", "SAVE", "--cast", "OUT/all.cast"],
}


def written(out: Path) -> Iterator[str]:
    """All that lies in a folder, workbooks unpacked."""
    for path in sorted(out.rglob("*")):
        yield path.name
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
                )
        elif path.is_file():
            yield path.read_text()


def said(verb: str, tmp_path: Path, *more: str | Path) -> str:
    """What a verb writes and prints."""
    out = tmp_path / "out"
    out.mkdir()
    words = [word.replace("SAVE", str(save())).replace("OUT", str(out)) for word in VERBS[verb]]
    printed, _noticed = ttx_(*words, *more)
    told = "\n".join((printed.replace(str(save()), ""), *written(out)))
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told)


def times() -> set[str]:
    """Every time of day at which somebody entered something, as tables and as pages have it."""
    moments = [datetime.datetime.fromisoformat(e.at) for e in read(save()).entries if e.at]
    assert moments
    tables = {moment.strftime("%Y-%m-%dT%H:%M") for moment in moments}
    here = [moment.astimezone() for moment in moments]
    return tables | {f"{one.day} {one:%b} {one:%H:%M}" for one in (*moments, *here)}


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_nobody_is_named(verb: str, tmp_path: Path, names: Path) -> None:
    told = said(verb, tmp_path, "--anonymous", "--redact", f"@{names}")

    assert not re.search("Zofficeman|Zofficenote", told)
    if verb != "papers":  # they are for offices: who is given a place, a card, a line to sign
        assert set() == set(OFFICES.findall(told))
    assert set() == set(TYPED.findall(told))
    assert set() == {time for time in times() if time in told}
    assert "Zfile" not in told
    assert re.search(r"\\?\[name", told) or "compared" in verb


SEATS = {"usfj", "osd", "indopacom", "state", "kantei", "jjoc", "mofa"}
"""Ids of seats that are those of nothing else."""


def _values(of: object) -> Iterator[object]:
    """All that stands in some JSON, the names of its keys left out."""
    for part in of.values() if isinstance(of, dict) else of if isinstance(of, list) else []:
        yield from _values(part)
    if isinstance(of, str):
        yield of


@pytest.mark.slow
@pytest.mark.parametrize("anonymous", [True, False])
def test_no_table_has_the_id_of_a_seat(tmp_path: Path, *, anonymous: bool) -> None:
    more = ["--anonymous"] if anonymous else []
    ttx_("export", save(), "--out", tmp_path / "csv", *more)
    ttx_("export", save(), "--out", tmp_path / "lines", "--format", "jsonl", *more)
    cells: set[object] = set()
    for path in (tmp_path / "csv").glob("*.csv"):
        with path.open(newline="") as file:
            cells |= {cell for row in [*csv.reader(file)][1:] for cell in row}
    lines: set[object] = set()
    for line in (tmp_path / "lines" / "entries.jsonl").read_text().splitlines():
        lines |= set(_values(json.loads(line)))

    assert anonymous != bool(cells & SEATS)
    assert anonymous != bool(lines & SEATS)


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["report.md", "lines", "jsonl", "cast of a player"])
def test_without_it_offices_and_what_was_typed_stand_there(verb: str, tmp_path: Path) -> None:
    told = said(verb, tmp_path)

    assert OFFICES.search(told) or verb == "jsonl"
    assert TYPED.search(told)


@pytest.mark.slow
def test_the_point_of_contact_is_left_out_whatever_it_is_called(tmp_path: Path) -> None:
    assert "Zcontact" in said("report.md", tmp_path)
    other = tmp_path / "anonymous"
    other.mkdir()
    told = said("report.md", other, "--anonymous")
    assert "Zcontact" not in told
    assert set(LATE) <= set(TYPED.findall(told))


@pytest.mark.slow
def test_what_was_typed_stands_where_no_name_is_told(tmp_path: Path) -> None:
    told = said("report.md", tmp_path, "--anonymous", "--redact", "Znoteus", "--redact", "zcard")

    assert not re.search("Znoteus|Zcard", told)
    assert "Znotejapan" in told


@pytest.mark.parametrize("names", [(), ("Znoteus",)])
def test_what_is_said_of_names_is_so(names: tuple[str, ...]) -> None:
    record = read(save())
    page = markdown(after_action(account_of(record, anonymous=True, names=names)))
    about = saves.about(saves.sources_of([record], anonymous=True, names=names))

    for told in (" ".join(page.split()), about):
        assert bool(names) == ("be masked" in told)
        assert bool(names) != ("as they typed it" in told)
        assert "before you pass it on" in told
    assert bool(names) != ("words as they were typed" in page)
    assert [] == saves.attribution(saves.sources_of([record]))


def test_a_record_not_for_attribution_follows_its_exercise_as_before() -> None:
    record = read(save())
    before, after = look_at(record), unattributed(record)

    assert before.timeline.game.position == after.timeline.game.position
    assert before.timeline.game.phase == after.timeline.game.phase
    assert record.hashes == after.record.hashes


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("Ken Tanaka", "Ask ken  tanaka, not Kent Tanaka.", "Ask [name], not Kent Tanaka."),
        (
            "Li",
            "Li said that Lima listens; li's map.",
            "[name] said that Lima listens; [name]'s map.",
        ),
        ("田中", "田中さんに聞く", "[name]さんに聞く"),
        ("O'Neill (J3)", "O'Neill (J3): go", "[name]: go"),
        ("a.b", "axb a.b", "axb [name]"),
    ],
)
def test_a_name_is_masked_whole(name: str, typed: str, kept: str) -> None:
    record = read(save())
    n = next(at for at, entry in enumerate(record.entries) if isinstance(entry.event, Noted))
    entries = [*record.entries]
    entries[n] = replace(entries[n], event=Noted(typed))
    after = unattributed(replace(record, entries=entries), [name])

    assert Noted(kept) == after.entries[n].event


def _texts(of: type) -> Iterator[str]:
    """The fields of a fact that hold texts, those of its parts among them."""
    kinds = typing.get_type_hints(of)
    for part in fields(of):
        within = [kinds[part.name], *typing.get_args(kinds[part.name])]
        within += [deeper for one in within for deeper in typing.get_args(one)]
        if str in within:
            yield part.name
        for one in within:
            if isinstance(one, type) and is_dataclass(one):
                yield from _texts(one)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_fact_is_known_as_typed_or_as_part_of_the_run(kind: str) -> None:
    texts = set(_texts(KINDS[kind].fact))

    assert set() == texts - MEANT - BY_FIELD.keys() - OF_THE_RUN - {CONTACT}
    assert set() == MEANT & (BY_FIELD.keys() | OF_THE_RUN)


# Mistakes


def test_names_alone_mask_nothing() -> None:
    told = mistake("report", save(), "--redact", "Znoteus")
    assert "--redact masks names in what is not for attribution; say --anonymous with it." == told


def test_a_file_of_names_that_is_not_there(tmp_path: Path) -> None:
    told = mistake("report", save(), "--anonymous", "--redact", f"@{tmp_path / 'none'}")
    assert "none" in told


def test_screens_are_not_for_everybody() -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "ttx", "replay", str(save()), "--anonymous"], encoding="utf-8"
    )
    child.expect(re.escape("say --plain or --cast with --anonymous."))
    child.expect(pexpect.EOF)
