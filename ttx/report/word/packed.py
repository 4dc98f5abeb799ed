"""A Word file as bytes that are the same each time: no clock, no maker, nothing unused."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document as Word
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from ttx.report.word.sheet import language

_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first day there is in a ZIP file."""
_FIRST = "[Content_Types].xml"
_UNUSED = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects", "webSettings")
"""Parts that python-docx's own template brings along, by the end of their kind."""


def stripped(word: Word, title: str, code: str) -> None:
    """Leave title and language as all that the file says of itself, and no part that is unused."""
    for owner in (word.part.package, word.part):
        for key, relation in [*owner.rels.items()]:
            if relation.reltype.endswith(_UNUSED):
                del owner.rels[key]
    said = word.core_properties
    root = said._element  # noqa: SLF001  # python-docx cannot leave out who made it, and when
    for child in [*root]:
        root.remove(child)
    said.title, said.language = title[:255], language(code)


def replaced(root: BaseOxmlElement, xml: str) -> None:
    """Put the children of that XML in the place of those of a part's root."""
    for child in [*root]:
        root.remove(child)
    for child in [*parse_xml(xml)]:
        root.append(child)


def packed(word: Word) -> bytes:
    """The file, its parts in the order of their names and without the time of day."""
    written, bare = io.BytesIO(), io.BytesIO()
    word.save(written)
    with (
        zipfile.ZipFile(written) as made,
        zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in sorted(made.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            again.writestr(entry, made.read(name))
    return bare.getvalue()
