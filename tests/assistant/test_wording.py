"""Wording: the interface's sentences, by name, from the domain."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from assistant.examples import read_intents
from assistant.settings import ROOT
from assistant.wording import Wording


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(ROOT / "domain.yml")


def test_a_response_is_found_by_its_name_without_its_prefix(tmp_path: Path) -> None:
    domain = tmp_path / "domain.yml"
    domain.write_text("responses:\n  utter_greet:\n  - text: '您好。 '\n", encoding="utf-8")
    wording = Wording.load(domain)
    assert dict(wording) == {"greet": "您好。"}
    assert len(wording) == 1
    assert "utter_greet" not in wording
    with pytest.raises(KeyError):
        wording["thanks"]


@pytest.mark.parametrize(
    ("name", "placeholders"),
    [
        ("expired", {"until", "note"}),
        ("upcoming", {"start"}),
        ("other_place", {"region", "places"}),
        ("reason_age_below", {"age"}),
        ("reason_age_above", {"age"}),
        ("reason_age_edge", {"age"}),
    ],
)
def test_sentences_with_gaps_have_exactly_the_gaps_that_are_filled(
    wording: Wording, name: str, placeholders: set[str]
) -> None:
    assert {gap for _, gap, _, _ in string.Formatter().parse(wording[name]) if gap} == placeholders


def test_every_base_intent_has_its_sentence(wording: Wording) -> None:
    base = read_intents(ROOT / "data" / "nlu" / "base.yml")
    assert not set(base) - set(wording)


def test_no_sentence_is_empty(wording: Wording) -> None:
    assert all(text == text.strip() != "" for text in wording.values())
