"""Home: the exercises, the saves, and the recorded runs a newcomer can open."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

import ttx
from ttx.exercise.exercise_paths import Head, available, head
from ttx.exercise.problems import ExerciseError
from ttx.session import marks
from ttx.session.save_header import SUFFIX, Glance, SaveError, glance
from ttx.session.save_paths import examples_folder, saves_folder
from ttx.tui import paint
from ttx.tui.page import MIDDLE, SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region

SHOWN = 200
"""More saves than anybody reads; the rest stay in the folder."""
PLAY = "Play"


def _cover(path: Path) -> tuple[Head | None, str]:
    try:
        return head(path), ""
    except ExerciseError as error:
        return None, str(error).splitlines()[0]


class HomeScreen(Page):
    """What can be played, and what was."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "exercises", "about", "saves")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
        Binding("tab,shift+tab", "other", "saves", id="other", tooltip="Exercises or saves"),
        Binding("enter", "open", "play", id="open", tooltip="Play, or go on with the save"),
        Binding("c", "last", "continue", id="continue", tooltip="Go on with the last run"),
        Binding("P", "replay", "replay", id="replay", tooltip="Replay the save, or watch it"),
        Binding("D", "compare", "compare", id="compare", tooltip="Lay two saves side by side"),
        Binding("w", "report", "report", id="report", tooltip="Write the report of the save"),
        Binding("d", "delete", "delete", id="delete", tooltip="Delete the save, after a question"),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First row"),
        Binding("G,end", "edge(1)", "last row", id="last", tooltip="Last row"),
    ]

    @property
    def leaving(self) -> str:
        """The way out of the program."""
        return "quit"

    def __init__(self) -> None:
        """Exercises first."""
        super().__init__()
        self.on_saves = False
        self.marked = 0
        self.top = 0
        self.first: Path | None = None
        """The save that waits for another to be compared with."""
        self.exercises: list[tuple[Path, Head | None, str]] = []
        self.saves: list[tuple[Glance, bool]] = []
        self.read()

    def read(self) -> None:
        """Look at the covers of exercises and the heads of saves."""
        self.exercises = [(path, *_cover(path)) for _, path in available()]
        self.exercises.sort(key=lambda one: (one[1] is None, -(one[1].minutes if one[1] else 0)))
        found: list[tuple[Glance, bool]] = []
        for folder, example in ((saves_folder(), False), (examples_folder(), True)):
            try:
                paths = [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]
            except OSError:
                continue
            seen = [glance(path) for path in paths]
            seen.sort(key=lambda one: one.path.name if example else -one.played)
            found += [(one, example) for one in seen[:SHOWN]]
        self.saves = found

    def mark(self, path: Path) -> None:
        """Mark the save of the run that was just left."""
        self.read()
        for at, (one, _) in enumerate(self.saves):
            if one.path == path:
                self.on_saves, self.marked = True, at
        self.paint()

    def on_screen_resume(self) -> None:
        """Runs may have been played meanwhile."""
        self.read()

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Home needs no network."""
        ink = self.ink
        return [("Home", f"bold {ink.strong}")], [("no network needed", ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of what is marked."""
        if self.on_saves:
            word = "review" if self._over() else "continue"
            delete = () if self.form == SMALL else (("d", "delete"),)
            return (
                ("Enter", word),
                ("P", "replay"),
                ("D", "compare"),
                ("w", "report"),
                *delete,
                ("Tab", "exercises"),
            )
        keys = [("j k", "move"), ("Enter", "play"), ("Tab", "saves")]
        return [*keys, ("c", "continue")] if self._last() else keys

    def _over(self) -> bool:
        return bool(self.saves) and self.saves[self.marked][0].phase in ("closed", "hotwash")

    def _last(self) -> Path | None:
        for one, example in self.saves:
            if not example and not one.broken and one.phase not in ("closed", "hotwash"):
                return one.path
        return None

    # --- places ---

    def plan(self) -> dict[str, Box]:
        """Exercises left, the marked one right, saves below."""
        x, y, width, height = self.body
        count = max(len(self.exercises), 1)
        if self.form == SMALL:
            return {
                "exercises": Box(x, y, width, 2 + min(count, 5)),
                "about": Box(x, y + 3 + min(count, 5), width, 5),
                "saves": Box(x, y + 9 + min(count, 5), width, height - 9 - min(count, 5)),
            }
        left = 52 if self.form == MIDDLE else 74
        gap = 6
        top = min(3 + 3 * count, 18)
        return {
            "head": Box(x + 2, y + 2, width - 4, 1),
            "exercises": Box(x + 2, y + 5, left, max(top, 19)),
            "about": Box(x + 2 + left + gap, y + 5, width - left - gap - 4, max(top, 19)),
            "saves": Box(x + 2, y + 6 + max(top, 19), width - 4, height - 7 - max(top, 19)),
        }

    # --- painting ---

    def draw(self) -> None:
        """Fill the regions."""
        places, ink = self.places, self.ink
        if "head" in places:
            width = places["head"].width
            name = [
                ("ttx", f"bold {ink.strong}"),
                ("  tabletop exercises in a terminal", ink.muted),
            ]
            self.put("head", [paint.line(width, name, [(ttx.__version__, ink.muted)])])
        self.put("exercises", self._exercises(places["exercises"].width))
        self.put("about", self._about(places["about"].width))
        box = places["saves"]
        self.put("saves", self._saves(box.width, box.height))

    def _exercises(self, width: int) -> list[Text]:
        ink = self.ink
        rows = [
            paint.label(width, "EXERCISES", ink, "length   seats "),
            paint.rule(width, ink, self.glyphs),
        ]
        for at, (path, cover, wrong) in enumerate(self.exercises):
            here = not self.on_saves and at == self.marked
            fill = ink.raised if here else ""
            sign = f"{self.glyphs.marked} " if here else "  "
            title = cover.title if cover else path.name
            right = [(f"{cover.minutes} min {cover.seats:>7} ", ink.muted)] if cover else []
            under = cover.summary if cover else wrong
            tone = ink.muted if cover else ink.heat
            head_: list[Seg] = [
                (sign, ink.cool),
                (title, f"bold {ink.strong if here else ink.text}"),
            ]
            if self.form == SMALL:
                head_.append((f"   {under}", tone))
                rows.append(paint.line(width, head_, right, fill=fill))
                continue
            rows.append(paint.line(width, head_, right, fill=fill))
            rows.append(paint.line(width, [("  ", ""), (under, tone)], fill=fill))
            rows.append(paint.blank(width))
        if not self.exercises:
            rows.append(
                paint.line(width, [("No exercise was found beside the program.", ink.heat)])
            )
        return rows

    def _about(self, width: int) -> list[Text]:
        ink = self.ink
        if self.on_saves or not self.exercises:
            return self._about_save(width)
        _, cover, wrong = self.exercises[min(self.marked, len(self.exercises) - 1)]
        if cover is None:
            return [paint.line(width, [(one, ink.heat)]) for one in paint.wrap(wrong, width)]
        tongue = ", ".join({"en": "English", "ja": "Japanese"}.get(c, c) for c in cover.languages)
        rows = (
            []
            if self.form == SMALL
            else [
                paint.label(width, cover.title.upper(), ink, tongue),
                paint.rule(width, ink, self.glyphs),
            ]
        )
        shown = cover.about[:1] if self.form == SMALL else cover.about
        for part in shown:
            rows += [paint.line(width, [(one, ink.text)]) for one in paint.broken(part, width)]
            if self.form != SMALL:
                rows.append(paint.blank(width))
        buttons = [
            *paint.button("Enter", PLAY, ink, default=True),
            ("  alone, or as a group at this keyboard", ink.muted),
        ]
        rows.append(paint.line(width, buttons))
        return rows

    def _about_save(self, width: int) -> list[Text]:
        ink = self.ink
        if not self.saves:
            return []
        one, example = self.saves[min(self.marked, len(self.saves) - 1)]
        rows = [
            paint.label(
                width, (one.title or one.path.name).upper(), ink, "example" if example else "save"
            ),
            paint.rule(width, ink, self.glyphs),
        ]
        words = one.broken or (
            f"Turn {one.turn} of {one.turns}; "
            + (
                "the review can be read."
                if one.phase in ("closed", "hotwash")
                else f"waits at: {one.phase}."
            )
        )
        rows += [
            paint.line(width, [(w, ink.heat if one.broken else ink.text)])
            for w in paint.broken(words, width)
        ]
        if one.remark:
            said = f"Not as it was written: {one.remark}."
            rows += [paint.line(width, [(w, ink.heat)]) for w in paint.broken(said, width)]
        rows += [
            paint.line(width, [(w, ink.muted)]) for w in paint.broken(str(one.path.name), width)
        ]
        return rows

    def _saves(self, width: int, height: int) -> list[Text]:
        ink = self.ink
        rows = [
            paint.label(width, "SAVES", ink, "last played first, then examples"),
            paint.rule(width, ink, self.glyphs),
        ]
        if not self.saves:
            words = "No saves yet. Enter plays the marked exercise; the tutorial takes ten minutes."
            return [*rows, paint.line(width, [(words, ink.text)])]
        wide = width >= 100
        room = max(height - (4 if wide else 2), 1)
        if wide:
            head_ = f"  {'exercise':<14}{'turn':<14}{'seats':<12}{'played':<14}{'state':<12}remark"
            rows.append(paint.line(width, [(head_, ink.muted)]))
        if self.on_saves:
            self.top = max(min(self.top, self.marked), self.marked - room + 1, 0)
        for at, (one, example) in list(enumerate(self.saves))[self.top : self.top + room]:
            here = self.on_saves and at == self.marked
            rows.append(self._save(one, width, here=here, example=example, wide=wide))
        if wide:
            rows.append(paint.line(width, [(f"{len(self.saves)} in all", ink.faint)]))
        return rows

    def _save(self, one: Glance, width: int, *, here: bool, example: bool, wide: bool) -> Text:
        ink = self.ink
        fill = ink.raised if here else ""
        sign = f"{self.glyphs.marked} " if here else "  "
        if one.broken:
            left: list[Seg] = [
                (sign, ink.cool),
                (f"{one.path.name[:38]:<40}", ink.text),
                (one.broken, ink.heat),
            ]
            return paint.line(width, left, fill=fill)
        over = one.phase in ("closed", "hotwash")
        played = datetime.datetime.fromtimestamp(one.played).astimezone()
        today = played.date() == datetime.datetime.now().astimezone().date()
        when = f"today {played:%H:%M}" if today else f"{played.day} {played:%b}"
        people = (
            f"{one.people} alone"
            if one.people == 1
            else f"{one.people} cells"
            if one.people
            else "robots"
        )
        state = "example" if example else "closed" if over else "in play"
        waits = "" if over else f"waits at: {one.phase}"
        remark = one.remark or (example_remark(one.path) if example else waits)
        if one.path == self.first:
            remark = f"A, to be compared   {remark}"
        left = [
            (sign, ink.cool),
            (f"{one.title[:13]:<14}", f"bold {ink.strong if here else ink.text}"),
            (f"T{one.turn} of {one.turns:<7}", ink.text),
        ]
        if wide:
            left += [(f"{people:<12}", ink.text)]
            left += [(f"{'recorded' if example else when:<14}", ink.text)]
        left += [(f"{state:<12}", f"bold {ink.cool}" if state == "in play" else ink.muted)]
        left += [(remark, ink.muted)]
        return paint.line(width, left, fill=fill)

    # --- keys ---

    def _rows(self) -> int:
        return len(self.saves) if self.on_saves else len(self.exercises)

    def action_step(self, by: int) -> None:
        """Mark the next or former row."""
        if self._rows():
            self.marked = (self.marked + by) % self._rows()
            self.paint()

    def action_edge(self, end: int) -> None:
        """Mark the first or last row."""
        self.marked = max(self._rows() - 1, 0) if end else 0
        self.paint()

    def action_other(self) -> None:
        """Between exercises and saves."""
        if self.saves or self.on_saves:
            self.on_saves, self.marked = not self.on_saves, 0
            self.paint()
        else:
            self.show_notice("No saves yet. Enter plays the marked exercise.")

    def action_open(self) -> None:
        """Play the exercise, go on with the save, or read its review."""
        if self.on_saves and self.saves:
            one, example = self.saves[self.marked]
            if one.broken:
                self.show_notice(one.broken)
                return
            self._try(one.path, example=example)
        elif self.exercises:
            path, cover, wrong = self.exercises[self.marked]
            if cover is None:
                self.show_notice(wrong)
                return
            self._go(lambda: self.host.runs.play(path))

    def _try(self, path: Path, *, example: bool) -> None:
        self._go(lambda: self.host.runs.resume(path, read_only=example))

    def action_last(self) -> None:
        """Go on with the last run that is not over."""
        path = self._last()
        if path is None:
            self.show_notice("No run waits. Enter plays the marked exercise.")
        else:
            self._try(path, example=False)

    def _marked_save(self) -> Path | None:
        """The marked save where it can be read, or else its reason is said."""
        if not self.on_saves or not self.saves:
            self.show_notice("Mark a save first: Tab goes to the saves.")
            return None
        one, _ = self.saves[self.marked]
        if one.broken:
            self.show_notice(one.broken)
            return None
        return one.path

    def action_replay(self) -> None:
        """Look at any moment of the marked save."""
        path = self._marked_save()
        if path is not None:
            self._go(lambda: self.host.runs.replay(path))

    def action_report(self) -> None:
        """Write the after-action review of the marked save beside it."""
        path = self._marked_save()
        if path is not None:
            self._go(lambda: self._report(path))

    def _report(self, path: Path) -> None:
        from ttx.report.filed import filed

        self.show_notice(filed(path))

    def action_compare(self) -> None:
        """Lay the marked save beside the one marked before."""
        path = self._marked_save()
        if path is None:
            return
        first, self.first = self.first, None
        if first == path:
            self.show_notice(f"{path.name} is no longer A.")
        elif first is None:
            self.first = path
            self.show_notice(f"{path.name} is A. Mark another save, and D lays it beside.")
        else:
            self._go(lambda: self.host.runs.compare(first, path))

    def _go(self, where: Callable[[], None]) -> None:
        try:
            where()
        except (ExerciseError, SaveError, ValueError) as error:
            self.show_notice(str(error).splitlines()[0])

    def action_delete(self) -> None:
        """Delete the marked save, after a question."""
        if not self.on_saves or not self.saves:
            return
        one, example = self.saves[self.marked]
        if example:
            self.show_notice("The examples belong to the program; they stay.")
            return
        self.confirm(
            f"Delete {one.path.name} and its bookmarks?", "Delete", lambda: self._delete(one.path)
        )

    def _delete(self, path: Path) -> None:
        try:
            path.unlink()
            marks.beside(path).unlink(missing_ok=True)
        except OSError as error:
            self.show_notice(f"{path.name} cannot be deleted: {error.strerror}.")
            return
        self.read()
        self.marked = max(min(self.marked, self._rows() - 1), 0)
        self.on_saves = bool(self.saves)
        self.paint()

    def action_back(self) -> None:
        """Leave the program."""
        self.app.exit()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks, a second click opens."""
        if event.region == "exercises":
            each = 1 if self.form == SMALL else 3
            at = (event.row - 2) // each
            if event.row >= 2 and at < len(self.exercises):
                self._click(at, saves=False)
        elif event.region == "saves":
            head_ = 2 if self.form == SMALL else 3
            at = event.row - head_ + self.top
            if event.row >= head_ and at < len(self.saves):
                self._click(at, saves=True)
        elif event.region == "about" and self.on_button(event, "Enter", PLAY):
            self.action_open()

    def _click(self, at: int, *, saves: bool) -> None:
        again = saves == self.on_saves and at == self.marked
        self.on_saves, self.marked = saves, at
        self.paint()
        if again:
            self.action_open()


def example_remark(path: Path) -> str:
    """What an example shows, from its name: `staff-wins` reads as `staff wins`."""
    return path.name.removesuffix(SUFFIX).replace("-", " ")
