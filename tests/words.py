"""The sentences of ttx as its sources say them: `make words` writes them to ttx/locale/ttx.pot.

Babel's own reader of Python passes over a sentence that stands within the values of another, so
they are read from the syntax tree; files and catalogues are Babel's.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "ttx" / "locale"
TEMPLATE = FOLDER / "ttx.pot"
HEADER = r"""# The sentences of ttx, gathered by `make words`.
msgid ""
msgstr ""
"Project-Id-Version: ttx\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
DOORS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
"""The functions that a sentence goes through, and how many texts each of them is given first."""

SHOWN = ("description", "tooltip")
"""What a key binding says of itself; it is shown through the door wherever it is read."""


class Said(NamedTuple):
    """One call of a door in a source."""

    place: str
    """The file, as the repository names it."""
    line: int
    door: str
    texts: tuple[ast.expr, ...]
    """What it is given as text: the singular and the plural, the context and the word."""
    values: frozenset[str]
    """The names of what is filled in."""
    spread: bool
    """Whether more values come from a mapping."""

    @property
    def literals(self) -> tuple[str, ...] | None:
        """Its texts, or None where one of them is not written out here."""
        texts = tuple(
            part.value
            for part in self.texts
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
        return texts if len(texts) == len(self.texts) == DOORS[self.door] else None


def calls(source: str, place: str) -> Iterator[Said]:
    """Every call of a door in a source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and _is_verb(node):
            help_ = ast.Constant(ast.get_docstring(node) or "")
            yield Said(place, node.lineno, "N_", (help_,), frozenset(), spread=False)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "Binding":
            shown = [*node.args[2:3], *(k.value for k in node.keywords if k.arg in SHOWN)]
            for text in shown:
                if isinstance(text, ast.Constant) and text.value:
                    yield Said(place, node.lineno, "N_", (text,), frozenset(), spread=False)
        if node.func.id in DOORS:
            names = [keyword.arg for keyword in node.keywords]
            yield Said(
                place,
                node.lineno,
                node.func.id,
                tuple(node.args[: DOORS[node.func.id]]),
                frozenset(name for name in names if name),
                None in names,
            )


def _is_verb(node: ast.FunctionDef) -> bool:
    """Whether a function is one of the command line's, whose docstring is its help."""
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ("command", "callback")
        for decorator in node.decorator_list
    )


def all_calls() -> list[Said]:
    """Those of all sources, the doors' own module aside."""
    return [
        said
        for path in sorted((ROOT / "ttx").rglob("*.py"))
        if path.name != "i18n.py"
        for said in calls(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
    ]


def gathered(said: list[Said]) -> Catalog:
    """A catalogue of what is written out, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    for one in said:
        texts = one.literals
        if texts is None or not texts[-1]:
            continue
        flags = ["python-brace-format"] if one.values else []
        if one.door == "ngettext":
            catalog.add(texts, locations=[(one.place, 1)], flags=flags)
        elif one.door == "pgettext":
            catalog.add(texts[1], locations=[(one.place, 1)], flags=flags, context=texts[0])
        else:
            catalog.add(texts[0], locations=[(one.place, 1)], flags=flags)
    return catalog


def template() -> str:
    """What ttx/locale/ttx.pot has to say."""
    written = io.BytesIO()
    write_po(
        written,
        gathered(all_calls()),
        width=100,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
    )
    return HEADER + written.getvalue().decode("utf-8")


def fields(text: str) -> set[str]:
    """The names that a sentence has a place for; ValueError where its braces do not match."""
    names: set[str] = set()
    for _text, name, spec, _conversion in Formatter().parse(text):
        if name is not None:
            names.add(name)
            names |= fields(spec or "")
    return names


def misfits(catalog: Catalog) -> list[str]:
    """The entries of a translation that fill in other values than their sentence does."""
    wrong = []
    for message in catalog:
        if not message.id or not message.string:
            continue
        sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if "python-brace-format" not in message.flags:
            continue
        allowed = set().union(*map(fields, sources))
        for text in filter(None, texts):
            try:
                fits = fields(text) <= allowed and (len(sources) > 1 or fields(text) == allowed)
            except ValueError:
                fits = False
            if not fits:
                wrong.append(f"{sources[0]!r}: {text!r}")
    return wrong


def main() -> None:
    """Write the template."""
    FOLDER.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), "utf-8")


if __name__ == "__main__":
    main()
