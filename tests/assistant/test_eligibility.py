"""Eligibility: records in residents' words, the verdict with its reasons, and its correction."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ages import Age
from assistant.eligibility import OLDEST, YOUNGEST, Record, assess, of_somebody_else, read_record, revised

TODAY = dt.date(2026, 4, 1)
# Records.


@pytest.mark.parametrize(
    "text",
    [
        "没有不良记录",
        "我没有前科",
        "从来没犯过法，没犯过错",
        "没坐过牢",
        "信用良好，没有案底",
        "遵纪守法的老百姓",
        "我清清白白，干净得很",
        "征信很好",
        "无违法犯罪记录",
        "這些問題都没有，沒有前科",
    ],
)
def test_a_clean_record_is_read_whether_asked_or_not(text: str) -> None:
    assert read_record(text, asked=False) == "clean"
    assert read_record(text, asked=True) == "clean"


@pytest.mark.parametrize(
    "text",
    ["我有前科", "信用卡逾期过", "年轻时候被拘留过", "坐过牢", "我是失信人员", "上了黑名单", "酒驾过一次", "征信不好"],
)
def test_a_blemished_record_is_read_whether_asked_or_not(text: str) -> None:
    assert read_record(text, asked=False) == "blemished"
    assert read_record(text, asked=True) == "blemished"


@pytest.mark.parametrize(
    "text",
    ["没坐过牢，就是信用卡逾期过", "没有犯罪记录，但是征信不好", "没有前科，有一次酒驾过"],
)
def test_one_blemish_counts_whatever_else_is_clean(text: str) -> None:
    assert read_record(text, asked=True) == "blemished"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("没有", "clean"),
        ("没", "clean"),
        ("没有没有", "clean"),
        ("沒有！", "clean"),
        ("肯定没有啊", "clean"),
        ("有", "blemished"),
        ("是的", "blemished"),
        ("有过", "blemished"),
        ("不想说", "undisclosed"),
        ("保密", "undisclosed"),
    ],
)
def test_a_plain_yes_or_no_counts_only_where_it_was_asked_for(text: str, record: Record) -> None:
    assert read_record(text, asked=True) == record
    assert read_record(text, asked=False) is None


@pytest.mark.parametrize("text", ["我45岁", "什么意思", "招几个人", "我都没听懂您的话", "", "？？"])
def test_what_says_nothing_of_records_is_none(text: str) -> None:
    assert read_record(text, asked=True) is None
    assert read_record(text, asked=False) is None


# The verdict.


@pytest.mark.parametrize(
    ("age", "record", "verdict", "reasons"),
    [
        (45, "clean", "yes", ("all_met",)),
        (26, "clean", "yes", ("all_met",)),
        (59, "clean", "yes", ("all_met",)),
        (24, "clean", "no", ("age_below",)),
        (61, "clean", "no", ("age_above",)),
        (25, "clean", "ask", ("age_edge",)),
        (60, "clean", "ask", ("age_edge",)),
        (45, "blemished", "no", ("record_blemished",)),
        (18, "blemished", "no", ("record_blemished", "age_below")),
        (70, "blemished", "no", ("record_blemished", "age_above")),
        (25, "blemished", "no", ("record_blemished",)),
        ("undisclosed", "clean", "ask", ("age_undisclosed",)),
        (45, "undisclosed", "ask", ("record_undisclosed",)),
        (60, "undisclosed", "ask", ("age_edge", "record_undisclosed")),
        ("undisclosed", "undisclosed", "ask", ("age_undisclosed", "record_undisclosed")),
        ("undisclosed", "blemished", "no", ("record_blemished",)),
        (24, "undisclosed", "no", ("age_below",)),
    ],
)
def test_the_verdict_and_its_reasons(age: Age, record: Record, verdict: str, reasons: tuple[str, ...]) -> None:
    assessment = assess(age, record)
    assert (assessment.verdict, assessment.reasons) == (verdict, reasons)


@given(st.one_of(st.integers(3, 120), st.just("undisclosed")), st.sampled_from(["clean", "blemished", "undisclosed"]))
def test_yes_is_said_only_when_everything_is_known_and_met(age: Age, record: Record) -> None:
    met = isinstance(age, int) and YOUNGEST < age < OLDEST and record == "clean"
    assessment = assess(age, record)
    assert (assessment.verdict == "yes") is met
    assert assessment.reasons


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("从来没上过失信名单，也没坐过牢", "clean"),
        ("不是老赖，也没违过法", "clean"),
        ("没啦，甚也没有", "clean"),
        ("岁数就不告诉你了，记录没有", "clean"),
        ("没犯过罪，就是征信黑了", "blemished"),
        ("年轻时候坐过两年牢，现在五十五", "blemished"),
        ("凭啥告诉你这个", "undisclosed"),
        ("自己也弄不清征信咋样，没查过", "undisclosed"),
    ],
)
def test_a_denial_counts_only_for_what_it_denies(text: str, record: str) -> None:
    assert read_record(text, asked=True) == record


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("我没有", "clean"),
        ("俺没有那些事", "clean"),
        ("她没有", "clean"),
        ("没那回事", "clean"),
        ("应该没有吧", "clean"),
        ("没有不良信用，犯罪更没有", "clean"),
        ("有，很多年前了", "blemished"),
        ("有逾期没犯罪", "blemished"),
        ("有什么影响吗", None),
        ("交通违章算吗", None),
    ],
)
def test_a_plain_answer_may_name_its_subject_or_go_on(text: str, record: Record | None) -> None:
    assert read_record(text, asked=True) == record


# After the verdict.


@pytest.mark.parametrize(
    ("message", "age", "record"),
    [
        ("说错了，是58不是68", 58, "clean"),
        ("哎不对，我是1961年的", 65, "clean"),
        ("等等，年龄写错了，60", 60, "clean"),
        ("看错了，有", 68, "blemished"),
        ("哎呀不对，以前判过缓刑", 68, "blemished"),
        ("哦想起来了，早年被拘留过", 68, "blemished"),
        ("说错了，我58岁，逾期过", 58, "blemished"),
    ],
)
def test_a_correction_replaces_what_it_names_and_nothing_else(message: str, age: Age, record: Record) -> None:
    assert revised(68, "clean", message, TODAY) == (age, record)


@pytest.mark.parametrize(
    "message", ["谢谢", "体验官给钱吗", "那58岁呢", "不对，凭啥60不行", "说错了", "不想说", "不是，我问的是报名", ""]
)
def test_anything_else_corrects_nothing(message: str) -> None:
    assert revised(68, "clean", message, TODAY) is None


@pytest.mark.parametrize("message", ["那我妈呢，她62", "换我爸呢", "那我老伴能报不"])
def test_the_same_may_be_asked_for_somebody_else(message: str) -> None:
    assert of_somebody_else(message)


@pytest.mark.parametrize("message", ["那年龄呢", "那给钱不", "我妈62", "说错了，是58"])
def test_other_questions_are_not_for_somebody_else(message: str) -> None:
    assert not of_somebody_else(message)
