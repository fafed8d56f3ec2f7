"""ActionSmalltalk: the sentence of domain.yml that belongs to a base intent."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context_of, get_assistant, remember, send
from actions.eligibility import forget, reconsider
from assistant.understanding import Understanding


class ActionSmalltalk(Action):
    """Greetings, thanks and the like; a question that stands beside them is answered."""

    def name(self) -> str:
        return "action_smalltalk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        reconsidered = reconsider(dispatcher, tracker)
        if reconsidered is not None:
            return reconsidered
        before = context_of(tracker)
        outcome = get_assistant().respond(Understanding.from_parse(tracker.latest_message), before)
        send(dispatcher, outcome.replies)
        return forget(tracker) + remember(before, outcome.context)
