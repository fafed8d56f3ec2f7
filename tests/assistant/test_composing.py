"""Composing: an entry as a reply, complete on its own, honest about time and place."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from assistant.composing import Composer, chinese_period, contact_line
from assistant.knowledge import Contact, Entry, Knowledge, Source, Topic
from assistant.regions import Region, Regions
from assistant.settings import ROOT
from assistant.validity import Validity
from assistant.wording import Wording

TODAY = dt.date(2026, 4, 1)
WORDING = Wording.load(ROOT / "domain.yml")
HOTLINE = Contact("12345政务服务便民热线", "12345")
COUNT = Entry(
    id="count",
    code="A01",
    topic="inspectors",
    title="招募多少名体验官",
    questions=("招几个人",),
    answer="招10名。",
    script="招10名。",
    source=Source("体验官招募公告", "2026-03"),
    department="阳曲县",
    region="阳曲县",
    validity=Validity(),
    contacts=(HOTLINE,),
    related=("bird", "count", "nobody", "pay", "fire"),
)
PAY = replace(COUNT, id="pay", code="A02", title="有没有报酬", answer="没有写。", region="太原市", related=())
BIRD = replace(
    COUNT,
    id="bird",
    code="K01",
    title="救助野生动物",
    region="太原市",
    answer="请联系{region}林业主管部门。",
    region_field="wildlife_phone",
    answer_filled="{region}的电话是{value}。",
    related=(),
)
FIRE = replace(COUNT, id="fire", code="Q01", title="着火打119", answer="1. 先跑。", urgent=True, related=())
REGIONS = Regions(
    Region("太原市", ("太原",)),
    (
        Region("阳曲县", ("阳曲",), {"wildlife_phone": "0351-1234567"}),
        Region("小店区", ("小店",), {"wildlife_phone": None}),
    ),
    elsewhere=("大同",),
)


def composer(*entries: Entry, today: dt.date = TODAY) -> Composer:
    topic = Topic("inspectors", "体验官", entries or (COUNT, PAY, BIRD, FIRE))
    return Composer(Knowledge((topic,), REGIONS, {"hotline_12345": HOTLINE}, "digest"), WORDING, today)


def test_an_answer_is_complete_on_its_own() -> None:
    reply = composer().answer(COUNT, confidence=0.8)
    assert reply.kind == "answer"
    assert reply.text == "招10名。\n出处：体验官招募公告（2026年3月）\n咨询：12345政务服务便民热线"
    assert reply.answer == "招10名。"
    assert reply.confidence == 0.8
    for name in ("title", "script", "source", "department", "region", "contacts", "code"):
        assert getattr(reply, name) == getattr(COUNT, name)
    assert reply.entry == COUNT.id
    assert reply.validity == COUNT.validity


def test_an_urgent_entry_is_an_urgent_reply() -> None:
    assert composer().answer(FIRE).kind == "urgent"


def test_at_most_three_related_entries_that_exist_are_suggested() -> None:
    titles = [item.label for item in composer().answer(COUNT).suggestions]
    assert titles == ["救助野生动物", "招募多少名体验官", "有没有报酬"]


def test_a_body_of_its_own_replaces_the_answer() -> None:
    reply = composer().answer(COUNT, body="您符合条件。")
    assert reply.answer == "您符合条件。"
    assert reply.text.startswith("您符合条件。\n出处：")


# Time.


@pytest.mark.parametrize(
    ("validity", "note", "beginning"),
    [
        (Validity(until=dt.date(2026, 3, 31)), None, "【已过期】这条信息的有效期到2026年3月31日。"),
        (
            Validity(until=dt.date(2026, 3, 31)),
            "已经办过了。",
            "【已过期】这条信息的有效期到2026年3月31日。已经办过了。",
        ),
        (Validity(start=dt.date(2026, 4, 2)), None, "【尚未开始】这条信息从2026年4月2日起有效。"),
        (Validity(dt.date(2026, 4, 1), dt.date(2026, 4, 1)), "已经办过了。", "招10名。"),
        (Validity(), "已经办过了。", "招10名。"),
    ],
)
def test_what_does_not_hold_today_says_so_before_anything_else(
    validity: Validity, note: str | None, beginning: str
) -> None:
    reply = composer().answer(replace(COUNT, validity=validity, expired_note=note))
    assert reply.text.startswith(beginning)
    assert "招10名。" in reply.text


@pytest.mark.parametrize(
    ("validity", "period"),
    [
        (Validity(dt.date(2026, 3, 6), dt.date(2026, 12, 31)), "2026年3月6日至2026年12月31日"),
        (Validity(until=dt.date(2026, 12, 31)), "到2026年12月31日为止"),
        (Validity(start=dt.date(2026, 3, 6)), "2026年3月6日起"),
        (Validity(), ""),
    ],
)
def test_the_period_stands_below_the_answer(validity: Validity, period: str) -> None:
    assert chinese_period(validity) == period
    text = composer().answer(replace(COUNT, validity=validity)).text
    assert (f"\n有效期：{period}\n" in text) if period else ("有效期" not in text.splitlines()[-2])


@pytest.mark.parametrize(
    ("published", "shown"),
    [(None, ""), ("2026-03", "（2026年3月）"), ("2026-03-06", "（2026年3月6日）"), ("2026-12", "（2026年12月）")],
)
def test_the_source_says_when_it_was_published(published: str | None, shown: str) -> None:
    text = composer().answer(replace(COUNT, source=Source("公告", published))).text
    assert f"\n出处：公告{shown}\n" in text


# Place.


@pytest.mark.parametrize("places", [(), ("阳曲县",), ("太原市",), ("太原市", "阳曲县")])
def test_a_place_that_the_entry_speaks_of_needs_no_note(places: tuple[str, ...]) -> None:
    assert composer().answer(COUNT, places).answer == "招10名。"


@pytest.mark.parametrize("place", ["小店区", "大同"])
def test_another_place_is_named_as_not_covered(place: str) -> None:
    answer = composer().answer(COUNT, (place,)).answer or ""
    assert answer.startswith(f"请注意：报道只讲了阳曲县，没有写{place}的情况。")
    assert answer.endswith("招10名。")


def test_several_other_places_are_named_together() -> None:
    assert "没有写小店区、大同的情况" in composer().answer(COUNT, ("小店区", "阳曲县", "大同")).text


def test_the_whole_city_covers_its_counties_but_no_place_elsewhere() -> None:
    assert composer().answer(PAY, ("小店区",)).answer == "没有写。"
    assert "没有写大同的情况" in composer().answer(PAY, ("大同",)).text


def test_a_place_that_the_entry_itself_names_needs_no_note() -> None:
    entry = replace(COUNT, answer="招10名，小店也可以报。")
    assert composer().answer(entry, ("小店区",)).answer == entry.answer


def test_nobody_in_an_emergency_reads_notes_on_places() -> None:
    assert composer().answer(FIRE, ("大同",)).answer == "1. 先跑。"


def test_the_note_on_time_stands_before_the_note_on_place() -> None:
    entry = replace(COUNT, validity=Validity(until=dt.date(2026, 3, 1)))
    lines = (composer().answer(entry, ("大同",)).answer or "").splitlines()
    assert [line[:4] for line in lines] == ["【已过期", "请注意：", "招10名"[:4]]


# A county's own answer.


@pytest.mark.parametrize(
    ("places", "answer"),
    [
        (("阳曲县",), "阳曲县的电话是0351-1234567。"),
        (
            ("大同", "阳曲县"),
            "请注意：报道只讲了太原市，没有写大同的情况。太原市的情况是：\n阳曲县的电话是0351-1234567。",
        ),
        (("小店区",), "请联系小店区林业主管部门。"),
        (("小店",), "请联系小店区林业主管部门。"),
        ((), "请联系您所在县（市、区）的林业主管部门。"),
    ],
)
def test_a_filled_in_field_is_told_and_an_empty_one_is_not(places: tuple[str, ...], answer: str) -> None:
    assert composer().answer(BIRD, places).answer == answer


def test_the_county_is_asked_for_with_all_counties_to_choose_from() -> None:
    reply = composer().ask_region(BIRD)
    assert reply.kind == "form"
    assert reply.entry is None
    assert [item.message for item in reply.suggestions] == ["阳曲县", "小店区"]


# Other replies.


def test_more_offers_what_is_related_and_then_what_stands_beside() -> None:
    for entry, titles in ((COUNT, [BIRD.title, PAY.title, FIRE.title]), (PAY, [COUNT.title, BIRD.title])):
        reply = composer().more(entry)
        assert reply is not None
        assert reply.kind == "clarify"
        assert [item.message for item in reply.suggestions] == titles
        assert reply.text.startswith(WORDING["more"])


def test_without_two_others_there_is_no_more() -> None:
    assert composer(COUNT, PAY).more(PAY) is None


def test_readings_are_numbered_and_nothing_is_asserted() -> None:
    reply = composer().clarify(["pay", "bird"])
    assert reply.kind == "clarify"
    assert reply.text.splitlines()[1:] == ["1. 有没有报酬", "2. 救助野生动物"]
    assert [item.message for item in reply.suggestions] == ["有没有报酬", "救助野生动物"]
    assert (reply.entry, reply.answer, reply.source) == (None, None, None)


def test_what_is_not_covered_names_someone_who_can_help() -> None:
    reply = composer().unknown()
    assert reply.kind == "unknown"
    assert reply.contacts == (HOTLINE,)
    assert "12345" in reply.text
    assert (reply.entry, reply.answer, reply.source) == (None, None, None)


def test_small_talk_is_the_sentence_of_its_name() -> None:
    reply = composer().say("greet")
    assert reply.kind == "smalltalk"
    assert reply.text == WORDING["greet"]


@pytest.mark.parametrize(
    ("contacts", "line"),
    [
        ((HOTLINE,), "12345政务服务便民热线"),
        ((Contact("报警电话", "110"), Contact("急救电话", "120")), "报警电话110、急救电话120"),
        ((Contact("县林业局", None), HOTLINE), "县林业局、12345政务服务便民热线"),
    ],
)
def test_a_number_that_the_name_holds_is_not_repeated(contacts: Any, line: str) -> None:
    assert contact_line(contacts) == line
