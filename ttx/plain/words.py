"""The words that can be typed at any prompt: what each takes, what it does, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ttx.i18n import N_, _
from ttx.plain import (
    answering,
    desk,
    entering,
    evaluating,
    feedback,
    foreseeing,
    improvising,
    judging,
    levers,
    notebook,
    pages,
    particulars,
    responding,
    seating,
    steering,
    theatre,
    wash,
)
from ttx.plain.conversation import Conversation
from ttx.plain.sitting import Sitting
from ttx.session import phases
from ttx.session.run import (
    MESSAGES,
    OBSERVER,
    PROJECTOR,
    RELEASES,
    REPLIES,
    RULINGS,
    SEATS,
)
from ttx.session.view.inquiries import may_ask, may_read
from ttx.session.view.pace import own_cell
from ttx.session.view.standing import no_forecast

Runs = Callable[[Sitting, str], Conversation | None]
"""Does what a word is for, with what was typed behind it; it may ask more."""
Opens = Callable[[Sitting], bool]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that can be typed."""

    name: str
    takes: str
    """What can follow it; empty where nothing does."""
    does: str
    runs: Runs
    open: Opens
    """Whether it is listed: it can be typed in any case, and says why where it does nothing."""


def _everybody(_at: Sitting) -> bool:
    return True


def _hosted(at: Sitting) -> bool:
    return at.hosted


def _writes(at: Sitting) -> bool:
    return at.seat not in (OBSERVER, PROJECTOR) and at.game.phase != phases.CLOSED


def _strikes(at: Sitting) -> bool:
    """An observer has cards to strike, once there is a board."""
    return _writes(at) or (at.seat == OBSERVER and _washes(at))


def _washes(at: Sitting) -> bool:
    return at.game.phase == phases.HOTWASH


def _in_play(at: Sitting) -> bool:
    return at.game.phase not in phases.OUTSIDE_PLAY


def _leads_levers(at: Sitting) -> bool:
    cell = own_cell(at.eye)
    return at.hosted and at.game.phase == phases.LEVERS and cell.decides and cell.leads


def _plays_hosted(at: Sitting) -> bool:
    return at.held and at.eye.plays and _in_play(at)


def _has_map(at: Sitting) -> bool:
    return at.game.phase != phases.BRIEFING


def _foresees(at: Sitting) -> bool:
    return not no_forecast(at.eye)


def _over(at: Sitting) -> bool:
    return at.game.phase in phases.PLAY_IS_OVER


def _desk(at: Sitting) -> bool:
    return at.desk


def _invites(at: Sitting) -> bool:
    return at.invites is not None and SEATS in at.eye.rights


def _may(right: str) -> Opens:
    """Whether the seat has a right at the desk, in play."""
    return lambda at: right in at.eye.rights and not _over(at)


READING = (
    Word("where", "", N_("where the run stands"), pages.where, _everybody),
    Word("brief", "", N_("all that you need to go on"), pages.catch_up, _in_play),
    Word("situation", "", N_("the briefing: what is the case"), pages.situation, _everybody),
    Word("seat", "", N_("who you are, what you decide"), pages.seat, _everybody),
    Word("rules", "", N_("how it is played"), pages.rules, _everybody),
    Word("words", N_("WORD"), N_("what words mean"), pages.glossary, _everybody),
    Word("time", "", N_("how the time is planned"), pages.evening, lambda at: not at.facilitates),
    Word("people", "", N_("who is at the table"), pages.people, _everybody),
    Word(
        "session",
        N_("FIELD WORDS"),
        N_("for whom, when and where it is"),
        particulars.session,
        _everybody,
    ),
    Word("levers", N_("NAME"), N_("levers, what each means and costs"), levers.told_all, _in_play),
    Word("tracks", N_("NAME"), N_("the numbers of the world"), pages.told_tracks, _in_play),
    Word("standing", N_("NUMBER"), N_("the scores"), pages.told_standing, _in_play),
    Word("coming", "", N_("what is on its way"), pages.coming, _in_play),
    Word("clock", "", N_("the crisis clock"), pages.clock, _in_play),
    Word("map", N_("NUMBER"), N_("where the injects happened"), theatre.told, _has_map),
    Word("ruling", "", N_("the last ruling, in full"), pages.told_ruling, _in_play),
    Word("reckoning", "", N_("the last end of a turn"), pages.told_reckoning, _in_play),
    Word("evidence", N_("ID"), N_("what numbers rest on"), pages.evidence, _everybody),
    Word(
        "forecast", N_("OPTION"), N_("where robots would lead it"), foreseeing.forecast, _foresees
    ),
    Word(
        "aims",
        "",
        N_("what adversaries are after"),
        responding.told_aims,
        lambda at: bool(at.eye.visibility.aims),
    ),
    Word("news", "", N_("what came that asks nothing"), notebook.news, _in_play),
    Word("notes", "", N_("the notes you may read"), notebook.notes, _everybody),
    Word("messages", "", N_("what was said to you"), notebook.messages, _hosted),
    Word("requests", "", N_("requests to control"), notebook.requests, lambda at: may_read(at.eye)),
    Word(
        "objectives",
        N_("NUMBER"),
        N_("the evaluation"),
        evaluating.objectives,
        lambda at: at.eye.visibility.proposed or _over(at),
    ),
    Word("board", N_("ORDER"), N_("the cards: by column, votes or seat"), wash.board, _over),
    Word("questions", "", N_("what to ask at the hot wash"), wash.questions, _over),
    Word("plan", N_("NUMBER"), N_("the plan, or a card into it"), wash.plan, _over),
    Word("report", N_("file"), N_("what the run comes to; as a file"), pages.report, _over),
)
"""What is read."""


PLAYING = (
    Word("ok", "", N_("you have read what was said to you"), notebook.acknowledge, _hosted),
    Word("why", N_("WORDS"), N_("the reason of your answer"), answering.why, answering.answers_now),
    Word(
        "sure",
        N_("PERCENT"),
        N_("how sure you are of it"),
        answering.confident,
        answering.answers_now,
    ),
    Word(
        "expect",
        N_("WHO WHAT"),
        N_("what you expect of an adversary"),
        answering.expect,
        answering.answers_now,
    ),
    Word("draft", "", N_("what goes with your answer"), answering.draft, answering.answers_now),
    Word(
        "own",
        N_("WORDS"),
        N_("answer in your own words"),
        answering.own,
        lambda at: answering.answers_now(at) and at.held,
    ),
    Word("done", "", N_("your cell is done with its levers"), levers.done, _leads_levers),
    Word(
        "ask",
        N_("WORDS"),
        N_("ask control for information"),
        notebook.ask,
        lambda at: may_ask(at.eye),
    ),
    Word(
        "challenge",
        N_("WORDS"),
        N_("challenge a ruling, once a turn"),
        notebook.challenge,
        _plays_hosted,
    ),
    Word("note", N_("WORDS"), N_("writes a note into the record"), notebook.note, _writes),
    Word("strike", N_("NUMBER"), N_("strikes what you wrote"), notebook.strike, _strikes),
    Word("correct", N_("NUMBER WORDS"), N_("corrects what you wrote"), notebook.correct, _strikes),
    Word(
        "observe", N_("WORDS"), N_("writes an observation"), evaluating.observe, evaluating.observes
    ),
    Word("rate", N_("NUMBER"), N_("rates an objective"), evaluating.rate, evaluating.rates),
    Word("analyse", "", N_("what lies behind one"), evaluating.analyse, evaluating.analyses),
    Word(
        "watch",
        N_("CELL"),
        N_("the cell that an evaluator watches"),
        evaluating.watch,
        evaluating.watches,
    ),
    Word(
        "settle",
        N_("NUMBER"),
        N_("settles a rating"),
        evaluating.settle,
        evaluating.settles,
    ),
    Word("target", N_("NAME VALUE"), N_("sets a target"), particulars.target, particulars.states),
    Word("card", N_("COLUMN WORDS"), N_("puts a card on the board"), wash.card, _washes),
    Word("vote", N_("NUMBER"), N_("gives a card your vote"), wash.vote, _washes),
    Word("unvote", N_("NUMBER"), N_("takes your vote back"), wash.unvote, _washes),
    Word(
        "feedback", N_("close"), N_("the feedback form, or its results"), feedback.feedback, _over
    ),
)
"""What a seat does."""

CONTROL = (
    Word("go", "", N_("opens the gate"), desk.go, _desk),
    Word("seats", "", N_("who is there, who is in"), desk.seats, _desk),
    Word("minutes", "", N_("time against the plan"), desk.time, _desk),
    Word("list", N_("WORDS"), N_("the MSEL"), steering.told, _desk),
    Word("inject", N_("NUMBER"), N_("an inject whole"), steering.inject, _desk),
    Word(
        "release", N_("NUMBER"), N_("puts an inject to the table"), steering.release, _may(RELEASES)
    ),
    Word("defer", N_("NUMBER TURN"), N_("puts an inject off"), steering.defer, _may(RELEASES)),
    Word("skip", N_("NUMBER"), N_("leaves an inject out"), steering.skip, _may(RELEASES)),
    Word(
        "contingency",
        "",
        N_("puts the contingency to the table"),
        steering.contingency,
        _may(RELEASES),
    ),
    Word("adhoc", N_("TITLE"), N_("writes an inject"), improvising.write, _may(RELEASES)),
    Word("modify", "", N_("rules otherwise, within the band"), judging.modify, _may(RULINGS)),
    Word("overrule", "", N_("rules otherwise, beyond it"), judging.overrule, _may(RULINGS)),
    Word("weigh", "", N_("weighs an action in own words"), judging.weigh, _may(RULINGS)),
    Word("hear", "", N_("hears a challenge"), judging.hear, _may(RULINGS)),
    Word("write", N_("SEAT WORDS"), N_("writes to a seat, or to all"), desk.write, _may(MESSAGES)),
    Word("reply", N_("NUMBER WORDS"), N_("answers a request"), desk.reply, _may(REPLIES)),
    Word("sent", "", N_("what was sent, who has read it"), notebook.sent, _desk),
    Word("question", N_("WORDS"), N_("asks the room a question"), desk.ask_room, _may(MESSAGES)),
    Word("box", N_("MINUTES"), N_("gives the phase a time"), desk.box, lambda at: at.facilitates),
    Word("room", N_("WHAT"), N_("what the room's screen shows"), desk.room, _may(MESSAGES)),
    Word("probing", "", N_("questions that get talk going"), desk.probing, _desk),
    Word("put", N_("NUMBER"), N_("puts one of them to the room"), desk.put, _may(MESSAGES)),
    Word("hand", N_("SEAT WHO"), N_("hands a seat over"), seating.hand, _may(SEATS)),
    Word("enter", N_("CELL WHAT"), N_("enters it for a cell"), entering.enter, _may(SEATS)),
    Word("promote", N_("SEAT"), N_("makes a seat lead its cell"), seating.promote, _may(SEATS)),
    Word("rights", N_("SEAT WHAT"), N_("who may do what here"), seating.rights, _may(SEATS)),
    Word("pace", N_("SEAT"), N_("passes the pace, or takes it"), seating.pace, _desk),
    Word("code", N_("SEAT"), N_("the invitation of a seat"), seating.code, _invites),
    Word(
        "observers",
        N_("WHAT"),
        N_("what observers see: all or room"),
        seating.observers,
        lambda at: at.facilitates,
    ),
    Word(
        "share",
        "",
        N_("shares the forecast, or takes it back"),
        seating.share,
        lambda at: at.facilitates,
    ),
)
"""What seats at the desk do, each as far as it has the right."""
DESK = frozenset(word.name for word in CONTROL)
"""Those of them that do nothing elsewhere."""
WORDS = {word.name: word for word in (*READING, *PLAYING, *CONTROL)}


def listed(at: Sitting, words: tuple[Word, ...]) -> Iterator[tuple[str, str]]:
    """Those of them that are open to a seat now: how each is typed, and what it does."""
    for word in words:
        if word.open(at):
            takes = f" {_(word.takes)}" if word.takes else ""
            yield f"{word.name}{takes}", _(word.does)
