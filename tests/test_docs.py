from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from kit.pure import PURE
from pydantic import TypeAdapter

from ttx.exercise.load import load, proofread
from ttx.exercise.model.conditions import Condition
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.scores import Derived
from ttx.exercise.model.tracks import ClockIndex
from ttx.exercise.msel.sheets.columns import COLUMNS, PLACED, column
from ttx.plain import tell
from ttx.session.opening import begin
from ttx.session.phases import BRIEFING, CLOSED, TRANSITIONS
from ttx.session.run import PERSON
from ttx.session.seating import seating

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
AUTHORING = (DOCS / "authoring.md").read_text("utf-8")
ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


# docs/authoring.md

NAMED = re.compile(r"# ([\w./-]+\.toml)\n")
FILES = [(found[1], text) for text in blocks(AUTHORING, "toml") if (found := NAMED.match(text))]
PIECES = [text for text in blocks(AUTHORING, "toml") if not NAMED.match(text)]
SMALLEST = 2
"""How many files the page needs before the first `ttx check`."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, named as a person in the folder above would name it."""
    monkeypatch.chdir(tmp_path)
    Path("high_water").mkdir()
    return Path("high_water")


def put(folder: Path, count: int = len(FILES)) -> None:
    """The first files of the page in a folder, later ones over earlier ones of the same name."""
    for name, text in FILES[:count]:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")


def conditions(value: object) -> Iterator[dict[str, Any]]:
    """Every condition under the keys that hold one."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in ("when", "needs", "ends_when", "not"):
                yield one
            elif key in ("all", "any"):
                yield from one
            yield from conditions(one)
    elif isinstance(value, list):
        for one in value:
            yield from conditions(one)


@pytest.mark.parametrize("count", range(SMALLEST, len(FILES) + 1))
def test_every_file_of_the_page_leaves_a_sound_exercise(folder: Path, count: int) -> None:
    put(folder, count)

    proof = proofread(folder)

    assert ([], []) == (proof.problems, proof.warnings)


@pytest.mark.parametrize("count", [SMALLEST, len(FILES)])
@pytest.mark.parametrize("robot", ["steady", "random"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_exercise_of_the_page_plays_to_its_review(
    folder: Path, count: int, robot: str, seed: int
) -> None:
    put(folder, count)
    exercise = load(folder)

    table = begin(exercise, seating(exercise, robot), seed, None)
    lines: list[str] = []
    tell(table, lines.append)

    assert table.closed
    assert f"REVIEW of High water, seed {seed}: 2 of 2 turns" in lines
    assert "{onset" not in "".join(lines)


def test_the_smallest_exercise_of_the_page_finds_a_seed(folder: Path) -> None:
    put(folder, SMALLEST)
    exercise = load(folder)

    table = begin(exercise, seating(exercise), None, None)

    assert [PERSON] == list(table.game.run.players.values())
    assert BRIEFING == table.game.phase


@pytest.mark.parametrize("piece", PIECES, ids=lambda text: text.split("\n")[0])
def test_every_piece_of_the_page_has_the_shape_it_shows(piece: str) -> None:
    for key, value in tomllib.loads(piece).items():
        if key in Exercise.model_fields:
            shape: Any = Exercise.model_fields[key].annotation
            TypeAdapter(shape).validate_python(value)
        elif key in ("when", "needs"):
            TypeAdapter(Condition).validate_python(value)
        else:
            assert "rule" == key, "a setting of an editor"


def test_the_page_names_every_key_at_the_top_of_an_exercise() -> None:
    told = AUTHORING + "".join(f"`{key}`" for _, text in FILES for key in tomllib.loads(text))

    assert [] == [key for key in Exercise.model_fields if f"`{key}`" not in told]


def test_the_page_shows_every_kind_of_derived_value_and_condition() -> None:
    union: Any = Derived
    members = [ClockIndex, *get_args(get_args(union)[0])]
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in members}
    parsed = [tomllib.loads(text) for text in blocks(AUTHORING, "toml")]
    shown = {one["kind"] for table in parsed for one in table.get("derived", [])}
    shown |= {one["value"]["kind"] for t in parsed for one in t.get("track", []) if "value" in one}
    asked = {key for table in parsed for one in conditions(table) for key in one}

    assert kinds == shown
    assert [] == sorted(kind for kind in kinds if f"| `{kind}` |" not in AUTHORING)
    assert {"all", "any", "not", "of", "lever", "fired", "outcome", "responded"} <= asked


def test_ttx_check_says_what_the_page_says(folder: Path) -> None:
    put(folder)
    for name, right, wrong in (
        ("exercise.toml", 'track = "trust", by = 6 }', 'track = "trsut", by = 6 }'),
        ("tracks.toml", "rate = 4", "rte = 4"),
        ("levers.toml", "cap = 40", "cap = 40.5"),
    ):
        file = folder / name
        file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")

    said = [str(problem) for problem in proofread(folder).problems]

    assert said == blocks(AUTHORING, "text")[0].splitlines()


def test_an_editor_can_be_spared_the_keys_of_other_files() -> None:
    assert 'del s["required"]' in AUTHORING
    assert "required" in Exercise.model_json_schema(by_alias=True)


# docs/architecture.md


def diagram() -> str:
    """The phases as Mermaid text: what most of them lead to is one arrow from all of these."""
    table = [
        ([one["source"]] if isinstance(one["source"], str) else one["source"], one)
        for one in TRANSITIONS
    ]
    widest = max((sources for sources, _ in table), key=len)
    inside: list[str] = []
    outside: list[str] = []
    for sources, one in table:
        for source in ["exercise"] if sources == widest else sources:
            among = source in widest and one["dest"] in widest
            (inside if among else outside).append(f"{source} --> {one['dest']}: {one['trigger']}")
    return "\n".join(
        [
            "stateDiagram-v2",
            "    state exercise {",
            f"        [*] --> {BRIEFING}",
            *(f"        {arrow}" for arrow in inside),
            "    }",
            *(f"    {arrow}" for arrow in outside),
            f"    {CLOSED} --> [*]",
            "",
        ]
    )


def test_the_diagram_is_the_table_of_phases() -> None:
    assert [diagram()] == blocks(ARCHITECTURE, "mermaid")


def rooms() -> list[str]:
    """What stands in the first column of the page's table of rooms."""
    return re.findall(r"^\| `([\w./]+)` \|", ARCHITECTURE, re.MULTILINE)


def test_the_table_of_rooms_is_the_package() -> None:
    built = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "ttx").iterdir()
        if path.name not in ("__init__.py", "__main__.py", "py.typed")
        and not path.name.startswith(("_", "."))
    }

    assert built == {*rooms()}


def test_the_modules_that_the_page_names_exist() -> None:
    named = re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|tcss))`", ARCHITECTURE)
    folders = [ROOT / "ttx", *(ROOT / "ttx" / room for room in rooms() if room.endswith("/"))]
    there = {*(ROOT / name for name in named if (ROOT / name).exists())}

    assert [] == [
        name
        for name in named
        if ROOT / name not in there and not any((folder / name).exists() for folder in folders)
    ]


def test_the_glossary_gives_each_word_one_meaning_and_a_place_that_is_there() -> None:
    table = ARCHITECTURE.partition("## Glossary")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\w[\w ]*) \| .+ \| `([\w/.]+)` \|$", table, re.MULTILINE)

    assert len(rows) > 30
    assert len(rows) == len({word.casefold() for word, _ in rows})
    for word, place in rows:
        there = next(path for path in (ROOT / "ttx" / place, ROOT / place) if path.exists())
        if re.search(r"[a-z][A-Z]", word):
            assert re.search(rf"^class {word}\b", there.read_text("utf-8"), re.MULTILINE), word


def test_the_order_of_the_rooms_is_the_contract() -> None:
    (layers,) = (
        one["layers"]
        for one in SETTINGS["tool"]["importlinter"]["contracts"]
        if one.get("containers") == ["ttx"]
    )

    assert " → ".join(layers) in ARCHITECTURE


def test_the_page_names_what_is_pure() -> None:
    told = ARCHITECTURE.partition("## What is pure")[2].partition("\n## ")[0]

    assert [] == [room for room in PURE if f"`{room.removeprefix('ttx.')}`" not in told]


# docs/decisions/

PARTS = ("Context", "Decision", "Why", "Consequences")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [f"{n:04d}" for n in range(1, len(DECISIONS) + 1)] == [p.name[:4] for p in DECISIONS]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_short_and_has_its_four_parts(page: Path) -> None:
    text = page.read_text("utf-8")

    assert text.startswith(f"# {page.name[:4]}. ")
    assert len(text.splitlines()) <= 25
    assert [*PARTS] == re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)


# Every page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))

    assert [] == [link for link in links if "://" not in link and not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_holds_no_path_of_a_machine_and_claims_no_compliance(page: Path) -> None:
    text = page.read_text("utf-8")

    assert [] == re.findall(r"(?<![\w.])/(?:home|root|tmp|usr|work|Users)/\S*", text)
    assert "HSEEP-compliant".casefold() not in text.casefold()


# docs/documents.md


def test_the_columns_of_an_msel_and_their_other_names_are_told() -> None:
    page = (DOCS / "documents.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z][A-Z ()]+) \|(.*?)\|", page, re.MULTILINE)

    assert [one.header for one in PLACED] == [header for header, _ in rows]
    for header, others in rows:
        for name in filter(None, others.strip().split(", ")):
            told = column(name)
            assert told is not None, name
            assert told.header == header
    (kept,) = re.findall(
        r"^Understood, and without a place in an exercise: (.*?)\. ", page, re.MULTILINE
    )
    bare = re.sub(r"\(.*?\)", "", kept)
    assert [one.header for one in COLUMNS if not one.placed] == [
        one.strip() for one in bare.split(",")
    ]
