"""How the alliance is set up: what that makes answers carry, what would turn it, when it did."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.adjudicator import rulings
from ttx.exercise.model.injects import Posture
from ttx.i18n import _
from ttx.session import needs
from ttx.session.view import words
from ttx.session.view.eye import Eye


def _now(eye: Eye) -> Posture:
    """As read for this turn, or as it would be read now."""
    tables, position = eye.run.tables, eye.game.position
    if position.posture >= 0:
        return eye.exercise.posture[position.posture]
    name = rulings.posture(tables, position)
    return next(part for part in eye.exercise.posture if part.id == name)


def set_up(eye: Eye) -> str:
    """`set up: staff in place`; empty for a seat that does not see levers."""
    if not eye.visibility.levers:
        return ""
    return _("set up: {posture}", posture=eye.text(_now(eye).name))


def sentence(eye: Eye) -> str:
    """How the alliance is set up and what would turn that; empty where levers are not seen."""
    if not eye.visibility.levers:
        return ""
    now = _now(eye)
    turns = "; ".join(_turns(eye, now))
    if now.when is not None:
        asks = needs.asks(eye.run.tables, eye.game.position, now.when)
        stays = _(
            "You are set up: {posture}, as long as {asks}.", posture=eye.text(now.name), asks=asks
        )
    else:
        stays = _("You are set up: {posture}.", posture=eye.text(now.name))
    return _("{stays} It turns {turns}.", stays=stays, turns=turns) if turns else stays


def carries(eye: Eye) -> str:
    """How far answers of each lean carry as the alliance is set up; empty as `sentence` is."""
    if not eye.visibility.levers or not eye.exercise.lean:
        return ""
    return _(
        "Read when the levers close, it decides how far the answers of the turn carry: {leans}.",
        leans=_leans(eye, _now(eye)),
    )


def turned(eye: Eye, before: str, now: str) -> str:
    """That the alliance is set up otherwise from here on, by ids of postures."""
    names = eye.names.postures
    leans = _leans(eye, next(part for part in eye.exercise.posture if part.id == now))
    words = _(
        "You are set up otherwise from here on: '{now}', no longer '{before}'.",
        now=names[now],
        before=names[before],
    )
    return f"{words} {_('Answers carry now: {leans}.', leans=leans)}" if leans else words


def turned_now(eye: Eye) -> str:
    """The same, where the levers that were closed last have turned it; else empty."""
    game, parts = eye.game, eye.exercise.posture
    past = game.turns[-2].before if len(game.turns) > 1 else None
    if not eye.visibility.levers or past is None or game.position.posture < 0:
        return ""
    before, now = parts[past.posture], parts[game.position.posture]
    return "" if before is now else turned(eye, before.id, now.id)


def _leans(eye: Eye, posture: Posture) -> str:
    row = eye.exercise.posture.index(posture)
    return "; ".join(
        _("{lean}: {share}", lean=eye.text(lean.name), share=words.carries(lean.quarters[row]))
        for lean in eye.exercise.lean
    )


def _turns(eye: Eye, now: Posture) -> Iterator[str]:
    """To which other posture, and what is missing for it; those read before this one come first."""
    for part in eye.exercise.posture:
        if part is now or part.when is None:
            continue
        lacks = needs.missing(eye.run.tables, eye.game.position, part.when)
        if lacks:
            yield _("to '{posture}' with {lacks}", posture=eye.text(part.name), lacks=lacks)
