"""What kind of file the bytes of a table are, whatever it is named."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import Enum

from ttx.i18n import _

LARGEST = 512 * 1024 * 1024
"""Bytes that a workbook may come to when it is unpacked: far more than any list of injects."""
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError)
"""What a ZIP file that is half there, or packed in an unknown way, raises."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
"""How workbooks of Excel 2 to 4 begin, which have no container around them."""
_OTHERS = {
    b"%PDF-": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
    b"SQLite format 3": "SQLite",
}
_TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt", "")


class Kind(Enum):
    """Who can read the bytes."""

    XLSX = "xlsx"
    """XLSX and XLSM: workbooks in XML."""
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


class Unfit(Exception):
    """Nobody here can read the bytes; says why, and what to do, in a sentence without its end."""


def kind_of(raw: bytes) -> Kind:
    """Which kind of table the bytes are.

    Raises:
        Unfit: They are none: another kind of document, an encrypted workbook, half of one.
    """
    if not raw.strip(b"\0 \t\r\n\xff\xfe\xef\xbb\xbf"):
        raise Unfit(
            _("is empty: there is nothing in it")
            if not raw
            else _("is empty: there are only spaces in it")
        )
    if raw.startswith(b"PK"):
        return _zipped(raw)
    if raw.startswith(_OLE):
        return _ole(raw)
    if _BIFF.match(raw):
        raise Unfit(
            _("is a workbook of Excel 4 or older: open it in a spreadsheet and save it as XLSX")
        )
    for start, form in _OTHERS.items():
        if raw.startswith(start):
            raise Unfit(
                _(
                    "is a {form} file and no table: open what it was made from in a "
                    "spreadsheet and save it as XLSX or CSV",
                    form=form,
                )
            )
    _no_markup(raw)
    return Kind.TEXT


def other_name(kind: Kind, ending: str) -> str | None:
    """A sentence about a file whose name says something else than what is in it, or None."""
    text = kind is Kind.TEXT
    if text and ending not in _TEXT_ENDINGS and ending[:4] in (".xls", ".ods", ".fod"):
        return _(
            "It is named {ending} but is text and no workbook; it was read as CSV.", ending=ending
        )
    if not text and ending in (".csv", ".tsv", ".tab", ".txt"):
        return _(
            "It is named {ending} but is a workbook ({kind}); it was read as one.",
            ending=ending,
            kind=kind.value.upper(),
        )
    return None


def _zipped(raw: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as file:
            names = set(file.namelist())
            size = sum(part.file_size for part in file.infolist())
            mime = file.read("mimetype")[:100] if "mimetype" in names else b""
            sealed = b"encryption-data" in (
                file.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            )
    except (*BROKEN_ZIP, OSError, EOFError, RuntimeError, ValueError, KeyError):
        raise Unfit(damaged()) from None
    if size > LARGEST:
        raise Unfit(
            _(
                "comes to {megabytes} MB when it is unpacked, which is more than any list of "
                "injects: copy the list into a workbook of its own",
                megabytes=size // 2**20,
            )
        )
    if sealed:
        raise Unfit(encrypted())
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.lower().endswith("workbook.xml") for name in names):
        return Kind.XLSX
    if b"spreadsheet" in mime and "content.xml" in names:
        return Kind.ODS
    others = {
        "word/document.xml": _("is a Word document"),
        "ppt/presentation.xml": _("is a PowerPoint file"),
        "Index/Document.iwa": _("is a file of Apple's Numbers, Pages or Keynote"),
        "content.xml": _("is a document of LibreOffice and no spreadsheet"),
    }
    what = next((said for name, said in others.items() if name in names), None)
    raise Unfit(
        _(
            "{what}: copy the table into a spreadsheet and save it as XLSX or CSV",
            what=what or _("is a ZIP file and no workbook"),
        )
    )


def _ole(raw: bytes) -> Kind:
    """An old container: a workbook, an encrypted new one, or a document of another program."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in raw

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Unfit(encrypted())
    if holds("WordDocument"):
        raise Unfit(
            _(
                "{what}: copy the table into a spreadsheet and save it as XLSX or CSV",
                what=_("is a Word document"),
            )
        )
    return Kind.XLS


def _no_markup(raw: bytes) -> None:
    start = raw[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"excel.sheet" in start or b"schemas-microsoft-com:office:spreadsheet" in start:
        what = _("is a workbook in the XML of Excel 2003")
    elif b"opendocument" in start and start.startswith(b"<?xml"):
        what = _("is a spreadsheet in one XML file")
    elif re.match(
        rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|body|table)", start
    ):
        what = _("is a web page with a table in it, whatever it is named")
    elif start.startswith(b"<?xml"):
        what = _("is XML and no table")
    elif start.startswith(b"mime-version:"):
        what = _("is a web archive, whatever it is named")
    else:
        return
    raise Unfit(_("{what}: open it in a spreadsheet and save it as XLSX", what=what))


def damaged() -> str:
    """What is said of a workbook that ends in its middle or is not what it should be."""
    return _(
        "is a damaged workbook, or half of one: copy or fetch it again, or open it in a "
        "spreadsheet and save it anew"
    )


def encrypted() -> str:
    """What is said of a workbook that wants a password."""
    return _("is locked with a password: open it in a spreadsheet and save it without one")
