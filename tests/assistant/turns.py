"""Turns of a conversation over a small knowledge, as a classifier would have understood them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from assistant import answering
from assistant.answering import Context, Outcome, Turn
from assistant.composing import Composer
from assistant.knowledge import Contact, Entry, Knowledge, Source, Topic
from assistant.regions import Region, Regions
from assistant.search import Search
from assistant.settings import ROOT
from assistant.thresholds import Thresholds
from assistant.triage import Triage
from assistant.understanding import FALLBACK_INTENT, Candidate, Understanding
from assistant.validity import Validity
from assistant.wording import Wording

HOTLINE = Contact("12345政务服务便民热线", "12345")
WORDING = Wording.load(ROOT / "domain.yml")
THRESHOLDS = replace(
    Thresholds.load(ROOT / "data" / "thresholds.yml"),
    answer=0.5,
    coverage=0.8,
    clarify=0.15,
    urgency=0.1,
    urgent=0.5,
    urgent_coverage=0.3,
    follow_up=0.3,
    part=0.6,
    search_answer=0.75,
    search_sure=0.9,
    search_clarify=0.5,
)


def entry(entry_id: str, code: str, topic: str, title: str, *questions: str, **fields: object) -> Entry:
    plain = Entry(
        id=entry_id,
        code=code,
        topic=topic,
        title=title,
        questions=questions,
        answer=f"{title}：见报道。",
        script="见报道。",
        source=Source("报道"),
        department="市政府",
        region="太原市",
        validity=Validity(),
        contacts=(HOTLINE,),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


INSPECTORS = (
    entry("count", "A01", "inspectors", "招募多少名体验官", "体验官招几个人", region="阳曲县"),
    entry("pay", "A02", "inspectors", "体验官有没有报酬", "当体验官给钱吗", region="阳曲县"),
    entry("age", "A03", "inspectors", "体验官的年龄要求", "多大岁数能当体验官", region="阳曲县"),
    entry("term", "A04", "inspectors", "体验官的聘期多长", "体验官干到什么时候", region="阳曲县"),
)
BIRD = entry(
    "bird", "K01", "wildlife", "捡到受伤的鸟找谁", "野生动物救助电话", region_field="phone", answer_filled="{value}"
)
FRAUD = (
    entry("control", "N01", "fraud", "手机被远程控制怎么办", "手机被控制了", urgent=True),
    entry("sent", "N02", "fraud", "刚转了钱怎么办", "我被骗了", urgent=True),
    entry("prevent", "N03", "fraud", "怎么防范远程控制", "怎样避免手机被控制"),
)
LIFT = entry("lift", "P01", "lifts", "电梯坏了找谁", "电梯不动了打什么电话")
KNOWLEDGE = Knowledge(
    (
        Topic("inspectors", "体验官", INSPECTORS),
        Topic("wildlife", "野生动物", (BIRD,)),
        Topic("fraud", "反诈", FRAUD),
        Topic("lifts", "电梯", (LIFT,)),
    ),
    Regions(
        Region("太原市", ("太原",)),
        (Region("阳曲县", ("阳曲",), {"phone": "0351-1"}), Region("小店区", ("小店",), {"phone": None})),
        elsewhere=("大同",),
    ),
    {"hotline_12345": HOTLINE},
    "digest",
)
TRIAGE = Triage.from_dict(
    {
        "words": {},
        "calm": ["怎么防|听说|怎样避免"],
        "signals": [{"entry": "control", "any": [["手机.*控制"]]}, {"entry": "sent", "any": [["被骗"]]}],
    }
)


class Asker:
    """Asks one message, as a classifier would have understood it, in a conversation."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def __call__(
        self,
        text: str,
        candidates: Mapping[str, float] | None = None,
        *,
        coverage: float = 1.0,
        urgency: float = 0.0,
        context: Context | None = None,
        parts: tuple[Understanding, ...] = (),
    ) -> Outcome:
        return answering.respond(
            Turn(
                understanding=replace(understood(text, candidates, coverage, urgency), parts=parts),
                context=context or Context(),
                composer=Composer(KNOWLEDGE, WORDING, dt.date(2026, 4, 1)),
                search=self._search,
                thresholds=THRESHOLDS,
                triage=TRIAGE,
                places=KNOWLEDGE.regions.mentioned(text),
            )
        )


def understood(
    text: str, candidates: Mapping[str, float] | None = None, coverage: float = 1.0, urgency: float = 0.0
) -> Understanding:
    """What the classifier would say: the best candidate if it is sure and covered, else the fallback."""
    ranked = tuple(Candidate(intent, confidence) for intent, confidence in (candidates or {}).items())
    sure = bool(ranked) and ranked[0].confidence >= THRESHOLDS.answer and coverage >= THRESHOLDS.coverage
    return Understanding(text, ranked[0].intent if sure else FALLBACK_INTENT, ranked, coverage, urgency)


def entries(outcome: Outcome) -> list[str | None]:
    return [reply.entry for reply in outcome.replies]


def kinds(outcome: Outcome) -> list[str]:
    return [reply.kind for reply in outcome.replies]
