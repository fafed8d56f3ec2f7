"""Tokens: conversations in the client's hands."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner

from web.tokens import MAX_AGE, Conversation, Tokens, read_secret

SECRET = "s" * 64


def test_what_was_signed_is_read_again() -> None:
    conversation = Conversation(region="阳曲县", entry="inspector_headcount")
    tokens = Tokens(SECRET)
    assert tokens.read(tokens.sign(conversation)) == conversation


def test_a_token_fits_into_an_address() -> None:
    token = Tokens(SECRET).sign(Conversation(region="阳曲县", entry="inspector_headcount"))
    assert len(token) < 250
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


def test_a_foreign_or_altered_token_begins_a_new_conversation() -> None:
    ours, theirs = Tokens(SECRET), Tokens("t" * 64)
    conversation = Conversation(region="阳曲县")
    foreign = theirs.sign(conversation)
    token = ours.sign(conversation)
    altered = ("A" if token[0] != "A" else "B") + token[1:]
    for bad in (foreign, altered, token[:-1], "", "...", "é", None):
        assert ours.known(bad) is None
        assert ours.read(bad).id != conversation.id
        assert ours.read(bad).region is None


def test_a_token_is_forgotten_after_thirty_days(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = Tokens(SECRET)
    token = tokens.sign(Conversation())
    later = TimestampSigner.get_timestamp(TimestampSigner(SECRET))
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later + MAX_AGE - 5)
    assert tokens.known(token)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later + MAX_AGE + 5)
    assert tokens.known(token) is None


def test_new_conversations_differ() -> None:
    assert len({Conversation().id for _ in range(100)}) == 100
    assert len(Conversation().id) == 32


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"
    secret = read_secret(path)
    assert len(secret) >= 32
    assert read_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_secrets_differ(tmp_path: Path) -> None:
    assert read_secret(tmp_path / "a") != read_secret(tmp_path / "b")


def test_a_file_without_a_secret_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("short")
    with pytest.raises(ValueError, match=str(path)):
        read_secret(path)
