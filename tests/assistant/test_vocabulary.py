"""Vocabulary: what is often asked is likely, what is never said is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant import segmenter
from assistant.lattice import START
from assistant.vocabulary import Vocabulary

RUNS = [["体验官", "招", "几个", "人"], ["体验官", "有", "工资", "吗"], ["几个", "人"], ["招", "人"]]


@pytest.fixture
def vocabulary() -> Vocabulary:
    segmenter.prepare()
    return Vocabulary.of(RUNS, ["体验官", "阳曲县"])


def test_words_are_those_of_the_runs_and_the_terms(vocabulary: Vocabulary) -> None:
    assert "体验官" in vocabulary
    assert "阳曲县" in vocabulary
    assert "电梯" not in vocabulary


def test_words_stand_by_how_often_they_are_used(vocabulary: Vocabulary) -> None:
    assert vocabulary.words[0] == START
    assert set(vocabulary.words[1:3]) == {"人", "体验官"}


def test_a_common_word_costs_less_than_a_rare_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.alone("体验官") < vocabulary.alone("工资") < vocabulary.alone("我们") < vocabulary.alone("龘龘")


def test_a_word_costs_less_after_one_that_it_follows(vocabulary: Vocabulary) -> None:
    assert vocabulary.cost("几个", "人") < vocabulary.cost("招", "人") < vocabulary.cost("工资", "人")
    assert vocabulary.cost(START, "体验官") < vocabulary.cost("人", "体验官") == vocabulary.alone("体验官")
    assert vocabulary.cost("龘龘", "人") == vocabulary.alone("人")


def test_a_latin_word_costs_by_the_letter_and_a_single_letter_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.alone("abcd") == 2 * vocabulary.alone("ab") > 0
    assert vocabulary.alone("a") == 0


def test_a_vocabulary_read_anew_is_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    np.savez(tmp_path / "vocabulary.npz", **vocabulary.arrays())
    with np.load(tmp_path / "vocabulary.npz", allow_pickle=False) as stored:
        again = Vocabulary.from_arrays(stored)
    assert again.words == vocabulary.words
    pairs = [(before, word) for before in vocabulary.words for word in vocabulary.words[1:]]
    assert [again.cost(*pair) for pair in pairs] == [vocabulary.cost(*pair) for pair in pairs]


def test_without_runs_every_word_is_strange() -> None:
    empty = Vocabulary.of([])
    assert empty.words == [START]
    assert empty.cost(START, "龘龘") > 0
