"""Commands: no message reaches Rasa as one."""

from __future__ import annotations

import pytest

from assistant.commands import as_words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("/restart", "restart"),
        (" ／restart", "restart"),
        ("…/ /restart", "restart"),
        ("体验官招几个人", "体验官招几个人"),
        ("24/7有人吗", "24/7有人吗"),
        ("/", "？"),
    ],
)
def test_a_leading_slash_is_taken_away_and_nothing_else(message: str, words: str) -> None:
    assert as_words(message) == words
