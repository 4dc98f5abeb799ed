"""The sponsor's targets beside what was reached. They change no score, and are no grade."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.report.document import Part, Section, Table
from ttx.session.game import Game
from ttx.session.particulars import Targets
from ttx.session.view.notebook_text import RATED
from ttx.session.view.particulars import score_target

NOTE = N_(
    "Set by the sponsor. No score and no ruling knows of them, and one run on one set of dice does "
    "not show that a target would be met again."
)
_ORDER = "UMSP"
"""Ratings from the worst to the best."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target, and what became of it."""

    of: str
    """The score or the objective."""
    wanted: str
    """What was to be reached, in words."""
    reached: str
    """What was, in words."""
    state: str
    """Whether it is met, in words; empty where that cannot be said yet."""


def target_rows(game: Game, targets: Targets | None = None) -> tuple[TargetRow, ...]:
    """Each target with what was reached by now; of the run's own unless others are given."""
    aims = game.notebook.targets if targets is None else targets
    return (*_scores(game, aims), *_objectives(game, aims))


def _scores(game: Game, targets: Targets) -> list[TargetRow]:
    exercise = game.run.exercise
    last = next((turn.reckoned for turn in reversed(game.turns) if turn.end is not None), None)
    whole = bool(game.ended)
    rows = []
    for at, score in enumerate(exercise.score):
        if score.id not in targets.scores:
            continue
        aim = targets.scores[score.id]
        wanted = score_target(exercise, score.id, aim)
        if last is None:
            row = TargetRow(text(score.name), wanted, _("no turn was played to its end"), "")
            rows.append(row)
            continue
        value = last.reckoning.scores[at]
        short = value - aim if score.better == "lower" else aim - value
        by = f"{abs(short) / 100:.2f}"
        met = _("met, by {by}", by=by) if short else _("met exactly")
        state = _("missed by {by}", by=by) if short > 0 else met
        state = state if whole else _("{state} so far", state=state)
        rows.append(TargetRow(text(score.name), wanted, f"{value / 100:.2f}", state))
    return rows


def _objectives(game: Game, targets: Targets) -> list[TargetRow]:
    settled, rows = game.notebook.settled, []
    for objective in game.run.exercise.objective:
        aim = targets.objectives.get(objective.id)
        if aim is None:
            continue
        wanted = _("rated {rating} or better", rating=aim)
        rating = settled[objective.id].rating if objective.id in settled else ""
        if rating not in _ORDER or not rating:
            reached = _("not observed") if rating else _("no rating was settled")
            rows.append(TargetRow(text(objective.text), wanted, reached, ""))
            continue
        met = _ORDER.index(rating) >= _ORDER.index(aim)
        reached = _("{letter}, {rating}", letter=rating, rating=_(RATED[rating]))
        state = _("met") if met else _("missed")
        rows.append(TargetRow(text(objective.text), wanted, reached, state))
    return rows


def target_table(rows: tuple[TargetRow, ...]) -> Table:
    """The targets as a table for paper."""
    cells = tuple((row.of, row.wanted, row.reached, row.state) for row in rows)
    head = (_("Target of the sponsor"), _("Wanted"), _("Reached"), _("Met"))
    return Table(head, cells, _(NOTE), widths=(40, 20, 24, 16))


def target_section(rows: tuple[TargetRow, ...]) -> list[Part]:
    """The same for screens and lines; nothing where the sponsor set none."""
    return [Section(_("Targets of the sponsor"), (target_table(rows),))] if rows else []
