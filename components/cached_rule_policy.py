"""CachedRulePolicy: Rasa's RulePolicy that reads each rule once and not at every turn."""

from __future__ import annotations

import json
from functools import lru_cache

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import State


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class CachedRulePolicy(RulePolicy):
    """Predicts what RulePolicy predicts.

    A rule's states are kept as JSON, which RulePolicy parses for every rule at every step of a turn; with a rule for
    each of some two hundred entries that is most of a turn. The parsed states are only read, so they can be shared.
    """

    @staticmethod
    @lru_cache(maxsize=4096)
    def _rule_key_to_state(rule_key: str) -> list[State]:
        states: list[State] = json.loads(rule_key)
        return states
