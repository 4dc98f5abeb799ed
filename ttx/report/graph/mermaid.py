"""The same as text for mermaid, which many pages and editors draw: one flowchart, left to right."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.report.graph.scheme import asked, coming_again, links, named, negation
from ttx.shown import clean

_ESCAPED = str.maketrans({'"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;"})
"""What would end a label, or be read as more than words; mermaid names signs so."""


def mermaid(exercise: Exercise) -> str:
    """The exercise as a flowchart: conditions lead to injects, values to the values they move."""
    return "\n".join([*_lines(exercise), ""])


def _lines(exercise: Exercise) -> Iterator[str]:
    about = _("injects, what their conditions ask, and the influences")
    yield f"%% {exercise.id}: {about}"
    yield "flowchart LR"
    all_links = links(exercise)
    needs = [(inject, source) for inject in exercise.inject for source in asked(inject.when)]
    used = {name for link in all_links for name in (link.source, link.target)}
    used |= {source.id for _, source in needs if source.of == "value"}
    values = {name: f"v{at}" for at, name in enumerate(exercise.names)}
    levers = {lever.id: f"l{at}" for at, lever in enumerate(exercise.lever)}
    adversaries = {adversary.id: f"a{at}" for at, adversary in enumerate(exercise.adversary)}
    injects = {inject.id: f"i{inject.number}" for inject in exercise.inject}
    nodes = {"value": values, "lever": levers, "inject": injects, "adversary": adversaries}
    yield f"  subgraph tracks[{_label(_('Tracks and derived values'))}]"
    for name, node in values.items():
        if name in used:
            yield f"    {node}[{_label(named(exercise, name))}]"
    yield "  end"
    for lever in exercise.lever:
        if any(source.of == "lever" and source.id == lever.id for _, source in needs):
            yield f"  {levers[lever.id]}[/{_label(text(lever.name))}/]"
    for adversary in exercise.adversary:
        if any(source.of == "adversary" and source.id == adversary.id for _, source in needs):
            yield f"  {adversaries[adversary.id]}{{{{{_label(text(adversary.name))}}}}}"
    for turn in sorted({inject.turns[0] for inject in exercise.inject}):
        yield f"  subgraph turn{turn}[{_label(_('Injects from turn {turn} on', turn=turn))}]"
        for inject in exercise.inject:
            if inject.turns[0] == turn:
                title = f"{inject.label or inject.number} {text(inject.title)}"
                words = _("{title}, to turn {turn}", title=title, turn=inject.turns[1])
                words = coming_again(words, inject)
                left, right = ("([", "])") if inject.slot == "crisis" else ("(", ")")
                yield f"    {injects[inject.id]}{left}{_label(words)}{right}"
        yield "  end"
    for inject, source in needs:
        node = nodes[source.of][source.id]
        words = negation(source.words) if source.negated else source.words
        yield f"  {node} -.->|{_label(words)}| {injects[inject.id]}"
    for link in all_links:
        words = ", ".join(filter(None, (link.words, _("kick") if link.kick else "", link.only)))
        yield f"  {values[link.source]} -->|{_label(words)}| {values[link.target]}"


def _label(words: str) -> str:
    return f'"{clean(words).translate(_ESCAPED)}"'
