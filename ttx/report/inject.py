"""An inject as the facilitator's guide tells it: message, key issues, contingency, options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ttx.exercise.model import Exercise, Inject, Option, text
from ttx.report.document import (
    Bullets,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Table,
)
from ttx.report.script import condition, effects, quarter, turns_of
from ttx.session.view import words
from ttx.session.view.besides import announced


def inject_pages(exercise: Exercise, language: str) -> list[Part]:
    """All injects by number, each on a page of its own, to be taken out and held."""
    parts: list[Part] = [
        PageBreak(),
        Heading(2, "The injects"),
        Paragraph(
            "By number. Places such as {onset} are filled with times when an inject is released. "
            "Which option carries how far stands under each posture."
        ),
    ]
    for inject in sorted(exercise.inject, key=lambda one: one.number):
        parts += [*_page(exercise, inject, language), PageBreak()]
    return parts[:-1]


def _page(exercise: Exercise, inject: Inject, language: str) -> list[Part]:
    probes = tuple(
        f"{_who(exercise, one.to, language)}: {text(one.ask, language)}" for one in inject.probing
    )
    parts: list[Part] = [
        Heading(3, f"{inject.number:02d} {text(inject.title, language)}"),
        Facts(_facts(exercise, inject, language)),
        Quote(tuple(text(one, language) for one in inject.message.text)),
        Paragraph(text(inject.question, language), "The question"),
        Paragraph(text(inject.expected_action, language), "Key issues, expected action"),
        Paragraph(text(inject.if_not, language), "If it does not come"),
    ]
    if probes:
        parts += [Heading(4, "Probing questions, for when talk stalls"), Bullets(probes)]
    return [
        *parts,
        Heading(4, "Options"),
        _options(exercise, inject, language),
        Heading(4, "What is told"),
        _told(exercise, inject, language),
    ]


def _facts(exercise: Exercise, inject: Inject, language: str) -> tuple[tuple[str, str], ...]:
    first, last = inject.turns
    span = f"{turns_of(inject)}, {quarter(exercise, first)}"
    if last > first:
        begins, ends = (quarter(exercise, turn).split(" to ") for turn in (first, last))
        span = f"{turns_of(inject)}, {begins[0]} to {ends[-1]}"
    cells = {one.id: text(one.name, language) for one in exercise.cell}
    objectives = {one.id: text(one.text, language) for one in exercise.objective}
    message, when = inject.message, condition(exercise, inject.when, language)
    urgent = f", {text(message.precedence, language)}" if text(message.precedence) else ""
    clock = ""
    if inject.profile is not None and inject.window is not None:
        profile = text(exercise.clock.profiles[inject.profile].name, language)
        clock = f"{words.hours(inject.window)}, on the clock for {profile}"
    late = effects(exercise, inject.late, language) if inject.late else ""
    rows = (
        ("From", text(message.sender, language)),
        ("To", text(message.to, language)),
        ("Channel", f"{text(message.via, language)}{urgent}"),
        ("Kind", f"{inject.slot}, {text(inject.kind, language)}"),
        ("Turns", span),
        ("Only when", when),
        ("Window", clock),
        ("Lateness costs", late),
        (
            "Lateness opens",
            ", ".join(
                f"{n} for {name}" for name, n in _pointed(exercise, inject.opening, language)
            ),
        ),
        ("Answered by", f"{cells[inject.lead]}, as the leading cell"),
        ("Objectives", "\n".join(objectives[one] for one in inject.objectives)),
    )
    return tuple(row for row in rows if row[1])


def _who(exercise: Exercise, name: str, language: str) -> str:
    """A seat or a cell by its name."""
    named = {one.id: f"{text(one.name, language)} cell" for one in exercise.cell}
    named |= {one.id: text(one.name, language) for one in exercise.seat}
    return named[name]


def _options(exercise: Exercise, inject: Inject, language: str) -> Table:
    names = [one.id for one in exercise.posture]
    rows = tuple(
        (
            f"{at}. {text(option.title, language)}\n{text(option.about, language)}",
            _needs(exercise, option, language),
            _reach(exercise, option),
            _benefits(exercise, option, language),
            _costs(exercise, option, language),
        )
        for at, option in enumerate(inject.option, start=1)
    )
    reach = f"Carries ({', '.join(names)})"
    return Table(
        ("Option", "Needs", reach, "Benefits in full", "Costs"), rows, widths=(28, 16, 16, 22, 18)
    )


def _needs(exercise: Exercise, option: Option, language: str) -> str:
    return condition(exercise, option.needs, language) or "nothing"


def _reach(exercise: Exercise, option: Option) -> str:
    """How far an option carries, a posture in each line."""
    leans = {one.id: one.quarters for one in exercise.lean}
    quarters = option.quarters or leans[option.lean]
    pairs = zip(exercise.posture, quarters, strict=True)
    return "\n".join(f"{posture.id}: {words.carries(n)}" for posture, n in pairs)


def _benefits(exercise: Exercise, option: Option, language: str) -> str:
    """Effects that count as far as the answer comes and carries, then whom it denies how much."""
    denied = [f"denies {name} {n}" for name, n in _pointed(exercise, option.denies, language)]
    gained = effects(exercise, option.benefits, language) if option.benefits else ""
    return "\n".join(filter(None, (gained, *denied))) or "none"


def _pointed(
    exercise: Exercise, points: Mapping[str, int], language: str
) -> Iterator[tuple[str, int]]:
    """Names of adversaries with their points, none without any."""
    for one in exercise.adversary:
        if points.get(one.id):
            yield text(one.name, language), points[one.id]


def _costs(exercise: Exercise, option: Option, language: str) -> str:
    """Effects that are always paid, budgets and levers, then what it does to each adversary."""
    names = {one.id: text(one.name, language) for one in exercise.adversary}
    provoked = [f"provocation of {names[one]} {n:+d}" for one, n in option.provocation.items()]
    paid = effects(exercise, option.costs, language) if option.costs else ""
    beside = [f"{name} {by}" for name, by, _ in announced(exercise, option)]
    return "\n".join(filter(None, (paid, *beside, *provoked))) or "none"


def _told(exercise: Exercise, inject: Inject, language: str) -> Table:
    outcome = inject.outcome
    timings = {
        "on_time": outcome.on_time,
        "late": outcome.late,
        "far_too_late": outcome.far_too_late,
    }
    rows = tuple(
        (words.verdict(timing), *(text(told[one.id], language) for one in exercise.posture))
        for timing, told in timings.items()
        if told
    )
    return Table(("Timing", *(f"Posture {one.id}" for one in exercise.posture)), rows)
