"""Publication: which entries are new or changed since a model was last trained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from launcher.publication import NAME, Publication
from tests.assistant.turns import entry

PAY = entry("pay", "A01", "inspectors", "体验官有没有报酬", "当体验官给钱吗", "体验官发工资吗")
COUNT = entry("count", "A02", "inspectors", "招募多少名体验官", "体验官招几个人")
PUBLISHED = Publication.of("bingwen-1.tar.gz", [PAY, COUNT])


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    PUBLISHED.write(tmp_path)
    assert Publication.read(tmp_path) == PUBLISHED
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_the_last_one_counts(tmp_path: Path) -> None:
    PUBLISHED.write(tmp_path)
    last = Publication.of("bingwen-2.tar.gz", [PAY])
    last.write(tmp_path)
    assert Publication.read(tmp_path) == last


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert Publication.read(tmp_path) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", b"null", b"{}", b'{"model": 1, "entries": {}}', b'{"model": "m", "entries": []}'],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert Publication.read(tmp_path) is None


def test_a_write_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    PUBLISHED.write(tmp_path)
    with pytest.raises(TypeError):
        Publication("bingwen-2.tar.gz", {"pay": object()}).write(tmp_path)  # type: ignore[dict-item]
    assert Publication.read(tmp_path) == PUBLISHED


def test_nothing_has_changed_in_what_was_published() -> None:
    assert PUBLISHED.changed([PAY, COUNT]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"id": "new"},
        {"title": "体验官给不给钱"},
        {"questions": ("当体验官给钱吗",)},
        {"questions": (*PAY.questions, "体验官有补贴吗")},
        {"questions": ("体验官发钱吗", "体验官发工资吗")},
    ],
    ids=str,
)
def test_new_entries_titles_and_questions_are_changes(change: dict[str, object]) -> None:
    changed = replace(PAY, **change)  # type: ignore[arg-type]
    assert PUBLISHED.changed([COUNT, changed]) == [changed]


def test_another_answer_is_no_change_in_what_is_asked() -> None:
    assert PUBLISHED.changed([replace(PAY, answer="没有报酬。", code="B01")]) == []
