"""Noise: the same message is disturbed in the same way in every run, and no more than was said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.quality.noise import changes, replaced, same_sound

SOUNDS = {"官": "关管", "招": "昭", "几": "己"}
QUESTION = "体验官招几个人？"


@pytest.mark.parametrize("name", changes(SOUNDS))
def test_a_change_depends_on_its_seed_alone(name: str) -> None:
    change = changes(SOUNDS)[name]
    assert change(QUESTION, random.Random(7)) == change(QUESTION, random.Random(7))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_so_many_characters_are_replaced_by_others_of_their_sound(count: int) -> None:
    noisy = replaced(QUESTION, SOUNDS, count, random.Random(1))
    changed = [(old, new) for old, new in zip(QUESTION, noisy, strict=True) if old != new]
    assert len(changed) == min(count, len(SOUNDS))
    assert all(new in SOUNDS[old] for old, new in changed)


def test_each_change_does_what_its_name_says() -> None:
    kinds = changes({})
    draw = random.Random(3)
    assert kinds["traditional"]("体验官", draw) == "體驗官"
    assert kinds["full_width"]("ab1", draw) == "ａｂ１"
    assert kinds["no_punctuation"]("几个，人？", draw) == "几个人"
    assert len(kinds["dropped_character"](QUESTION, draw)) == len(QUESTION) - 1
    assert "体验官招几个人" in kinds["emoji"](QUESTION, draw)
    story = kinds["in_a_story"](QUESTION, draw)
    assert "体验官招几个人" in story
    assert 150 <= len(story) <= 250


@pytest.mark.parametrize("seed", range(9))
def test_a_question_in_pinyin_has_no_character_left(seed: int) -> None:
    typed = changes({})["pinyin"]("阳曲 女性招聘会？", random.Random(seed))
    assert typed.replace(" ", "") == "yangqunvxingzhaopinhui？"


def test_pinyin_is_typed_with_spaces_between_syllables_between_words_and_without() -> None:
    typed = {changes({})["pinyin"]("电梯检查", random.Random(seed)) for seed in range(20)}
    assert typed == {"dian ti jian cha", "dianti jiancha", "diantijiancha"}


def test_one_or_two_telling_words_are_mixed_in_in_pinyin() -> None:
    typed = {changes({})["mixed_pinyin"]("他们问植物园的蟋蟀", random.Random(seed)) for seed in range(20)}
    assert typed == {"他们问zhiwuyuan的蟋蟀", "他们问zhiwuyuan的xishuai"}


def test_a_message_without_chinese_words_has_nothing_to_mix() -> None:
    assert changes({})["mixed_pinyin"]("app?", random.Random(1)) == "app?"


def test_sounds_are_read_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "same_pinyin.txt").write_text("#汉字\t同音\n官\t关\t管\n丙\t\t病\n", encoding="utf-8")
    assert same_sound(tmp_path) == {"官": "关"}


def test_without_the_folder_there_are_no_typos(tmp_path: Path) -> None:
    assert same_sound(None) == same_sound(tmp_path) == {}
    assert "one_typo" not in changes({})
