"""Segmenter: words of the dictionary and of the knowledge, and no guesses."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest

from assistant import segmenter
from assistant.settings import get_settings


@pytest.fixture(autouse=True)
def prepared() -> None:
    segmenter.prepare()


def test_words_that_were_added_are_cut_as_one() -> None:
    segmenter.add(["鬼斧神工谷大道"])
    assert segmenter.cut("去鬼斧神工谷大道") == ["去", "鬼斧神工谷大道"]


def test_what_no_dictionary_knows_falls_into_characters() -> None:
    assert segmenter.cut("龘靐") == ["龘", "靐"]


@pytest.mark.parametrize("text", ["", "体验官招几个人", "打12345 行不行", "abc,def。"])
def test_nothing_is_lost(text: str) -> None:
    assert "".join(segmenter.cut(text)) == text


def test_common_words_are_more_common_than_rare_ones_and_these_than_none() -> None:
    assert segmenter.commonness("我们") > segmenter.commonness("课间") > segmenter.commonness("课坚") == 0


def test_words_younger_than_the_dictionary_are_known() -> None:
    assert segmenter.commonness("官网") > 0


def test_the_cache_lies_in_the_projects_own_folder() -> None:
    assert Path(jieba.dt.tmp_dir) == get_settings().var_folder
