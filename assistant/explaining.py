"""Explaining: how a message became its replies, as data: what was understood, what each step looked at and decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.answering import STEPS, Context, Step, Turn, respond
from assistant.reply import Reply
from assistant.search import Example
from assistant.service import Assistant
from assistant.understanding import Understanding
from assistant.watching import Look, watched

#: Intents, and examples of each kind, that an explanation holds.
MOST_INTENTS = 5
MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Trial:
    """A step as it was tried on `turn`: its reply, if it had one, and what it looked at."""

    step: str
    turn: Turn
    reply: Reply | None
    looks: tuple[Look, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "reply": {"kind": self.reply.kind, "entry": self.reply.entry} if self.reply else None,
            "looks": [look.as_dict() for look in self.looks],
        }


@dataclass(frozen=True)
class Explanation:
    """One message, from what was typed to what was replied.

    `covered` and `refused` are the known questions and the examples of what is not covered that are most like it, the
    latter with their intents. `trials` are the steps up to the one that replied; none if a form was opened instead.
    `afterwards` is what was looked at after them, for the questions inside the message.
    """

    message: str
    turn: Turn
    covered: tuple[Example, ...]
    refused: tuple[tuple[Example, str | None], ...]
    trials: tuple[Trial, ...]
    afterwards: tuple[Look, ...]
    replies: tuple[Reply, ...]

    @property
    def form(self) -> str | None:
        """The form that was opened instead of trying the steps."""
        entry = self.turn.knowledge.get(self.turn.understanding.intent)
        return entry.form if entry else None

    @property
    def untried(self) -> tuple[str, ...]:
        """The steps that were not reached, since one before them had a reply."""
        tried = {trial.step for trial in self.trials}
        return tuple(step.__name__ for step in STEPS if step.__name__ not in tried)

    @property
    def whole(self) -> bool:
        """Whether the replies are to the message as a whole, and not to the questions inside it."""
        return not self.trials or self.replies == tuple(trial.reply for trial in self.trials if trial.reply)

    def title(self, intent: str | None) -> str | None:
        """The title of the entry with this id; None for what is no entry."""
        entry = self.turn.knowledge.get(intent)
        return entry.title if entry else None

    def recognised(self, understood: Understanding) -> tuple[Look, ...]:
        """The best intent's confidence and the coverage, beside the thresholds by which the intent counts or not.

        Greetings and the like need no coverage.
        """
        thresholds = self.turn.thresholds
        looks = [Look("answer", understood.confidence, thresholds.answer)]
        if understood.candidates and self.title(understood.candidates[0].intent):
            looks.append(Look("coverage", understood.coverage, thresholds.coverage))
        return tuple(looks)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data for JSON; replies as in the public contract."""
        turn, context = self.turn, self.turn.context
        return {
            "message": self.message,
            "context": {"region": context.region, "entry": context.entry, "choices": list(context.choices)},
            "places": list(turn.places),
            "understanding": self._understood(turn.understanding),
            "questions": [self._understood(part) for part in turn.understanding.parts],
            "covered": [
                {"text": example.text, "score": round(example.score, 3), "entry": example.entry and example.entry.id}
                for example in self.covered
            ],
            "refused": [
                {"text": example.text, "score": round(example.score, 3), "intent": intent}
                for example, intent in self.refused
            ],
            "form": self.form,
            "steps": [trial.as_dict() for trial in self.trials],
            "untried": list(self.untried),
            "afterwards": [look.as_dict() for look in self.afterwards],
            "whole": self.whole,
            "replies": [reply.as_dict(turn.composer.today) for reply in self.replies],
        }

    def _understood(self, understood: Understanding) -> dict[str, Any]:
        return {
            "text": understood.text,
            "tokens": list(understood.tokens),
            "entities": [dict(vars(entity)) for entity in understood.entities],
            "intent": understood.intent,
            "sure": understood.sure,
            "coverage": understood.coverage,
            "looks": [look.as_dict() for look in self.recognised(understood)],
            "intents": [
                {"intent": item.intent, "title": self.title(item.intent), "confidence": item.confidence}
                for item in understood.candidates[:MOST_INTENTS]
            ],
        }


def explain(
    assistant: Assistant, understanding: Understanding, context: Context | None = None, message: str = ""
) -> Explanation:
    """How `assistant` replies to an understood message, by the very steps with which it does.

    `message` is the text as it was typed, to be shown. No form is taken to be under way.
    """
    turn = assistant.turn(understanding, context or Context())
    asked = assistant.form_reply(understanding)
    trials, afterwards, replies = ((), (), (asked,)) if asked else _answered(turn)
    covered, refused = turn.search.nearest(understanding.text, MOST_EXAMPLES)
    intents = assistant.refused_intents()
    return Explanation(
        message=message or understanding.text,
        turn=turn,
        covered=tuple(covered),
        refused=tuple((example, intents.get(example.text)) for example in refused),
        trials=trials,
        afterwards=afterwards,
        replies=replies,
    )


def _answered(turn: Turn) -> tuple[tuple[Trial, ...], tuple[Look, ...], tuple[Reply, ...]]:
    """The steps that were tried, what was looked at after them, and the replies."""
    trials: list[Trial] = []
    looks: list[Look] = []

    def looked_on(step: Step) -> Step:
        def run(turn: Turn) -> Reply | None:
            looks.clear()
            reply = step(turn)
            trials.append(Trial(step.__name__, turn, reply, _once(looks)))
            looks.clear()
            return reply

        return run

    outcome = respond(watched(turn, looks), [looked_on(step) for step in STEPS])
    return tuple(trials), _once(looks), outcome.replies


def _once(looks: list[Look]) -> tuple[Look, ...]:
    return tuple(dict.fromkeys(looks))
