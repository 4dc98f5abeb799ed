"""Home: the exercises, the saves, and the recorded runs a newcomer can open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

import ttx
from ttx.exercise.exercise_paths import available, head
from ttx.exercise.problems import ExerciseError
from ttx.i18n import _
from ttx.session import marks
from ttx.session.save_header import SUFFIX, SaveError, glance
from ttx.session.save_paths import examples_folder, saves_folder
from ttx.tui import paint
from ttx.tui.page import Page
from ttx.tui.paint import Seg
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box, Region
from ttx.tui.widgets import home as rows

SHOWN = 200
"""More saves than anybody reads; the rest stay in the folder."""


REPORTS = (".html", ".md")
"""The endings of reports, which lie beside their saves."""


def _cover(path: Path) -> rows.Cover:
    try:
        return rows.Cover(path, head(path), "")
    except ExerciseError as error:
        return rows.Cover(path, None, str(error).splitlines()[0])


def _named(folder: Path) -> str:
    """A folder as it is named from where one is, or from one's home."""
    for base, sign in ((Path.cwd(), "."), (Path.home(), "~")):
        if folder.is_relative_to(base):
            return paint.clean(str(Path(sign, folder.relative_to(base))))
    return paint.clean(str(folder))


def _last_report(folder: Path) -> str:
    """The name of the report that was written last; empty where there is none."""
    try:
        reports = [p for p in folder.iterdir() if "-report" in p.stem and p.suffix in REPORTS]
        return max(reports, key=lambda p: p.stat().st_mtime).name if reports else ""
    except OSError:
        return ""


class HomeScreen(Page):
    """What can be played, and what was."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "exercises", "about", "saves", "count")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"exercises": ListRegion, "saves": ListRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other", "saves", id="other", tooltip="Exercises or saves"),
        Binding("enter", "open", "play", id="open", tooltip="Play, or go on with the save"),
        Binding("s", "seat", "seat", id="seat", tooltip="Choose a seat, and play from it"),
        Binding("c", "last", "continue", id="continue", tooltip="Go on with the last run"),
        Binding("P", "replay", "replay", id="replay", tooltip="Replay the save, or watch it"),
        Binding("D", "compare", "compare", id="compare", tooltip="Lay two saves side by side"),
        Binding("w", "report", "report", id="report", tooltip="Write the report of the save"),
        Binding("d", "delete", "delete", id="delete", tooltip="Delete the save, after a question"),
    ]

    def __init__(self) -> None:
        """Exercises first."""
        super().__init__()
        self.first: Path | None = None
        """The save that waits for another to be compared with."""
        self.exercises: dict[str, rows.Cover] = {}
        self.saves: dict[str, rows.Kept] = {}
        self._last_report = ""
        self.read()

    def read(self) -> None:
        """Look at the covers of exercises and the heads of saves."""
        self._last_report = _last_report(saves_folder())
        covers = [_cover(path) for _name, path in available()]
        covers.sort(key=lambda cover: -cover.minutes)
        self.exercises = {str(cover.path): cover for cover in covers}
        self.saves = {}
        for folder, example in ((saves_folder(), False), (examples_folder(), True)):
            try:
                paths = [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]
            except OSError:
                continue
            seen = [glance(path) for path in paths]
            seen.sort(key=lambda save: save.path.name if example else -save.played)
            self.saves |= {str(save.path): rows.Kept(save, example) for save in seen[:SHOWN]}

    def mark(self, path: Path) -> None:
        """Mark the save of the run that was just left."""
        self.read()
        saves = self.list("saves")
        saves.take([*self.saves])
        saves.mark(str(path))
        if str(path) in self.saves:
            saves.focus()
        self.paint()

    def on_screen_resume(self) -> None:
        """Runs may have been played while another page lay over this one."""
        if self.covered:
            self.read()

    @property
    def on_saves(self) -> bool:
        """Whether the saves have the keys."""
        return self.has_keys("saves")

    def _cover_marked(self) -> rows.Cover | None:
        return self.exercises.get(self.list("exercises").marked or "")

    def _save_marked(self) -> rows.Kept | None:
        return self.saves.get(self.list("saves").marked or "") if self.on_saves else None

    @property
    def leaving(self) -> str:
        """The way out of the program."""
        return _("quit")

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """Home needs no network."""
        return [(_("Home"), f"bold {self.ink.strong}")], [(_("no network needed"), self.ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of what is marked."""
        if self.on_saves:
            marked = self._save_marked()
            over = marked is not None and marked.over
            delete = self.by_size((), (("delete", _("delete")),))
            return (
                ("open", _("review") if over else _("continue")),
                ("replay", _("replay")),
                ("compare", _("compare")),
                ("report", _("report")),
                *delete,
                ("other", _("exercises")),
            )
        keys = [("down up", _("move")), ("open", _("play")), ("seat", _("seat"))]
        keys.append(("other", _("saves")))
        return [*keys, ("continue", _("continue"))] if self._last() else keys

    def _last(self) -> Path | None:
        for save in self.saves.values():
            if not save.example and not save.header.broken and not save.over:
                return save.header.path
        return None

    # --- painting ---

    def plan(self) -> dict[str, Box]:
        """Exercises left, the marked one right, saves below."""
        count = max(len(self.exercises), 1)
        listed = min(count, 5)
        tall = max(min(3 + 3 * count, 18), 19)
        exercises, about, saves = Cell("exercises"), Cell("about"), Cell("saves")
        small = column(column(exercises, size=2 + listed), 1, column(about, size=5), 1, saves)
        beside = row(Cell("exercises", self.by_size(0, 52, 74)), 6, about, size=tall)
        large = row(2, column(2, Cell("head", 1), 2, beside, 1, saves, Cell("count", 1), 1), 2)
        return boxes(self.by_size(small, large), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        places, ink, signs = self.places, self.ink, self.glyphs
        brief = self.by_size(small=True, middle=False)
        if "head" in places:
            self.put("head", [rows.name(places["head"].width, ttx.__version__, ink)])
        width = places["exercises"].width
        self.put_list(
            "exercises",
            [*self.exercises],
            lambda key, here: rows.exercise(
                self.exercises[key],
                width,
                ink,
                signs,
                marked=here and not self.on_saves,
                brief=brief,
            ),
            rows.exercises_head(width, ink, signs, none=not self.exercises),
        )
        self.put("about", self._about(places["about"].width, brief=brief))
        self._draw_saves()

    def _about(self, width: int, *, brief: bool) -> list[Text]:
        save, cover = self._save_marked(), self._cover_marked()
        if save is not None:
            return rows.about_save(save, width, self.ink, self.glyphs)
        if cover is None or self.on_saves:
            return []
        return rows.about(cover, width, self.ink, self.glyphs, brief=brief)

    def _draw_saves(self) -> None:
        box, ink, signs = self.places["saves"], self.ink, self.glyphs
        table = rows.table_of_saves(box.width, signs, wide=box.width >= rows.WIDE)
        self.put_list(
            "saves",
            [*self.saves],
            lambda key, here: [
                rows.save(
                    self.saves[key],
                    table,
                    ink,
                    signs,
                    marked=here and self.on_saves,
                    first=self.saves[key].header.path == self.first,
                )
            ],
            rows.saves_head(table, ink, signs, none=not self.saves),
        )
        if "count" in self.places:
            self.put("count", [paint.line(box.width, [(self._kept_in(), ink.muted)])])

    def _kept_in(self) -> str:
        """How many saves there are and where they lie, with the report that was written last."""
        folder = _named(saves_folder())
        if not self.saves:
            return _("Saves go to {folder}", folder=folder)
        if not self._last_report:
            return _("{count} in all, in {folder}", count=len(self.saves), folder=folder)
        return _(
            "{count} in all; last report: {report}; in {folder}",
            count=len(self.saves),
            folder=folder,
            report=paint.clean(self._last_report),
        )

    # --- keys ---

    def action_other(self) -> None:
        """Between exercises and saves."""
        if self.saves or self.on_saves:
            self.list("exercises" if self.on_saves else "saves").focus()
        else:
            words = _("No saves yet. {key} plays the marked exercise.", key=self.key("open"))
            self.show_notice(words)

    def on_descendant_focus(self) -> None:
        """What has the keys is shown as marked."""
        self.paint()

    def on_list_region_chosen(self) -> None:
        """A second click opens what is marked."""
        self.action_open()

    def action_open(self) -> None:
        """Play the exercise, go on with the save, or read its review."""
        save, cover = self._save_marked(), self._cover_marked()
        if save is not None and save.header.broken:
            self.show_notice(save.header.broken)
        elif save is not None:
            self._resume(save.header.path, example=save.example)
        elif cover is not None and cover.head is None:
            self.show_notice(cover.wrong)
        elif cover is not None and not self.on_saves:
            self._go(lambda: self.host.runs.play(cover.path))

    def action_seat(self) -> None:
        """Choose who one is in the marked exercise, and play from there."""
        cover = self._cover_marked()
        if self.on_saves or cover is None or cover.head is None:
            key = self.key("other")
            self.show_notice(_("Mark an exercise first: {key} goes to them.", key=key))
            return

        def choose() -> None:
            rows = self.host.runs.seats(cover.path)
            heading = _("Play {title} from", title=cover.head.title if cover.head else "")
            self.shell.go("choice", heading, rows, play)

        def play(seat: str) -> None:
            self._go(lambda: self.host.runs.play(cover.path, seat))

        self._go(choose)

    def _resume(self, path: Path, *, example: bool) -> None:
        self._go(lambda: self.host.runs.resume(path, read_only=example))

    def action_last(self) -> None:
        """Go on with the last run that is not over."""
        path = self._last()
        if path is None:
            words = _("No run waits. {key} plays the marked exercise.", key=self.key("open"))
            self.show_notice(words)
        else:
            self._resume(path, example=False)

    def _marked_path(self) -> Path | None:
        """The marked save where it can be read, or else its reason is said."""
        save = self._save_marked()
        if save is None:
            words = _("Mark a save first: {key} goes to the saves.", key=self.key("other"))
            self.show_notice(words)
            return None
        if save.header.broken:
            self.show_notice(save.header.broken)
            return None
        return save.header.path

    def action_replay(self) -> None:
        """Look at any moment of the marked save."""
        path = self._marked_path()
        if path is not None:
            self._go(lambda: self.host.runs.replay(path))

    def action_report(self) -> None:
        """Write the after-action review of the marked save beside it."""
        path = self._marked_path()
        if path is not None:
            self._go(lambda: self._report(path))

    def _report(self, path: Path) -> None:
        from ttx.report.filed import filed

        self.show_notice(filed(path))

    def action_compare(self) -> None:
        """Lay the marked save beside the one marked before."""
        path = self._marked_path()
        if path is None:
            return
        first, self.first = self.first, None
        if first == path:
            self.show_notice(_("{name} is no longer A.", name=path.name))
        elif first is None:
            self.first = path
            self.show_notice(
                _(
                    "{name} is A. Mark another save, and {key} lays it beside.",
                    name=path.name,
                    key=self.key("compare"),
                )
            )
        else:
            self._go(lambda: self.host.runs.compare(first, path))

    def _go(self, where: Callable[[], None]) -> None:
        try:
            where()
        except (ExerciseError, SaveError, ValueError) as error:
            self.show_notice(str(error).splitlines()[0])

    def action_delete(self) -> None:
        """Delete the marked save, after a question."""
        save = self._save_marked()
        if save is None:
            return
        if save.example:
            self.show_notice(_("The examples belong to the program; they stay."))
            return
        path = save.header.path
        sentence = _("Delete {name} and its bookmarks?", name=path.name)
        self.confirm(sentence, _("Delete"), lambda: self._delete(path))

    def _delete(self, path: Path) -> None:
        try:
            path.unlink()
            marks.beside(path).unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror
            words = _("{name} cannot be deleted: {reason}.", name=path.name, reason=reason)
            self.show_notice(words)
            return
        self.read()
        if not self.saves:
            self.list("exercises").focus()
        self.paint()

    def action_back(self) -> None:
        """Leave the program."""
        self.app.exit()
