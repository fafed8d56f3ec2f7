"""ActionProbe: tells which model and which knowledge are at work, for the health check."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import get_assistant


class ActionProbe(Action):
    """Answers the web process's probe; the model's id is the one Rasa stamped on the probe itself."""

    def name(self) -> str:
        return "action_probe"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        stamps = (event.get("metadata") or {} for event in reversed(tracker.events))
        model = next((stamp["model_id"] for stamp in stamps if stamp.get("model_id")), None)
        report = {"kind": "probe", "model": model, "knowledge": get_assistant().knowledge.digest}
        dispatcher.utter_message(json_message=report)
        return []
