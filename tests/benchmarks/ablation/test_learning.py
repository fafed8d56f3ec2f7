"""Learning: what is left out is not learnt from, and what is judged was not learnt."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assistant.machines import HINGE, SOFTMAX
from benchmarks.ablation.learning import fitted_anew, right_by, right_with, uncounted
from benchmarks.features import Examples

INTENTS, EACH = 4, 20


@pytest.fixture
def told_by_words() -> Examples:
    """Questions whose intent only their n-grams tell, a statement for each intent, and what is not covered."""
    truth = np.repeat(np.arange(INTENTS), EACH)
    statements = np.arange(INTENTS)
    refused = np.full(5, INTENTS)
    labels = np.concatenate([truth, statements, refused])
    names = np.array([*(f"intent_{number}" for number in range(INTENTS)), "not_covered_else"])
    return Examples(
        texts=[f"例句{number}" for number in range(len(labels))],
        intents=names[labels],
        statements=np.isin(np.arange(len(labels)), len(truth) + statements),
        named=np.zeros(len(labels), dtype=bool),
        counts=csr_matrix(np.eye(INTENTS + 1, dtype=np.float32)[labels]),
        vectors=np.ones((len(labels), 3), dtype=np.float32),
    )


def test_what_only_words_tell_is_lost_with_them_and_with_nothing_else(told_by_words: Examples) -> None:
    effects = {name: effect for name, (effect,) in fitted_anew(told_by_words)}
    assert {effect.kept.value for effect in effects.values()} == {1.0}
    lost = {name for name, effect in effects.items() if effect.without.value < 1}
    assert lost == {"NgramFeaturizer"}
    assert effects["NgramFeaturizer"].without.value == pytest.approx(1 / INTENTS)


def test_a_fifth_of_the_covered_questions_is_judged_and_no_statement(told_by_words: Examples) -> None:
    assert {effect.kept.count for _, (effect,) in fitted_anew(told_by_words)} == {INTENTS * EACH // 5}


def test_without_counts_an_example_keeps_all_but_its_n_grams(told_by_words: Examples) -> None:
    bare = uncounted(told_by_words)
    assert bare.counts.shape == told_by_words.counts.shape
    assert bare.counts.nnz == 0
    assert bare.vectors is told_by_words.vectors


@pytest.mark.parametrize("kind", [HINGE, SOFTMAX])
def test_either_loss_alone_learns_what_the_chosen_one_learns(told_by_words: Examples, kind: object) -> None:
    alone = right_by(kind, told_by_words, told_by_words)  # type: ignore[arg-type]
    assert alone.tolist() == right_with(told_by_words, told_by_words).tolist()
    assert alone.all()
