"""Holds the numbers of the rule model of `accelerate` as plain literals, in hundredths."""

from typing import NamedTuple

Condition = tuple[str, str, int]
"""Subject (a track as V18, a lever, `strike` or `fired`), comparison, bound."""

Term = tuple[int, int, int]
"""Number of the track, size, delay in turns."""


class Track(NamedTuple):
    """A track: its number V, start of December 2024, target, rate in sixteenths and ranges."""

    number: int
    id: str
    better: str
    start: int
    rest: int
    rate: int
    low: int
    high: int
    s2: int
    s3: int


class Link(NamedTuple):
    """An influence of one track (or derived value) on another, in 256ths, with its delay."""

    id: str
    source: str
    target: str
    kind: str
    k: int
    delay: int
    low: int
    high: int
    while_none: str


class Effect(NamedTuple):
    """What the levels of a lever do to one track: kind T shifts the target, F is a flow."""

    track: int
    kind: str
    delay: int
    values: tuple[int, ...]


class Lever(NamedTuple):
    """A lever: its levels, the level at the start, effects and prices by level."""

    id: str
    levels: tuple[str, ...]
    start: int
    effects: tuple[Effect, ...]
    upkeep: tuple[int, ...]
    attention: tuple[int, ...]
    consent: tuple[int, ...]


class Prerequisite(NamedTuple):
    """A condition asked when a lever enters a level by a move up."""

    lever: str
    comparison: str
    level: int
    condition: Condition


class Option(NamedTuple):
    """One answer to an inject; `quarters` is None where the default of the lean holds.

    `budgets` are units that a budget gets or loses, `sets` are levers with the level they get.
    """

    lean: str
    id: str
    needs: tuple[Condition, ...]
    benefit: tuple[Term, ...]
    cost: tuple[Term, ...]
    provocation: tuple[int, int, int]
    quarters: tuple[int, int, int] | None
    budgets: tuple[tuple[str, int], ...] = ()
    sets: tuple[tuple[str, int], ...] = ()


class Inject(NamedTuple):
    """An inject; it is a candidate when any of its conditions holds, or when it has none."""

    number: int
    id: str
    actor: str
    slot: str
    first: int
    last: int
    when: tuple[Condition, ...]
    weight: tuple[int, int, int]
    profile: str | None
    window: int | None
    late: tuple[Term, ...]
    options: tuple[Option, ...]


class Decision(NamedTuple):
    """A logit: its bias, the weights of tracks and the weight of perceived deterrence."""

    bias: int
    weights: tuple[tuple[int, int], ...]
    deterrence: int


class Adversary(NamedTuple):
    """An adversary: how it decides to act and to escalate, and what each response does."""

    id: str
    act: Decision
    escalate: Decision
    responses: dict[str, tuple[Term, ...]]


class Robot(NamedTuple):
    """A robot: its wishes (turn, lever, level) and the rule by which it chooses options."""

    wishes: tuple[tuple[int, str, str], ...]
    rule: str


class Score(NamedTuple):
    """A score: its sense and its value at the start, after S1."""

    id: str
    better: str
    start: int


# The tables keep one row of the model to a line or two, which a formatter would unfold.
# fmt: off

TRACKS: tuple[Track, ...] = (
    Track(1, "jfhq_maturity", "higher", 1000, 1000, 3, 500, 2000, 1800, 3200),
    Track(2, "fwd_staff", "higher", 500, 500, 6, 0, 1000, 1200, 2200),
    Track(3, "usfj_authority", "higher", 800, 800, 4, 300, 1500, 1000, 1500),
    Track(4, "rank_parity", "higher", 3500, 3500, 4, 2000, 5000, 3000, 3000),
    Track(5, "jjoc_maturity", "higher", 2000, 2000, 0, 1000, 3000, 3000, 5500),
    Track(6, "acm_practice", "higher", 4500, 4500, 3, 3500, 5500, 4700, 5200),
    Track(7, "info_sharing", "higher", 4200, 4200, 2, 3000, 5500, 4300, 4800),
    Track(8, "latency", "lower", 6200, 6200, 0, 5000, 7500, 6000, 5400),
    Track(9, "c2_resilience", "higher", 3500, 3500, 3, 2000, 5000, 3500, 3700),
    Track(10, "theatre_coherence", "higher", 6000, 6000, 3, 4500, 7500, 5800, 5500),
    Track(11, "jp_strike_stock", "higher", 500, 500, 0, 200, 1200, 800, 2500),
    Track(12, "isr_targeting", "higher", 3000, 3000, 2, 2000, 4500, 3200, 3800),
    Track(13, "us_posture_munitions", "higher", 5800, 5800, 2, 4500, 7000, 5800, 4600),
    Track(14, "base_access", "higher", 6000, 6000, 2, 4500, 7500, 6000, 6000),
    Track(15, "jp_gov_capital", "higher", 4000, 4000, 2, 2500, 6000, 3800, 7000),
    Track(16, "jp_public", "higher", 5200, 5200, 2, 4000, 6200, 5200, 5500),
    Track(17, "okinawa_consent", "higher", 2800, 2800, 1, 1500, 4000, 2800, 2800),
    Track(18, "us_signal", "higher", 6000, 6000, 3, 4000, 7500, 4800, 4500),
    Track(19, "us_resources", "higher", 4500, 4500, 3, 3000, 6000, 4000, 4500),
    Track(20, "rok_confidence", "higher", 5500, 5500, 2, 3500, 6500, 4200, 4500),
    Track(21, "prc_encirclement", "lower", 5500, 5500, 2, 4000, 7000, 5600, 6800),
    Track(22, "prc_greyzone", "lower", 6000, 6000, 3, 4500, 7500, 6200, 7200),
    Track(23, "dprk_activity", "lower", 6000, 6000, 4, 4500, 7500, 5500, 5800),
    Track(24, "adversary_alignment", "lower", 5500, 5500, 2, 4000, 7000, 5800, 6200),
    Track(25, "temperature", "lower", 2500, 2500, 5, 1500, 3500, 2500, 3500),
    Track(26, "offramp", "higher", 4500, 4500, 2, 2500, 6000, 4500, 3000),
    Track(27, "econ_pressure", "lower", 2000, 2000, 2, 1000, 5000, 1500, 5000),
)

LINKS: tuple[Link, ...] = (
    Link("8a", "us_resources", "jfhq_maturity", "level", 96, 1, 48, 144, ""),
    Link("8b", "us_resources", "fwd_staff", "level", 64, 1, 32, 96, ""),
    Link("9", "jfhq_maturity", "usfj_authority", "level", 64, 2, 32, 96, ""),
    Link("10", "fwd_staff", "acm_practice", "level", 64, 1, 32, 96, ""),
    Link("11", "rank_parity", "acm_practice", "level", 26, 1, 13, 39, ""),
    Link("13", "fwd_staff", "c2_resilience", "level", -64, 0, -32, -96, ""),
    Link("13b", "usfj_authority", "c2_resilience", "level", -26, 0, -13, -39, ""),
    Link("16", "usfj_authority", "theatre_coherence", "level", -64, 1, -32, -96, ""),
    Link("18", "info_sharing", "isr_targeting", "level", 128, 1, 64, 192, ""),
    Link("21", "fwd_staff", "info_sharing", "level", 26, 1, 13, 39, ""),
    Link("24", "strike_effect", "prc_encirclement", "level", 64, 0, 32, 96, ""),
    Link("25", "announced", "prc_encirclement", "level", 26, 0, 13, 39, ""),
    Link("27", "prc_encirclement", "prc_greyzone", "level", 64, 0, 32, 96, ""),
    Link("28", "prc_encirclement", "adversary_alignment", "level", 26, 1, 13, 39, ""),
    Link("29", "prc_greyzone", "temperature", "level", 64, 0, 32, 96, ""),
    Link("30", "dprk_activity", "temperature", "level", 26, 0, 13, 39, ""),
    Link("31a", "adversary_alignment", "prc_greyzone", "level", 26, 0, 13, 39, ""),
    Link("31b", "adversary_alignment", "dprk_activity", "level", 26, 0, 13, 39, ""),
    Link("33", "offramp", "temperature", "level", -64, 0, -32, -96, ""),
    Link("36a", "expectation_gap", "us_signal", "level", -64, 1, -32, -96, ""),
    Link("36b", "expectation_gap", "jp_gov_capital", "level", -64, 1, -32, -96, ""),
    Link("42", "okinawa_consent", "base_access", "level", 64, 1, 32, 96, ""),
    Link("44a", "econ_pressure", "jp_gov_capital", "change", 64, 0, 32, 96, ""),
    Link("44b", "econ_pressure", "jp_gov_capital", "change", -96, 1, -48, -144, ""),
    Link("44c", "econ_pressure", "jp_public", "level", -26, 1, -13, -39, ""),
    Link("45", "usfj_authority", "jp_public", "level", -26, 0, -13, -39, ""),
    Link("47a", "rank_parity", "rok_confidence", "level", -64, 0, -32, -96, "ally_consult"),
    Link("47b", "usfj_authority", "rok_confidence", "level", -64, 0, -32, -96, "ally_consult"),
    Link("52a", "temperature", "jp_gov_capital", "change", 26, 0, 13, 39, ""),
    Link("52b", "temperature", "jp_gov_capital", "change", -38, 1, -19, -57, ""),
)

LEVERS: tuple[Lever, ...] = (
    Lever("pace", ("hold", "phased", "accelerated", "crash"), 1, (
        Effect(1, "T", 1, (0, 3000, 6000, 7500)),
        Effect(18, "T", 0, (-300, 0, 300, 400)),
        Effect(13, "T", 2, (0, -100, -500, -1000)),
        Effect(19, "T", 1, (200, 0, -400, -1000)),
        Effect(10, "T", 1, (0, 0, -200, -600)),
    ), (0, 30, 70, 115), (2, 1, 3, 5), (0, 0, 1, 2)),
    Lever("standing_staff", ("none", "liaison", "cell", "full"), 0, (
        Effect(2, "T", 1, (0, 1200, 3500, 7000)),
        Effect(16, "T", 1, (0, 0, -100, -400)),
        Effect(10, "T", 1, (0, 0, -200, -500)),
        Effect(18, "T", 1, (0, 0, 0, 100)),
        Effect(17, "T", 1, (0, 0, 0, -200)),
    ), (0, 4, 16, 45), (1, 1, 2, 4), (0, 0, 1, 3)),
    Lever("authority", ("none", "disaster", "air_coordination", "maritime_grey_zone"), 0, (
        Effect(3, "T", 1, (0, 1400, 3000, 4600)),
        Effect(21, "T", 0, (0, 0, 0, 100)),
    ), (0, 1, 2, 3), (1, 2, 3, 4), (0, 0, 1, 2)),
    Lever("rank", ("three_star", "four_star"), 0, (
        Effect(4, "T", 2, (0, 3500)),
        Effect(21, "T", 0, (0, 200)),
        Effect(19, "T", 1, (0, -200)),
    ), (0, 3), (2, 5), (0, 0)),
    Lever("site", ("yokota", "roppongi", "split", "mobile_alternate"), 0, (
        Effect(2, "T", 2, (0, 800, 400, 0)),
        Effect(9, "T", 2, (0, -400, 800, 1600)),
        Effect(16, "T", 1, (0, -400, -100, -100)),
    ), (0, 4, 8, 14), (1, 2, 2, 3), (1, 3, 2, 2)),
    Lever("resilience", ("none", "exercise_alternates", "harden"), 0, (
        Effect(9, "T", 1, (0, 800, 1000)),
        Effect(9, "T", 3, (0, 0, 1600)),
        Effect(6, "T", 1, (0, 300, 300)),
        Effect(17, "T", 1, (0, -100, -200)),
        Effect(25, "T", 0, (0, 0, -100)),
    ), (0, 8, 45), (1, 1, 2), (0, 0, 2)),
    Lever("acm_watch", ("case_by_case", "permanent"), 0, (
        Effect(6, "T", 1, (0, 1600)),
        Effect(15, "T", 0, (0, -100)),
    ), (0, 5), (1, 1), (0, 2)),
    Lever("release_cyber", ("as_now", "package", "deep"), 0, (
        Effect(7, "T", 1, (0, 1000, 1400)),
        Effect(7, "T", 3, (0, 0, 1200)),
        Effect(12, "T", 1, (0, 300, 600)),
    ), (0, 10, 28), (1, 2, 4), (0, 1, 3)),
    Lever("ally_consult", ("none", "rok_first", "rok_plus"), 0, (
        Effect(20, "T", 0, (0, 800, 1200)),
        Effect(1, "T", 1, (0, -200, -400)),
        Effect(21, "T", 0, (0, 100, 300)),
        Effect(24, "T", 0, (0, 0, 100)),
    ), (0, 0, 1), (0, 2, 3), (0, 0, 1)),
    Lever("legal_message", ("none", "separate_chains"), 0, (
        Effect(16, "T", 0, (0, 500)),
        Effect(15, "T", 0, (0, 200)),
        Effect(21, "T", 0, (0, -200)),
    ), (0, 0), (0, 1), (0, 2)),
    Lever("hns", ("quiet", "firewall", "link"), 0, (
        Effect(18, "T", 0, (0, 300, -300)),
        Effect(19, "T", 1, (0, -200, 500)),
        Effect(15, "T", 0, (0, 100, -600)),
        Effect(16, "T", 0, (0, 0, -600)),
    ), (0, 0, -10), (0, 3, 1), (0, 0, 2)),
    Lever("munitions", ("theatre", "balanced", "coproduction"), 0, (
        Effect(11, "F", 2, (0, 75, 100)),
        Effect(11, "F", 4, (0, 0, 150)),
        Effect(13, "T", 1, (0, -200, -400)),
        Effect(13, "T", 5, (0, 300, 900)),
    ), (0, 20, 55), (1, 1, 3), (0, 0, 1)),
    Lever("offramps", ("none", "hotline_drill", "full"), 0, (
        Effect(26, "T", 1, (0, 900, 1800)),
        Effect(25, "T", 0, (0, -100, -200)),
        Effect(15, "T", 0, (0, -100, -300)),
        Effect(21, "T", 0, (0, -100, -300)),
        Effect(18, "T", 0, (0, 0, -200)),
    ), (0, 1, 2), (0, 1, 2), (0, 1, 2)),
    Lever("hawaii_rules", ("none", "written_rules", "rules_and_deputy"), 0, (
        Effect(10, "T", 1, (0, 1000, 1600)),
        Effect(6, "T", 1, (0, 200, 400)),
        Effect(13, "T", 2, (0, 100, 300)),
        Effect(20, "T", 0, (0, 200, 300)),
        Effect(15, "T", 0, (0, 0, -200)),
        Effect(16, "T", 0, (0, 0, -100)),
    ), (0, 2, 8), (0, 2, 3), (0, 0, 0)),
)

PREREQUISITES: tuple[Prerequisite, ...] = (
    Prerequisite("standing_staff", "==", 3, ("V01", ">=", 1500)),
    Prerequisite("authority", ">=", 2, ("V01", ">=", 1800)),
    Prerequisite("authority", "==", 3, ("V01", ">=", 2800)),
    Prerequisite("authority", ">=", 2, ("hawaii_rules", "<=", 1)),
    Prerequisite("hawaii_rules", "==", 2, ("authority", "<=", 1)),
    Prerequisite("rank", "==", 1, ("pace", ">=", 1)),
    Prerequisite("pace", "==", 3, ("V19", ">=", 4000)),
    Prerequisite("site", ">=", 2, ("standing_staff", ">=", 1)),
)

STEP_DOWN: dict[str, tuple[tuple[int, int], ...]] = {
    "pace": ((18, -400), (15, -200)),
    "standing_staff": ((18, -200),),
}

ANNOUNCED: tuple[int, ...] = (1000, 2800, 5500, 7500)  # by level of pace
AGAIN: dict[int, int] = {}  # by number, turns after which an inject comes again
SHARED_HOURS = frozenset({8, 9, 10, 11})
DEPUTY: tuple[int, ...] = (4, 4, 3)  # by level of hawaii_rules, quarters of the wait
CONSULT_QUALITY: tuple[int, ...] = (3000, 7000, 8500)  # by level of ally_consult
LEGAL_CLARITY: tuple[int, ...] = (3000, 7000)  # by level of legal_message
HNS_DISPUTE: tuple[int, ...] = (0, 0, 800)  # by level of hns

MONEY_START, ATTENTION_START, CONSENT_START, ANNOUNCED_START = 0, 4, 4, 2800
ATTENTION_INCOME, ATTENTION_CAP, CONSENT_CAP = 4, 12, 10
MONEY_FLOOR, MONEY_CAP = -100, 150
OVERDRAFT: tuple[tuple[int, int], ...] = ((19, -200), (13, -100))
GAME_OVER = 9000  # temperature

STAGES: tuple[str, ...] = ("detect", "share", "assess", "legal", "signal",
                           "coa", "orders", "message")  # order of the jitter bytes
PROFILES: dict[str, dict[str, int]] = {  # base minutes; wait in sixteenths
    "air_sea": {"detect": 20, "share": 90, "assess": 180, "legal": 180, "signal": 240,
        "coa": 330, "orders": 180, "message": 120, "wait": 16},
    "flash": {"detect": 2, "share": 8, "assess": 14, "legal": 14, "signal": 14,
        "coa": 14, "orders": 8, "message": 10, "wait": 0},
    "drill": {"detect": 60, "share": 180, "assess": 300, "legal": 480, "signal": 420,
        "coa": 480, "orders": 240, "message": 180, "wait": 16},
    "law": {"detect": 15, "share": 60, "assess": 120, "legal": 1080, "signal": 300,
        "coa": 240, "orders": 120, "message": 120, "wait": 8},
    "cyber": {"detect": 240, "share": 360, "assess": 480, "legal": 180, "signal": 180,
        "coa": 600, "orders": 300, "message": 120, "wait": 16},
    "disaster": {"detect": 20, "share": 120, "assess": 180, "legal": 150, "signal": 120,
        "coa": 600, "orders": 300, "message": 180, "wait": 12},
    "message": {"detect": 120, "share": 120, "assess": 180, "legal": 60, "signal": 210,
        "coa": 150, "orders": 60, "message": 240, "wait": 8},
}

PRODUCT = 0  # stands for the track number of the product term of staff and authority
WEIGHTS: dict[str, tuple[tuple[int, int], ...]] = {  # 256ths for 100 points
    "detect": ((12, 64),),
    "share": ((7, 128), (2, 96), (9, 32)),
    "assess": ((6, 112), (5, 64), (12, 40), (2, 48)),
    "legal": ((15, 128), (5, 32), (16, 48), (6, 24)),
    "signal": ((18, 192), (10, 32), (3, 24)),
    "coa": ((2, 48), (3, 64), (PRODUCT, 160), (1, 32), (6, 40)),
    "orders": ((3, 128), (10, 64), (4, 32), (5, 48)),
    "message": ((18, 96), (6, 64), (2, 64), (15, 32)),
}
MARGIN_TRACKS: tuple[int, ...] = (2, 3, 1, 4, 5, 6, 7, 9, 10, 12, 15, 16, 18)

CALENDAR: tuple[tuple[str, tuple[int, ...], tuple[tuple[int, int], ...]], ...] = (
    ("jjoc", (2,), ((5, 800),)),
    ("jjoc", (3, 4, 5, 6, 7, 8, 9, 10), ((5, 400),)),
    ("tomahawk", (6, 7, 8, 9, 10), ((11, 400),)),
    ("budget", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ((11, 100), (12, 100))),
    ("budget", (3, 5, 7, 9), ((9, 100),)),
    ("exercise", (1, 5, 9), ((6, 200), (5, 100), (1, 100))),
    ("ndaa", (5,), ((19, 300), (18, 100))),
    ("cyber_law", (6, 9), ((7, 100),)),
    ("rotation", (9,), ((1, -200), (6, -200))),
)

WEATHER: tuple[tuple[int, int], ...] = (  # track and size in points, from slot 41 on
    (15, 4), (18, 4), (19, 3), (20, 3), (17, 3), (24, 2), (13, 2),
)

CRISIS_BAR, POLICY_BAR = 7000, 6200
POSTURE_QUARTERS: dict[str, tuple[int, int, int]] = {
    "F": (4, 2, 1), "J": (3, 4, 3), "T": (2, 3, 4), "R": (4, 4, 4),
}
TIMING_QUARTERS: dict[str | None, int] = {"on_time": 4, "late": 2, "far_too_late": 0, None: 4}

INJECTS: tuple[Inject, ...] = (
    Inject(1, "radar_at_dusk", "prc", "crisis", 1, 10,
        (("V22", ">=", 4500),), (24, 64, 22),
        "air_sea", 1320, ((25, 600, 0), (18, -400, 0)), (
        Option("F", "joint_timeline", (("V02", ">=", 1800),),
            ((18, 800, 0), (16, 400, 0), (25, -600, 0)), ((21, 150, 0),), (1, 0, 0), None),
        Option("J", "tokyo_releases_first", (),
            ((16, 600, 0), (15, 400, 0), (25, -200, 0)), ((18, -150, 0),), (0, 0, 0), None),
        Option("T", "hawaii_statement", (),
            ((18, 600, 0), (25, -200, 0)), ((15, -150, 0),), (0, 0, 0), None),
        Option("R", "private_protest", (),
            ((26, 600, 0), (25, -400, 0)), ((16, -300, 0), (15, -150, 0)), (-1, 0, 0), None),
    )),
    Inject(2, "unanswered_hotline", "prc", "crisis", 1, 10,
        (("fired", "==", 1), ("fired", "==", 4), ("fired", "==", 6)), (96, 64, 25),
        "message", 1080, ((25, 400, 0), (26, -400, 0)), (
        Option("F", "usfj_channel", (("V03", ">=", 1800),),
            ((26, 1000, 0), (25, -400, 0), (6, 200, 0)), ((15, -150, 0),), (0, 0, 0), None),
        Option("J", "mofa_protest_acg_call", (),
            ((26, 400, 0), (6, 400, 0)), ((25, 150, 0),), (0, 0, 0), None),
        Option("T", "theatre_commander_line", (),
            ((26, 800, 0), (25, -400, 0)), ((15, -150, 0), (16, -150, 0)), (-1, 0, 0), None),
    )),
    Inject(3, "eighty_five_hours", "prc", "crisis", 1, 10,
        (("V22", ">=", 5000),), (24, 48, 22),
        "air_sea", 1440, ((25, 400, 0), (16, -600, 0)), (
        Option("F", "shared_picture", (("V02", ">=", 1200),),
            ((16, 400, 0), (22, -400, 0), (7, 200, 0)),
            ((25, 300, 0), (21, 150, 0)), (1, 0, 0), None),
        Option("J", "coast_guard_alone", (),
            ((25, -600, 0), (26, 200, 0)), ((16, -150, 0), (15, -150, 0)), (0, 0, 0), None),
        Option("T", "us_statement_only", (),
            ((18, 400, 0),), ((16, -150, 0),), (0, 0, 0), None),
    )),
    Inject(4, "two_minutes_over_danjo", "prc", "crisis", 1, 10,
        (), (40, 32, 22),
        "air_sea", 1200, ((25, 600, 0), (6, -200, 0)), (
        Option("F", "agreed_ladder", (("V06", ">=", 5000),),
            ((25, -600, 0), (6, 400, 0), (18, 400, 0)), ((21, 150, 0),), (0, 0, 0), None),
        Option("J", "japan_decides", (),
            ((15, 400, 0), (16, 400, 0)), ((6, -150, 0), (25, 150, 0)), (1, 0, 0), None),
        Option("R", "quiet_demarche", (),
            ((26, 400, 0), (25, -400, 0)), ((16, -300, 0),), (-1, 0, 0), None),
    )),
    Inject(5, "three_passes_at_rebun", "rus", "crisis", 1, 10,
        (("V24", ">=", 4000),), (24, 48, 24),
        "air_sea", 1500, ((24, 400, 0), (10, -400, 0)), (
        Option("F", "retask_the_staff", (("V02", ">=", 1800),),
            ((24, -200, 0), (18, 200, 0)), ((10, -450, 0),), (0, 0, 0), None),
        Option("J", "japan_alone", (),
            ((15, 200, 0), (16, 200, 0)), ((24, 150, 0),), (0, 0, 1), None),
        Option("T", "theatre_rebalances", (),
            ((10, 600, 0), (24, -400, 0), (18, 200, 0)), ((13, -150, 0),), (0, 0, -1), (3, 4, 4)),
    )),
    Inject(6, "carrier_between_islands", "prc", "crisis", 1, 10,
        (("V22", ">=", 5000),), (24, 40, 22),
        "air_sea", 1380, ((7, -400, 0), (25, 200, 0)), (
        Option("F", "real_time_release", (("V07", ">=", 4800),),
            ((12, 600, 0), (7, 400, 0), (25, -200, 0)), ((21, 150, 0),), (0, 0, 0), None),
        Option("J", "ask_yokota", (),
            ((12, 200, 0), (7, 200, 0)), ((15, -150, 0),), (0, 0, 0), None),
        Option("T", "next_day_summary", (),
            ((10, 200, 0),), ((7, -150, 0),), (0, 0, 0), None),
    )),
    Inject(7, "ten_ships_two_straits", "prc", "crisis", 2, 10,
        (("V24", ">=", 4500),), (24, 48, 24),
        "message", 1200, ((18, -600, 0), (24, 400, 0)), (
        Option("F", "single_text", (("V06", ">=", 4800),),
            ((18, 800, 0), (24, -400, 0), (16, 200, 0)), ((21, 150, 0),), (0, 0, 0), None),
        Option("J", "two_texts", (),
            ((15, 200, 0),), ((18, -150, 0),), (0, 0, 0), None),
        Option("T", "washington_first", (),
            ((18, 600, 0), (24, -200, 0)), ((15, -300, 0),), (0, 0, 0), None),
    )),
    Inject(8, "bombers_off_shikoku", "prc", "crisis", 2, 10,
        (("V24", ">=", 4500),), (24, 48, 24),
        "air_sea", 1320, ((18, -600, 0), (15, -200, 0)), (
        Option("F", "usfj_proposes_flight", (("V03", ">=", 1800),),
            ((18, 1000, 0), (24, -200, 0), (16, 400, 0)),
            ((21, 300, 0), (25, 150, 0)), (1, 0, 1), None),
        Option("J", "japan_scrambles_only", (),
            ((15, 200, 0),), ((18, -300, 0),), (0, 0, 0), None),
        Option("T", "hawaii_prioritises", (("V10", ">=", 5800),),
            ((18, 800, 0), (16, 200, 0), (24, -200, 0)),
            ((21, 150, 0), (13, -150, 0)), (0, 0, 0), (3, 4, 4)),
    )),
    Inject(9, "five_in_the_eez", "prc", "crisis", 3, 10,
        (("V21", ">=", 5500), ("V25", ">=", 3000)), (16, 64, 25),
        "law", 1680, ((15, -600, 0), (25, 600, 0)), (
        Option("F", "joint_options_ready", (),
            ((25, -400, 0), (18, 400, 0)), ((15, -300, 0), (21, 300, 0)), (1, 0, 0), (4, 4, 4)),
        Option("J", "determination_first", (),
            ((15, 600, 0), (16, 400, 0)), ((25, 150, 0),), (0, 0, 0), (4, 4, 4)),
        Option("T", "regional_warning", (),
            ((18, 400, 0), (20, 200, 0)), ((21, 150, 0), (25, 150, 0)), (1, 0, 0), (4, 4, 4)),
    )),
    Inject(10, "five_minutes", "dprk", "crisis", 1, 10,
        (("V23", ">=", 4000),), (32, 64, 23),
        "flash", 75, ((16, -600, 0), (20, -400, 0), (15, -200, 0)), (
        Option("F", "joint_leader_brief", (("V02", ">=", 1800),),
            ((16, 600, 0), (20, 200, 0), (15, 400, 0)), (), (0, 0, 0), None),
        Option("J", "tokyo_brief", (),
            ((15, 400, 0), (16, 200, 0)), ((20, -150, 0),), (0, 0, 0), None),
        Option("T", "rok_first", (),
            ((20, 800, 0), (18, 200, 0)), ((16, -150, 0),), (0, 0, 0), None),
    )),
    Inject(11, "notice_to_mariners", "dprk", "crisis", 1, 10,
        (("V23", ">=", 4000),), (24, 48, 23),
        "message", 1140, ((17, -400, 0), (18, -200, 0)), (
        Option("F", "joint_public_message", (),
            ((17, 400, 0), (16, 400, 0), (18, 200, 0)), (), (0, 0, 0), None),
        Option("J", "japan_only", (),
            ((16, 200, 0), (15, 200, 0)), ((20, -150, 0),), (0, 0, 0), None),
        Option("T", "trilateral_statement", (("V20", ">=", 5000),),
            ((20, 600, 0), (23, -400, 0)), ((17, -150, 0),), (0, -1, 0), None),
    )),
    Inject(12, "borrowed_guidance", "dprk", "policy", 2, 10,
        (("V24", ">=", 4500),), (32, 32, 24),
        None, None, (), (
        Option("F", "share_with_caveat", (),
            ((7, 600, 0), (24, -200, 0), (12, 200, 0)), ((25, 150, 0),), (0, 0, 0), None),
        Option("J", "summary_only", (),
            ((7, 200, 0),), ((18, -150, 0),), (0, 0, 0), None),
        Option("R", "hold", (),
            ((10, 200, 0),), ((7, -300, 0),), (0, 0, 0), None),
    )),
    Inject(13, "justice_mission_redux", "prc", "crisis", 3, 10,
        (("V21", ">=", 5200),), (16, 64, 21),
        "drill", 2040, ((25, 800, 0), (18, -600, 0), (15, -400, 0)), (
        Option("F", "disperse_to_alternates", (("V09", ">=", 4000),),
            ((9, 600, 0), (25, -400, 0), (18, 600, 0)), ((21, 150, 0),), (0, 0, 0), None),
        Option("J", "stay_and_reassure", (),
            ((15, 600, 0), (16, 400, 0)), ((9, -300, 0), (25, 150, 0)), (1, 0, 0), None),
        Option("T", "hawaii_runs_it", (),
            ((10, 400, 0), (18, 600, 0), (25, -200, 0)), ((15, -450, 0),), (0, 0, 0), None),
        Option("R", "envoy_and_silence", (),
            ((26, 800, 0), (25, -600, 0)), ((18, -450, 0), (15, -150, 0)), (-1, 0, 0), None),
    )),
    Inject(14, "sentence_in_the_diet", "jpn", "policy", 2, 10,
        (("V15", ">=", 3600),), (24, 48, 15),
        None, None, (), (
        Option("F", "agreed_line_in_an_hour", (("V06", ">=", 4800),),
            ((18, 800, 0), (15, 600, 0)),
            ((21, 900, 0), (27, 1500, 1), (22, 300, 0)), (2, 0, 0), (4, 4, 4)),
        Option("J", "embassy_line", (),
            ((15, 400, 0),), ((21, 750, 0), (27, 1200, 1), (18, -150, 0)), (1, 0, 0), (4, 4, 4)),
        Option("T", "silence", (),
            ((21, 600, 0), (27, 1000, 1)), ((18, -600, 0), (15, -450, 0)), (0, 0, 0), (4, 4, 4)),
    )),
    Inject(15, "seafood_then_magnets", "prc", "policy", 3, 10,
        (("V21", ">=", 5800), ("fired", "==", 14)), (64, 48, 21),
        None, None, (), (
        Option("F", "continue", (),
            ((18, 400, 0),), ((27, 1200, 0), (15, -150, 0)), (0, 0, 0), None),
        Option("T", "separate_the_files", (),
            ((26, 200, 0),), ((27, 900, 0),), (0, 0, 0), None),
        Option("R", "quiet_slow_down", (),
            ((27, -400, 0), (21, -200, 0)),
            ((18, -600, 0), (15, -300, 0), (27, 600, 0)), (-1, 0, 0), None),
    )),
    Inject(16, "overstayed_launcher", "us", "policy", 3, 10,
        (("pace", ">=", 2), ("munitions", ">=", 1), ("strike", ">=", 1200)), (64, 96, 11),
        None, None, (), (
        Option("F", "commander_explains_in_japanese", (("V02", ">=", 1800),),
            ((17, 600, 0), (16, 600, 0)), ((21, 450, 0),), (1, 0, 0), None),
        Option("J", "ministry_answers", (),
            ((16, 200, 0),), ((17, -450, 0), (15, -300, 0), (21, 300, 0)), (0, 0, 0), None),
        Option("T", "pentagon_statement", (),
            ((13, 200, 0),), ((17, -600, 0), (16, -300, 0), (21, 300, 0)), (0, 0, 1), None),
        Option("R", "withdraw_early", (),
            ((17, 600, 0), (21, -600, 0)), ((13, -450, 0), (18, -300, 0)), (-1, 0, 0), None),
    )),
    Inject(17, "two_years_late", "us", "policy", 5, 10,
        (), (72, 16, 13),
        None, None, (), (
        Option("F", "hold_the_hq_budget", (),
            ((18, 200, 0),), ((11, -1500, 0), (13, -450, 0), (15, -450, 0)), (0, 0, 0), (4, 4, 4)),
        Option("J", "swap_money_for_missiles", (),
            ((11, 800, 2), (15, 400, 0)),
            ((11, -1200, 0), (13, -450, 0), (1, -600, 0), (19, -300, 0)), (0, 0, 0), (4, 4, 4)),
        Option("T", "theatre_takes_the_missiles", (),
            ((13, 600, 0),), ((11, -1950, 0), (15, -450, 0), (18, -150, 0)), (1, 0, 0), (4, 4, 4)),
    )),
    Inject(18, "savings_slide", "us", "policy", 2, 6,
        (("V19", "<=", 6000),), (96, 0, 0),
        None, None, (), (
        Option("F", "recommit_in_public", (("pace", ">=", 1),),
            ((18, 1200, 0), (19, 600, 1)),
            ((18, -900, 0), (20, -450, 0), (15, -450, 0)), (0, 0, 0), (5, 3, 2)),
        Option("J", "wait_for_congress", (),
            ((19, 800, 1),), ((18, -1200, 0), (20, -450, 0), (15, -600, 0)), (0, 0, 0), (3, 4, 3)),
        Option("T", "never_needed_it", (),
            ((10, 400, 0), (13, 200, 0)),
            ((18, -1050, 0), (15, -900, 0), (20, -300, 0)), (0, 0, 0), (1, 3, 5)),
    )),
    Inject(19, "four_stars", "us", "policy", 2, 10,
        (("pace", ">=", 2), ("rank", ">=", 1), ("authority", ">=", 2)), (96, 0, 0),
        None, None, (), (
        Option("F", "confirm", (("pace", ">=", 2),),
            ((4, 1200, 0), (18, 200, 0)), ((20, -1200, 0), (21, 300, 0)), (1, 0, 0), None),
        Option("J", "deny", (),
            ((20, 200, 0),), ((4, -600, 0), (18, -300, 0)), (0, 0, 0), None),
        Option("R", "consult_seoul_first", (("ally_consult", ">=", 1),),
            ((20, 800, 0),), ((4, -150, 0),), (0, 0, 0), None),
    )),
    Inject(20, "one_theatre", "rok", "policy", 2, 10,
        (), (56, 0, 0),
        None, None, (), (
        Option("F", "trilateral_desk", (("V02", ">=", 3000),),
            ((20, 800, 0), (10, 200, 0)), ((6, -150, 0),), (0, 0, 0), None),
        Option("J", "verbal_assurance", (),
            ((20, 200, 0),), ((10, -150, 0), (20, -450, 0)), (0, 0, 0), None),
        Option("T", "indopacom_owns_it", (),
            ((20, 1000, 0), (10, 600, 0)), ((15, -150, 0),), (0, 0, 0), (3, 4, 4)),
    )),
    Inject(21, "price_of_the_roof", "us", "policy", 6, 10,
        (), (96, 0, 0),
        None, None, (), (
        Option("F", "keep_project_apart", (),
            ((18, 600, 0), (15, 400, 0)), ((19, -600, 0),), (0, 0, 0), (3, 4, 5)),
        Option("J", "offer_in_kind", (),
            ((19, 600, 0),), ((15, -600, 0), (16, -450, 0)), (0, 0, 0), (4, 4, 4)),
        Option("T", "link_next_phase", (),
            ((19, 1200, 0),), ((18, -750, 0), (15, -900, 0), (16, -600, 0)), (0, 0, 0), (4, 4, 4)),
    )),
    Inject(22, "roppongi_neighbours", "jpn", "policy", 3, 10,
        (("standing_staff", ">=", 1),), (40, 128, 2),
        None, None, (), (
        Option("F", "fight_for_the_lease", (),
            ((2, 200, 0),), ((16, -600, 0), (15, -300, 0)), (0, 0, 0), (4, 4, 4)),
        Option("J", "move_the_cell", (("standing_staff", "<=", 2),),
            ((16, 400, 0),), ((2, -450, 0),), (0, 0, 0), (2, 5, 4)),
        Option("R", "split_with_yokota", (),
            ((9, 600, 0), (16, 200, 0)), ((2, -750, 0), (6, -150, 0)), (0, 0, 0), (4, 4, 4)),
    )),
    Inject(23, "what_the_prefecture_was_not_told", "us", "policy", 1, 10,
        (), (64, 0, 0),
        None, None, (), (
        Option("F", "disclosure_pledge_24h", (),
            ((17, 1000, 0), (16, 600, 0)), ((17, -1200, 0), (16, -600, 0)), (0, 0, 0), None),
        Option("J", "joint_committee", (),
            ((17, 400, 0),), ((17, -1200, 0), (16, -600, 0)), (0, 0, 0), None),
        Option("T", "distant_apology", (),
            ((16, 200, 0),), ((17, -1350, 0), (16, -750, 0)), (0, 0, 0), None),
    )),
    Inject(24, "ryukyu_trending", "prc", "crisis", 2, 10,
        (), (48, 24, 22),
        "message", 1140, ((17, -400, 0), (16, -400, 0)), (
        Option("F", "prebunk", (("legal_message", ">=", 1),),
            ((16, 800, 0), (15, 400, 0), (17, 200, 0)), (), (0, 0, 0), None),
        Option("J", "ministry_denial", (),
            ((16, 400, 0),), ((17, -150, 0),), (0, 0, 0), None),
        Option("T", "no_us_voice", (),
            ((26, 200, 0),), ((16, -150, 0),), (0, 0, 0), None),
    )),
    Inject(25, "guests_in_the_network", "prc", "crisis", 3, 10,
        (), (56, 0, 0),
        "cyber", 2280, ((7, -800, 0), (12, -400, 0)), (
        Option("F", "cut_and_brief_face_to_face", (("V02", ">=", 2500),),
            ((7, 1000, 1), (6, 400, 0)), ((7, -900, 0),), (0, 0, 0), None),
        Option("J", "accept_the_risk", (),
            ((6, 200, 0),), ((7, -1350, 0), (12, -150, 0)), (0, 0, 0), None),
        Option("T", "cut_without_warning", (),
            ((7, 800, 1),), ((7, -1050, 0), (15, -450, 0), (12, -450, 0)), (0, 0, 0), None),
    )),
    Inject(26, "port_stops", "cyber", "crisis", 2, 10,
        (), (48, 0, 0),
        "cyber", 2340, ((14, -600, 0), (13, -400, 0)), (
        Option("F", "joint_logistics_request", (("V02", ">=", 1800),),
            ((14, 600, 0), (7, 400, 0)), ((15, -150, 0),), (0, 0, 0), None),
        Option("J", "ministries_one_by_one", (),
            ((15, 400, 0), (14, 200, 0)), ((14, -300, 0),), (0, 0, 0), None),
        Option("T", "us_reroutes", (),
            ((13, 200, 0),), ((14, -300, 0), (15, -150, 0)), (0, 0, 0), None),
    )),
    Inject(27, "dark_fibre", "prc", "crisis", 3, 10,
        (), (48, 16, 22),
        "cyber", 2280, ((25, 600, 0), (7, -400, 0), (18, -400, 0)), (
        Option("F", "act_on_delegated_authority", (("V03", ">=", 2200),),
            ((18, 800, 0), (25, -600, 0), (16, 400, 0)), ((10, -150, 0),), (0, 0, 0), None),
        Option("J", "tokyo_leads", (),
            ((15, 400, 0),), ((18, -450, 0), (25, 150, 0)), (0, 0, 0), None),
        Option("T", "wait_for_hawaii", (),
            ((10, 400, 0),), ((18, -450, 0), (25, 300, 0)), (0, 0, 0), None),
    )),
    Inject(28, "nankai", "nature", "crisis", 2, 10,
        (), (32, 0, 0),
        "disaster", 1560, ((16, -600, 0), (15, -600, 0), (22, 400, 0)), (
        Option("F", "joint_command_named", (("V03", ">=", 1800),),
            ((16, 1200, 0), (17, 800, 0), (6, 800, 0), (15, 400, 0)),
            ((13, -150, 0),), (0, 0, 0), None),
        Option("J", "japan_leads_us_supports", (),
            ((16, 600, 0), (15, 600, 0), (6, 200, 0)), ((13, -150, 0),), (0, 0, 0), None),
        Option("T", "fleet_commander_forward", (),
            ((16, 600, 0), (6, 200, 0), (10, 200, 0)), ((13, -300, 0),), (0, 0, 0), None),
    )),
)

ADVERSARIES: tuple[Adversary, ...] = (
    Adversary("china", Decision(60, ((21, 112), (8, 40), (24, 24)), -320),
        Decision(-150, ((21, 64), (25, 96), (8, 32), (26, -48)), -96), {
            "restraint": ((22, -500, 0), (25, -300, 0), (26, 100, 0)),
            "probe": ((22, 300, 0), (25, 200, 0)),
            "escalate": ((22, 700, 0), (25, 1200, 0), (26, -500, 0), (27, 900, 0), (15, -300, 0)),
        }),
    Adversary("dprk", Decision(40, ((23, 96), (24, 48), (20, -24)), -288),
        Decision(-150, ((23, 64), (24, 64), (25, 48)), -96), {
            "restraint": ((23, -400, 0), (25, -100, 0)),
            "probe": ((23, 300, 0), (25, 100, 0)),
            "escalate": ((23, 800, 0), (25, 700, 0), (16, -200, 0), (20, -300, 0)),
        }),
    Adversary("russia", Decision(20, ((24, 128), (25, 32)), -256),
        Decision(-190, ((24, 96), (25, 64)), -96), {
            "restraint": ((24, -200, 0), (25, -100, 0)),
            "probe": ((24, 200, 0), (25, 100, 0)),
            "escalate": ((24, 600, 0), (25, 600, 0), (10, -400, 0)),
        }),
)

BLEND: tuple[int, int, int] = (40, 35, 25)  # hundredths of capability, credibility, communication
SCORES: tuple[Score, ...] = (
    Score("china", "higher", 3461),
    Score("dprk", "higher", 3651),
    Score("russia", "higher", 3965),
    Score("cohesion", "higher", 5096),
    Score("operational", "higher", 3403),
    Score("escalation", "lower", 4489),
    Score("cost", "higher", 6080),
)

LEAN_ORDER: dict[str, str] = {"A": "FJTR", "B": "JFTR", "C": "TJRF"}
LEAST_PROVOCATION_TIES = "JRTF"
MOVES_PER_TURN = 3

ROBOTS: dict[str, Robot] = {
    "phased": Robot((
        (1, "pace", "phased"), (2, "standing_staff", "liaison"),
        (2, "legal_message", "separate_chains"), (3, "acm_watch", "permanent"),
        (3, "ally_consult", "rok_first"), (4, "authority", "disaster"),
        (4, "release_cyber", "package"), (5, "offramps", "hotline_drill"),
        (5, "resilience", "exercise_alternates"), (6, "munitions", "balanced"),
        (7, "standing_staff", "cell"), (8, "authority", "air_coordination"),
    ), "posture"),
    "accelerated": Robot((
        (1, "pace", "accelerated"), (1, "standing_staff", "liaison"),
        (2, "authority", "disaster"), (2, "standing_staff", "cell"),
        (2, "legal_message", "separate_chains"), (3, "authority", "air_coordination"),
        (3, "acm_watch", "permanent"), (3, "ally_consult", "rok_first"),
        (4, "site", "split"), (4, "standing_staff", "full"),
        (4, "release_cyber", "package"), (5, "offramps", "hotline_drill"),
        (5, "resilience", "exercise_alternates"), (6, "authority", "maritime_grey_zone"),
        (6, "munitions", "balanced"),
    ), "posture"),
    "hawaii": Robot((
        (1, "pace", "hold"), (1, "hawaii_rules", "written_rules"),
        (2, "hawaii_rules", "rules_and_deputy"), (2, "legal_message", "separate_chains"),
        (3, "acm_watch", "permanent"), (3, "ally_consult", "rok_first"),
        (4, "release_cyber", "package"), (5, "offramps", "hotline_drill"),
        (5, "resilience", "exercise_alternates"), (6, "munitions", "balanced"),
    ), "posture"),
    "halt": Robot((
        (1, "pace", "hold"), (2, "munitions", "coproduction"),
        (2, "legal_message", "separate_chains"), (3, "resilience", "harden"),
        (4, "release_cyber", "package"), (5, "offramps", "hotline_drill"),
        (5, "resilience", "exercise_alternates"), (6, "munitions", "balanced"),
    ), "posture"),
    "cautious": Robot((
        (1, "offramps", "hotline_drill"), (1, "legal_message", "separate_chains"),
        (2, "ally_consult", "rok_first"), (2, "legal_message", "separate_chains"),
        (3, "offramps", "full"), (3, "acm_watch", "permanent"),
        (3, "ally_consult", "rok_first"), (4, "hns", "firewall"),
        (4, "standing_staff", "liaison"), (4, "release_cyber", "package"),
        (5, "offramps", "hotline_drill"), (5, "resilience", "exercise_alternates"),
        (6, "authority", "disaster"), (6, "munitions", "balanced"),
    ), "least provocation"),
    "random": Robot((), "random"),
    "staff_first": Robot((
        (1, "standing_staff", "cell"), (2, "legal_message", "separate_chains"),
        (3, "standing_staff", "full"), (3, "acm_watch", "permanent"),
        (3, "ally_consult", "rok_first"), (4, "site", "split"),
        (4, "release_cyber", "package"), (5, "offramps", "hotline_drill"),
        (5, "resilience", "exercise_alternates"), (6, "munitions", "balanced"),
        (7, "authority", "disaster"),
    ), "posture"),
    "authority_first": Robot((
        (1, "pace", "accelerated"), (1, "authority", "disaster"),
        (2, "authority", "air_coordination"), (2, "legal_message", "separate_chains"),
        (3, "hawaii_rules", "written_rules"), (3, "acm_watch", "permanent"),
        (3, "ally_consult", "rok_first"), (4, "authority", "maritime_grey_zone"),
        (4, "release_cyber", "package"), (5, "standing_staff", "liaison"),
        (5, "offramps", "hotline_drill"), (5, "resilience", "exercise_alternates"),
        (6, "munitions", "balanced"),
    ), "posture"),
    "munitions_first": Robot((
        (1, "munitions", "coproduction"), (2, "release_cyber", "package"),
        (2, "legal_message", "separate_chains"), (3, "resilience", "exercise_alternates"),
        (3, "acm_watch", "permanent"), (3, "ally_consult", "rok_first"),
        (4, "standing_staff", "liaison"), (4, "release_cyber", "package"),
        (5, "offramps", "hotline_drill"), (5, "resilience", "exercise_alternates"),
        (6, "munitions", "balanced"),
    ), "posture"),
    "seoul_first": Robot((
        (1, "ally_consult", "rok_first"), (2, "hawaii_rules", "written_rules"),
        (2, "ally_consult", "rok_plus"), (2, "legal_message", "separate_chains"),
        (3, "acm_watch", "permanent"), (3, "ally_consult", "rok_first"),
        (4, "standing_staff", "liaison"), (4, "release_cyber", "package"),
        (5, "authority", "disaster"), (5, "offramps", "hotline_drill"),
        (5, "resilience", "exercise_alternates"), (6, "munitions", "balanced"),
        (7, "standing_staff", "cell"),
    ), "posture"),
    "keep": Robot((), "posture"),
}
# fmt: on
