"""What the numbers rest on, what the record says of itself, and how the report was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ttx.exercise.model import text
from ttx.exercise.references import DESIGN
from ttx.report.aar.account import Account, capital
from ttx.report.document import Bullets, Facts, Heading, Paragraph, Part, Table
from ttx.report.review import LIMIT
from ttx.session.events import Confirmed
from ttx.session.run import PERSON
from ttx.session.sealed import named
from ttx.session.view import words
from ttx.session.view.causes import cause_basis, cause_name
from ttx.session.view.played import opened

MOST = 8
"""More causes than anybody reads stay in the record."""
GRADES = {"H": "high", "M": "medium", "L": "low", "U": "unsourced"}
PRINTS_IT = "the same seal."
PRINTS_ANOTHER = (
    "the seal of all entries that are there by then: this one only as long as no entry is added."
)
_KINDS = ("link", "lever", "calendar", "adversary")


def evidence(account: Account) -> list[Part]:
    """The effects that moved most, each with the evidence behind it and its grade."""
    found = _moved(account)[:MOST]
    if not found:
        return []
    exercise, language = account.exercise, account.language
    moved, claims, used = [], [], []
    for cause, total, track in found:
        basis = cause_basis(exercise, cause)
        used += basis
        name = capital(cause_name(exercise, cause))
        track_name = text(exercise.tracks[track].name, language)
        moved.append((name, words.points(total), track_name, "a design value"))
        claims.append((name, *_claims(account, cause, basis)))
    return [
        Heading(2, "Evidence behind what moved most"),
        Paragraph(
            "What moved most and what is known about it are two tables on purpose: no evidence "
            "here says how large anything is. Points moved are all changes in the record by that "
            "cause, added up whatever their sign."
        ),
        Table(
            ("Cause", "Points moved", "Most on", "Its size is"),
            tuple(moved),
            caption="What moved most",
            widths=(38, 14, 30, 18),
            numbers=(1,),
        ),
        Table(
            ("Cause", "Rests on", "Grade of the claim, not of the size"),
            tuple(claims),
            caption="What the causes rest on",
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
            ("Evidence", "Claim", "Source", "Grade of the claim"),
            rows,
            caption="The evidence",
            note="High is official or two reports, medium one reputable source, low an aggregator "
            "or a partisan one.",
            widths=(12, 46, 28, 14),
        )
    ]


def _claims(account: Account, cause: str, basis: list[str]) -> tuple[str, str]:
    """The evidence behind a cause by its ids, and the grades of what it claims."""
    grades = {one.id: GRADES[one.confidence] for one in account.exercise.evidence}
    signs = {f"link:{one.id}": GRADES[one.confidence] for one in account.exercise.influence}
    known = [one for one in basis if one in grades and one != DESIGN]
    told = [f"{one} {grades[one]}" for one in known]
    if cause in signs:
        told.append(f"that it works in this direction: {signs[cause]}")
    return ", ".join(known) or "no evidence", "; ".join(told) or "none: a design value throughout"


def _sources(account: Account, used: list[str]) -> Iterator[tuple[str, ...]]:
    known = {one.id: one for one in account.exercise.evidence}
    for name in dict.fromkeys(used):
        one = known.get(name)
        if one is None or name == DESIGN:
            continue
        note = f"\n{text(one.note, account.language)}" if one.note else ""
        claim = f"{text(one.claim, account.language)}{note}"
        yield name, claim, f"{one.source}, {one.date}", GRADES[one.confidence]


def _moved(account: Account) -> list[tuple[str, int, str]]:
    """Causes by what they moved in all, largest first, with the track they moved most."""
    sums: dict[str, dict[str, int]] = {}
    for change in chain.from_iterable(turn.changes for turn in account.turns):
        kind = change.cause.partition(":")[0]
        if kind in _KINDS or kind in account.exercise.injects:
            tracks = sums.setdefault(change.cause, {})
            tracks[change.track] = tracks.get(change.track, 0) + abs(change.by)
    found = [
        (cause, sum(tracks.values()), max(tracks, key=lambda one: tracks[one]))
        for cause, tracks in sums.items()
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def limits(account: Account) -> list[Part]:
    """What this report cannot say."""
    said = [
        words.JUDGEMENT,
        LIMIT,
        "There is no grade for the table: a profile beside reference runs on the same dice.",
        "One run on one set of dice shows what can happen and why, not how often.",
        (
            "Ratings are the evaluators'. Where the facilitator ruled otherwise than the model, "
            "that stands beside the model's value."
        ),
        (
            "HSEEP-style: the forms are those of the doctrine. Whether your sponsor's rules are "
            "met is for you to judge."
        ),
    ]
    if account.anonymous:
        said.append(
            "Seats are named by their cell alone. What people typed stands as they typed it: read "
            "it for names before you pass it on."
        )
    return [Heading(2, "Limits"), Bullets(tuple(said))]


def record(account: Account) -> list[Part]:
    """What the record says of itself, and how the report was made."""
    imprint, game = account.imprint, account.game
    final = account.closed and not imprint.damage
    name = imprint.name if not account.anonymous else ""
    rows = (
        ("Save", name),
        ("Entries", str(account.timeline.last)),
        ("Fork", _fork(account)),
        ("Taken back", "\n".join(_undone(account))),
        ("Layout", imprint.layout),
        ("Damage", imprint.damage),
        ("Differences", _differences(imprint.differing)),
        ("Gates", _gates(account)),
        ("Robots", _robots(account)),
        ("Excursion", f"{len(game.adjusted)} numbers set otherwise" if game.adjusted else ""),
        ("Exercise", f"{account.exercise.id}, digest {imprint.digest}"),
        ("Seed", str(account.run.seed)),
        ("Written by", f"ttx {imprint.version}, from the record alone"),
        (named(account.timeline.last, final=final), imprint.seal),
    )
    return [
        Heading(2, "The record"),
        Facts(tuple(row for row in rows if row[1])),
        Paragraph(
            "'ttx verify' on the save asks the dice and the model for every fact again and prints "
            f"{PRINTS_IT if final else PRINTS_ANOTHER} A seal proves something only where it was "
            "noted elsewhere."
        ),
    ]


def _differences(count: int) -> str:
    if not count:
        return ""
    what = "One entry is not" if count == 1 else f"{count} entries are not"
    return f"{what} what the rules would give again; 'ttx verify' names them."


def _fork(account: Account) -> str:
    fork = account.game.forked
    if fork is None:
        return ""
    parent = "another run" if account.anonymous else fork.parent
    return f"A fork of {parent} at its entry {fork.cut}."


def _undone(account: Account) -> Iterator[str]:
    """Each time something was taken back: to where, and how many entries."""
    for _, n in account.game.undone:
        count = sum(by == n for by in account.timeline.struck.values())
        where = opened(account.timeline.games[n])
        entries = "1 entry" if count == 1 else f"{count} entries"
        yield f"Entry {n} went back to {where}; {entries} no longer count, and can be read."


def _gates(account: Account) -> str:
    gates = [one.event for one in account.in_force() if isinstance(one.event, Confirmed)]
    if not gates:
        return ""
    held = sum(one.facilitated for one in gates)
    if not held:
        return f"Nobody facilitated: all {len(gates)} gates opened by themselves."
    return f"{held} of {len(gates)} gates were opened by the facilitator."


def _robots(account: Account) -> str:
    players = {**account.timeline.run.players}
    robots = {one.id: text(one.name, account.language) for one in account.exercise.robot}
    found = [
        f"{account.cells[cell]}: {robots[who]}"
        for cell, who in players.items()
        if cell in account.cells and who in robots
    ]
    again = [
        f"{account.cells[cell]}: {robots[who]} in the end"
        for cell, who in account.run.players.items()
        if cell in account.cells and who in robots and players.get(cell) == PERSON
    ]
    return "\n".join((*found, *again))
