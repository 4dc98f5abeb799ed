"""Whether a fact that was read is of the types that it declares: a record may hold anything."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model


def well_typed(fact: Any) -> bool:  # noqa: ANN401  # any dataclass
    """Whether every field of a dataclass, and of those in it, is of the type that it declares.

    A whole number is no yes or no, and no text is a number.
    """
    kind: type = type(fact)
    values = {part.name: getattr(fact, part.name) for part in fields(kind)}
    try:
        _strict(kind).model_validate(values)
    except ValidationError:
        return False
    return all(well_typed(value) for value in values.values() if is_dataclass(value))


@cache
def _strict(kind: type) -> type[BaseModel]:
    hints = get_type_hints(kind)
    wanted: dict[str, Any] = {part.name: (hints[part.name], ...) for part in fields(kind)}
    return create_model(kind.__name__, __config__=ConfigDict(strict=True), **wanted)
