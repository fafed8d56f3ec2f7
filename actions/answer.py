"""ActionAnswer: the answer to a question, by the assistant's steps."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context_of, get_assistant, remember, send
from actions.eligibility import forget, reconsider
from assistant.understanding import Understanding


class ActionAnswer(Action):
    """Answers every entry's intent, and whatever is not understood for sure."""

    def __init__(self) -> None:
        get_assistant()

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        reconsidered = reconsider(dispatcher, tracker)
        if reconsidered is not None:
            return reconsidered
        before = context_of(tracker)
        outcome = get_assistant().respond(Understanding.from_parse(tracker.latest_message), before)
        replies = outcome.replies
        events = forget(tracker) + remember(before, outcome.context)
        if tracker.active_loop:
            if any(reply.kind == "urgent" for reply in replies):
                # Nobody is asked for an age while being robbed.
                events += [ActiveLoop(None), SlotSet("requested_slot", None)]
            elif all(reply.kind in ("unknown", "clarify") for reply in replies):
                send(dispatcher, [get_assistant().interview().not_understood()])
                return []  # Readings that nobody was shown are not remembered.
        send(dispatcher, replies)
        return events
