"""An answer to an inject, with what is said beside it: one value, wherever an answer goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from ttx.session.toml_values import Table, pairs_in, pairs_out, said


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody would do about the inject on the table."""

    option: str = ""
    """An option of the inject by its id; empty where none is taken."""
    confidence: int = 0
    """0 to 100; 0 where it was not given."""
    expects: dict[str, str] = field(default_factory=dict)
    """The response expected of each adversary."""
    rationale: str = ""
    written: str = ""
    """The action in own words, where none of the options is taken."""
    pro: str = ""
    """Why it would work, of an action in own words."""
    contra: str = ""
    """Why it might not."""

    def as_toml(self) -> Table:
        """The answer as keys and values, without what was not given."""
        beside = {
            "confidence": self.confidence or "",
            "expects": pairs_out(self.expects),
            "rationale": self.rationale,
            "written": self.written,
            "pro": self.pro,
            "contra": self.contra,
        }
        return {"option": self.option, **said(beside)}

    @classmethod
    def from_toml(cls, table: Table) -> Answer:
        """The answer of such keys; KeyError, TypeError or ValueError where it is none."""
        given = {**table, "expects": pairs_in(table.get("expects", []))}
        return cls(given.pop("option"), **given)
