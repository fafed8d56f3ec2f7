"""Index: rows of n-grams and vectors, the same whether they were just computed or kept in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant import index as module
from assistant import vectors as vectors_module
from assistant.encoder import DIMENSIONS
from assistant.index import Index

TEXTS = ["怎么报名", "招几个人", "有工资吗"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "index.npz"


def assert_same(one: Index, other: Index) -> None:
    assert (one.lexical != other.lexical).nnz == 0
    np.testing.assert_array_equal(one.dense, other.dense)
    terms, vector = one.row("报名有工资吗")
    others_terms, others_vector = other.row("报名有工资吗")
    assert (terms != others_terms).nnz == 0
    np.testing.assert_array_equal(vector, others_vector)


def test_rows_are_of_unit_length(file: Path) -> None:
    index = Index.of(TEXTS, file)
    assert index.dense.shape == (3, DIMENSIONS)
    assert index.dense.dtype == index.lexical.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(index.dense, axis=1), 1, atol=1e-4)
    np.testing.assert_allclose(index.lexical.multiply(index.lexical).sum(axis=1), 1, atol=1e-4)


def test_a_texts_row_is_found_again(file: Path) -> None:
    index = Index.of(TEXTS, file)
    terms, vector = index.row("招几个人")
    assert (index.lexical @ terms.T).toarray().ravel() == pytest.approx([0, 1, 0], abs=1e-5)
    assert (index.dense @ vector)[1] == pytest.approx(1, abs=1e-3)


def test_texts_that_are_indexed_have_the_same_rows_when_they_come_again(file: Path) -> None:
    index = Index.of(TEXTS, file)
    lexical, dense = index.rows(TEXTS[::-1])
    np.testing.assert_allclose(lexical.toarray(), index.lexical[::-1].toarray(), atol=1e-6)
    np.testing.assert_allclose(dense, index.dense[::-1], atol=1e-4)


def test_further_texts_keep_the_terms_that_the_index_lacks(file: Path) -> None:
    index = Index.of(TEXTS, file)
    lexical, dense = index.rows(["怎么投诉", "投诉", "招几个人"])
    assert dense.shape == (3, DIMENSIONS)
    assert lexical.dtype == np.float32
    np.testing.assert_allclose(lexical.multiply(lexical).sum(axis=1), 1, atol=1e-4)
    among_them = (lexical @ lexical.T).toarray()
    assert among_them[0, 1] > 0.3
    assert among_them[0, 2] == 0
    with_known = (lexical[:, : index.lexical.shape[1]] @ index.lexical.T).toarray()
    assert 0 < with_known[0, 0] < 1
    assert with_known[1].tolist() == [0, 0, 0]
    assert with_known[2] == pytest.approx([0, 1, 0], abs=1e-5)


def test_no_further_texts_have_no_rows(file: Path) -> None:
    lexical, dense = Index.of(TEXTS, file).rows([])
    assert lexical.shape[0] == dense.shape[0] == 0


def test_a_kept_index_is_the_same_and_computes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Index.of(TEXTS, file)
    written = file.stat().st_mtime_ns
    monkeypatch.setattr(module, "vocabulary", None)
    again = Index.of(TEXTS, file)
    assert_same(first, again)
    assert file.stat().st_mtime_ns == written


def test_other_texts_are_indexed_anew_with_the_vectors_that_are_known(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Index.of(TEXTS, file)
    encode, asked = vectors_module.encode, list[str]()

    def asking(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return encode(texts)

    monkeypatch.setattr(vectors_module, "encode", asking)
    second = Index.of(["有工资吗", "怎么去", "怎么报名"], file)
    assert asked == ["怎么去"]
    np.testing.assert_array_equal(second.dense[[2, 0]], first.dense[[0, 2]])
    assert_same(second, Index.of(["有工资吗", "怎么去", "怎么报名"], file))
    anew = Index.of(["有工资吗", "怎么去", "怎么报名"])
    assert (second.lexical != anew.lexical).nnz == 0
    np.testing.assert_allclose(second.dense, anew.dense, atol=1e-6)


def test_a_text_that_comes_twice_has_two_equal_rows(file: Path) -> None:
    dense = Index.of(["怎么报名", "怎么报名"], file).dense
    np.testing.assert_array_equal(dense[0], dense[1])


def test_other_ngrams_are_counted_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Index.of(TEXTS, file)
    monkeypatch.setattr(module, "LONGEST", 2)
    monkeypatch.setattr(module, "vocabulary", lambda texts: sorted(set("".join(texts))))
    assert Index.of(TEXTS, file).lexical.shape == (3, len(set("".join(TEXTS))))


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Index.of(["怎么报名"]).dense.shape == (1, DIMENSIONS)
    assert list(tmp_path.iterdir()) == []


def test_only_the_index_is_left_beside_it(file: Path) -> None:
    Index.of(TEXTS, file)
    assert [each.name for each in file.parent.iterdir()] == ["index.npz"]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 half an archive"])
def test_a_damaged_file_is_made_anew(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    index = Index.of(TEXTS, file)
    assert_same(index, Index.of(TEXTS, file))


def test_anothers_file_is_made_anew(file: Path) -> None:
    file.parent.mkdir()
    np.savez(file, keys=np.array(["a"]), vectors=np.zeros((1, DIMENSIONS)))
    assert Index.of(TEXTS, file).dense.shape == (3, DIMENSIONS)
