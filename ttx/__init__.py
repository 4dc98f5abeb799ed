"""Facilitated, turn-based tabletop exercises in a terminal.

Notebooks import what `__all__` lists from here; `ttx.studies.surface` says how it is used, and
`__init__.pyi` what it is.
"""

from importlib import import_module

__version__ = "0.1.0"

_ROOMS = {
    "Course": "ttx.analysis.course",
    "Exercise": "ttx.exercise.model.exercise",
    "Labels": "ttx.studies.surface",
    "Parameter": "ttx.exercise.parameters",
    "Policy": "ttx.analysis.policies",
    "Study": "ttx.studies.study",
    "labels": "ttx.studies.surface",
    "load": "ttx.studies.surface",
    "open_study": "ttx.studies.study",
    "parameters": "ttx.exercise.parameters",
    "play": "ttx.studies.surface",
    "policy": "ttx.studies.surface",
}
__all__ = [*_ROOMS]  # noqa: PLE0604  # the table is the list


def __getattr__(name: str) -> object:
    """Load a public name when it is asked for: the first screen must not wait for arithmetic."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'ttx' has no attribute '{name}'")
    return getattr(import_module(_ROOMS[name]), name)
