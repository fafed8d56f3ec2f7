"""Respondent: the trained model and the answering steps in this process; no server is needed."""

from __future__ import annotations

from typing import Any

from assistant.answering import Context
from assistant.reply import Reply
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.understanding import Understanding
from launcher import model
from launcher.interpreter import Interpreter

#: Replies that answer with an entry: what must not happen to a question that is not covered.
ANSWERS = ("answer", "urgent")


class Respondent:
    """Answers single questions as the running assistant does at the beginning of a conversation."""

    def __init__(self, settings: Settings) -> None:
        """Raises FileNotFoundError if the model of the files as they are was not trained yet."""
        self.interpreter = Interpreter(model.current(settings))
        self.assistant = Assistant.load(settings)

    def understand(self, message: str) -> Understanding:
        return self.interpreter.understand(message)

    def replies(self, message: str, understanding: Understanding | None = None) -> list[Reply]:
        """The replies to `message`, the first in its conversation; `understanding` if it is there already."""
        understanding = understanding or self.understand(message)
        asked = self.assistant.form_reply(understanding)
        return [asked] if asked else list(self.assistant.respond(understanding, Context()).replies)

    def kinds(self, message: str) -> set[str]:
        return {reply.kind for reply in self.replies(message)}

    def contract(self, message: str) -> list[dict[str, Any]]:
        """The replies in the contract's form."""
        return [reply.as_dict(self.assistant.today()) for reply in self.replies(message)]
