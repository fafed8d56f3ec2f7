"""Reply: the contract's reply object."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from assistant.knowledge import Contact, Source
from assistant.reply import Reply, Suggestion
from assistant.validity import Validity

TODAY = dt.date(2026, 4, 1)
FIELDS = {
    *("kind", "entry", "title", "text", "answer", "script", "source", "valid", "department", "region"),
    *("contacts", "suggestions", "code", "confidence"),
}


def test_an_answer_has_every_field_of_the_contract() -> None:
    reply = Reply(
        kind="answer",
        text="招10名。\n出处：……",
        answer="招10名。",
        script="招10名。",
        entry="inspector_headcount",
        title="招募多少名体验官",
        source=Source("公告", "2026-03", None),
        validity=Validity(dt.date(2026, 3, 6), dt.date(2026, 3, 31)),
        department="阳曲县",
        region="阳曲县",
        contacts=(Contact("便民热线", "12345"), Contact("林业局", None)),
        suggestions=(Suggestion("有没有报酬", "有没有报酬"),),
        code="A03",
        confidence=0.87654,
    )
    assert reply.as_dict(TODAY) == {
        "kind": "answer",
        "entry": "inspector_headcount",
        "title": "招募多少名体验官",
        "text": "招10名。\n出处：……",
        "answer": "招10名。",
        "script": "招10名。",
        "source": {"headline": "公告", "published": "2026-03", "url": None},
        "valid": {"from": "2026-03-06", "until": "2026-03-31", "status": "expired"},
        "department": "阳曲县",
        "region": "阳曲县",
        "contacts": [{"name": "便民热线", "phone": "12345"}, {"name": "林业局", "phone": None}],
        "suggestions": [{"label": "有没有报酬", "message": "有没有报酬"}],
        "code": "A03",
        "confidence": 0.877,
    }


@pytest.mark.parametrize("kind", ["clarify", "unknown", "smalltalk", "form"])
def test_what_is_not_an_answer_has_the_same_fields_with_nothing_in_them(kind: str) -> None:
    shown = Reply(kind, "好的。").as_dict(TODAY)  # type: ignore[arg-type]
    assert set(shown) == FIELDS
    assert shown["contacts"] == shown["suggestions"] == []
    assert {name for name in FIELDS - {"kind", "text", "contacts", "suggestions"} if shown[name] is not None} == set()
    assert json.loads(json.dumps(shown)) == shown


def test_two_replies_that_say_the_same_are_equal_however_sure() -> None:
    assert Reply("smalltalk", "好的。", confidence=0.5) == Reply("smalltalk", "好的。", confidence=0.9)
