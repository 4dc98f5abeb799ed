"""Runs taken away: what a stranger finds who has the files and pandas, and nothing of ttx."""

from __future__ import annotations

import csv
import errno
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pandas as pd
import pytest
from hypothesis import given, settings
from kit.entries import EVENTS, NASTY, entries, holds, resources
from kit.person import ttx_
from kit.tables import exercise, played, robots_alone, seated, until

from ttx import files
from ttx.adjudicator.arithmetic import RESPONSES
from ttx.cli.app import app
from ttx.session import phases
from ttx.session.entries import entry_out
from ttx.session.events import Entry
from ttx.session.kinds import KINDS, declared
from ttx.session.record import read
from ttx.session.save_header import SaveError
from ttx.session.side_commands import Note
from ttx.studies.export import saves
from ttx.studies.export.catalogue import TABLES
from ttx.studies.export.columns import Column, Row, Table
from ttx.studies.export.decoded import object_of
from ttx.studies.export.folder import write_folder
from ttx.studies.export.package import formulas, lines_of
from ttx.studies.export.schema import document
from ttx.studies.export.source import Source
from ttx.studies.export.workbook import LONGEST, TooLarge, workbook

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "saves" / "examples").glob("*.ttx.toml"))
KEPT = sorted((ROOT / "tests" / "saves").glob("*.ttx.toml"))
ALL = [*EXAMPLES, *KEPT]
SOME = [EXAMPLES[0], *KEPT]
FACILITATED = ROOT / "tests" / "saves" / "format-1-facilitated.ttx.toml"
UNDONE = ROOT / "tests" / "saves" / "format-1.ttx.toml"


@cache
def taken(*paths: Path, anonymous: bool = False) -> list[Source]:
    return saves.sources_of([read(one) for one in paths], anonymous=anonymous, mixed=True)


def rows_of(source: Source, name: str) -> list[dict[str, Any]]:
    """The rows of one table of a run, each by the names of its columns."""
    (one,) = [one for one in TABLES if one.name == name]
    names = [column.name for column in one.columns]
    return [dict(zip(names, row, strict=True)) for row in one.filled([source])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of every sort as one data package."""
    out = tmp_path_factory.mktemp("out") / "package"
    sources = taken(*SOME)
    saves.write_csv(out, sources, saves.filled(sources))
    return out


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype={"run": str, "number": str})


def hundredths(values: pd.Series) -> pd.Series:
    """Points as whole hundredths; nothing is lost by that in a number with two decimals."""
    return (values * 100).round().astype(int)


# A stranger with pandas


def test_every_score_of_every_turn_adds_up_from_its_terms(folder: Path) -> None:
    keys = ["run", "policy", "score"]
    scores, terms = table(folder, "scores"), table(folder, "score_terms")
    scores["value"], terms["by"] = hundredths(scores["value"]), hundredths(terms["by"])
    moved = terms.groupby([*keys, "turn"])["by"].sum().rename("moved").reset_index()

    told = scores.merge(moved, how="left", on=[*keys, "turn"]).fillna({"moved": 0})
    told = told.sort_values([*keys, "turn"])
    start = told.groupby(keys)["value"].transform("first")
    again = start + told.groupby(keys)["moved"].cumsum()

    assert {path.name.removesuffix(".ttx.toml") for path in SOME} == set(told["run"])
    assert {3} == set(told.groupby("run")["policy"].nunique())
    assert len(told[told["turn"] > 0]) > 500
    assert [] == told[again != told["value"]].to_dict("records")
    assert "record" not in set(terms["input"]), "a rule has changed since these were written"


def test_every_change_of_a_track_adds_up_from_its_terms(folder: Path) -> None:
    tracks, values = table(folder, "tracks"), table(folder, "track_values")
    changes = table(folder, "track_changes")
    changes = changes[changes["stands"]]
    for frame, column in ((tracks, "start"), (values, "value"), (changes, "by")):
        frame[column] = hundredths(frame[column])
    moved = changes.groupby(["run", "track", "turn"])["by"].sum().rename("moved").reset_index()

    told = values.merge(moved, how="left", on=["run", "track", "turn"]).fillna({"moved": 0})
    told = told.merge(tracks[["run", "track", "start"]], on=["run", "track"])
    told = told.sort_values(["run", "track", "turn"])
    again = told["start"] + told.groupby(["run", "track"])["moved"].cumsum()

    assert len(told) > 500
    assert [] == told[again != told["value"]].to_dict("records")
    assert set(changes["track"]) >= set(told[told["moved"] != 0]["track"])


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name)
def test_the_scores_are_those_that_the_file_of_the_save_has(folder: Path, path: Path) -> None:
    whole = tomllib.loads(path.read_text("utf-8"))
    entries_ = {one["n"]: one for one in whole["event"]}
    names = [one["id"] for one in whole["exercise"]["score"]]
    scores = table(folder, "scores")
    scores = scores[scores["run"] == path.name.removesuffix(".ttx.toml")]
    said = scores.set_index(["policy", "turn", "score"])["value"]
    turns = table(folder, "turns").query("run == @path.name.removesuffix('.ttx.toml')")

    for turn, n in turns.dropna(subset="reckoned")[["turn", "reckoned"]].astype(int).to_numpy():
        fact = entries_[n]
        mine = {"played": fact["scores"]}
        proposed = max(one for one in entries_ if one <= n and "references" in entries_[one])
        for line in entries_[proposed]["references"]:
            robot, _, *values = line.split(" ")
            mine[robot] = [int(one) for one in values]
        for policy, values in mine.items():
            found = [round(100 * said[policy, turn, name]) for name in names]
            assert values == found, (policy, turn)


@pytest.mark.parametrize("policy", ["played", "phased", "hawaii"])
def test_a_score_is_what_its_formula_makes_of_its_inputs(folder: Path, policy: str) -> None:
    whole = tomllib.loads(EXAMPLES[0].read_text("utf-8"))["exercise"]
    (part,) = [one for one in whole["derived"] if one["id"] == "alliance_cohesion"]

    def mine(name: str) -> pd.DataFrame:
        frame = table(folder, name)
        run = EXAMPLES[0].name.removesuffix(".ttx.toml")
        return frame[(frame["run"] == run) & (frame["policy"] == policy)]

    wide = mine("score_input_values").pivot_table(index="turn", columns="input", values="value")
    said = mine("scores").query("score == 'cohesion'").set_index("turn")["value"]

    assert ("sum", list(range(11))) == (part["kind"], list(wide.index))
    for turn, stood in wide.iterrows():
        total = 0
        for one in part["terms"]:
            value = round(100 * stood[one["of"]])
            total += one.get("weight", 1) * (10000 - value if one.get("inverted") else value)
        total += round(100 * part.get("constant", 0))
        assert round(100 * said[turn]) == min(max(total // part["divisor"], 0), 10000)


# The data package says what its files hold


def test_the_package_says_what_its_files_hold(folder: Path) -> None:
    every = {f"{one.name}.csv" for one in TABLES}
    elsewhere = {"besides.csv"}  # no save here touches a budget; test_format.py has one that does
    assert every - elsewhere == holds(folder), "a table is tested empty"
    assert [f"{one.name}.csv" for one in TABLES] == [one["path"] for one, _ in resources(folder)]


FRAME = {
    *("readied", "started", "levers_left", "levers_closed", "emptied", "told", "responses_opened"),
    *(
        "paused",
        "resumed",
        "undone",
        "forked",
        "ended",
        "closed",
        "voted",
        "planned",
        "analysed",
        "replied",
    ),
    *("fed_back", "form_closed"),
}
"""Kinds of which an entry has no row of its own: what they say is in the row of something else."""


@pytest.mark.slow
def test_every_kind_of_entry_is_in_a_table() -> None:
    told = set()
    for source in taken(*ALL):
        kinds = {entry.n: declared(entry.event).name for entry in source.timeline.entries}
        for one in TABLES:
            keys = {"entry", "opened", "reckoned", "heard"} & {c.name for c in one.columns}
            if one.name != "entries":
                rows = rows_of(source, one.name)
                told |= {kinds[row[key]] for row in rows for key in keys if row[key]}

    assert set(KINDS) == told | FRAME
    assert not told & FRAME


# What is marked


def test_what_was_taken_back_stays_and_is_marked() -> None:
    (source,) = taken(UNDONE)
    whole = tomllib.loads(UNDONE.read_text("utf-8"))["event"]
    undone = {row["entry"]: row["undone_by"] for row in rows_of(source, "entries")}
    struck = {n for n, by in undone.items() if by is not None}

    assert list(range(1, len(whole) + 1)) == list(undone)
    by_hand: set[int] = set()
    kinds = {one["n"]: one["kind"] for one in whole}
    for one in whole:
        if one["kind"] == "undone":
            by_hand |= {
                n for n in range(one["back_to"] + 1, one["n"]) if not KINDS[kinds[n]].aside
            } - {n for n in range(1, one["n"]) if kinds[n] == "undone"}
    assert by_hand == struck
    for name in ("decisions", "injects", "lever_moves", "rulings"):
        rows = rows_of(source, name)
        assert rows
        assert {row["entry"] for row in rows if not row["in_force"]} == {
            row["entry"] for row in rows
        } & struck
    changes = rows_of(source, "track_changes")
    assert any(not row["stands"] for row in changes)
    assert not struck & {row["entry"] for row in changes if row["stands"]}


@pytest.mark.slow
def test_a_ruling_by_a_person_stands_beside_that_of_the_model() -> None:
    (source,) = taken(FACILITATED)
    whole = {one["n"]: one for one in tomllib.loads(FACILITATED.read_text("utf-8"))["event"]}
    amended = [n for n, one in whole.items() if one["kind"] == "amended"]
    rulings = {row["entry"]: row for row in rows_of(source, "rulings")}

    for n in amended:
        model = max(one for one in rulings if one < n and rulings[one]["how"] == "model")
        assert whole[n]["how"] == rulings[n]["how"]
        assert (rulings[n]["inject"], rulings[model]["inject"]) == (whole[n]["inject"],) * 2
        assert not rulings[model]["stands"]
    last = {row["number"]: n for n, row in rulings.items() if row["in_force"]}
    assert set(last.values()) == {n for n, row in rulings.items() if row["stands"]}
    assert set(amended) & set(last.values())
    adversaries = rows_of(source, "adversaries")
    recast = {one["how"] for one in whole.values() if one["kind"] == "recast"}
    assert recast
    assert {"model", *recast} == {row["how"] for row in adversaries}
    stands = [(row["turn"], row["adversary"]) for row in adversaries if row["stands"]]
    assert len(set(stands)) == len(stands) == 3 * len(source.turns)


def test_odds_and_draws_say_who_acted() -> None:
    acted = 0
    for source in taken(*ALL):
        for row in rows_of(source, "adversaries"):
            if row["how"] != "model" or row["rule"]:
                continue  # a person ruled, or chose
            acts = int(row["act_draw_exact"]) < int(row["act_odds_exact"])
            more = int(row["escalate_draw_exact"]) < int(row["escalate_odds_exact"])
            assert row["wanted"] == ("restraint" if not acts else "escalate" if more else "probe")
            done, wanted = (RESPONSES.index(row[name]) for name in ("response", "wanted"))
            assert done <= wanted  # a purse only ever keeps back
            assert row["act_odds"] == int(row["act_odds_exact"]) * 10000 // 2**32
            acted += acts
    assert acted


# Not for attribution


def names_of(source: Source) -> set[str]:
    return {one.id for one in source.exercise.seat}


@pytest.mark.slow
def test_not_for_attribution_names_no_seat_no_hour_and_no_file() -> None:
    (open_,), (hidden,) = taken(FACILITATED), taken(FACILITATED, anonymous=True)
    fields = ("text", "rationale", "written", "pro", "contra", "question", "reply", "reason", "why")

    def told(source: Source) -> Iterator[tuple[str, str, object]]:
        for one in TABLES:
            for row in one.filled([source]):
                for column, value in zip(one.columns, row, strict=True):
                    yield one.name, column.name, value

    def seats(source: Source) -> set[str]:
        said = {str(v) for _, name, v in told(source) if name in ("by", "to", "seat", "about")}
        return said & names_of(source)

    assert {"usfj", "facilitator", "evaluator"} <= seats(open_)
    assert set() == seats(hidden) - {"evaluator", "observer"}, "of these there may be several"
    assert "" == "".join(str(v) for _, name, v in told(hidden) if name == "at")
    assert any(v for _, name, v in told(open_) if name == "at")
    assert {"run-1"} == {v for _, name, v in told(hidden) if name == "run"}
    texts = [v for _, name, v in told(open_) if name in fields]
    assert texts == [v for _, name, v in told(hidden) if name in fields], "texts stay as typed"
    for name in saves.as_jsonl([hidden]):
        assert FACILITATED.name.removesuffix(".ttx.toml") not in name
    lines = saves.as_jsonl([hidden])["entries.jsonl"].decode().splitlines()
    for line in lines:
        one = json.loads(line)
        assert "" == one["at"]
        assert one["by"] not in names_of(hidden) - {"evaluator", "observer"}
        assert not {"usfj", "osd", "kantei"} & {one["fact"].get("seat"), one["fact"].get("to")}


def test_a_quote_is_nobodys_where_nothing_is_for_attribution(tmp_path: Path) -> None:
    table_ = seated("tutorial", path=tmp_path / "run.ttx.toml")
    assert until(table_, phases.DELIBERATION)
    seat = table_.game.run.first_seat
    for sort in ("quote", "insight"):
        table_.submit(seat, Note("as it was said", sort), len(table_.entries))
    table_.leave()

    def authors(*, anonymous: bool) -> list[tuple[str, str]]:
        (source,) = taken(tmp_path / "run.ttx.toml", anonymous=anonymous)
        notes = [(row["by"], row["cell"]) for row in rows_of(source, "notes")]
        assert notes == [
            (row["by"], row["cell"]) for row in rows_of(source, "entries") if row["kind"] == "noted"
        ]
        lines = saves.as_jsonl([source])["entries.jsonl"].decode().splitlines()
        by = [one["by"] for one in map(json.loads, lines) if one["kind"] == "noted"]
        assert [one[0] for one in notes] == by
        return notes

    cell = exercise("tutorial").seat[0].cell
    assert [(seat, cell), (seat, cell)] == authors(anonymous=False)
    assert [("", ""), (cell, cell)] == authors(anonymous=True)


# Forms


def of(*values: str) -> tuple[Table[None], list[Row]]:
    """A table with a text in each row."""
    said = Column("said", "text", "What was said.", empty=True)
    place = Column("place", "whole", "Where.")
    rows: list[Row] = list(enumerate(values))
    return Table("words", "Words", "A word.", ("place",), (place, said), lambda _: rows), rows


DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "\t=1",
    "0012",
    "1e5",
    "TRUE",
]


def test_csv_keeps_every_text_to_the_letter() -> None:
    texts = [*NASTY, *DANGEROUS, 'a "quoted", text\r\nof two lines', "\r", "\n"]
    made, rows = of(*texts)

    data = b"".join(lines_of(made.columns, rows))

    read_ = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert texts == [row[1] for row in read_[1:]]
    assert 6 == formulas({"words": of(*DANGEROUS)})
    frame = pd.read_csv(io.BytesIO(b"".join(lines_of(made.columns, of(*DANGEROUS)[1]))), dtype=str)
    assert DANGEROUS == list(frame["said"])


NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(data: bytes) -> dict[str, list[dict[str, tuple[str, str]]]]:
    """For each sheet its rows: for each cell its type and what it shows."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = [
            "".join(part.text or "" for part in one.iter(f"{{{NS['x']}}}t"))
            for one in ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314  # made here
        ]
        listed = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314  # made here
        names = [one.attrib["name"] for one in listed.findall(".//x:sheet", NS)]
        found = {}
        for at, name in enumerate(names, 1):
            sheet = ET.fromstring(book.read(f"xl/worksheets/sheet{at}.xml"))  # noqa: S314  # made here
            assert [] == sheet.findall(".//x:f", NS), "a formula"
            assert [] == sheet.findall(".//x:hyperlink", NS)
            pane = sheet.find(".//x:pane", NS)
            assert pane is not None
            assert ("1", "frozen") == (pane.attrib["ySplit"], pane.attrib["state"])
            found[name] = [
                {
                    re.sub(r"\d", "", cell.attrib["r"]): (
                        cell.attrib.get("t", "n"),
                        strings[int(value.text or "")]
                        if cell.attrib.get("t") == "s"
                        else value.text or "",
                    )
                    for cell in row
                    if (value := cell.find("x:v", NS)) is not None
                }
                for row in sheet.findall(".//x:row", NS)
            ]
        return found


def test_a_workbook_has_typed_cells_and_no_formula() -> None:
    rows = sheets(workbook({"words": of(*DANGEROUS)}, "T", "About."))["words"]

    assert {"A": ("s", "place"), "B": ("s", "said")} == rows[0]
    assert [("s", one) for one in DANGEROUS] == [row["B"] for row in rows[1:]]
    assert [("n", str(at)) for at in range(len(DANGEROUS))] == [row["A"] for row in rows[1:]]


@pytest.mark.slow
def test_a_workbook_holds_what_the_tables_hold() -> None:
    sources = taken(FACILITATED)
    filled = saves.filled(sources)
    data = saves.as_xlsx(sources, filled)

    found = sheets(data)

    assert ["about", *(one.name for one in TABLES)] == list(found)
    for one, rows in filled.values():
        assert len(rows) + 1 == len(found[one.name])
        assert [column.name for column in one.columns] == [
            v for _, v in found[one.name][0].values()
        ]
    numbers = [float(row["E"][1]) for row in found["scores"][1:]]
    assert [row[4] for row in filled["scores"][1]] == [round(100 * one) for one in numbers]
    explained = {(row.get("A", ("", ""))[1], row.get("B", ("", ""))[1]) for row in found["about"]}
    assert explained >= {(one.name, column.name) for one in TABLES for column in one.columns}
    assert data == saves.as_xlsx(taken(FACILITATED), saves.filled(taken(FACILITATED)))


def test_what_no_workbook_holds_is_refused_whole() -> None:
    with pytest.raises(TooLarge, match="32767 characters, and said of words is longer; take CSV"):
        workbook({"words": of("x" * (LONGEST + 1))}, "", "")


# Entries as JSON and their schema


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    described = json.loads(document())
    jsonschema.Draft202012Validator.check_schema(described)
    return jsonschema.Draft202012Validator(described)


@cache
def of_kind(kind: str) -> jsonschema.Draft202012Validator:
    """The schema without what is said of other kinds, which asks nothing of this one; faster."""
    described = json.loads(document())
    parts, wanted = described["$defs"], [json.dumps(described["properties"])]
    wanted += [
        json.dumps(one)
        for one in described["allOf"]
        if one["if"]["properties"]["kind"]["const"] == kind
    ]
    mine: dict[str, Any] = {}
    for text in wanted:
        for name in re.findall(r'"#/\$defs/(\w+)"', text):
            if name not in mine:
                mine[name] = parts[name]
                wanted.append(json.dumps(parts[name]))
    conditions = [json.loads(wanted[1])]
    return jsonschema.Draft202012Validator(described | {"allOf": conditions, "$defs": mine})


@pytest.mark.slow
def test_every_entry_of_every_save_is_valid(schema: jsonschema.Draft202012Validator) -> None:
    kinds = set()
    for source in [*taken(*ALL), *taken(FACILITATED, anonymous=True)]:
        made = saves.as_jsonl([source])
        lines = [json.loads(line) for line in made["entries.jsonl"].decode().splitlines()]
        assert len(source.timeline.entries) == len(lines)
        for one, entry in zip(lines, source.timeline.entries, strict=True):
            whole = schema if one["kind"] not in kinds else of_kind(one["kind"])
            assert [] == [error.message for error in whole.iter_errors(one)], entry.n
            assert (entry.n, declared(entry.event).name) == (one["n"], one["kind"])
            kinds.add(one["kind"])
        (run,) = made["runs.jsonl"].decode().splitlines()
        assert source.record.header.digest == json.loads(run)["digest"]
    assert set(KINDS) == kinds, "of each kind there is an entry in a save"


@pytest.mark.slow
@pytest.mark.parametrize("kind", EVENTS)
def test_whatever_a_save_may_hold_is_valid(
    kind: str, schema: jsonschema.Draft202012Validator
) -> None:
    @given(entries(EVENTS[kind]))
    @settings(max_examples=2)
    def valid(entry: Entry) -> None:
        one = json.loads(json.dumps(object_of(entry, "run", None, "0" * 32)))
        assert schema.is_valid(one)
        mine = of_kind(kind)
        said = entry_out(entry)
        assert {"n", "kind", "turn", "phase", "by"} <= said.keys()

        fact = one["fact"]
        for name in fact:
            assert not mine.is_valid(one | {"fact": {k: v for k, v in fact.items() if k != name}})
            wrong = 1.5 if not isinstance(fact[name], dict) else {"x": None}
            assert not mine.is_valid(one | {"fact": fact | {name: wrong}}), name
        assert not mine.is_valid(one | {"fact": fact | {"more": 1}})
        assert not mine.is_valid(one | {"more": 1})
        assert not schema.is_valid(one | {"kind": "nonsense"})
        assert not mine.is_valid(one | {"n": 0})
        assert not mine.is_valid(one | {"hash": "0"})
        assert not mine.is_valid({k: v for k, v in one.items() if k != "by"})

    valid()


@pytest.mark.slow
def test_an_entry_of_one_kind_is_not_valid_as_another(
    schema: jsonschema.Draft202012Validator,
) -> None:
    (source,) = taken(FACILITATED)
    lines = saves.as_jsonl([source])["entries.jsonl"].decode().splitlines()
    by_shape: dict[str, dict[str, Any]] = {}
    for line in lines:
        one = json.loads(line)
        by_shape.setdefault(",".join(sorted(one["fact"])), one)

    for one in by_shape.values():
        for other in by_shape.values():
            assert (one is other) == schema.is_valid(one | {"kind": other["kind"]})


def test_every_part_of_a_fact_is_explained() -> None:
    described = json.loads(document())

    assert set(KINDS) == {one["if"]["properties"]["kind"]["const"] for one in described["allOf"]}
    assert all(one["description"] for one in described["$defs"].values())
    assert (
        "0 to 100; 0 where it was not given."
        == (described["$defs"]["Answered"]["properties"]["confidence"]["description"])
    )
    assert ["policy", "crisis"] == described["$defs"]["Ruling"]["properties"]["slot"]["enum"]


# The verb, and what it refuses


def refused(*words: str | Path) -> str:
    """The sentence that answers a mistake in the asking."""
    with pytest.raises((ValueError, SaveError)) as raised:
        app(["export", *map(str, words)], standalone_mode=False)
    return str(raised.value)


def test_a_folder_with_anything_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")

    assert refused(KEPT[-1], "--out", out).endswith(
        "is not empty, and nothing is written into it or over it; name a folder that is new or "
        "empty."
    )
    assert "is no folder; name another" in refused(KEPT[-1], "--out", out / "mine.txt")
    assert ["mine.txt"] == [path.name for path in out.iterdir()]
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    assert "is no folder; name another" in refused(KEPT[-1], "--out", link)
    book = tmp_path / "book.xlsx"
    book.write_text("mine")
    assert "is there already" in refused(KEPT[-1], "--out", book)
    assert "mine" == book.read_text()


def test_a_folder_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill, wrote = files.fill, []

    def full(fd: int, data: bytes) -> None:
        wrote.append(data)
        if len(wrote) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        fill(fd, data)

    monkeypatch.setattr(files, "fill", full)
    with pytest.raises(files.NotWritten, match=r"out/b cannot be written: No space left"):
        write_folder(tmp_path / "out", {"a": b"a", "b": b"b", "c": b"c"})

    assert [] == list(tmp_path.iterdir())

    monkeypatch.setattr(files, "fill", fill)
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", {"a": b"a", "b": b"b"})
    with pytest.raises(files.NotWritten, match="is not empty"):
        write_folder(tmp_path / "out", {"c": b"c"})
    assert {"a", "b"} == {path.name for path in (tmp_path / "out").iterdir()}
    assert ["out"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.slow
def test_runs_of_other_exercises_are_not_mixed_unasked() -> None:
    both = [read(EXAMPLES[0]), read(KEPT[-1])]

    with pytest.raises(saves.Mixed, match=r"so their numbers are not one table's; .* say --mixed"):
        saves.sources_of(both)
    assert 2 == len(saves.sources_of(both, mixed=True))
    assert 2 == len(saves.sources_of([read(one) for one in EXAMPLES[:2]]))


def test_two_saves_of_one_name_have_two(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        played("tutorial", "alone", 11, tmp_path / name / "run.ttx.toml").leave()

    found = taken(tmp_path / "a" / "run.ttx.toml", tmp_path / "b" / "run.ttx.toml")

    assert ["run", "run-2"] == [one.run for one in found]


def test_a_save_that_is_named_twice_is_not_counted_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.ttx.toml"
    again.symlink_to(KEPT[-1])
    out = tmp_path / "out"

    assert 2 == app(["export", str(KEPT[-1]), str(again), "--out", str(out)], standalone_mode=False)
    assert "is named twice and would be counted twice" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.slow
def test_the_verb_writes_each_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form, out in (("csv", "package"), ("jsonl", "lines"), ("xlsx", "book.xlsx")):
        words = ["export", KEPT[-1], "--out", tmp_path / out, "--format", form]
        app([str(one) for one in words], standalone_mode=False)
        said = capsys.readouterr()
        assert f"{tmp_path / out}\n" == said.out
        assert "it is for the owner of the save" in said.err
    assert {"entries.jsonl", "runs.jsonl", "entry.schema.json"} == {
        path.name for path in (tmp_path / "lines").iterdir()
    }
    assert len(TABLES) + 1 == len(list((tmp_path / "package").iterdir()))
    assert zipfile.is_zipfile(tmp_path / "book.xlsx")
    app(["schema", "--save"], standalone_mode=False)
    assert (tmp_path / "lines" / "entry.schema.json").read_text("utf-8") == capsys.readouterr().out


def test_the_verb_counts_what_a_spreadsheet_may_take_for_a_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table_ = seated("tutorial", path=tmp_path / "run.ttx.toml")
    assert until(table_, phases.DELIBERATION)
    for said in ("=1+1", "-- as agreed", "plain"):
        table_.submit(table_.game.run.first_seat, Note(said), len(table_.entries))
    table_.leave()

    words = ["export", str(tmp_path / "run.ttx.toml"), "--out", str(tmp_path / "out")]
    app(words, standalone_mode=False)

    err = capsys.readouterr().err
    assert "Cells that begin with = + - or @: 2." in err
    assert "A draft, for the white cell alone: run not closed." in err
    notes = pd.read_csv(tmp_path / "out" / "notes.csv")
    assert ["=1+1", "-- as agreed", "plain"] == list(notes["text"])


@pytest.mark.slow
def test_the_verb_is_there_for_a_person(tmp_path: Path) -> None:
    told, err = ttx_("export", KEPT[-1], "--out", tmp_path / "book.xlsx", "--anonymous")

    assert f"{tmp_path / 'book.xlsx'}\n" == told
    assert "Not for attribution" in err
    assert ["about", *(one.name for one in TABLES)] == list(
        sheets((tmp_path / "book.xlsx").read_bytes())
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.ttx.toml", "--out", "x"], "There is no save at nowhere.ttx.toml."),
        ([KEPT[-1], "--out", "no/such/x"], "There is no folder no/such; make it"),
    ],
)
def test_a_mistake_in_the_asking_is_one_sentence(words: list[str | Path], sentence: str) -> None:
    assert refused(*words).startswith(sentence)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("pdf", "Saves have no form 'pdf'; choose from csv, jsonl, xlsx."),
        ("parquet", "Saves have no form 'parquet'; choose from csv, jsonl, xlsx."),
        ("xlsx", "A workbook ends in .xlsx; say --out x.xlsx."),
    ],
)
def test_a_form_that_there_is_not_is_one_sentence(
    form: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["export", str(KEPT[-1]), "--out", "x", "--format", form]
    assert 2 == app(words, standalone_mode=False)
    assert f"{sentence}\n" == capsys.readouterr().err


def test_a_run_that_is_not_closed_is_said_to_be_a_draft(tmp_path: Path) -> None:
    table_ = seated("tutorial", path=tmp_path / "run.ttx.toml")
    assert until(table_, phases.DELIBERATION)
    table_.leave()

    sources = taken(tmp_path / "run.ttx.toml")

    assert ["run"] == saves.drafts(sources)
    assert "Not closed, so a draft: run." in saves.about(sources)
    assert [False] == [row["closed"] for row in rows_of(sources[0], "runs")]
    assert [1] == [row["turn"] for row in rows_of(sources[0], "turns")]
    assert {0} == {row["turn"] for row in rows_of(sources[0], "scores")}


@pytest.mark.slow
def test_an_adversary_has_its_aim_and_what_its_purse_left_of_what_it_wanted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "run.ttx.toml"
    game = robots_alone("accelerate", "reckless", 4, path).game
    (source,) = taken(path)
    rows = rows_of(source, "adversaries")
    parts = {one.id: one for one in game.run.exercise.adversary}
    aims = {
        part.id: part.aim[at].id
        for part, at in zip(parts.values(), game.position.aims, strict=True)
    }
    chips = {name: one.purse.start for name, one in parts.items() if one.purse is not None}
    cost = {name: one.purse.price for name, one in parts.items() if one.purse is not None}

    assert [*parts] == [row["adversary"] for row in rows[: len(parts)]]
    assert [*chips] == [*parts]
    for row in rows:
        name = row["adversary"]
        purse = parts[name].purse
        assert purse is not None
        chips[name] = min(chips[name] + purse.income, purse.cap)
        assert (aims[name], chips[name]) == (row["aim"], row["purse"])
        wants = [*RESPONSES[: RESPONSES.index(row["wanted"]) + 1]]
        affords = [one for one in wants if cost[name].get(one, 0) <= chips[name]]
        assert affords[-1] == row["response"]
        chips[name] -= cost[name].get(row["response"], 0)
    assert len(rows) == len(parts) * len(game.turns)
