"""The same as text for mermaid, which many pages and editors draw: one flowchart, left to right."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.exercise.model import Exercise, text
from ttx.report.graph.scheme import asked, links, named
from ttx.shown import clean

_ESCAPED = str.maketrans({'"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;"})
"""What would end a label, or be read as more than words; mermaid names signs so."""


def mermaid(exercise: Exercise) -> str:
    """The exercise as a flowchart: conditions lead to injects, values to the values they move."""
    return "\n".join([*_lines(exercise), ""])


def _lines(exercise: Exercise) -> Iterator[str]:
    yield f"%% {exercise.id}: injects, what their conditions ask, and the influences"
    yield "flowchart LR"
    every = links(exercise)
    needs = [(inject, one) for inject in exercise.inject for one in asked(inject.when)]
    used = {name for one in every for name in (one.source, one.target)}
    used |= {one.id for _, one in needs if one.of == "value"}
    values = {name: f"v{at}" for at, name in enumerate(exercise.names)}
    levers = {lever.id: f"l{at}" for at, lever in enumerate(exercise.lever)}
    adversaries = {adversary.id: f"a{at}" for at, adversary in enumerate(exercise.adversary)}
    injects = {inject.id: f"i{inject.number}" for inject in exercise.inject}
    nodes = {"value": values, "lever": levers, "inject": injects, "adversary": adversaries}
    yield '  subgraph tracks["Tracks and derived values"]'
    for name, node in values.items():
        if name in used:
            yield f"    {node}[{_label(named(exercise, name))}]"
    yield "  end"
    for lever in exercise.lever:
        if any(one.of == "lever" and one.id == lever.id for _, one in needs):
            yield f"  {levers[lever.id]}[/{_label(text(lever.name))}/]"
    for adversary in exercise.adversary:
        if any(one.of == "adversary" and one.id == adversary.id for _, one in needs):
            yield f"  {adversaries[adversary.id]}{{{{{_label(text(adversary.name))}}}}}"
    for turn in sorted({inject.turns[0] for inject in exercise.inject}):
        yield f'  subgraph turn{turn}["Injects from turn {turn} on"]'
        for inject in exercise.inject:
            if inject.turns[0] == turn:
                words = f"{inject.number} {text(inject.title)}, to turn {inject.turns[1]}"
                words += f", again after {inject.again}" if inject.again else ""
                left, right = ("([", "])") if inject.slot == "crisis" else ("(", ")")
                yield f"    {injects[inject.id]}{left}{_label(words)}{right}"
        yield "  end"
    for inject, one in needs:
        node = nodes[one.of][one.id]
        words = f"not {one.words}" if one.negated else one.words
        yield f"  {node} -.->|{_label(words)}| {injects[inject.id]}"
    for link in every:
        words = ", ".join(filter(None, (link.words, "kick" if link.kick else "", link.only)))
        yield f"  {values[link.source]} -->|{_label(words)}| {values[link.target]}"


def _label(words: str) -> str:
    return f'"{clean(words).translate(_ESCAPED)}"'
