"""Actions on the real assistant, which is loaded once for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions import conversation
from assistant.service import Assistant


@pytest.fixture(scope="session", autouse=True)
def shared_assistant(assistant: Assistant) -> Iterator[None]:
    """The action server's assistant is the tests'."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversation, "Assistant", Ready(assistant))
        conversation.get_assistant.cache_clear()
        conversation.get_assistant()
    yield
    conversation.get_assistant.cache_clear()


class Ready:
    """Stands where an assistant would be loaded, and has one already."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def load(self, settings: object) -> Assistant:
        return self._assistant
