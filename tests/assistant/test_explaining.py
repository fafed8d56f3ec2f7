"""Explaining: what is told is what the steps really did."""

from __future__ import annotations

import json

import pytest

from assistant.answering import STEPS, Context
from assistant.explaining import MOST_EXAMPLES, MOST_INTENTS, Explanation, explain
from assistant.service import Assistant
from assistant.understanding import FALLBACK_INTENT, Candidate, Entity, Understanding


def understood(
    text: str, *ranking: tuple[str, float], coverage: float = 0.99, urgency: float = 0.0, sure: bool = True
) -> Understanding:
    """As the model would have understood `text`; the first of the `ranking` is the intent if it is sure."""
    candidates = tuple(Candidate(intent, confidence) for intent, confidence in ranking)
    return Understanding(text, candidates[0].intent if sure else FALLBACK_INTENT, candidates, coverage, urgency)


COUNT = understood("体验官招几个人", ("inspector_headcount", 0.97), ("inspector_pay", 0.01))
PAY = understood("当体验官给钱吗", ("inspector_pay", 0.93))
EMERGENCY = understood("我手机被骗子控制了", ("fraud_remote_control", 0.99), urgency=0.97)
GREETING = understood("你好", ("greet", 0.98), coverage=0.02)
UNCOVERED = understood(
    "公积金怎么提取", ("fraud_money_sent", 0.55), ("water_saving", 0.1), coverage=0.31, urgency=0.25, sure=False
)
UNSURE = understood("体验官", ("inspector_what", 0.32), ("inspector_pay", 0.24), sure=False)
TWO = Understanding(
    "体验官招几个人,当体验官给钱吗", "inspector_pay", (Candidate("inspector_pay", 0.8),), 0.99, parts=(COUNT, PAY)
)
MESSAGES = [COUNT, EMERGENCY, GREETING, UNCOVERED, UNSURE, TWO, understood("？", ("affirm", 0.9))]


def replied(told: Explanation) -> dict[str, str | None]:
    """The steps that replied, with the entry of the reply."""
    return {trial.step: trial.reply.entry for trial in told.trials if trial.reply}


def numbers(told: Explanation, step: str) -> dict[str, tuple[float | None, float | None]]:
    """What a step compared: thresholds' names to value and limit."""
    trial = next(trial for trial in told.trials if trial.step == step)
    return {look.what: (look.value, look.limit) for look in trial.looks if look.limit is not None}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text)
@pytest.mark.parametrize("entry", [None, "inspector_headcount"])
def test_every_step_is_told_in_order_up_to_the_one_that_replied(
    assistant: Assistant, message: Understanding, entry: str | None
) -> None:
    told = explain(assistant, message, Context(entry=entry))
    assert [*(trial.step for trial in told.trials), *told.untried] == [step.__name__ for step in STEPS]
    assert [trial.reply is not None for trial in told.trials] == [False] * (len(told.trials) - 1) + [True]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text)
@pytest.mark.parametrize("context", [Context(), Context("阳曲县", "inspector_headcount", ("inspector_pay",))])
def test_the_replies_are_those_that_the_assistant_gives(
    assistant: Assistant, message: Understanding, context: Context
) -> None:
    assert explain(assistant, message, context).replies == assistant.respond(message, context).replies


def test_an_answer_is_told_with_the_step_that_gave_it(assistant: Assistant) -> None:
    assert replied(explain(assistant, COUNT)) == {"sure": "inspector_headcount"}
    assert replied(explain(assistant, EMERGENCY)) == {"urgent": "fraud_remote_control"}
    assert replied(explain(assistant, GREETING)) == {"small_talk": None}


def test_a_refusal_is_told_with_the_numbers_that_were_too_low(assistant: Assistant) -> None:
    told = explain(assistant, UNCOVERED)
    limits = told.turn.thresholds
    assert replied(told) == {"unknown": None}
    assert numbers(told, "urgent") == {"urgency": (0.25, limits.urgency), "urgent": (0.4, limits.urgent)}
    assert numbers(told, "clarify")["coverage"] == (0.31, limits.coverage)
    assert [(look.what, look.value, look.limit) for look in told.recognised(UNCOVERED)] == [
        ("answer", 0.55, limits.answer),
        ("coverage", 0.31, limits.coverage),
    ]


def test_greetings_are_not_measured_by_their_coverage(assistant: Assistant) -> None:
    assert [look.what for look in explain(assistant, GREETING).recognised(GREETING)] == ["answer"]


def test_a_follow_up_is_told_with_what_it_scored(assistant: Assistant) -> None:
    leaning = understood("那报酬多少呢", ("inspector_pay", 0.9), coverage=0.7, sure=False)
    told = explain(assistant, leaning, Context(entry="inspector_headcount"))
    assert replied(told) == {"follow_up": "inspector_pay"}
    value, limit = numbers(told, "follow_up")["follow_up"]
    assert value is not None
    assert value > 0.9
    assert limit == told.turn.thresholds.follow_up


def test_questions_inside_a_message_are_told_apart_from_the_whole(assistant: Assistant) -> None:
    told = explain(assistant, TWO)
    assert replied(told) == {"sure": "inspector_pay"}
    assert [reply.entry for reply in told.replies] == ["inspector_headcount", "inspector_pay"]
    assert not told.whole
    assert "answer" in {look.what for look in told.afterwards}  # Both are of the topic of the whole.
    assert [part["text"] for part in told.as_dict()["questions"]] == [COUNT.text, PAY.text]


def test_a_message_that_is_one_question_is_answered_as_a_whole(assistant: Assistant) -> None:
    told = explain(assistant, COUNT)
    assert told.whole
    assert told.afterwards == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("我能不能报名当体验官", "form"), ("我今年三十八,没有前科,能报体验官吗", "answer")],
)
def test_a_form_is_opened_instead_of_trying_the_steps(assistant: Assistant, text: str, kind: str) -> None:
    told = explain(assistant, understood(text, ("inspector_eligibility_check", 0.95)))
    assert told.form == "eligibility_form"
    assert told.trials == ()
    assert len(told.untried) == len(STEPS)
    assert [reply.kind for reply in told.replies] == [kind]


def test_the_nearest_examples_are_told_with_their_owners(assistant: Assistant) -> None:
    told = explain(assistant, UNCOVERED)
    for scores in ([item.score for item in told.covered], [item.score for item, _ in told.refused]):
        assert len(scores) == MOST_EXAMPLES
        assert scores == sorted(scores, reverse=True)
    for item in told.covered:
        assert item.entry is not None
        assert item.text in (item.entry.title, *item.entry.questions)
    example, intent = told.refused[0]
    assert "公积金" in example.text
    assert intent == "not_covered_public_service"


def test_an_explanation_is_plain_data_with_the_contracts_replies(assistant: Assistant) -> None:
    message = Understanding(
        "阳曲体验官招几个人",
        "inspector_headcount",
        tuple(Candidate(intent, 0.9 / 2**rank) for rank, intent in enumerate(["inspector_headcount", *"abcdefg"])),
        coverage=0.99,
        entities=(Entity("region", "阳曲", "阳曲县"),),
        tokens=("阳曲", "体验官", "招", "几个", "人"),
    )
    told = explain(assistant, message, message="阳曲体验官招几个人？")
    plain = json.loads(json.dumps(told.as_dict(), ensure_ascii=False))
    assert plain == told.as_dict()
    assert plain["message"] == "阳曲体验官招几个人？"
    assert plain["places"] == ["阳曲县"]
    assert plain["understanding"]["tokens"] == list(message.tokens)
    assert plain["understanding"]["entities"] == [{"kind": "region", "text": "阳曲", "name": "阳曲县"}]
    assert len(plain["understanding"]["intents"]) == MOST_INTENTS
    assert plain["understanding"]["intents"][0]["title"] == "招募多少名体验官"
    assert plain["replies"] == [reply.as_dict(assistant.today()) for reply in told.replies]
    assert [step["step"] for step in plain["steps"]] == [trial.step for trial in told.trials]
    assert plain["steps"][-1]["reply"] == {"kind": "answer", "entry": "inspector_headcount"}
