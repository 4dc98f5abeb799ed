"""Plays the first edition of `accelerate` one world at a time, from numbers written out here."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from . import data
from .luck import LG, LOGISTIC, Dice, clamp

ID = {track.number: track.id for track in data.TRACKS}
NUMBER = {track.id: track.number for track in data.TRACKS}
START = {track.number: track.start for track in data.TRACKS}
LEVER = {lever.id: lever for lever in data.LEVERS}
INJECT = {inject.number: inject for inject in data.INJECTS}
START_LEVELS = {lever.id: lever.start for lever in data.LEVERS}


# The crisis clock


class Clock(NamedTuple):
    """The time one answer takes: minutes by stage, their sum along the path, the longest."""

    stages: dict[str, int]
    T: int
    critical: str

    @property
    def path(self) -> list[str]:
        """The stages that count, in order: of legal and signal only the longer."""
        longer = "signal" if self.stages["signal"] > self.stages["legal"] else "legal"
        return ["detect", "share", "assess", longer, "wait", "coa", "orders", "message"]


def _clock(
    v: Sequence[int], rules: int, profile: str, hour: int, jitter: Sequence[int] | None
) -> Clock:
    base = data.PROFILES[profile]
    deviation = [0] + [v[n] - START[n] for n in range(1, len(v))]
    deviation[data.PRODUCT] = v[2] * v[3] // 10000 - 40
    minutes = {}
    for place, stage in enumerate(data.STAGES):
        pull = sum(weight * deviation[n] for n, weight in data.WEIGHTS[stage]) // 10000
        factor = clamp(256 - pull, 64, 512)
        if jitter is None:
            shake = 256
        elif stage in ("legal", "signal"):
            shake = 128 + (jitter[place] * 320 >> 8)
        else:
            shake = 208 + (jitter[place] * 96 >> 8)
        minutes[stage] = base[stage] * factor * shake >> 16
    until = 60 * next(step for step in range(24) if (hour + step) % 24 in data.SHARED_HOURS)
    wait = (until >> 1) * base["wait"] >> 4
    wait = wait * (10000 - min(v[2], v[3] + 2000)) // 10000
    minutes["wait"] = wait * data.DEPUTY[rules] >> 2
    order = ("detect", "share", "assess", "legal", "signal", "wait", "coa", "orders", "message")
    found = Clock({stage: minutes[stage] for stage in order}, 0, "")
    path = found.path
    longest = max(path, key=lambda stage: minutes[stage])
    return found._replace(T=sum(minutes[stage] for stage in path), critical=longest)


def _latency(v: Sequence[int], rules: int) -> int:
    return clamp(_clock(v, rules, "air_sea", 0, None).T * 6200 // 1388)


def _list(tracks: Mapping[str, int]) -> list[int]:
    return [0] + [tracks[track.id] for track in data.TRACKS]


def clock(
    tracks: Mapping[str, int],
    levers: Mapping[str, int],
    profile: str,
    hour: int,
    jitter: Sequence[int] | None = None,
) -> Clock:
    """Run the clock of a profile; `jitter` holds one byte a stage, None the equal jitter."""
    return _clock(_list(tracks), levers["hawaii_rules"], profile, hour, jitter)


def latency(tracks: Mapping[str, int], levers: Mapping[str, int]) -> int:
    """The value of the latency track for these tracks and lever levels."""
    return _latency(_list(tracks), levers["hawaii_rules"])


def timing_of(minutes: int, window: int) -> str:
    if minutes <= window:
        return "on_time"
    return "late" if minutes <= window + (window >> 2) else "far_too_late"


class Margin(NamedTuple):
    """What would have changed a ruling: track values in points, minutes added to a stage."""

    tracks: list[tuple[str, int]]
    stages: list[tuple[str, int]]
    nearest_track: tuple[str, int] | None
    nearest_stage: tuple[str, int] | None


def margin(
    tracks: Mapping[str, int],
    levers: Mapping[str, int],
    profile: str,
    hour: int,
    jitter: Sequence[int] | None,
    window: int,
) -> Margin:
    """The smallest change of a single track, and of a single stage, that flips the ruling."""
    v, rules = _list(tracks), levers["hawaii_rules"]
    actual = _clock(v, rules, profile, hour, jitter)
    ruling = timing_of(actual.T, window)

    def flips(n: int, points: int) -> bool:
        changed = [*v[:n], points * 100, *v[n + 1 :]]
        return timing_of(_clock(changed, rules, profile, hour, jitter).T, window) != ruling

    def first(n: int, points: Sequence[int]) -> int | None:
        """Bisect for the first of `points`, ordered away from the present value, that flips."""
        if not points or not flips(n, points[-1]):
            return None
        low, high = 0, len(points) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if flips(n, points[middle]) else (middle + 1, high)
        return points[low]

    flipping: list[tuple[str, int]] = []
    for n in data.MARGIN_TRACKS:
        found = [first(n, range(-(-v[n] // 100), 101)), first(n, range(v[n] // 100, -1, -1))]
        known = [points for points in found if points is not None]
        if known:
            flipping.append((ID[n], min(known, key=lambda points: abs(points * 100 - v[n]))))

    stages: list[tuple[str, int]] = []
    limit = window if ruling != "far_too_late" else window + (window >> 2)
    for stage in actual.path:
        spare = actual.stages[stage]
        if stage in ("legal", "signal"):
            spare -= min(actual.stages["legal"], actual.stages["signal"])
        changes = []
        if ruling != "on_time" and spare >= actual.T - limit:
            changes.append(limit - actual.T)
        if ruling == "on_time":
            changes.append(window - actual.T + 1)
        elif ruling == "late":
            changes.append(window + (window >> 2) - actual.T + 1)
        stages += [(stage, change) for change in changes]
    return Margin(
        flipping,
        stages,
        min(flipping, key=lambda f: abs(f[1] * 100 - tracks[f[0]]), default=None),
        min(stages, key=lambda s: abs(s[1]), default=None),
    )


class AdversaryMargin(NamedTuple):
    """Logit steps by which z would have to move, and the change of each track that covers it."""

    steps: int
    tracks: dict[str, int]


def adversary_margin(z: int, draw: int, decision: data.Decision) -> AdversaryMargin | None:
    """The margin of one decision of an adversary, None where no z could turn it."""
    step = bisect_right(LOGISTIC, draw) - 512  # the lowest z at which the draw means yes
    if step in (-512, 512):
        return None
    steps = step - z if z < step else step - 1 - z
    weights = [(ID[n], weight) for n, weight in decision.weights]
    weights.append(("deterrence", decision.deterrence))
    size = abs(steps) * 10000
    changes = {}
    for source, weight in weights:
        sign = 1 if (steps > 0) == (weight > 0) else -1
        changes[source] = sign * -(-size // abs(weight))
    return AdversaryMargin(steps, changes)


# Derived values and scores


def gap_of(v: Sequence[int], announced: int) -> int:
    return announced - sum(min(v[n], announced) for n in (1, 2, 3)) // 3


def strike_of(v: Sequence[int]) -> int:
    return (3 * min(v[11], v[12]) + max(v[11], v[12])) >> 2


def clarity_of(v: Sequence[int], levels: Mapping[str, int]) -> int:
    return (2 * v[18] + v[6] + data.LEGAL_CLARITY[levels["legal_message"]]) // 4


def geo(cap: int, cred: int, comm: int) -> int:
    if min(cap, cred, comm) == 0:
        return 0
    a, b, c = data.BLEND
    return bisect_right(LG, (a * LG[cap] + b * LG[cred] + c * LG[comm]) // 100) - 1


def _deterrence(v: Sequence[int], levels: Mapping[str, int], announced: int) -> dict[str, int]:
    lat, gap, strike = 10000 - v[8], 10000 - gap_of(v, announced), strike_of(v)
    clarity = clarity_of(v, levels)
    china = geo(
        (2 * v[13] + 2 * v[14] + 2 * v[9] + 2 * strike + 2 * lat) // 10,
        (v[18] + v[15] + v[16] + gap) // 4,
        (2 * clarity + v[26]) // 3,
    )
    dprk = geo(
        (v[13] + 2 * lat + 2 * v[20] + v[12] + v[10]) // 7,
        (2 * v[18] + v[15] + gap) // 4,
        (clarity + v[20] + v[26]) // 3,
    )
    russia = geo(
        (2 * v[13] + 3 * v[10] + lat) // 6,
        (2 * v[18] + v[15] + gap) // 4,
        (clarity + v[26]) // 2,
    )
    return {
        "china": china * (20000 - v[21]) // 20000,
        "dprk": dprk * (20000 - v[23]) // 20000,
        "russia": russia * (20000 - v[24]) // 20000,
    }


def _scores(
    v: Sequence[int], levels: Mapping[str, int], announced: int, spent: int
) -> dict[str, int]:
    lat, gap, strike = 10000 - v[8], 10000 - gap_of(v, announced), strike_of(v)
    consult = data.CONSULT_QUALITY[levels["ally_consult"]]
    cohesion = (2 * v[18] + 2 * v[15] + v[16] + v[7] + v[20] + gap + consult) // 9
    operational = 4 * lat + 2 * (v[12] + v[9] + v[10] + v[6] + strike) + v[5] + v[1]
    first_strike = clamp(5000 + (v[2] + v[3]) // 2 - v[9])
    escalation = 4 * v[25] + 2 * (v[8] + v[21] + v[22]) + v[23] + 2 * (10000 - v[26])
    escalation += 10000 - clarity_of(v, levels) + 2 * first_strike
    money_left = clamp(10000 - 4 * spent)
    return {
        **_deterrence(v, levels, announced),
        "cohesion": clamp(cohesion - data.HNS_DISPUTE[levels["hns"]]),
        "operational": operational // 16,
        "escalation": escalation // 16,
        "cost": (3 * money_left + 2 * v[19] + 2 * v[15] + v[16] + v[17] + v[13]) // 10,
    }


def scores(
    tracks: Mapping[str, int], levers: Mapping[str, int], announced: int, spent: int
) -> dict[str, int]:
    """The seven scores of these tracks, lever levels, announcement and spending."""
    return _scores(_list(tracks), levers, announced, spent)


# What a run records


class Refusal(NamedTuple):
    """A move that was tried and refused, and why."""

    lever: str
    level: int
    reason: str


class Choice(NamedTuple):
    """An option as it is offered: whether it is available and, if not, why."""

    lean: str
    id: str
    available: bool
    reason: str
    option: data.Option


class Booked(NamedTuple):
    """A term booked by an option: when it lands and whether it is benefit, cost or late."""

    track: str
    size: int
    delay: int
    kind: str


@dataclass(frozen=True)
class Slot:
    """What happened in a slot: the inject, the answer and, for a crisis, its clock."""

    inject: int
    option: str
    lean: str
    posture: str
    timing: str | None
    T: int | None
    window: int | None
    stages: dict[str, int]
    critical: str | None
    hour: int | None
    jitter: tuple[int, ...] | None
    terms: list[Booked]


class Response(NamedTuple):
    """An adversary's turn: both logits with their draws, and what it did."""

    z: int
    draw: int
    act: bool
    z2: int
    draw2: int
    response: str


@dataclass(frozen=True)
class Turn:
    """One turn; scores, tracks and budgets are those at its end."""

    number: int
    moves: list[tuple[str, int]]
    refused: list[Refusal]
    levels: dict[str, int]
    policy: Slot | None
    crisis: Slot | None
    perceived: dict[str, int]
    adversaries: dict[str, Response]
    snapshot: dict[str, int]
    tracks: dict[str, int]
    scores: dict[str, int]
    money: int
    attention: int
    consent: int
    spent: int
    announced: int
    track_terms: dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Run:
    """A game: its start, its turns, the injects fired and whether temperature ended it."""

    start: dict[str, int]
    turns: list[Turn]
    fired: list[int]
    over: bool


@dataclass
class State:
    """A game under way; `v[n]` is track V`n`, and `history[t]` the lever levels of turn t."""

    dice: Dice
    v: list[int] = field(default_factory=lambda: [0] + [track.start for track in data.TRACKS])
    levels: dict[str, int] = field(default_factory=lambda: dict(START_LEVELS))
    history: list[dict[str, int]] = field(default_factory=lambda: [dict(START_LEVELS)])
    snapshots: list[dict[str, int]] = field(default_factory=list)
    queue: list[tuple[int, int, int, str]] = field(default_factory=list)
    fired: list[int] = field(default_factory=list)
    came: dict[int, int] = field(default_factory=dict)
    terms: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    posture: str = "B"
    money: int = data.MONEY_START
    attention: int = data.ATTENTION_START
    consent: int = data.CONSENT_START
    spent: int = 0
    announced: int = data.ANNOUNCED_START

    @property
    def tracks(self) -> dict[str, int]:
        return {ID[n]: self.v[n] for n in ID}

    def add(self, n: int, size: int, cause: str) -> None:
        self.v[n] += size
        if size:
            self.terms.setdefault(n, []).append((cause, size))

    def limit(self) -> None:
        for n in ID:
            self.add(n, clamp(self.v[n]) - self.v[n], "limit")

    def snapshot(self) -> dict[str, int]:
        return {
            **self.tracks,
            "announced": self.announced,
            "expectation_gap": gap_of(self.v, self.announced),
            "strike_effect": strike_of(self.v),
        }

    def recompute_latency(self) -> None:
        self.add(8, _latency(self.v, self.levels["hawaii_rules"]) - self.v[8], "clock")

    def shortfall(self, condition: data.Condition) -> int:
        """By how much a condition fails; 0 or less where it holds."""
        subject, comparison, bound = condition
        if subject == "fired":
            return 0 if bound in self.fired else 1
        if subject == "strike":
            value = strike_of(self.v)
        elif subject in self.levels:
            value = self.levels[subject]
        else:
            value = self.v[int(subject[1:])]
        return bound - value if comparison == ">=" else value - bound


class Policy(Protocol):
    """Who plays: the moves to try, read one by one, and the option chosen for an inject."""

    def moves(self, state: State, turn: int) -> Iterable[tuple[str, int]]: ...

    def choose(self, state: State, turn: int, inject: int, options: list[Choice]) -> str: ...


# Robots


class Robot:
    """A robot of the rule model."""

    def __init__(self, name: str) -> None:
        self.wishes, self.rule = data.ROBOTS[name]

    def moves(self, state: State, turn: int) -> Iterator[tuple[str, int]]:
        if self.rule == "random":
            lever = data.LEVERS[state.dice.hi(turn, 37) * len(data.LEVERS) >> 32]
            yield lever.id, min(state.dice.hi(turn, 38) * 4 >> 32, len(lever.levels) - 1)
            return
        made = 0
        for since, name, wished in self.wishes:
            before, level = state.levels[name], LEVER[name].levels.index(wished)
            opened = before > level if (name, wished) == ("pace", "hold") else before < level
            if turn < since or not opened or made == data.MOVES_PER_TURN:
                continue
            yield name, level
            made += state.levels[name] != before

    def choose(self, state: State, turn: int, inject: int, options: list[Choice]) -> str:
        available = [option for option in options if option.available]
        if self.rule == "random":
            slot = 39 if INJECT[inject].slot == "crisis" else 40
            drawn = options[state.dice.hi(turn, slot) * len(options) >> 32]
            return drawn.id if drawn.available else available[0].id
        if self.rule == "posture":
            return min(available, key=lambda c: data.LEAN_ORDER[state.posture].index(c.lean)).id
        ties = data.LEAST_PROVOCATION_TIES
        return min(available, key=lambda c: (sum(c.option.provocation), ties.index(c.lean))).id


# The steps of a turn


def land(state: State, turn: int) -> None:
    for due, n, size, cause in state.queue:
        if due == turn:
            state.add(n, size, cause)
    for name, turns, effects in data.CALENDAR:
        if turn in turns:
            for n, size in effects:
                state.add(n, size, f"calendar {name}")
    state.limit()
    for place, (n, size) in enumerate(data.WEATHER):
        hi = state.dice.hi(turn, 41 + place)
        roll = (hi >> 24) + (hi >> 16 & 255) - 255
        state.add(n, roll * size * 100 >> 8, "weather")
    state.limit()


def receive(state: State) -> None:
    state.money += 110 * state.v[19] // 4500
    state.attention = min(state.attention + data.ATTENTION_INCOME, data.ATTENTION_CAP)
    state.consent = min(state.consent + 1 + state.v[15] // 2000, data.CONSENT_CAP)


def why_refused(state: State, lever: data.Lever, level: int) -> str:
    """The budget or prerequisite a move fails on, empty where it may be made."""
    if level < state.levels[lever.id]:
        return "" if state.attention >= 1 else f"attention short by {1 - state.attention}"
    if state.attention < lever.attention[level]:
        return f"attention short by {lever.attention[level] - state.attention}"
    if state.consent < lever.consent[level]:
        return f"consent short by {lever.consent[level] - state.consent}"
    if state.money < 0:
        return f"money short by {-state.money}"
    for asked in data.PREREQUISITES:
        entered = level == asked.level or (asked.comparison == ">=" and level > asked.level)
        if asked.lever == lever.id and entered and (by := state.shortfall(asked.condition)) > 0:
            return "{} {} {} missed by {}".format(*asked.condition, by)
    return ""


def move(state: State, lever: data.Lever, level: int) -> None:
    down = state.levels[lever.id] - level
    state.levels[lever.id] = level
    if down > 0:
        state.attention -= 1
        for n, kick in data.STEP_DOWN.get(lever.id, ()):
            state.add(n, kick * down, f"lever {lever.id} lowered")
        return
    state.attention -= lever.attention[level]
    state.consent -= lever.consent[level]
    if lever.id == "pace":
        state.announced = max(state.announced, data.ANNOUNCED[level])


def pull_levers(
    state: State, policy: Policy, turn: int
) -> tuple[list[tuple[str, int]], list[Refusal]]:
    made: list[tuple[str, int]] = []
    refused: list[Refusal] = []
    for name, level in policy.moves(state, turn):
        if state.levels[name] == level:
            continue
        reason = why_refused(state, LEVER[name], level)
        if reason:
            refused.append(Refusal(name, level, reason))
        else:
            move(state, LEVER[name], level)
            made.append((name, level))
    # A lowered lever kicks outside the clamps of the other steps; tracks stay in range always.
    state.limit()
    state.history.append(dict(state.levels))
    return made, refused


def read_posture(state: State) -> str:
    if state.v[2] >= 3000 and state.v[3] >= 2000:
        return "A"
    return "C" if state.levels["hawaii_rules"] >= 1 and state.v[3] < 2000 else "B"


def waits(state: State, number: int, turn: int) -> bool:
    """Whether an inject has come, and does not come again yet."""
    if number not in state.fired:
        return False
    return number not in data.AGAIN or turn < state.came[number] + data.AGAIN[number]


def pick_inject(state: State, turn: int, slot: str) -> data.Inject | None:
    bar = data.CRISIS_BAR if slot == "crisis" else data.POLICY_BAR
    best: data.Inject | None = None
    for inject in data.INJECTS:
        if inject.slot != slot or waits(state, inject.number, turn):
            continue
        if not inject.first <= turn <= inject.last:
            continue
        if inject.when and all(state.shortfall(condition) > 0 for condition in inject.when):
            continue
        constant, slope, n = inject.weight
        weight = max(1, constant + slope * state.v[n] // 10000)
        q = (state.dice.hi(turn, inject.number - 1) >> 16) * 64 // weight
        if q < bar:
            bar, best = q, inject
    return best


def offer(state: State, option: data.Option) -> Choice:
    missed = [need for need in option.needs if state.shortfall(need) > 0]
    reasons = ("{} {} {} missed by {}".format(*n, state.shortfall(n)) for n in missed)
    return Choice(option.lean, option.id, not missed, ", ".join(reasons), option)


def settle(state: State, option: data.Option) -> None:
    """What an answer does beside the tracks."""
    for name, by in option.budgets:
        if name == "money":
            state.money += by
        elif name == "staff_time":
            state.attention = clamp(state.attention + by, 0, data.ATTENTION_CAP)
        else:
            state.consent = clamp(state.consent + by, 0, data.CONSENT_CAP)
    for name, level in option.sets:
        if name == "pace" and level > state.levels[name]:
            state.announced = max(state.announced, data.ANNOUNCED[level])
        state.levels[name] = level
    state.history[-1] = dict(state.levels)


def fill_slot(
    state: State, policy: Policy, turn: int, slot: str
) -> tuple[Slot | None, tuple[int, int, int]]:
    """Fill a slot and apply the answer; the second value is its provocation."""
    inject = pick_inject(state, turn, slot)
    if inject is None:
        return None, (0, 0, 0)
    state.fired.append(inject.number)
    state.came[inject.number] = turn
    timed: Clock | None = None
    hour: int | None = None
    jitter: tuple[int, ...] | None = None
    timing: str | None = None
    if inject.profile is not None and inject.window is not None:
        hour = state.dice.hi(turn, 28) * 24 >> 32
        draw = state.dice.draw(turn, 29)
        jitter = tuple(draw >> 8 * place & 255 for place in range(8))
        timed = _clock(state.v, state.levels["hawaii_rules"], inject.profile, hour, jitter)
        timing = timing_of(timed.T, inject.window)

    offered = [offer(state, option) for option in inject.options]
    available = {choice.id: choice.option for choice in offered if choice.available}
    option = available[policy.choose(state, turn, inject.number, offered)]
    quarters = option.quarters or data.POSTURE_QUARTERS[option.lean]
    share = data.TIMING_QUARTERS[timing] * quarters["ABC".index(state.posture)]
    terms = [Booked(ID[n], size * share // 16, d, "benefit") for n, size, d in option.benefit]
    terms += [Booked(ID[n], size, d, "cost") for n, size, d in option.cost]
    if timing in ("late", "far_too_late"):
        sixths = 4 if timing == "late" else 6
        terms += [Booked(ID[n], size * sixths // 4, d, "late") for n, size, d in inject.late]
    for term in terms:
        cause = f"inject {inject.number:02d} {option.id} {term.kind}"
        if term.delay:
            state.queue.append((turn + term.delay, NUMBER[term.track], term.size, cause))
        else:
            state.add(NUMBER[term.track], term.size, cause)
    settle(state, option)
    record = Slot(
        inject=inject.number,
        option=option.id,
        lean=option.lean,
        posture=state.posture,
        timing=timing,
        T=timed.T if timed else None,
        window=inject.window,
        stages=timed.stages if timed else {},
        critical=timed.critical if timed else None,
        hour=hour,
        jitter=jitter,
        terms=terms,
    )
    return record, option.provocation


def logit(decision: data.Decision, v: Sequence[int], deterrence: int, provocation: int) -> int:
    z = decision.bias + 16 * provocation + decision.deterrence * deterrence // 10000
    return z + sum(weight * v[n] // 10000 for n, weight in decision.weights)


def yes(z: int, draw: int) -> bool:
    return draw < LOGISTIC[clamp(z, -512, 511) + 512]


def respond(
    state: State, turn: int, perceived: Mapping[str, int], provocation: Sequence[int]
) -> dict[str, Response]:
    before = list(state.v)
    responses = {}
    for place, actor in enumerate(data.ADVERSARIES):
        deterrence, pushed = perceived[actor.id], provocation[place]
        z = logit(actor.act, before, deterrence, pushed)
        z2 = logit(actor.escalate, before, deterrence, pushed)
        draw, draw2 = state.dice.hi(turn, 31 + place), state.dice.hi(turn, 34 + place)
        act = yes(z, draw)
        response = "restraint" if not act else "escalate" if yes(z2, draw2) else "probe"
        responses[actor.id] = Response(z, draw, act, z2, draw2, response)
        for n, size, _ in actor.responses[response]:
            state.add(n, size, f"{actor.id} {response}")
    state.limit()
    return responses


def influence(state: State, turn: int) -> None:
    """Add all lasting forces at once, each computed from the same snapshots and values."""
    start, now = state.snapshots[0], list(state.v)
    rest = {**start, **{track.id: track.rest for track in data.TRACKS}}
    rate = {track.id: track.rate for track in data.TRACKS}

    def seen(back: int) -> dict[str, int]:
        return state.snapshots[max(turn - back, 0)]

    for track in data.TRACKS:
        if track.rate:
            pull = (track.rest - now[track.number]) * track.rate >> 4
            state.add(track.number, pull, "reversion")
    for link in data.LINKS:
        if link.while_none and state.levels[link.while_none] != 0:
            continue
        value = seen(link.delay)[link.source]
        if link.kind == "level":
            term = (value - rest[link.source]) * link.k * rate[link.target] >> 12
        else:
            term = (value - seen(link.delay + 1)[link.source]) * link.k >> 8
        state.add(NUMBER[link.target], term, f"link {link.id}")
    for lever in data.LEVERS:
        for effect in lever.effects:
            shift = effect.values[state.history[max(turn - effect.delay, 0)][lever.id]]
            if effect.kind == "T":
                shift = shift * rate[ID[effect.track]] >> 4
            state.add(effect.track, shift, f"lever {lever.id}")
    state.limit()


def keep_up(state: State) -> None:
    upkeep = sum(lever.upkeep[state.levels[lever.id]] for lever in data.LEVERS)
    state.money -= upkeep
    state.spent += upkeep
    if state.money < 0:
        for n, size in data.OVERDRAFT:
            state.add(n, size, "overdraft")
    state.money = clamp(state.money, data.MONEY_FLOOR, data.MONEY_CAP)
    target = data.ANNOUNCED[state.levels["pace"]]
    if state.announced > target:
        state.announced -= (state.announced - target) >> 2
    else:
        state.announced = target
    state.limit()
    state.recompute_latency()


def play_turn(state: State, policy: Policy, turn: int) -> Turn:
    state.terms = {}
    land(state, turn)
    receive(state)
    moves, refused = pull_levers(state, policy, turn)
    state.posture = read_posture(state)
    policy_slot, pushed = fill_slot(state, policy, turn, "policy")
    state.limit()
    crisis_slot, pushed_again = fill_slot(state, policy, turn, "crisis")
    state.limit()
    state.recompute_latency()
    perceived = _deterrence(state.v, state.levels, state.announced)
    provocation = [a + b for a, b in zip(pushed, pushed_again, strict=True)]
    adversaries = respond(state, turn, perceived, provocation)
    state.snapshots.append(state.snapshot())
    influence(state, turn)
    keep_up(state)
    return Turn(
        number=turn,
        moves=moves,
        refused=refused,
        levels=dict(state.levels),
        policy=policy_slot,
        crisis=crisis_slot,
        perceived=perceived,
        adversaries=adversaries,
        snapshot=state.snapshots[turn],
        tracks=state.tracks,
        scores=_scores(state.v, state.levels, state.announced, state.spent),
        money=state.money,
        attention=state.attention,
        consent=state.consent,
        spent=state.spent,
        announced=state.announced,
        track_terms={ID[n]: state.terms.get(n, []) for n in ID},
    )


def start_scores() -> dict[str, int]:
    """The scores of the start, before the first turn."""
    state = State(Dice(0, 0))
    return _scores(state.v, state.levels, state.announced, state.spent)


def play(policy: str | Policy, seed: int = 1, world: int = 0, turns: int = 10) -> Run:
    """Play one world with a robot, named, or with any policy."""
    player: Policy = Robot(policy) if isinstance(policy, str) else policy
    state = State(Dice(seed, world))
    state.snapshots.append(state.snapshot())
    played: list[Turn] = []
    over = False
    while len(played) < turns and not over:
        played.append(play_turn(state, player, len(played) + 1))
        over = played[-1].snapshot["temperature"] >= data.GAME_OVER
    return Run(dict(state.snapshots[0]), played, sorted(state.fired), over)
