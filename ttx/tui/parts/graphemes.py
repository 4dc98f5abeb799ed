"""Letters as a reader counts them: a sign with all that combines with it is one, never cut."""

from __future__ import annotations

from rich.cells import split_graphemes


def edges(line: str) -> list[int]:
    """Where letters of a line begin, and its end, in ascending order."""
    if line.isascii():
        return list(range(len(line) + 1))
    return [start for start, _, _ in split_graphemes(line)[0]] + [len(line)]


def edge_at(line: str, column: int) -> int:
    """The column itself where a letter begins or the line ends; else where its letter begins."""
    return max(edge for edge in edges(line) if edge <= column)


def edge_before(line: str, column: int) -> int:
    """Where the letter before a column begins; 0 where there is none."""
    return max((edge for edge in edges(line) if edge < column), default=0)


def edge_behind(line: str, column: int) -> int:
    """Where the letter after a column begins, or the end of the line."""
    return min((edge for edge in edges(line) if edge > column), default=len(line))


def by_first_signs(line: str) -> str:
    """The line with each letter's first sign in the place of all its signs; columns are the same.

    What combines is no part of a word to a pattern; here a word has no gap at an accent.
    """
    if line.isascii():
        return line
    return "".join(line[start] * (end - start) for start, end, _ in split_graphemes(line)[0])
