"""Writes the after-action review of a save beside it, and nothing over what is there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from ttx import files
from ttx.i18n import _
from ttx.report.aar.account import Account, Imprint
from ttx.report.aar.whole import after_action
from ttx.report.forms import TEXTS, made
from ttx.session.local_time import clock_of, zone_of
from ttx.session.opening import asked_again, look_at, made_beside
from ttx.session.particulars import Stated
from ttx.session.record import Record, read
from ttx.session.save_header import SUFFIX
from ttx.session.save_paths import free_path
from ttx.session.timeline import Timeline
from ttx.session.unattributed import unattributed


def account_of(
    record: Record,
    *,
    anonymous: bool = False,
    names: Sequence[str] = (),
    stated: Stated | None = None,
) -> Account:
    """A save as a report reads it; `stated` is what a file says of the session in its place.

    Where it is `anonymous`, each of `names` is masked in what people typed.

    Raises:
        SaveError: Where it does not follow its exercise.
    """
    viewing = unattributed(record, names, days=True) if anonymous else look_at(record)
    head, timeline = record.header, viewing.timeline
    imprint = Imprint(
        record.seal,
        head.version,
        head.digest,
        files.legible(record.path.name),
        record.fault,
        record.changed,
        len(asked_again(record)),
        _zone(timeline, stated),
        stated,
    )
    return Account(timeline, imprint, anonymous, anonymous and bool(names))


def _zone(timeline: Timeline, stated: Stated | None) -> datetime.tzinfo | None:
    """The zone that wall times are told in; None for that of this machine."""
    named = zone_of(stated.particulars.zone) if stated is not None else None
    return named or clock_of(timeline.game).zone


def page(account: Account, form: str = "html") -> str:
    """The report as one text; `form` is a key of `forms.TEXTS`."""
    return TEXTS[form](after_action(account))


def written(account: Account, form: str) -> bytes:
    """The report as a file of that form, one of `forms.FORMS`.

    Raises:
        Missing: Where what makes that form is not installed.
    """
    return made(after_action(account), form)


def file(account: Account, save: Path, form: str = "html", out: Path | None = None) -> Path:
    """The report written to `out`, or beside the save under a name that is free; where it is.

    Raises:
        NotWritten: With nothing written, where `out` is there already or the disk refuses.
        Missing: Where what makes that form is not installed.
    """
    path = out or _free(account, save, form)
    files.write(path, written(account, form))
    return path


def file_of(save: Path, form: str = "html") -> Path:
    """The report of the save at that path, written beside it; where it is.

    Raises:
        SaveError: Where it cannot be read, or does not follow its exercise.
        NotWritten: Where the disk refuses.
    """
    return file(account_of(read(save)), save, form)


def filed(save: Path) -> str:
    """Write the report of the save at that path, and say where it is, in one sentence."""
    path = file_of(save)
    where = (
        _("beside the save") if path.parent == save.parent else _("to {parent}", parent=path.parent)
    )
    return _("{legible} is written {where}.", legible=files.legible(path.name), where=where)


def _free(account: Account, save: Path, form: str) -> Path:
    """A name that is not taken; one not for attribution holds no time of day."""
    folder, name = made_beside(save), save.name.removesuffix(SUFFIX)
    if account.anonymous:
        day = account.days[0].replace("-", "") if account.days else f"seed{account.run.seed}"
        return free_path(folder, f"{account.exercise.id}-{day}", "-report-anonymous", f".{form}")
    return free_path(folder, name, "-report", f".{form}")
