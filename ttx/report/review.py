"""What a run comes to: the sponsor's question first, then what was decided and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ttx.analysis.compared_runs import spans
from ttx.analysis.forecast import eight_of_ten
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.report.adversaries import AdversaryRow, adversaries
from ttx.report.apart import in_which_levers
from ttx.report.closing import closing
from ttx.report.counterfactual import Decision, without_each
from ttx.report.targets import TargetRow, target_rows
from ttx.report.turn_rows import TurnRow, turn_row
from ttx.session.game import Game, TurnRecord
from ttx.session.run import REHEARSED
from ttx.session.view import words
from ttx.session.view.answers import carried_out
from ttx.session.view.excursion import SAYS, sentences
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import start_scores

LIMIT = N_("Sizes are design values: calibrated for behaviour, not measured in the world.")
FINDINGS = N_(
    "On which assumptions an answer hangs, the page of findings says from "
    "many runs; no run and no page says which answer is right."
)
"""What no single run can say, and where it stands (`ttx findings`)."""
MOST = 3
"""So many decisions are named as those that moved most."""


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
    ahead: int
    """1 where it is clearly better than that, -1 where it is worse, else 0."""


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a run."""

    title: str
    seed: int
    played: int
    turns: int
    state: str
    apart: tuple[str, ...]
    """That the run is a rehearsal, or an excursion and by what, a sentence each; else nothing."""
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
    closing: tuple[str, ...]
    """What all of it answers to the question and how far that can be trusted, a paragraph by its
    sentences; empty before a turn was played."""
    most: tuple[str, ...]
    """The decisions that moved most, the first one most of all; none where none moved a score."""
    unmoved: str
    """Why none did, in a sentence; empty where one did."""
    targets: tuple[TargetRow, ...]
    """The sponsor's targets beside what was reached."""
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


def review(game: Game, sealed: str) -> Review:
    """The review of a game as far as it was played; `sealed` is what its table calls its seal."""
    exercise = game.run.exercise
    played = [t for t in game.turns if t.end is not None]
    rows = tuple(turn_row(game, turn) for turn in played)
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
    decisions = without_each(game) if played else []
    most = [decision for decision in decisions[:MOST] if decision.size]
    cells = {c.id: text(c.name) for c in exercise.cell}
    rehearsal = (_(REHEARSED),) if game.run.rehearsal else ()
    excursion = (_(SAYS), *sentences(Eye.all_seeing(game))) if game.excursion else ()
    return Review(
        title=text(exercise.title),
        seed=game.run.seed,
        played=len(played),
        turns=exercise.turns.count,
        state=_(game.ended) if game.ended else _("in play, {phase}", phase=game.phase),
        apart=(*rehearsal, *excursion),
        asked=text(exercise.review.asked),
        chosen=tuple(_course(game, exercise.levers[lever]) for lever in exercise.review.levers),
        moved=_moved(game, played),
        differ=in_which_levers(game),
        adversaries=adversaries(game),
        luck=_luck(game, played),
        closing=closing(game),
        most=tuple(_told(game, decision) for decision in most),
        unmoved="" if most else _unmoved(decisions),
        targets=target_rows(game),
        profile=_profile(game, played),
        rows=rows,
        slowest=tuple(sorted(stages.items(), key=lambda stage: (-stage[1], stage[0]))),
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
    rows = []
    if game.forked is not None:
        rows.append(
            _(
                "A fork of {parent} at its entry {cut}.",
                parent=game.forked.parent,
                cut=game.forked.cut,
            )
        )
    count = len(game.undone)
    if count:
        rows.append(
            ngettext(
                "Something was taken back once; the record keeps what it was.",
                "Something was taken back {count} times; the record keeps what it was.",
                count,
            )
        )
    return tuple(rows)


def _course(game: Game, lever: Lever) -> str:
    """The levels of a lever over the turns: `Pace: phased in T1, accelerated from T2`."""
    name = text(lever.name)
    *past, (now, since, _rest) = spans(game, lever)
    if not past:
        whole = _("{lever}: {level} throughout", lever=name, level=now)
        return whole if since else f"{name}: {now}"
    levels = [
        _("{level} in T{first} to T{last}", level=level, first=first, last=last)
        if last > first
        else _("{level} in T{first}", level=level, first=first)
        for level, first, last in past
    ]
    return _(
        "{lever}: {past}, {level} from T{since}",
        lever=name,
        past=", ".join(levels),
        level=now,
        since=since,
    )


def _names(exercise: Exercise) -> dict[str, str]:
    """What robots are called, by id."""
    return {robot.id: text(robot.name) for robot in exercise.robot}


def _luck(game: Game, played: list[TurnRecord]) -> str:
    exercise = game.run.exercise
    rows = {part.id: at for at, part in enumerate(exercise.score)}
    about = dict.fromkeys(adversary.score for adversary in exercise.adversary)
    if not played or not about:
        return ""
    name = exercise.review.references[0]
    spread = eight_of_ten(game, name)
    ranges = ", ".join(
        _(
            "{score} {low:.1f} to {high:.1f}",
            score=exercise.score[rows[name]].short,
            low=spread[rows[name]][0] / 100,
            high=spread[rows[name]][1] / 100,
        )
        for name in about
    )
    return _(
        "Luck alone: on other dice eight of ten runs of {names} stand after T{played} at {told}. "
        "What an adversary happens to do can stay in its score: a single run proves little.",
        names=_names(exercise)[name],
        played=len(played),
        told=ranges,
    )


def _moved(game: Game, played: list[TurnRecord]) -> tuple[str, ...]:
    if not played or played[-1].reckoned is None:
        return ()
    exercise, last = game.run.exercise, played[-1].reckoned
    names = _names(exercise)
    lines = []
    for name in exercise.review.references:
        reference = last.references[name]
        gaps = [
            (own - ref, part)
            for own, ref, part in zip(
                last.reckoning.scores, reference.scores, exercise.score, strict=True
            )
        ]
        clear = sorted((g for g in gaps if abs(g[0]) >= 50), key=lambda pair: -abs(pair[0]))
        changes = ", ".join(
            f"{text(part.name)} {words.moved_points(gap)} {words.direction(gap, part.better).word}"
            for gap, part in clear
        )
        minutes = reference.minutes - last.minutes
        pace = ""
        if minutes > 0:
            pace = ngettext(
                "; the clock {count} minute faster", "; the clock {count} minutes faster", minutes
            )
        elif minutes < 0:
            pace = ngettext(
                "; the clock {count} minute slower", "; the clock {count} minutes slower", -minutes
            )
        lines.append(
            _(
                "Against {names}: {told}{pace}.",
                names=names[name],
                told=changes or _("no clear difference in any score"),
                pace=pace,
            )
        )
    return tuple(lines)


def _unmoved(decisions: Sequence[Decision]) -> str:
    if not decisions:
        return _("No decision was taken.")
    return _("By the same dice no decision moved a score at the end.")


def _told(game: Game, decision: Decision) -> str:
    exercise = game.run.exercise
    if decision.lever:
        levels = {level.id: text(level.name) for level in exercise.levers[decision.lever].levels}
        lever = text(exercise.levers[decision.lever].name)
        what = _(
            "T{turn} {lever} to {levels}",
            turn=decision.turn,
            lever=lever,
            levels=levels[decision.level],
        )
    else:
        inject = exercise.injects[decision.inject]
        slot = next(
            slot
            for turn in game.turns
            for slot in turn.slots
            if turn.opened.turn == decision.turn and slot.released.inject == decision.inject
        )
        what = _(
            "T{turn} '{inject}': {titles}",
            turn=decision.turn,
            inject=text(inject.title),
            titles=carried_out(inject, slot),
        )
    widest = sorted(
        zip(decision.differences, exercise.score, strict=True), key=lambda pair: -abs(pair[0])
    )[:3]
    changes = ", ".join(
        f"{part.short} {words.moved_points(gap)} {words.direction(gap, part.better).word}"
        for gap, part in widest
        if gap
    )
    return f"{what} ({changes})"


def _profile(game: Game, played: list[TurnRecord]) -> tuple[ProfileRow, ...]:
    exercise = game.run.exercise
    start, names = start_scores(game), _names(exercise)
    facts = [t.reckoned for t in played if t.reckoned is not None]
    rows = []
    for at, part in enumerate(exercise.score):
        own = [f.reckoning.scores[at] for f in facts] or [start[at]]
        references = []
        for name in exercise.review.references:
            course = [f.references[name].scores[at] for f in facts] or [start[at]]
            references.append((names[name], sum(course) // len(course), course[-1]))
        gap = own[-1] - references[0][2]
        ahead = 1 if (gap > 0) == (part.better == "higher") else -1
        rows.append(
            ProfileRow(
                text(part.name),
                part.better,
                start[at],
                sum(own) // len(own),
                own[-1],
                tuple(references),
                _("no clear difference")
                if abs(gap) < 50
                else words.direction(gap, part.better).word,
                0 if abs(gap) < 50 else ahead,
            )
        )
    return tuple(rows)
