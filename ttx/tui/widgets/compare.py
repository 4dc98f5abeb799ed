"""Two runs side by side as rows: who they are, turn by turn, and one row of that opened."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text

from ttx.analysis.compare import Comparison
from ttx.analysis.row_details import Opened
from ttx.analysis.rows import Done, Row, Status
from ttx.i18n import _
from ttx.report.document import Entry, Paragraph, Part, Space, Tone
from ttx.session.view import words
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.parts import document
from ttx.tui.parts.table import Column, Table
from ttx.tui.theme import Glyphs, Ink

WIDE = 100
"""From this width on both sides stand beside each other, and timings have their own columns."""
MARK, BADGE, WORD, STATUS = 5, 3, 13, 16
"""Cells for the turn with its mark, the badge, a timing, and the status at the end of a row."""
TITLE, ANSWER = 30, 46
"""The widest that a title and an answer are given."""
GAP = 4
BAR = 2
"""Cells at the end of a row that are left to the bar, and to what keeps words apart from it."""
REMARKS = 4
"""The most rows that remarks take; the rest stands behind a key."""
TONES: dict[str, Tone] = {"better": "good", "worse": "bad"}


def letter(which: str, ink: Ink) -> Seg:
    """The letter of a side: blue is A, white is B."""
    ground = f"{ink.oncool} on {ink.coolbg}" if which == "A" else f"{ink.bg} on {ink.ref}"
    return f" {which} ", f"bold {ground}"


def hue(which: str, ink: Ink) -> str:
    """The colour of a side's words."""
    return ink.cool if which == "A" else ink.strong


@dataclass(frozen=True)
class Drawing:
    """A comparison as it is drawn."""

    made: Comparison
    ink: Ink
    signs: Glyphs
    brief: bool
    """Whether there is room for a few rows only."""

    def head(self, at: int, width: int) -> list[Text]:
        """What a run is: one row in brief, else with its record and its course on the levers."""
        run, ink = self.made.heads[at], self.ink
        name: list[Seg] = [letter("AB"[at], ink), (f" {run.name}", f"bold {ink.strong}")]
        if self.brief:
            facts = _("seed {seed}   {who}   {state}", seed=run.seed, who=run.who, state=run.state)
            return [paint.line(width, name, [(facts, ink.muted)])]
        called = _("seal") if run.final else _("seal so far")
        seal = f"   {called} {run.seal[:4]} {run.seal[4:8]}" if run.seal else ""
        facts = _("seed {seed}{seal}   {state}", seed=run.seed, seal=seal, state=run.state)
        courses = [row for course in run.courses for row in paint.block(width, course, ink.text)]
        first = paint.line(width, name, [(run.who, ink.text)])
        return [first, paint.line(width, [(facts, ink.muted)]), *courses]

    def courses(self, width: int) -> list[Text]:
        """The levers of both over the turns."""
        sides = [("A", self.made.heads[0]), ("B", self.made.heads[1])]
        return [
            paint.line(width, [letter(which, self.ink), (f" {course}", self.ink.text)])
            for which, run in sides
            for course in run.courses
        ]

    @property
    def sentences(self) -> list[Seg]:
        """What is to be borne in mind; what is not like for like bears on all that follows it."""
        made, ink = self.made, self.ink
        related = [(sentence, ink.muted) for sentence in made.related]
        remarks = [(sentence, f"bold {ink.strong}") for sentence in made.remarks]
        return [*related, *remarks, *([(made.levers, ink.text)] if made.levers else [])]

    def remarks(self, width: int, key: str) -> list[Text]:
        """The sentences as far as there is room; the rest is behind a key."""
        rows = [row for seg in self.sentences for row in paint.block(width, *seg, within=width)]
        if len(rows) > REMARKS:
            count = len(rows) - REMARKS + 1
            more = _("and {rows} more rows of remarks behind {key}", rows=count, key=key)
            rows[REMARKS - 1 :] = [paint.line(width, [(more, f"bold {self.ink.cool} @remarks")])]
        return rows

    # --- turn by turn ---

    def turns_head(self, width: int) -> list[Text]:
        """Where the two part, and what stands in the columns of the rows."""
        made, ink = self.made, self.ink
        tone = f"bold {ink.heat}" if made.first >= 0 else ink.muted
        title, answer, word = _columns(width)
        columns = [Column("", 1, gap=0), Column(_("turn"), MARK + BADGE - 1)]
        columns.append(Column(_("inject"), title))
        for which in "AB":
            columns.append(Column(_("{which} answered", which=which), answer))
            columns.append(Column(_("timing"), word))
        rows = paint.titled(width, _("TURN BY TURN"), ink, made.parted, tone)
        return [*rows[: 1 if self.brief else 2], Table(columns, width, self.signs).head(ink)]

    def turn(self, at: int, width: int, *, marked: bool) -> Text:
        """One step of a turn: what it was, what A did, what B did, and whether that differs."""
        rows, row, ink = self.made.rows, self.made.rows[at], self.ink
        title, answer, word = _columns(width)
        weight = "bold " if marked else ""
        base = f"{weight}{ink.muted if row.same else ink.text}"
        begins = at == 0 or rows[at - 1].turn != row.turn
        sign = self.signs.marked if marked else " "
        done, badge = row.a or row.b, ("", "")
        if done is not None and done.badge is not None:
            badge = paint.badge(done.badge.letter, done.badge.colour, ink)
            badge = (badge[0], base) if row.same else badge
        cells = [
            (MARK, (f"{sign}T{row.turn}", f"{weight}{ink.text if begins else ink.muted}")),
            (BADGE, badge),
            (title, (row.title, base)),
            *self._answer(row, "A", answer, word, base),
            *self._answer(row, "B", answer, word, base),
        ]
        first, status = row.status is Status.FIRST, row.status.words
        if first:
            status = status.upper() if word else _("FIRST")
        tone = f"bold {ink.heat}" if first else base if marked else ink.muted
        columns = [Column("", size, gap=size != BADGE) for size, _cell in cells]
        table = Table(columns, width, self.signs)
        right = [(status, tone), (" " * BAR, "")]
        return table.row([cell for _size, cell in cells], ink.raised if marked else "", right)

    def _answer(
        self, row: Row, which: str, answer: int, word: int, base: str
    ) -> list[tuple[int, Seg]]:
        """What one side did, and its timing where that has a column; each with its cells."""
        done, ink = row.a if which == "A" else row.b, self.ink
        if row.same and which == "B":
            ditto = '"' if done else ""
            return [(answer, (ditto, base)), (word, (ditto if done and done.word else "", base))]
        if done is None:
            return [(answer + word, ("" if row.same else _("no inject"), ink.muted))]
        deed = f"{done.said}, {done.how}" if done.how else done.said
        if which == "B" and row.a is not None and row.a.title != done.title:
            deed = f"{done.title}: {deed}"
        if not done.word:
            return [(answer + word, (deed, base))]
        tone = base if row.same else f"bold {ink.cool if done.in_time else ink.heat}"
        return [(answer, (deed, base)), (word, (done.word, tone))]

    def strip(self, at: int, width: int) -> list[Text]:
        """A row in full words, set off from the others: A in one row, B in the other."""
        row, ink = self.made.rows[at], self.ink
        apart = row.a is None or row.b is None or row.a.title != row.b.title
        rows = []
        for which, done in (("A", row.a), ("B", row.b)):
            cells = [letter(which, ink), (" ", ""), *self._whole(done, with_title=apart)]
            rows.append(paint.pressed(paint.line(width, cells, fill=ink.surface), "open"))
        return rows

    def _whole(self, done: Done | None, *, with_title: bool) -> list[Seg]:
        """All that one side did."""
        ink = self.ink
        if done is None:
            return [(_("no inject"), ink.muted)]
        notes = [
            (done.word, f"bold {ink.cool if done.in_time else ink.heat}"),
            (done.came, ink.muted),
            (_("the cells differed") if done.discord else "", ink.heat),
            (_("again, with knowledge") if done.again else "", ink.heat),
            (done.how, ink.heat),
        ]
        title = f"{done.title}: " if with_title and done.title else ""
        behind = [(f"   {note}", tone) for note, tone in notes if note]
        return [(title, ink.muted), (done.said, f"bold {ink.text}"), *behind]


def _columns(width: int) -> tuple[int, int, int]:
    """Cells for a title, an answer and its timing; the timing has none on a narrow screen."""
    word, status = (WORD, STATUS) if width >= WIDE else (0, len(Status.RESPONSE.words))
    room = width - BAR - MARK - BADGE - status - 2 * word
    answer = min(room * 35 // 100, ANSWER)
    return min(room - 2 * answer, TITLE), answer, word


# --- one row opened ---


def both(opened: tuple[Opened, Opened], width: int, ink: Ink) -> list[Text]:
    """What A and B did in a row: beside each other where there is room, else A and then B."""
    room = (width - GAP) // 2 if width >= WIDE else width
    a, b = (_side(side, which, room, ink) for which, side in zip("AB", opened, strict=True))
    if room == width:
        return [*a, paint.blank(width), *b]
    height = max(len(a), len(b))
    right = width - room
    return paint.laid_out([((0, 0, room, height), a), ((right, 0, room, height), b)], height)


def _side(side: Opened, which: str, width: int, ink: Ink) -> list[Text]:
    """What one side did: the sentence that matters, the others, and effects with arithmetic."""
    terms = (
        Entry(
            (term.name, words.exact(term.by), term.how),
            tones=("text", TONES.get(term.word, "muted"), "muted"),
            columns=(16, 8),
            numbers=(1,),
            hang=27,
        )
        for term in side.terms
    )
    title = paint.line(width, [letter(which, ink), (f" {side.title}", f"bold {ink.strong}")])
    lead = Paragraph(side.lead, tone="good" if which == "A" else "strong")
    parts: list[Part] = [lead, *map(Paragraph, side.sentences), Space(), *terms]
    return [title, *document.rows(parts, width, ink)]
