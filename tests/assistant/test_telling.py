"""Telling: those who write answers read why, in Chinese, with names beside ids and numbers beside thresholds."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import get_args

import pytest
from ruamel.yaml import YAML

from assistant import answering, telling
from assistant.answering import Context
from assistant.explaining import Explanation, explain
from assistant.reply import Kind
from assistant.service import Assistant
from assistant.settings import ROOT
from assistant.telling import lines
from assistant.thresholds import Thresholds
from assistant.understanding import Entity, Understanding
from assistant.validity import Status
from tests.assistant.test_explaining import COUNT, EMERGENCY, GREETING, TWO, UNCOVERED, UNSURE, understood


def text(told: Explanation) -> str:
    return "\n".join(lines(told))


def line(told: Explanation, part: str) -> str:
    """The only line with `part` in it."""
    (found,) = [one for one in lines(told) if part in one]
    return found


# Every name has its Chinese word.


def test_every_step_has_its_name() -> None:
    assert list(telling.STEPS) == [step.__name__ for step in answering.STEPS]


def test_every_threshold_that_a_step_may_look_at_says_what_it_is_compared_with() -> None:
    only_in_the_pipeline = {"confidence_weight"}
    assert set(telling.COMPARED) == {item.name for item in fields(Thresholds)} - only_in_the_pipeline


def test_every_kind_of_reply_of_entity_and_of_validity_has_its_word() -> None:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert set(telling.KINDS) == set(get_args(Kind))
    assert set(telling.ENTITIES) == set(domain["entities"])
    assert set(telling.STATUS) == set(get_args(Status))


# What is told.


def test_the_message_is_told_with_its_words_and_places(assistant: Assistant) -> None:
    message = replace(
        COUNT,
        text="阳曲体验官招几个人",
        tokens=("阳曲", "体验官", "招", "几个", "人"),
        entities=(Entity("region", "阳曲", "阳曲县"), Entity("programme", "体验官", "体验官")),
    )
    told = explain(assistant, message, Context(entry="inspector_pay"), "阳曲體驗官招几个人？")
    assert list(lines(told))[:6] == [
        "原文　　阳曲體驗官招几个人？",
        "规范后　阳曲体验官招几个人",
        "分词　　阳曲 / 体验官 / 招 / 几个 / 人",
        "词语　　阳曲（地区，即阳曲县）、体验官（活动）",
        "地方　　阳曲县",
        "上文　　inspector_pay《体验官有没有报酬》，地区不明",
    ]


def test_titles_stand_beside_ids(assistant: Assistant) -> None:
    said = text(explain(assistant, COUNT))
    assert "认定　　inspector_headcount《招募多少名体验官》" in said
    assert "　0.01　inspector_pay《体验官有没有报酬》" in said
    assert "认定　　greet（寒暄）" in text(explain(assistant, GREETING))


def test_a_refusal_is_told_with_numbers_against_thresholds(assistant: Assistant) -> None:
    told = explain(assistant, UNCOVERED)
    limits = told.turn.thresholds
    assert "认定　　没有把握" in text(told)
    assert f"覆盖 0.31 < {limits.coverage:g}（coverage）" in line(told, "（clarify）：")
    assert f"正在发生的可能 0.25 ≥ {limits.urgency:g}（urgency）" in line(told, "（urgent）：")
    assert f"紧急的可能与把握的平均 0.40 < {limits.urgent:g}（urgent）" in line(told, "（urgent）：")
    assert "10. ✓ 没有写到（unknown）" in text(told)
    assert "← not_covered_public_service" in text(told)


def test_an_emergency_is_told_with_how_likely_it_is_happening(assistant: Assistant) -> None:
    told = explain(assistant, EMERGENCY)
    limits = told.turn.thresholds
    assert f"正在发生的可能 0.97 ≥ {limits.urgency:g}（urgency）" in line(told, "2. ✓")
    assert f"紧急的可能与把握的平均 0.98 ≥ {limits.urgent:g}（urgent）" in line(told, "2. ✓")
    assert line(told, "没有轮到").count("（") == len(answering.STEPS) - 2
    assert "│ 现在马上做：" in text(told)


def test_a_calm_question_is_told_with_how_likely_it_is_that_nothing_is_happening(assistant: Assistant) -> None:
    told = explain(assistant, understood("怎么防止手机被远程控制", ("fraud_prevention", 0.95), urgency=0.02))
    assert f"正在发生的可能 0.02 < {told.turn.thresholds.urgency:g}（urgency）" in line(told, "2. ✗")


def test_without_a_classifier_an_emergency_is_told_with_the_words_that_were_its_signs(assistant: Assistant) -> None:
    told = explain(assistant, understood("我手机被骗子控制了", sure=False))
    assert "有 fraud_remote_control 的特征（“手机被骗子控制”）" in line(told, "2. ✓")


def test_readings_that_are_near_enough_are_told_together(assistant: Assistant) -> None:
    told = explain(assistant, UNSURE)
    assert f"候选的把握 0.32、0.24 ≥ {told.turn.thresholds.clarify:g}（clarify）" in line(told, "8. ✓")


def test_questions_inside_a_message_are_told_one_by_one(assistant: Assistant) -> None:
    said = text(explain(assistant, TWO))
    assert f"1. {COUNT.text}" in said
    assert "　认定 inspector_headcount《招募多少名体验官》：把握 0.97 ≥ " in said
    assert "　最后　按里面的问题回复" in said
    assert "回复 2　　回答 inspector_pay《体验官有没有报酬》，短码 A05" in said


def test_a_form_is_told_instead_of_the_steps(assistant: Assistant) -> None:
    said = text(explain(assistant, understood("我能不能报名当体验官", ("inspector_eligibility_check", 0.95))))
    assert "打开表单 eligibility_form" in said
    assert "（wordless）" not in said


def test_the_reply_is_told_with_source_and_period(assistant: Assistant) -> None:
    said = text(explain(assistant, COUNT))
    assert "回复　　回答 inspector_headcount《招募多少名体验官》，短码 A03，把握 0.97" in said
    assert "　│ 出处：阳曲县公开招募“营商环境体验官”（2026年3月）" in said
    assert "　│ 有效期：2026年3月6日至2026年12月31日" in said
    assert "　期限　有效（按2026年4月1日算）" in said


def test_a_message_without_words_has_no_examples_beside_it(assistant: Assistant) -> None:
    said = text(explain(assistant, Understanding("…", "affirm")))
    assert "最像的问法" not in said
    assert "1. ✓ 没有文字（wordless）：有 0 个字" in said


@pytest.mark.parametrize("above", [-0.2, -0.02, -0.002, -0.0002, 0, 0.0002, 0.002, 0.02])
def test_a_number_is_never_rounded_across_its_threshold(assistant: Assistant, above: float) -> None:
    limit = explain(assistant, UNCOVERED).turn.thresholds.coverage
    value = round(limit + above, 4)
    said = line(explain(assistant, replace(UNCOVERED, coverage=value)), "　　　　把握")
    shown, sign = re.findall(rf"覆盖 ([0-9.]+) ([≥<]) {limit:g}（coverage）", said)[0]
    assert sign == ("≥" if above >= 0 else "<")
    assert (float(shown) >= limit) == (above >= 0)
    assert float(shown) == pytest.approx(value, abs=0.006)
