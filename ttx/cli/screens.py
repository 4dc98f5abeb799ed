"""Screens at this terminal: whether there can be any, and what is said once they were left."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ttx import process
from ttx.cli.spoken import fail, notice
from ttx.commands import pasted
from ttx.i18n import _

if TYPE_CHECKING:
    from ttx.session.table import Table
    from ttx.tui.app import TtxApp


def possible() -> bool:
    """Whether screens can be shown here; where only the terminal is to blame that is said.

    Raises:
        ValueError: the environment asks for a theme or for signs that there are not.
    """
    if not process.at_terminal():
        return False
    if why := process.unfit():
        notice(why)
        return False
    from ttx.tui.theme import misnamed

    if wrong := misnamed(os.environ):
        raise ValueError(wrong)
    return True


def run(screens: TtxApp) -> None:
    """Run the screens, and say how they ended."""
    screens.sit()
    after(screens)


def after(screens: TtxApp) -> None:
    """Let go of the run that screens were left at, and say how to go on.

    Raises:
        Ended: a signal ended them.
        typer.Exit: they failed.
    """
    if screens.context.table is not None:
        screens.context.table.leave()
    if screens.last_error:
        notice(_("Something went wrong on a screen ({error}).", error=screens.last_error))
    go_on(screens.context.table)
    if screens.ended_by:
        raise process.Ended(screens.ended_by)
    if screens.last_error:
        raise typer.Exit(1)


def go_on(table: Table | None) -> None:
    """Say where a run at this keyboard is kept, and how to go on with it."""
    if table is not None:
        kept(table, "ttx", "resume")


def kept(table: Table, *command: str, options: Sequence[str] = ()) -> None:
    """Say where a run that was left is kept, and how to go on with it.

    The save follows the words of `command`, and `options` follow the save.

    Raises:
        typer.Exit: it is not kept.
    """
    if table.lost:
        fail(table.lost, 1)
    if table.moved:
        notice(table.moved)
    if table.path is not None and table.save is not None and not table.closed:
        notice(_("Saved. Go on with: {command}", command=pasted(*command, table.path, *options)))
