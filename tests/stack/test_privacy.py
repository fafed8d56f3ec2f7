"""What a resident should not have written is nowhere afterwards."""

from __future__ import annotations

import sqlite3

import pytest

from tests.stack.processes import Stack

#: Valid by their check digits, and nobody's: made up for tests.
PLANTED = {
    "11010519491231002X": "我的身份证号是11010519491231002X，能报体验官吗",
    "6222021234567890128": "卡号6222021234567890128，给谁打电话",
    "13812345678": "我电话13812345678，体验官招几个人",
    "482913": "骗子问我要验证码，我告诉他验证码是482913了",
}


@pytest.fixture(scope="module")
def replies(stack: Stack) -> dict[str, str]:
    """The text of the replies to each message with something planted."""
    told = {}
    for secret, message in PLANTED.items():
        told[secret] = "\n".join(reply["text"] for reply in stack.chat(message)["replies"])
    stack.wait_until(lambda: _stored(stack) >= len(PLANTED), 10)
    return told


def _stored(stack: Stack) -> int:
    """How many stored messages have something masked."""
    with sqlite3.connect(stack.folder / "store.db") as store:
        return int(store.execute("select count(*) from exchanges where message like '%[%]%'").fetchone()[0])


@pytest.mark.parametrize("secret", PLANTED)
def test_the_resident_is_told_that_it_was_masked(replies: dict[str, str], secret: str) -> None:
    assert "隐去" in replies[secret]


@pytest.mark.parametrize("secret", PLANTED)
def test_it_is_in_no_file_of_the_store_and_no_log(stack: Stack, replies: dict[str, str], secret: str) -> None:
    files = [path for path in stack.folder.rglob("*") if path.is_file()]
    assert stack.log in files
    assert (stack.folder / "store.db") in files
    for path in files:
        assert secret.encode() not in path.read_bytes(), path.name


@pytest.mark.parametrize("secret", PLANTED)
def test_rasa_is_never_told(stack: Stack, replies: dict[str, str], secret: str) -> None:
    with sqlite3.connect(stack.folder / "store.db") as store:
        messages = [row[0] for row in store.execute("select message from exchanges")]
    assert any("[" in message for message in messages)
    assert all(secret not in message for message in messages)
