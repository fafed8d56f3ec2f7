"""Eligibility: the form that checks a would-be inspector's age and record, and its verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context_of, get_assistant, remember, send
from assistant.eligibility import read_age, read_record, zodiac_ages
from assistant.interview import ENTRY


class ValidateEligibilityForm(FormValidationAction):
    """Reads age and record from whatever the resident writes, in any order, also both at once."""

    def name(self) -> str:
        return "validate_eligibility_form"

    async def extract_eligibility_age(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        text, asked = _said(tracker), tracker.get_slot("requested_slot") == "eligibility_age"
        age = read_age(text, get_assistant().today(), asked)
        if age is None and not (asked and zodiac_ages(text, get_assistant().today())):
            return {}
        return {"eligibility_age": age}  # None asks again: a zodiac sign alone is not an age.

    async def extract_eligibility_record(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        asked = tracker.get_slot("requested_slot") == "eligibility_record"
        record = read_record(_said(tracker), asked)
        return {} if record is None else {"eligibility_record": record}


class ActionAskEligibilityAge(Action):
    """Asks for the age: with the conditions at first, briefly when asking again."""

    def name(self) -> str:
        return "action_ask_eligibility_form_eligibility_age"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        again = tracker.get_slot("requested_slot") == "eligibility_age"
        ages = zodiac_ages(_said(tracker), get_assistant().today()) if again else ()
        send(dispatcher, [get_assistant().interview().ask_age(again, ages)])
        return []


class ActionAskEligibilityRecord(Action):
    """Asks for credit and criminal records."""

    def name(self) -> str:
        return "action_ask_eligibility_form_eligibility_record"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        send(dispatcher, [get_assistant().interview().ask_record()])
        return []


class ActionAssessEligibility(Action):
    """Tells the verdict with its reasons and forgets what was told."""

    def name(self) -> str:
        return "action_assess_eligibility"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        reply = (
            get_assistant()
            .interview()
            .verdict(tracker.get_slot("eligibility_age"), tracker.get_slot("eligibility_record"))
        )
        send(dispatcher, [reply])
        before = context_of(tracker)
        forgotten = [SlotSet("eligibility_age", None), SlotSet("eligibility_record", None)]
        return forgotten + remember(before, replace(before, entry=ENTRY, choices=()))


def _said(tracker: Tracker) -> str:
    return tracker.latest_message.get("text") or ""
