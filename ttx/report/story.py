"""A run told in plain lines, for terminals without screens and for pipes."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from ttx.exercise import zones
from ttx.exercise.model import text
from ttx.report.adversaries import HEAD, AdversaryRow, acts_told, sentences_of
from ttx.report.review import FINDINGS, LIMIT, Review
from ttx.session.game import Game
from ttx.session.view import words
from ttx.session.view.briefing import BriefingView
from ttx.session.view.choice import ChoiceRow
from ttx.session.view.excursion import SAYS
from ttx.session.view.levers import LeverView
from ttx.session.view.message import MessageView
from ttx.session.view.reckoning import ReckoningView
from ttx.session.view.ruling import RulingView
from ttx.shown import clean

WIDTH = 78
PAIR = 14
"""Columns for what a score was on the way and at the end."""
ACTS = 17
"""Columns for an adversary's acts and its score."""


def wrapped(sentence: str, indent: int = 0, hang: int = 0) -> list[str]:
    """A sentence in lines of at most 78 columns; all but the first are set in by `hang` more."""
    first, rest = " " * indent, " " * (indent + hang)
    told = clean(sentence)
    return textwrap.wrap(told, WIDTH, initial_indent=first, subsequent_indent=rest) or [""]


def excursion_lines(told: Sequence[str]) -> list[str]:
    """That a run is an excursion, and the sentences that say by what; nothing without any."""
    return [line for one in (SAYS, *told) for line in wrapped(one)] + [""] if told else []


def briefing_lines(view: BriefingView) -> list[str]:
    """The briefing on one page."""
    lines = [*_headed(view.title), ""]
    for part in view.situation:
        lines += [*wrapped(part), ""]
    lines += [*wrapped(f"The question: {view.question}"), ""]
    for name, who in view.at_the_table:
        lines += wrapped(f"{name:<16} {who}", 2, 17)
    return [*lines, ""]


def message_lines(view: MessageView) -> list[str]:
    """An inject with its question and options."""
    urgent = f"  {view.precedence}" if view.precedence else ""
    title = f"[{view.badge.letter}] {view.number} {view.title}"
    lines = wrapped(f"{title} - {view.badge.actor}, {view.kind}{urgent}", 0, 4)
    lines += wrapped(f"{view.when}; from {view.sender}", 4)
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
        carries = f"(carries {option.carries}; costs: {costs})"
        lines += wrapped(f"{mark} {option.title}  {carries}", 2, 4)
        if option.closed:
            lines += wrapped(option.closed, 6)
        elif option.denial:
            lines += wrapped(option.denial, 6)
    return lines


def lever_lines(levers: tuple[LeverView, ...]) -> list[str]:
    """The levers that are open, with their levels and prices."""
    lines = []
    for lever in levers:
        if not (lever.mine and lever.open):
            continue
        lines += wrapped(f"{lever.id}: {lever.name}", 2, 4)
        for level in lever.levels:
            mark = f"[{level.name}]" if level.held else level.name
            minutes = f"{level.minutes:+d} min" if level.minutes else ""
            lines += wrapped(f"{mark:<14} {level.price:<36} {minutes}".rstrip(), 6, 15)
            if level.harms and not level.held:
                lines += wrapped(f"worse: {', '.join(level.harms)}", 21)
    return lines


def inject_lines(game: Game, view: RulingView, language: str) -> list[str]:
    """The message of an inject that was ruled on, from the record."""
    turn, _, place = view.number.partition(".")
    slot = game.turns[int(turn) - 1].slots[int(place) - 1]
    inject = game.run.exercise.injects[slot.released.inject]
    title = f"[{view.badge.letter}] {view.number} {view.title}"
    lines = wrapped(f"{title} - {view.badge.actor}; {view.when}", 2, 4)
    for part in inject.message.text:
        told = zones.filled(
            game.run.exercise, text(part, language), slot.released.day, slot.released.hour
        )
        lines += wrapped(told, 4)
    return [*lines, *wrapped(f"QUESTION {text(inject.question, language)}", 4)]


def ruling_lines(view: RulingView) -> list[str]:
    """A ruling: what came of it, why, and what would have turned it."""
    told = [f"{cell} answered: {title}" for cell, title in view.answers]
    lines = [one for answer in told for one in wrapped(answer, 4, 2)]
    lines += [one for it in view.minority for one in wrapped(f"minority view: {it.told}", 4)]
    lines += wrapped(f"RULING {view.number} {view.verdict} {view.sentence} {view.again}".strip(), 4)
    lines += [line for one in view.ruled for line in wrapped(one, 6)]
    if view.clock is not None:
        steps = "  ".join(f"{s.short} {words.hours_short(s.minutes)}" for s in view.clock.steps)
        lines += wrapped(steps, 6)
        lines += wrapped(f"slowest: {view.slowest}; posture: {view.posture}", 6)
    for effect in view.effects:
        later = f" in {effect.delay} turn(s)" if effect.delay else ""
        by = f"{effect.name:<16} {words.exact(effect.by):>7}"
        lines += wrapped(f"{by}  {effect.arithmetic}{later}", 6, 26)
    for push in view.pushes:
        lines += wrapped(push.sentence, 6)
    lines += wrapped(" ".join(view.margin), 6)
    return lines


def response_lines(row: ChoiceRow, news: Sequence[str]) -> list[str]:
    """How an adversary may respond: its aim, its purse and its moves, with the rule's odds."""
    of = row.of
    lines = wrapped(
        f"[{of.badge.letter}] {of.name}; news of this turn: {'; '.join(news) or 'none'}"
    )
    if of.aim:
        lines += wrapped(f"Your aim, secret until the review: {of.aim}. {of.about}", 2, 2)
    lines += [line for one in of.asked for line in wrapped(f"{one.words}: {one.state}", 4, 2)]
    lines += wrapped(of.reached, 2) if of.reached else []
    if of.chips is not None:
        purse = f"Purse: {of.chips} of {of.cap} chips, {of.income} more each turn."
        lines += wrapped(purse, 2)
    for at, one in enumerate(row.moves, start=1):
        unit = "chip" if one.price == 1 else "chips"
        price = f"{one.price} {unit}" + ("" if one.pays else ", which the purse cannot pay")
        does = ", ".join(f"{name} {by}" for name, by, _ in one.effects) or "nothing that you see"
        dear = f" {price};" if one.price is not None else ""
        told = f"{at} {one.response}: {one.name};{dear} the rule's odds {one.odds}; does {does}"
        lines += wrapped(told, 2, 4)
    return lines


def reckoning_lines(view: ReckoningView) -> list[str]:
    """The end of a turn."""
    lines = [f"RECKONING T{view.turn} {view.how.upper()}".rstrip()]
    lines += [line for one in view.ruled for line in wrapped(one, 4)]
    lines += [] if view.scores else wrapped(view.headline, 4)
    for row in view.responses:
        effects = ", ".join(f"{name} {by}" for name, by, _ in row.effects)
        who = f"[{row.badge.letter}] {row.name:<12} odds {row.odds:>6}  draw {row.draw:>6}"
        model = f", by the model {row.model}" if row.model else ""
        model += f"; by the rule: {row.rule}" if row.rule else ""
        model += f", {row.short}" if row.short else ""
        lines += wrapped(f"{who}  {row.did}{model} ({effects})", 4, 4)
    for score in view.scores:
        now = f"{words.exact(score.now)[1:]:>6}  {words.moved_points(score.change)} {score.word}"
        lines += wrapped(f"{score.name:<34} {now}", 4, 4)
    return [*lines, *wrapped(view.against, 4), ""]


def _headed(title: str) -> list[str]:
    """A title and the line under it."""
    lines = wrapped(title)
    return [*lines, "=" * max(len(line) for line in lines)]


def _profile(view: Review) -> list[str]:
    """The scores beside the reference runs: on the way and at the end, a column pair a run."""
    names = (
        ["this run", *(name for name, _, _ in view.profile[0].references)] if view.profile else []
    )
    room = WIDTH - 2 - PAIR * len(names)
    heads = [textwrap.wrap(clean(name), PAIR - 1) for name in names]
    lines = [
        f"  {'':<{room}}" + "".join(f"{one:>{PAIR}}" for one in row)
        for row in zip_longest(*heads, fillvalue="")
    ]
    for row in view.profile:
        pairs = ((row.way, row.end), *((way, end) for _, way, end in row.references))
        values = "".join(f"{way / 100:>7.2f}{end / 100:>7.2f}" for way, end in pairs)
        *above, last = textwrap.wrap(clean(row.name), room - 1) or [""]
        lines += [*(f"  {one}" for one in above), f"  {last:<{room}}{values}"]
    return lines


def _acts(view: Review) -> list[str]:
    """Each adversary's acts beside its score, in this run and the reference runs."""
    rows = view.adversaries
    if not rows:
        return []
    names = [rows[0].own.run, *(one.run for one in rows[0].references)]
    room = WIDTH - 2 - ACTS * len(names)
    heads = "".join(f"{clean(name)[: ACTS - 1]:>{ACTS}}" for name in names)
    lines = ["", f"What the adversaries did: {HEAD}, and the score", f"  {'':<{room}}{heads}"]
    for row in rows:
        cells = "".join(
            f"{acts_told(one.acts):>{ACTS - 7}}{one.end / 100:>7.2f}"
            for one in (row.own, *row.references)
        )
        lines.append(f"  {clean(row.name)[: room - 1]:<{room}}{cells}")
    return [*lines, *wrapped(view.luck, 2)]


def adversary_lines(rows: Sequence[AdversaryRow]) -> list[str]:
    """What each adversary was to be deterred from, was after, did, and could not do."""
    lines = [""] if rows else []
    for row in rows:
        lines += wrapped(row.name)
        for one in sentences_of(row):
            lines += wrapped(one, 2)
    return lines


def review_lines(view: Review) -> list[str]:
    """The review, the sponsor's question first."""
    head = f"REVIEW of {view.title}, seed {view.seed}: {view.played} of {view.turns} turns"
    lines = [*_headed(head), ""]
    for one in view.excursion:
        lines += wrapped(one)
    lines += [*([""] if view.excursion else []), *wrapped(view.asked), "", "This run"]
    for one in view.chosen:
        lines += wrapped(one, 2)
    lines += _acts(view)
    lines += ["", "What that moved, on the same dice"]
    for one in (*view.moved, *view.differ):
        lines += wrapped(one, 2)
    lines += wrapped(FINDINGS, 2)
    lines += ["", "The decision that moved most, told by the same dice without it"]
    for one in (view.most, *view.next_most):
        lines += wrapped(one, 2)
    lines += ["", "Profile: on the way, then at the end; the reference runs on the same dice"]
    lines += _profile(view)
    lines += adversary_lines(view.adversaries)
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
    return [*lines, *([view.sealed] if view.sealed else [])]
