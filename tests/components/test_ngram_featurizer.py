"""NgramFeaturizer: one sparse sentence feature a message, of the pieces that training knew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from components.features import sparse_features
from components.ngram_featurizer import NgramFeaturizer
from tests.components.pipelines import create, examples, load

NAME = "components.ngram_featurizer.NgramFeaturizer"
TAUGHT = examples({"count": ["体验官招几个人", "招几个体验官"], "pay": ["给钱吗"]})


def trained(folder: Path, **options: Any) -> NgramFeaturizer:
    component = create(NAME, folder)
    assert isinstance(component, NgramFeaturizer)
    component._config.update(options)
    component.train(TAUGHT)
    return component


def counted(component: NgramFeaturizer, *texts: str) -> csr_matrix:
    return sparse_features(component.process([Message(data={TEXT: text}) for text in texts]))


def test_a_message_gets_one_sparse_sentence_feature_of_its_own(tmp_path: Path) -> None:
    component = trained(tmp_path)
    (message,) = component.process([Message(data={TEXT: "招几个人"})])
    (feature,) = message.features
    assert (feature.type, feature.attribute) == (FEATURE_TYPE_SENTENCE, TEXT)
    assert feature.is_sparse()
    # 招 几 个 人 and 招几 几个 个人, each once.
    assert feature.features.toarray().sum() == 7
    assert feature.features.max() == 1


def test_pieces_count_as_often_as_they_occur_and_unknown_ones_not_at_all(tmp_path: Path) -> None:
    component = trained(tmp_path)
    assert counted(component, "给给给").toarray().sum() == 3
    assert counted(component, "护照").nnz == 0
    assert counted(component, "").nnz == 0


def test_texts_that_share_pieces_are_alike(tmp_path: Path) -> None:
    rows = counted(trained(tmp_path), "招几个人", "招几个体验官", "给钱吗").toarray()
    assert rows[0] @ rows[1] > rows[0] @ rows[2] == 0


@pytest.mark.parametrize(("options", "width"), [({"longest": 1}, 10), ({"longest": 2}, 19), ({"most": 3}, 3)])
def test_the_longest_pieces_and_how_many_are_kept_are_as_configured(
    tmp_path: Path, options: dict[str, int], width: int
) -> None:
    assert counted(trained(tmp_path, **options), "招几个人").shape == (1, width)


@pytest.mark.parametrize("option", ["longest", "most"])
@pytest.mark.parametrize("value", [0, -1, 1.5, "two", None])
def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path, option: str, value: object) -> None:
    config = {**NgramFeaturizer.get_default_config(), option: value}
    with pytest.raises(ValueError, match=f"{option}: .* must be a whole number from 1 on"):
        NgramFeaturizer.validate_config(config)


def test_training_examples_are_counted_like_messages(tmp_path: Path) -> None:
    component = trained(tmp_path)
    data = examples({"count": ["体验官招几个人", "招几个体验官"]})
    learnt = sparse_features(component.process_training_data(data).training_examples)
    np.testing.assert_array_equal(learnt.toarray(), counted(component, "体验官招几个人", "招几个体验官").toarray())


def test_a_component_read_anew_counts_the_same(tmp_path: Path) -> None:
    texts = ["体验官招几个人", "给钱吗", "护照"]
    np.testing.assert_array_equal(
        counted(trained(tmp_path), *texts).toarray(), counted(load(NAME, tmp_path), *texts).toarray()
    )
