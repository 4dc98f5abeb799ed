"""The files an exercise is written in: their keys put together, and the line each stands on."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from ttx.exercise.lines import lines_of
from ttx.exercise.problems import Finding, KeyPath, Problem, sentence, shorter
from ttx.i18n import _

DEEPEST = 40
"""How many keys and positions may lead to a value."""
_TOML_ERROR = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)

_ALMOST = re.compile(r"\.toml(\.txt)?$|\.tml$", re.IGNORECASE)
"""Names that a file of an exercise gets by an editor or another system, and may not have."""
_CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"
"""Quotes that word processors put in the place of straight ones."""


class SourceError(Exception):
    """A file that cannot be read as TOML; carries the one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True, slots=True)
class _Refused:
    """A number that TOML allows and an exercise does not."""

    why: str


@dataclass
class File:
    """One file: its text, and the keys and values in it."""

    name: str
    text: str
    data: dict[str, Any]
    refused: list[tuple[KeyPath, str]] = field(default_factory=list)
    """Numbers that TOML allows and an exercise does not, each with the reason."""
    first: dict[str, int] = field(default_factory=dict)
    """For each list at the top, how many entries the files before this one hold."""

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """The line of every path of this file."""
        return lines_of(self.text)

    def line(self, path: KeyPath) -> int | None:
        """The line of a path, or of what it stands in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


@dataclass
class Source:
    """All files of one exercise."""

    name: str
    """The folder, or the file where there is only one."""
    files: list[File] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    """The keys of all files; lists follow each other in the order of the files."""
    problems: list[Problem] = field(default_factory=list)
    """Why the data is not complete."""
    unread: list[Problem] = field(default_factory=list)
    """Files beside the others that may have been meant, and were not read for their names."""

    @classmethod
    def read(cls, path: Path) -> Source:
        """The source at a path; what cannot be read is among the problems."""
        source = cls(as_given(path))
        try:
            names = toml_files(path)
        except SourceError as error:
            source.problems.append(error.problem)
            return source
        source.unread += [
            Problem(as_given(beside), None, _("it was not read: its name must end in .toml"))
            for beside in _misnamed(path)
        ]
        for name in names:
            try:
                source.add(read_file(name))
            except SourceError as error:
                source.problems.append(error.problem)
        return source

    def add(self, file: File) -> None:
        """Put the keys of one more file beside those there are."""
        self.files.append(file)
        for path, why in file.refused:
            text = sentence(Finding(path, f"{path[-1]} {why}"), file.data)
            self.problems.append(Problem(file.name, file.line(path), text))
        for key, value in file.data.items():
            if key not in self.data:
                self.data[key] = list(value) if isinstance(value, list) else value
            elif isinstance(value, list) and isinstance(self.data[key], list):
                file.first[key] = len(self.data[key])
                self.data[key].extend(value)
            else:
                text = _(
                    "'{key}' is already given in {first_place}",
                    key=key,
                    first_place=self._first_place(key),
                )
                self.problems.append(Problem(file.name, file.line((key,)), text))

    def _first_place(self, key: str) -> str:
        file = next(file for file in self.files if key in file.data)
        line = file.line((key,))
        return file.name if line is None else _("{file} line {line}", file=file.name, line=line)

    def problem(self, finding: Finding) -> Problem:
        """The finding with its file and line."""
        file, path = self.home(finding.path)
        text = sentence(finding, self.data)
        if file is None:
            return Problem(self.name, None, text)
        return Problem(file.name, file.line(path), text)

    def order(self, problem: Problem) -> tuple[int, int]:
        """Where a problem comes in the order of files and lines."""
        names = [file.name for file in self.files]
        at = names.index(problem.file) if problem.file in names else -1
        return at, problem.line or 0

    def home(self, path: KeyPath) -> tuple[File | None, KeyPath]:
        """The file that a path of the data leads into, and the path inside it."""
        for file in reversed(self.files):
            if not path or path[0] not in file.data:
                continue
            if len(path) == 1 or not isinstance(path[1], int):
                return file, path
            first = file.first.get(str(path[0]), 0)
            if path[1] >= first:
                return file, (path[0], path[1] - first, *path[2:])
        return (self.files[0], ()) if len(self.files) == 1 else (None, ())


def as_given(path: Path) -> str:
    """A path as a sentence names it: from the current folder on where it is in there."""
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except (ValueError, OSError):
        return str(path)


def toml_files(path: Path) -> list[Path]:
    """The files of an exercise, sorted; SourceError where there is nothing to read."""
    name = as_given(path)
    if path.is_dir():
        failed: list[OSError] = []
        files_ = [
            Path(folder, file)
            for folder, _, files in os.walk(path, onerror=failed.append)
            for file in files
            if file.endswith(".toml") and not file.startswith(".")
        ]
        if failed:
            raise SourceError(Problem(as_given(Path(failed[0].filename)), None, _why(failed[0])))
        if not files_:
            raise SourceError(Problem(name, None, _("there is no TOML file in this folder")))
        return sorted(files_)
    if not path.exists():
        raise SourceError(Problem(name, None, _("there is no such folder or file")))
    if path.suffix != ".toml":
        raise SourceError(
            Problem(name, None, _("an exercise is a folder or a file that ends in .toml"))
        )
    return [path]


def _misnamed(path: Path) -> list[Path]:
    """Files in a folder whose names look as if they were meant to end in .toml."""
    if not path.is_dir():
        return []
    return sorted(
        Path(folder, file)
        for folder, _, files in os.walk(path)
        for file in files
        if _ALMOST.search(file) and not file.endswith(".toml") and not file.startswith(".")
    )


def read_file(path: Path) -> File:
    """One file of an exercise, with numbers that are no decimals set aside.

    Raises:
        SourceError: It cannot be read, is no UTF-8 or no TOML; its problem says where.
    """
    name = as_given(path)
    if path.exists() and not path.is_file():
        raise SourceError(Problem(name, None, _("cannot be read: it is no ordinary file")))
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(Problem(name, None, _why(error))) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"0x{raw[error.start]:02x}"
        raise SourceError(
            Problem(
                name,
                line,
                _("this is not text in UTF-8 (byte {byte}): save it as UTF-8", byte=byte),
            )
        ) from error
    file = File(name, text, _parsed(name, text))
    for keys, value in walk(file.data):
        if len(keys) > DEEPEST:
            raise SourceError(Problem(name, None, _("'{keys}' is nested too deeply", keys=keys[0])))
        if isinstance(value, _Refused):
            file.refused.append((keys, value.why))
    return file


def _why(error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return _("cannot be read: {reason}", reason=reason[:1].lower() + reason[1:])


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(_syntax(name, text, str(error))) from error
    except RecursionError as error:
        raise SourceError(Problem(name, None, _("it is nested too deeply"))) from error
    except ValueError as error:  # a whole number longer than int() takes
        raise SourceError(Problem(name, None, _("a number in it is too long"))) from error


def _syntax(name: str, text: str, error: str) -> Problem:
    match = _TOML_ERROR.fullmatch(error)
    fault = match[1] if match else error
    what = _("this is not TOML: {fault}", fault=fault[:1].lower() + fault[1:])
    if match is None or match[2] is None:
        return Problem(name, text.count("\n") + 1, _("{what} at the end", what=what))
    line, column = int(match[2]), int(match[3])
    rest = text.split("\n")[line - 1].rstrip("\r") if line <= text.count("\n") + 1 else ""
    return Problem(
        name,
        line,
        _(
            "{what} (column {column}){advice}",
            what=what,
            column=column,
            advice=_advice(rest, column - 1),
        ),
    )


def _advice(line: str, at: int) -> str:
    """What is probably wrong where TOML stopped, from the line it stopped in."""
    comma = re.search(r"[=\[,]\s*([+-]?\d+),(\d+)\s*(?:[}#]|$)", line)
    if comma and comma.start(2) - 1 <= at + 1:
        return _(": write a decimal point, {number}", number=f"{comma[1]}.{comma[2]}")
    if any(sign in line[at : at + 1] for sign in _CURLY):
        return _(': texts stand in straight quotes ("), not in {sign}', sign=line[at])
    word = re.match(r"[^\W\d][^,#\]}]*", line[at:])
    if word is None or "=" not in line[:at]:
        return ""
    name = word[0].strip()
    if name.lower() in ("true", "false", "yes", "no", "on", "off"):
        truth = "true" if name.lower() in ("true", "yes", "on") else "false"
        return _(": write {truth}, in small letters", truth=truth)
    return _(': a text stands in quotes, "{text}"', text=shorter(name))


def _decimal(number: str) -> Decimal | _Refused:
    """A decimal of at most two places, or why a number is none."""
    if number.strip("+-") in ("inf", "nan"):
        return _Refused(_("must be a number, not {number}", number=number))
    if "e" in number or "E" in number:
        return _Refused(
            _("must be written without an exponent, not {number}", number=shorter(number))
        )
    if len(number.partition(".")[2].rstrip("0_")) > 2:
        return _Refused(_("must have at most two decimals, not {number}", number=shorter(number)))
    return Decimal(number)


def walk(data: object) -> Iterator[tuple[KeyPath, object]]:
    """Every value with the keys and positions that lead to it."""
    waiting: list[tuple[KeyPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, dict):
            waiting.extend(((*path, key), part) for key, part in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, at), part) for at, part in enumerate(value))
