"""N-grams: counted as scikit-learn counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from assistant.ngrams import LONGEST, counts, ngrams, vocabulary

#: Without spaces, of which scikit-learn makes one.
TEXTS = st.lists(st.text("体验官招几个人ab1，", min_size=1, max_size=12), min_size=1, max_size=5)


def columns_of(texts: list[str]) -> dict[str, int]:
    return {piece: column for column, piece in enumerate(vocabulary(texts))}


def test_every_piece_is_given_as_often_as_it_occurs() -> None:
    assert list(ngrams("哈哈好")) == ["哈", "哈", "好", "哈哈", "哈好", "哈哈好"]
    assert list(ngrams("")) == []


@given(learnt=TEXTS, seen=TEXTS)
def test_counts_are_scikit_learns(learnt: list[str], seen: list[str]) -> None:
    theirs = CountVectorizer(analyzer="char", ngram_range=(1, LONGEST)).fit(learnt)
    assert vocabulary(learnt) == theirs.get_feature_names_out().tolist()
    ours = counts(seen, columns_of(learnt))
    assert (ours.toarray() == theirs.transform(seen).toarray()).all()


def test_unknown_pieces_are_left_out() -> None:
    assert counts(["好的"], columns_of(["体验官"])).nnz == 0


@pytest.mark.parametrize(("longest", "pieces"), [(1, ["人", "几", "官"]), (2, ["人", "几", "几人", "官", "官几"])])
def test_no_piece_is_longer_than_asked_for(longest: int, pieces: list[str]) -> None:
    assert vocabulary(["官几人"], longest) == pieces
    counted = counts(["官几人"], {piece: column for column, piece in enumerate(pieces)}, longest)
    assert counted.toarray().tolist() == [[1] * len(pieces)]


def test_the_pieces_kept_are_those_that_the_most_texts_hold() -> None:
    texts = ["哈哈哈哈好", "好的", "你好", "的确"]
    assert vocabulary(texts, longest=1, most=2) == ["好", "的"]  # 哈 occurs oftener, but in one text alone.
    assert vocabulary(texts, longest=1, most=99) == vocabulary(texts, longest=1)
