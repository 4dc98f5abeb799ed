"""Named ways of playing without a person: wishes for levers and a rule for answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from ttx.adjudicator import dice
from ttx.adjudicator.answering import Answered, rule_on
from ttx.adjudicator.arithmetic import RESPONSES, Int32, Rows
from ttx.adjudicator.conditions import Mask
from ttx.adjudicator.opening import may_move, move_lever, open_turn
from ttx.adjudicator.proposing import open_gates, propose
from ttx.adjudicator.reckoning import Reckoned, reckon
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.model.injects import Inject, SlotName
from ttx.exercise.model.robots import Robot
from ttx.session.run import ROBOT, Run

PROVOCATION = {"least_provocation": 1, "most_provocation": -1}
"""Rules that ask how far an option provokes: which end they begin at."""
Moved = tuple[int, int]
"""A lever row and the level it was moved to."""
Seated = tuple[Robot, frozenset[str]]
"""A robot at the table, and the allied cells that it plays."""


def robot(tables: Tables, name: str) -> Robot:
    """The robot of that name.

    Raises:
        KeyError: The exercise has none.
    """
    return {part.id: part for part in tables.exercise.robot}[name]


def wish_moves(
    worlds: Worlds, player: Robot, levers: set[str], made: Int32
) -> Iterator[tuple[Moved, Int32]]:
    """Make the robot's lever moves, telling each as (lever, level) and in which worlds (0 or 1).

    `levers` are those its cells hold; `made` int32[n] counts moves made this turn and is kept to
    the number the exercise allows. A refused wish stays on the list.
    """
    tables = worlds.tables
    if player.rule == "random":
        yield from _random_move(worlds, levers)
        return
    for wish in player.wishes:
        if wish.turn > worlds.turn or wish.lever not in levers:
            continue
        lever = tables.lever[wish.lever]
        row = tables.level_rows[wish.lever]
        level, start = row[wish.level], row[tables.exercise.lever[lever].start]
        now = worlds.levels[lever]
        falls = level < start
        wanted = now > level if falls else now < level
        where = wanted & (made < tables.exercise.turns.moves)
        if np.count_nonzero(where):
            where &= may_move(worlds, lever, level)
            if np.count_nonzero(where):
                move_lever(worlds, lever, level, where)
                made += where
                yield (lever, level), where.astype(np.int32)


def _random_move(worlds: Worlds, levers: set[str]) -> Iterator[tuple[Moved, Int32]]:
    tables = worlds.tables
    count = len(tables.exercise.lever)
    lever_drawn = worlds.dice.below(worlds.turn, dice.ROBOT_LEVER, count)
    level_drawn = worlds.dice.below(worlds.turn, dice.ROBOT_LEVEL, 4)
    before = worlds.levels.copy()
    for lever, part in enumerate(tables.exercise.lever):
        if part.id not in levers:
            continue
        top = len(part.levels) - 1
        for level in range(top + 1):
            where = (lever_drawn == lever) & (np.minimum(level_drawn, top) == level)
            where &= before[lever] != level
            if np.count_nonzero(where):
                where &= may_move(worlds, lever, level)
                if np.count_nonzero(where):
                    move_lever(worlds, lever, level, where)
                    yield (lever, level), where.astype(np.int32)


def preference(
    tables: Tables, inject: Inject, rule: str, order: Sequence[str], posture: int
) -> list[int]:
    """The options of an inject in the order in which a robot takes the first open one.

    `rule` and `order` are the robot's.
    """
    leans = tables.exercise.posture[posture].prefers
    options = list(enumerate(inject.option))
    if rule == "random":
        return [row for row, _ in options]
    if rule in PROVOCATION:
        order = order or leans
        return [
            row
            for row, _ in sorted(
                options,
                key=lambda option: (
                    PROVOCATION[rule] * sum(option[1].provocation.values()),
                    _place(order, option[1].lean),
                ),
            )
        ]
    return [row for row, _ in sorted(options, key=lambda option: _place(leans, option[1].lean))]


def _place(order: Sequence[str], lean: str) -> int:
    return order.index(lean) if lean in order else len(order)


@lru_cache(maxsize=16)
def _preferred(tables: Tables, rule: str, order: tuple[str, ...]) -> Rows:
    """What robots of that rule and order answer, intp[places, postures × injects].

    Rows among all options, the first choice first; a shorter list ends with its first choice again.
    """
    longest = max(len(part.option) for part in tables.injects)
    return np.array(
        [
            [int(first) + at for at in (*best, *best[:1] * (longest - len(best)))]
            for posture in range(len(tables.exercise.posture))
            for part, first in zip(tables.injects, tables.first_option[:-1], strict=True)
            for best in (preference(tables, part, rule, order, posture),)
        ],
        np.intp,
    ).T.copy()


def _by_world(worlds: Worlds, inject: Int32, player: Robot) -> Rows:
    """The same for worlds that do not agree on how far an option provokes, intp[places, n]."""
    tables = worlds.tables
    preferred = np.zeros((max(len(part.option) for part in tables.injects), worlds.n), np.intp)
    for row in np.unique(inject):
        for posture, part in enumerate(tables.exercise.posture):
            order = player.order or part.prefers
            keys = [
                sum(option.provocation.values(), np.zeros(worlds.n, np.int32))
                * (PROVOCATION[player.rule] * (len(order) + 1))
                + _place(order, option.lean)
                for option in tables.injects[row].option
            ]
            least = np.argsort(np.stack(keys), axis=0, kind="stable") + tables.first_option[row]
            places = np.minimum(np.arange(len(preferred)), len(least) - 1)
            mine = (inject == row) & (worlds.posture == posture)
            preferred[:, mine] = least[places][:, mine]
    return preferred


def choose(worlds: Worlds, slot: SlotName, inject: Int32, player: Robot) -> Int32:
    """The robot's answer to a slot's inject, int32[n]: rows among all options, -1 where empty."""
    tables = worlds.tables
    put = inject >= 0
    if not np.count_nonzero(put):
        return np.full(worlds.n, -1, np.int32)
    row = np.maximum(inject, 0)
    gates, arange = open_gates(worlds, inject), np.arange(worlds.n)

    def is_open(options: Rows) -> Mask:
        return gates.take(tables.answering.gate_of.take(options) * worlds.n + arange)

    if player.rule in PROVOCATION and tables.answering.cells("provocation"):
        preferred = _by_world(worlds, row, player)
    else:
        case = worlds.posture * len(tables.injects) + row
        preferred = _preferred(tables, player.rule, tuple(player.order)).take(case, axis=1)
    answer = np.full(worlds.n, -1, np.intp)
    for option in preferred[::-1]:
        np.copyto(answer, option, where=is_open(option))
    if player.rule == "random":
        draw = dice.ROBOT_CRISIS if slot == "crisis" else dice.ROBOT_POLICY
        first = tables.first_option.take(row)
        count = np.diff(tables.first_option).take(row)
        option = first + worlds.dice.below(worlds.turn, draw, count)
        np.copyto(answer, option, where=is_open(option))
    answer[~put] = -1
    return answer.astype(np.int32)


def turn(
    worlds: Worlds,
    players: Robot | Mapping[str, Robot],
    wanted: Sequence[int | None] | None = None,
) -> tuple[Answered, Answered, Reckoned]:
    """Play one whole turn in every world, with one robot for all allied cells or one for each.

    `players` is by cell id. As at a table each robot has moves of its own, for the levers that its
    cells hold, and the robot of the cell that leads an inject answers it. Adversaries of red cells
    that are named want what the robot there always does; the rule plays the others. `wanted` says
    what each adversary wants instead, as `pressed` does.
    """
    seated = together(worlds.tables, players)
    open_turn(worlds)
    move(worlds, seated)
    worlds.posture = worlds.read_posture()
    slots: list[Answered] = []
    names: tuple[SlotName, SlotName] = ("policy", "crisis")
    for slot in names:
        inject = propose(worlds, slot)
        slots.append(rule_on(worlds, slot, inject, answer(worlds, slot, inject, seated)))
    return (
        slots[0],
        slots[1],
        reckon(worlds, pressed(worlds.tables, players) if wanted is None else wanted),
    )


def pressed(tables: Tables, players: Robot | Mapping[str, Robot]) -> list[int | None]:
    """What each adversary wants throughout (0 restraint, 1 probe, 2 escalate); None by the rule."""
    by = {} if isinstance(players, Robot) else players
    red = {cell.id: cell.id for cell in tables.exercise.cell if cell.side == "red"}
    chosen = Run(tables.exercise, 0, {cell: cell for cell in red if cell in by}).choosers
    wants: list[int | None] = []
    for part in tables.exercise.adversary:
        cell = chosen.get(part.id, "").removeprefix(ROBOT)
        rule = by[cell].rule if cell else ""
        wants += [at for at, response in enumerate(RESPONSES) if response == rule] or [None]
    return wants


def together(tables: Tables, players: Robot | Mapping[str, Robot]) -> list[Seated]:
    """The robots at the table in the order of their cells, each with the cells it plays."""
    cells = [cell.id for cell in tables.exercise.cell if cell.side == "allied"]
    by = dict.fromkeys(cells, players) if isinstance(players, Robot) else players
    seateds: list[Seated] = []
    for cell in cells:
        if all(by[cell] != player for player, _ in seateds):
            seateds.append((by[cell], frozenset(c for c in cells if by[c] == by[cell])))
    return seateds


def move(
    worlds: Worlds,
    seated: Sequence[Seated],
    made: Mapping[str, int] | None = None,
    held: Collection[str] = (),
) -> None:
    """Have the robots move levers until none does: the move of one may open a gate for another.

    `made` is how many moves each has made in this turn already, by robot; levers that are `held`
    they leave alone.
    """
    before = made or {}
    counts = [np.full(worlds.n, before.get(player.id, 0), np.int32) for player, _ in seated]
    waiting = list(zip(seated, counts, strict=True))
    while waiting:
        moved = False
        for (player, cells), count in waiting:
            levers = {part.id for part in worlds.tables.exercise.lever if cells & set(part.cells)}
            for _ in wish_moves(worlds, player, levers - set(held), count):
                moved = True
        again = moved and len(seated) > 1
        waiting = [pair for pair in waiting if again and pair[0][0].rule != "random"]


def answer(worlds: Worlds, slot: SlotName, inject: Int32, seated: Sequence[Seated]) -> Int32:
    """The option that is carried out, int32[n]: that of the leading cell's robot."""
    if len(seated) == 1:
        return choose(worlds, slot, inject, seated[0][0])
    taken = np.full(worlds.n, -1, np.int32)
    for player, cells in seated:
        leads = np.array([part.lead in cells for part in worlds.tables.injects])
        mine = np.where((inject >= 0) & leads[np.maximum(inject, 0)], inject, -1).astype(np.int32)
        taken = np.maximum(taken, choose(worlds, slot, mine, player))
    return taken
