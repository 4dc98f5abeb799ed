"""Which encoding the bytes of a text are in: told by a mark, by its form, or by what it then says.

Nothing is garbled in silence. What is read in anything but UTF-8 is said, with some of its words;
where several encodings fit about as well, the text is refused with what it would say in each.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ttx.exercise.msel.sheets.cleaned import numbers
from ttx.exercise.msel.sheets.container import Unfit
from ttx.i18n import _, ngettext

if TYPE_CHECKING:
    from ttx.exercise.msel.sheets.guess import Reading

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (b"\x84\x31\x95\x33", "gb18030", "GB18030"),
)
"""Those that stand first are looked for first: UTF-32's begins like UTF-16's."""
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SWITCHED = (
    (re.compile(rb"\x1b\$[@B]|\x1b\(J|\x1b\$\([DOPQ]"), "iso2022_jp_ext", "ISO-2022-JP"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr", "ISO-2022-KR"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz", "HZ"),
)
"""Encodings in plain bytes, which say where they switch to others."""
_ALIASES = {
    "ansi": "cp1252",
    "ascii": "cp1252",
    "big5": "cp950",
    "euckr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "mac": "mac_roman",
    "macintosh": "mac_roman",
    "maccyrillic": "mac_cyrillic",
    "macroman": "mac_roman",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "unicode": "utf-16",
    "windows874": "cp874",
    "xmaccyrillic": "mac_cyrillic",
    "xsjis": "cp932",
}
"""What people call encodings, and which codec reads what programs really write under the name."""
_SURE = 0.25
"""A reading that scores less is no text in its language."""
_AHEAD, _AHEAD_SHORT, _SHORT = 0.12, 0.22, 16
"""How far the likeliest has to be ahead, and how far where less than so many bytes tell it."""
_LIKELY = 0.8
_OTHERS = 4
"""So many readings are shown at most."""
_SHOWN = 30
"""Characters of a sample."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what has to be said of how it was read."""

    text: str
    encoding: str
    """As people know it."""
    remarks: tuple[str, ...] = ()


def decoded(raw: bytes, encoding: str | None = None) -> Decoded:
    """The text, in the encoding that is given or found.

    Raises:
        Unfit: The bytes are not in the encoding that is given, or it cannot be told which they are
            in; says which are likely, and what the text is in each.
    """
    for mark, codec, name in _MARKS:
        if raw.startswith(mark) and (encoding is None or raw[:3] == codecs.BOM_UTF8):
            raw = raw[len(mark) :]
            if encoding is None and codec != "utf-8":
                return _marked(raw, codec, name)
            break
    if encoding is not None:
        return _given(raw, encoding)
    if b"\0" in raw and (wide := _without_mark(raw)):
        return wide
    if raw.isascii():
        return _switched(raw) or Decoded(raw.decode("ascii"), "ASCII")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _nearly_utf8(raw) or _guessed(raw)
    return _doubtful_utf8(raw, text) or Decoded(text, "UTF-8")


def _given(raw: bytes, encoding: str) -> Decoded:
    flat = "".join(character for character in encoding.casefold() if character.isalnum())
    try:
        text = raw.decode(_ALIASES.get(flat, encoding))
    except UnicodeDecodeError as error:
        raise Unfit(
            _(
                "row {row} is not {encoding}: the byte {byte} cannot stand there; leave out "
                "--encoding, or name another",
                row=raw[: error.start].count(b"\n") + 1,
                encoding=encoding,
                byte=f"{raw[error.start]:02X}" if error.start < len(raw) else "",
            )
        ) from None
    except (LookupError, ValueError):
        raise Unfit(
            _(
                "there is no encoding {encoding}: --encoding knows {names} and those that Python "
                "knows",
                encoding=f"'{encoding}'",
                names=", ".join(("UTF-8", "UTF-16", *_names())),
            )
        ) from None
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _marked(raw: bytes, codec: str, name: str) -> Decoded:
    try:
        return Decoded(raw.decode(codec), name)
    except UnicodeDecodeError:
        raise Unfit(
            _(
                "begins as {name} and does not go on so: it is damaged, or half of a file",
                name=name,
            )
        ) from None


def _without_mark(raw: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 whose mark is missing; None where a zero byte is a stray one."""
    for codec in _WIDE:
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        strange = sum(
            unicodedata.category(one) in ("Cn", "Co", "Cc") and one not in "\t\r\n" for one in text
        )
        if "\0" not in text and strange * 50 <= len(text) and re.search("[\r\n,;\t]", text):
            name = codec[:6].upper()
            return Decoded(text, name, (_("Read as {name}, whose mark is missing.", name=name),))
    if raw.count(b"\0") * 20 > len(raw):
        raise Unfit(
            _(
                "is no text and no workbook that ttx knows: open it where it comes from, and save "
                "it as XLSX or CSV"
            )
        )
    return None


def _switched(raw: bytes) -> Decoded | None:
    for switch, codec, name in _SWITCHED:
        if switch.search(raw):
            try:
                text = raw.decode(codec)
            except UnicodeDecodeError:
                continue
            return Decoded(text, name, (_read_as(name, text),))
    return None


def _nearly_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 into which a few bytes of Windows-1252 have strayed; None where it is not that."""
    text = raw.decode("utf-8", "surrogateescape")
    strays = [at for at, one in enumerate(text) if "\udc80" <= one <= "\udcff"]
    whole = sum(not one.isascii() for one in text) - len(strays)
    if len(strays) * 2 > whole:
        return None
    if len(strays) * 8 > whole:
        best = _readings(raw)[:1]
        if best and best[0].score >= _LIKELY:
            return None
    rows = sorted({_row(text, at) for at in strays})
    bytes_strayed = sorted({f"{ord(text[at]) - 0xDC00:02X}" for at in strays})
    mended = [*text]
    for at in strays:
        mended[at] = bytes([ord(text[at]) - 0xDC00]).decode("cp1252", "replace")
    words = "".join(mended)
    first = strays[0]
    start = max(words.rfind(sign, 0, first) for sign in ',;\t|"\n')
    sample = re.split('[,;\t|"\r\n]', words[start + 1 :])[0].strip()
    return Decoded(
        words,
        "UTF-8",
        (
            ngettext(
                "{count} byte is not UTF-8 like the rest ({bytes}, row {rows}); it was read as "
                "Windows-1252: '{sample}'.",
                "{count} bytes are not UTF-8 like the rest ({bytes}, rows {rows}); they were read "
                "as Windows-1252: '{sample}'.",
                len(strays),
                count=len(strays),
                bytes=", ".join(bytes_strayed),
                rows=numbers(rows),
                sample=_cut(sample),
            ),
        ),
    )


def _row(text: str, at: int) -> int:
    """The row in which a character stands, as a spreadsheet counts them."""
    top = text[:2000]
    delimiter = max(",;\t|", key=top.count)
    before = io.StringIO(text[: at + 1], newline="")
    try:
        return sum(1 for _row in csv.reader(before, delimiter=delimiter))
    except csv.Error:
        return text[:at].count("\n") + 1


def _doubtful_utf8(raw: bytes, text: str) -> Decoded | None:
    """Nothing for UTF-8; refused where a few letters are as good a word in an East Asian one."""
    from ttx.exercise.msel.sheets.guess import plausible

    foreign = [one for one in text if not one.isascii()]
    if len(foreign) > 8 or any(ord(one) > 0x7FF for one in foreign) or plausible(text) > 0:
        return None
    others = [one for one in _readings(raw) if one.score >= _LIKELY]
    if others:
        raise _undecided([(one.page.name, one.text) for one in others] + [("UTF-8", text)])
    return None


def _guessed(raw: bytes) -> Decoded:
    found = _readings(raw)
    if not found:
        raise Unfit(
            _(
                "is text in no encoding that ttx can tell: name it with --encoding, or save it as "
                "CSV UTF-8"
            )
        )
    best, *others = found
    high = sum(byte > 0x7F for byte in raw[:10_000])
    ahead = _AHEAD if high >= _SHORT else _AHEAD_SHORT
    close = [one for one in others if best.score - one.score < ahead]
    if close or best.score + best.page.wont < _SURE:
        shown = [best, *(close or others)]
        raise _undecided([(one.page.name, one.text) for one in shown])
    return Decoded(best.text, best.page.name, (_read_as(best.page.name, best.text),))


def _readings(raw: bytes) -> list[Reading]:
    from ttx.exercise.msel.sheets.guess import readings

    return readings(raw)


def _names() -> list[str]:
    from ttx.exercise.msel.sheets.guess import CODE_PAGES

    return [page.name for page in CODE_PAGES]


def _undecided(readings: list[tuple[str, str]]) -> Unfit:
    shown = readings[:_OTHERS]
    samples = _told_apart([text for _name, text in shown])
    return Unfit(
        _(
            "its letters fit several encodings and nothing was read: {readings}; name the right "
            "one, as in --encoding {name}",
            readings=", ".join(
                f"{name} '{_cut(sample)}'"
                for (name, _text), sample in zip(shown, samples, strict=True)
            ),
            name=shown[0][0],
        )
        if len(shown) > 1
        else _(
            "it can hardly be {name} ('{sample}') and fits nothing else: name its encoding with "
            "--encoding, or save it as CSV UTF-8",
            name=shown[0][0],
            sample=_cut(samples[0]),
        )
    )


def _read_as(name: str, text: str) -> str:
    samples = _samples(text)
    longest = max(samples, key=lambda one: sum(not c.isascii() for c in one[:_SHOWN]), default="")
    return _("Read as {name}: '{sample}'; --encoding decides.", name=name, sample=_cut(longest))


def _samples(text: str) -> list[str]:
    """Cells that hold more than plain letters, the first of them."""
    cells = re.split('[,;\t|"\r\n]', text[:200_000])
    return [cell.strip() for cell in cells if not cell.isascii()][:50]


def _told_apart(texts: list[str]) -> list[str]:
    """A sample of each reading: of the first cell that differs in all, else of the first cell."""
    cells = list(zip(*map(_samples, texts), strict=False)) or [("",) * len(texts)]
    return list(next((cell for cell in cells if len({*cell}) == len(texts)), cells[0]))


def _cut(sample: str) -> str:
    """So much of a sample as a sentence bears, and nothing that a terminal would act on."""
    plain = "".join(one if one.isprintable() else " " if one.isspace() else "�" for one in sample)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
