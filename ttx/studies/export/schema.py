"""The JSON Schema of an entry as JSON, made from the kinds of entries and the facts they hold."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from functools import cache
from itertools import pairwise
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ttx.session.answer import Answer
from ttx.session.events import Given
from ttx.session.kinds import ROWS
from ttx.session.phases import PHASES

Parts = dict[type, dict[str, Any]]
"""Schemas by the class that they describe."""
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS: dict[Any, str] = {str: "string", int: "integer", bool: "boolean"}
_STAMPS: dict[str, tuple[dict[str, Any], str]] = {
    "run": ({"type": "string"}, "The run."),
    "n": ({"type": "integer", "minimum": 1}, "The number of the entry in its record, from 1."),
    "kind": ({"enum": [row.name for row in ROWS]}, "What kind of fact it is."),
    "turn": ({"type": "integer", "minimum": 0}, "The turn; 0 before the first."),
    "phase": ({"enum": list(PHASES)}, "The phase it led to."),
    "by": (
        {"type": "string"},
        (
            "Who: a seat, `robot:NAME`, dice, model or nobody. Not for attribution: a cell instead "
            "of a seat, control, evaluator or observer, and nothing for a quote."
        ),
    ),
    "at": ({"type": "string"}, "Wall time, ISO in UTC; empty where none is given."),
    "elapsed": ({"type": "integer", "minimum": 0}, "Seconds in the phase, pauses left out."),
    "undone_by": (
        {"type": ["integer", "null"], "minimum": 1},
        "The entry that took it back; null where it counts.",
    ),
    "hash": (
        {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "The hash of the entry in its record, which holds the hash of the one before it.",
    ),
    "fact": ({"type": "object"}, "What happened, by the schema of its kind."),
}


def entry_schema() -> dict[str, Any]:
    """The JSON Schema of one line of `entries.jsonl`: every kind of entry that a save can hold.

    Numbers are as the engine has them: hundredths of a point, minutes, whole money, odds and draws
    per 4,294,967,296.

    Raises:
        TypeError: A field of a kind of entry has a type that no rule here describes.
    """
    parts: Parts = {}
    kinds = []
    for row in ROWS:
        fact = {"$ref": f"#/$defs/{_part(row.fact, parts)}"}
        # A condition for each kind and not one of all: what is wrong is then said of that kind.
        kinds.append(
            {
                "if": {"properties": {"kind": {"const": row.name}}},
                "then": {"properties": {"fact": fact}},
            }
        )
    named = {kind.__name__: schema for kind, schema in parts.items()}
    if len(named) != len(parts):
        raise TypeError("two parts of facts have one name")
    return {
        "$schema": DRAFT,
        "title": "An entry of a record of ttx",
        "description": " ".join((entry_schema.__doc__ or "").split()),
        "type": "object",
        "properties": {
            name: schema | {"description": about} for name, (schema, about) in _STAMPS.items()
        },
        "required": list(_STAMPS),
        "additionalProperties": False,
        "allOf": kinds,
        "$defs": named,
    }


def document() -> str:
    """The same as text."""
    return json.dumps(entry_schema(), indent=2, ensure_ascii=False)


def _part(kind: type, parts: Parts) -> str:
    """The name of the schema of a class with named parts, which is put among `parts`."""
    if kind in parts:
        return kind.__name__
    texts, hints = _texts(kind), get_type_hints(kind)
    if issubclass(kind, Given):  # as `decoded` has it: the answer is no object of its own
        del hints["answer"]
        texts, hints = texts | _texts(Answer), hints | get_type_hints(Answer)
    properties: dict[str, Any] = {}
    parts[kind] = {
        "description": inspect.getdoc(kind) or "",
        "type": "object",
        "properties": properties,
        "required": list(hints),
        "additionalProperties": False,
    }
    for field, hint in hints.items():
        about = {"description": texts[field]} if field in texts else {}
        properties[field] = _of(hint, parts) | about
    return kind.__name__


def _of(hint: Any, parts: Parts) -> dict[str, Any]:  # noqa: ANN401  # a type is no class
    """The schema of a type; TypeError where nothing says what JSON makes of it."""
    origin, inside = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        return {"$ref": f"#/$defs/{_part(hint, parts)}"}
    if origin is Literal:
        return {"enum": list(inside)}
    if origin is tuple and len(inside) == 2 and inside[1] is Ellipsis:
        return {"type": "array", "items": _of(inside[0], parts)}
    if origin is dict and inside[0] is str:
        return {"type": "object", "additionalProperties": _of(inside[1], parts)}
    if origin in (Union, UnionType):
        return {"anyOf": [_of(part, parts) for part in inside]}
    raise TypeError(f"nothing says how {hint} is written as JSON")


def _texts(kind: type) -> dict[str, str]:
    """The text below each field of a class and of those it extends, as its author wrote it."""
    texts: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if is_dataclass(base) or hasattr(base, "_fields"):
            texts |= _written_in(base.__module__).get(base.__name__, {})
    return texts


@cache
def _written_in(module: str) -> dict[str, dict[str, str]]:
    """The text below each field of each class of a module."""
    source = inspect.getsource(sys.modules[module])
    classes = [body for body in ast.parse(source).body if isinstance(body, ast.ClassDef)]
    return {definition.name: dict(_below(definition.body)) for definition in classes}


def _below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, " ".join(words.split())
