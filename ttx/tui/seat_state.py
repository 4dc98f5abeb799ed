"""What a seat has before it that is in no record: it stays when the connection drops."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ttx.session.answer import Answer


@dataclass
class Draft:
    """An answer, or a move of a lever, that was not asked for yet."""

    of: str = ""
    """Seat, turn and inject it belongs to; another one begins anew."""
    marked: int = 0
    touched: bool = False
    """Whether the person has marked an answer; the first open one is marked for them."""
    lever: str = ""
    picked: int | None = None
    """The level marked for that lever."""
    own: bool = False
    """Whether the action in own words is what is marked, and no option."""
    answer: Answer = field(default_factory=Answer)
    """What is said beside it, and that action, which stays while an option is marked instead."""

    def as_answer(self, option: str) -> Answer:
        """What is handed in: that option, or the action in own words where that is marked."""
        if self.own:
            return replace(self.answer, option=option)
        return replace(self.answer, option=option, written="", pro="", contra="")


@dataclass
class Silence:
    """What the facilitator made of a silence at one inject."""

    of: str = ""
    """The inject, such as `4.1`; at another one it begins anew."""
    left: bool = False
    """Whether its questions are left be."""
    longer: int = 0
    """Seconds more to wait."""


@dataclass
class SeatState:
    """One seat's place, kept from one connection to the next."""

    draft: Draft = field(default_factory=Draft)
    where: str = ""
    """The page that is open over the run, as `go` names it; empty where none is."""
    asked: int = 0
    """Where the questions of the hot wash stand, for whoever asks them."""

    caught_up: int = 0
    """The entry of the last hand-over whose catch-up brief was shown."""
    silence: Silence = field(default_factory=Silence)
    """The facilitator's."""
    typed: dict[str, str] = field(default_factory=dict)
    """The facilitator's form of an ad-hoc inject, by field, until it is added."""
    feedback: dict[str, str] = field(default_factory=dict)
    """What is marked and answered in the feedback form, by field, until it is handed in."""
    unsent: bool = False
    """Whether something was open to write in when the screen ended: that alone is not kept."""
    theme: str = ""
    lines: bool = False
    """Whether the seat asked for plain lines instead of screens."""
    plain: bool | None = None
    """Whether signs are ASCII only; None where the terminal decides."""
    language: str = ""
    """The language that was chosen; empty where the terminal or the host decides."""
    return_code: str = ""
    """What lets somebody without a key come back; shown in the lobby."""
