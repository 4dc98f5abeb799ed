"""Which step lies before a seat now: what it is asked, or what it waits for."""

from __future__ import annotations

from collections.abc import Callable

from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.plain import answering, desk, levers, pages, responding, wash
from ttx.plain.conversation import Asked, Conversation
from ttx.plain.levers import REST
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step, place
from ttx.report import story
from ttx.session import phases
from ttx.session.automation import awaited
from ttx.session.decide import may_go_on
from ttx.session.play_commands import Continue, Pause, Start
from ttx.session.view import message as message_views
from ttx.session.view import reckoning, ruling
from ttx.session.view.briefing import briefing
from ttx.session.view.contested import right
from ttx.session.view.pace import own_cell, pace
from ttx.session.view.table import meanwhile
from ttx.session.view.words import listed

PAUSED = "paused"
"""What the key of a step begins with at which time stands still."""
STARTEX = N_("STARTEX is the facilitator's.")


def step_at(at: Sitting) -> Step:
    """The step that lies before a seat."""
    game = at.game
    if game.phase in phases.PLAY_IS_OVER and not at.desk:
        return wash.step(at)
    if at.desk:
        return desk.step(at) if game.phase != phases.CLOSED else wash.step(at)
    if not at.hosted and awaited(game, at.seat) != at.seat:
        return _hand_over(at)
    if game.paused:
        return _paused(at)
    match game.phase:
        case phases.BRIEFING:
            return _briefing(at)
        case phases.LEVERS:
            return _levers(at)
        case phases.DELIBERATION if answering.may_answer(at):
            return answering.step(at)
        case phases.RESPONSE if rows := responding.mine(at):
            return responding.step(at, rows[0])
        case phases.REVIEW:
            return _read(at, "ruling", lambda: _told_ruling(at))
        case phases.RECKONING if reckoning.reckoning(at.eye) is not None:
            return _read(at, "reckoning", lambda: _told_reckoning(at))
    return _waits(at)


def _taking(at: Sitting, here: str, enter: Callable[[], None]) -> Callable[[str], None]:
    """Takes Enter, and nothing else for it."""

    def take(typed: str) -> None:
        if typed:
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
        else:
            enter()

    return take


def _entered(
    at: Sitting,
    key: str,
    prompt: str,
    here: str,
    tell: Callable[[], None],
    enter: Callable[[], None],
) -> Step:
    """A step that Enter goes on from."""
    return Step((key, at.seat, place(at.game)), Asked(prompt, here), tell, _taking(at, here, enter))


# --- the seat is another's, time stands still ---


def _hand_over(at: Sitting) -> Step:
    """At a shared keyboard, the cell that is awaited sits down."""
    seat = awaited(at.game, at.seat)
    name = text(at.game.run.seat(seat).name)
    sits = _("Enter when they sit there")

    def enter() -> None:
        at.seat = seat

    prompt = _("The keyboard goes to: {name}. {sits}", name=name, sits=sits)
    return _entered(at, f"hand over {seat}", prompt, f"{sits}: {name}", lambda: None, enter)


def _paused(at: Sitting) -> Step:
    if at.hosted:
        return _waiting(at, PAUSED, lambda: at.tell(_("Paused. Time stands still for everybody.")))
    return _entered(
        at,
        PAUSED,
        _("Paused. Enter goes on"),
        _("Enter lets the time run again"),
        lambda: None,
        lambda: _request(at, Pause()),
    )


def _request(at: Sitting, command: Pause | Start | Continue) -> None:
    at.request(command)


# --- the briefing ---


def _briefing(at: Sitting) -> Step:
    if not at.hosted:
        return _entered(
            at,
            "briefing",
            _("Enter: ready, STARTEX"),
            _("Enter begins the exercise"),
            lambda: _briefed(at),
            lambda: _request(at, Start()),
        )
    view = pace(at.eye)
    if not view.awaited:
        said = _("You are ready. {starts}", starts=_(STARTEX)) if view.said_so else _(STARTEX)
        return _waiting(at, f"briefing {view.said_so}", lambda: at.tell(said), brief=view.said_so)

    def ready() -> None:
        at.request(Start(), "")

    return _entered(
        at,
        "briefing",
        _("Enter: you are ready"),
        _("Enter says that you have read your briefing"),
        lambda: _briefed(at),
        ready,
    )


def _briefed(at: Sitting) -> None:
    pages.situation(at)
    taught = briefing(at.eye).play_in_lines
    if taught:
        at.listed(_("HOW TO PLAY IN LINES"), taught)
    at.tell(
        _(
            "More before you begin: seat tells who you are, rules how it is played, words the"
            " words of the exercise, time and people who is at the table."
        )
    )


# --- levers ---


def _levers(at: Sitting) -> Step:
    if levers.consents(at):
        return levers.consent(at)
    cell = own_cell(at.eye)
    if cell.decides and not cell.done and at.eye.visibility.levers:
        return levers.step(at)
    return _waits(at)


# --- what is read ---


def _told_ruling(at: Sitting) -> None:
    view = ruling.ruling(at.eye)
    if view is None:
        at.tell(ruling.no_ruling(at.eye))
    else:
        at.show(story.set_in(story.ruling(view), story.RULED))


def _told_reckoning(at: Sitting) -> None:
    view = reckoning.reckoning(at.eye)
    if view is not None:
        at.show(*story.reckoning(view))


def _read(at: Sitting, key: str, tell: Callable[[], None]) -> Step:
    if not at.hosted and may_go_on(at.game.run, at.seat):
        return _entered(
            at, key, _("Enter: go on"), _("Enter goes on"), tell, lambda: _request(at, Continue())
        )

    def told() -> None:
        tell()
        may = right(at.eye)
        if may.given and may.now and not may.used:
            at.tell(_("challenge and a reason challenges it; the facilitator goes on."))

    return _waiting(at, key, told)


# --- waiting ---


def _waits(at: Sitting) -> Step:
    """Nothing is asked of the seat: it reads what there is, and who is awaited."""

    def tell() -> None:
        view = message_views.message(at.eye)
        if at.game.phase == phases.DELIBERATION and view is not None and not view.sealed:
            at.show(*answering.told(view))
        at.tell(meanwhile(at.eye), *_awaited(at))

    cell = own_cell(at.eye)
    return _waiting(at, f"waits {cell.done}", tell)


def _awaited(at: Sitting) -> tuple[str, ...]:
    """Who is waited for, as far as the seat may know."""
    cell, view = own_cell(at.eye), message_views.message(at.eye)
    if at.game.phase == phases.LEVERS and cell.waiting:
        return (_("Waiting for {names} to be done with the levers.", names=listed(cell.waiting)),)
    if at.game.phase == phases.DELIBERATION and view is not None:
        if view.waiting:
            return (_("Waiting for {names}.", names=listed(view.waiting)),)
        return (_("All answers are in. The facilitator adjudicates next."),)
    if at.game.phase == phases.ADJUDICATION:
        return (_("All answers are in. The facilitator adjudicates next."),)
    if at.game.phase == phases.RECKONING:
        return (_("The turn is reckoned. The facilitator confirms its reckoning next."),)
    return ()


def _waiting(at: Sitting, key: str, tell: Callable[[], None], *, brief: bool = False) -> Step:
    """A step at which a seat waits; Enter tells again where it stands."""
    here = _("Enter tells where it stands")

    def take(typed: str) -> Conversation | None:
        if typed:
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
        elif brief:
            tell()
        else:
            pages.where(at)
            at.tell(*_awaited(at))
        return None

    key_ = (key, at.seat, place(at.game))
    return Step(key_, Asked(_("waiting"), here), tell, take, waits=True)


def paused(step: Step) -> bool:
    """Whether time stands still at a step."""
    return isinstance(step.key, tuple) and step.key[0] == PAUSED
