"""Where two runs are not like for like, and what can be compared all the same."""

from __future__ import annotations

from ttx.analysis.compared_runs import ComparedRun, Shared
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session.control_events import BY_HAND, OVERRULED
from ttx.session.game import LEVERS_SET, RESPONSES_CHOSEN
from ttx.session.view.excursion import in_short
from ttx.session.view.eye import Eye

NAMED = 3
"""How many things a remark names before it counts the rest."""


def remarks(a: ComparedRun, b: ComparedRun, both: Shared, turns: int) -> tuple[str, ...]:
    """Where the two are not like for like, and what can be compared all the same."""
    sides = (("A", a), ("B", b))
    sentences = [f"{letter}: {run.remark}" for letter, run in sides if run.remark]
    sentences += _not_the_same_numbers(a, b, both)
    for letter, run in sides:
        if run.game.excursion:
            what = in_short(Eye.all_seeing(run.game))
            sentences.append(_("{letter} is an excursion: {what}.", letter=letter, what=what))
    if both.left_out:
        sentences.append(_("Left out: {names}.", names=counted(both.left_out)))
    if a.game.run.seed != b.game.run.seed and both.like != "other":
        sentences.append(
            _(
                "The dice differ (seeds {a} and {b}), so injects and luck differ too. Decisions "
                "and levers can still be laid side by side, but a difference of scores is not the "
                "work of the decisions alone.",
                a=a.game.run.seed,
                b=b.game.run.seed,
            )
        )
    sentences += _not_of_one_length(a, b, turns)
    for letter, run in sides:
        sentences += _not_by_the_rules(letter, run, turns)
    return tuple(sentences)


def _not_the_same_numbers(a: ComparedRun, b: ComparedRun, both: Shared) -> list[str]:
    if both.like == "other":
        return [
            _(
                "Two different exercises: no difference is worked out, only each run's own figures "
                "can be read."
            )
        ]
    if both.like == "same":
        return []
    if a.digest == b.digest:
        return [
            _(
                "The two are not played with the same numbers. What both have under the same id is "
                "compared; a difference of scores is not the work of the decisions alone."
            )
        ]
    return [
        _(
            "The exercise was changed between the two runs. What both have under the same id is "
            "compared; its numbers may differ."
        )
    ]


def _not_of_one_length(a: ComparedRun, b: ComparedRun, turns: int) -> list[str]:
    ends = len(a.played), len(b.played)
    if not turns:
        return [_("No turn has been played to its end by both, so nothing is compared yet.")]
    if ends[0] != ends[1]:
        return [
            _(
                "Compared up to T{turns}: A was played to T{a}, B to T{b}.",
                turns=turns,
                a=ends[0],
                b=ends[1],
            )
        ]
    if any(len(run.game.turns) > turns for run in (a, b)):
        return [_("T{turn} is under way and not compared yet.", turn=turns + 1)]
    return []


def _not_by_the_rules(letter: str, run: ComparedRun, turns: int) -> list[str]:
    """What a side did that the other could not: known before, ruled by hand, chosen by others."""
    sentences = []
    if again := _again(run, turns):
        sentences.append(
            _(
                "{letter} answered again with knowledge of what came: {what}. Not like for like "
                "since T{turn}.",
                **_since(letter, again),
            )
        )
    if ruled := _ruled_otherwise(run, turns):
        sentences.append(
            _(
                "{letter} was ruled on by hand: {what}. Not like for like since T{turn}.",
                **_since(letter, ruled),
            )
        )
    if chosen := _chosen(run, turns):
        sentences.append(
            _(
                "{letter} had adversaries that others than the rule chose for: {what}. Not like "
                "for like since T{turn}; up to there the rule responded.",
                **_since(letter, chosen),
            )
        )
    return sentences


def _since(letter: str, deeds: list[tuple[int, str]]) -> dict[str, object]:
    return {
        "letter": letter,
        "what": counted(tuple(what for _turn, what in deeds)),
        "turn": deeds[0][0],
    }


def counted(things: tuple[str, ...]) -> str:
    """The first few things by name, and how many more there are."""
    more, names = len(things) - NAMED, ", ".join(things[:NAMED])
    return _("{names} and {count} more", names=names, count=more) if more > 0 else names


def _ruled_otherwise(run: ComparedRun, turns: int) -> list[tuple[int, str]]:
    """Where a person went beyond what the rules and the dice gave: turn and words.

    A modification stays within what the rules allow, and is told in its row; an overruling, and an
    inject released instead of the one that was next, part the runs for good.
    """
    deeds = []
    for turn in run.played[:turns]:
        number = turn.opened.turn
        for slot in turn.slots:
            title = text(run.exercise.injects[slot.released.inject].title)
            if slot.released.instead_of:
                deeds.append(
                    (number, _("T{turn} {title} released out of order", turn=number, title=title))
                )
            if slot.amended is not None and slot.amended.how == OVERRULED:
                deeds.append((number, _("T{turn} {title} overruled", turn=number, title=title)))
            elif slot.amended is not None and slot.amended.how == BY_HAND:
                words = _("T{turn} {title} ruled by hand", turn=number, title=title)
                deeds.append((number, words))
        if turn.recast is not None and turn.recast.how == OVERRULED:
            deeds.append((number, _("T{turn} reckoning overruled", turn=number)))
    return deeds


def _chosen(run: ComparedRun, turns: int) -> list[tuple[int, str]]:
    """Where a seat or a robot chose how an adversary responds: turn and words.

    It counts also where it chose what the rule would have done: it might have done otherwise.
    """
    names = {part.id: text(part.name) for part in run.exercise.adversary}
    return [
        (turn.opened.turn, f"T{turn.opened.turn} {names[adversary]}")
        for turn in run.played[:turns]
        for adversary in turn.chosen
    ]


def _again(run: ComparedRun, turns: int) -> list[tuple[int, str]]:
    """What was decided a second time, once it was known what would come of it: turn and words."""
    deeds = []
    for turn in run.played[:turns]:
        number = turn.opened.turn
        if (number, LEVERS_SET) in run.game.known:
            deeds.append((number, _("T{turn} levers", turn=number)))
        if (number, RESPONSES_CHOSEN) in run.game.known:
            deeds.append((number, _("T{turn} responses", turn=number)))
        for slot in turn.slots:
            name = slot.released.inject
            if (number, name) in run.game.known:
                title = text(run.exercise.injects[name].title)
                deeds.append((number, f"T{number} {title}"))
    return deeds
