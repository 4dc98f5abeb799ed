"""Records that somebody wrote anew, and the checks that fail there."""

from __future__ import annotations

from pathlib import Path

from ttx.session.record import blocks, read
from ttx.session.save_header import hash_of
from ttx.session.verify import verify


def failed(path: Path) -> list[str]:
    return [f"{one.what}: {one.found}" for one in verify(path) if one.holds is False]


def rewritten(path: Path, old: bytes, new: bytes) -> None:
    """The save with one word changed and every hash made anew, as somebody would who knows how."""
    record = read(path)
    data = path.read_bytes()
    assert old in data
    data = data.replace(old, new, 1)
    first = data.index(b"\n[[event]]\n") + 1
    out, seal = data[:first], hash_of(data[:first])
    for _, block in blocks(data, first):
        body = block[: block.rindex(b"prev = ")] + f'prev = "{seal}"\n'.encode()
        seal = hash_of(body)
        out += body + f'hash = "{seal}"\n\n'.encode()
    path.write_bytes(out)
    assert record.seal != read(path).seal or old == new
