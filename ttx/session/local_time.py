"""The wall clock by which times of a record are told, wherever they are told.

A record has its times in UTC. They are told in the zone that the session's particulars name, else
in that of the machine on which somebody reads them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ttx.session.game import Game


@dataclass(frozen=True, slots=True)
class WallClock:
    """A clock on the wall of some place."""

    zone: datetime.tzinfo | None = datetime.UTC
    """Where it hangs; None for that of this machine, summer and winter time as they were."""

    def local(self, at: str) -> datetime.datetime:
        """What it showed at a time of a record, which is ISO in UTC."""
        return datetime.datetime.fromisoformat(at).astimezone(self.zone)

    def hour(self, at: str) -> str:
        """The same as a row has it: `19:42`; empty where there is no time."""
        return f"{self.local(at):%H:%M}" if at else ""

    def stamp(self, at: str) -> str:
        """The same as a table has it: `2026-03-12 19:42:07`; empty where there is no time."""
        return f"{self.local(at):%Y-%m-%d %H:%M:%S}" if at else ""

    def called(self, at: str) -> str:
        """The clock at a time of a record: `UTC+09:00 (JST)`, `Asia/Tokyo, UTC+09:00 (JST)`."""
        moment = self.local(at)
        key = self.zone.key if isinstance(self.zone, ZoneInfo) else ""
        place = f"{key}, " if "/" in key else ""
        if not moment.utcoffset():
            return f"{place}UTC"
        name, offset = moment.tzname() or "", moment.isoformat()[-6:]
        known = name[:1].isalpha() and name[:3] != "UTC"
        return f"{place}UTC{offset}" + (f" ({name})" if known else "")


def zone_of(name: str) -> datetime.tzinfo | None:
    """The time zone of that name in the IANA database, such as `Asia/Tokyo`; None where none is."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, or no access
        return None


def clock_of(game: Game) -> WallClock:
    """The clock of a run: that of the session's place, where its particulars name a zone."""
    return WallClock(zone_of(game.notebook.particulars.zone))
