"""Watching: a watched step decides as ever, and every number that it compares with a threshold is noted."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import fields

import pytest

from assistant.answering import STEPS, Context, Turn, respond
from assistant.service import Assistant
from assistant.thresholds import Thresholds
from assistant.understanding import FALLBACK_INTENT, Candidate, Understanding
from assistant.watching import FOUND, REFUSED, SIGNS, Look, watched

UNSURE = Understanding(
    "体验官的事说说",
    FALLBACK_INTENT,
    (Candidate("inspector_pay", 0.35), Candidate("inspector_age", 0.3), Candidate("fraud_remote_control", 0.02)),
    coverage=0.71,
)


def turn(assistant: Assistant, understanding: Understanding = UNSURE, entry: str | None = None) -> Turn:
    return assistant.turn(understanding, Context(entry=entry))


def looks(decide: Callable[[Turn], object], on: Turn) -> list[Look]:
    """What is noted while `decide` runs."""
    noted: list[Look] = []
    decide(watched(on, noted))
    return noted


@pytest.mark.parametrize(
    "text",
    ["体验官招几个人", "我手机被骗子控制了", "怎么防止手机被控制", "那年龄呢", "公积金怎么提取", "阳曲县", "？", "A03"],
)
@pytest.mark.parametrize(
    "candidates",
    [(), (Candidate("inspector_pay", 0.95),), (Candidate("fraud_remote_control", 0.6),), UNSURE.candidates],
)
@pytest.mark.parametrize(("coverage", "urgency"), [(0.1, 0.0), (0.99, 0.0), (0.99, 0.9)])
@pytest.mark.parametrize("entry", [None, "inspector_headcount"])
def test_being_watched_changes_no_decision(
    assistant: Assistant,
    text: str,
    candidates: tuple[Candidate, ...],
    coverage: float,
    urgency: float,
    entry: str | None,
) -> None:
    intent = candidates[0].intent if candidates and coverage > 0.9 else FALLBACK_INTENT
    part = Understanding("当体验官给钱吗", "inspector_pay", (Candidate("inspector_pay", 0.9),), 0.99)
    on = turn(assistant, Understanding(text, intent, candidates, coverage, urgency, parts=(part,)), entry)
    for step in STEPS:
        assert step(watched(on, [])) == step(on)
    assert respond(watched(on, [])) == respond(on)


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
@pytest.mark.parametrize("value", [0.0, 0.3, 1, 0.857])
@pytest.mark.parametrize("name", [item.name for item in fields(Thresholds)])
def test_every_comparison_with_a_threshold_is_noted_on_whichever_side_it_stands(
    assistant: Assistant, compare: Callable[[float, float], bool], value: float, name: str
) -> None:
    on = turn(assistant)
    limit = getattr(on.thresholds, name)
    for decide in (
        lambda t: compare(value, getattr(t.thresholds, name)),
        lambda t: compare(getattr(t.thresholds, name), value),
    ):
        assert decide(watched(on, [])) == decide(on)
        assert looks(decide, on) == [Look(name, value, limit)]


def test_what_a_step_compares_is_noted_in_order(assistant: Assistant) -> None:
    on = turn(assistant)
    clarify = next(step for step in STEPS if step.__name__ == "clarify")
    noted = looks(clarify, on)
    assert [(look.what, look.value) for look in noted] == [
        ("clarify", 0.35),
        ("clarify", 0.3),
        ("clarify", 0.02),
        ("coverage", 0.71),
    ]
    assert noted[-1].limit == on.thresholds.coverage


@pytest.mark.parametrize(
    ("text", "entry", "words"),
    [
        ("我手机被骗子控制了", "fraud_remote_control", True),
        ("怎么防止手机被控制", None, False),
        ("体验官招几个人", None, False),
    ],
)
def test_signs_of_an_emergency_are_noted(assistant: Assistant, text: str, entry: str | None, words: bool) -> None:
    (noted,) = looks(lambda t: t.triage.match(t.text), turn(assistant, Understanding(text, "")))
    assert (noted.what, noted.entry, bool(noted.words)) == (SIGNS, entry, words)
    assert all(word in text for word in noted.words)


def test_the_best_that_search_finds_is_noted(assistant: Assistant) -> None:
    noted = looks(
        lambda t: (t.search.find(t.text), t.search.find("", limit=1), t.search.refusal("公积金怎么提取")),
        turn(assistant),
    )
    hit = assistant.search(UNSURE.text)[0]
    assert noted[0] == Look(FOUND, hit.score, entry=hit.entry.id, words=(UNSURE.text,))
    assert noted[1] == Look(FOUND, words=("",))
    assert noted[2].what == REFUSED
    assert 0.5 < (noted[2].value or 0) <= 1


def test_a_turn_that_was_watched_notes_nothing_afterwards(assistant: Assistant) -> None:
    on = turn(assistant)
    before = looks(respond, on)
    respond(on)
    assert looks(respond, on) == before
    assert type(on.thresholds.coverage) is float
