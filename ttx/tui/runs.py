"""The ways into a run from the screens: play, go on, replay, fork, lay two side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from ttx.files import legible, open_to_others
from ttx.i18n import _
from ttx.session.phases import CLOSED, PLAY_IS_OVER
from ttx.tui.navigation import Navigation
from ttx.tui.parts.fields import Option

if TYPE_CHECKING:
    from ttx.exercise.model.exercise import Exercise
    from ttx.session.record import Record
    from ttx.session.table import Table
    from ttx.session.viewing import Viewing


def robots_beside(exercise: Exercise, seat: str) -> str:
    """Who plays the allied cells that a seat is not of, as the command line says it."""
    from ttx.session.run import allied_robots

    own = next((part.cell for part in exercise.seat if part.id == seat), "")
    robots = allied_robots(exercise)
    if not own or not robots:
        return ""
    others = [cell.id for cell in exercise.cell if cell.side == "allied" and cell.id != own]
    return ",".join(f"{cell}={robots[0]}" for cell in others)


class SavedRuns:
    """Runs of exercises and saves, opened on the screens of one seat."""

    def __init__(self, app: App[None], shell: Navigation) -> None:
        """For the screens that this shell shows."""
        self._app, self._shell, self._context = app, shell, shell.context

    def play(self, path: Path, seat: str = "") -> None:
        """Begin a run of the exercise in a folder.

        With a `seat`, one person plays that one's cell, and robots the other allied ones.
        """
        from ttx.exercise.load import load
        from ttx.session.opening import begin, draw_seed, new_path
        from ttx.session.seating import seating

        exercise = load(path)
        seats = seating(exercise, robots_beside(exercise, seat), seat)
        seed = draw_seed(exercise)
        self._context.seat = seats.seat
        self._shell.sit_at(begin(exercise, seats, seed, new_path(exercise, seed)))

    def seats(self, path: Path) -> list[Option]:
        """The seats that one may choose to play an exercise from, all of them together first."""
        from ttx.exercise.load import load
        from ttx.exercise.model.part import text
        from ttx.session.view.words import listed

        exercise, language = load(path), self._context.language
        cells = {cell.id: text(cell.name, language) for cell in exercise.cell}
        allied = [cell.id for cell in exercise.cell if cell.side == "allied"]
        together = _("you decide for {cells}", cells=listed([cells[cell] for cell in allied]))
        options = [Option("", _("All"), together)]
        for part in exercise.seat:
            others = [cells[cell] for cell in allied if cell != part.cell]
            if part.lead and part.cell in allied and others:
                words = _(
                    "{cell}: {seat}; a robot plays {others}",
                    cell=cells[part.cell],
                    seat=text(part.name, language),
                    others=listed(others),
                )
                options.append(Option(part.id, part.short, words))
        return options

    def resume(self, path: Path, *, read_only: bool = False) -> None:
        """Go on with a saved run, or look at one that cannot be played on."""
        from ttx.session.opening import look_at, resume
        from ttx.session.record import read

        record = read(path)
        phase = record.entries[-1].phase if record.entries else ""
        looked_at = read_only or record.read_only or phase == CLOSED
        if looked_at and phase not in PLAY_IS_OVER:
            self.replay(path)
            return
        table = look_at(record) if looked_at else resume(record)
        self._context.viewpoint = self._context.seat = table.game.run.first_seat
        self._shell.sit_at(table, review=looked_at)
        self.remark(table.found or record, table)

    def replay(self, path: Path) -> None:
        """Look at a saved run, or watch one in play; not from a hosted table, which goes on."""
        if self._context.hosted:
            return
        from ttx.session.opening import look_at
        from ttx.session.record import read

        record = read(path)
        viewing = look_at(record)
        if not viewing.live:
            viewing.to(0)
        if self._context.table is not None:
            self._context.table.leave()
        self._context.viewpoint = viewing.eye()
        self._shell.sit_at(viewing)
        self.remark(record, viewing)

    def fork(self, viewing: Viewing) -> None:
        """Play on from the head of a record in a new save; the old one stays as it is."""
        from ttx.session import marks
        from ttx.session.opening import fork
        from ttx.session.save_header import SaveError

        made, cut = fork(viewing.record, viewing.head)
        beside = made.parent == viewing.path.parent
        words = _(
            "A fork of {path}, kept in {made}.",
            path=viewing.path.name,
            made=made.name if beside else made,
        )
        try:
            marks.add(viewing.path, marks.Mark(cut, legible(made.name), "fork"))
        except SaveError as error:
            words = f"{words} {error}"
        self.resume(made)
        self._shell.say_on_top(words)

    def compare(self, first: Path, second: Path) -> None:
        """Lay two saves side by side, over the present page."""
        from ttx.analysis.compared_runs import compared_run
        from ttx.session.opening import look_at
        from ttx.session.record import read

        runs = (
            compared_run(record, look_at(record).game) for record in (read(first), read(second))
        )
        self._shell.go("compare", *runs)

    def compare_with(self, viewing: Viewing, name: str) -> None:
        """Lay a record beside another save, found by its name; ValueError where it is not there."""
        from ttx.session.save_paths import beside

        if not name:
            raise ValueError(
                _("This run has no fork and no parent; D on Home lays two saves together.")
            )
        other = beside(viewing.path, name)
        if other is None:
            raise ValueError(
                _("{name} is not beside {path} any more.", name=name, path=viewing.path.name)
            )
        self.compare(other, viewing.path)

    def remark(self, record: Record, table: Table) -> None:
        """Say what is to be said of a record: at once, and once the model was asked again."""
        from ttx.session.save_paths import with_companions
        from ttx.session.viewing import Viewing

        words = record.remark
        if not isinstance(table, Viewing):
            words = f"{record.on_resuming} {open_to_others(with_companions(record.path))}".strip()
        self._shell.say_on_top(words)
        ask = partial(self._audit, record, words)
        self._app.run_worker(ask, thread=True, exit_on_error=False)

    def _audit(self, record: Record, said: str) -> None:
        from ttx.session.opening import asked_again, changed_since

        remarks = [changed_since(record), *asked_again(record)[:1]]
        words = " ".join(remark for remark in remarks if remark)
        if words:
            self._app.call_from_thread(self._shell.say_beside, f"{said} {words}".strip(), said)
