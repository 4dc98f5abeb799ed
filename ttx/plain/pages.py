"""What a seat can read at any time in plain lines: briefing, numbers, the clock, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ttx.i18n import N_, _
from ttx.plain.conversation import Conversation, Work, whole_number
from ttx.plain.sitting import Sitting
from ttx.report import story
from ttx.report.document import Entry, Facts, Paragraph, Part, Space
from ttx.report.lines import lines
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import phases
from ttx.session.needs import points
from ttx.session.save_header import SaveError
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view import reckoning, ruling, words
from ttx.session.view.brief import brief, in_play
from ttx.session.view.briefing import briefing
from ttx.session.view.causes import evidence_lines
from ttx.session.view.clock import ClockView
from ttx.session.view.excursion import told_to
from ttx.session.view.glossary import glossary as glossary_of
from ttx.session.view.pace import named
from ttx.session.view.reckoning import no_reckoning
from ttx.session.view.ruling import RulingView, no_ruling
from ttx.session.view.standing import NO_STANDING, ScoreView, standing
from ttx.session.view.table import meanwhile, status
from ttx.session.view.time_left import time_left
from ttx.session.view.tracks import TrackView, tracks

FILE = N_("file")
"""What is typed behind `report` for a file of it."""

# --- the briefing ---


def situation(at: Sitting, _typed: str = "") -> None:
    """What is the case, the question, and by what it is measured."""
    view = briefing(at.eye)
    at.show(*story.excursion(told_to(at.eye)), *story.briefing(view).whole)
    if view.measured:
        at.tell(_("How you are measured: {measured}", measured=view.measured))
    goals = (
        f"{number}. {objective} ({capability})" if capability else f"{number}. {objective}"
        for number, (objective, capability) in enumerate(view.objectives, start=1)
    )
    if view.objectives:
        at.listed(_("The objectives:"), goals)


def seat(at: Sitting, _typed: str = "") -> None:
    """Who one is, what one decides and what not, and what the others want."""
    view = briefing(at.eye)
    cell = status(at.eye)
    at.head(
        _("YOUR SEAT: {seat}", seat=view.seat),
        *([Paragraph(_("Cell: {cell}.", cell=cell.cells))] if cell.cells else []),
        Paragraph(view.you_are),
        *(
            [Paragraph(_("You lead your cell: your answer is its answer."))]
            if cell.leads and cell.cells
            else []
        ),
    )
    at.listed(_("You decide:"), view.decides, _("Nothing."))
    at.listed(_("You do not decide:"), view.does_not_decide, _("Nothing is named."))
    wants = (f"{name}: {wants}" for _badge, name, wants in view.others)
    at.listed(_("What the others want:"), wants, _("Nothing is named."))


def rules(at: Sitting, _typed: str = "") -> None:
    """How it is played, and the ground rules."""
    view = briefing(at.eye)
    play = view.play_in_lines or view.play
    at.listed(_("RULES OF PLAY"), play, _("None are given."))
    if not view.play_in_lines:
        at.tell(
            _("Keys that are named there are for the screens; here help lists what can be typed.")
        )
    at.listed(_("GROUND RULES"), view.ground_rules, _("None are given."))


def glossary(at: Sitting, typed: str = "") -> None:
    """What the words of the exercise mean; or one of them."""
    asked, eye = typed.casefold(), at.eye
    known = [row for row in glossary_of(eye.exercise, eye.language) if asked in row[0].casefold()]
    if not known:
        at.tell(_("The exercise explains no such word; words alone tells all it explains."))
    at.show(*(Entry((f"{term}: {means}",), hang=2) for term, means in known))


def evening(at: Sitting, _typed: str = "") -> None:
    """How the time is planned, and who sits at the table."""
    view = briefing(at.eye)
    at.head(_("THE TIME"), Facts(view.evening))
    people(at)


def people(at: Sitting, _typed: str = "") -> None:
    """Who plays each cell; at a hosted table also who is there."""
    view = briefing(at.eye)
    at.head(_("AT THE TABLE"), Facts(view.at_the_table))
    if at.attendance is None:
        return
    here, away = list[str](), list[str]()
    for place in at.attendance.places():
        name, cell = named(at.eye, place.seat)
        who = f"{name} ({cell})" if cell else name
        (here if place.on else away).append(who)
    at.tell(
        _("Here now: {seats}.", seats=", ".join(here)) if here else "",
        _("Not here: {seats}.", seats=", ".join(away)) if away else "",
    )


# --- where it stands ---


def where(at: Sitting, _typed: str = "") -> None:
    """Where the run stands, in a sentence or two."""
    view = status(at.eye)
    at.tell(
        view.stands,
        view.sits,
        "" if at.game.phase in phases.OUTSIDE_PLAY else meanwhile(at.eye),
        time_of_phase(at),
    )


def time_of_phase(at: Sitting) -> str:
    """How long the phase has gone on, and how long is left of it where it has a time."""
    time = time_left(at.game, at.table.elapsed)
    if not at.hosted or time.ends is None or at.game.phase == phases.CLOSED:
        return ""
    if time.up:
        return _("The time for this phase is up: {time}.", time=time_of(time.ends))
    return _(
        "{left} left of {time} for this phase.", left=time_of(time.left), time=time_of(time.ends)
    )


def catch_up(at: Sitting, _typed: str = "") -> None:
    """What this seat has to know to go on."""
    if not in_play(at.game):
        where(at)
        return
    at.show(*(Entry((sentence,), hang=2) for sentence in brief(at.eye)))


# --- numbers ---


def told_tracks(at: Sitting, typed: str = "") -> None:
    """The tracks that a seat sees, each with its change and what its ends mean."""
    views, asked = tracks(at.eye), typed.casefold()
    if asked:
        views = tuple(v for v in views if asked in f"{v.id} {v.name} {v.short}".casefold())
    if not views:
        at.tell(_("There is no such track that this seat sees."))
        return
    at.head(_("TRACKS: 0 to 100, now and since a turn ago"))
    at.show(*(_track(view, whole=bool(asked)) for view in views))
    if not asked:
        at.tell(_("tracks NAME tells the course of one and what its ends mean."))


def _track(view: TrackView, *, whole: bool) -> Entry:
    change = _("no change")
    if view.word != words.Direction.SAME:
        change = _("{by}, {word}", by=words.moved_points(view.change), word=view.word.word)
    head = f"{view.name}: {points(view.now)} ({change})"
    if not whole:
        return Entry((head,), hang=2)
    course = ", ".join(points(value) for value in view.course)
    under = (Paragraph(view.about), Paragraph(_("Its course: {course}.", course=course)))
    return Entry((head,), under, hang=2, under=2)


def told_standing(at: Sitting, typed: str = "") -> None:
    """The scores beside the reference runs; with a number, what one is made of."""
    view = standing(at.eye)
    if view is None:
        at.tell(_(NO_STANDING))
        return
    if typed:
        number = whole_number(typed) or 0
        if 1 <= number <= len(view.scores):
            at.show(*_score_whole(view.scores[number - 1]))
        else:
            at.tell(
                _("There are scores 1 to {count}; standing tells them.", count=len(view.scores))
            )
        return
    at.head(_("STANDING after {turn} of {turns} turns", turn=view.turn, turns=view.turns))
    at.show(*(_score(number, score) for number, score in enumerate(view.scores, start=1)))
    at.tell(
        _(words.JUDGEMENT),
        _("Under 0.50 is no clear difference. standing NUMBER tells what one is made of."),
    )


def _score(number: int, score: ScoreView) -> Entry:
    change = f"{words.moved_points(score.change)} {score.word.word}"
    now = _(
        "{name}: {now} ({change} this turn)", name=score.name, now=points(score.now), change=change
    )
    runs = (f"{name} {points(course[-1])}" for name, course in score.references)
    beside = _("reference runs on the same dice: {runs}", runs=", ".join(runs))
    against = _("against the first: {word}", word=score.against_word)
    return Entry((f"{number}. {now}; {beside}; {against}.",), hang=3)


def _score_whole(score: ScoreView) -> Iterator[Part]:
    yield Entry((f"{score.name}: {points(score.now)}",))
    if score.caution:
        yield Paragraph(score.caution)
    course = ", ".join(points(value) for value in score.course)
    yield Paragraph(_("Its course: {course}.", course=course))
    for term in score.terms:
        causes = ", ".join(f"{name} {words.exact(by)}" for name, by in term.causes)
        line = _(
            "{name} moved it by {by}, from: {causes}",
            name=term.name,
            by=words.exact(term.by),
            causes=causes or _("nothing of this turn"),
        )
        rests = _("rests on {ids}", ids=", ".join(term.basis))
        yield Entry((f"{line}; {rests}.",), hang=2)
    if not score.terms:
        yield Paragraph(_("No turn was played yet."))
    yield Paragraph(_("evidence ID tells what one of those is."))


def coming(at: Sitting, _typed: str = "") -> None:
    """What is on its way."""
    effects = lever_views.pending_effects(at.eye)
    if not at.eye.visibility.levers:
        at.tell(_("What is on its way is not open to this seat."))
        return
    sentences = (_("turn {turn}: {what}", turn=part.turn, what=part.what) for part in effects)
    at.listed(_("ON ITS WAY"), sentences, _("Nothing."))


def clock(at: Sitting, _typed: str = "") -> None:
    """The crisis clock, stage by stage: of the inject on the table, else the reference crisis."""
    view = message_views.message(at.eye)
    chain = view.clock if view is not None and at.game.phase in phases.OF_AN_INJECT else None
    chain = chain or lever_views.reference_clock(at.eye)
    if chain is None:
        at.tell(_("No clock is open to this seat now."))
        return
    at.head(_("THE CRISIS CLOCK: {sentence}", sentence=chain.sentence))
    at.show(*_chain(chain))


def _chain(view: ClockView) -> Iterator[Part]:
    for step in view.steps:
        notes = []
        if step.slowest:
            notes.append(_("the slowest"))
        if not step.on_path:
            notes.append(_("beside a longer one, could wait {time}", time=words.hours(step.spare)))
        note = f" ({', '.join(notes)})" if notes else ""
        line = _("{stage}: {time}", stage=step.name, time=words.hours(step.minutes))
        yield Entry((f"{line}{note}",), hang=2)
    total = _("In all {total}", total=words.hours(view.total))
    if view.window:
        total = _(
            "{total}, against a window of {window}", total=total, window=words.hours(view.window)
        )
    yield Paragraph(f"{total}: {view.verdict}." if view.window else f"{total}.")


# --- rulings and reckonings ---


def told_ruling(at: Sitting, _typed: str = "") -> None:
    """The ruling of the inject under way."""
    view = ruling.ruling(at.eye)
    if view is None:
        at.tell(no_ruling(at.eye))
    else:
        at.show(*whole_ruling(view))


def whole_ruling(view: RulingView) -> Iterator[Part]:
    """A ruling with what it moved, what would have turned it, and what else could be answered."""
    yield from story.ruling(view)
    for change in view.changes:
        yield Paragraph(
            _(
                "{track}: from {before} to {after}, {word}.",
                track=change.name,
                before=points(change.before),
                after=points(change.after),
                word=change.word.word,
            )
        )
    if view.margin_rest:
        yield Paragraph(" ".join(view.margin_rest))
    for other in view.others:
        does = ", ".join(f"{name} {by}" for name, by, _word in other.effects)
        closed = _(", which was closed") if other.closed else ""
        yield Paragraph(
            _(
                "Instead '{title}'{closed} would have carried {carried}: {does}.",
                title=other.title,
                closed=closed,
                carried=other.carried,
                does=does or _("no effect"),
            )
        )
    if view.basis:
        ids = ", ".join(view.basis)
        yield Paragraph(_("It rests on {ids}; evidence tells them.", ids=ids))


def told_reckoning(at: Sitting, _typed: str = "") -> None:
    """The last reckoning that is open to the seat."""
    view = reckoning.reckoning(at.eye)
    if view is None:
        at.tell(no_reckoning(at.game))
        last = reckoning.last_turn(at.eye)
        at.tell(last)
        return
    at.show(*story.reckoning(view))
    for row in view.responses:
        at.tell(f"{row.name}: {row.turned}" if row.turned else "")


def evidence(at: Sitting, typed: str = "") -> None:
    """What a number rests on: by its id, or all behind what was ruled or reckoned last."""
    if not at.eye.visibility.scores:
        at.tell(_("The evidence is not open to this seat before the hot wash."))
        return
    ids = typed.replace(",", " ").split() or _basis(at)
    if not ids:
        at.tell(_("Nothing was ruled yet; evidence ID tells one by its id."))
        return
    lines_ = evidence_lines(at.game.run.exercise, ids)
    at.show(*(part for line in lines_ for part in (Entry((line,), hang=2), Space())))


def _basis(at: Sitting) -> Sequence[str]:
    made, ended = ruling.ruling(at.eye), reckoning.reckoning(at.eye)
    if at.game.phase == phases.RECKONING and ended is not None:
        return ended.basis
    return made.basis if made is not None else ()


# --- the end ---


def report(at: Sitting, typed: str = "") -> Conversation:
    """What the run comes to, once that is open to the seat; with `file`, as a file for later."""
    if typed.casefold() in (FILE, _(FILE).casefold()):
        yield from _filed(at)
        return
    if at.game.phase not in phases.PLAY_IS_OVER and not at.eye.visibility.proposed:
        at.tell(_("The review opens at the hot wash."))
        return
    for line in lines(review_of(review(at.game, at.table.sealed)), at.width):
        at.say(line)


def writes_report(at: Sitting) -> bool:
    """Whether the seat writes the report: whose table it is, or who holds the pace."""
    return at.table.path is not None and (at.facilitates or not at.hosted)


def _filed(at: Sitting) -> Conversation:
    """Write the after-action review beside the save."""
    path = at.table.path
    if path is None or not writes_report(at):
        at.tell(_("The facilitator writes the report."))
        return
    said: list[str] = []

    def write() -> None:
        from ttx.report.filed import filed

        try:
            said.append(filed(path))
        except (SaveError, ValueError) as error:
            said.append(str(error))

    yield Work(write)
    at.tell(*said)


def time_of(seconds: float) -> str:
    """A time that has passed, in whole minutes."""
    minutes = int(seconds) // 60
    return words.hours(minutes) if minutes else _("less than a minute")
