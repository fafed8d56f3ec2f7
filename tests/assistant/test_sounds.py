"""Sounds: characters that sound alike, or nearly, have one sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sounds import Sounds

SOUNDS = Sounds.common()


@pytest.mark.parametrize(
    ("one", "other"),
    [("官", "管"), ("只", "子"), ("成", "岑"), ("山", "三"), ("领", "林"), ("生", "森"), ("商", "三"), ("女", "女")],
)
def test_characters_of_the_same_or_a_near_sound_sound_alike(one: str, other: str) -> None:
    assert SOUNDS.of(one) == SOUNDS.of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("良", "连"), ("光", "关"), ("羊", "盐"), ("王", "完"), ("女", "努"), ("东", "蹲")]
)
def test_characters_of_other_sounds_do_not(one: str, other: str) -> None:
    assert SOUNDS.of(one) != SOUNDS.of(other)


@given(st.text("体验官龘abc12，🙂", max_size=20))
def test_a_text_has_as_many_sounds_as_characters(text: str) -> None:
    assert len(SOUNDS.of(text)) == len(text)


def test_what_has_no_reading_stays_itself() -> None:
    assert SOUNDS.of("龘a1，") == "龘a1，"
    assert SOUNDS.sound("龘") == "龘"


def test_a_syllable_sounds_like_its_characters() -> None:
    assert SOUNDS.joined(["ti", "yan", "guan"]) == SOUNDS.of("体验官")
    assert SOUNDS.sound("guan") == SOUNDS.sound("官")


def test_no_syllables_have_no_sounds() -> None:
    assert SOUNDS.joined([]) == ""
    with pytest.raises(KeyError, match="help"):
        SOUNDS.joined(["help"])


@pytest.mark.parametrize(
    ("text", "place", "syllables"),
    [
        ("xian", 0, ["xi", "xia", "xian"]),
        ("tiyan", 2, ["ya", "yan"]),
        ("help", 2, []),
        ("nvx", 0, ["nv"]),
        ("ti", 2, []),
    ],
)
def test_the_syllables_at_a_place_are_found(text: str, place: int, syllables: list[str]) -> None:
    assert list(SOUNDS.starting(text, place)) == syllables


def test_characters_are_read_as_in_questions() -> None:
    assert [SOUNDS.readings[character] for character in "长女啥咋"] == ["chang", "nv", "sha", "za"]


def test_the_readings_are_all_that_is_needed() -> None:
    small = Sounds({"官": "guan", "管": "guan", "上": "shang"})
    assert small.syllables == {"guan", "shang"}
    assert small.of("官管上") == small.joined(["guan", "guan", "shang"])
