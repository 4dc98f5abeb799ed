"""The Table while others decide: what a seat may read and has no part in."""

from __future__ import annotations

from ttx.i18n import _
from ttx.session import phases
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view import table as views
from ttx.session.view import tracks as track_views
from ttx.session.view.aims import AimView, own_aims
from ttx.session.view.pace import OwnCell, own_cell
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.region import Box
from ttx.tui.screens import table_places
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.theatre import map_rows
from ttx.tui.widgets import aims, levers, message, tracks


class WatchPage(PlayPage):
    """The message, one sentence, what is known of the levers, and the tracks in sight."""

    def _view(self) -> message_views.MessageView | None:
        return self.kept("message", lambda: message_views.message(self.eye))

    def _tracks(self) -> tuple[track_views.TrackView, ...]:
        return self.kept("tracks", lambda: track_views.tracks(self.eye))

    def _budgets(self) -> tuple[lever_views.BudgetView, ...]:
        return self.kept("budgets", lambda: lever_views.budgets(self.eye))

    def _announced(self) -> tuple[lever_views.AnnouncedView, ...]:
        return self.kept("announced", lambda: lever_views.announced(self.eye))

    def _aims(self) -> tuple[AimView, ...]:
        """What the adversaries of a Red seat are after; nothing for those who see the scores."""
        return self.kept("aims", lambda: own_aims(self.eye))

    @property
    def meanwhile(self) -> str:
        """The sentence of this form; empty where the seat has something before it."""
        return views.meanwhile(self.eye)

    @property
    def deciding(self) -> bool:
        """Whether the seat is in a cell that answers and moves levers."""
        return self.cell.decides

    @property
    def cell(self) -> OwnCell:
        """The seat's own cell."""
        return self.kept("cell", lambda: own_cell(self.eye))

    def _width(self, name: str) -> int:
        return self.places[name].width

    def _has_news(self) -> bool:
        """Whether there is a message to read beside the sentence."""
        return self.game.phase != phases.LEVERS and self._view() is not None

    def watch_plan(self) -> dict[str, Box]:
        """The arrangement while others decide."""
        known = len(self._announced()) or min(len(self._budgets()), 1)
        news, after = self._has_news(), bool(self._aims())
        return table_places.watch(self.body, self.form, message=news, known=known, aim=after)

    def draw_watch(self) -> None:
        """Fill that arrangement."""
        ink, signs, small = self.ink, self.glyphs, self.form == SMALL
        view = self._view()
        if "message" in self.places and view is not None:
            width = self._width("message")
            rows = (
                message.message_rows_small(view, width, ink)
                if small
                else message.message_rows(view, width, ink, signs, self.places["message"].height)
            )
            self.put("message", rows)
        width = self._width("question")
        told = paint.broken(self.meanwhile, width)
        self.put("question", [paint.line(width, [(one, f"bold {ink.strong}")]) for one in told])
        if "held" in self.places:
            self._draw_known(self._width("held"))
        if "aim" in self.places:
            box = self.places["aim"]
            self.put("aim", aims.panel(self._aims(), box.width, ink, signs, small=small))
        self._draw_tracks()
        if "map" in self.places:
            box = self.places["map"]
            marked = view.id if view is not None and "message" in self.places else ""
            self.put("map", map_rows(self, box.width, box.height, marked=marked))

    def _draw_known(self, width: int) -> None:
        """The budgets, or for a seat that sees none the levers that were announced."""
        ink = self.ink
        if self._announced():
            head = paint.label(width, _("ANNOUNCED"), ink, _("levers that are known outside"))
            rows = levers.announced_rows(self._announced(), width, ink)
        else:
            head = paint.label(width, _("BUDGETS"), ink, _("shared by the allied cells"))
            rows = [levers.budget_row(self._budgets(), width, ink)]
        rule = [] if self.form == SMALL else [paint.rule(width, ink, self.glyphs)]
        self.put("held", [head, *rule, *rows])

    def _draw_tracks(self) -> None:
        box, ink, signs = self.places["tracks"], self.ink, self.glyphs
        every = self._tracks()
        if self.form == SMALL and box.height <= 2:
            shown = track_views.tracks_that_matter(self.eye, every, 6)
            third = box.width // 3
            rows = [
                paint.line(
                    box.width,
                    [
                        seg
                        for one in shown[at : at + 3]
                        for seg in tracks.track_cell(one, third, ink, signs)
                    ],
                )
                for at in (0, 3)
            ]
            self.put("tracks", rows)
            return
        shown = track_views.tracks_that_matter(self.eye, every, box.height - 2)
        head = (
            _("now  {value:<6}      change      ", value="trend")
            if box.width < 60
            else _("now  trend       change")
        )
        rows = [
            paint.label(box.width, _("TRACKS"), ink, head.rstrip() + "      "),
            paint.rule(box.width, ink, signs),
        ]
        rows += [tracks.track_row(one, box.width, ink, signs) for one in shown]
        self.put("tracks", rows)
