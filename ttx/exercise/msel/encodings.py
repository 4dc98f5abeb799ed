"""Which encoding the bytes of a text are in."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.msel.container import Unfit
from ttx.i18n import _


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what has to be said of how it was read."""

    text: str
    remarks: tuple[str, ...] = ()


def decoded(raw: bytes, encoding: str | None = None) -> Decoded:
    """The text.

    Raises:
        Unfit: It cannot be told which encoding it is in.
    """
    mark = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    for tried in [encoding] if encoding else ["utf-16"] if mark else ["utf-8-sig", "cp1252"]:
        try:
            return Decoded(raw.decode(tried))
        except UnicodeDecodeError:
            continue
    raise Unfit(_("this is not text in UTF-8, UTF-16 or Windows-1252: save it as CSV UTF-8"))
