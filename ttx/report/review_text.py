"""What a run comes to, as parts of a document: for pipes, for an SSH client and for the screens."""

from __future__ import annotations

from collections.abc import Iterator

from ttx.i18n import _
from ttx.report.adversaries import HEAD, acts_told, sentences_of
from ttx.report.document import (
    Document,
    Entry,
    Paragraph,
    Part,
    Section,
    Space,
    Table,
    Tone,
    Verbatim,
)
from ttx.report.review import FINDINGS, LIMIT, Review
from ttx.report.story import mark
from ttx.report.targets import target_section
from ttx.report.turn_rows import TurnRow
from ttx.session.view import words
from ttx.session.view.ruling import RulingView

MUTED: tuple[Tone] = ("muted",)
PAIR, ACTS = 14, 17
"""Columns for what a score was on the way and at the end; for an adversary's acts and its score."""


def review_of(view: Review) -> Document:
    """The whole review, the sponsor's question first."""
    title = _(
        "REVIEW of {title}, seed {seed}: {played} of {turns} turns",
        title=view.title,
        seed=view.seed,
        played=view.played,
        turns=view.turns,
    )
    space = (Space(),) if view.apart else ()
    parts = (
        *map(Paragraph, view.apart),
        *space,
        Paragraph(view.asked),
        Section(_("This run"), tuple(map(Paragraph, view.chosen))),
        *acts(view),
        moved(view),
        most(view),
        *target_section(view.targets),
        _profile(view),
        Space(),
        *adversaries(view),
        Section(_("Turn by turn"), tuple(turns(view))),
        Space(),
        *_record(view),
        Space(),
        *closed(view),
        *limits(view),
    )
    return Document(title, parts=parts)


def closed(view: Review) -> Iterator[Part]:
    """What all of it answers to the question, in a paragraph."""
    if view.closing:
        yield Section(_("What this run answers"), (Paragraph(" ".join(view.closing)),))
        yield Space()


def acts(view: Review) -> Iterator[Part]:
    """Each adversary's acts beside its score, in this run and the reference runs."""
    rows = view.adversaries
    if not rows:
        return
    names = [run.run for run in (rows[0].own, *rows[0].references)]
    cells = (
        (
            row.name,
            *(f"{acts_told(run.acts)}{run.end / 100:>7.2f}" for run in (row.own, *row.references)),
        )
        for row in rows
    )
    tones: list[Tone] = ["text", "strong", *MUTED * (len(names) - 1)]
    table = Table(
        ("", *names),
        tuple(cells),
        view.luck,
        numbers=tuple(range(1, len(names) + 1)),
        columns=(0, *[ACTS] * len(names)),
        tones=tuple(tones),
    )
    title = _("What the adversaries did: {head}, and the score", head=_(HEAD))
    yield Section(title, (table,))


def moved(view: Review) -> Section:
    """What the choices moved, and what of that is an answer to the question."""
    loud = (Paragraph(sentence, tone="strong") for sentence in view.moved)
    parts = (*loud, *map(Paragraph, (*view.differ, _(FINDINGS))))
    return Section(_("What that moved, on the same dice"), parts)


def most(view: Review) -> Section:
    """The decisions that moved most."""
    first, *others = view.most or (view.unmoved,)
    parts = (Paragraph(first, tone="strong"), *map(Paragraph, others))
    return Section(_("The decision that moved most, told by the same dice without it"), parts)


def _profile(view: Review) -> Section:
    """The scores beside the reference runs: on the way and at the end, a column pair a run."""
    title = _("Profile: on the way, then at the end; the reference runs on the same dice")
    if not view.profile:
        return Section(title, ())
    names = (_("this run"), *(name for name, _way, _end in view.profile[0].references))
    rows = []
    for row in view.profile:
        pairs = ((row.way, row.end), *((way, end) for _name, way, end in row.references))
        rows.append((row.name, *(f"{way / 100:.2f}{end / 100:>7.2f}" for way, end in pairs)))
    table = Table(
        ("", *names),
        tuple(rows),
        numbers=tuple(range(1, len(names) + 1)),
        columns=(0, *[PAIR] * len(names)),
    )
    return Section(title, (table,))


def adversaries(view: Review) -> Iterator[Entry]:
    """What each adversary was to be deterred from, was after, did, and could not do."""
    for row in view.adversaries:
        sentences = tuple(map(Paragraph, sentences_of(row)))
        yield Entry((row.name,), sentences, ("strong",), under=2)


def turns(view: Review, *, whole: bool = False) -> Iterator[Entry]:
    """Every turn in order: its moves, what came of its injects, and its reckoning.

    In brief where rulings were told before; else with what came of each in its own words.
    """
    for turn in view.rows:
        parts = tuple(_turn(turn, whole=whole))
        yield Entry((f"T{turn.turn}", turn.when), parts, ("strong", "muted"))


def _turn(turn: TurnRow, *, whole: bool) -> Iterator[Part]:
    if turn.moves:
        yield Paragraph(_("levers: {moves}", moves="; ".join(turn.moves)))
    for ruling, reasons in zip(turn.rulings, turn.reasons, strict=True):
        yield _ruling(ruling, reasons, whole=whole)
    if turn.reckoning is not None:
        yield from map(Paragraph, (turn.reckoning.headline, *turn.reckoning.ruled))


def _ruling(view: RulingView, reasons: tuple[str, ...], *, whole: bool) -> Entry:
    slow = _("Slowest: {stage}.", stage=view.slowest) if view.slowest else ""
    margin = " ".join(view.margin) if view.clock is not None else ""
    head, answer = f"{view.headed} {view.title}:", f"{view.answers[0][1]}."
    if not whole:
        under = tuple(map(Paragraph, filter(None, (*reasons, margin))))
        return Entry((head, answer, view.verdict, slow), under)
    why = " ".join(filter(None, (slow, margin)))
    return Entry(
        (head, answer, view.verdict),
        (*map(Paragraph, filter(None, (view.sentence, *reasons))), Paragraph(why, tone="muted")),
        ("bold", "text", "good" if view.good else "bad"),
        mark(view.badge),
        hang=4,
    )


def _record(view: Review) -> Iterator[Part]:
    """The clocks in short, and what is to be said of the record."""
    in_time, late, too_late = view.timings
    yield Paragraph(
        _(
            "Crises: {in_time} in time, {late} late, {too_late} far too late",
            in_time=in_time,
            late=late,
            too_late=too_late,
        )
    )
    if view.slowest:
        stages = ", ".join(
            _("{name} {count}x", name=name, count=count) for name, count in view.slowest
        )
        yield Paragraph(_("Slowest stage: {stages}", stages=stages))
    yield from map(Paragraph, view.record)
    for turn, who, note in view.notes:
        yield Paragraph(_("Note T{turn} ({who}): {note}", turn=turn, who=who, note=note))


def limits(view: Review) -> Iterator[Part]:
    """What the numbers are, and the seal of the record."""
    yield from (Paragraph(_(words.JUDGEMENT), tone="muted"), Paragraph(_(LIMIT), tone="muted"))
    if view.sealed:
        yield Verbatim(view.sealed)
