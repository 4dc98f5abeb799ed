"""Brings a table of an author's TOML from what it says to something else, key by key.

What stays as it is keeps its place, its comments and its layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ttx.exercise.msel.fresh import block
from ttx.exercise.msel.patch import Patch, literal
from ttx.exercise.problems import KeyPath

Data = Mapping[str, Any]


def rewrite(patch: Patch, path: KeyPath, old: Data, new: Data) -> None:
    """Change what differs between what a table says and what it is to say."""
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            _key(patch, (*path, key), old.get(key), new.get(key))


def _key(patch: Patch, path: KeyPath, old: object, new: object) -> None:
    places = patch.places
    headers = [header for _start, _end, header in places.headers]
    below = [header for header in headers if header[: len(path)] == path]
    if path in places.values:
        if new is None:
            patch.drop(path)
        else:
            patch.put(path, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        rewrite(patch, path, old, new)
    elif isinstance(old, list) and isinstance(new, list) and _alike(old, new) and below:
        for at, (was, wanted) in enumerate(zip(old, new, strict=True)):
            rewrite(patch, (*path, at), was, wanted)
    elif below:
        _tables(patch, path, new)
    elif new is None:
        for inside in [known for known in places.values if known[: len(path)] == path]:
            patch.drop(inside)
    elif path[:-1] in headers or path[:-1] in places.values:
        patch.put(path, new)
    else:
        _beside(patch, path, new)


def _alike(old: list[Any], new: list[Any]) -> bool:
    """Whether both list the same tables in the same order, so that each can be changed in place."""
    same = [entry.get("id") for entry in old] == [entry.get("id") for entry in new]
    return same and len(old) == len(new)


def _tables(patch: Patch, path: KeyPath, new: object) -> None:
    """Put other tables in the place of those with headers; none where there is nothing new."""
    first = next(
        start for start, _end, header in patch.places.headers if header[: len(path)] == path
    )
    patch.take_out(path)
    if new is not None:
        patch.changes.append((first, first, "".join(_blocks(path, new))))


def _blocks(path: KeyPath, value: object) -> Iterator[str]:
    name = ".".join(str(step) for step in path if isinstance(step, str))
    tables: list[Any] = value if isinstance(value, list) else [value]
    brackets = "[[{}]]" if isinstance(value, list) else "[{}]"
    for table in tables:
        yield "\n".join(block(brackets.format(name), name, table)).rstrip("\n") + "\n\n"


def _beside(patch: Patch, path: KeyPath, value: object) -> None:
    """A key of a table that has no header of its own: what else is in it shows where it goes."""
    outer = path[:-1]
    dotted = [known for known in patch.places.values if known[: len(outer)] == outer]
    headers = patch.places.headers
    within = [start for start, _end, header in headers if header[: len(outer)] == outer]
    if within:  # its tables have headers: one more before the first of them
        text = "".join(_blocks(path, value))
        if not isinstance(value, dict) and not _is_tables(value):
            name = ".".join(str(step) for step in outer if isinstance(step, str))
            text = f"[{name}]\n{path[-1]} = {literal(value)}\n\n"
        patch.changes.append((within[0], within[0], text))
        return
    if dotted:  # `message.sender = …`: in the same way, below the last of them
        last = max(dotted, key=lambda known: patch.places.values[known])
        table = max(
            (header for _s, _e, header in headers if header == outer[: len(header)]), key=len
        )
        end = patch.places.values[last][1]
        name = ".".join(str(step) for step in path[len(table) :])
        patch.changes.append((end, end, f"\n{name} = {literal(value)}"))
        return
    inside: object = value
    while outer not in patch.places.values and outer not in [header for _s, _e, header in headers]:
        inside, path, outer = {path[-1]: inside}, outer, outer[:-1]
    patch.put(path, inside)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
