"""What a person waits for at the table, against one repaint of the Table screen."""

from __future__ import annotations

from benchmarks import engine
from benchmarks.measure import Contender, Figures, Row, Section, timed
from benchmarks.painted import Painted
from benchmarks.run import Played
from ttx.adjudicator import because, rulings
from ttx.adjudicator.margin import margin
from ttx.session import references
from ttx.session.fold import fold

FIRST, FAN = 200, 2000
"""Worlds of a forecast at once, and refined."""

SECTION = Section(
    "live, against one repaint of the Table screen (processor time)",
    [
        Row("one repaint of Table, 120 by 40", "", "repaint", ""),
        Row("the same, no row changed", "repaint", "repaint kept", "repaint"),
        Row("live turn of one world", "repaint", "turn", "repaint", hope=1, gate=3),
        Row("the same, reference games not yet played", "repaint", "turn, first", "repaint"),
        Row("fold of a whole game", "repaint", "fold", "repaint", hope=1, gate=3),
        Row("margins of a crisis ruling", "repaint", "margin", "repaint"),
        Row("terms of all seven scores", "repaint", "split", "repaint"),
        Row("200 worlds, ten turns", "repaint", "fan, first", "repaint", hope=3),
        Row("2,000 worlds, ten turns", "repaint", "fan", "repaint", hope=3, gate=6),
    ],
)


def contenders(played: Played, screen: Painted) -> list[Contender]:
    """A turn, a fold, margins and terms."""
    tables, run = played.run.tables, played.run
    slot, ruling = played.crisis()
    end = played.game(len(played.entries))
    before = rulings.score_inputs_at(tables, end.turns[0].start)
    after = rulings.score_inputs_at(tables, end.position)

    def first() -> Figures:
        references._run.cache_clear()  # noqa: SLF001  # the first reckoning of a run pays for them
        return {"turn, first": timed(played.turn)}

    def split() -> None:
        for score in run.exercise.score:
            because.split(tables, score.of, before, after)

    return [
        lambda: {"repaint": screen.repaint(), "repaint kept": screen.repaint_kept()},
        first,
        lambda: {"turn": timed(played.turn, 3)},
        lambda: {"fold": timed(lambda: fold(run, played.entries), 5)},
        lambda: {
            "margin": timed(lambda: margin(tables, slot.before, run.seed, ruling, discord=False), 5)
        },
        lambda: {"split": timed(split, 5)},
        lambda: {"fan, first": timed(lambda: engine.game(tables, FIRST), 3)},
        lambda: {"fan": timed(lambda: engine.game(tables, FAN), 2)},
    ]
