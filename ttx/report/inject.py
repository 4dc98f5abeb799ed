"""An inject as the facilitator's guide tells it: message, key issues, contingency, options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from ttx.exercise import zones
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject, Option
from ttx.exercise.model.part import Text, text
from ttx.i18n import _
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
from ttx.report.script import condition, contextual_script, effects, span, turns_of
from ttx.session.view import words
from ttx.session.view.besides import announced


def inject_pages(exercise: Exercise) -> list[Part]:
    """All injects by number, each on a page of its own, to be taken out and held."""
    parts: list[Part] = [
        PageBreak(),
        Heading(2, _("The injects")),
        Paragraph(
            _(
                "By number. Times in brackets are filled in when an inject is "
                "released. Which option carries how far stands under each posture.",
            )
        ),
    ]
    for inject in sorted(exercise.inject, key=lambda part: part.number):
        parts += [*_page(exercise, inject), PageBreak()]
    return [*parts[:-1], *_contextual(exercise)]


def _contextual(exercise: Exercise) -> list[Part]:
    """What asks nothing, on pages of its own; nothing where the exercise has none."""
    lines = contextual_script(exercise)
    if not lines:
        return []
    parts: list[Part] = [
        PageBreak(),
        Heading(2, _("Contextual injects")),
        Paragraph(
            _(
                "They ask nothing and take no slot. Send one from the MSEL whenever you like; "
                "only those named read it, and it stays on their page of messages."
            )
        ),
    ]
    for line, part in lines:
        facts = [
            (_("When"), line.turns),
            (_("Kind"), line.kind),
            (_("From"), line.sender),
            (_("To"), line.to),
            (_("Channel"), line.channel),
            (_("Expected"), line.expected),
        ]
        parts += [
            Heading(3, f"{line.number} {line.title}"),
            Facts(tuple(fact for fact in facts if fact[1])),
            Quote(tuple(text(paragraph) for paragraph in part.message.text)),
        ]
    return parts


def _ahead(exercise: Exercise, words: Text) -> str:
    """A text with its places for times in words: nobody knows the hour yet."""
    return zones.ahead(exercise, text(words))


def _page(exercise: Exercise, inject: Inject) -> list[Part]:
    ahead = partial(_ahead, exercise)
    probes = tuple(
        f"{_who(exercise, probing.to)}: {ahead(probing.ask)}" for probing in inject.probing
    )
    parts: list[Part] = [
        Heading(3, f"{inject.on_list} {text(inject.title)}"),
        Facts(_facts(exercise, inject)),
        Quote(tuple(map(ahead, inject.message.text))),
        Paragraph(ahead(inject.question), _("The question")),
        Paragraph(ahead(inject.expected_action), _("Key issues, expected action")),
    ]
    if text(inject.if_not):
        parts.append(Paragraph(ahead(inject.if_not), _("If it does not come")))
    if text(inject.directions):
        parts.append(Paragraph(ahead(inject.directions), _("When you put that")))
    if probes:
        parts += [Heading(4, _("Probing questions, for when talk stalls")), Bullets(probes)]
    return [
        *parts,
        Heading(4, _("Options")),
        _options(exercise, inject),
        Heading(4, _("What is told")),
        _told(exercise, inject),
    ]


def _facts(exercise: Exercise, inject: Inject) -> tuple[tuple[str, str], ...]:
    first, last = inject.turns
    due = f"{turns_of(inject)}, {span(exercise, first, last)}"
    cells = {cell.id: text(cell.name) for cell in exercise.cell}
    objectives = {objective.id: text(objective.text) for objective in exercise.objective}
    message, when = inject.message, condition(exercise, inject.when)
    urgent = f", {text(message.precedence)}" if text(message.precedence) else ""
    clock = ""
    if inject.profile is not None and inject.window is not None:
        profile = text(exercise.clock.profiles[inject.profile].name)
        clock = _(
            "{hours}, on the clock for {profile}", hours=words.hours(inject.window), profile=profile
        )
    late = effects(exercise, inject.late) if inject.late else ""
    rows = (
        (_("From"), text(message.sender)),
        (_("To"), text(message.to)),
        (_("Channel"), f"{text(message.via)}{urgent}"),
        (_("Kind"), f"{words.slot(inject.slot)}, {text(inject.kind)}"),
        (_("Turns"), due),
        (_("Planned"), inject.planned),
        (_("Controller"), inject.controller),
        (_("Only when"), when),
        (_("Window"), clock),
        (_("Lateness costs"), late),
        (
            _("Lateness opens"),
            ", ".join(
                _("{n} for {name}", n=n, name=name)
                for name, n in _pointed(exercise, inject.opening)
            ),
        ),
        (_("Answered by"), _("{cells}, as the leading cell", cells=cells[inject.lead])),
        (_("Objectives"), "\n".join(objectives[objective] for objective in inject.objectives)),
        (_("Notes"), inject.notes),
    )
    return tuple(row for row in rows if row[1])


def _who(exercise: Exercise, name: str) -> str:
    """A seat or a cell by its name."""
    named = {cell.id: _("{cell} cell", cell=text(cell.name)) for cell in exercise.cell}
    named |= {seat.id: text(seat.name) for seat in exercise.seat}
    return named[name]


def _options(exercise: Exercise, inject: Inject) -> Table:
    names = [posture.id for posture in exercise.posture]
    rows = tuple(
        (
            f"{at}. {text(option.title)}\n{_ahead(exercise, option.about)}",
            _needs(exercise, option),
            _reach(exercise, option),
            _benefits(exercise, option),
            _costs(exercise, option),
        )
        for at, option in enumerate(inject.option, start=1)
    )
    reach = _("Carries ({names})", names=", ".join(names))
    return Table(
        (_("Option"), _("Needs"), reach, _("Benefits in full"), _("Costs")),
        rows,
        widths=(28, 16, 16, 22, 18),
    )


def _needs(exercise: Exercise, option: Option) -> str:
    return condition(exercise, option.needs) or _("nothing")


def _reach(exercise: Exercise, option: Option) -> str:
    """How far an option carries, a posture in each line."""
    leans = {lean.id: lean.quarters for lean in exercise.lean}
    quarters = option.quarters or leans[option.lean]
    pairs = zip(exercise.posture, quarters, strict=True)
    return "\n".join(f"{posture.id}: {words.carries(n)}" for posture, n in pairs)


def _benefits(exercise: Exercise, option: Option) -> str:
    """Effects that count as far as the answer comes and carries, then whom it denies how much."""
    denied = [
        _("denies {name} {n}", name=name, n=n) for name, n in _pointed(exercise, option.denies)
    ]
    gained = effects(exercise, option.benefits) if option.benefits else ""
    return "\n".join(filter(None, (gained, *denied))) or _("none")


def _pointed(exercise: Exercise, points: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Names of adversaries with their points, none without any."""
    for adversary in exercise.adversary:
        if points.get(adversary.id):
            yield text(adversary.name), points[adversary.id]


def _costs(exercise: Exercise, option: Option) -> str:
    """Effects that are always paid, budgets and levers, then what it does to each adversary."""
    names = {adversary.id: text(adversary.name) for adversary in exercise.adversary}
    provoked = [
        _("provocation of {names} {n:+d}", names=names[adversary], n=n)
        for adversary, n in option.provocation.items()
    ]
    paid = effects(exercise, option.costs) if option.costs else ""
    beside = [f"{name} {by}" for name, by, _rest in announced(exercise, option)]
    return "\n".join(filter(None, (paid, *beside, *provoked))) or _("none")


def _told(exercise: Exercise, inject: Inject) -> Table:
    outcome = inject.outcome
    timings = {
        "on_time": outcome.on_time,
        "late": outcome.late,
        "far_too_late": outcome.far_too_late,
    }
    rows = tuple(
        (
            words.verdict(timing),
            *(_ahead(exercise, outcomes[posture.id]) for posture in exercise.posture),
        )
        for timing, outcomes in timings.items()
        if outcomes
    )
    return Table(
        (
            _("Timing"),
            *(_("Posture {posture}", posture=posture.id) for posture in exercise.posture),
        ),
        rows,
    )
