"""Vectors: what was encoded once is not encoded again."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant import vectors as module
from assistant.encoder import encode
from assistant.network import DIMENSIONS
from assistant.vectors import kept_vectors, key_of, vectors


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the encoder was asked for."""
    texts: list[str] = []

    def asking(batch: Sequence[str]) -> np.ndarray:
        texts.extend(batch)
        return encode(batch)

    monkeypatch.setattr(module, "encode", asking)
    return texts


def test_only_new_texts_are_encoded_and_all_come_in_order(tmp_path: Path, asked: list[str]) -> None:
    file = tmp_path / "var" / "vectors.npz"
    first = kept_vectors(["招几个人", "给钱吗"], file)
    second = kept_vectors(["给钱吗", "怎么去", "招几个人"], file)
    assert asked == ["招几个人", "给钱吗", "怎么去"]
    np.testing.assert_array_equal(second[[2, 0]], first)
    np.testing.assert_allclose(second, encode(["给钱吗", "怎么去", "招几个人"]), atol=1e-6)


def test_a_text_that_comes_twice_is_encoded_once(asked: list[str]) -> None:
    found = vectors(["招几个人", "招几个人"], {})
    assert asked == ["招几个人"]
    np.testing.assert_array_equal(found[0], found[1])


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    assert kept_vectors([], tmp_path / "vectors.npz").shape == (0, DIMENSIONS)


def test_a_file_with_all_of_them_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    kept_vectors(["招几个人", "给钱吗"], file)
    written = file.stat().st_mtime_ns
    kept_vectors(["给钱吗"], file)
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04half"])
def test_a_damaged_file_is_told_and_made_again(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, asked: list[str]
) -> None:
    file = tmp_path / "vectors.npz"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        found = kept_vectors(["招几个人"], file)
    assert "vectors.npz is damaged" in caplog.text
    np.testing.assert_array_equal(kept_vectors(["招几个人"], file), found)
    assert asked == ["招几个人"]


def test_texts_that_differ_have_different_keys() -> None:
    assert len({key_of(text) for text in ("招几个人", "招几个人 ", "招几人")}) == 3


def test_what_others_asked_for_is_kept_as_well_while_there_is_room(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "vectors.npz"
    kept_vectors(["招几个人", "给钱吗"], file)
    kept_vectors(["怎么去"], file)
    kept_vectors(["招几个人"], file)
    assert asked == ["招几个人", "给钱吗", "怎么去"]
    monkeypatch.setattr(module, "_MOST", 3)
    kept_vectors(["在哪办", "几点开始"], file)
    kept_vectors(["招几个人"], file)
    assert asked == ["招几个人", "给钱吗", "怎么去", "在哪办", "几点开始", "招几个人"]


def test_two_at_a_time_encode_nothing_twice(tmp_path: Path, asked: list[str]) -> None:
    texts = ["招几个人", "给钱吗", "怎么去"]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda order: kept_vectors(order, tmp_path / "vectors.npz"), (texts, texts[::-1]))
    assert sorted(asked) == sorted(texts)
    np.testing.assert_array_equal(first, second[::-1])
