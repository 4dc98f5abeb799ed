"""A run whose file is gone, or can no longer be relied on: kept whole in a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import platformdirs

from ttx import files
from ttx.i18n import _
from ttx.session.events import Entry
from ttx.session.save import Save
from ttx.session.save_header import SUFFIX, SaveError
from ttx.session.save_paths import free_path, saves_folder


def kept_elsewhere(save: Save, entries: Sequence[Entry]) -> tuple[Save, str]:
    """The writer of a new save of these entries, and what to say of it; the old one is let go.

    Raises:
        SaveError: No place takes it; then the old one is still held, for a later try.
    """
    name, why = files.legible(save.path.name), save.amiss()
    refusals = []
    for folder in _places(save):
        try:
            files.make_folder(folder)
            path = free_path(folder, save.path.name.removesuffix(SUFFIX), "-kept")
            new = Save.begin(path, save.header, save.exercise, entries)
        except OSError as error:
            refusals.append(files.sentence(folder, error))
        except SaveError as error:
            refusals.append(str(error))
        else:
            save.close()
            return new, (
                _(
                    "{name} {why} while it was played. The run is whole in "
                    "{file}, and goes on there.",
                    name=name,
                    why=why,
                    file=files.legible(path),
                )
            )
    raise SaveError(
        _(
            "{name} {why} while it was played, and the run could not be kept "
            "elsewhere: {refusal} Nothing more is written. Mend that before you "
            "leave, and try again: until then this window alone is sure to hold "
            "the run.",
            name=name,
            why=why,
            refusal=refusals[0],
        )
    )


def _places(save: Save) -> Iterator[Path]:
    """Beside the save, where runs go, and with the user's data."""
    if save.housed:
        yield save.path.parent
    yield saves_folder()
    yield Path(platformdirs.user_data_dir("ttx")) / "saves"
