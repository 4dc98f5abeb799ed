"""Words of a screen that are cut: which, where, with a sign or without, with room or without.

A text is known to be cut when a page shows how it begins and nowhere how it ends. Texts are those
of the exercise, and whatever sentences ttx made while the page was painted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from kit.desk import Desk
from pseudo import texts_as
from rich.cells import cell_len
from rich.text import Text

from ttx import i18n
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.shown import clean
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Region, sign_at
from ttx.tui.screens.sheet import Sheet
from ttx.tui.theme import glyphs

CHROME = ("banner", "status", "footer", "question-line")
"""Regions that every page has, and what somebody types in."""
PAGED = ("page",)
"""Those of which a key turns the pages; the count of them says that there is more."""
HEAD = 3
"""Words by which a text is known where it begins."""
SURE = 5
"""Words of it that have to be there where no sign says that more of it follow."""
LEAST = 12
"""Signs that these have together at least."""
AIR = 2
"""Empty rows below a cut text that are more than what keeps it apart from the next."""
LONGEST = "Rechtsschutzversicherungsgesellschaften"
FILLED = re.compile(r"\{[^{}]*\}")
"""What is filled into a text, such as a time; what stands before and behind it is read apart."""
UNBROKEN = "在日米軍司令部と統合作戦司令部の間の調整要領に関する覚書の改定について"
ROUND = "()[]'\".,;:"


class Cut(NamedTuple):
    """A text that a page shows a part of."""

    where: str
    """Page, region and size."""
    shown: str
    text: str
    fault: str
    """What is wrong with that; empty where a sign and a key make up for the room that is not."""

    @property
    def told(self) -> str:
        """A line for whoever reads the list."""
        return f"{self.where}: {self.fault or 'cut'}: {self.shown!r} of {self.text!r}"


@dataclass(frozen=True)
class Segment:
    """Words with one space between two, in one row of a region."""

    row: int
    at: int
    words: tuple[str, ...]

    @property
    def end(self) -> int:
        """The cell behind its last word."""
        return self.at + cell_len(" ".join(self.words))


def texts_of(exercise: Exercise, language: str = i18n.SOURCE) -> set[str]:
    """All that an exercise says."""
    found: set[str] = set()

    def look(part: object) -> None:
        if isinstance(part, str):
            found.add(part)
        elif isinstance(part, dict):
            if language in part and all(isinstance(words, str) for words in part.values()):
                found.add(part[language])
                return
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(exercise.as_toml())
    return {part.strip(f" {ROUND}") for text in found for part in FILLED.split(text)}


def worst(exercise: Exercise) -> Exercise:
    """The exercise with texts that take as much room as any: long words, and none between signs."""

    def said(text: Any) -> Any:  # noqa: ANN401  # a text may be one in each language
        words: str = text if isinstance(text, str) else next(iter(text.values()))
        if not words:
            return text
        if len(words.split()) < HEAD and len(words) < LEAST:
            return f"{words} {LONGEST}"
        return f"{words} {LONGEST} {UNBROKEN} {words}"

    data = texts_as(Exercise, exercise, said).as_toml()
    return from_data(data | {"languages": ["en"]})


class Made(set[str]):
    """The sentences that ttx makes; what is asked for in a test begins anew at each page."""


def sentences_of(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Every sentence that goes through the door of `ttx.i18n` from here on."""
    made, filled = Made(), i18n._filled

    def heard(translated: str, source: str, values: dict[str, object]) -> str:
        sentence = filled(translated, source, values)
        if sentence.count(" ") >= HEAD:
            made.add(sentence)
        return sentence

    monkeypatch.setattr(i18n, "_filled", heard)
    return made


def cuts(desk: Desk, texts: AbstractSet[str]) -> Iterator[Cut]:
    """What is cut on the page that is shown."""
    page, width = desk.page, desk.app.size.width
    named = {" ".join(text.split()) for text in texts}
    size = f"{width}x{desk.app.size.height}"
    regions = {r.called: r for r in page.regions.values() if r.display and r.called not in CHROME}
    read = {name: Reading(rows_of(region)) for name, region in regions.items()}
    whole, parts = set(), []
    for text in texts:
        words = _words(text)
        if len(words) < HEAD or len(" ".join(words[:HEAD])) < LEAST:
            continue
        for name, reading in read.items():
            for found in reading.find(words):
                if found.whole:
                    whole.add(text)
                else:
                    parts.append((text, name, found))
    for text, name, found in parts:
        shown = " ".join(clean(text).split()[: found.count])
        if not in_sight(regions[name], found.segment.row):
            continue
        alike = any(other.startswith(shown) for other in whole)
        if text in whole or (not found.signed and (shown in named or alike or name in PAGED)):
            continue
        fault = ""
        if not found.signed:
            fault = "no sign"
        elif isinstance(page, Sheet):
            fault = "no page shows it whole"
        elif room_at(desk, regions[name], found):
            fault = "has room"
        page_name = page.heading if isinstance(page, Sheet) else desk.where
        where = f"{page_name}.{name} at {size}"
        yield Cut(where, shown, text, fault)


def in_sight(region: Region, row: int) -> bool:
    """Whether a row of it is shown now, without scrolling."""
    if not isinstance(region, ScrollRegion):
        return True
    at = row - len(region._head)
    return at < 0 or region.top <= at < region.top + region.room


def rows_of(region: Region) -> Sequence[Text]:
    """What it shows; what is scrolled is read to its end."""
    return [*region._head, *region._all] if isinstance(region, ScrollRegion) else region.rows


@dataclass(frozen=True)
class Found:
    """Where a text was found, and how far it goes."""

    segment: Segment
    """The last one that shows some of it."""
    count: int
    """Words of it that are shown."""
    whole: bool
    signed: bool
    following: int = 0
    """Cells of the word that is not shown any more."""


class Reading:
    """The rows of a region, as segments of words."""

    def __init__(self, rows: Sequence[Text]) -> None:
        self.rows: list[list[Segment]] = []
        self.starts: dict[str, list[tuple[Segment, int]]] = {}
        self.edges: dict[int, int] = {}
        """How far segments go that begin in a cell."""
        for at, row in enumerate(rows):
            parts = re.finditer(r"\S+(?: \S+)*", row.plain)
            segments = [
                Segment(at, cell_len(row.plain[: part.start()]), tuple(part.group().split(" ")))
                for part in parts
            ]
            self.rows.append(segments)
            for segment in segments:
                self.edges[segment.at] = max(self.edges.get(segment.at, 0), segment.end)
                for place, word in enumerate(segment.words):
                    self.starts.setdefault(word.lstrip(ROUND), []).append((segment, place))

    def find(self, words: tuple[str, ...]) -> Iterator[Found]:
        """Each place where these words begin."""
        for segment, place in self.starts.get(words[0].lstrip(ROUND), ()):
            found = self._follow(words, 1, segment, place + 1)
            least = HEAD if found is None or found.whole or found.signed else SURE
            if found is not None and found.count >= least:
                yield found

    def _follow(
        self, words: tuple[str, ...], count: int, segment: Segment, place: int
    ) -> Found | None:
        sign = glyphs().cut
        while place < len(segment.words) and count < len(words):
            shown, word = segment.words[place], words[count]
            last = count == len(words) - 1
            same = shown == word or (last and shown.startswith(word.rstrip(ROUND)))
            if not same:
                ends = place == len(segment.words) - 1
                if not ends:
                    return None
                if shown.endswith(sign) and word.startswith(shown.removesuffix(sign).rstrip(ROUND)):
                    return Found(segment, count, whole=False, signed=True, following=cell_len(word))
                if not word.startswith(shown) or shown == word.rstrip(ROUND):
                    return None
                words = (*words[:count], word[len(shown) :], *words[count + 1 :])
                break
            count, place = count + 1, place + 1
        if count == len(words):
            return Found(segment, count, whole=True, signed=False)
        beside = [other for other in self.rows[segment.row] if other.at > segment.at][:1]
        below = [other for row in self.rows[segment.row + 1 :][:2] for other in row]
        best: Found | None = Found(segment, count, whole=False, signed=False)
        if segment.end + 1 + cell_len(words[count]) <= self.edges[segment.at]:
            best = None  # the next word would have had room: another text, which begins alike
        for other in (*beside, *below):
            if other.words[0] == sign:
                left = cell_len(words[count])
                return Found(segment, count, whole=False, signed=True, following=left)
            further = self._follow(words, count, other, 0)
            if further is not None:
                ahead = further.count - best.count if best is not None else 1
                better = further.whole or ahead > 0 or (ahead == 0 and further.signed)
                best = further if better else best
            elif other.words[0].rstrip(ROUND) == words[count].rstrip(ROUND):
                best = None
            if best is not None and best.whole:
                break
        return best


def room_at(desk: Desk, region: Region, found: Found) -> bool:
    """Whether more of a cut text would have had a place beside or below where it stops."""
    segment, area = found.segment, region.area
    if isinstance(region, ScrollRegion) or desk.page.question.asks is not None:
        return False
    row = region.rows[segment.row].plain
    end = segment.end
    behind = row[sign_at(row, end) :]
    free = len(behind) - len(behind.lstrip()) if behind.strip() else area.width - end
    if free > max(area.width // 3, found.following + 1):
        return True
    below = desk.rows[area.y + segment.row + 1 :][:AIR]
    left, right = area.x + segment.at, area.x + end
    words = (row[sign_at(row, left) : sign_at(row, right)].strip() for row in below)
    return len(below) == AIR and not any(words)


async def keyless(desk: Desk, found: Sequence[Cut]) -> list[Cut]:
    """Those of some cuts that the key of the page does not show whole."""
    page = desk.page
    if page.question.asks is not None or isinstance(page, Sheet):
        return []
    key = page.keymap.keys("in-full").split(",")[0]
    await desk.press(key)
    sheet = desk.page
    regions = [part for part in sheet.regions.values() if part.called not in CHROME]
    rows = [row for region in regions for row in rows_of(region)]
    if sheet is page:
        rows = []
    else:
        await desk.press("escape")
    reading, shown = Reading(rows), _close("".join(row.plain for row in rows))
    wholes = {part for part in found if any(f.whole for f in reading.find(_words(part.text)))}
    cut = glyphs().cut in shown
    return [
        part._replace(fault="no key")
        for part in found
        if part not in wholes
        and (_close(part.shown) not in shown or (cut and _close(part.text) not in shown))
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(clean(text).split())


def _close(words: str) -> str:
    """Words without what is between them, since a long one is broken wherever a row ends."""
    return "".join(_words(words)).rstrip(ROUND)
