from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import asin, cos, dist, radians, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from ttx.exercise.model.map import Map, Place, Window
from ttx.exercise.model.part import text
from ttx.session.view.theatre import distance
from ttx.tui import land as of_land
from ttx.tui import theatre
from ttx.tui.land import land, view, zooms
from ttx.tui.theatre import MapLabel, Pin, frame, settle, settle_names, spot
from ttx.tui.theme import DARK, FULL, PLAIN, Glyphs

CHINA, JAPAN = "#ff875f", "#afd7ff"
SIZES = [(72, 34), (58, 31), (40, 22)]
PLACES = ("yokota", "naha", "taipei", "seoul", "pyongyang", "vladivostok", "senkaku", "yonaguni")

DATA = Path(__file__).parents[1] / "exercises" / "accelerate" / "map.toml"
MAP = Map.model_validate(
    tomllib.loads(DATA.read_text(encoding="utf-8"), parse_float=Decimal)["map"]
)


def square(west: int, south: int, east: int, north: int) -> list[int]:
    """A ring, in hundredths of a degree."""
    return [west, south, east, south, east, north, west, north]


def toy(*land: list[int], **place: Place) -> Map:
    """Ten by ten degrees about the equator: on 20 by 10 cells four dots a degree."""
    window = Window(west=Decimal(0), east=Decimal(10), south=Decimal(-5), north=Decimal(5))
    return Map(
        window=window,
        true_at=Decimal(0),
        source="drawn by hand",
        land=[*land, square(-9000, -8000, -8000, -7000), square(8000, 7000, 9000, 8000)],
        place=place,
    )


def pin(name: str, letter: str = "C", number: int = 4, *, marked: bool = False) -> Pin:
    lon, lat, edge = spot(MAP.place[name])
    return Pin(letter, number, lon, lat, CHINA, marked, edge)


def named(*names: str) -> list[MapLabel]:
    every = {
        label.text: label
        for label in theatre.labels(MAP, kinds=("base", "city", "island", "sea", "site", "off-map"))
    }
    return [every[text(MAP.place[name].name)] for name in names]


def plain(rows: Sequence[Text]) -> list[str]:
    return [row.plain for row in rows]


def style_at(rows: Sequence[Text], column: int, row: int) -> str:
    """The style of a cell of a row without wide characters."""
    found = [str(span.style) for span in rows[row].spans if span.start <= column < span.end]
    return found[-1] if found else ""


def is_dots(character: str) -> bool:
    return "\u2800" < character <= "\u28ff"


class TestDistance:
    @pytest.mark.parametrize(
        ("here", "there", "km"),
        [
            ("okinawa-southeast", "naha", 220),
            ("okinawa-southeast", "yokota", 1530),
            ("okinawa-southeast", "ichigaya", 1550),
            ("okinawa-southeast", "hawaii", 7350),
            ("naha", "yokota", 1530),
            ("naha", "taipei", 630),
            ("tokyo", "washington", 10900),
            ("naha", "naha", 0),
        ],
    )
    def test_between_places(self, here: str, there: str, km: int) -> None:
        one, other = (MAP.place[name] for name in (here, there))
        ways = [(one.lon, one.lat, other.lon, other.lat), (other.lon, other.lat, one.lon, one.lat)]

        assert [distance(*map(float, way)) for way in ways] == [km, km]

    @given(*[st.floats(-180, 180), st.floats(-90, 90)] * 2)
    def test_it_is_the_angle_between_the_two(
        self, lon: float, lat: float, to_lon: float, to_lat: float
    ) -> None:
        here, there = (
            (cos(radians(b)) * cos(radians(a)), cos(radians(b)) * sin(radians(a)), sin(radians(b)))
            for a, b in ((lon, lat), (to_lon, to_lat))
        )

        assert distance(lon, lat, to_lon, to_lat) == pytest.approx(
            6371 * 2 * asin(min(dist(here, there) / 2, 1)), abs=5.01
        )

    def test_half_way_round_the_earth_over_the_date_line(self) -> None:
        assert distance(90, 0, -90, 0) == 20020
        assert distance(179, 0, -179, 0) == 220


class TestView:
    @pytest.mark.parametrize("zoom", zooms(MAP))
    @pytest.mark.parametrize(("width", "height"), SIZES)
    def test_the_whole_window_is_in_view(self, zoom: str, width: int, height: int) -> None:
        window = MAP.window if zoom == "whole" else MAP.zooms[zoom]
        on = view(MAP, zoom, width, height)
        left, top = on.dot(float(window.west), float(window.north))
        right, bottom = on.dot(float(window.east), float(window.south))

        assert -1e-6 <= left < right <= 2 * width + 1e-6
        assert -1e-6 <= top < bottom <= 4 * height + 1e-6
        assert right - left > 2 * width - 1e-6 or bottom - top > 4 * height - 1e-6

    def test_it_is_true_at_its_latitude(self) -> None:
        on = view(MAP, "whole", 72, 34)

        assert on.across / on.down == pytest.approx(0.8192, abs=1e-4)

    def test_it_is_centred(self) -> None:
        on = view(MAP, "whole", 72, 34)

        assert on.dot(132.5, 35) == pytest.approx((72, 68))

    def test_it_moves_off_the_centre_rather_than_beyond_the_data(self) -> None:
        on = view(MAP, "north", 58, 31)

        assert on.north == pytest.approx(52)
        assert is_dots(plain(frame(MAP, 58, 31, DARK, zoom="north"))[0][0])

    def test_east_and_west_too(self) -> None:
        corner = Window(west=Decimal(0), east=Decimal(2), south=Decimal(-1), north=Decimal(1))
        shore = toy(square(-100, -600, 1100, 600)).model_copy(update={"zooms": {"corner": corner}})
        near = shore.model_copy(update={"land": shore.land[:1]})

        assert view(shore, "corner", 40, 5).west == pytest.approx(-3)
        assert view(near, "corner", 40, 5).west == pytest.approx(-1)

    def test_zooms(self) -> None:
        assert zooms(MAP) == ("whole", "south-west", "north")


class TestLand:
    @pytest.mark.parametrize(("width", "height"), SIZES)
    @pytest.mark.parametrize("zoom", ["whole", "north"])
    def test_known_cells(self, zoom: str, width: int, height: int) -> None:
        rows = frame(MAP, width, height, DARK, zoom=zoom)
        on = view(MAP, zoom, width, height)

        def style(lon: float, lat: float) -> str:
            column, row = on.cell(lon, lat)
            return style_at(rows, column, row)

        assert style(130, 46.5) == DARK.land, "Manchuria"
        assert style(143, 43.3) in {DARK.land, DARK.coast}, "Hokkaido"
        assert style(146, 40) == "", "the Pacific"
        assert style(134, 40.5) == "", "the Sea of Japan"

    @pytest.mark.parametrize(("width", "height"), SIZES)
    def test_cities_stand_on_land(self, width: int, height: int) -> None:
        rows = frame(MAP, width, height, DARK)
        on = view(MAP, "whole", width, height)
        for name in ("tokyo", "taipei", "seoul", "beijing", "nagoya"):
            column, row = on.cell(*spot(MAP.place[name])[:2])
            assert style_at(rows, column, row) in {DARK.land, DARK.coast}, name

    def test_a_square_fills_the_dots_whose_centres_lie_in_it(self) -> None:
        rows = plain(frame(toy(square(100, 0, 300, 400)), 20, 10, DARK))

        assert rows == [
            " " * 20,
            *[f"  {'⣿' * 4}{' ' * 14}"] * 4,
            *[" " * 20] * 5,
        ]

    def test_a_dot_is_on_from_its_centre(self) -> None:
        before, after = (
            plain(frame(toy(square(west, 0, 300, 400)), 20, 10, DARK)) for west in (110, 115)
        )

        assert (before[1][2], after[1][2]) == ("⣿", "⢸")

    def test_only_cells_that_meet_the_sea_are_coast(self) -> None:
        rows = frame(toy(square(100, 0, 300, 400)), 20, 10, DARK)
        inner = {(c, r) for r in range(10) for c in range(20) if style_at(rows, c, r) == DARK.land}
        outer = {(c, r) for r in range(10) for c in range(20) if style_at(rows, c, r) == DARK.coast}

        assert inner == {(c, r) for c in (3, 4) for r in (2, 3)}
        assert len(outer) == 12

    def test_a_ring_that_turns_back_leaves_its_bay_open(self) -> None:
        bay = [100, 0, 400, 0, 400, 400, 300, 400, 300, 100, 200, 100, 200, 400, 100, 400]
        rows = plain(frame(toy(bay), 20, 10, DARK))

        assert rows[1:5] == [*["  ⣿⣿  ⣿⣿" + " " * 12] * 3, "  ⣿⣿⣿⣿⣿⣿" + " " * 12]

    def test_the_end_of_the_data_is_no_coast(self) -> None:
        rows = frame(MAP, 120, 34, DARK)
        on = view(MAP, "whole", 120, 34)
        column, row = on.cell(113.2, 40)

        assert plain(rows)[row][column - 2] == " "
        assert style_at(rows, column, row) == DARK.land

    def test_an_island_smaller_than_a_dot_has_one(self) -> None:
        rows = plain(frame(toy(square(430, 130, 435, 135)), 20, 10, DARK))

        assert "".join(rows).replace(" ", "") == "⠠"
        assert rows[3][8] == "⠠"

    def test_a_small_island_beside_others_takes_no_dot_away(self) -> None:
        shore = square(100, 0, 300, 400)
        rows = plain(frame(toy(shore, square(210, 210, 212, 212)), 20, 10, DARK))

        assert rows == plain(frame(toy(shore), 20, 10, DARK))

    def test_every_island_of_the_data_is_on_the_map(self) -> None:
        on = view(MAP, "whole", 72, 34)
        alone = MAP.model_copy(update={"borders": []})
        rows = plain(frame(alone, 72, 34, DARK))
        for ring in MAP.land:
            lon, lat = sum(ring[::2]) / len(ring) / 50, sum(ring[1::2]) / len(ring) / 50
            size = max(max(ring[::2]) - min(ring[::2]), max(ring[1::2]) - min(ring[1::2]))
            column, row = on.cell(lon, lat)
            if size < 20 and on.holds(column, row):
                near = [
                    (c, r) for c in (-1, 0, 1) for r in (-1, 0, 1) if on.holds(column + c, row + r)
                ]
                assert any(is_dots(rows[row + r][column + c]) for c, r in near)

    def test_borders_are_dots_left_out(self) -> None:
        whole = toy(square(-100, -600, 1100, 600))
        rows = frame(whole.model_copy(update={"borders": [[500, 600, 500, -600]]}), 20, 10, DARK)

        assert plain(rows) == ["⣿" * 10 + "⢸" + "⣿" * 9] * 10
        assert style_at(rows, 10, 5) == DARK.land

        narrow = toy(square(500, -600, 525, 600)).model_copy(
            update={"borders": [[512, 600, 512, -600]]}
        )
        assert plain(frame(narrow, 20, 10, DARK)) == [" " * 20] * 10
        assert plain(frame(narrow, 20, 10, DARK, signs=PLAIN))[0][10] == "#"

    def test_the_plain_set(self) -> None:
        shore = toy(square(100, 0, 300, 400), square(500, 0, 525, 100))
        rows = plain(frame(shore, 20, 10, DARK, signs=PLAIN))

        assert rows[1:5] == [*["  ####" + " " * 14] * 3, "  ####    #" + " " * 9]
        assert "." in "".join(plain(frame(MAP, 72, 34, DARK, signs=PLAIN)))

    def test_it_is_filled_once_for_a_size(self) -> None:
        of_land._land.cache_clear()
        for _ in range(3):
            frame(MAP, 30, 12, DARK, names=theatre.labels(MAP))
        frame(MAP, 31, 12, DARK)

        assert of_land._land.cache_info().misses == 2


class TestPins:
    def test_a_pin_covers_whole_cells_in_the_colour_of_its_actor(self) -> None:
        rows = frame(MAP, 72, 34, DARK, pins=[pin("beijing", "C", 12)])
        row, column = next(
            (at, row.index("C12")) for at, row in enumerate(plain(rows)) if "C" in row
        )

        assert style_at(rows, column, row) == f"bold {DARK.onactor} on {CHINA}"
        assert [style_at(rows, at, row) for at in (column - 1, column + 3)] == [
            DARK.land,
            DARK.land,
        ]
        assert column <= view(MAP, "whole", 72, 34).cell(116.4, 39.9)[0] <= column + 2

    def test_the_marked_one_has_a_word(self) -> None:
        drawn = "\n".join(plain(frame(MAP, 72, 34, DARK, pins=[pin("naha", marked=True)])))
        assert "C4 now" in drawn

        east = Pin("C", 4, 149.9, 35, CHINA, marked=True)
        drawn = "\n".join(plain(frame(MAP, 40, 22, DARK, pins=[east], now="jetzt")))
        assert "jetzt C4" in drawn

    def test_the_later_of_two_moves_down_then_up_then_right_then_near(self) -> None:
        on = view(toy(), "whole", 20, 10)
        pins = [Pin("C", number, 5.0, 0.9, CHINA) for number in range(1, 6)]
        placed = [(at.column, at.row) for _pin, at in settle(on, pins)]

        assert placed == [(9, 4), (9, 5), (9, 3), (12, 4), (6, 4)]

    def test_pins_side_by_side_would_touch(self) -> None:
        on = view(toy(), "whole", 20, 10)
        placed = settle(on, [Pin("C", 1, 5.0, 0.5, CHINA), Pin("J", 2, 6.0, 0.5, JAPAN)])

        assert [(at.column, at.row) for _pin, at in placed] == [(9, 4), (11, 5)]

    def test_outside_of_the_view_there_is_none(self) -> None:
        on = view(MAP, "south-west", 72, 34)

        assert settle(on, [pin("rebun"), pin("washington")]) == []

    def test_off_the_map_it_stands_at_the_edge_beside_the_name(self) -> None:
        pins = [pin("washington", "U", 5), pin("washington", "U", 6), pin("moscow", "R", 7)]
        rows = plain(frame(MAP, 72, 34, DARK, pins=pins, names=named("washington", "moscow")))

        assert [row[-15:] for row in rows if "U5" in row] == ["Washington U5 ▸"]
        assert [row[-4:] for row in rows if "U6" in row] == ["U6 ▸"]
        assert [row[:11] for row in rows if "R7" in row] == ["◂ R7 Moscow"]

    def test_a_name_off_the_map_joins_only_pins_of_its_own(self) -> None:
        pins = [pin("guam", "U", number) for number in range(1, 6)]
        drawn = "\n".join(plain(frame(MAP, 72, 34, DARK, pins=pins, names=named("guam", "hawaii"))))

        assert "Guam U1 ▸" in drawn
        assert "Hawaii (INDOPACOM) U" not in drawn

    @given(
        st.lists(st.sampled_from(sorted(MAP.place)), max_size=28),
        st.integers(20, 120),
        st.integers(8, 50),
        st.sampled_from(zooms(MAP)),
    )
    def test_no_two_touch(self, names: list[str], width: int, height: int, zoom: str) -> None:
        pins = [pin(name, number=at, marked=at == 3) for at, name in enumerate(names)]
        placed = [piece for _pin, piece in settle(view(MAP, zoom, width, height), pins)]
        seen: set[tuple[int, int]] = set()
        for piece in placed:
            assert seen.isdisjoint(piece.cells(1))
            seen |= piece.cells()
        assert all(0 <= column < width and 0 <= row < height for column, row in seen)


class TestNames:
    def test_right_of_the_mark_over_open_sea(self) -> None:
        rows = plain(frame(MAP, 72, 34, DARK, names=named("naha")))

        assert any("+ Naha" in row for row in rows)

    def test_left_where_the_right_would_meet_the_edge(self) -> None:
        rows = plain(frame(toy(), 20, 10, DARK, names=[MapLabel("Eastend", 9.5, 0.5)]))

        assert rows[4] == " " * 11 + "Eastend +"

    def test_left_where_the_right_would_meet_a_pin_or_a_name(self) -> None:
        pins = [Pin("C", 4, 7.0, 0.5, CHINA)]
        rows = plain(frame(toy(), 20, 10, DARK, pins=pins, names=[MapLabel("Here", 5, 0.5)]))
        assert rows[4] == "     Here +  C4     "

        names = [MapLabel("Here", 5, 0.5), MapLabel("Sea", 7.0, 0.5)]
        rows = plain(frame(toy(), 20, 10, DARK, names=names))
        assert rows[4] == "     Here +   + Sea "

    def test_a_word_never_stands_against_a_pin(self) -> None:
        pins = [Pin("C", 4, 8.5, 0.5, CHINA)]
        rows = plain(frame(toy(), 20, 10, DARK, pins=pins, names=[MapLabel("Here", 5, 0.5)]))

        assert rows[4] == "     Here +     C4  "

    def test_the_coast_counts_twice_what_lies_behind_it(self) -> None:
        shore = toy(square(300, -600, 1100, 600))
        rows = plain(frame(shore, 20, 10, DARK, names=[MapLabel("Port", 5, 0.5)]))

        assert "+ Port" in rows[4]

    def test_left_where_the_right_would_hide_the_coast(self) -> None:
        shore = toy(square(520, -500, 900, 500))
        rows = plain(frame(shore, 20, 10, DARK, names=[MapLabel("Port", 5.1, 0.5)]))

        assert rows[4].startswith("     Port +⣿⣿")

    def test_what_finds_no_room_is_dropped_with_its_mark_the_last_first(self) -> None:
        names = [MapLabel(name, 5, 0.5) for name in ("First", "Second")]
        rows = plain(frame(toy(), 20, 10, DARK, names=names))
        assert "".join(rows).split() == ["+", "First"]

        rows = plain(frame(toy(), 20, 10, DARK, names=names[::-1]))
        assert "".join(rows).split() == ["+", "Second"]

    def test_the_mark_of_a_later_name_gives_way_only_when_it_must(self) -> None:
        names = [MapLabel("Taipei", 4.1, 0.5), MapLabel("Yona", 6, 0.5)]
        rows = plain(frame(toy(), 20, 10, DARK, names=names))
        assert rows[4] == " Taipei +   + Yona  "

        rows = plain(frame(toy(), 20, 10, DARK, names=[MapLabel("Taipei", 1, 0.5), names[1]]))
        assert rows[4] == "  + Taipei  + Yona  "

        names = [MapLabel("Taipei", 1, 0.5), MapLabel("Yona", 4, 0.5)]
        rows = plain(frame(toy(), 20, 10, DARK, names=names))
        assert rows[4] == "  + Taipei          "

    def test_a_pin_stands_for_the_mark_it_covers(self) -> None:
        pins, names = [pin("naha", "J", 10)], named("naha")
        rows = plain(frame(MAP, 72, 34, DARK, pins=pins, names=names))

        assert any("J10 Naha" in row for row in rows)
        assert "+" not in "".join(rows)

    def test_a_name_without_a_mark_stands_on_its_spot(self) -> None:
        rows = plain(frame(toy(), 20, 10, DARK, names=[MapLabel("CHINA", 5, 0.5, mark="")]))

        assert rows[4] == "        CHINA       "

    def test_off_the_map_at_the_edge_in_the_row_of_its_latitude(self) -> None:
        rows = frame(MAP, 72, 34, DARK, names=named("guam", "hawaii", "moscow"))
        on = view(MAP, "whole", 72, 34)

        assert rows[on.cell(0, 21)[1]].plain.endswith(" Guam ▸")
        assert rows[on.cell(0, 23)[1]].plain.endswith(" Hawaii (INDOPACOM) ▸")
        assert rows[on.cell(0, 48.5)[1]].plain.startswith("◂ Moscow")
        assert style_at(rows, 71, on.cell(0, 21)[1]) == DARK.muted

    @pytest.mark.parametrize(("width", "height"), SIZES)
    def test_the_corner_round_taipei(self, width: int, height: int) -> None:
        pins = [pin("danjo", number=1), pin("okinawa-southeast", marked=True)]
        rows = plain(frame(MAP, width, height, DARK, pins=pins, names=named(*PLACES)))

        assert any("Taipei +" in row or "+ Taipei" in row for row in rows)
        assert any("Naha +" in row or "+ Naha" in row for row in rows)
        assert any("C4 now" in row for row in rows)

    def test_the_places_whose_distance_is_shown_come_first(self) -> None:
        chosen = [label.text for label in theatre.labels(MAP)]

        assert chosen[:4] == ["Naha", "Yokota", "Ichigaya", "Hawaii (INDOPACOM)"]
        assert len(chosen) == len(set(chosen))
        assert not {"Senkaku", "Misawa"} & set(chosen)
        assert theatre.labels(MAP, "ja")[0].text == "那覇"

    @pytest.mark.slow
    @given(
        st.permutations(sorted(MAP.place)),
        st.lists(st.sampled_from(sorted(MAP.place)), max_size=12),
        st.integers(20, 120),
        st.integers(8, 50),
        st.sampled_from(zooms(MAP)),
    )
    def test_nothing_overlaps(
        self, places: list[str], pinned: list[str], width: int, height: int, zoom: str
    ) -> None:
        pins = [pin(name, number=at, marked=not at) for at, name in enumerate(pinned)]
        on = view(MAP, zoom, width, height)
        settled = settle(on, pins)
        pieces = settle_names(land(MAP, zoom, width, height), named(*places), settled)
        pieces += [piece for _, piece in settled]
        rows: dict[int, list[tuple[int, int]]] = {}
        for piece in pieces:
            assert piece.within(on)
            rows.setdefault(piece.row, []).append((piece.column, piece.end))
        for spans in rows.values():
            for (_, end), (start, _) in pairwise(sorted(spans)):
                assert end <= start

        # What was placed is what can be read.
        shown = plain(frame(MAP, width, height, DARK, zoom=zoom, pins=pins, names=named(*places)))
        for piece in pieces:
            assert "".join(word for word, _ in piece.words) in shown[piece.row]


class TestFrame:
    @pytest.mark.slow
    @given(
        st.integers(20, 120),
        st.integers(8, 50),
        st.sampled_from(zooms(MAP)),
        st.sampled_from(["en", "ja"]),
        st.sampled_from([FULL, PLAIN]),
        st.lists(st.sampled_from(sorted(MAP.place)), max_size=8),
    )
    def test_it_is_exactly_as_large_as_asked(
        self, width: int, height: int, zoom: str, language: str, signs: Glyphs, pinned: list[str]
    ) -> None:
        rows = frame(
            MAP,
            width,
            height,
            DARK,
            zoom=zoom,
            pins=[pin(name, number=at, marked=at == 1) for at, name in enumerate(pinned)],
            names=theatre.labels(MAP, language, ("base", "city", "island", "sea", "off-map")),
            now="今" if language == "ja" else "now",
            signs=signs,
        )

        assert [row.cell_len for row in rows] == [width] * height
        if signs.plain and language == "en":
            assert "".join(plain(rows)).isascii()

    @pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 1), (1, 30), (200, 1)])
    def test_a_sliver_is_drawn_too(self, width: int, height: int) -> None:
        rows = frame(MAP, width, height, DARK, pins=[pin("naha")], names=theatre.labels(MAP))

        assert [row.cell_len for row in rows] == [width] * height

    def test_a_map_without_land_is_sea(self) -> None:
        bare = MAP.model_copy(update={"land": [], "borders": []})

        assert plain(frame(bare, 20, 8, DARK)) == [" " * 20] * 8

    def test_the_ground_is_the_screen(self) -> None:
        assert {str(row.style) for row in frame(MAP, 20, 8, DARK)} == {f"{DARK.text} on {DARK.bg}"}
