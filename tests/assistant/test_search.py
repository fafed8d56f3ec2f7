"""Search: the nearest entries with scores between 0 and 1, without a trained model."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.knowledge import Entry, Knowledge, Source, Topic
from assistant.regions import Region, Regions
from assistant.search import Search
from assistant.service import Assistant
from assistant.validity import Validity


def entry(number: int, topic: str, title: str, questions: tuple[str, ...], region: str = "太原市") -> Entry:
    return Entry(
        id=f"entry_{number}",
        code=f"A{number:02}",
        topic=topic,
        title=title,
        questions=questions,
        answer=f"{title}的回答。",
        script="回答。",
        source=Source("消息"),
        department="市政府",
        region=region,
        validity=Validity(),
        contacts=(),
    )


PAY = entry(1, "inspectors", "体验官有没有报酬", ("当体验官给不给钱", "体验官发工资吗"), "阳曲县")
COUNT = entry(2, "inspectors", "招募多少名体验官", ("体验官招几个人", "体验官要多少人"), "阳曲县")
LIFT = entry(3, "lifts", "电梯坏了找谁", ("电梯不动了打什么电话",))
REGIONS = Regions(Region("太原市"), (Region("阳曲县"),))
KNOWLEDGE = Knowledge(
    (Topic("inspectors", "体验官", (PAY, COUNT)), Topic("lifts", "电梯", (LIFT,))), REGIONS, {}, "digest"
)
#: What residents may type, and what nobody would.
QUERIES = st.one_of(st.text("体验官招几个人电梯坏了找谁工资abc12?，", max_size=20), st.text(max_size=20))


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(KNOWLEDGE, refused=["护照怎么换发", "体验官的电话是多少"])


@pytest.mark.parametrize("wanted", list(KNOWLEDGE), ids=lambda item: item.id)
def test_an_entry_is_found_first_by_its_title_and_by_each_question(search: Search, wanted: Entry) -> None:
    for text in (wanted.title, *wanted.questions):
        best = search.find(text)[0]
        assert best.entry is wanted
        assert best.score > 0.95


def test_an_entry_is_found_by_its_meaning(search: Search) -> None:
    assert search.find("那个岗位有薪水吗")[0].entry is PAY
    assert search.find("升降机出故障联系哪里")[0].entry is LIFT


def test_spelling_does_not_matter(search: Search) -> None:
    assert search.find("體驗官招幾個人？？？")[0].score == pytest.approx(search.find("体验官招几个人")[0].score)


@settings(max_examples=40)
@given(query=QUERIES)
def test_scores_are_between_0_and_1_best_first(search: Search, query: str) -> None:
    hits = search.find(query)
    scores = [hit.score for hit in hits]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert len({hit.entry.id for hit in hits}) == len(hits)
    assert 0 <= search.refusal(query) <= 1


@pytest.mark.parametrize("text", [text for item in KNOWLEDGE for text in (item.title, *item.questions)])
def test_the_score_of_a_known_question_is_no_more_than_1(search: Search, text: str) -> None:
    assert search.find(text)[0].score <= 1


@pytest.mark.parametrize("query", ["", "  ", "？？？", "😀"])
def test_nothing_asked_finds_nothing(search: Search, query: str) -> None:
    assert search.find(query) == []
    assert search.refusal(query) == 0
    assert search.scores(query).tolist() == [0, 0, 0]


def test_the_result_can_be_narrowed_and_limited(search: Search) -> None:
    assert {hit.entry.id for hit in search.find("电梯", topic="inspectors")} <= {"entry_1", "entry_2"}
    assert {hit.entry.id for hit in search.find("体验官", region="太原市")} <= {"entry_3"}
    assert search.find("体验官", region="大同") == []
    assert len(search.find("体验官", limit=1)) == 1
    assert search.find("体验官", limit=0) == []


def test_what_is_not_covered_is_nearer_to_its_examples(search: Search) -> None:
    assert search.refusal("护照怎么换发") > 0.95
    assert search.refusal("护照怎么换") > search.find("护照怎么换")[0].score


def test_without_refused_examples_nothing_is_refused() -> None:
    assert Search(KNOWLEDGE).refusal("护照怎么换发") == 0


def test_an_entrys_score_is_that_of_its_best_question() -> None:
    alone = Search(KNOWLEDGE).find("当体验官给不给钱", topic="inspectors")[0]
    fewer = replace(PAY, questions=("当体验官给不给钱",))
    topics = (Topic("inspectors", "体验官", (fewer, COUNT)), KNOWLEDGE.topics[1])
    again = Search(Knowledge(topics, REGIONS, {}, "other")).find("当体验官给不给钱", topic="inspectors")[0]
    assert alone.score == pytest.approx(1, abs=1e-3)
    assert again.score == pytest.approx(1, abs=1e-3)


def test_the_nearest_questions_come_as_they_are_written_with_their_entries(search: Search) -> None:
    asked, refused = search.nearest("體驗官发工资吗？", limit=2)
    assert (asked[0].text, asked[0].entry) == ("体验官发工资吗", PAY)
    assert asked[0].score == pytest.approx(search.find("体验官发工资吗")[0].score)
    assert [example.entry for example in refused] == [None, None]
    assert refused[0].text == "体验官的电话是多少"
    assert refused[0].score == pytest.approx(search.refusal("体验官发工资吗"))
    for examples in (asked, refused):
        assert len(examples) == 2
        assert examples[0].score >= examples[1].score


def test_a_title_that_is_a_question_too_is_told_once() -> None:
    topic = Topic("inspectors", "体验官", (replace(PAY, questions=(PAY.title, *PAY.questions)),))
    asked, refused = Search(Knowledge((topic,), REGIONS, {}, "digest")).nearest(PAY.title, limit=9)
    assert asked[0].text == PAY.title
    assert sorted(example.text for example in asked) == sorted({PAY.title, *PAY.questions})
    assert refused == []


def test_nothing_is_near_to_a_message_without_words(search: Search) -> None:
    assert search.nearest("？？", limit=3) == ([], [])


# The project's own knowledge.


def test_every_title_finds_its_entry(assistant: Assistant) -> None:
    lost = [entry.title for entry in assistant.knowledge if assistant.search(entry.title)[0].entry.id != entry.id]
    assert lost == []
