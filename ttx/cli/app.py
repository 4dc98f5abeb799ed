"""The verbs' own application, which every verb is put into."""

from __future__ import annotations

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="Facilitated tabletop exercises in a terminal.",
)

msel = typer.Typer(
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    help="The MSEL of an exercise as CSV, out and in.",
)
app.add_typer(msel, name="msel")
