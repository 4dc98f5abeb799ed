"""The languages that ttx's own sentences can be read in: one compiled catalogue each.

A catalogue is found by its place, `locale/<language>/LC_MESSAGES/ttx.mo`, and read once somebody
reads that language.
"""

from __future__ import annotations

import re
import struct
from gettext import GNUTranslations
from pathlib import Path

from ttx import i18n
from ttx.i18n import _

FOLDER = Path(__file__).with_name("locale")
DOMAIN = "ttx"
CODE = re.compile(r"[a-z]{2}")
"""How a language is named: by two letters, as in exercises."""


class NoCatalogue(ValueError):
    """A language that cannot be had; its text is a sentence that says what to do."""


def available() -> tuple[str, ...]:
    """The languages there is a catalogue for, English first."""
    compiled = FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    others = {path.parents[1].name for path in compiled}
    return (i18n.SOURCE, *sorted(others - {i18n.SOURCE}))


def load(language: str) -> bool:
    """Have ttx's sentences ready in a language; False where there is no catalogue for it.

    Raises:
        NoCatalogue: its catalogue is there and cannot be read.
    """
    if language == i18n.SOURCE or i18n.has(language):
        return True
    path = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as compiled:
            catalogue = GNUTranslations(compiled)
    except FileNotFoundError:
        return False
    except (OSError, UnicodeError, ValueError, struct.error) as error:
        raise NoCatalogue(
            _(
                "{path}: this catalogue cannot be read ({error}); install ttx anew, or read "
                "English with --language en.",
                path=path,
                error=getattr(error, "strerror", None) or error,
            )
        ) from None
    i18n.offer(language, catalogue)
    return True


def asked_for(language: str, where: str) -> str:
    """The language that somebody asked for at `where`, ready to be read.

    Raises:
        NoCatalogue: it is no language's code, or its catalogue cannot be read.
    """
    if not CODE.fullmatch(language):
        raise NoCatalogue(
            _(
                "{where}: {language!r} is no code of a language; write two small letters, "
                "such as {known}.",
                where=where,
                language=language,
                known=", ".join(available()),
            )
        )
    load(language)
    return language
