"""Plays any exercise one world at a time, in plain integers, as `docs/model.md` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from .luck import LOGISTIC, Dice, clamp
from .reading import RESPONSES, Book, Data, hundredths
from .values import TIMINGS, Board, Clock, clock, indices, timing_of

HOUR, JITTER, ACT, ESCALATE, WEATHER = 28, 29, 31, 34, 41
SHARE = {"on_time": 4, "late": 2, "far_too_late": 0}
"""Quarters of a benefit that an answer brings."""
HARM = {"on_time": 0, "late": 4, "far_too_late": 6}
"""Quarters of a late row, and of an opening, that it costs."""


def roll_of(number: int) -> int:
    """The slot of the dice in which an inject rolls."""
    return number - 1 if number <= 28 else 48 + number - 29


class Choice(NamedTuple):
    """An option as it is offered."""

    option: Data
    opened: bool


class Policy(Protocol):
    """Who plays: the moves to try, read one by one, and the place of the option chosen."""

    def moves(self, game: Game) -> Iterable[tuple[str, int]]: ...

    def choose(self, game: Game, inject: Data, offered: Sequence[Choice]) -> int: ...


class Slot(NamedTuple):
    """What happened in a slot; the clock is None for a policy inject."""

    inject: str
    option: str
    posture: str
    timing: str
    hour: int
    clock: Clock | None


class Push(NamedTuple):
    """What the answers of a turn did to an adversary, in quarters of a point."""

    provocation: int = 0
    denied: int = 0
    opened: int = 0

    @property
    def total(self) -> int:
        return self.provocation - self.denied + self.opened


class Response(NamedTuple):
    """An adversary's turn: what the odds or a person wanted, and what the purse paid for."""

    perceived: int
    z: int
    draw: int
    z2: int
    draw2: int
    wanted: str
    done: str


@dataclass(frozen=True)
class Turn:
    """One turn; everything but the pushes and the snapshot is as it was at its end."""

    number: int
    policy: Slot | None
    crisis: Slot | None
    pushes: dict[str, Push]
    responses: dict[str, Response]
    snapshot: dict[str, int]
    tracks: dict[str, int]
    scores: dict[str, int]
    budgets: dict[str, int]
    spent: int
    promised: dict[str, int]
    levels: dict[str, int]
    purses: dict[str, int]
    terms: dict[tuple[str, str], int]
    """What each cause did to each track."""


@dataclass
class Game:
    """A game under way."""

    book: Book
    dice: Dice
    board: Board
    turn: int = 0
    budgets: dict[str, int] = field(default_factory=dict)
    purses: dict[str, int] = field(default_factory=dict)
    history: list[dict[str, int]] = field(default_factory=list)
    snapshots: list[dict[str, int]] = field(default_factory=list)
    queue: list[tuple[int, str, int]] = field(default_factory=list)
    came: dict[str, int] = field(default_factory=dict)
    pushes: dict[str, Push] = field(default_factory=dict)
    posture: str = ""
    quiet: bool = True
    over: bool = False
    terms: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Data, seed: int, world: int) -> Game:
        """A game before its first turn."""
        book, dice = Book(data), Dice(seed, world)
        levels = {name: book.level(name, lever["start"]) for name, lever in book.levers.items()}
        promised = {
            name: hundredths(part["values"][levels[part["lever"]]])
            for name, part in book.derived.items()
            if part["kind"] == "fading"
        }
        board = Board(book, dict(book.start), levels, promised)
        board.tracks |= indices(board)
        for row, (name, part) in enumerate(book.adversaries.items()):
            if aims := part.get("aim"):
                board.aims[name] = aims[dice.hi(0, row) * len(aims) >> 32]["id"]
        game = cls(book, dice, board, history=[dict(levels)])
        game.budgets = {name: int(part["start"]) for name, part in book.budgets.items()}
        game.purses = {
            name: int(part["purse"]["start"])
            for name, part in book.adversaries.items()
            if "purse" in part
        }
        game.snapshots.append(board.snapshot())
        return game

    # --- changes ---

    def add(self, cause: str, track: str, by: int) -> None:
        self.board.tracks[track] += by
        self.terms[track, cause] = self.terms.get((track, cause), 0) + by

    def effects(self, cause: str, effects: Iterable[Data]) -> None:
        for effect in effects:
            self.add(cause, effect["track"], hundredths(effect["by"]))

    def limit(self) -> None:
        for name, value in self.board.tracks.items():
            self.add("limit", name, clamp(value) - value)

    def index(self) -> None:
        for name, value in indices(self.board).items():
            self.add("clock", name, value - self.board.tracks[name])

    # --- the steps of a turn ---

    def open(self) -> None:
        self.turn += 1
        for due, track, by in self.queue:
            if due == self.turn:
                self.add("landed", track, by)
        for row in self.book.data.get("calendar", []):
            for entry in row["entries"]:
                if self.turn in entry["turns"]:
                    self.effects(f"calendar:{row['id']}", entry["effects"])
        self.limit()
        for place, part in enumerate(self.book.data.get("weather", [])):
            hi = self.dice.hi(self.turn, WEATHER + place)
            roll = (hi >> 24) + (hi >> 16 & 255) - 255
            self.add("weather", part["track"], roll * hundredths(part["size"]) >> 8)
        self.limit()
        for name, budget in self.book.budgets.items():
            income = budget["income"]
            self.budgets[name] += int(income.get("base", 0))
            if "by" in income:
                per = hundredths(income.get("per", 100))
                value = self.board.tracks[income["by"]]
                self.budgets[name] += int(income.get("rate", 0)) * value // per
            if budget["kind"] == "points":
                self.budgets[name] = min(self.budgets[name], int(budget["cap"]))
        for name in self.purses:
            purse = self.book.adversaries[name]["purse"]
            self.purses[name] = min(self.purses[name] + int(purse["income"]), int(purse["cap"]))
        self.quiet = True
        self.pushes = {name: Push() for name in self.book.adversaries}

    def may_move(self, lever: str, level: int) -> bool:
        now, entered = self.board.levels[lever], self.book.levers[lever]["levels"][level]
        for name, budget in self.book.budgets.items():
            if budget["kind"] == "money":
                if level > now and self.budgets[name] < 0:
                    return False
                continue
            price = entered.get("price", {}).get(name, 0) if level > now else None
            if self.budgets[name] < (budget.get("lowering", 0) if price is None else price):
                return False
        return level < now or (level > now and self.board.holds(entered.get("needs")))

    def move(self, lever: str, level: int) -> bool:
        """Try a move; whether it was made."""
        if not self.may_move(lever, level):
            return False
        down = max(self.board.levels[lever] - level, 0)
        price = self.book.levers[lever]["levels"][level].get("price", {})
        for name, budget in self.book.budgets.items():
            if budget["kind"] == "points":
                self.budgets[name] -= budget.get("lowering", 0) if down else price.get(name, 0)
        for effect in self.book.levers[lever].get("lowered", []) if down else []:
            self.add(f"lever:{lever}", effect["track"], hundredths(effect["by"]) * down)
        self.limit()
        self.set_level(lever, level)
        return True

    def set_level(self, lever: str, level: int) -> None:
        """Put a lever at a level; a promise rises with it at once."""
        if level > self.board.levels[lever]:
            for name, part in self.book.derived.items():
                if part["kind"] == "fading" and part["lever"] == lever:
                    value = hundredths(part["values"][level])
                    self.board.promised[name] = max(self.board.promised[name], value)
        self.board.levels[lever] = level

    def proposed(self, slot: str) -> Data | None:
        """The inject that the dice propose for a slot."""
        slots = self.book.data["slots"]
        bar = int(slots[slot])
        if slot == "crisis" and slots.get("fill") and self.quiet:
            bar = 1 << 62
        best: Data | None = None
        for inject in self.book.injects:
            if inject["slot"] != slot or not self._free(inject):
                continue
            weight = int(inject["weight"]["base"])
            if of := inject["weight"].get("of"):
                times = int(inject["weight"].get("times", 0))
                weight += times * self.board.value(of) // 10000
            top = self.dice.hi(self.turn, roll_of(int(inject["number"]))) >> 16
            rank = top * 64 // max(1, weight)
            if self._is_due(inject):
                rank = -1
            if rank < bar:
                bar, best = rank, inject
        return best

    def _is_due(self, inject: Data) -> bool:
        """Whether the day that an inject names lies in this turn."""
        turns = self.book.data["turns"]
        day = inject.get("day")
        if "days" in turns:
            since = (day - turns["start"]).days if day is not None else -1
            return day is not None and since // turns["days"] == self.turn - 1
        months = [
            turns["start"].year * 12 + turns["start"].month + int(turns.get("months", 3)) * at
            for at in (self.turn - 1, self.turn)
        ]
        return day is not None and months[0] <= day.year * 12 + day.month < months[1]

    def _free(self, inject: Data) -> bool:
        first, last = inject["turns"]
        if not first <= self.turn <= last:
            return False
        if (came := self.came.get(inject["id"])) is not None and (
            "again" not in inject or self.turn < came + int(inject["again"])
        ):
            return False
        return self.board.holds(inject.get("when"))

    def slot(self, slot: str, policy: Policy) -> Slot | None:
        inject = self.proposed(slot)
        if inject is None:
            return None
        timing, hour, timed = "on_time", 10, None
        if slot == "crisis":
            hour = self.dice.hi(self.turn, HOUR) * 24 >> 32
            draw = self.dice.draw(self.turn, JITTER)
            luck = [draw >> 8 * place & 255 for place in range(8)]
            timed = clock(self.board, inject["profile"], hour, luck)
            timing = timing_of(timed.total, int(inject["window"]))
        offered = [Choice(o, self.board.holds(o.get("needs"))) for o in inject["option"]]
        option = offered[policy.choose(self, inject, offered)].option
        quarters = option.get("quarters", self.book.leans[option["lean"]]["quarters"])
        carried = SHARE[timing] * int(quarters[self.book.postures.index(self.posture)])
        self._book(f"{slot}:benefit", option.get("benefits", []), carried, 4)
        self._book(f"{slot}:cost", option.get("costs", []), 1, 0)
        self._book(f"{slot}:late", inject.get("late", []), HARM[timing], 2)
        self.limit()
        for name, push in self.pushes.items():
            provoked = int(option.get("provocation", {}).get(name, 0))
            denies = int(option.get("denies", {}).get(name, 0))
            opening = int(inject.get("opening", {}).get(name, 0))
            self.pushes[name] = Push(
                push.provocation + 4 * provoked,
                push.denied + (denies * carried >> 2),
                push.opened + opening * HARM[timing],
            )
        self._besides(option)
        self.board.fired[inject["id"]] = timing
        self.came[inject["id"]] = self.turn
        if slot == "policy":
            self.quiet = False
        return Slot(inject["id"], option["id"], self.posture, timing, hour, timed)

    def _book(self, cause: str, effects: Iterable[Data], times: int, shift: int) -> None:
        for effect in effects:
            by = hundredths(effect["by"]) * times >> shift
            if delay := int(effect.get("delay", 0)):
                self.queue.append((self.turn + delay, effect["track"], by))
            else:
                self.add(cause, effect["track"], by)

    def _besides(self, option: Data) -> None:
        for name, by in option.get("budgets", {}).items():
            self.budgets[name] += int(by)
            if self.book.budgets[name]["kind"] == "points":
                most = int(self.book.budgets[name]["cap"])
                self.budgets[name] = clamp(self.budgets[name], 0, most)
        for name, level in option.get("sets", {}).items():
            self.set_level(name, self.book.level(name, level))

    # --- the reckoning ---

    def respond(self, ordered: dict[str, str]) -> dict[str, Response]:
        """All adversaries answer one state; `ordered` is what some want whatever the rule says."""
        found, before = {}, self.board
        for place, (name, part) in enumerate(self.book.adversaries.items()):
            aim = next((a for a in self.book.aims(name) if a["id"] == before.aims[name]), {})
            push = int(part.get("provocation", 16)) * self.pushes[name].total >> 2
            z, z2 = (
                int(part[key]["bias"])
                + int(aim.get(key, 0))
                + push
                + sum(int(t["weight"]) * before.value(t["of"]) // 10000 for t in part[key]["terms"])
                for key in ("act", "escalate")
            )
            draw = self.dice.hi(self.turn, ACT + place)
            draw2 = self.dice.hi(self.turn, ESCALATE + place)
            acts, goes_on = (
                d < LOGISTIC[clamp(s, -512, 511) + 512] for s, d in ((z, draw), (z2, draw2))
            )
            wanted = "restraint" if not acts else "escalate" if goes_on else "probe"
            wanted = ordered.get(name, wanted)
            perceived = before.value(self.book.scores[part["score"]]["of"])
            done = self.paid_for(name, wanted)
            found[name] = Response(perceived, z, draw, z2, draw2, wanted, done)
        for name, response in found.items():
            part = self.book.adversaries[name]
            aim = next((a for a in self.book.aims(name) if a["id"] == before.aims[name]), {})
            own = aim.get("responses", {})
            does = own if response.done in own else part["responses"]
            self.effects(f"adversary:{name}", does[response.done])
            if name in self.purses:
                self.purses[name] -= self.price(name, response.done)
        self.limit()
        before.answers.append({name: response.done for name, response in found.items()})
        return found

    def paid_for(self, adversary: str, wanted: str) -> str:
        """The highest answer up to the one wanted that the purse pays for."""
        if adversary not in self.purses:
            return wanted
        for response in RESPONSES[RESPONSES.index(wanted) : 0 : -1]:
            if self.price(adversary, response) <= self.purses[adversary]:
                return response
        return RESPONSES[0]

    def price(self, adversary: str, response: str) -> int:
        """Chips for an answer; restraint is free."""
        price = self.book.adversaries[adversary]["purse"]["price"]
        return 0 if response == RESPONSES[0] else int(price.get(response, 0))

    def influence(self) -> None:
        """All lasting forces at once, each computed from the same snapshots and values."""
        book, now = self.book, dict(self.board.tracks)
        origin = {**self.snapshots[0], **book.rest}
        rate = {name: int(part.get("rate", 0)) for name, part in book.tracks.items()}

        def seen(back: int) -> dict[str, int]:
            return self.snapshots[max(self.turn - back, 0)]

        for name, value in now.items():
            self.add("rest", name, (book.rest[name] - value) * rate[name] >> 4)
        for link in book.data.get("influence", []):
            gate = link.get("while")
            if gate and self.board.levels[gate["lever"]] != book.level(
                gate["lever"], gate["level"]
            ):
                continue
            source, delay, k = link["from"], int(link.get("delay", 0)), int(link["strength"])
            value = seen(delay)[source]
            if link["kind"] == "level":
                term = (value - origin[source]) * k * rate[link["to"]] >> 12
            else:
                term = (value - seen(delay + 1)[source]) * k >> 8
            self.add(f"link:{link['id']}", link["to"], term)
        for name, lever in book.levers.items():
            for effect in lever.get("effects", []):
                held = self.history[max(self.turn - int(effect.get("delay", 0)), 0)][name]
                shift = hundredths(effect["values"][held])
                if effect["kind"] == "target":
                    shift = shift * rate[effect["track"]] >> 4
                self.add(f"lever:{name}", effect["track"], shift)
        self.limit()

    def keep_up(self) -> None:
        levels = self.board.levels
        upkeep = sum(
            int(lever["levels"][levels[name]].get("upkeep", 0))
            for name, lever in self.book.levers.items()
        )
        for name, budget in self.book.budgets.items():
            if budget["kind"] != "money":
                continue
            self.budgets[name] -= upkeep
            self.board.spent += upkeep
            if self.budgets[name] < 0:
                self.effects("overdraft", budget.get("overdraft", []))
            low, high = int(budget.get("floor", 0)), int(budget["cap"])
            self.budgets[name] = clamp(self.budgets[name], low, high)
        for name, value in self.board.promised.items():
            part = self.book.derived[name]
            target = hundredths(part["values"][levels[part["lever"]]])
            left = value - (value - target >> 2) if value > target else target
            self.board.promised[name] = left
        self.limit()
        self.index()

    def reckon(self, ordered: dict[str, str]) -> dict[str, Response]:
        self.index()
        responses = self.respond(ordered)
        ends = self.book.data["turns"].get("ends_when")
        self.over = ends is not None and self.board.holds(ends)
        self.snapshots.append(self.board.snapshot())
        self.history.append(dict(self.board.levels))
        self.influence()
        self.keep_up()
        return responses

    def play_turn(self, policy: Policy, red: dict[str, str] | None = None) -> Turn:
        """One turn; `red` is what each adversary wants whose answer is not left to the rule."""
        self.terms = {}
        self.open()
        for lever, level in policy.moves(self):
            self.move(lever, level)
        self.posture = self.board.posture()
        slots = [self.slot(name, policy) for name in ("policy", "crisis")]
        responses = self.reckon(red or {})
        return Turn(
            number=self.turn,
            policy=slots[0],
            crisis=slots[1],
            pushes=dict(self.pushes),
            responses=responses,
            snapshot=self.snapshots[-1],
            tracks=dict(self.board.tracks),
            scores=self.board.scores(),
            budgets=dict(self.budgets),
            spent=self.board.spent,
            promised=dict(self.board.promised),
            levels=dict(self.board.levels),
            purses=dict(self.purses),
            terms={key: by for key, by in self.terms.items() if by},
        )


# --- robots -------------------------------------------------------------------------------------


class Robot:
    """A robot of the exercise, at the table for all allied cells."""

    def __init__(self, part: Data) -> None:
        self.rule = part.get("rule", "posture")
        self.order: list[str] = part.get("order", [])
        self.wishes: list[Data] = part.get("wishes", [])

    def moves(self, game: Game) -> Iterable[tuple[str, int]]:
        book, dice = game.book, game.dice
        if self.rule == "random":
            name = list(book.levers)[dice.hi(game.turn, 37) * len(book.levers) >> 32]
            top = len(book.levers[name]["levels"]) - 1
            yield name, min(dice.hi(game.turn, 38) * 4 >> 32, top)
            return
        made = 0
        for wish in self.wishes:
            name, before = wish["lever"], game.board.levels[wish["lever"]]
            level = book.level(name, wish["level"])
            down = level < book.level(name, book.levers[name]["start"])
            wanted = before > level if down else before < level
            if int(wish["turn"]) > game.turn or not wanted:
                continue
            if made == int(book.data["turns"].get("moves", 3)):
                return
            yield name, level
            made += game.board.levels[name] != before

    def choose(self, game: Game, inject: Data, offered: Sequence[Choice]) -> int:
        opened = [place for place, choice in enumerate(offered) if choice.opened]
        if self.rule == "random":
            draw = 39 if inject["slot"] == "crisis" else 40
            place = game.dice.hi(game.turn, draw) * len(offered) >> 32
            return place if place in opened else opened[0]
        leans = next(p["prefers"] for p in game.book.data["posture"] if p["id"] == game.posture)
        provoking = {"least_provocation": 1, "most_provocation": -1}.get(self.rule, 0)
        order = (self.order if provoking else []) or leans

        def key(place: int) -> tuple[int, int]:
            option = offered[place].option
            size = sum(int(points) for points in option.get("provocation", {}).values())
            lean = option["lean"]
            return provoking * size, order.index(lean) if lean in order else len(order)

        return min(opened, key=key)


def play(
    data: Data, policy: str | Policy, seed: int = 1, world: int = 0
) -> tuple[Game, list[Turn]]:
    """Play one world to its end with a robot, named, or with any policy."""
    game = Game.of(data, seed, world)
    player: Policy = Robot(game.book.robots[policy]) if isinstance(policy, str) else policy
    turns: list[Turn] = []
    while game.turn < int(data["turns"]["count"]) and not game.over:
        turns.append(game.play_turn(player))
    return game, turns


__all__ = ["TIMINGS", "Choice", "Game", "Policy", "Push", "Response", "Robot", "Turn", "play"]
