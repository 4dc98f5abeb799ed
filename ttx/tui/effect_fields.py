"""Effects as fields of a form: tracks by name, with points beneath each, and a spare one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.tui.parts.fields import Choice, Field, Line, Option

MOST = 8
"""Effects of one list."""
NONE = "-"
"""Stands for no track."""
POINTS = re.compile(r"[+-]?\d+([.,]\d{1,2})?")


def track_field(of: str, at: int) -> str:
    """The name of the field for the track of an effect of a list, counted from 1."""
    return f"{of} track {at}"


def points_field(of: str, at: int) -> str:
    """The name of the field for its points."""
    return f"{of} points {at}"


def effect_fields(
    exercise: Exercise, typed: Mapping[str, str], of: str, label: str, language: str
) -> list[Field]:
    """The fields of one list of effects, by what was set and typed until now."""
    tracks = [track for track in exercise.track if track.value is None]
    named = (Option(track.id, text(track.name, language)) for track in tracks)
    options = (Option(NONE, _("none")), *named)
    fields: list[Field] = []
    last = max((at for at in range(1, MOST + 1) if _track(typed, of, at)), default=0)
    for at in range(1, min(last + 1, MOST) + 1):
        track = _track(typed, of, at)
        choice = Choice(
            name=track_field(of, at),
            label=label if at == 1 else "",
            options=options,
            value=track or NONE,
            about=_("The track that it moves; left and right choose, or its first letter."),
        )
        fields.append(choice)
        if track:
            points = Line(
                name=points_field(of, at),
                label=f"  {_('points')}",
                value=typed.get(points_field(of, at), ""),
                about=_("How many points up or down, such as +4 or -2.5."),
            )
            fields.append(points)
    return fields


def effects_set(typed: Mapping[str, str], of: str) -> dict[str, Decimal]:
    """The effects of a list that are whole: points by track."""
    effects = dict[str, Decimal]()
    for at in range(1, MOST + 1):
        track, points = _track(typed, of, at), typed.get(points_field(of, at), "").strip()
        if track and POINTS.fullmatch(points):
            effects.setdefault(track, Decimal(points.replace(",", ".")))
    return effects


def mistakes(exercise: Exercise, typed: Mapping[str, str], of: str) -> dict[str, tuple[str, ...]]:
    """What is wrong in the fields of a list, by field; an empty field is wrong as well."""
    wrong, above = dict[str, tuple[str, ...]](), set[str]()
    for at in range(1, MOST + 1):
        track, points = _track(typed, of, at), typed.get(points_field(of, at), "").strip()
        if not track:
            continue
        if track in above:
            name = text(exercise.tracks[track].name)
            wrong[track_field(of, at)] = (_("{track} stands above already.", track=name),)
        above.add(track)
        if not POINTS.fullmatch(points):
            wrong[points_field(of, at)] = (_("Write the points, such as +4 or -2.5."),)
        elif abs(Decimal(points.replace(",", "."))) > 100:
            wrong[points_field(of, at)] = (_("An effect is between -100 and 100 points."),)
    return wrong


def _track(typed: Mapping[str, str], of: str, at: int) -> str:
    track = typed.get(track_field(of, at), NONE)
    return "" if track == NONE else track
