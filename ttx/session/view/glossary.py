"""What words mean: those of the exercise as its author has them, then those of ttx itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Text, text
from ttx.i18n import N_, _

OWN = (
    (N_("STARTEX"), N_("The start of the exercise: from here on all is recorded.")),
    (N_("ENDEX"), N_("The end of play. What follows is talk about it.")),
    (N_("hot wash"), N_("The talk right after ENDEX: what went well, what did not, what to do.")),
    (N_("turn"), N_("One round: levers, news and answers, then the reckoning.")),
    (N_("slot"), N_("A place in a turn for one inject: first policy, then crisis.")),
    (N_("inject"), N_("A piece of news put to the table, with the question it asks.")),
    (N_("FLASH"), N_("Of a message: drop all else. Then come IMMEDIATE, PRIORITY and ROUTINE.")),
    (N_("SITREP"), N_("Situation report.")),
    (N_("contingency"), N_("What exercise control adds to an inject where a table goes astray.")),
    (N_("MSEL"), N_("Master scenario events list: all injects, as exercise control keeps them.")),
    (N_("SimCell"), N_("Simulation cell: who speaks for everybody who is not at the table.")),
    (N_("RFI"), N_("Request for information: a question to exercise control.")),
    (N_("lever"), N_("A policy that is held until somebody moves it.")),
    (N_("upkeep"), N_("What the level of a lever takes of money at the end of each turn.")),
    (N_("consent"), N_("What another cell has to give before some moves are made.")),
    (N_("track"), N_("A number of the world, from 0 to 100; which way is good is said.")),
    (N_("score"), N_("A value worked out from tracks. There is no sum of scores.")),
    (
        N_("posture"),
        N_("How the table is set up; read when levers close, it says how far answers carry."),
    ),
    (
        N_("carries"),
        N_("How much of what an answer brings arrives: in full, three quarters, half."),
    ),
    (N_("rationale"), N_("Why an answer was given, in the words of whoever gave it.")),
    (N_("ruling"), N_("What an answer came to, by the model or as a person decided instead.")),
    (N_("margin"), N_("How near a ruling was, and the least change that would have turned it.")),
    (N_("reckoning"), N_("The end of a turn: adversaries act, tracks move, scores are told.")),
    (N_("excursion"), N_("The same exercise with other assumptions, set before play.")),
    (N_("fork"), N_("A run that goes on otherwise from a moment of another, on the same dice.")),
    (
        N_("seed"),
        N_("The number that the dice of a run are drawn from; the same seed, the same dice."),
    ),
    (N_("reference run"), N_("A robot's run on the same dice, to hold yours against.")),
    (N_("seal"), N_("A short code over all of a record: whoever changes a word changes it.")),
)
"""Words of ttx and of the field that screens and papers use, with what they mean."""


SHORT = (
    (N_("HQ"), N_("Headquarters.")),
    (N_("METI"), N_("Ministry of Economy, Trade and Industry, in Tokyo.")),
    (N_("MOD"), N_("Ministry of Defense.")),
    (N_("MOFA"), N_("Ministry of Foreign Affairs.")),
    (N_("NSC"), N_("National Security Council, or the staff that works for it.")),
    (N_("OSD"), N_("Office of the Secretary of Defense, in Washington.")),
    (N_("PM"), N_("Prime Minister.")),
)
"""Short forms that seats and levers use without a word; those that an exercise has."""


def glossary(exercise: Exercise, language: str = "") -> tuple[tuple[str, str], ...]:
    """Each word once; where an author says what one means, the author's words stand."""
    of_author = [
        (text(word.term, language), text(word.means, language)) for word in exercise.briefing.words
    ]
    known = {term.casefold() for term, _means in of_author}
    used = set(re.findall(r"\w+", " ".join(text(part, language) for part in _read(exercise))))
    short = [pair for pair in SHORT if pair[0] in used]
    own = [(_(term), _(means)) for term, means in (*short, *OWN) if _(term).casefold() not in known]
    return (*of_author, *own)


def _read(exercise: Exercise) -> Iterator[Text]:
    """What all players read beforehand: what news says would tell of it which words it has."""
    page = exercise.briefing
    yield from (*page.situation, page.question, page.measured, *page.play)
    yield from (track.short for track in exercise.track)
    for lever in exercise.lever:
        yield from (lever.name, lever.held_by, *(level.note for level in lever.levels))
    for seat in exercise.seat:
        yield from (seat.name, seat.you_are, *seat.decides, *seat.does_not_decide, seat.wants)
