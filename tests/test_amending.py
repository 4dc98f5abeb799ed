"""How a ruling is amended: by the model's own arithmetic, within a band, under the same clamp."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.tables import exercise

from ttx.adjudicator import amending, rulings, succession
from ttx.adjudicator.arithmetic import RESPONSES, TIMINGS
from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.exercise.parts import with_parts

TABLES = Tables(exercise("accelerate"))
INJECTS = {one.id: one for one in TABLES.injects}
CRISES = [one.id for one in TABLES.injects if one.slot == "crisis"]


def at(luck: int, *, edge: bool = False) -> Position:
    """A position in turn 1 with tracks anywhere, or near the ends of the scale."""
    start = rulings.start(TABLES)
    opened = succession.opened(TABLES, start, rulings.opening(TABLES, start, 7))
    state, tracks = luck, []
    for _ in opened.tracks:
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        value = (state >> 33) % 10001
        tracks.append((value % 300 if value & 1 else 10000 - value % 300) if edge else value)
    position = replace(opened, tracks=tuple(tracks))
    return succession.closed(TABLES, position, rulings.posture(TABLES, position))


positions = st.builds(at, st.integers(0, 2**32), edge=st.booleans())


@st.composite
def ruled(draw: st.DrawFn, names: list[str] | None = None) -> tuple[Position, Ruling]:
    """A position, and the engine's ruling on some inject there."""
    position = draw(positions)
    name = draw(st.sampled_from(names or [*INJECTS]))
    option = draw(st.sampled_from([one.id for one in INJECTS[name].option]))
    seed, discord = draw(st.integers(0, 999)), draw(st.booleans())
    quarters = draw(st.sampled_from([None, 0, 1, 2, 3, 4]))
    fact = rulings.ruling(TABLES, position, seed, name, option, discord=discord, quarters=quarters)
    return position, fact


@pytest.mark.slow
@given(ruled())
@settings(max_examples=200)
def test_the_clamp_is_the_engines(case: tuple[Position, Ruling]) -> None:
    position, fact = case

    assert fact == amending.limited(TABLES, position, replace(fact, limits=()))
    assert fact == amending.with_effects(TABLES, position, fact, {})


def test_near_the_ends_of_the_scale_something_is_clamped() -> None:
    facts = [
        rulings.ruling(TABLES, at(luck, edge=True), 3, name, INJECTS[name].option[0].id)
        for luck in range(5)
        for name in CRISES
    ]

    assert any(fact.limits for fact in facts)


@pytest.mark.slow
@given(ruled(CRISES))
@settings(max_examples=200)
def test_retimed_at_the_models_own_timing_it_is_the_same(case: tuple[Position, Ruling]) -> None:
    position, fact = case

    assert fact == amending.retimed(TABLES, position, fact, fact.timing)


@pytest.mark.slow
@given(
    positions,
    st.sampled_from(CRISES),
    st.integers(0, 999),
    st.integers(0, 1),
    st.sampled_from(TIMINGS),
    st.sampled_from([None, 0, 3, 4]),
)
@settings(max_examples=150)
def test_retimed_it_is_what_the_engine_rules_where_the_clock_gives_that(
    position: Position, name: str, seed: int, apart: int, timing: str, quarters: int | None
) -> None:
    option = INJECTS[name].option[seed % len(INJECTS[name].option)].id
    fact = rulings.ruling(
        TABLES, position, seed, name, option, discord=bool(apart), quarters=quarters
    )
    # A window in which the same minutes are that timing; nothing else of the exercise changes.
    windows = {
        "on_time": fact.total,
        "late": fact.total - 1,
        "far_too_late": fact.total // 2,
    }
    part = INJECTS[name].model_copy(update={"window": windows[timing]})
    injects = [part if one.id == name else one for one in TABLES.injects]
    other = Tables(with_parts(TABLES.exercise, inject=injects))
    engine = rulings.ruling(
        other, position, seed, name, option, discord=bool(apart), quarters=quarters
    )

    retimed = amending.retimed(TABLES, position, fact, timing)

    assert timing == engine.timing
    assert engine.minutes == retimed.minutes
    assert (engine.effects, engine.limits) == (retimed.effects, retimed.limits)


def test_a_ruling_without_a_clock_has_no_timing_to_change() -> None:
    name = next(one.id for one in TABLES.injects if one.slot == "policy")
    fact = rulings.ruling(TABLES, at(1), 1, name, INJECTS[name].option[0].id)

    with pytest.raises(ValueError, match="no timing to change"):
        amending.retimed(TABLES, at(1), fact, "late")


@given(st.integers(-10000, 10000))
def test_the_band_is_from_nothing_to_half_as_much_again(model: int) -> None:
    low, high = amending.band(model)
    most = max(-low, high)

    assert 0 in (low, high)
    assert 2 * most <= 3 * abs(model) < 2 * (most + 1)
    assert model * high >= 0 <= model * low
    assert amending.band(-model) == (-high, -low)


@pytest.mark.slow
@given(ruled(CRISES), st.sampled_from(TIMINGS), st.data())
@settings(max_examples=100)
def test_what_is_within_the_band(
    case: tuple[Position, Ruling], timing: str, data: st.DataObject
) -> None:
    position, model = case
    steps = abs(TIMINGS.index(timing) - TIMINGS.index(model.timing))
    base = amending.retimed(TABLES, position, model, timing)

    assert (steps <= 1) == amending.within_band(TABLES, position, model, base)
    place = data.draw(st.integers(0, max(len(base.effects) - 1, 0)))
    if steps > 1 or not base.effects:
        return
    low, high = amending.band(base.effects[place].by)
    for by, within in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        made = amending.with_effects(TABLES, position, base, {place: by})
        assert within == amending.within_band(TABLES, position, model, made)
        assert by == made.effects[place].by


def test_steps_between_responses() -> None:
    before = at(4)
    model = rulings.reckoning(TABLES, before, 7)
    did = {one.adversary: RESPONSES.index(one.response) for one in model.responses}
    for name, was in did.items():
        for to, response in enumerate(RESPONSES):
            made = rulings.reckoning(TABLES, before, 7, responses={name: response})
            assert abs(to - was) == amending.step(model, made)
            said = {one.adversary: one for one in made.responses}
            for one in model.responses:
                new = said[one.adversary]
                assert (one.odds, one.draw, one.z) == (new.odds, new.draw, new.z)
