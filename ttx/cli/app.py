"""The verbs' own application, which every verb is put into."""

from __future__ import annotations

import inspect

import typer

from ttx.i18n import N_, _

ALL = N_("Facilitated tabletop exercises in a terminal.")
MSEL = N_("The MSEL of an exercise as a workbook or CSV, out and in; of a run, out.")

app = typer.Typer(
    add_completion=False, no_args_is_help=False, pretty_exceptions_enable=False, help=ALL
)

msel = typer.Typer(no_args_is_help=False, pretty_exceptions_enable=False, help=MSEL)
app.add_typer(msel, name="msel")


def say_help_in_language() -> None:
    """Have the help of the verbs, which is their docstrings, in the language in force."""
    app.info.help = _(ALL)
    msel.info.help = _(MSEL)
    for group in app.registered_groups:
        group.help = _(MSEL)
    for verb in (*app.registered_commands, *msel.registered_commands):
        verb.help = _(inspect.getdoc(verb.callback) or "")
