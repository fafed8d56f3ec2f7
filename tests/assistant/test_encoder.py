"""Sentence encoder: unit vectors whose nearness is nearness in meaning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import encoder as module
from assistant.encoder import encode
from assistant.network import DIMENSIONS
from assistant.settings import Settings


def test_no_texts_give_no_vectors() -> None:
    vectors = encode([])
    assert vectors.shape == (0, DIMENSIONS)
    assert vectors.dtype == np.float32


def test_every_text_gets_a_vector_even_an_empty_one() -> None:
    vectors = encode(["体验官招几个人", "", "hello"])
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()


@settings(max_examples=20)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_vectors_have_unit_length(texts: list[str]) -> None:
    np.testing.assert_allclose(np.linalg.norm(encode(texts), axis=1), 1, atol=1e-4)


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    alone, together = encode(["怎么报名"]), encode(["电梯坏了打什么电话", "怎么报名", "短"])
    np.testing.assert_array_equal(alone[0], together[1])


def test_many_texts_that_processors_share_get_the_same_vectors_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["怎么报名", "电梯坏了打什么电话", "短", "", "招聘会几点开始"]
    together = encode(texts)
    monkeypatch.setattr("assistant.encoder._MANY", 2)
    shared = encode(texts)
    assert shared.dtype == np.float32
    np.testing.assert_allclose(shared, together, atol=1e-5)


def test_the_same_meaning_is_nearer_than_another() -> None:
    asked, reworded, other = encode(["野生动物受伤了找谁", "救助野生动物联系哪个部门", "招聘会几点开始"])
    assert asked @ reworded > asked @ other + 0.1


def test_the_files_are_made_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "get_settings", lambda: Settings(var=str(tmp_path / "var")))
    module._encoder.cache_clear()
    first = encode(["怎么报名"])
    (folder,) = (tmp_path / "var").iterdir()
    written = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    module._encoder.cache_clear()
    np.testing.assert_array_equal(encode(["怎么报名"]), first)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == written
    module._encoder.cache_clear()


def test_files_that_cannot_be_made_are_told_of_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path) -> None:
        (folder / "network.onnx").write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(module, "get_settings", lambda: Settings(var=str(tmp_path)))
    monkeypatch.setattr(module, "_make", full)
    module._encoder.cache_clear()
    with pytest.raises(OSError, match="no space left"):
        encode(["怎么报名"])
    assert list(tmp_path.iterdir()) == []
    module._encoder.cache_clear()
