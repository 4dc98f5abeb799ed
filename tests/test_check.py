import typing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise.load import Proof, from_data, proofread
from ttx.exercise.model.adversaries import Logit
from ttx.exercise.model.clock import Stage
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Part
from ttx.exercise.model.scores import Sum
from ttx.exercise.problems import ExerciseError, below, place
from ttx.exercise.references import _TERMS, _USES
from ttx.exercise.source import Source, walk
from ttx.session import robots


class Damage(NamedTuple):
    """One change of a text of the small exercise, and what is then said."""

    old: str
    new: str
    says: str
    at: str = ""
    """The text in whose line it is expected; the new one where not given."""


DERIVED = '[[derived]]\nkind = "sum"\nid = "{}"\nname = "x"\nterms = [{{ of = "{}" }}]\n\n'


def _chain(steps: int) -> str:
    """Derived values, each computed from the one before it and the first from a track."""
    of = ["staff", *(f"a{at}" for at in range(1, steps))]
    return "".join(DERIVED.format(f"a{at}", source) for at, source in enumerate(of, start=1))


TAKEN: list[Damage] = [
    Damage(
        '[[track]]\nid = "staff"',
        '[[evidence]]\nid = "E1"\nclaim = "x"\nsource = "E2"\ndate = "2024"\nconfidence = "U"\n\n'
        '[[track]]\nid = "staff"',
        "evidence 'E1': this id is taken by an earlier one",
        'id = "E1"\nclaim = "x"',
    ),
    Damage(
        '[[derived]]\nkind = "fading"',
        DERIVED.format("latency", "staff") + '[[derived]]\nkind = "fading"',
        "derived value 'latency': this id is taken by a track",
        'id = "latency"\nname = "x"',
    ),
    Damage(
        '[[derived]]\nkind = "fading"',
        DERIVED.format("spent", "staff") + '[[derived]]\nkind = "fading"',
        "derived value 'spent': this id is taken by the money spent",
        'id = "spent"',
    ),
    Damage(
        'id = "talk"\nlean',
        'id = "sail"\nlean',
        "inject 'blockade', option 'sail': this id is taken by an earlier one",
        'id = "sail"\nlean = "R"',
    ),
    Damage(
        'id = "night"',
        'id = "signal"',
        "clock, wait: this id is taken by a stage",
        'id = "signal"\nname = "Until',
    ),
    Damage(
        "number = 2",
        "number = 1",
        "inject 'letter': number 1 is taken by inject 'blockade'",
        'number = 1\nid = "letter"',
    ),
    Damage(
        'letter = "S"',
        'letter = "N"',
        "actor 'south': letter N is taken by actor 'north'",
        'letter = "N"\ncolour = "#87afff"',
    ),
]

UNKNOWN: list[Damage] = [
    Damage(
        'costs = [{ track = "staff", by = -1.5 }]',
        'costs = [{ track = "staf", by = -1.5 }]',
        "inject 'blockade', option 'sail': track 'staf' is unknown (did you mean 'staff'?)",
    ),
    Damage(
        'of = "reach", weight = 2',
        'of = "reech", weight = 2',
        "derived value 'means': track, derived value or spent 'reech' is unknown "
        "(did you mean 'reach'?)",
    ),
    Damage(
        'of = ["staff", "trust"]\n\n',
        'of = ["staff", "spent"]\n\n',
        "derived value 'reach': track or derived value 'spent' is unknown",
    ),
    Damage(
        'margin = ["staff", "trust"]',
        'margin = [\n  "staff",\n  "gap",\n]',
        "clock: track 'gap' is unknown (there are staff, trust, tension, latency)",
        '  "gap",',
    ),
    Damage(
        'weights = [{ of = "staff", weight = 64 }]',
        'weights = [{ of = "gap", weight = 64 }]',
        "clock, stage 'detect': track 'gap' is unknown (there are staff, trust, tension, latency)",
    ),
    Damage(
        'terms = [{ of = "latency", weight = 40 }]',
        'terms = [{ of = "lateny", weight = 40 }]',
        "adversary 'north', escalate: track or derived value 'lateny' is unknown "
        "(did you mean 'latency'?)",
    ),
    Damage(
        'lever = "press", level = "open" }\nbasis',
        'lever = "pres", level = "open" }\nbasis',
        "influence 'L1', while: lever 'pres' is unknown (did you mean 'press'?)",
    ),
    Damage(
        'lever = "press", level = "open" }\nbasis',
        'lever = "press", level = "opne" }\nbasis',
        "influence 'L1', while: level 'opne' of lever 'press' is unknown (did you mean 'open'?)",
    ),
    Damage(
        'start = "closed"',
        'start = "shut"',
        "lever 'press': level 'shut' of lever 'press' is unknown (there are closed, open, live)",
    ),
    Damage(
        "price = { hours = 3 }",
        "price = { ours = 3 }",
        "lever 'readiness', level 'high', price: budget 'ours' is unknown (did you mean 'hours'?)",
    ),
    Damage(
        'basis = ["E1", "design"]',
        'basis = ["E3", "design"]',
        "track 'trust': evidence 'E3' is unknown (there are E1, E2)",
    ),
    Damage(
        'actor = "south"\nkind',
        'actor = "suoth"\nkind',
        "inject 'letter': actor 'suoth' is unknown (did you mean 'south'?)",
    ),
    Damage(
        'profile = "sea"\nwindow',
        'profile = "see"\nwindow',
        "inject 'blockade': profile 'see' is unknown (did you mean 'sea'?)",
    ),
    Damage(
        'lead = "harbour"\nplace = "strait"',
        'lead = "harbour"\nplace = "strate"',
        "inject 'blockade': place 'strate' is unknown (did you mean 'strait'?)",
        'place = "strate"',
    ),
    Damage(
        'to = "captain", ask',
        'to = "capitan", ask',
        "inject 'blockade': seat or cell 'capitan' is unknown (did you mean 'captain'?)",
    ),
    Damage(
        'outcome = "blockade", timing',
        'outcome = "blokade", timing',
        "inject 'letter', when: inject 'blokade' is unknown (did you mean 'blockade'?)",
    ),
    Damage(
        'levers = ["readiness"]\nreferences = ["steady"]',
        'levers = ["readiness"]\nreferences = ["steddy"]',
        "review: robot 'steddy' is unknown (did you mean 'steady'?)",
        'references = ["steddy"]',
    ),
    Damage(
        "briefing = 2",
        "breifing = 2",
        "time_plan: phase 'breifing' is unknown (did you mean 'briefing'?)",
    ),
    Damage(
        'robot = "steady"',
        'robot = "stead"',
        "cell 'harbour': robot 'stead' is unknown (did you mean 'steady'?)",
    ),
    Damage(
        'score = "north"',
        'score = "deterrence"',
        "adversary 'north': score 'deterrence' is unknown (there are north, calm)",
    ),
    Damage(
        "provocation = { north = 1 }",
        "provocation = { south = 1 }",
        "inject 'blockade', option 'sail', provocation: adversary 'south' is unknown "
        "(did you mean 'north'?)",
    ),
    Damage(
        'after = "signal"',
        'after = "singal"',
        "clock, wait: stage 'singal' is unknown (did you mean 'signal'?)",
    ),
    Damage(
        "minutes = { detect = 5, legal = 20, signal = 30 }",
        "minutes = { detect = 5, legal = 20, signal = 30, night = 1 }",
        "clock, profile 'air', minutes: stage 'night' is unknown (there are detect, legal, signal)",
    ),
    Damage(
        'distances = ["port"]',
        'distances = ["prot"]',
        "map: place 'prot' is unknown (did you mean 'port'?)",
    ),
    Damage(
        'capability = "watch"',
        'capability = "wach"',
        "objective 'in_time': capability 'wach' is unknown (did you mean 'watch'?)",
    ),
    Damage(
        'order = ["R", "F"]\n',
        'order = ["R", "X"]\n',
        "robot 'mild': lean 'X' is unknown (there are F, R)",
    ),
    Damage(
        'first_levers = ["readiness"]',
        'first_levers = ["rediness"]',
        "turns: lever 'rediness' is unknown (did you mean 'readiness'?)",
    ),
    Damage(
        'B = "They stayed two days."',
        'B = "They stayed two days."\nC = "x"',
        "inject 'blockade', outcome, late: posture 'C' is unknown (there are A, B)",
        'C = "x"',
    ),
]

FITTING: list[Damage] = [
    Damage(
        "lead = true\n",
        "",
        "cell 'harbour': an allied cell needs exactly one lead, not none",
        '[[cell]]\nid = "harbour"',
    ),
    Damage(
        'id = "admiral"\ncell = "red"',
        'id = "admiral"\nlead = true\ncell = "harbour"',
        "cell 'harbour': an allied cell needs exactly one lead, not 2 (captain, admiral)",
        '[[cell]]\nid = "harbour"',
    ),
    Damage(
        'lead = "harbour"\nplace',
        'lead = "red"\nplace',
        "inject 'blockade': cell 'red' is red; only an allied cell leads an inject",
    ),
    Damage(
        'cells = ["harbour"]\nheld_by = "the captain"\nstart = "low"',
        'cells = ["harbour", "red"]\nheld_by = "the captain"\nstart = "low"',
        "lever 'readiness': cell 'red' is red; only an allied cell moves a lever",
    ),
    Damage(
        'granted_by = "harbour"',
        'granted_by = "red"',
        "budget 'hours': cell 'red' is red; only an allied cell grants a budget",
    ),
    Damage(
        "values = [0, 50]",
        "values = [0, 50, 60]",
        "lever 'readiness': values must hold one for each level of 'readiness' (low, high), not 3",
    ),
    Damage(
        "values = [10, 30, 60]",
        "values = [10, 30]",
        "derived value 'candour': values must hold one for each level of 'press' "
        "(closed, open, live), not 2",
    ),
    Damage(
        "values = [0, 40]",
        "values = [0]",
        "derived value 'promise': values must hold one for each level of 'readiness' "
        "(low, high), not 1",
    ),
    Damage(
        'deputy = "readiness"\nquarters = [4, 2]',
        'deputy = "readiness"\nquarters = [4]',
        "clock, wait: quarters must hold one for each level of 'readiness' (low, high), not 1",
        "quarters = [4]",
    ),
    Damage(
        'deputy = "readiness"\n',
        "",
        "clock, wait: quarters need a deputy, a lever they go by",
        "quarters = [4, 2]\nafter",
    ),
    Damage(
        "price = { hours = 3 }",
        "price = { hours = 3, money = 5 }",
        "lever 'readiness', level 'high', price: budget 'money' is money: "
        "write its amount as upkeep",
    ),
    Damage(
        '[[lever]]\nid = "readiness"',
        '[[budget]]\nid = "gold"\nname = "gold"\nkind = "money"\nstart = 0\n'
        "cap = 1\nincome = {}\n\n"
        '[[lever]]\nid = "readiness"',
        "budget 'gold': only one budget may be money, and 'money' is",
        'kind = "money"\nstart = 0',
    ),
    Damage(
        "quarters = [3, 4]",
        "quarters = [3, 4, 4]",
        "lean 'R': quarters must hold one for each posture (A, B), not 3",
    ),
    Damage(
        "quarters = [4, 3]",
        "quarters = []",
        "inject 'blockade', option 'sail': quarters must hold one for each posture (A, B), not 0",
    ),
    Damage(
        'name = "at rest"',
        'name = "at rest"\nwhen = { fired = "letter" }',
        "one posture must have no 'when': it holds when no other does",
        '[[posture]]\nid = "A"',
    ),
    Damage(
        'when = { any = [{ of = "staff", at_least = 40 }, { lever = "press", level = "live" }] }\n',
        "",
        "posture 'B': 'when' is missing: only one posture is the rest, 'A'",
        '[[posture]]\nid = "B"',
    ),
    Damage(
        "minutes = { detect = 5, legal = 20, signal = 30 }",
        "minutes = { detect = 5, signal = 30 }",
        "clock, profile 'air': minutes of stage 'legal' are missing",
    ),
    Damage(
        'beside = "legal"',
        'beside = "signal"',
        "clock, stage 'signal': beside must name an earlier stage that is beside no other, "
        "not 'signal'",
    ),
    Damage(
        "closes = 12",
        "closes = 8",
        "clock, wait: closes must differ from opens (8): nobody would share an hour",
    ),
    Damage(
        "turns = [2, 3], effects",
        "turns = [2, 4], effects",
        "calendar row 'festival': turn 4 is not one of the 3 turns",
    ),
    Damage(
        'slot = "crisis"\nturns = [1, 3]',
        'slot = "crisis"\nturns = [3, 1]',
        "inject 'blockade': turns end (1) before they start (3)",
        "turns = [3, 1]",
    ),
    Damage(
        "{ turn = 1, lever",
        "{ turn = 0, lever",
        "robot 'steady': turn 0 is not one of the 3 turns",
    ),
    Damage(
        "west = 120, east = 140.5",
        "west = 141, east = 140.5",
        "map: a window needs west below east and south below north",
    ),
    Damage(
        "land = [[13000, 3000, 13100, 3000, 13100, 3100]]",
        "land = [[13000, 3000, 13100, 3000, 13100]]",
        "map: a line of land is pairs of lon and lat, at least 3",
    ),
    Damage(
        'needs = { of = "trust", at_least = 40.5 }',
        'needs = { of = "trust" }',
        "lever 'readiness', level 'high': a threshold needs at_least, at_most or below",
    ),
    Damage(
        '{ lever = "press", level = "live" }',
        '{ lever = "press" }',
        "posture 'A', when: a lever condition needs level, at_least or at_most",
    ),
    Damage(
        '{ of = "tension", weight = 96 }',
        '{ of = "tension", weight = 96, inverted = true }',
        "adversary 'north', act: only a term of a sum can be inverted",
    ),
    Damage(
        'lowered = [{ track = "trust", by = -3 }]',
        'lowered = [{ track = "trust", by = -3, delay = 1 }]',
        "lever 'readiness': only benefits and costs of an option can be delayed",
    ),
]

INJECTS: list[Damage] = [
    Damage(
        'profile = "sea"\nwindow = 300\n',
        "window = 300\n",
        "inject 'blockade': key 'profile' is missing: a crisis inject has a clock",
        "[[inject]]\nnumber = 1",
    ),
    Damage(
        "weight = { base = 60 }",
        "weight = { base = 60 }\nwindow = 90",
        "inject 'letter': window belongs to a crisis inject, this one is policy",
        "window = 90",
    ),
    Damage(
        "weight = { base = 60 }",
        'weight = { base = 60 }\nlate = [{ track = "trust", by = -1 }]',
        "inject 'letter': late belongs to a crisis inject, this one is policy",
        'late = [{ track = "trust", by = -1 }]',
    ),
    Damage(
        'B = "They stayed two days."\n',
        "",
        "inject 'blockade', outcome: late needs a sentence for posture B",
        "[inject.outcome.late]",
    ),
    Damage(
        '[inject.outcome.late]\nA = "They stayed a day."\nB = "They stayed two days."\n',
        "",
        "inject 'blockade', outcome: late needs a sentence for posture A, B",
        "[inject.outcome.on_time]",
    ),
    Damage(
        'B = "It was printed later."',
        'B = "It was printed later."\n[inject.outcome.late]\nA = "x"',
        "inject 'letter', outcome: late cannot come: a policy inject is always on time",
        '[inject.outcome.late]\nA = "x"',
    ),
    Damage(
        'done = "The fleet was called"',
        'done = "The fleet was called"\nneeds = { of = "trust", at_least = 1 }',
        "inject 'blockade': one option must have no 'needs', so that there is always an answer",
        "[[inject]]\nnumber = 1",
    ),
    Damage(
        '{ track = "trust", by = 4, delay = 1 }',
        '{ track = "tension", by = 4 }',
        "inject 'blockade', option 'sail': track 'tension' is already in benefits "
        "with this delay: add them up",
    ),
    Damage(
        'late = [{ track = "tension", by = 6 }]',
        'late = [{ track = "tension", by = 6 }, { track = "tension", by = 1 }]',
        "inject 'blockade': track 'tension' is already in late with this delay: add them up",
    ),
    Damage(
        "{onset+4h}",
        "{onset+4m}",
        "inject 'blockade', message: {onset+4m} is no placeholder: "
        "write {onset}, {hawaii} or {washington}, with +2h or the like",
    ),
    Damage(
        "Write back.",
        "Write {back.",
        "inject 'letter', option 'answer': { is no placeholder: "
        "write {onset}, {hawaii} or {washington}, with +2h or the like",
    ),
    Damage(
        "誰が港を守るのか。",
        "{tokyo}",
        "inject 'letter', message: {tokyo} is no placeholder: "
        "write {onset}, {hawaii} or {washington}, with +2h or the like",
    ),
]

LOOPS: list[Damage] = [
    Damage(
        '[[derived]]\nkind = "fading"',
        DERIVED.format("a", "b") + DERIVED.format("b", "a") + '[[derived]]\nkind = "fading"',
        "derived value 'a': it is computed from itself: a → b → a",
    ),
    Damage(
        '[[derived]]\nkind = "fading"',
        _chain(13) + '[[derived]]\nkind = "fading"',
        "derived values are computed from each other in more than 12 steps",
    ),
    Damage(
        'of = ["staff", "trust"]\n\n',
        'of = ["staff", "standing"]\n\n',
        "derived value 'reach': 'gap', which it needs, must stand above it",
        '[[derived]]\nkind = "scarcer"',
    ),
    Damage(
        'from = "gap"\nto = "tension"\nkind = "change"',
        'from = "reach"\nto = "staff"\nkind = "level"',
        "influence 'L2': level links lead in a loop: reach → staff → reach",
        '[[influence]]\nid = "L2"',
    ),
    Damage(
        'from = "gap"\nto = "tension"\nkind = "change"',
        'from = "latency"\nto = "staff"\nkind = "level"',
        "influence 'L2': level links lead in a loop: staff → latency → staff",
        '[[influence]]\nid = "L2"',
    ),
    Damage(
        'present = [{ of = "staff", plus = 5 }]',
        'present = [{ of = "latency", plus = 5 }]',
        "tracks lead in a loop: latency → latency",
        '[[track]]\nid = "staff"',
    ),
    Damage(
        'to = "tension"\nkind = "change"',
        'to = "latency"\nkind = "change"',
        "influence 'L2': track 'latency' is read off the clock: nothing else may move it",
        'to = "latency"',
    ),
    Damage(
        '[[weather]]\ntrack = "tension"',
        '[[weather]]\ntrack = "latency"',
        "weather: track 'latency' is read off the clock: nothing else may move it",
        'track = "latency"\nsize',
    ),
    Damage(
        '{ track = "tension", by = 8 }',
        '{ track = "latency", by = 8 }',
        "adversary 'north', responses: track 'latency' is read off the clock: "
        "nothing else may move it",
    ),
    Damage(
        "start = 60\n",
        "start = 60\nrate = 1\n",
        "track 'latency': rate is not for a track that is read off the clock",
        "rate = 1",
    ),
]

BOUNDS: list[Damage] = [
    Damage(
        "start = 50.5",
        "start = -0.5",
        "track 'trust': start must be between 0 and 100, not -0.5 | "
        "track 'trust': start -0.5 is outside its range 40 to 60",
    ),
    Damage(
        "range = [40, 60]",
        "range = [60, 40]",
        "track 'trust': range goes from the lower to the higher, not 60 to 40",
    ),
    Damage(
        "strength = 64",
        "strength = 97",
        "influence 'L1': strength 97 is outside its range 32 to 96",
    ),
    Damage(
        "start = 10\nincome",
        "start = 101\nincome",
        "budget 'money': start 101 is outside -50 (floor) to 100 (cap)",
    ),
    Damage(
        "per = 50",
        "per = 0",
        "budget 'money', income: per must be between 0.01 and 100, not 0",
    ),
    Damage(
        "per = 50",
        "per = -0.5",
        "budget 'money', income: per must be between 0.01 and 100, not -0.5",
    ),
    Damage(
        "rate = 10, by",
        "rate = 10000000000, by",
        "budget 'money', income: rate must be between -100000 and 100000, not 10000000000",
    ),
    Damage(
        "legal = 120, signal = 90",
        "legal = 9001, signal = 90",
        "clock, profile 'sea', minutes: legal must be between 0 and 9000, not 9001",
    ),
    Damage(
        "weights = [40, 35, 25]",
        "weights = [40, 35, 24]",
        "derived value 'deterrence': weights must add up to 100, not 99",
    ),
    Damage(
        "values = [10, 30, 60]",
        "values = [-0.5, 30, 60]",
        "derived value 'deterrence': 'candour' can be -0.5 to 60, not 0 to 100",
        'parts = ["means"',
    ),
    Damage(
        '{ of = "spent", weight = -4 }',
        '{ of = "spent", weight = -4 }' + ', { of = "staff", weight = 1024 }' * 210,
        "derived value 'means': the terms can add up to 21504302.44, "
        "past what can be reckoned with",
    ),
    Damage(
        "weight = 160 }",
        "weight = 100001 }",
        "clock, stage 'legal', product: weight must be between -100000 and 100000, not 100001",
    ),
    Damage(
        "times = 6000, over = 300",
        "times = 20000, over = 3000000000",
        "track 'latency', value: over is at most 2147483647",
    ),
    Damage(
        "provocation = { north = 1 }",
        "provocation = { north = 1001 }",
        "inject 'blockade', option 'sail', provocation: "
        "north must be between -1000 and 1000, not 1001",
    ),
    Damage(
        "quarters = [4, 3]",
        "quarters = [4, -1]",
        "inject 'blockade', option 'sail': entry 2 of quarters must be between 0 and 8, not -1",
    ),
    Damage(
        "crisis = 60000",
        "crisis = 4194305",
        "slots: crisis must be between 0 and 4194304, not 4194305",
    ),
    Damage(
        "divisor = 3",
        "divisor = 10000000000",
        "derived value 'means': divisor must be between 1 and 1000000, not 10000000000",
    ),
    Damage(
        "size = 3",
        "size = -3",
        "weather: size must be between 0 and 100, not -3",
    ),
]

WARNED: list[Damage] = [
    Damage(
        "Ships lie across the fairway since {onset}.",
        "Ships " * 61 + ".",
        "inject 'blockade', message: text has 71 words, 70 are meant to be the most",
    ),
    Damage(
        "Ships lie across the fairway since {onset}.",
        "Ships lie across the fairway since 07:40.",
        "inject 'blockade', message: 07:40 looks like a fixed time: write {onset+2h} or the like",
    ),
    Damage(
        'basis = ["E2"]\n\n[[derived]]\nkind = "fading"',
        'basis = ["E1"]\n\n[[evidence]]\nid = "E9"\nclaim = "x"\nsource = "E2"\ndate = "2024"\n'
        'confidence = "U"\n\n[[derived]]\nkind = "fading"',
        "evidence that nothing cites: E9",
        '[[evidence]]\nid = "E1"',
    ),
    Damage(
        "[[weather]]",
        '[[track]]\nid = "rain"\nname = "Rain"\nshort = "Rain"\nbetter = "lower"\nabout = "x"\n'
        'start = 1\nrange = [0, 2]\nbasis = ["E1"]\n\n[[weather]]',
        "track 'rain': nothing moves it",
    ),
    Damage(
        "start = 20\nrate = 4",
        "start = 20",
        "lever 'readiness': it does nothing: the rate of track 'staff' is 0",
        'effects = [{ track = "staff"',
    ),
    Damage(
        'rule = "random"',
        "",
        "",
    ),
    Damage(
        'lever = "press", level = "open" }]',
        'lever = "readiness", level = "low" }]',
        "",
    ),
    Damage(
        'kind = "money"',
        'kind = "points"',
        "lever 'readiness': its upkeep is never paid: no budget is money",
        '[[lever]]\nid = "readiness"',
    ),
    Damage(
        'short = "Captain"',
        'short = "Harbour captain"',
        "seat 'captain': short has 15 characters, 12 are shown",
    ),
]


SMALL = [
    (
        "track 'latency': start 60 is never used: the clock reads 66 at the start; "
        "write that, or mend 'times' and 'over'"
    ),
    (
        "inject 'letter', option 'silence': option 'answer' is better on something and worse on "
        "nothing, in every posture and in time or late: give this one a gain of its own"
    ),
]
"""What is worth a second look in the small exercise as it is."""


def _remarks(proof: Proof) -> list[str]:
    """The warnings that the small exercise does not have anyway."""
    return [str(warning) for warning in proof.warnings if warning.text not in SMALL]


def _expected(text: str, file: str, at: str, sentences: str) -> list[str]:
    line = text[: text.index(at)].count("\n") + 1
    return [f"small/{file} line {line}: {said}" for said in sentences.split(" | ") if said]


def _damage(tmp_path: Path, damage: Damage) -> tuple[Path, list[str]]:
    old, new, says, at = damage
    homes = [name for name, text in small.FILES.items() if text.count(old) == 1]
    assert len(homes) == 1, f"{old!r} stands in {homes}"
    text = small.FILES[homes[0]].replace(old, new)
    small.write(tmp_path / "small", small.FILES | {homes[0]: text})
    return Path("small"), _expected(text, homes[0], at or new, says)


@pytest.mark.parametrize(
    "damage",
    [*TAKEN, *UNKNOWN, *FITTING, *INJECTS, *LOOPS, *BOUNDS],
    ids=lambda damage: damage[2][:60],
)
def test_a_mistake_is_told_with_its_place(
    damage: Damage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, expected = _damage(tmp_path, damage)

    assert expected == [str(problem) for problem in proofread(path).problems]


def test_twelve_steps_from_a_track_are_not_too_many(tmp_path: Path) -> None:
    files = {
        name: text.replace(
            '[[derived]]\nkind = "fading"', _chain(12) + '[[derived]]\nkind = "fading"'
        )
        for name, text in small.FILES.items()
    }
    small.write(tmp_path / "small", files)
    proof = proofread(tmp_path / "small")

    assert [] == proof.problems
    assert proof.exercise is not None
    assert "a12" in {value.id for value in proof.exercise.derived}


@pytest.mark.parametrize("damage", WARNED, ids=lambda damage: damage[2][:60])
def test_a_warning_does_not_fail(
    damage: Damage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, expected = _damage(tmp_path, damage)
    proof = proofread(path)

    assert (expected, []) == (_remarks(proof), proof.problems)
    assert proof.exercise


def test_levers_that_nobody_moves_or_that_move_nothing_are_remarked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = small.FILES["exercise.toml"].replace('rule = "random"\n', "")
    text = text.replace(', { turn = 2, lever = "press", level = "open" }', "")
    text = text.replace(
        "[[calendar]]",
        '[[lever]]\nid = "flag"\nname = "Flag"\nabout = "x"\ncells = ["harbour"]\n'
        'held_by = "x"\nstart = "up"\nlevels = [{ id = "up", name = "up", note = "x" }, '
        '{ id = "down", name = "down", note = "x" }]\n\n[[calendar]]',
    )
    small.write(tmp_path / "small", small.FILES | {"exercise.toml": text})

    assert [
        "small/exercise.toml line 277: lever 'press': no robot moves it",
        (
            "small/exercise.toml line 302: lever 'flag': moving it does nothing: no level differs "
            "in what it does"
        ),
        "small/exercise.toml line 302: lever 'flag': no robot moves it",
    ] == _remarks(proofread(Path("small")))


def test_every_mistake_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {
        "exercise.toml": small.FILES["exercise.toml"]
        .replace("closes = 12", "closes = 8")
        .replace('actor = "south"', 'actor = "west"'),
        "injects.toml": small.FILES["injects.toml"].replace('lean = "F"', 'lean = "f"'),
    }
    small.write(tmp_path / "small", files)

    expected = """\
small/exercise.toml line 54: cell 'harbour': actor 'west' is unknown (there are north, south)
small/exercise.toml line 419: clock, wait: closes must differ from opens (8): \
nobody would share an hour
small/injects.toml line 42: inject 'blockade', option 'sail': lean 'f' is unknown (there are F, R)
small/injects.toml line 89: inject 'letter', option 'answer': lean 'f' is unknown (there are F, R)
"""
    problems = proofread(Path("small")).problems
    assert expected == "".join(f"{problem}\n" for problem in problems)


def _parts(kind: type[Part]) -> list[type[Part]]:
    """A kind and all that are made from it in the model, wherever they stand."""
    more = [part for one in kind.__subclasses__() for part in _parts(one)]
    return [kind, *more] if kind.__module__.startswith("ttx.exercise.model.") else more


PARTS = _parts(Part)


def _holds_ids(annotation: object) -> bool:
    """Whether a field is an id, a list of ids, or a table by id."""
    if typing.get_origin(annotation) is typing.Annotated:
        return any("A-Za-z0-9_-" in str(extra) for extra in annotation.__metadata__)  # type: ignore[attr-defined]  # Annotated has it
    if typing.get_origin(annotation) is dict:
        return _holds_ids(typing.get_args(annotation)[0])
    return any(_holds_ids(part) for part in typing.get_args(annotation))


def test_every_field_that_holds_ids_is_looked_up() -> None:
    levels = {"LeverAt", "While", "Wish", "Lever"}
    names_of_its_own = {("Clock", "profiles"), ("Map", "place"), ("Map", "zooms")}
    names_of_its_own |= {("Responded", "aim")}
    missed = [
        (part.__name__, name)
        for part in PARTS
        for name, about in typing.get_type_hints(part, include_extras=True).items()
        if _holds_ids(about)
        and name != "id"
        and name not in _USES.get(part, {})
        and not (part.__name__ in levels and name in ("level", "at_least", "at_most", "start"))
        and (part.__name__, name) not in names_of_its_own
    ]

    assert [("Term", "of"), ("LogitTerm", "of")] == missed
    assert {Sum, Stage, Logit} == set(_TERMS)


def _plays(exercise: Exercise) -> None:
    tables = Tables(exercise)
    for robot in exercise.robot:
        worlds = Worlds(tables, 7, np.arange(3, dtype=np.uint64), keep=True)
        for _ in range(exercise.turns.count):
            robots.turn(worlds, robot)
        scores = worlds.scores()
        assert ((worlds.tracks >= 0) & (worlds.tracks <= 10000)).all()
        assert ((scores >= -10000) & (scores <= 10000)).all()


def _source(tmp_path: Path) -> Source:
    return Source.read(small.write(tmp_path / "small", small.FILES))


VALUES = st.one_of(
    st.sampled_from([0, 1, -1, 2, 3, 100, -100, 9000, 10**6, 2**31, 10**30, True, "", "staff"]),
    st.sampled_from(["spent", "latency", "means", "press", "A", "x y", "\x1b[31m", [], {}]),
    st.sampled_from([["staff"], [1, 2], {"en": "x"}, {"of": "staff"}, {"fired": "letter"}]),
    st.integers(-300, 300),
    st.decimals(-101, 101, places=2),
    st.text(max_size=5),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_accepted_can_be_played(tmp_path: Path, data: st.DataObject) -> None:
    """One value of a sound exercise replaced, dropped or doubled: refused, or it plays."""
    written = _source(tmp_path).data
    places = sorted((path for path, _ in walk(written) if path), key=repr)
    *outer, last_step = data.draw(st.sampled_from(places))
    last: typing.Any = last_step
    holder: typing.Any = written
    for step in outer:
        holder = below(holder, step)
    match data.draw(st.sampled_from(["replace", "drop", "double"])):
        case "replace":
            holder[last] = data.draw(VALUES)
        case "drop":
            del holder[last]
        case "double" if isinstance(holder, list):
            holder.append(holder[last])
    found = _read(written)
    if isinstance(found, Exercise):
        _plays(found)
    else:
        assert found
        assert all(line.isprintable() for line in found)


def _read(data: dict[str, typing.Any]) -> Exercise | list[str]:
    try:
        return from_data(data)
    except ExerciseError as error:
        return [str(problem) for problem in error.problems]


def test_the_small_exercise_is_sound_and_plays(tmp_path: Path) -> None:
    proof = proofread(small.write(tmp_path / "small", small.FILES))

    assert ([], SMALL) == (proof.problems, [warning.text for warning in proof.warnings])
    assert proof.exercise
    _plays(proof.exercise)


def test_any_path_has_a_place(tmp_path: Path) -> None:
    data = _source(tmp_path).data
    for path, _ in walk(data):
        assert isinstance(place(path, data), str)
        assert isinstance(place((*path, "nothing", 3), data), str)


def _texts(part: type[Part]) -> list[str]:
    return [name for name, field in part.model_fields.items() if not field.description]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_of_a_part_has_a_text(part: type[Part]) -> None:
    assert [] == _texts(part)
    assert part.__doc__


def test_every_part_of_an_exercise_is_walked() -> None:
    assert {Exercise, Sum, Stage, Logit} <= {*PARTS}
    assert len(PARTS) > 60


def test_the_schema_shows_the_texts_to_an_editor() -> None:
    schema = Exercise.model_json_schema(by_alias=True)
    shapes = [schema, *schema["$defs"].values()]
    fields = [field for shape in shapes for field in shape.get("properties", {}).items()]

    assert len(fields) > 300
    assert [] == [name for name, field in fields if not field.get("description")]
