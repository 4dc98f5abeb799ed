"""Saves of every format there ever was, kept as they were written: they open, replay and verify.

They are never written anew. A change that makes one of these tests fail breaks the saves of people.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.kinds import KINDS, declared
from ttx.session.opening import look_at
from ttx.session.record import read
from ttx.session.verify import verify
from ttx.session.view.record import TRUTH

FOLDER = Path(__file__).parent / "saves"
KEPT = {
    "format-1-facilitated.ttx.toml": "ca87952c8e760b79fdcb53fc2f6e4961",
    "format-1-flagship.ttx.toml": "3c4d8bab2f30f7a235a6dd80f1078575",
    "format-1-fork.ttx.toml": "7ca13ddb54ed3db850739b64d42b51e1",
    "format-1.ttx.toml": "856835e648f99f48b612764a5e5a1432",
}


@pytest.mark.parametrize("name", list(KEPT))
def test_it_is_as_it_was_written(name: str) -> None:
    data = (FOLDER / name).read_bytes()

    assert KEPT[name] == hashlib.blake2b(data, digest_size=16).hexdigest()


def test_every_save_in_the_folder_is_kept() -> None:
    assert set(KEPT) == {path.name for path in FOLDER.iterdir()}


@pytest.mark.parametrize("name", list(KEPT))
def test_it_opens_verifies_and_is_told_again(name: str) -> None:
    record = read(FOLDER / name)
    viewing = look_at(record)

    assert ("", False) == (record.remark, record.read_only)
    assert phases.CLOSED == viewing.game.phase
    assert [] == [one for one in verify(FOLDER / name) if one.holds is False]
    told = list(retold(viewing.reel, TRUTH))
    assert "STARTEX" in told
    assert any(line.startswith("REVIEW of ") for line in told)
    for n in range(viewing.reel.last + 1):
        assert n == viewing.to(n).entries


def test_together_they_hold_every_kind_of_entry() -> None:
    """A kind that comes later asks for a save that has it."""
    found = {declared(e.event).name for path in FOLDER.iterdir() for e in read(path).entries}

    assert set(KINDS) == found
