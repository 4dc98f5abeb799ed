"""What the numbers rest on, what the record says of itself, and how the report was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from ttx.exercise.model.evidence import Evidence
from ttx.exercise.model.part import text
from ttx.exercise.references import DESIGN
from ttx.i18n import N_, _, ngettext
from ttx.report.aar.account import Account, capital
from ttx.report.aar.stated import corrections
from ttx.report.document import Bullets, Facts, Heading, Paragraph, Part, Table
from ttx.report.review import LIMIT
from ttx.session.control_events import Weighed
from ttx.session.events import (
    AnswersClosed,
    Closed,
    Confirmed,
    Emptied,
    LeversClosed,
    LeversLeft,
    Released,
    ResponsesClosed,
    Started,
    Told,
)
from ttx.session.needs import points
from ttx.session.run import PERSON
from ttx.session.sealed import named
from ttx.session.view import words
from ttx.session.view.causes import cause_basis, cause_name
from ttx.session.view.table import opened

MOST = 8
"""More causes than anybody reads stay in the record."""
GRADES = {"H": N_("high"), "M": N_("medium"), "L": N_("low"), "U": N_("unsourced")}
PRINTS_IT = N_("the same seal.")
PRINTS_ANOTHER = N_(
    "the seal of all entries that are there by then: this one only as long as no entry is added."
)
_OPENED = (
    *(Started, Released, Emptied, AnswersClosed, Weighed),
    *(Confirmed, Told, ResponsesClosed, Closed),
)
"""Facts by which a gate opens, beside the levers, which close as the cells are done."""
_KINDS = ("link", "lever", "calendar", "adversary")


def evidence(account: Account) -> list[Part]:
    """The effects that moved most, each with the evidence behind it and its grade."""
    causes = _moved(account)[:MOST]
    if not causes:
        return []
    exercise = account.exercise
    moved, claims, used = [], [], []
    for cause, total, track in causes:
        basis = cause_basis(exercise, cause)
        used += basis
        name = capital(cause_name(exercise, cause))
        track_name = text(exercise.tracks[track].called)
        moved.append((name, points(total), track_name, _("a design value")))
        claims.append((name, *_claims(account, cause, basis)))
    return [
        Heading(2, _("Evidence behind what moved most")),
        Paragraph(
            _(
                "What moved most and what is known about it are two tables on purpose: no evidence "
                "here says how large anything is. Points moved are all changes in the record by "
                "that cause, added up whatever their sign."
            )
        ),
        Table(
            (_("Cause"), _("Points moved"), _("Most on"), _("Its size is")),
            tuple(moved),
            caption=_("What moved most"),
            widths=(38, 14, 30, 18),
            numbers=(1,),
        ),
        Table(
            (_("Cause"), _("Rests on"), _("Grade of the claim, not of the size")),
            tuple(claims),
            caption=_("What the causes rest on"),
            widths=(38, 31, 31),
        ),
        *_evidence(tuple(_sources(account, used))),
    ]


def _evidence(rows: tuple[tuple[str, ...], ...]) -> list[Part]:
    """The evidence itself; nothing where all that moved most is design."""
    if not rows:
        return []
    return [
        Table(
            (_("Evidence"), _("Claim"), _("Source"), _("Grade of the claim")),
            rows,
            caption=_("The evidence"),
            note=_(
                "High is official or two reports, medium one reputable source, "
                "low an aggregator or a partisan one."
            ),
            widths=(12, 46, 28, 14),
        )
    ]


def _claims(account: Account, cause: str, basis: list[str]) -> tuple[str, str]:
    """The evidence behind a cause by its ids, and the grades of what it claims."""
    grades = {entry.id: _(GRADES[entry.confidence]) for entry in account.exercise.evidence}
    signs = {
        f"link:{influence.id}": _(GRADES[influence.confidence])
        for influence in account.exercise.influence
    }
    known = [name for name in basis if name in grades and name != DESIGN]
    claims = [f"{name} {grades[name]}" for name in known]
    if cause in signs:
        claims.append(_("that it works in this direction: {signs}", signs=signs[cause]))
    return ", ".join(known) or _("no evidence"), "; ".join(claims) or _(
        "none: a design value throughout"
    )


def _sources(account: Account, used: list[str]) -> Iterator[tuple[str, ...]]:
    known = {entry.id: entry for entry in account.exercise.evidence}
    for name in dict.fromkeys(used):
        entry = known.get(name)
        if entry is None or name == DESIGN:
            continue
        note = f"\n{text(entry.note)}" if entry.note else ""
        claim = f"{text(entry.claim)}{note}"
        yield name, claim, source_of(known, entry), _(GRADES[entry.confidence])


def source_of(known: Mapping[str, Evidence], entry: Evidence) -> str:
    """Where a claim stands, and when it was said; ids of other evidence by their own sources."""
    names = (name.strip() for name in entry.source.split(","))
    if not all(name in known for name in entry.source.replace(" ", "").split(",")):
        return f"{entry.source}, {entry.date}"
    return "; ".join(dict.fromkeys(f"{known[name].source}, {known[name].date}" for name in names))


def _moved(account: Account) -> list[tuple[str, int, str]]:
    """Causes by what they moved in all, largest first, with the track they moved most."""
    sums: dict[str, dict[str, int]] = {}
    for change in chain.from_iterable(turn.changes for turn in account.turns):
        kind = change.cause.partition(":")[0]
        if kind in _KINDS or kind in account.exercise.injects:
            tracks = sums.setdefault(change.cause, {})
            tracks[change.track] = tracks.get(change.track, 0) + abs(change.by)
    causes = [
        (cause, sum(tracks.values()), max(tracks, key=lambda track: tracks[track]))
        for cause, tracks in sums.items()
    ]
    return sorted(causes, key=lambda row: (-row[1], row[0]))


def limits(account: Account) -> list[Part]:
    """What this report cannot say."""
    sentences = [
        _(words.JUDGEMENT),
        _(LIMIT),
        _("There is no grade for the table: a profile beside reference runs on the same dice."),
        _("One run on one set of dice shows what can happen and why, not how often."),
        (
            _(
                "Ratings are the evaluators'. Where the facilitator ruled "
                "otherwise than the model, that stands beside the model's value."
            )
        ),
        (
            _(
                "HSEEP-style: the forms are those of the doctrine. Whether your "
                "sponsor's rules are met is for you to judge."
            )
        ),
    ]
    if account.masked:
        sentences.append(
            _(
                "Seats are named by their cell alone. Names that were given to be masked are, in "
                "what people typed: read it for others before you pass it on."
            )
        )
    elif account.anonymous:
        sentences.append(
            _(
                "Seats are named by their cell alone. What people typed stands "
                "as they typed it: read it for names before you pass it on."
            )
        )
    return [Heading(2, _("Limits")), Bullets(tuple(sentences))]


def record(account: Account) -> list[Part]:
    """What the record says of itself, and how the report was made."""
    imprint, game = account.imprint, account.game
    final = account.closed and not imprint.damage
    name = imprint.name if not account.anonymous else ""
    rows = (
        (_("Save"), name),
        (_("Entries"), str(account.timeline.last)),
        (_("Fork"), _fork(account)),
        (_("Taken back"), "\n".join(_undone(account))),
        (_("Cover"), "\n".join(corrections(account))),
        (_("Layout"), imprint.layout),
        (_("Damage"), imprint.damage),
        (_("Differences"), _differences(imprint.differing)),
        (_("Gates"), _gates(account)),
        (_("Robots"), _robots(account)),
        (
            _("Excursion"),
            ngettext(
                "{count} number set otherwise",
                "{count} numbers set otherwise",
                len(game.adjusted),
            )
            if game.adjusted
            else "",
        ),
        (
            _("Exercise"),
            _("{exercise}, digest {digest}", exercise=account.exercise.id, digest=imprint.digest),
        ),
        (_("Seed"), str(account.run.seed)),
        (_("Written by"), _("ttx {version}, from the record alone", version=imprint.version)),
        (named(account.timeline.last, final=final), imprint.seal),
    )
    return [
        Heading(2, _("The record")),
        Facts(tuple(row for row in rows if row[1])),
        Paragraph(
            _(
                "'ttx verify' on the save asks the dice and the model for every fact again and "
                "prints {prints_it} A seal proves something only where it was noted elsewhere.",
                prints_it=_(PRINTS_IT if final else PRINTS_ANOTHER),
            )
        ),
    ]


def _differences(count: int) -> str:
    if not count:
        return ""
    what = _("One entry is not") if count == 1 else _("{count} entries are not", count=count)
    return _("{what} what the rules would give again; 'ttx verify' names them.", what=what)


def _fork(account: Account) -> str:
    fork = account.game.forked
    if fork is None:
        return ""
    parent = _("another run") if account.anonymous else fork.parent
    return _("A fork of {parent} at its entry {cut}.", parent=parent, cut=fork.cut)


def _undone(account: Account) -> Iterator[str]:
    """Each time something was taken back: to where, and how many entries."""
    for _rest, n in account.game.undone:
        count = sum(by == n for by in account.timeline.struck.values())
        where = opened(account.timeline.games[n])
        entries = _("1 entry") if count == 1 else _("{count} entries", count=count)
        yield _(
            "Entry {n} went back to {where}; {entries} no longer count, and can be read.",
            n=n,
            where=where,
            entries=entries,
        )


def _gates(account: Account) -> str:
    """Who opened the gates: exercise control, or nobody."""
    white = {cell.id for cell in account.exercise.cell if cell.side == "white"}
    desk = {seat.id for seat in account.exercise.seat if seat.cell in white}
    held = count = 0
    closed_by_hand = False
    for entry in account.in_force():
        match entry.event:
            case LeversLeft():
                closed_by_hand |= entry.by in desk
            case LeversClosed():
                held, count, closed_by_hand = held + closed_by_hand, count + 1, False
            case event if isinstance(event, _OPENED):
                held, count = held + (entry.by in desk), count + 1
    if not count:
        return ""
    if account.timeline.run.alone:
        return _("Nobody facilitated: the gates opened by themselves.")
    if not account.run.facilitator:
        return _("Nobody facilitated: gates opened by themselves, or as a lead went on.")
    told = ngettext(
        "{held} of {count} gate was opened by exercise control.",
        "{held} of {count} gates were opened by exercise control.",
        count,
        held=held,
    )
    if held == count:
        return told
    others = ngettext(
        "The other opened as the cells were done.",
        "The others opened as the cells were done.",
        count - held,
    )
    return f"{told} {others}"


def _robots(account: Account) -> str:
    players = {**account.timeline.run.players}
    robots = {robot.id: text(robot.name) for robot in account.exercise.robot}
    played = [
        f"{account.cells[cell]}: {robots[who]}"
        for cell, who in players.items()
        if cell in account.cells and who in robots
    ]
    again = [
        _("{cells}: {robots} in the end", cells=account.cells[cell], robots=robots[who])
        for cell, who in account.run.players.items()
        if cell in account.cells and who in robots and players.get(cell) == PERSON
    ]
    return "\n".join((*played, *again))
