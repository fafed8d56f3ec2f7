"""Regions: names of places in a text, and what holds where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assistant.regions import Region, Regions
from assistant.settings import ROOT

REGIONS = Regions.from_dict(YAML(typ="safe").load((ROOT / "data" / "regions.yml").read_text(encoding="utf-8")))
NAMES = ["小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区", "晋源区", "清徐县", "阳曲县", "娄烦县", "古交市"]


def test_the_city_has_its_ten_counties_and_districts() -> None:
    assert list(REGIONS.names) == NAMES
    assert REGIONS.city.name == "太原市"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("阳曲县招几个人", ("阳曲县",)),
        ("阳曲招几个人", ("阳曲县",)),
        ("小店和古交市的都要", ("小店区", "古交市")),
        ("太原", ("太原市",)),
        ("大同的呢", ("大同",)),
        ("从阳曲到阳曲县再到大同", ("阳曲县", "大同")),
        ("迎泽大街堵车", ()),
        ("迎泽公园在迎泽区", ("迎泽区",)),
        ("太原南站有小店分局的人", ()),
        ("招几个人", ()),
        ("", ()),
    ],
)
def test_places_are_found_in_order_each_once_without_parts_of_other_names(text: str, places: tuple[str, ...]) -> None:
    assert REGIONS.mentioned(text) == places


@pytest.mark.parametrize("region", [REGIONS.city, *REGIONS.districts], ids=lambda region: region.name)
def test_every_name_and_alias_stands_for_its_region(region: Region) -> None:
    for name in (region.name, *region.aliases):
        assert REGIONS.mentioned(f"我在{name}住") == (region.name,)


@pytest.mark.parametrize("name", NAMES)
def test_a_county_is_found_by_name_and_by_alias(name: str) -> None:
    region = REGIONS.get(name)
    assert region is not None
    assert region.name == name
    assert all(REGIONS.get(alias) is region for alias in region.aliases)


@pytest.mark.parametrize("name", ["太原市", "大同", "火星", ""])
def test_what_is_no_county_is_none(name: str) -> None:
    assert REGIONS.get(name) is None


def test_fields_that_an_operator_fills_in_come_with_the_region() -> None:
    regions = Regions.from_dict(
        {"city": {"name": "太原市"}, "regions": [{"name": "阳曲县", "aliases": None, "wildlife_phone": "0351-1234567"}]}
    )
    region = regions.get("阳曲县")
    assert region is not None
    assert region.aliases == ()
    assert region.fields == {"wildlife_phone": "0351-1234567"}


@pytest.mark.parametrize(
    ("region", "place", "covered"),
    [
        ("阳曲县", "阳曲县", True),
        ("阳曲县", "太原市", True),  # Whoever says the city does not mean another county.
        ("阳曲县", "小店区", False),
        ("阳曲县", "大同", False),
        ("太原市", "小店区", True),
        ("太原市", "太原市", True),
        ("太原市", "大同", False),
    ],
)
def test_what_holds_in_a_region_can_be_said_of_a_place_in_it(region: str, place: str, covered: bool) -> None:
    assert REGIONS.covers(region, place) is covered


@pytest.mark.parametrize("place", REGIONS.elsewhere)
def test_places_elsewhere_are_known_and_are_no_county(place: str) -> None:
    assert REGIONS.is_elsewhere(place)
    assert REGIONS.mentioned(f"{place}有没有") == (place,)
    assert REGIONS.get(place) is None


@given(st.text("阳曲小店迎泽大街区县太原市南站的", max_size=30))
def test_only_known_places_are_ever_named(text: str) -> None:
    found = REGIONS.mentioned(text)
    assert set(found) <= {"太原市", *NAMES, *REGIONS.elsewhere}
    assert len(set(found)) == len(found)
