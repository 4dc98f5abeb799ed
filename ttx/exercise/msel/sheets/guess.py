"""Which code page a text without a mark was written in, told by what it then says.

Each code page that the bytes fit is read, and what comes out is weighed: characters of everyday
words count for it; rare ones, halfwidth kana, lines of boxes, capitals inside words and alphabets
mixed within a word count against it. charset-normalizer weighs the same bytes in its own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise

from ttx.exercise.msel.sheets.common_letters import (
    CENTRAL,
    CHINESE,
    CYRILLIC,
    EUROPEAN,
    JAPANESE,
    KOREAN,
    RARER_CYRILLIC,
    RUSSIAN_PAIRS,
    TRADITIONAL,
    WESTERN,
)

_SAMPLE = 20_000
"""Bytes that are weighed: more say no more."""
_HIGH = re.compile(rb"[^\x00-\x7f]")
_RUN = re.compile(r"[^\W\d_]+", re.UNICODE)
_WIDE_MARKS = frozenset("、。「」『』・ー～，．：；！？（）【】《》〈〉“”‘’…—　％／＋－＝＃＆")
_DASHES = frozenset("–—…")
_PAIRED = {"“": "”", "„": "“”", "‘": "’", "«": "»", "‹": "›", "”": "”"}
"""Marks that open, and what closes each."""


Weight = tuple[float, int]
"""How much a text looks like one of its language, and for how many bytes: 1 for each is good."""
_Weigh = Callable[[str], Weight]


@dataclass(frozen=True, slots=True)
class CodePage:
    """One way to read bytes."""

    codec: str
    name: str
    """As people know it; the same word is understood by --encoding."""
    weigh: _Weigh
    wont: float = 0.0
    """How much rarer it is met than the others."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the bytes say in one code page."""

    page: CodePage
    text: str
    score: float


def readings(raw: bytes) -> list[Reading]:
    """Every different way to read the bytes, the likeliest first."""
    lines = b"\n".join(
        line for line in raw.replace(b"\r", b"\n").split(b"\n") if _HIGH.search(line)
    )[:_SAMPLE]
    favourite = _favourite(lines)
    plain = len(_HIGH.findall(raw)) * 33 < len(raw)
    found: dict[str, Reading] = {}
    for page in CODE_PAGES:
        try:
            text = raw.decode(page.codec)
        except UnicodeDecodeError:
            continue
        sample = "\n".join(line for line in re.split("[\r\n]", text) if not line.isascii())
        weight, bytes_read = page.weigh(sample[:_SAMPLE])
        score = weight / (bytes_read or 1) - page.wont
        score -= _STRANGE if page.codec not in _AT_HOME and plain else 0
        score += _VOTE if page.codec == favourite else 0
        if text not in found or found[text].score < score:
            found[text] = Reading(page, text, score)
    return sorted(found.values(), key=lambda one: -one.score)


def plausible(text: str) -> float:
    """How much a text looks like one in Latin, Cyrillic or Greek letters, in the best case."""
    weights = (page.weigh(text) for page in CODE_PAGES if page.codec in _ALPHABETS)
    return max(weight / (length or 1) for weight, length in weights)


_AT_HOME, _STRANGE = ("cp1252", "mac_roman"), 0.35
"""A text with few letters that are not plain is in a language with plain ones, most likely."""
_ALPHABETS = ("cp1252", "cp1250", "cp1251", "cp1253")
_VOTE = 0.1
"""What charset-normalizer's word adds."""


def _favourite(sample: bytes) -> str | None:
    """What charset-normalizer takes the bytes for."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=[page.codec for page in CODE_PAGES]).best()
    return best.encoding if best is not None else None


# --- East Asia ---

_HALVES = re.compile("[\uff61-\uff9f]")
_HALF = re.compile("[^\uff61-\uff9f]{0,2}[\uff61-\uff9f]{3}")
"""Kana of half a width, of which words are made and not single letters."""


def _eastern(common: frozenset[str], tier: Callable[[str], float], kana: float) -> _Weigh:
    def weigh(text: str) -> Weight:
        total, bytes_read = 0.0, 0
        only_half = len(_HALVES.findall(text)) * 10 > sum(not one.isascii() for one in text) * 9
        for at, character in enumerate(text):
            if character.isascii():
                continue
            weight = _eastern_character(character, common, tier, kana)
            if "\uff61" <= character <= "\uff9f" and _HALF.match(text, max(0, at - 2)):
                weight = 0.45 if only_half else 0.1
            before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
            if weight > 0 and before.isascii() and after.isascii():  # it stands alone
                mark = character in _WIDE_MARKS or before.isalpha() or after.isalpha()
                weight = -0.6 if mark else weight / 2
            wide = 1 if "\uff61" <= character <= "\uff9f" else 2
            total, bytes_read = total + weight * wide, bytes_read + wide
        return total, bytes_read

    return weigh


def _eastern_character(
    character: str, common: frozenset[str], tier: Callable[[str], float], kana: float
) -> float:
    if character in common:
        return 1.0
    if character in _WIDE_MARKS:
        return 0.7
    code = ord(character)
    if 0x3041 <= code <= 0x30FE:
        return kana
    if 0xFF61 <= code <= 0xFF9F:
        return -0.9
    if 0xFF01 <= code <= 0xFF5E or 0x2460 <= code <= 0x2473:
        return 0.5
    if 0xE000 <= code <= 0xF8FF or unicodedata.category(character) in ("Cn", "Co", "Cc"):
        return -3.0
    if 0x4E00 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3:
        return tier(character)
    if 0x2500 <= code <= 0x259F:
        return -1.5
    if character in "●○■□◆◇▲△▼→←↑↓※★☆№〒℃々〇〜・":
        return 0.4
    return -1.0


@cache
def _row(character: str, codec: str) -> int | None:
    """The row of a character in a national set; None where it is not in it."""
    try:
        return character.encode(codec)[0]
    except UnicodeEncodeError:
        return None


def _japanese(character: str) -> float:
    """JIS X 0208 has the common characters in its first level, rows 16 to 47."""
    row = _row(character, "euc_jp")
    if row is None or row in (0x8E, 0x8F):
        return -1.5
    return 0.2 if row < 0xD0 else -0.8


def _chinese(character: str) -> float:
    """GB 2312 has the common characters in its first level, rows 16 to 55."""
    row = _row(character, "gb2312")
    return -1.5 if row is None else 0.2 if row < 0xD8 else -0.8


def _traditional(character: str) -> float:
    """Big5 has the common characters in its first level, up to C6."""
    row = _row(character, "big5")
    return -1.5 if row is None else 0.2 if row < 0xC7 else -0.8


def _korean(character: str) -> float:
    """KS X 1001 has Hangul first, then the Chinese characters that are hardly written any more."""
    row = _row(character, "euc_kr")
    return -1.5 if row is None else 0.1 if row < 0xC9 else -0.9


# --- one byte to a character ---


_LETTERLIKE = "µªº"
"""Signs that count as letters in Unicode."""


def _narrow(text: str, of_word: Callable[[str], float]) -> Weight:
    """A text of letters of one byte each, word by word, and its signs."""
    total = 0.0
    for match in _RUN.finditer(text):
        word = match[0]
        total += 0.3 * sum(word.count(sign) for sign in _LETTERLIKE)
        word = "".join(one for one in word if one.isalpha() and one not in _LETTERLIKE)
        if word.isascii():
            continue
        if len(word) == 1 and (_digit(text, match.start() - 1) or _digit(text, match.end())):
            total -= 0.5
        else:
            total += of_word(word)
    total += sum(
        _mark(text, at) for at, one in enumerate(text) if not one.isascii() and not one.isalpha()
    )
    return total, sum(not one.isascii() for one in text)


def _capitals(word: str) -> float:
    """What capitals inside a word take away, unless all of it is in capitals."""
    if word.replace("ß", "").isupper():
        return 0.0
    foreign = sum(one.isupper() and not one.isascii() for one in word[1:])
    after_foreign = sum(
        after.isupper() and after.isascii() and before.islower() and not before.isascii()
        for before, after in pairwise(word)
    )
    return -2.5 * (foreign + after_foreign)


def _latin_word(word: str, usual: frozenset[str]) -> float:
    """A word in a language that has the letters `usual` beside the plain ones."""
    foreign = [character for character in word if not character.isascii()]
    if any(not _latin(character) for character in foreign):
        return -1.5 * len(foreign)
    if len(foreign) == len(word) > 1:
        return -1.5 * len(foreign)
    total = _capitals(word)
    for at, character in enumerate(word):
        if character.isascii():
            continue
        before, after = word[at - 1 : at] if at else "", word[at + 1 : at + 2]
        known = character.lower() in usual
        if not known and before and not before.isascii() and after and not after.isascii():
            total -= 1.5
        elif character == "œ" and after not in set("uietdsn"):
            total -= 0.8
        elif known:
            total += 1.0 if len(word) > 1 or character in "àéÀÉ" else 0.2
        else:
            total -= 0.1 if character.lower() in EUROPEAN else 0.8
    return total


def _latin_text(languages: tuple[frozenset[str], ...]) -> _Weigh:
    """A text in any one of several languages: the one whose letters fit it best."""

    def weigh(text: str) -> Weight:
        total, bytes_read = 0.0, 0
        for line in text.split("\n"):
            weight, length = max(
                _narrow(line, partial(_latin_word, usual=one)) for one in languages
            )
            total, bytes_read = total + weight, bytes_read + length
        return total, bytes_read

    return weigh


def _cyrillic(text: str) -> Weight:
    return _narrow(text, _cyrillic_word)


def _cyrillic_word(word: str) -> float:
    if any(not "\u0400" <= character <= "\u04ff" for character in word):
        return -1.5 * sum(not character.isascii() for character in word)
    low, total = word.casefold(), _capitals(word)
    if len(low) == 1:
        return 0.4 if low in "авикосуяоб" else -0.8
    for character in low:
        if character in CYRILLIC:
            total += 0.7
        else:
            total += 0.2 if character in RARER_CYRILLIC else -3.0
    total += sum(
        0.4 if first + second in RUSSIAN_PAIRS else -0.4 for first, second in pairwise(low)
    )
    return total - 1.0 if _UNHEARD.search(low) else total


_UNHEARD = re.compile(
    "^[ъьы]|[аеёиоуыэюяйъь][ъь]|[жшчщ][ыэ]|[бвгдзклмнпрстфх]{6}|[жшчщ]я|[гкх]ы",
)
"""What no Russian word has."""


def _alphabet(first: str, last: str, language: str) -> _Weigh:
    """A text in an alphabet of its own."""

    def of_word(word: str) -> float:
        from charset_normalizer.constant import FREQUENCIES

        if any(not first <= character <= last for character in word):
            return -1.5 * sum(not character.isascii() for character in word)
        if len(word) == 1:
            return 0.1
        usual = frozenset((*FREQUENCIES[language], "ς"))
        return _capitals(word) + sum(
            0.8 if character in usual else -0.5 for character in word.casefold()
        )

    return lambda text: _narrow(text, of_word)


def _digit(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isdigit()


def _mark(text: str, at: int) -> float:
    """How well a sign stands where it does."""
    sign, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    spaced = not before.strip() or not after.strip()
    starts = not before.isalnum() and after.islower() and not after.isascii()
    if sign == "’" and before.isalpha():
        return 1.4 if re.match(r"(?:s|t|d|m|ll|re|ve)\b", text[at + 1 :]) else 1.0
    if sign in _PAIRED and (not before.strip() or before in '(,;"[') and after.strip():
        line = text[at + 1 :].partition("\n")[0]
        return 0.8 if any(closer in line for closer in _PAIRED[sign]) else -3.0 if starts else -0.6
    if sign in "”’»“" and before.strip() and (not after.strip() or after in '.,;:!?)"]'):
        return 0.8
    if sign == "№":
        return 0.6
    if sign in _DASHES:
        if starts:  # it stands for the capital of the word
            return -3.0
        return 0.8 if spaced or (before.isdigit() and after.isdigit()) else 0.3
    if sign in "•·×÷§©¶†" and spaced:
        return 0.6
    if sign in "€£°§±©" and (before.isdigit() or after.isdigit() or spaced):
        return 0.6
    if sign in "¿¡" and after.isalpha():
        return 0.6 if "?!"["¿¡".index(sign)] in text[at:].partition("\n")[0] else -0.8
    if sign in "²³½¼¾":
        return -0.2 if before.isalpha() else 0.8
    if sign == "\xa0":
        return 0.5
    if sign in "®©™" and before.isalpha():
        return 0.4
    if 0x2500 <= ord(sign) <= 0x259F or unicodedata.category(sign) in ("Sm", "Co", "Cn", "Cc"):
        return -1.5
    return -4.0 if before.isalpha() or after.isalpha() else -0.8


def _latin(character: str) -> bool:
    return bool(character) and (
        (character.isascii() and character.isalpha()) or "\xc0" <= character <= "\u024f"
    )


CODE_PAGES = (
    CodePage("cp1252", "Windows-1252", _latin_text(WESTERN)),
    CodePage("mac_roman", "Mac-Roman", _latin_text(WESTERN), 0.25),
    CodePage("cp932", "Shift_JIS", _eastern(JAPANESE, _japanese, 1.0)),
    CodePage("euc_jp", "EUC-JP", _eastern(JAPANESE, _japanese, 1.0), 0.05),
    CodePage("gb18030", "GB18030", _eastern(CHINESE, _chinese, -0.6)),
    CodePage("cp950", "Big5", _eastern(TRADITIONAL, _traditional, -0.6)),
    CodePage("cp949", "EUC-KR", _eastern(KOREAN, _korean, -0.6), 0.05),
    CodePage("cp1251", "Windows-1251", _cyrillic),
    CodePage("koi8_r", "KOI8-R", _cyrillic, 0.05),
    CodePage("mac_cyrillic", "Mac-Cyrillic", _cyrillic, 0.05),
    CodePage("cp866", "CP866", _cyrillic, 0.1),
    CodePage("iso8859_5", "ISO-8859-5", _cyrillic, 0.15),
    CodePage("cp1250", "Windows-1250", _latin_text(CENTRAL), 0.45),
    CodePage("cp1253", "Windows-1253", _alphabet("\u0370", "\u03ff", "Greek"), 0.2),
    CodePage("cp1255", "Windows-1255", _alphabet("\u0590", "\u05ff", "Hebrew"), 0.1),
    CodePage("cp1256", "Windows-1256", _alphabet("\u0600", "\u06ff", "Arabic"), 0.2),
    CodePage("cp874", "Windows-874", _alphabet("\u0e00", "\u0e7f", "Thai"), 0.2),
)
"""Those that spreadsheets on Windows and Mac write, and what older mail and systems do."""
