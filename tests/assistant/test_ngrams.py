"""N-grams: counted as scikit-learn counts them."""

from __future__ import annotations

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
