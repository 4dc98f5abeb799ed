"""What a run comes to: the sponsor's question first, then what was decided and why."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.analysis.compared_runs import spans
from ttx.analysis.forecast import eight_of_ten
from ttx.exercise.model import Exercise, Lever, text
from ttx.report.adversaries import AdversaryRow, adversaries
from ttx.report.apart import in_which_levers
from ttx.report.counterfactual import Decision, without_each
from ttx.session.game import LEVERS_SET, Game, SlotRecord, TurnRecord
from ttx.session.view import words
from ttx.session.view.answers import differs, title
from ttx.session.view.excursion import SAYS, sentences
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import ReckoningView, reckoning_of, start_scores
from ttx.session.view.ruling import RulingView, ruling_of

LIMIT = "Sizes are design values: calibrated for behaviour, not measured in the world."
FINDINGS = (
    "On which assumptions an answer hangs, the page of findings says from many runs; no run and no "
    "page says which answer is right."
)
"""What no single run can say, and where it stands (`ttx findings`)."""


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A score on the way (mean of turns) and at the end, with the reference runs (hundredths)."""

    name: str
    better: str
    start: int
    way: int
    end: int
    references: tuple[tuple[str, int, int], ...]
    """Name, on the way, at the end."""
    against: str
    """This run against the first reference at the end, in words."""


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn: moves, rulings, reckoning."""

    turn: int
    when: str
    moves: tuple[str, ...]
    rulings: tuple[RulingView, ...]
    reasons: tuple[tuple[str, ...], ...]
    """For each ruling: what was known before, and what each cell gave beside its answer."""
    empty: tuple[str, ...]
    reckoning: ReckoningView | None


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a run."""

    title: str
    seed: int
    played: int
    turns: int
    state: str
    excursion: tuple[str, ...]
    """That the run is an excursion, and what makes it one, a sentence each; else nothing."""
    asked: str
    chosen: tuple[str, ...]
    """What the run did with the levers of the question, a line each."""
    moved: tuple[str, ...]
    """What that moved against each reference run on the same dice, a line each."""
    differ: tuple[str, ...]
    """In which levers this run and the reference runs differ, and what of that is an answer to the
    question; a sentence each."""
    adversaries: tuple[AdversaryRow, ...]
    luck: str
    """How far luck alone moves the scores that are about adversaries, in a sentence."""
    most: str
    """The decision that moved most."""
    next_most: tuple[str, ...]
    profile: tuple[ProfileRow, ...]
    rows: tuple[TurnRow, ...]
    slowest: tuple[tuple[str, int], ...]
    """Stage and how often it was the slowest."""
    timings: tuple[int, int, int]
    """Crises in time, late, far too late."""
    record: tuple[str, ...]
    """What is to be said of the record itself: a fork, what was taken back; a sentence each."""
    notes: tuple[tuple[int, str, str], ...]
    players: tuple[tuple[str, str], ...]
    sealed: str
    """The seal with its name; empty where there is none, or it is told elsewhere."""


def review(game: Game, sealed: str, language: str = "en") -> Review:
    """The review of a game as far as it was played; `sealed` is what its table calls its seal."""
    exercise = game.run.exercise
    played = [t for t in game.turns if t.end is not None]
    rows = tuple(_turn(game, turn, language) for turn in played)
    rulings = [r for row in rows for r in row.rulings if r.clock is not None]
    stages: dict[str, int] = {}
    for ruling in rulings:
        stages[ruling.slowest] = stages.get(ruling.slowest, 0) + 1
    timings = [
        slot.ruling.timing
        for turn in played
        for slot in turn.slots
        if slot.ruling is not None and slot.ruling.minutes
    ]
    found = without_each(game) if played else []
    cells = {c.id: text(c.name, language) for c in exercise.cell}
    return Review(
        title=text(exercise.title, language),
        seed=game.run.seed,
        played=len(played),
        turns=exercise.turns.count,
        state=game.ended or f"in play, {game.phase}",
        excursion=(SAYS, *sentences(Eye.all_seeing(game, language))) if game.excursion else (),
        asked=text(exercise.review.asked, language),
        chosen=tuple(
            _course(game, exercise.levers[one], language) for one in exercise.review.levers
        ),
        moved=_moved(game, played, language),
        differ=in_which_levers(game, language),
        adversaries=adversaries(game, language),
        luck=_luck(game, played, language),
        most=_told(exercise, found[0], language) if found else "No decision was taken.",
        next_most=tuple(_told(exercise, one, language) for one in found[1:3]),
        profile=_profile(game, played, language),
        rows=rows,
        slowest=tuple(sorted(stages.items(), key=lambda one: (-one[1], one[0]))),
        timings=(
            timings.count("on_time"),
            timings.count("late"),
            timings.count("far_too_late"),
        ),
        record=_record(game),
        notes=tuple((s.turn, s.by, note.text) for s, note in game.notebook.notes),
        players=tuple((cells[c], who) for c, who in game.run.players.items() if c in cells),
        sealed=sealed,
    )


def _record(game: Game) -> tuple[str, ...]:
    found = []
    if game.forked is not None:
        found.append(f"A fork of {game.forked.parent} at its entry {game.forked.cut}.")
    count = len(game.undone)
    if count:
        times = "once" if count == 1 else f"{count} times"
        found.append(f"Something was taken back {times}; the record keeps what it was.")
    return tuple(found)


def _course(game: Game, lever: Lever, language: str) -> str:
    """The levels of a lever over the turns: `Pace: phased in T1, accelerated from T2`."""
    name = text(lever.name, language)
    *past, (now, since, _) = spans(game, lever)
    if not past:
        return f"{name}: {now}" + (" throughout" if since else "")
    told = [
        f"{name} in T{first}" + (f" to T{last}" if last > first else "")
        for name, first, last in past
    ]
    return f"{name}: {', '.join(told)}, {now} from T{since}"


def _names(exercise: Exercise, language: str) -> dict[str, str]:
    """What robots are called, by id."""
    return {one.id: text(one.name, language) for one in exercise.robot}


def _luck(game: Game, played: list[TurnRecord], language: str) -> str:
    exercise = game.run.exercise
    rows = {part.id: at for at, part in enumerate(exercise.score)}
    about = dict.fromkeys(one.score for one in exercise.adversary)
    if not played or not about:
        return ""
    name = exercise.review.references[0]
    spread = eight_of_ten(game, name)
    told = ", ".join(
        f"{exercise.score[rows[one]].short} {spread[rows[one]][0] / 100:.1f} to "
        f"{spread[rows[one]][1] / 100:.1f}"
        for one in about
    )
    return (
        f"Luck alone: on other dice eight of ten runs of {_names(exercise, language)[name]} stand "
        f"after T{len(played)} at {told}. What an adversary happens to do can stay in its score: "
        "a single run proves little."
    )


def _moved(game: Game, played: list[TurnRecord], language: str) -> tuple[str, ...]:
    if not played or played[-1].reckoned is None:
        return ()
    exercise, last = game.run.exercise, played[-1].reckoned
    names = _names(exercise, language)
    lines = []
    for name in exercise.review.references:
        reference = last.references[name]
        gaps = [
            (own - ref, part)
            for own, ref, part in zip(
                last.reckoning.scores, reference.scores, exercise.score, strict=True
            )
        ]
        clear = sorted((g for g in gaps if abs(g[0]) >= 50), key=lambda one: -abs(one[0]))
        told = ", ".join(
            f"{text(part.name, language)} {words.moved_points(gap)} "
            f"{words.direction(gap, part.better)}"
            for gap, part in clear
        )
        minutes = reference.minutes - last.minutes
        word = "faster" if minutes > 0 else "slower"
        pace = f"; the clock {abs(minutes)} minutes {word}" if minutes else ""
        lines.append(f"Against {names[name]}: {told or 'no clear difference in any score'}{pace}.")
    return tuple(lines)


def _told(exercise: Exercise, one: Decision, language: str) -> str:
    if one.lever:
        levels = {
            level.id: text(level.name, language) for level in exercise.levers[one.lever].levels
        }
        lever = text(exercise.levers[one.lever].name, language)
        what = f"T{one.turn} {lever} to {levels[one.level]}"
    else:
        inject = exercise.injects[one.inject]
        titles = {o.id: text(o.title, language) for o in inject.option}
        what = f"T{one.turn} '{text(inject.title, language)}': {titles[one.option]}"
    widest = sorted(
        zip(one.differences, exercise.score, strict=True), key=lambda pair: -abs(pair[0])
    )[:3]
    told = ", ".join(
        f"{part.short} {words.moved_points(gap)} {words.direction(gap, part.better)}"
        for gap, part in widest
        if gap
    )
    return f"{what} ({told or 'no change at the end'})"


def _profile(game: Game, played: list[TurnRecord], language: str) -> tuple[ProfileRow, ...]:
    exercise = game.run.exercise
    start, names = start_scores(game), _names(exercise, language)
    facts = [t.reckoned for t in played if t.reckoned is not None]
    rows = []
    for at, part in enumerate(exercise.score):
        own = [f.reckoning.scores[at] for f in facts] or [start[at]]
        references = []
        for name in exercise.review.references:
            course = [f.references[name].scores[at] for f in facts] or [start[at]]
            references.append((names[name], sum(course) // len(course), course[-1]))
        gap = own[-1] - references[0][2]
        rows.append(
            ProfileRow(
                text(part.name, language),
                part.better,
                start[at],
                sum(own) // len(own),
                own[-1],
                tuple(references),
                "no clear difference" if abs(gap) < 50 else words.direction(gap, part.better),
            )
        )
    return tuple(rows)


def _reasons(
    exercise: Exercise, slot: SlotRecord, turn: TurnRecord, ruling: RulingView, language: str
) -> tuple[str, ...]:
    """Confidence, expectation against what came, and rationale; differing answers are dissent."""
    cells = {c.id: text(c.name, language) for c in exercise.cell}
    names = {a.id: text(a.name, language) for a in exercise.adversary}
    did = {}
    if turn.reckoned is not None:
        did = {r.adversary: r.response for r in turn.reckoned.reckoning.responses}
    assert slot.ruled is not None
    lines: list[str] = []
    for cell, answer in slot.answers.items():
        parts = []
        if differs(answer, slot.answers.get(slot.ruled.lead, answer)):
            inject = exercise.injects[slot.released.inject]
            parts.append(f"differed: {title(inject, answer)}")
        if answer.confidence:
            parts.append(f"{answer.confidence}% sure")
        for name, response in answer.expects.items():
            parts.append(f"expected {response} of {names[name]}, met {did.get(name, 'nothing')}")
        if answer.rationale:
            parts.append(f"because: {answer.rationale}")
        if parts:
            lines.append(f"{cells[cell]}: {'; '.join(parts)}")
    lines += [f"minority view: {one.told}" for one in ruling.minority]
    return (*ruling.ruled, *_released(exercise, slot, language), *lines)


def _released(exercise: Exercise, slot: SlotRecord, language: str) -> tuple[str, ...]:
    """That another inject was next, where the facilitator released this one."""
    fact = slot.released
    if not fact.instead_of:
        return ()
    why = f", because: {fact.reason}" if fact.reason else ""
    return (f"released instead of {text(exercise.injects[fact.instead_of].title, language)}{why}",)


def _turn(game: Game, turn: TurnRecord, language: str) -> TurnRow:
    exercise = game.run.exercise
    first = game.run.first_day(turn.opened.turn)
    moves = []
    for by, move in turn.moves:
        levels = {
            level.id: text(level.name, language) for level in exercise.levers[move.lever].levels
        }
        who = f" ({by})" if by.startswith("robot") and game.run.people else ""
        lever = text(exercise.levers[move.lever].name, language)
        moves.append(f"{lever} to {levels[move.level]}{who}")
    number = turn.opened.turn
    if (number, LEVERS_SET) in game.known:
        moves.insert(0, "set again, with knowledge of the news")
    ruled = [(at, slot) for at, slot in enumerate(turn.slots, start=1) if slot.ruled is not None]
    rulings = tuple(
        ruling_of(Eye.all_seeing(game, language), slot, f"{number}.{at}") for at, slot in ruled
    )
    return TurnRow(
        turn=number,
        when=f"{words.MONTHS[first.month - 1]} {first.year}",
        moves=tuple(moves),
        rulings=rulings,
        reasons=tuple(
            (*filter(None, [one.again]), *_reasons(exercise, slot, turn, one, language))
            for one, (_, slot) in zip(rulings, ruled, strict=True)
        ),
        empty=turn.empty,
        reckoning=reckoning_of(Eye.all_seeing(game, language), turn) if turn.reckoned else None,
    )
