"""What makes a run an excursion, and the numbers that it may set otherwise, with their range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.exercise.model.part import text
from ttx.exercise.numbers.number import UNITS
from ttx.exercise.parameters import parameters, written
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.command import ended
from ttx.session.control_events import NUMBER, START, STRENGTH, Adjusted
from ttx.session.game import Game
from ttx.session.needs import points
from ttx.session.view import words
from ttx.session.view.causes import GRADES
from ttx.session.view.eye import Eye

WORD = "EXCURSION"
"""Stands in the status line of every screen of such a run."""
MOST_TOLD = 12
"""Numbers set otherwise that are told one by one; a row of a study may have hundreds."""
SAYS = N_("This run is an excursion: numbers of the exercise were set otherwise before STARTEX.")
NONE = N_("none")
KEPT = N_("What was set otherwise is told at the hot wash.")


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One strength or one start."""

    what: str
    """`strength` of an influence, per 256; `start` of a track, in hundredths."""
    part: str
    """The id of the influence or the track."""
    name: str
    brief: str
    """The same for a small terminal."""
    about: str
    """The mechanism, or what 0 and 100 mean."""
    now: int
    written: int
    """As the author of the exercise wrote it."""
    low: int
    high: int
    """What the evidence allows."""
    grade: str
    """How good that evidence is."""
    basis: tuple[str, ...]


def sentences(eye: Eye) -> tuple[str, ...]:
    """What makes a run an excursion, a sentence each; nothing where it is none."""
    facts, more = _first(eye.game)
    lines = [
        words.because(words.capital(adjustment(eye.game, fact)), ended(fact.reason))
        for fact in facts
    ]
    if more:
        lines.append(_("{count} more numbers were set otherwise.", count=more))
    return tuple(lines)


def in_short(eye: Eye) -> str:
    """All of it in one line, for lists and heads; empty where the run is no excursion."""
    facts, more = _first(eye.game)
    clauses = [adjustment(eye.game, fact) for fact in facts]
    if more:
        clauses.append(_("and {count} more numbers set otherwise", count=more))
    return "; ".join(clauses)


def _first(game: Game) -> tuple[tuple[Adjusted, ...], int]:
    """What was set otherwise, of more than anybody reads the first few, and how many are left."""
    facts = game.excursion
    shown = facts if len(facts) <= MOST_TOLD else facts[: MOST_TOLD - 1]
    return shown, len(facts) - len(shown)


def adjustment(game: Game, fact: Adjusted) -> str:
    """An adjustment in words, against the exercise as its author wrote it."""
    exercise = game.written or game.run.exercise
    if fact.what == NUMBER:
        number = parameters(exercise)[fact.part]
        return _(
            "{name} ({id}) at {value} {unit} instead of {was}",
            name=number.name,
            id=fact.part,
            value=written(number, fact.value),
            unit=_(UNITS[number.unit]),
            was=written(number, number.value),
        )
    if fact.what == START:
        track = exercise.tracks[fact.part]
        return _(
            "{track} starts at {value} instead of {was}",
            track=text(track.called),
            value=points(fact.value),
            was=points(track.start),
        )
    link = next(part for part in exercise.influence if part.id == fact.part)
    ends = [text(exercise.names[end]) for end in (link.from_, link.to)]
    named = _("influence {id} ({source} on {target})", id=link.id, source=ends[0], target=ends[1])
    if not fact.value:
        return _("{influence} switched off", influence=named)
    return _(
        "{influence} at {value} per 256 instead of {was}",
        influence=named,
        value=fact.value,
        was=link.strength,
    )


def told_to(eye: Eye) -> tuple[str, ...]:
    """What makes a run an excursion as a seat may read it, a sentence each.

    Nothing where it is none. The other side does not read before the hot wash which of the
    alliance's numbers is not what it was.
    """
    if not eye.game.excursion:
        return ()
    return sentences(eye) if eye.over or eye.visibility.scores else (_(KEPT),)


def may_adjust(eye: Eye) -> bool:
    """Whether a seat sets up excursions: the facilitator's, or else that of any who play."""
    may = eye.facilitates if eye.run.facilitator else eye.plays
    return eye.game.phase == phases.BRIEFING and may


def numbers(eye: Eye, search: str = "") -> tuple[NumberRow, ...]:
    """Influences, then tracks that have a start; those in which all words searched for occur."""
    wanted = search.casefold().split()
    return tuple(
        row
        for row in (*_strengths(eye), *_starts(eye))
        if all(
            word in f"{row.part} {row.name} {row.about} {row.grade} {row.what}".casefold()
            for word in wanted
        )
    )


def _strengths(eye: Eye) -> Iterator[NumberRow]:
    authored = eye.game.written or eye.exercise
    names, tracks = eye.names.values, eye.exercise.tracks
    shorts = names | {track.id: track.short for track in tracks.values()}
    for link, was in zip(eye.exercise.influence, authored.influence, strict=True):
        yield NumberRow(
            STRENGTH,
            link.id,
            _("{source} on {target}", source=names[link.from_], target=names[link.to]),
            _("{source} on {target}", source=shorts[link.from_], target=shorts[link.to]),
            eye.text(link.why),
            link.strength,
            was.strength,
            *link.range,
            _(GRADES[link.confidence]),
            tuple(link.basis),
        )


def _starts(eye: Eye) -> Iterator[NumberRow]:
    authored = eye.game.written or eye.exercise
    grades = {part.id: part.confidence for part in eye.exercise.evidence}
    for track in eye.exercise.track:
        if track.value is None:
            name = eye.names.values[track.id]
            have = {grades[part] for part in track.basis if part in grades}
            lowest = next((_(GRADES[grade]) for grade in "ULMH" if grade in have), _(NONE))
            yield NumberRow(
                START,
                track.id,
                name,
                name,
                eye.text(track.about),
                track.start,
                authored.tracks[track.id].start,
                *track.range,
                lowest,
                tuple(track.basis),
            )
