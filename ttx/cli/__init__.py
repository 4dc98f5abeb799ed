"""The verbs; the only room that prints.

What a verb needs is imported when it runs, so that checking an exercise never loads a screen, and
Home paints before the arithmetic is loaded.
"""

from ttx.cli import (
    authoring,
    discovery,
    exporting,
    findings,
    forecasting,
    hosting,
    keys,
    lists,
    making,
    papers,
    play,
    records,
    sensitivity,
    studies,
)
from ttx.cli.main import explain, main
from ttx.cli.screens import after

__all__ = [
    "after",
    "authoring",
    "discovery",
    "explain",
    "exporting",
    "findings",
    "forecasting",
    "hosting",
    "keys",
    "lists",
    "main",
    "making",
    "papers",
    "play",
    "records",
    "sensitivity",
    "studies",
]
