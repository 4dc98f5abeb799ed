"""What an exercise is known by beside its id."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from ttx.exercise.model.exercise import Exercise


def digest(exercise: Exercise) -> str:
    """What an exercise is known by beside its id: 32 hexadecimal digits over all it says.

    What is left at its default is not counted, so a later version of the format that knows more
    finds the same digest.
    """
    return digest_of(exercise.as_toml())


def digest_of(data: dict[str, Any]) -> str:
    """The same of keys and values, without what is default."""
    canonical = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_canonical
    )
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _canonical(value: object) -> str:
    """A date, or a decimal however it was written: 35 and 35.0 are one place on the map."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
