"""Catalogues: what is gathered from the sources, what a translation may say, and how it is read."""

from __future__ import annotations

import ast
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import words
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ttx import catalogues, i18n
from ttx.catalogues import NoCatalogue
from ttx.i18n import _, ngettext

ROOT = Path(__file__).parents[1]
calls = cache(words.all_calls)
"""Every call of a door, looked for when the first test asks."""


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_CATALOGUES", {})


# What goes through the door


def test_a_sentence_stands_written_out_where_it_is_said() -> None:
    """A text is a literal, or looked up in a table of them; nothing is put together on the way."""
    made = (ast.JoinedStr, ast.BinOp, ast.Call)
    wrong = [
        f"{said.place}:{said.line}: {ast.unparse(part)}"
        for said in calls()
        for part in said.texts
        if isinstance(part, made) and not _looked_up(part)
    ]
    assert [] == wrong
    of_tables = [f"{c.place}:{c.line}" for c in calls() if c.door == "N_" and c.literals is None]
    assert [] == of_tables


def _looked_up(part: ast.expr) -> bool:
    """`TABLE.get(key, "")`, or a function that gives a text of a table."""
    return isinstance(part, ast.Call) and not (
        isinstance(part.func, ast.Attribute) and part.func.attr in ("format", "join", "replace")
    )


def test_every_value_of_a_sentence_has_its_place_and_every_place_its_value() -> None:
    wrong = []
    for said in calls():
        texts = said.literals
        if texts is None or said.door == "N_" or said.spread:
            continue
        if not said.values and said.door != "ngettext":
            continue  # its braces, if any, are signs like others
        known = said.values | ({"count"} if said.door == "ngettext" else set())
        shown = texts[1:] if said.door == "pgettext" else texts
        places = set().union(*map(words.fields, shown))
        if places - known or said.values - places:
            wrong.append(f"{said.place}:{said.line}: {sorted(places ^ said.values)}")
    assert [] == wrong


def test_what_is_gathered_names_its_file_and_its_values() -> None:
    source = (
        'a = _("{seat} has left", seat=_("nobody " "here"))\n'
        'b = ngettext("{count} seat", "{count} seats", len(x))\n'
        'c = pgettext("month", "May")\n'
        'd = {"x": N_("Yes")}\n'
        "e = _(d[x])\n"
    )
    found = words.gathered([*words.calls(source, "ttx/x.py")])
    ids = [message.id for message in found if message.id]
    assert ["{seat} has left", ("{count} seat", "{count} seats"), "May", "Yes"] == [
        one for one in ids if one != "nobody here"
    ]
    assert "nobody here" in ids
    assert found.get("May", "month") is not None
    assert "python-brace-format" in found["{seat} has left"].flags
    assert "python-brace-format" not in found["Yes"].flags


# What a translation says


def test_a_translation_fills_in_what_its_sentence_does() -> None:
    catalog = Catalog(locale="de")
    for source, text in (
        ("{seat} has left", "{sitz} ist fort"),
        ("{seat} came", "{seat} kam"),
        ("{seat} rose", "{seat ging"),
        (("{count} seat", "{count} seats"), ("ein Sitz", "{count} Sitze")),
        (("{count} cell", "{count} cells"), ("{zahl} Zelle", "{count} Zellen")),
    ):
        catalog.add(source, text, flags=["python-brace-format"])
    assert [
        "'{seat} has left': '{sitz} ist fort'",
        "'{seat} rose': '{seat ging'",
        "'{count} cell': '{zahl} Zelle'",
    ] == words.misfits(catalog)


def test_each_catalogue_fits_and_is_compiled() -> None:
    for path in sorted(words.FOLDER.glob("*/LC_MESSAGES/ttx.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parents[1].name, domain="ttx")
        assert [] == words.misfits(catalog)
        compiled = BytesIO()
        write_mo(compiled, catalog)
        assert compiled.getvalue() == path.with_suffix(".mo").read_bytes(), "run `make words`"


# How a language is read


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues with one language in it."""
    catalog = Catalog(locale="de")
    catalog.add("Nothing was asked.", "Nichts wurde gefragt.")
    catalog.add(("{count} seat", "{count} seats"), ("ein Sitz", "{count} Sitze"))
    path = tmp_path / "de" / "LC_MESSAGES" / "ttx.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    return path


def test_a_catalogue_is_read_once_somebody_reads_its_language(german: Path) -> None:
    assert ("en", "de") == catalogues.available()
    assert not i18n.has("de")
    with i18n.reading("de"):
        assert "Nothing was asked." == _("Nothing was asked.")
        assert catalogues.load("de")
        assert "Nichts wurde gefragt." == _("Nothing was asked.")
        assert "ein Sitz" == ngettext("{count} seat", "{count} seats", 1)
        assert "3 Sitze" == ngettext("{count} seat", "{count} seats", 3)
    german.unlink()
    assert catalogues.load("de"), "it is read once"


def test_english_needs_no_file_and_another_language_may_have_none() -> None:
    assert "en" == catalogues.available()[0]
    assert catalogues.load("en")
    assert not catalogues.load("xx")
    assert "xx" == catalogues.asked_for("xx", "--language")


@pytest.mark.parametrize("damage", [b"", b"no catalogue", b"\xde\x12\x04\x95" + b"\xff" * 24])
def test_a_catalogue_that_cannot_be_read_is_named(german: Path, damage: bytes) -> None:
    german.write_bytes(damage)
    with pytest.raises(NoCatalogue, match=r"ttx\.mo: this catalogue cannot be read .* English"):
        catalogues.load("de")
    assert not i18n.has("de")


@pytest.mark.parametrize("word", ["german", "EN", "de_DE", "../de", "", "d"])
@pytest.mark.usefixtures("german")
def test_what_is_no_code_is_refused(word: str) -> None:
    with pytest.raises(NoCatalogue, match=r"TTX_LANGUAGE: .* no code of a language; .* en, de"):
        catalogues.asked_for(word, "TTX_LANGUAGE")


def test_the_template_holds_what_the_sources_say() -> None:
    there = words.TEMPLATE.read_text("utf-8")
    assert words.template() == there, "the sentences have changed: run `make words`"


def test_what_a_reader_reads_is_no_key_and_is_compared_with_nothing() -> None:
    """A word in the reader's language looks nothing up: in another one it would not be there."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted((ROOT / "ttx").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.expr) and any(map(_in_words, _looked_at(node)))
    ]
    assert [] == wrong


ATTRIBUTES = ("getattr", "setattr", "hasattr")
KEYS = ("__setattr__", "endswith", "get", "pop", "setdefault", "startswith")


def _looked_at(node: ast.expr) -> list[ast.expr]:
    """What of a node has to be a certain word for it to do anything."""
    match node:
        case ast.Subscript(slice=key):
            return [key]
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.Dict(keys=keys):
            return [key for key in keys if key is not None]
        case ast.Call(func=ast.Name(id=name), args=args) if name in ATTRIBUTES:
            return args[1:2]
        case ast.Call(func=ast.Attribute(attr=name), args=args) if name in KEYS:
            return args[: 2 if name == "__setattr__" else 1]
    return []


def _in_words(part: ast.expr) -> bool:
    """Whether it is in the reader's language; `N_` only marks what stands in English."""
    door = part.func if isinstance(part, ast.Call) else None
    return isinstance(door, ast.Name) and door.id in words.DOORS and door.id != "N_"
