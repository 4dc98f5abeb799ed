"""The pages by name, each loaded when it is first gone to."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from ttx.tui.keys import declared, shown

if TYPE_CHECKING:
    from ttx.tui.page import Page
    from ttx.tui.seat import SeatContext

PAGES = {
    "adhoc": "adhoc:AdHocScreen",
    "amend": "amend:AmendScreen",
    "analysis": "evaluation_analysis:AnalysisForm",
    "attendance": "attendance:AttendanceScreen",
    "by hand": "by_hand:ByHandScreen",
    "briefing": "briefing:BriefingScreen",
    "choice": "choice:ChoicePage",
    "compare": "compare:CompareScreen",
    "control": "control:ControlScreen",
    "enter": "enter:EnterScreen",
    "evaluation": "evaluation:EvaluationScreen",
    "excursion": "excursion:ExcursionScreen",
    "feedback": "feedback:FeedbackForm",
    "forecast": "fan:FanScreen",
    "hand over": "curtain:Curtain",
    "hear": "hear:HearScreen",
    "help": "help:HelpScreen",
    "home": "home:HomeScreen",
    "hotwash": "hotwash:HotWashScreen",
    "in full": "in_full:InFull",
    "inquiries": "inquiries:InquiriesScreen",
    "inject": "inject_sheets:Contingency",
    "journal": "journal:JournalScreen",
    "lobby": "lobby:LobbyScreen",
    "messages": "messages:MessagesScreen",
    "particulars": "particulars:ParticularsForm",
    "plan": "hotwash_plan:PlanForm",
    "rating": "evaluation_rating:RatingScreen",
    "reckoning": "reckoning:ReckoningScreen",
    "replay": "replay:ReplayScreen",
    "response": "response:ResponseScreen",
    "review": "review:ReviewScreen",
    "room": "room:RoomScreen",
    "rights": "rights:RightsScreen",
    "ruling": "ruling:RulingScreen",
    "sheet": "sheet:Sheet",
    "standing": "standing:StandingScreen",
    "table": "table:TableScreen",
    "theatre": "theatre:TheatreScreen",
    "weigh": "weigh:WeighScreen",
}
"""Module in `ttx.tui.screens` and class, by the name that a key goes to it by."""
BESIDE_THE_RUN = frozenset(
    {
        "attendance",
        "briefing",
        "evaluation",
        "forecast",
        "hotwash",
        "inquiries",
        "moment",
        "review",
        "standing",
        "theatre",
    }
)
"""Those of which one at a time lies over the run; it is gone back to when the seat comes back."""


def page(name: str) -> type[Page]:
    """The page of that name; KeyError where there is none."""
    module, _, kind = PAGES[name].partition(":")
    return cast("type[Page]", getattr(import_module(f"ttx.tui.screens.{module}"), kind))


def key(where: str, name: str, rebound: Mapping[str, str]) -> str:
    """The key of a binding of a page or of its parts, as a sentence on another page names it.

    `rebound` are keys of one's own. KeyError where there is no such page or binding.
    """
    kind = page(where)
    bound = ChainMap(*map(declared, (kind, *kind.PARTS.values())))
    return shown(rebound.get(name) or bound[name].key)


def of_phase(context: SeatContext) -> str:
    """The name of the page that a seat sees in the present phase of its run.

    The room's screen sees what the desk put there instead, if it did.
    """
    from ttx.session import phases
    from ttx.session.control_events import MAP, STANDING
    from ttx.session.run import PROJECTOR
    from ttx.session.view.choice import chooses
    from ttx.session.view.room import put_there

    room = put_there(context.game) if context.seat == PROJECTOR else None
    if room is not None:
        return {MAP: "theatre", STANDING: "standing"}.get(room.shows, "room")
    phase = context.game.phase
    if phase == phases.RESPONSE and chooses(context.eye):
        return "response"
    names = {
        phases.BRIEFING: "briefing",
        phases.REVIEW: "ruling",
        phases.RECKONING: "reckoning",
        phases.HOTWASH: "hotwash" if context.hosted else "review",
        phases.CLOSED: "review",
    }
    return names.get(phase, "table")
