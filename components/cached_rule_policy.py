"""CachedRulePolicy: Rasa's RulePolicy that reads each rule once and compares only those that can apply."""

from __future__ import annotations

import json
from functools import lru_cache

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import INTENT

_RULES = 4096


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CachedRulePolicy(RulePolicy):
    """Predicts what RulePolicy predicts.

    A rule's states are kept as JSON, which RulePolicy parses for every rule at every step of a turn, and it compares
    every rule's states; with a rule for each of some two hundred entries that is most of a turn.
    """

    @staticmethod
    @lru_cache(maxsize=_RULES)
    def _rule_key_to_state(rule_key: str) -> list[State]:
        states: list[State] = json.loads(rule_key)
        return states  # Only ever read, so they can be shared.

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """The rules that apply. Those whose last turn has another intent than the conversation's cannot."""
        if states:
            intents = (None, states[-1].get(USER, {}).get(INTENT))
            lookup = {key: action for key, action in lookup.items() if _last_intent(key) in intents}
        possible: set[str] = super()._get_possible_keys(lookup, states)
        return possible


@lru_cache(maxsize=_RULES)
def _last_intent(rule_key: str) -> str | None:
    """The intent that a rule's last turn must have, if it must have one. The begin of a conversation need not match."""
    last = CachedRulePolicy._rule_key_to_state(rule_key)[-1]
    intent = last.get(USER, {}).get(INTENT) if last.get(PREVIOUS_ACTION) else None
    return None if intent == SHOULD_NOT_BE_SET else intent or None
