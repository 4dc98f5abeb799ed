"""How facts are written: the class they all are, and their parts as TOML has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from ttx.adjudicator.facts import Effected, Paid, Put, Reckoning, Response, Ruling
from ttx.adjudicator.position import Change
from ttx.session.toml_values import Table, pairs_in, pairs_out


def changes_out(changes: Iterable[Change]) -> list[str]:
    """Changes as one line a track: `us_signal rest -34 link:36a -12`."""
    lines: dict[str, str] = {}
    for cause, track, by in changes:
        lines[track] = f"{lines.get(track, track)} {cause} {by:+d}"
    return list(lines.values())


def changes_in(lines: Iterable[str]) -> tuple[Change, ...]:
    """The changes of such lines."""
    changes = []
    for line in lines:
        track, *words = line.split(" ")
        changes += [
            Change(cause, track, int(by)) for cause, by in zip(words[::2], words[1::2], strict=True)
        ]
    return tuple(changes)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact. Its kind is its class; its fields are whole numbers, texts and lists of them."""

    def as_toml(self) -> Table:
        """The fields as TOML has them; no tables, so that the block ends with its hash."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    @classmethod
    def from_toml(cls, table: Table) -> Event:
        """The event of these fields; KeyError, TypeError or ValueError where they do not fit."""
        return cls(**table)


def ruling_out(fact: Ruling) -> Table:
    """A ruling as keys and values."""
    besides: Table = {
        "budgets": [f"{name} {size} {by}" for name, size, by in fact.budgets],
        "sets": [f"{lever} {level}" for lever, level in fact.sets],
    }
    return {
        "slot": fact.slot,
        "inject": fact.inject,
        "option": fact.option,
        "posture": fact.posture,
        "quarters": fact.quarters,
        "timing": fact.timing,
        "hour": fact.hour,
        "total": fact.total,
        "window": fact.window,
        "critical": fact.critical,
        "minutes": pairs_out(fact.minutes),
        "effects": [f"{e.kind} {e.track} {e.size} {e.by} {e.delay}" for e in fact.effects],
        "limits": changes_out(fact.limits),
        **{key: lines for key, lines in besides.items() if lines},
    }


def ruling_in(table: Table) -> Ruling:
    """The ruling of such keys and values."""
    rows, budgets, sets = (
        [line.split(" ") for line in table.get(key, [])] for key in ("effects", "budgets", "sets")
    )
    return Ruling(
        slot=table["slot"],
        inject=table["inject"],
        option=table["option"],
        posture=table["posture"],
        quarters=table["quarters"],
        timing=table["timing"],
        hour=table["hour"],
        minutes={k: int(v) for k, v in pairs_in(table.get("minutes", [])).items()},
        total=table["total"],
        window=table["window"],
        critical=table.get("critical", ""),
        effects=tuple(Effected(k, t, int(s), int(b), int(d)) for k, t, s, b, d in rows),
        limits=changes_in(table.get("limits", [])),
        budgets=tuple(Paid(name, int(size), int(by)) for name, size, by in budgets),
        sets=tuple(Put(lever, level) for lever, level in sets),
    )


def reckoning_out(fact: Reckoning) -> Table:
    """A reckoning as keys and values."""
    return {
        "turn_reckoned": fact.turn,
        "scores": list(fact.scores),
        "ended": fact.ended,
        "digest": fact.digest,
        "budgets": list(fact.budgets),
        "spent": fact.spent,
        "promised": list(fact.promised),
        "sources": list(fact.sources),
        "shot": list(fact.shot),
        "responses": [
            f"{r.adversary} {r.response} {r.perceived} {r.z} {r.odds} {r.draw} "
            f"{r.z2} {r.odds2} {r.draw2}"
            for r in fact.responses
        ],
        "changes": changes_out(fact.changes),
    }


def reckoning_in(table: Table) -> Reckoning:
    """The reckoning of such keys and values."""
    responses = []
    for line in table["responses"]:
        name, response, *rest = line.split(" ")
        perceived, z, odds, draw, z2, odds2, draw2 = (int(v) for v in rest)
        responses.append(Response(name, perceived, z, odds, draw, z2, odds2, draw2, response))
    return Reckoning(
        turn=table["turn_reckoned"],
        responses=tuple(responses),
        changes=changes_in(table["changes"]),
        sources=tuple(table["sources"]),
        shot=tuple(table["shot"]),
        budgets=tuple(table["budgets"]),
        spent=table["spent"],
        promised=tuple(table["promised"]),
        scores=tuple(table["scores"]),
        digest=table["digest"],
        ended=table["ended"],
    )
