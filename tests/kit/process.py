"""ttx as a process of its own."""

from __future__ import annotations

from pathlib import Path

from ssh_rig import (
    ROOT,
)

from ttx.remote.invitations import beside
from ttx.session.opening import resume, resume_hosted
from ttx.session.record import read
from ttx.session.verify import verify

EXAMPLE = ROOT / "saves" / "examples" / "hawaii-wins.ttx.toml"


def whole(save: Path) -> bool:
    """Whether a save is sound, is locked by nobody, and nothing half made lies beside it."""
    sound = all(one.holds is not False for one in verify(save))
    record = read(save)
    hosted = beside(save).exists()
    (resume_hosted if hosted else resume)(record).leave()
    return sound and not [one for one in save.parent.iterdir() if one.name.endswith(".draft")]
