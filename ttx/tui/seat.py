"""What a page knows of the seat it is shown to: its table, through whose eye, what it may do."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from time import monotonic
from typing import TYPE_CHECKING

from ttx.i18n import N_, Reader, _
from ttx.tui.said_of_run import RUN, TIME, SaidOfRun
from ttx.tui.seat_state import SeatState
from ttx.tui.sight import Sight
from ttx.tui.told import Item

if TYPE_CHECKING:
    from ttx.session.attendance import Attendance, Invites
    from ttx.session.game import Game
    from ttx.session.table import Table
    from ttx.session.view.eye import Eye

Moment = tuple[str, str, bool, int, bool]
"""Phase, inject, whether time stands still, how often something was taken back, the seat too."""
LEAVING = N_("Leave this screen? Your seat is kept, and the same command brings you back.")
LEAVING_BY_CODE = N_("Leave? Your seat is kept; come back by {code}.")
LEAVING_HOST = N_("Stop hosting? All screens close; the run is saved, with every seat.")
LEAVING_TAKEN = N_("Leave this screen? The seat stays with the other one.")


class Mode(Enum):
    """What the screens of a seat are at the moment."""

    PLAY = "play"
    """The seat's own, at a table that takes what it asks for."""
    REPLAY = "replay"
    """A record: each page shows one moment of it."""
    PREVIEW = "preview"
    """Another seat's screens, as the facilitator looks at them."""
    TAKEN_OVER = N_("taken over")
    """The seat's own, which somebody signed in to elsewhere: they only read."""


@dataclass(frozen=True)
class LookedFrom:
    """Where a look at another seat's screen goes back to."""

    table: Table
    seat: str
    state: SeatState


@dataclass
class SeatContext:
    """One seat at one keyboard; the shell changes it, and pages read it."""

    table: Table | None = None
    seat: str = ""
    """Whose views are shown; in a replay, the seat that the eye of the record belongs to."""
    viewpoint: str = ""
    """Whose eye a record is seen through: a seat, or the full truth."""
    reader: Reader = field(default_factory=Reader)
    """The language it is read in."""
    state: SeatState = field(default_factory=SeatState)
    """What lies before the seat and is in no record."""
    attendance: Attendance | None = None
    """Who else is there, at a hosted table."""
    invites: Invites | None = None
    """What the facilitator can do about seats."""
    at_host: bool = False
    """Whether it is the host's own terminal, which no invitation leads to."""
    terminal_words: str = ""
    """What is known of the terminal's colours, in a few words."""
    read_of_move: str = ""
    """What was read of the run having gone on in another file."""
    painted: dict[int, float] = field(default_factory=dict)
    """When each entry that was sent to this seat was first painted here, by Textual's clock."""
    said_of_run: SaidOfRun = field(default_factory=SaidOfRun)
    """What this screen says of the run itself among what was sent."""
    behind: bool = False
    """Whether the run went on behind the page that is open over it."""
    sight: Sight = field(default_factory=Sight)
    """What the screens have shown, and what of it had been seen when a key was pressed."""
    replaying: bool = False
    """Whether the screen of the run is its replay."""
    taken_over: bool = False
    """Whether the seat was taken elsewhere; then this screen only reads."""
    looked_from: LookedFrom | None = None
    """Where a look at another seat's screen goes back to."""

    def __post_init__(self) -> None:
        """The eye is the seat's own, and so is what lies before it."""
        self.viewpoint = self.viewpoint or self.seat
        self._own_state = self.state
        self._told_of: tuple[Game, str, str] | None = None
        self._told: tuple[Item, ...] = ()

    @property
    def game(self) -> Game:
        """The run as it stands; there is one wherever a page of a run is shown."""
        assert self.table is not None
        return self.table.game

    @property
    def eye(self) -> Eye:
        """The seat's eye on the run as it stands."""
        from ttx.session.view.eye import Eye

        return Eye(self.game, self.seat, self.language)

    @property
    def language(self) -> str:
        """The language of this seat."""
        return self.reader.language

    @property
    def mode(self) -> Mode:
        """What its screens are now."""
        if self.replaying:
            return Mode.REPLAY
        if self.previewing:
            return Mode.PREVIEW
        return Mode.TAKEN_OVER if self.taken_over else Mode.PLAY

    @property
    def previewing(self) -> bool:
        """Whether the facilitator looks at another seat's screen."""
        return self.looked_from is not None

    @property
    def own_seat(self) -> str:
        """The seat of whoever sits here, also while it looks at another's screen."""
        return self.seat if self.looked_from is None else self.looked_from.seat

    @property
    def hosted(self) -> bool:
        """Whether people sit at screens of their own, of which this is one."""
        return self.attendance is not None

    @property
    def seats_here(self) -> tuple[str, ...]:
        """The seats at which somebody sits, at a hosted table."""
        places = self.attendance.places() if self.attendance is not None else ()
        return tuple(place.seat for place in places if place.on)

    @property
    def facilitates(self) -> bool:
        """Whether this seat holds the pace."""
        return self.table is not None and self.seat == self.table.game.run.facilitator != ""

    @property
    def at_desk(self) -> bool:
        """Whether this seat may do something at the desk, so that it is shown Control."""
        from ttx.session.rights import at_the_desk

        return self.table is not None and at_the_desk(self.table.game.run, self.seat)

    def may(self, right: str) -> bool:
        """Whether this seat has a right at the desk."""
        from ttx.session.rights import may

        return self.table is not None and may(self.table.game.run, self.seat, right)

    @property
    def excursion(self) -> str:
        """The word that marks every screen of an excursion; empty where the run is none."""
        if self.table is None or not self.table.game.excursion:
            return ""
        from ttx.session.view.excursion import WORD

        return WORD

    @property
    def leaving_words(self) -> str:
        """What leaving means to one of many at a table."""
        if self.at_host:
            return _(LEAVING_HOST)
        if self.taken_over:
            return _(LEAVING_TAKEN)
        code = self.state.return_code
        return _(LEAVING_BY_CODE, code=code) if code else _(LEAVING)

    def record_activity(self) -> None:
        """Somebody wrote here or changed a draft; what the white cell types breaks no silence."""
        if self.attendance is None or self.taken_over or self.previewing or self.table is None:
            return
        if self.eye.side != "white":
            self.attendance.record_activity(self.seat)

    # --- what it is told ---

    @property
    def moment(self) -> Moment | None:
        """What a sentence about the run is true of, where one is played."""
        if self.table is None or self.replaying:
            return None
        game = self.game
        return (game.phase, game.number, game.paused, len(game.undone), self.taken_over)

    @property
    def told(self) -> tuple[Item, ...]:
        """What this seat is told wherever it looks: the last first, before it what is of here."""
        from ttx.session.viewing import Viewing

        if self.table is None or isinstance(self.table, Viewing):
            return ()
        if self.taken_over:
            from ttx.session.attendance import TAKEN

            return (Item(0, _(TAKEN)),)
        moved = self.table.moved
        here = not self.hosted or self.at_desk
        own = (Item(0, moved),) if here and moved != self.read_of_move else ()
        return (*own, *self._sent_and_so())

    def _sent_and_so(self) -> tuple[Item, ...]:
        """What was sent, and what is so of the run: what came or became so last is first."""
        items, new = self.said_of_run.among(self._sent(), self._so(), self.live.game.entries)
        for entry in new:
            self.painted.pop(entry, None)
        return items

    def _so(self) -> dict[int, str]:
        """What is so of the run: that the time is nearly up, and where it went behind a page.

        A screen that is held tells neither, as it stands still.
        """
        from ttx.session.held import Held
        from ttx.session.view.time_left import time_left
        from ttx.session.view.went_on import went_on

        assert self.table is not None
        if isinstance(self.table, Held):
            return {}
        return {
            TIME: time_left(self.game, self.table.elapsed).word,
            RUN: went_on(self.eye) if self.behind and self.mode is Mode.PLAY else "",
        }

    @property
    def live(self) -> Table:
        """Where the run goes on, also while the room's screen is held."""
        from ttx.session.held import live_of

        assert self.table is not None
        return live_of(self.table)

    def _sent(self) -> tuple[Item, ...]:
        """The same of what is in the record; looked up once for a position of the run."""
        from ttx.session.view.eye import Eye
        from ttx.session.view.notices import waiting

        game = self.live.game  # what is sent to the room's screen is shown there while it is held
        now = (game, self.seat, self.language)
        if self._told_of is None or self._told_of[0] is not now[0] or self._told_of[1:] != now[1:]:
            self._told_of = now
            waits = waiting(Eye(game, self.seat, self.language))
            self._told = tuple(Item(notice.entry, notice.words) for notice in waits)
        return self._told

    @property
    def reads(self) -> bool:
        """Whether somebody reads here who can say so; at the room's screen nobody does."""
        from ttx.session.run import PROJECTOR

        return self.seat != PROJECTOR

    @property
    def unread(self) -> int:
        """How much of what was sent waits to be acknowledged."""
        return sum(item.entry > 0 for item in self.told) if self.reads else 0

    @property
    def acknowledges(self) -> bool:
        """Whether something is told here that this seat can put away."""
        return self.reads and self.mode is Mode.PLAY and bool(self.told)

    @property
    def has_messages(self) -> bool:
        """Whether there is a page of all that was sent."""
        from ttx.session.viewing import Viewing

        if self.table is None or isinstance(self.table, Viewing) or not self.reads:
            return False
        return bool(self.game.run.facilitator or self.game.sent)

    def record_painted(self, entries: tuple[int, ...]) -> None:
        """Something that was sent is on this screen now."""
        now = monotonic()
        for entry in entries:
            self.painted.setdefault(entry, now)
        if self.attendance is not None and self.mode is Mode.PLAY:
            self.attendance.record_painted(self.seat, entries)

    def acknowledge(self, entries: tuple[int, ...], pressed: float) -> str:
        """Say that what had been painted when a key was `pressed` is read; why not, where refused.

        What came between the eye and the key stays.
        """
        from ttx.session.command import IllegalDecision
        from ttx.session.save_header import SaveError
        from ttx.session.telling import Acknowledge

        assert self.table is not None
        read = [entry for entry in entries if self.painted.get(entry, pressed) < pressed]
        if 0 in read:
            self.read_of_move = self.table.moved
        self.said_of_run.put_away(read)
        sent = tuple(entry for entry in read if entry > 0)
        if not sent:
            return ""
        try:
            self.table.submit(self.seat, Acknowledge(sent), self.game.entries)
        except (IllegalDecision, SaveError) as error:
            return str(error)
        return ""

    # --- whose screens they are ---

    def look_as(self, seat: str) -> None:
        """See what another seat sees; what lies before that one is not shown."""
        assert self.table is not None
        entries = self.table.game.entries
        self.looked_from = LookedFrom(self.table, self.seat, self.state)
        self.seat, self.state = seat, SeatState(caught_up=entries)

    def look_no_more(self) -> Table:
        """Be oneself again; the table that it was before."""
        assert self.looked_from is not None
        before, self.looked_from = self.looked_from, None
        # Once the seat is taken elsewhere its state is what lies before the other screen.
        self.seat = before.seat
        self.state = deepcopy(before.state) if self.taken_over else before.state
        return before.table

    def take_over(self) -> None:
        """Somebody signed in to this seat elsewhere; from here on this screen only reads.

        What is typed at it is not to move what lies before the other one.
        """
        self.taken_over = True
        if not self.previewing:
            self.state = deepcopy(self.state)

    def give_back(self) -> None:
        """The other screen is gone, and what lay before it lies before this one again."""
        self.taken_over = False
        if self.looked_from is None:
            self.state = self._own_state
        else:
            before = self.looked_from
            self.looked_from = LookedFrom(before.table, before.seat, self._own_state)
