"""A run told in plain lines, for terminals without screens and for pipes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ttx.exercise.model import text
from ttx.report.review import LIMIT, Review
from ttx.session.excursions import SAYS
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.briefing import BriefingView
from ttx.session.view.reckoning import ReckoningView
from ttx.session.view.ruling import RulingView
from ttx.session.view.table import LeverView, MessageView

WIDTH = 78


def wrapped(sentence: str, indent: int = 0) -> list[str]:
    """A sentence in lines of at most 78 columns."""
    pad = " " * indent
    return textwrap.wrap(sentence, WIDTH, initial_indent=pad, subsequent_indent=pad) or [""]


def excursion_lines(told: Sequence[str]) -> list[str]:
    """That a run is an excursion, and the sentences that say by what; nothing without any."""
    return [line for one in (SAYS, *told) for line in wrapped(one)] + [""] if told else []


def briefing_lines(view: BriefingView) -> list[str]:
    """The briefing on one page."""
    lines = [view.title, "=" * len(view.title), ""]
    for part in view.situation:
        lines += [*wrapped(part), ""]
    lines += [*wrapped(f"The question: {view.question}"), ""]
    for name, who in view.at_the_table:
        lines.append(f"  {name:<16} {who}")
    return [*lines, ""]


def message_lines(view: MessageView) -> list[str]:
    """An inject with its question and options."""
    urgent = f"  {view.precedence}" if view.precedence else ""
    lines = [
        (
            f"[{view.badge.letter}] {view.number} {view.title} - "
            f"{view.badge.actor}, {view.kind}{urgent}"
        )
    ]
    lines.append(f"    {view.when}; from {view.sender}")
    for part in view.text:
        lines += wrapped(part, 4)
    if view.since:
        lines += wrapped(f"THEN {view.since}", 4)
    if view.clock is not None:
        lines += wrapped(f"Clock: {view.clock.sentence}: {view.clock.verdict}.", 4)
    return [*lines, *(wrapped(f"QUESTION {view.question}", 4) if view.question else [])]


def option_lines(view: MessageView) -> list[str]:
    """The options, a line or two each."""
    lines = []
    for option in view.options:
        costs = ", ".join(f"{c.name} {c.by}" for c in option.costs) or "none"
        mark = "x" if option.closed else option.key
        lines.append(f"  {mark} {option.title}  (carries {option.carries}; costs: {costs})")
        if option.closed:
            lines += wrapped(option.closed, 6)
    return lines


def lever_lines(levers: tuple[LeverView, ...]) -> list[str]:
    """The levers that are open, with their levels and prices."""
    lines = []
    for lever in levers:
        if not (lever.mine and lever.open):
            continue
        lines.append(f"  {lever.id}: {lever.name}")
        for level in lever.levels:
            mark = f"[{level.name}]" if level.held else level.name
            minutes = f"{level.minutes:+d} min" if level.minutes else ""
            lines.append(f"      {mark:<14} {level.price:<36} {minutes}".rstrip())
    return lines


def inject_lines(game: Game, view: RulingView, language: str) -> list[str]:
    """The message of an inject that was ruled on, from the record."""
    turn, _, place = view.number.partition(".")
    slot = game.turns[int(turn) - 1].slots[int(place) - 1]
    inject = game.run.exercise.injects[slot.released.inject]
    lines = [
        f"  [{view.badge.letter}] {view.number} {view.title} - {view.badge.actor}; {view.when}"
    ]
    for part in inject.message.text:
        lines += wrapped(
            words.filled(text(part, language), slot.released.day, slot.released.hour), 4
        )
    return [*lines, *wrapped(f"QUESTION {text(inject.question, language)}", 4)]


def ruling_lines(view: RulingView) -> list[str]:
    """A ruling: what came of it, why, and what would have turned it."""
    lines = [f"    {cell} answered: {title}" for cell, title in view.answers]
    lines += [one for it in view.minority for one in wrapped(f"minority view: {it.told}", 4)]
    lines += wrapped(f"RULING {view.number} {view.verdict} {view.sentence} {view.again}".strip(), 4)
    lines += [line for one in view.ruled for line in wrapped(one, 6)]
    if view.clock is not None:
        steps = "  ".join(f"{s.short} {words.hours_short(s.minutes)}" for s in view.clock.steps)
        lines += wrapped(steps, 6)
        lines += wrapped(f"slowest: {view.slowest}; posture: {view.posture}", 6)
    for effect in view.effects:
        later = f" in {effect.delay} turn(s)" if effect.delay else ""
        lines.append(
            f"      {effect.name:<16} {words.exact(effect.by):>7}  {effect.arithmetic}{later}"
        )
    lines += wrapped(" ".join(view.margin), 6)
    return lines


def reckoning_lines(view: ReckoningView) -> list[str]:
    """The end of a turn."""
    lines = [f"RECKONING T{view.turn} {view.how.upper()}".rstrip()]
    lines += [line for one in view.ruled for line in wrapped(one, 4)]
    for row in view.responses:
        effects = ", ".join(f"{name} {by}" for name, by, _ in row.effects)
        lines.append(
            f"    [{row.badge.letter}] {row.name:<12} odds {row.odds:>6}  draw {row.draw:>6}  "
            f"{row.did}{f', by the model {row.model}' if row.model else ''} ({effects})"
        )
    lines += [
        f"    {score.name:<34} {words.exact(score.now)[1:]:>6}  "
        f"{words.moved_points(score.change)} {score.word}"
        for score in view.scores
    ]
    return [*lines, *wrapped(view.against, 4), ""]


def review_lines(view: Review) -> list[str]:
    """The review, the sponsor's question first."""
    head = f"REVIEW of {view.title}, seed {view.seed}: {view.played} of {view.turns} turns"
    lines = [head, "=" * len(head), ""]
    for one in view.excursion:
        lines += wrapped(one)
    lines += [*([""] if view.excursion else []), *wrapped(view.asked), "", "This run"]
    for one in (*view.chosen, *view.moved):
        lines += wrapped(one, 2)
    lines += ["", "The decision that moved most, told by the same dice without it"]
    for one in (view.most, *view.next_most):
        lines += wrapped(one, 2)
    lines += ["", "Profile: on the way, then at the end; the reference runs on the same dice"]
    if view.profile:
        names = "".join(f"{name:>18}" for name, _, _ in view.profile[0].references)
        lines.append(f"  {'':<32}{'this run':>15}{names}")
    for row in view.profile:
        others = "".join(f"{way / 100:>11.2f}{end / 100:>7.2f}" for _, way, end in row.references)
        lines.append(f"  {row.name:<32}{row.way / 100:>8.2f}{row.end / 100:>7.2f}{others}")
    lines += ["", "Turn by turn"]
    for turn in view.rows:
        lines.append(f"  T{turn.turn} {turn.when}")
        if turn.moves:
            lines += wrapped(f"levers: {'; '.join(turn.moves)}", 6)
        for ruling, reasons in zip(turn.rulings, turn.reasons, strict=True):
            slow = f" Slowest: {ruling.slowest}." if ruling.slowest else ""
            lines += wrapped(
                f"{ruling.headed} {ruling.title}: {ruling.answers[0][1]}. {ruling.verdict}{slow}", 6
            )
            for one in reasons:
                lines += wrapped(one, 10)
            if ruling.clock is not None:
                lines += wrapped(" ".join(ruling.margin), 10)
        if turn.reckoning is not None:
            for one in (turn.reckoning.headline, *turn.reckoning.ruled):
                lines += wrapped(one, 6)
    late = view.timings
    lines += ["", f"Crises: {late[0]} in time, {late[1]} late, {late[2]} far too late"]
    if view.slowest:
        lines += wrapped("Slowest stage: " + ", ".join(f"{n} {c}x" for n, c in view.slowest))
    for one in view.record:
        lines += wrapped(one)
    for turn_, who, note in view.notes:
        lines += wrapped(f"Note T{turn_} ({who}): {note}")
    lines += ["", words.JUDGEMENT, LIMIT]
    if view.seal:
        lines.append(f"Seal {view.seal}")
    return lines
