"""The levers in plain lines: what each is, what a level brings and costs, and how one is moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ttx.i18n import N_, _, ngettext
from ttx.plain.conversation import Asked, Conversation, sure
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step, place
from ttx.report.document import Entry, Paragraph, Part
from ttx.session.command import ended
from ttx.session.play_commands import Grant, LeaveLevers, Move
from ttx.session.view import levers as views
from ttx.session.view import money, moves, posture
from ttx.session.view.eye import Eye
from ttx.session.view.levers import LevelView, LeverView
from ttx.session.view.pace import others_move, own_cell
from ttx.session.view.table import status
from ttx.session.view.words import capital

MORE = N_("levers NAME tells all of one")


# --- what there is to read ---


def told(lever: LeverView, whole: Eye | None = None) -> Entry:
    """A lever with its levels; the `whole` of it, as an eye sees it, with what each means."""
    head = f"{lever.id}: {lever.name}"
    if lever.asked:
        head = _("{head} ({level} is asked for)", head=head, level=_name(lever, lever.asked))
    parts: list[Part] = []
    if whole:
        parts = [Paragraph(words) for words in (lever.about, _held_by(lever)) if words]
    for level in lever.levels:
        comes_to = ""
        if whole and not (level.held or level.closed):
            comes_to = moves.move(whole, lever.id, level.id).sentence
        line = _level(level, whole=whole is not None)
        parts.append(Entry((f"{line} {comes_to}".rstrip(),), hang=4))
    return Entry((head,), tuple(parts), hang=2, under=2)


def _stands(lever: LeverView) -> Entry:
    """Where a lever stands, in one line, once its levels are known."""
    held = next((level for level in lever.levels if level.held), None)
    head = f"{lever.id}: {lever.name}"
    if held is not None:
        head = _("{head}, at {level}: {price}", head=head, level=held.name, price=held.price)
    if lever.asked:
        head = _("{head} ({level} is asked for)", head=head, level=_name(lever, lever.asked))
    return Entry((f"{head}.",), hang=2)


def _held_by(lever: LeverView) -> str:
    return _("Held by {who}.", who=lever.held_by) if lever.held_by else ""


def _name(lever: LeverView, level: str) -> str:
    return next((rung.name for rung in lever.levels if rung.id == level), level)


def _level(level: LevelView, *, whole: bool) -> str:
    """One setting: that it stands there, or what a move to it costs, brings and harms."""
    if level.held:
        clauses = [_("[{level}] is where it stands: {price}", level=level.name, price=level.price)]
    else:
        clauses = [_("{level}: {price}", level=level.name, price=level.price)]
    if level.minutes and not level.held:
        clauses.append(_clock(level.minutes))
    if level.harms and not level.held:
        clauses.append(_("worse: {harms}", harms=", ".join(level.harms)))
    if level.lands and whole:
        clauses.append(_("first felt: {turn}", turn=level.lands))
    said = f"{'; '.join(clauses)}."
    if level.note and whole:
        said = f"{said} {ended(capital(level.note))}"
    if level.closed:
        said = f"{said} {level.closed}"
    return said


def _clock(minutes: int) -> str:
    """What a level does to the crisis clock."""
    if minutes < 0:
        return ngettext(
            "the crisis clock is {count} minute faster",
            "the crisis clock is {count} minutes faster",
            -minutes,
        )
    return ngettext(
        "the crisis clock is {count} minute slower",
        "the crisis clock is {count} minutes slower",
        minutes,
    )


def purse(at: Sitting) -> str:
    """What is left to spend."""
    have = (
        _("{name} {have} of {cap}", name=b.name, have=b.have, cap=b.cap)
        if b.cap
        else f"{b.name} {b.have}"
        for b in views.budgets(at.eye)
    )
    return ", ".join(have)


def money_ahead(at: Sitting) -> str:
    """Where money leads as levers stand, and what below zero does where it goes there."""
    view = money.money(at.eye)
    ahead = money.forecast(view) if view is not None else ""
    if view is None or not ahead:
        return ""
    harm = money.below_zero(view) if view.short else ""
    return f"{capital(view.name)}: {ahead}. {harm}".rstrip()


# --- the step ---


def step(at: Sitting) -> Step:
    """Levers to be moved, and to be left."""
    mine = [lever for lever in views.levers(at.eye) if lever.mine and lever.open]

    def tell() -> None:
        turn = status(at.eye).turn
        title = _("TURN {turn}  {have}", turn=turn, have=purse(at))
        known = at.kept.levers
        new = [told(lever) for lever in mine if (at.seat, lever.id) not in known]
        stand = [_stands(lever) for lever in mine if (at.seat, lever.id) in known]
        known.update((at.seat, lever.id) for lever in mine)
        at.show(Entry((title,), hang=8), *stand, *new)
        at.tell("" if mine else _("No lever is yours to move now."))
        at.tell(money_ahead(at))
        at.tell(_("{more}; levers tells them all, with what each level costs.", more=_(MORE)))

    def take(typed: str) -> Conversation | None:
        return move(at, typed) if typed else leave(at)

    prompt = _("lever level, or Enter for the news")
    if not at.hosted and others_move(at.eye):
        prompt = _("lever level, or Enter once you are done")
    if at.hosted:
        leads = own_cell(at.eye).leads
        prompt = _("lever level, or done") if leads else _("lever level")
        if not mine:
            prompt = _("done, once your cell is") if leads else _("waiting")
    ids = {lever.id.casefold() for lever in mine}
    return Step(
        ("levers", at.seat, place(at.game)),
        Asked(prompt, how_to_move(at, mine)),
        tell,
        take,
        claims=lambda typed: " " in typed and typed.split()[0].casefold() in ids,
    )


def how_to_move(at: Sitting, levers: Iterable[LeverView]) -> str:
    """What can be typed where levers are moved, with one that can."""
    cell, ends = own_cell(at.eye), _("Enter brings the news")
    if not at.hosted and others_move(at.eye):
        ends = _("Enter says that your cell is done; another moves its levers next")
    if at.hosted:
        ends = _("done says that your cell is")
        if not cell.leads:
            ends = _("{lead} says when your cell is done", lead=cell.lead)
    for lever in levers:
        for level in lever.levels:
            if not (level.held or level.closed):
                return _(
                    "a lever with its level moves it, such as {lever} {level}; {ends}",
                    lever=lever.id,
                    level=level.name,
                    ends=ends,
                )
    return ends


def leave(at: Sitting) -> Conversation | None:
    """Be done with the levers; at a hosted table that takes the word for it."""
    cell = own_cell(at.eye)
    if at.hosted and cell.leads:
        at.tell(_("Enter alone ends nothing here; type done when your cell is."))
    elif at.hosted:
        at.tell(_("Enter alone ends nothing; {lead} says when your cell is done.", lead=cell.lead))
    else:
        at.request(LeaveLevers())
    return None


def done(at: Sitting, _words: str) -> None:
    """Say that the cell is done with its levers."""
    done_ = _("The {cell} cell is done with its levers.", cell=own_cell(at.eye).name)
    at.request(LeaveLevers(), done_)


def move(at: Sitting, typed: str) -> Conversation:
    """Move a lever to a level, as it was typed; what that closes or owes is asked about first."""
    levers = views.levers(at.eye)
    lever, level = named(levers, typed)
    mine = [other for other in levers if other.mine and other.open]
    if lever is None:
        name, _space, rest = typed.partition(" ")
        if not rest:
            here = how_to_move(at, mine)
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
            return
        which = _("none is yours to move")
        if mine:
            which = _("choose from {mine}", mine=", ".join(other.id for other in mine))
        at.tell(_("There is no lever '{name}' here; {which}.", name=name, which=which))
        return
    chosen = rung(lever, level)
    if chosen is None:
        has = _("has no level '{level}'", level=level) if level else _("needs a level")
        which = ", ".join(level_.name for level_ in lever.levels)
        at.tell(
            _("The lever {part} {has}; choose from {which}.", part=lever.id, has=has, which=which)
        )
        return
    if lever.mine and not (chosen.held or chosen.closed):
        comes_to = moves.move(at.eye, lever.id, chosen.id)
        final = comes_to.closes or comes_to.warning
        question = _("{comes_to} Move it?", comes_to=comes_to.sentence)
        if final and not (yield from sure(question, _("moves it"))):
            at.tell(_("Nothing was moved."))
            return
    if at.request(Move(lever.id, chosen.id)):
        _moved(at, lever, chosen)


def _moved(at: Sitting, lever: LeverView, chosen: LevelView) -> None:
    """Where the lever stands now, and what is left to spend."""
    waits = any(view.id == lever.id and view.asked for view in views.levers(at.eye))
    sentence = _("{part} now stands at {chosen}.", part=lever.id, chosen=chosen.name)
    if waits:
        sentence = _(
            "{part} at {chosen} waits for the other cell to agree.",
            part=lever.id,
            chosen=chosen.name,
        )
    left = _("Left: {have}.", have=purse(at))
    at.tell(f"{sentence} {left}", money_ahead(at))


REST = N_("help lists what else can be typed.")


def named(levers: Iterable[LeverView], typed: str) -> tuple[LeverView | None, str]:
    """The lever whose id or name a line begins with, and the rest of the line."""
    small = typed.casefold()
    for lever in levers:
        for name in (lever.id.casefold(), lever.name.casefold()):
            if small == name or small.startswith(f"{name} "):
                return lever, typed[len(name) :].strip()
    return None, ""


def rung(lever: LeverView, level: str) -> LevelView | None:
    known = {rung.name.casefold(): rung for rung in lever.levels}
    known |= {rung.id.casefold(): rung for rung in lever.levels}
    return known.get(level.casefold())


# --- consent ---


def consents(at: Sitting) -> bool:
    """Whether a move of another cell waits for this seat's word."""
    return bool(views.requests(at.eye)) and own_cell(at.eye).leads


def consent(at: Sitting) -> Step:
    """Agree to what another cell asked for, or refuse it."""
    asked = views.requests(at.eye)[0]
    lever = next(view for view in views.levers(at.eye) if view.id == asked.lever)
    here = _("y agrees, n refuses")
    prompt = _(
        "The other cell asks for {lever} at {level}. {here}",
        lever=lever.name,
        level=_name(lever, asked.level),
        here=here,
    )

    def take(typed: str) -> Conversation | None:
        word = typed.casefold()
        if word in ("y", "yes"):
            at.request(Grant(asked.lever, agreed=True), _("Agreed."))
        elif word in ("n", "no"):
            at.request(Grant(asked.lever, agreed=False), _("Refused."))
        else:
            at.tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
        return None

    return Step(
        ("consent", at.seat, place(at.game), asked),
        Asked(prompt, here),
        lambda: at.show(told(lever, at.eye)),
        take,
    )


# --- the words ---


def told_all(at: Sitting, name: str) -> None:
    """Every lever with what it means, or one of them; to who sees none, what was announced."""
    if not at.eye.visibility.levers:
        known = [
            _("{lever} at {level}", lever=v.name, level=v.level) for v in views.announced(at.eye)
        ]
        at.listed(_("Levers that were announced"), known, _("None."))
        return
    levers = views.levers(at.eye)
    if name:
        lever, _rest = named(levers, name)
        if lever is None:
            known_ids = ", ".join(view.id for view in levers)
            at.tell(
                _("There is no lever '{name}'; choose from {known}.", name=name, known=known_ids)
            )
            return
        levers = (lever,)
    else:
        at.tell(*money.sentences(at.eye), posture.sentence(at.eye), posture.carries(at.eye))
    at.show(*_apart(at.eye, levers))


def _apart(eye: Eye, levers: Iterable[LeverView]) -> Iterator[Part]:
    for lever in levers:
        whose = "" if lever.mine else _("not yours to move")
        if not lever.open:
            whose = _("closed in turn 1")
        entry = told(lever, eye)
        more = (Paragraph(f"({whose})"),) if whose else ()
        yield Entry(entry.cells, (*more, *entry.parts), hang=2, under=2)
