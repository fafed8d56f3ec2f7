"""CachedRulePolicy: the rules that Rasa's own RulePolicy finds, without reading all of them."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy

from components.cached_rule_policy import CachedRulePolicy

Lookup = dict[str, str]
State = dict[str, Any]


@pytest.fixture(scope="session")
def lookups(archive: Path) -> dict[str, Lookup]:
    """The rules of the project's model, by kind."""
    with tarfile.open(archive) as files:
        member = next(name for name in files.getnames() if name.endswith("rule_policy.json"))
        file = files.extractfile(member)
        assert file
        return {kind: rules for kind, rules in json.load(file)["lookup"].items() if isinstance(rules, dict)}


def states_of(rule: str) -> list[State]:
    states: list[State] = json.loads(rule)
    return states


def found(policy: type[RulePolicy], lookup: Lookup, states: list[State]) -> set[str]:
    keys: set[str] = policy._get_possible_keys(policy.__new__(policy), lookup, states)
    return keys


def test_the_same_rules_apply_to_every_conversation_that_a_rule_describes(lookups: dict[str, Lookup]) -> None:
    compared = 0
    for lookup in lookups.values():
        for rule in list(lookup)[::7]:
            states = states_of(rule)
            for conversation in (states, states[-1:], [*states, *states]):
                theirs = found(RulePolicy, lookup, conversation)
                assert found(CachedRulePolicy, lookup, conversation) == theirs
                compared += len(theirs)
    assert compared > 100


@pytest.mark.parametrize(
    "states",
    [
        [],
        [{}],
        [{"prev_action": {"action_name": "action_listen"}}],
        [{"user": {"intent": "inspector_pay"}}],
        [{"user": {"intent": "unheard_of"}, "prev_action": {"action_name": "action_listen"}}],
        [{"user": {"intent": "inspector_pay"}, "prev_action": {"action_name": "action_answer"}}],
        [{"user": {"intent": "greet"}, "prev_action": {"action_name": "action_listen"}, "active_loop": {"name": "x"}}],
    ],
    ids=str,
)
def test_the_same_rules_apply_to_other_conversations(lookups: dict[str, Lookup], states: list[State]) -> None:
    for lookup in lookups.values():
        assert found(CachedRulePolicy, lookup, states) == found(RulePolicy, lookup, states)
