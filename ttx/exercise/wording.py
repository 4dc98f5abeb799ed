"""What pydantic has against an exercise, in the words of its author: keys, choices, limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ttx.exercise.bounds import FULL, LIMITS, Span
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import NoPoints, OffTheScale, TooFine
from ttx.exercise.problems import (
    Finding,
    KeyPath,
    below,
    did_you_mean,
    in_points,
    meant,
    shorter,
    shown,
)
from ttx.i18n import N_, _

_TAGS = {
    *("all", "any", "not", "of", "lever", "fired", "outcome", "responded"),
    *("sum", "scarcer", "shortfall", "by_level", "fading", "blend"),
}
_FORMS = {
    r"^[A-Z]$": N_("one capital letter"),
    r"^#[0-9a-f]{6}$": N_("# and six small hexadecimal digits, such as #87afff"),
    r"^[a-z]{2}$": N_("two small letters, such as en or ja"),
    r"^[A-Za-z0-9][A-Za-z0-9_-]*$": N_("an id (letters, digits, _ and -)"),
}
_KINDS = {
    "string_type": N_("a text"),
    "string_unicode": N_("a text"),
    "int_type": N_("a whole number"),
    "int_parsing": N_("a whole number"),
    "int_from_float": N_("a whole number"),
    "decimal_type": N_("a number"),
    "decimal_parsing": N_("a number"),
    "finite_number": N_("a number"),
    "bool_type": N_("true or false"),
    "bool_parsing": N_("true or false"),
    "list_type": N_("a list"),
    "tuple_type": N_("a list"),
    "dict_type": N_("a table"),
    "model_type": N_("a table"),
    "model_attributes_type": N_("a table"),
    "date_type": N_("a date, such as 2024-12-01"),
    "date_from_datetime_parsing": N_("a date, such as 2024-12-01"),
    "date_from_datetime_inexact": N_("a date, such as 2024-12-01"),
    "date_parsing": N_("a date, such as 2024-12-01"),
}
_SIZES = {
    "too_short": ("min_length", N_("{key} holds too few entries: {count} (at least {limit})")),
    "too_long": ("max_length", N_("{key} holds too many entries: {count} (at most {limit})")),
    "string_too_long": (
        "max_length",
        N_("{key} has too many characters: {count} (at most {limit})"),
    ),
}
_LIMITS = {
    "greater_than_equal": ("ge", N_("be at least {limit}")),
    "less_than_equal": ("le", N_("be at most {limit}")),
    "greater_than": ("gt", N_("be more than {limit}")),
    "less_than": ("lt", N_("be less than {limit}")),
}
_REWORDED = {
    *("literal_error", "union_tag_invalid", "string_pattern_mismatch", "value_error"),
    *_LIMITS,
    *_KINDS,
}


def unknown_keys(error: ValidationError, data: dict[str, Any]) -> list[KeyPath]:
    """Where pydantic found a key that has no meaning there."""
    details = error.errors(include_url=False)
    return [
        _key_path(detail["loc"], data) for detail in details if detail["type"] == "extra_forbidden"
    ]


def findings(error: ValidationError, data: dict[str, Any]) -> list[Finding]:
    """Every complaint as a finding, each once."""
    findings: dict[Finding, None] = {}
    for detail in error.errors(include_url=False):
        path = _key_path(detail["loc"], data)
        value: object = data
        for step in path:
            value = below(value, step)
        branch = str(detail["loc"][-1])
        if branch == "str" if isinstance(value, dict) else branch.startswith("dict["):
            continue  # of a text's two forms, only the one that was meant is spoken of
        if detail["type"].startswith("union_tag"):
            path = (*path, "kind")
        findings[_finding(detail, path, value, data)] = None
    return list(findings)


def _key_path(loc: tuple[str | int, ...], data: object) -> KeyPath:
    """The keys an author wrote, without the names of alternatives that pydantic puts between."""
    path: KeyPath = ()
    value, tagged = data, False
    for step in loc:
        if tagged and step in _TAGS:
            tagged = False
            continue
        alternative = step == "str" or (isinstance(step, str) and step.startswith("dict["))
        if step == "[key]" or (alternative and not (isinstance(value, dict) and step in value)):
            continue
        value = below(value, step)
        path = (*path, step)
        tagged = (
            step in ("when", "needs", "reached", "not")
            or (isinstance(step, int) and path[-2] in ("all", "any"))
            or (len(path) == 2 and path[0] == "derived")
        )
    return path


def _label(path: KeyPath) -> str:
    """The last key, or which entry of it where it holds a list."""
    if isinstance(path[-1], int):
        return _("entry {number} of {key}", number=path[-1] + 1, key=path[-2])
    return shorter(path[-1])


def _finding(detail: ErrorDetails, path: KeyPath, value: object, data: dict[str, Any]) -> Finding:
    kind, context, label = detail["type"], detail.get("ctx", {}), _label(path)
    if kind in ("missing", "union_tag_not_found"):
        if isinstance(path[-1], int):  # of a list of fixed length
            few = _size(below(_outer(path, data), path[-2]))
            text = _(
                "{key} holds too few entries: {count}{exactly}",
                key=path[-2],
                count=few,
                exactly=_exactly(path[:-1], data),
            )
            return Finding(path[:-1], text)
        return Finding(path, _("key '{label}' is missing", label=label))
    if kind == "extra_forbidden":
        close = did_you_mean(label, _keys(path[:-1], data))
        if len(path) == 1:
            close = _inside(label) or close
        return Finding(path, _("key {label} is unknown{close}", label=shown(label), close=close))
    if kind in _SIZES:
        limit, words = _SIZES[kind]
        values = {"key": label, "count": _size(value), "limit": context[limit]}
        return Finding(path, _(words, **values))
    if kind not in _REWORDED:
        return Finding(path, f"{label}: {detail['msg']}")
    given = str(context.get("tag", value))
    instead = _(", not {what}", what=_what(context.get("tag", value)))
    if detail["loc"][-1] == "[key]":
        label, given, instead = _("key {label}", label=shown(label)), label, ""
    wanted, close = _wanted(detail, given, _scale(path, data))
    return Finding(
        path,
        _(
            "{label} must {wanted}{instead}{close}",
            label=label,
            wanted=wanted,
            instead=instead,
            close=close,
        ),
    )


def _wanted(detail: ErrorDetails, given: str, scale: Span) -> tuple[str, str]:
    """What a value must be or have, and which was probably meant; the scale is of its points."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in ("literal_error", "union_tag_invalid"):
        expected = str(context.get("expected_tags", context.get("expected")))
        words = re.findall(r"'([^']*)'", expected) or [expected]
        near = meant(given, words)
        if len(words) < 3:
            return _("be {words}", words=_(" or ").join(words)), near
        return _("be one of {words}", words=", ".join(words)), near
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        form = _(_FORMS[pattern]) if pattern in _FORMS else pattern
        return _("be {form}", form=form), ""
    if kind == "value_error":
        return _points(context["error"], scale), ""
    if kind in _LIMITS:
        limit, bound = _LIMITS[kind]
        return _(bound, limit=context[limit]), ""
    if detail["loc"][-1] == "str":
        return _("be {kind} or a table by language", kind=_(_KINDS[kind])), ""
    return _("be {kind}", kind=_(_KINDS[kind])), ""


def _points(error: object, scale: Span) -> str:
    """What the model asks of a number, most often of points."""
    match error:
        case TooFine():
            return _("have at most two decimals")
        case OffTheScale():
            low, high = scale
            return _("be between {low} and {high}", low=in_points(low), high=in_points(high))
        case NoPoints():
            return _("be a number of points, such as 4 or -1.5")
        case _:
            return _("be a number, such as 4 or -1.5")


def _outer(path: KeyPath, data: object) -> object:
    """The table that holds the list at whose entry a path ends."""
    for step in path[:-2]:
        data = below(data, step)
    return data


def _size(value: object) -> int:
    return len(value) if isinstance(value, list | tuple | dict | str) else 0


def _what(value: object) -> str:
    return value.isoformat() if isinstance(value, date | time) else shown(value)


# --- which keys fit -----------------------------------------------------------------------------


def _keys(path: KeyPath, data: dict[str, Any]) -> list[str]:
    """The keys that the table at a path may have."""
    fitting = _parts_at(path, data)
    return [field.alias or name for model in fitting for name, field in model.model_fields.items()]


def _field(path: KeyPath, data: dict[str, Any]) -> tuple[type[BaseModel], str] | None:
    """The part and the name of the field at whose key, or in whose list, a path ends."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    for model in _parts_at(path[:-1], data):
        for name, field in model.model_fields.items():
            if path and path[-1] == (field.alias or name):
                return model, name
    return None


def _scale(path: KeyPath, data: dict[str, Any]) -> Span:
    """The least and the most that a number of points may be at a path, in hundredths."""
    field = _field(path, data)
    whole = (-FULL, FULL)
    if field is None:
        return whole
    return next(
        (span.get(field[1], whole) for part, span in LIMITS.items() if part is field[0]), whole
    )


def _exactly(path: KeyPath, data: dict[str, Any]) -> str:
    """How many entries a list of fixed length needs, in brackets."""
    field = _field(path, data)
    count = len(get_args(field[0].model_fields[field[1]].annotation)) if field else 0
    return _(" (exactly {count})", count=count) if count else ""


def _inside(key: str) -> str:
    """Where a key at the top belongs that is one of a part's: `[[option]]` of an inject."""
    for name, field in Exercise.model_fields.items():
        outer = f"[[{name}]]" if get_origin(field.annotation) is list else f"[{name}]"
        for model in _models(field.annotation):
            for inner, held in model.model_fields.items():
                parts = list(_models(held.annotation))
                if key in (inner, held.alias) and parts:
                    many = get_origin(held.annotation) is list
                    header = f"[[{name}.{key}]]" if many else f"[{name}.{key}]"
                    return _(
                        " (did you mean {header}, below the {outer} it belongs to?)",
                        header=header,
                        outer=outer,
                    )
    return ""


def _parts_at(path: KeyPath, data: dict[str, Any]) -> list[type[BaseModel]]:
    """The models that the table at a path may be meant as."""
    models: list[type[BaseModel]] = [Exercise]
    value: object = data
    for step in path:
        value = below(value, step)
        inner = [
            model
            for outer in models
            for name, field in outer.model_fields.items()
            if step == (field.alias or name)
            for model in _models(field.annotation)
        ]
        models = inner or models
    return [model for model in models if _fits(model, value)] or models


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _fits(model: type[BaseModel], value: object) -> bool:
    """Whether a table may have been meant as this model, where there are several."""
    if not isinstance(value, dict):
        return False
    kind = model.model_fields.get("kind")
    if kind is not None:
        return value.get("kind") in get_args(kind.annotation)
    required = {f.alias or name for name, f in model.model_fields.items() if f.is_required()}
    return required <= set(value)
