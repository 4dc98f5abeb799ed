"""Libraries that play does not need: each comes with an extra of the package."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ttx.i18n import _


class Missing(ValueError):
    """A library that was asked for is not installed; the text is a sentence with the remedy."""


def need(library: str, extra: str) -> Any:  # noqa: ANN401  # a module of which no types are known
    """A library, by the name it is imported by; Missing where the extra is not installed."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != library.partition(".")[0]:
            raise
        raise Missing(
            _(
                "This needs {library}, which is not installed: pip install 'ttx[{extra}]'.",
                library=library,
                extra=extra,
            )
        ) from None
