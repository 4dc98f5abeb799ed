"""The Standing: seven scores of one size and scale beside two reference runs on the same dice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session.view import words
from ttx.session.view.causes import evidence_lines
from ttx.session.view.foresight import foresees
from ttx.session.view.standing import (
    NO_STANDING,
    ScoreView,
    StandingView,
    TermRow,
    standing,
)
from ttx.tui import paint
from ttx.tui.braille import PanelColours, Reference, panel, trend
from ttx.tui.page import LARGE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.sheet import Sheet

REACH = 8
"""Half the width of the scale of differences, in points."""
LEVELS = (30, 70)
TREND = 8


class StandingScreen(PlayPage):
    """Differences from the first reference run by default, levels behind a key."""

    REGIONS: ClassVar[tuple[str, ...]] = (*(f"panel-{n}" for n in range(1, 9)), "rows", "under")
    WHOLE: ClassVar[tuple[str, ...]] = tuple(f"panel-{n}" for n in range(1, 9))
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"terms({n})", "terms", id=f"score-{n}", tooltip="One score, its terms")
            for n in range(1, 8)
        ),
        Binding(
            "f",
            "go('forecast')",
            "forecast",
            id="go-forecast",
            tooltip="Where robots would lead it",
        ),
        Binding("v", "view", "levels", id="levels", tooltip="Levels or differences"),
    ]
    name_of_page: ClassVar[str] = "standing"

    def __init__(self) -> None:
        """Differences first."""
        super().__init__()
        self.levels = False

    def _view(self) -> StandingView | None:
        return self.kept("view", lambda: standing(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of the standing."""
        if self._view() is None:
            return [("T", "table")]
        other = "differences" if self.levels else "levels"
        count = len(self.game.run.exercise.score)
        ahead = [("f", "forecast")] if foresees(self.eye) else []
        small = self.form == SMALL
        one = "one score" if small else "one score, with its terms"
        away = [("T", "table")] if small else [("T", "table"), ("M", "map")]
        return [(f"1-{count}", one), ("v", other), *ahead, *away]

    def plan(self) -> dict[str, Box]:
        """Eight places of one size, or rows on a small terminal."""
        x, y, width, height = self.body
        if self._view() is None:
            return {"rows": Box(x, y + (self.form != SMALL), width, 2)}
        if self.form == SMALL:
            return {"rows": Box(x, y, width, height - 3), "under": Box(x, y + height - 3, width, 3)}
        gap = 3 if self.form != LARGE else 5
        across = (width - 3 * gap) // 4
        down = (height - 5) // 2
        places = {
            f"panel-{at + 1}": Box(
                x + (at % 4) * (across + gap), y + 1 + (at // 4) * (down + 1), across, down
            )
            for at in range(8)
        }
        places["under"] = Box(x, y + height - 2, width, 2)
        return places

    def draw(self) -> None:
        """Fill the panels."""
        view = self._view()
        ink, places = self.ink, self.places
        if view is None:
            width = places["rows"].width
            self.put("rows", [paint.line(width, [(NO_STANDING, f"bold {ink.strong}")])])
            return
        names = [name for name, _ in view.scores[0].references] if view.scores else []
        if self.form == SMALL:
            self.put("rows", self._rows(view, places["rows"].width))
        else:
            for at, score in enumerate(view.scores[:7], start=1):
                box = places[f"panel-{at}"]
                self.put(f"panel-{at}", self._panel(view, score, box))
            for at in range(len(view.scores) + 1, 8):
                self.put(f"panel-{at}", [])
            self.put("panel-8", self._key(view, places["panel-8"].width, names))
        width = places["under"].width
        told: list[Seg] = [
            ("Structured judgement, not prediction. ", f"bold {ink.strong}"),
            (
                f"{len(view.scores)} scores, never one grade; under 0.50 is no clear difference.",
                ink.muted,
            ),
        ]
        self.put(
            "under",
            [paint.line(width, told[:1]), paint.line(width, told[1:])]
            if self.form == SMALL
            else [paint.line(width, told)],
        )

    # --- one score ---

    def _heading(self, score: ScoreView) -> tuple[list[Seg], list[Seg]]:
        ink = self.ink
        if self.levels or not score.references:
            tone = paint.direction_colour(score.word, ink)
            moved = f"{words.moved_points(score.change)} {score.word}"
            return [(f"{score.now // 100}", f"bold {ink.strong}")], [(f"  {moved}", tone)]
        tone = paint.direction_colour(score.against_way, ink)
        value = words.moved_points(score.against)
        return [(value, f"bold {ink.strong}")], [(f"  {score.against_word}", tone)]

    def _panel(self, view: StandingView, score: ScoreView, box: Box) -> list[Text]:
        ink = self.ink
        left, right = self._heading(score)
        caution = f"  {score.caution}" if score.caution else ""
        fits = sum(len(words_) for words_, _ in (*left, *right)) + len(caution) <= box.width
        rows = [
            paint.line(
                box.width, [(paint.cut(score.name, box.width, self.glyphs), f"bold {ink.strong}")]
            ),
            paint.line(
                box.width,
                [*left, *right, (caution if fits else "", ink.muted)],
            ),
        ]
        run, references, low, high = self._series(view, score)
        foot = ("T0", f"T{view.turn}", f"T{view.turns}")
        rows += panel(
            run,
            references,
            width=box.width,
            height=max(box.height - 3, 5),
            low=low,
            high=high,
            turns=view.turns + 1,
            colours=PanelColours(
                run=ink.strong,
                reference=ink.ref,
                likely=ink.cool,
                fan=ink.fan,
                text=ink.text,
                faint=ink.faint,
            ),
            foot=foot,
            glyphs="ascii" if self.glyphs.plain else "braille",
        )
        digits: list[Seg] = []
        for name, course in score.references:
            digits += [
                (f"{name[0].upper()} ", f"bold {ink.ref}"),
                (f"{course[-1] / 100:.1f}  ", ink.text),
            ]
        digits += [("now ", ink.muted), (f"{score.now / 100:.1f}", ink.text)]
        rows.append(paint.line(box.width, digits))
        return rows

    def _series(
        self, view: StandingView, score: ScoreView
    ) -> tuple[list[float | None], list[Reference], float, float]:
        """This run and the references on one scale, the same for every panel."""
        base = score.references[0][1] if score.references else score.course
        if self.levels:
            run: list[float | None] = [v / 100 for v in score.course]
            found = [
                Reference(name[0].upper(), [v / 100 for v in course], "dotted" if at else "dashed")
                for at, (name, course) in enumerate(score.references)
            ]
            every = [v / 100 for s in view.scores for v in s.course]
            low, high = min([LEVELS[0], *every]), max([LEVELS[1], *every])
            return run, found, low, high
        run = [(own - ref) / 100 for own, ref in zip(score.course, base, strict=True)]
        found = [
            Reference(
                name[0].upper(),
                [(one - ref) / 100 for one, ref in zip(course, base, strict=True)],
                "dotted" if at else "dashed",
            )
            for at, (name, course) in enumerate(score.references)
        ]
        widest = max((abs(v) for s in view.scores for v in self._gaps(s)), default=0.0)
        reach = REACH if widest <= REACH else (int(widest) // 4 + 1) * 4
        return run, found, -reach, reach

    @staticmethod
    def _gaps(score: ScoreView) -> list[float]:
        base = score.references[0][1] if score.references else score.course
        courses = [score.course, *(course for _, course in score.references)]
        return [(one - ref) / 100 for c in courses for one, ref in zip(c, base, strict=True)]

    def _key(self, view: StandingView, width: int, names: list[str]) -> list[Text]:
        ink = self.ink
        rows = [paint.line(width, [("HOW TO READ", f"bold {ink.muted}")]), paint.blank(width)]
        what = (
            "levels, 0 to 100" if self.levels else f"differences from {names[0]}" if names else ""
        )
        rows.append(paint.line(width, [(what, ink.text)]))
        rows.append(paint.line(width, [("thick  ", f"bold {ink.strong}"), ("this run", ink.text)]))
        for at, name in enumerate(names):
            line = "dotted " if at else "dashed "
            rows.append(
                paint.line(
                    width,
                    [(line, ink.ref), (f"{name}, same dice", ink.text)],
                    [(name[0].upper(), f"bold {ink.ref}")],
                )
            )
        rows += [
            paint.blank(width),
            paint.line(width, [("THIS TURN MOVED MOST", f"bold {ink.muted}")]),
        ]
        for name, by, way in view.moved_most:
            tone = paint.direction_colour(way, ink)
            rows.append(paint.line(width, [(f"{name} {by} {way.word}", tone)]))
        if not view.moved_most:
            rows.append(paint.line(width, [("No turn has been reckoned yet.", ink.muted)]))
        return rows

    def _rows(self, view: StandingView, width: int) -> list[Text]:
        ink = self.ink
        names = [name for name, _ in view.scores[0].references]
        what = "value and change" if self.levels else f"this run less {names[0]}"
        heads = "".join(f"{name[0].upper():>7}" for name in names)
        rows = [
            paint.line(
                width,
                [(f"  {'':<26}", ""), (what, ink.muted)],
                [(f"{'trend':<{TREND}}{heads}", ink.muted)],
            ),
            paint.rule(width, ink, self.glyphs),
        ]
        for at, score in enumerate(view.scores, start=1):
            run, _, low, high = self._series(view, score)
            line = trend(run, TREND, low, high, "ascii" if self.glyphs.plain else "braille")
            left, right = self._heading(score)
            levels = "".join(f"{course[-1] / 100:>7.1f}" for _, course in score.references)
            name = paint.cut(score.name, 25, self.glyphs)
            rows.append(
                paint.line(
                    width,
                    [(f"{at} ", f"bold {ink.cool}"), (f"{name:<26}", ink.text), *left, *right],
                    [(line, ink.strong), (levels, ink.muted)],
                )
            )
            rows.append(paint.blank(width))
        return rows

    # --- keys ---

    def action_view(self) -> None:
        """Levels or differences."""
        self.levels = not self.levels
        self.paint()

    def action_terms(self, number: int) -> None:
        """One score with its terms, each with what moved it."""
        view = self._view()
        if view is None or number > len(view.scores):
            return
        score = view.scores[number - 1]

        def rows(sheet: Sheet, width: int) -> list[Text]:
            ink = sheet.ink
            room = min(width, 112)
            found: list[Text] = []
            if not score.terms:
                found.append(paint.line(room, [("No turn has been reckoned yet.", ink.muted)]))
            for term in score.terms:
                good = (term.by > 0) == (score.better == "higher")
                tone = ink.muted if not term.by else ink.cool if good else ink.heat
                found.append(
                    paint.line(
                        room,
                        [
                            (f"{paint.clean(term.name):<36}", f"bold {ink.text}"),
                            (_values(term), ink.muted),
                            (f"{words.exact(term.by):>8}", f"bold {tone}"),
                        ],
                    )
                )
                told = ", ".join(f"{name} {words.exact(by)}" for name, by in term.causes[:4])
                if told:
                    found += [
                        paint.line(room, [(f"    {one}", ink.muted)])
                        for one in paint.wrap(told, room - 4)
                    ]
            found.append(paint.blank(room))
            total = sum(term.by for term in score.terms)
            found.append(
                paint.line(
                    room,
                    [
                        (
                            f"{'change over the turn':<54}{words.exact(total):>8}",
                            f"bold {ink.strong}",
                        )
                    ],
                )
            )
            note = (
                "Inputs are replaced one at a time in a fixed order, and each difference is booked "
                "to its input; the parts add up exactly, and the order is a convention."
            )
            found += [paint.line(room, [(one, ink.muted)]) for one in paint.wrap(note, room)]
            found += [paint.blank(room), paint.label(room, "WHAT THE CAUSES REST ON", ink)]
            ids = [one for term in score.terms for one in term.basis]
            for told in evidence_lines(self.game.run.exercise, ids):
                found += [paint.line(room, [(one, ink.text)]) for one in paint.wrap(told, room)]
                found.append(paint.blank(room))
            return found

        self.shell.open(Sheet(score.name, rows, "before, after, what it did to the score"))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A panel opens its terms."""
        if event.region.startswith("panel-"):
            self.action_terms(int(event.region[-1]))
        elif event.region == "rows" and event.row >= 2:
            self.action_terms((event.row - 2) // 2 + 1)


def _values(term: TermRow) -> str:
    """Before and after: points with two decimals, or whole money."""
    if term.money:
        return f"{term.before:>8,}{term.after:>8,}  "
    return f"{term.before / 100:>8.2f}{term.after / 100:>8.2f}  "
