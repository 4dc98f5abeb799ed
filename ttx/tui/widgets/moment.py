"""A run at one moment in a column, from the same parts that live play is drawn with."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _
from ttx.report.document import Entry, Paragraph, Part, Space, Tone
from ttx.session import phases
from ttx.session.view import levers as lever_views
from ttx.session.view import tracks as track_views
from ttx.session.view import words
from ttx.session.view.briefing import briefing
from ttx.session.view.eye import Eye
from ttx.session.view.message import MessageView, message
from ttx.session.view.reckoning import ReckoningView, no_reckoning, reckoning
from ttx.session.view.ruling import RulingView, no_ruling, ruling
from ttx.session.view.table import meanwhile
from ttx.tui import paint
from ttx.tui.parts import document
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets import clock, levers, tracks
from ttx.tui.widgets import message as messages

TRACKS = 6
"""Tracks under the rest, where there is room."""


def rows(eye: Eye, width: int, height: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    """What the seat had before it at that moment, in at most `height` rows."""
    upper = _upper(eye, width, ink, glyphs)
    found = track_views.tracks(eye)
    room = height - len(upper) - 3
    if not found or room < 2:
        return upper[:height]
    shown = track_views.tracks_that_matter(eye, found, min(TRACKS, room))
    return [
        *upper,
        paint.blank(width),
        paint.label(width, _("TRACKS"), ink),
        paint.rule(width, ink, glyphs),
        *(tracks.track_row(one, width, ink, glyphs) for one in shown),
    ]


def _upper(eye: Eye, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    match eye.game.phase:
        case phases.BRIEFING:
            view = briefing(eye)
            return _paragraphs([f"{view.title}.", *view.situation, view.question], width, ink)
        case phases.LEVERS | phases.INJECT:
            words_ = meanwhile(eye)
            said = _paragraphs([words_], width, ink) if words_ else []
            return said + _levers(eye, width, ink, glyphs)
        case phases.DELIBERATION | phases.ADJUDICATION:
            shown = message(eye)
            return _message(shown, width, ink, glyphs) if shown else []
        case phases.REVIEW | phases.OUTCOME:
            ruled = ruling(eye)
            if ruled is not None:
                return _ruling(ruled, width, ink, glyphs)
            return _paragraphs([no_ruling(eye)], width, ink)
        case phases.RESPONSE:
            return _paragraphs([meanwhile(eye)], width, ink)
        case phases.RECKONING:
            reckoned = reckoning(eye)
            if reckoned is not None:
                return _reckoning(reckoned, width, ink, glyphs)
            return _paragraphs([no_reckoning(eye.game)], width, ink)
    ended = _("The exercise ended: {how}.", how=eye.game.ended)
    return _paragraphs([ended, _("Enter opens the review.")], width, ink)


def _paragraphs(texts: list[str], width: int, ink: Ink) -> list[Text]:
    apart = [part for text in texts for part in (Paragraph(text), Space())]
    return document.rows(apart, width, ink)


def _levers(eye: Eye, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    views = lever_views.levers(eye)
    budgets = lever_views.budgets(eye)
    if not views:
        told = lever_views.announced(eye)
        return [
            paint.line(width, [(f"{one.id} ", ink.text), (one.level, f"bold {ink.strong}")])
            for one in told
        ]
    return [
        levers.budget_row(budgets, width, ink),
        paint.blank(width),
        *(levers.list_row(lever, width, ink, glyphs, marked=False) for lever in views),
    ]


def _message(view: MessageView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    found = [
        messages.heading(
            view, width, ink, _("from {sender}", sender=paint.clean(view.sender).split(",")[0])
        ),
        *messages.since_rows(view, width, ink),
        paint.blank(width),
    ]
    told: tuple[Part, ...] = (
        *map(Paragraph, view.text),
        Space(),
        Paragraph(view.question, tone="strong"),
    )
    found += document.rows(told, width, ink)
    for option in view.options:
        sealed = _("sealed") if option.id == view.answered else ""
        found += messages.option_rows(option, width, ink, glyphs, became=sealed, low=True)
    for answer in view.answers:
        if not answer.own or answer.confidence or answer.rationale:
            found += messages.answer_rows(answer, width, ink, glyphs)
    if view.clock is not None:
        found += [
            paint.blank(width),
            clock.heading(view.clock, width, ink),
            *clock.lanes(view.clock, width, ink, glyphs),
        ]
    return found


def _ruling(view: RulingView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    found = [
        paint.line(
            width,
            [
                paint.badge(view.badge.letter, view.badge.colour, ink),
                (f" {paint.clean(view.title)}", f"bold {ink.strong}"),
            ],
            [(_("ruling {number}", number=view.number), ink.muted)],
        ),
    ]
    came: tuple[Tone, ...] = ("good" if view.good else "bad", "strong")
    told: list[Part] = [
        Entry((view.verdict, view.sentence), tones=came),
        *(
            Entry((_("{cell} answered", cell=cell), title), tones=("muted", "text"))
            for cell, title in view.answers
        ),
        Paragraph(view.again, tone="bad"),
    ]
    found += document.rows(told, width, ink)
    if view.clock is not None:
        found += [paint.blank(width), *clock.lanes(view.clock, width, ink, glyphs)]
    found.append(paint.blank(width))
    for one in view.effects:
        mark = paint.direction_colour(one.word, ink)
        later = f" T+{one.delay}" if one.delay else ""
        name = paint.cut(paint.clean(one.name), 17, glyphs)
        found.append(
            paint.line(
                width,
                [(f"{name:<18}", ink.text), (f"{one.arithmetic}{later}", ink.muted)],
                [(f"{words.exact(one.by)} {one.word:<6}", mark)],
            )
        )
    return [*found, *document.rows([Paragraph(view.margin[0], tone="muted")], width, ink)]


def _reckoning(view: ReckoningView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    found = document.rows([Paragraph(view.headline, tone="strong")], width, ink)
    for row in view.responses:
        tone = ink.cool if row.response == "restraint" else ink.heat
        found.append(
            paint.line(
                width,
                [
                    paint.badge(row.badge.letter, row.badge.colour, ink),
                    (f" {row.name:<12} ", f"bold {ink.text}"),
                    (f"{row.response:<10}", tone),
                ],
                [(f"odds {row.odds:>6}  draw {row.draw:>6}", ink.muted)],
            )
        )
    found.append(paint.blank(width))
    for score in view.scores:
        tone = paint.direction_colour(score.word, ink)
        found.append(
            paint.line(
                width,
                [(paint.cut(score.name, width - 26, glyphs), ink.text)],
                [
                    (f"{score.now / 100:>6.2f}", f"bold {ink.strong}"),
                    (f"  {words.exact(score.change):>7} {score.word:<6}", tone),
                ],
            )
        )
    if view.against:
        found.append(paint.blank(width))
        found += document.rows([Paragraph(view.against, tone="strong")], width, ink)
    return found
