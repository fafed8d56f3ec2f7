"""Eligibility: the form that checks a would-be inspector's age and record, and its verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import context_of, get_assistant, remember, send
from assistant.ages import Age, read_age, zodiac_ages
from assistant.eligibility import Record, of_somebody_else, read_record, revised
from assistant.interview import ENTRY

_AGE, _RECORD = "eligibility_age", "eligibility_record"


class ValidateEligibilityForm(FormValidationAction):
    """Reads age and record from whatever the resident writes, in any order, also both at once."""

    def name(self) -> str:
        return "validate_eligibility_form"

    async def extract_eligibility_age(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        text, requested = _said(tracker), tracker.get_slot("requested_slot")
        # Who refused may still tell it, while something else is asked for.
        asked = requested == _AGE or (requested and tracker.get_slot(_AGE) == "undisclosed")
        age = read_age(text, get_assistant().today(), bool(asked))
        if age is None and requested and not (asked and zodiac_ages(text, get_assistant().today())):
            return {}
        return {_AGE: age}  # None asks (again): at the beginning, or since a zodiac sign alone is not an age.

    async def extract_eligibility_record(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        requested = tracker.get_slot("requested_slot")
        record = read_record(_said(tracker), requested == _RECORD)
        return {} if record is None and requested else {_RECORD: record}


class ActionAskEligibilityAge(Action):
    """Asks for the age: with the conditions at first, briefly when asking again."""

    def name(self) -> str:
        return "action_ask_eligibility_form_eligibility_age"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        again = tracker.get_slot("requested_slot") == _AGE
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
    """Tells the verdict with its reasons; what was told is kept for the next message, which may correct it."""

    def name(self) -> str:
        return "action_assess_eligibility"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        return _verdict(dispatcher, tracker, tracker.get_slot(_AGE), tracker.get_slot(_RECORD))


def reconsider(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]] | None:
    """After a verdict: the verdict anew if the message corrects what was told, the form anew for somebody else.

    None for any other message, and where no verdict was just told.
    """
    told = tracker.get_slot(_AGE), tracker.get_slot(_RECORD)
    if tracker.active_loop or None in told:
        return None
    if of_somebody_else(_said(tracker)):
        return [FollowupAction("eligibility_form")]
    corrected = revised(*told, _said(tracker), get_assistant().today())
    if corrected is None:
        return None
    age, record = corrected
    return [SlotSet(_AGE, age), SlotSet(_RECORD, record), *_verdict(dispatcher, tracker, age, record)]


def forget(tracker: Tracker) -> list[dict[str, Any]]:
    """Forget what was told for a verdict, once something else is talked about."""
    if tracker.active_loop:
        return []
    return [SlotSet(name, None) for name in (_AGE, _RECORD) if tracker.get_slot(name) is not None]


def _verdict(dispatcher: CollectingDispatcher, tracker: Tracker, age: Age, record: Record) -> list[dict[str, Any]]:
    send(dispatcher, [get_assistant().interview().verdict(age, record)])
    before = context_of(tracker)
    return remember(before, replace(before, entry=ENTRY, choices=()))


def _said(tracker: Tracker) -> str:
    return tracker.latest_message.get("text") or ""
