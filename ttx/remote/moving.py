"""A hosted run as one file, from which another machine goes on with the same seats and host key.

The file is a tar of three: the save, who may take which seat, and the key that players' ssh knows
the host by. It opens every seat of the run, so only its owner reads it.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from ttx import files
from ttx.i18n import _
from ttx.remote import hostkey
from ttx.remote.invitations import InvitationError, Invitations, beside
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import SUFFIX, SaveError
from ttx.session.save_paths import companion, free_path

ENDING = ".ttx-host"
"""Of such a file."""
SAVE, SEATS, KEY = "save.ttx.toml", "seats.toml", "host_key"
"""What is in it; nothing else is looked at."""


def is_packed(path: Path) -> bool:
    """Whether a file is a packed run, by its name."""
    return path.name.endswith(ENDING)


def pack(save: Path, out: Path | None = None) -> Path:
    """A hosted run that nobody hosts now, packed; where that is.

    Raises:
        SaveError: It was never hosted here, is being hosted, or a part of it cannot be read.
        InvitationError: Its seats are damaged.
        HostKeyError: Its key is.
        NotWritten: The file cannot be made; what has its name stays.
    """
    if not beside(save).exists():
        raise SaveError(
            _(
                "{file} was never hosted here: no seats lie beside it. Name the save of a hosted "
                "run.",
                file=files.legible(save.name),
            )
        )
    held = Save.resume(read(save))
    try:
        Invitations.open(beside(save))
        hostkey.load(hostkey.of(save))
        parts = {
            SAVE: files.contents(held.path),
            SEATS: files.contents(beside(save)),
            KEY: files.contents(hostkey.of(save)),
        }
    except OSError as error:
        raise SaveError(files.sentence(Path(error.filename or save), error)) from None
    finally:
        held.close()
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, data in parts.items():
            part = tarfile.TarInfo(name)
            part.size, part.mode = len(data), files.OWN
            tar.addfile(part, io.BytesIO(data))
    path = out or free_path(save.parent, save.name.removesuffix(SUFFIX), ending=ENDING)
    files.write(path, kept.getvalue())
    return path


def unpacked(packed: Path, folder: Path) -> Path:
    """Where the save of a packed run goes in a folder."""
    return folder / f"{packed.name.removesuffix(ENDING)}{SUFFIX}"


def unpack(packed: Path, save: Path) -> None:
    """Put a packed run where a save is to be, with its seats and key beside it.

    Raises:
        SaveError: The file is no packed run, its save is there already, or it cannot be written.
    """
    parts = _parts(packed)
    beside_it = {beside(save): parts[SEATS], companion(save, ".host_key"): parts[KEY]}
    for path in (save, *beside_it):
        if path.exists():
            raise SaveError(
                _(
                    "{path} is there already, and nothing is written over; go on with that one, or "
                    "move it away.",
                    path=files.legible(path),
                )
            )
    try:
        files.make_folder(save.parent)
        for path, data in (*beside_it.items(), (save, parts[SAVE])):
            files.write(path, data)
        Invitations.open(beside(save))
        hostkey.load(companion(save, ".host_key"))
        read(save)
    except (OSError, files.NotWritten, InvitationError, hostkey.HostKeyError) as error:
        _take_away(save, beside_it)
        raise SaveError(str(error)) from None
    except SaveError:
        _take_away(save, beside_it)
        raise


def _take_away(save: Path, beside_it: dict[Path, bytes]) -> None:
    for path in (save, *beside_it):
        path.unlink(missing_ok=True)


def _parts(packed: Path) -> dict[str, bytes]:
    """What a packed run holds, by name.

    Raises:
        SaveError: It is none, or not whole.
    """
    parts: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(files.contents(packed)), mode="r:") as tar:
            for name in (SAVE, SEATS, KEY):
                part = tar.extractfile(name)
                parts[name] = part.read() if part is not None else b""
    except OSError as error:
        raise SaveError(files.sentence(packed, error)) from None
    except (tarfile.TarError, KeyError, ValueError):
        raise SaveError(
            _(
                "{file} is no packed run, or not all of it; pack it anew where it was hosted: "
                "ttx pack SAVE.",
                file=files.legible(packed.name),
            )
        ) from None
    return parts
