"""What people read before they play: the briefing, and chapters of the situation manual."""

from __future__ import annotations

from pydantic import Field

from ttx.exercise.model.part import Part, Text


class Word(Part):
    """A term that the briefing explains."""

    term: Text
    """The term."""
    means: Text
    """What it means, in one sentence."""


class Briefing(Part):
    """What the table reads before STARTEX."""

    title: Text
    """The headline."""
    situation: list[Text] = Field(min_length=1)
    """About ninety words in all."""
    question: Text
    """The question of the exercise, in one sentence."""
    measured: Text
    """What the scores are, and what they are not."""
    play: list[Text]
    """Rules of play, a line each."""
    play_in_lines: list[Text] = []
    """The same where there are plain lines instead of screens, without keys of the screens; where
    empty, those above."""
    ground_rules: list[Text]
    """How people treat each other, a line each."""
    words: list[Word] = []
    """Terms that a newcomer needs."""
    evening: list[Word] = []
    """The time plan in words."""


class Chapter(Part):
    """A chapter of the situation manual: what a reader needs and the briefing has no room for."""

    heading: Text
    """As the table of contents lists it."""
    text: list[Text] = []
    """Paragraphs, in order."""
    columns: list[Text] = []
    """The head of a table below them; no table where empty."""
    rows: list[list[Text]] = []
    """The rows of that table, each with one cell for each column; the first cell names its row."""
    basis: list[str] = []
    """Ids of evidence; the last page of the manual says where it stands, and how good that is."""
