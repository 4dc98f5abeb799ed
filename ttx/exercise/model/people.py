"""Who plays: whom injects come from, the sides at the table, and the seats in them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ttx.exercise.model.part import Id, Part, Text


class Actor(Part):
    """Somebody injects come from: a letter first, a colour second."""

    id: Id
    """How `actor` in cells, injects and adversaries names it."""
    name: Text
    """As screens and papers print it."""
    letter: str = Field(pattern=r"^[A-Z]$")
    """One capital; no two actors share one."""
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$")
    """# and six small hexadecimal digits, for the dark theme."""
    contrast: str | None = None
    """The colour in the high contrast theme, where it differs."""


class Cell(Part):
    """A side at the table."""

    id: Id
    """How seats, levers, injects and `--robots` name it."""
    name: Text
    """As screens and papers print it."""
    side: Literal["allied", "red", "white"]
    """Allied cells answer injects and hold levers; the white cell runs the exercise."""
    actor: Id
    """Whose letter and colour the cell wears."""
    robot: Id | None = None
    """The robot that plays the cell when nobody sits there and no other is asked for."""


class Seat(Part):
    """A role in a cell, held by a person."""

    id: Id
    """How people ask for it (`--seat`), and how `probing` names it."""
    cell: Id
    """The cell it sits in."""
    name: Text
    """The office, as screens and papers print it; never a person."""
    short: str
    """At most twelve characters, for the status line."""
    lead: bool = False
    """The lead's answer is the cell's answer. Each allied cell has exactly one."""
    you_are: Text
    """Two or three sentences to whoever sits there: who they are and what they can do."""
    decides: list[Text] = []
    """What this seat decides, a line each."""
    does_not_decide: list[Text] = []
    """What it may be asked and does not decide, a line each."""
    wants: Text = ""
    """One line that the other seats read: what this one is after."""
    questions: list[Text] = []
    """What this office should take into the discussion; the situation manual prints it for all."""
