"""Answering: from an understood message to replies, as one list of steps (see STEPS)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.corrections import corrected
from assistant.following import TELLING, follow_up, place_follow_up, speaks_of_topic
from assistant.knowledge import Entry
from assistant.normalize import bare
from assistant.reply import Reply
from assistant.turn import Context, Outcome, Turn
from assistant.understanding import NOT_COVERED_PREFIX, Understanding

__all__ = ["MOST_READINGS", "MOST_REPLIES", "STEPS", "Context", "Outcome", "Turn", "respond"]

#: One message gets at most so many replies, one question back offers at most so many readings (public contract).
MOST_REPLIES = 3
MOST_READINGS = 4

#: From this many characters on a message is a story around a question.
_STORY = 60
_ORDINAL = re.compile(
    r"^(?:选|要|是|问的?是?|我选|我要|我问的?是?)?第?([1-4一二三四])(?:个|项|条|种)?(?:吧|呢|啊|的)?$"
)


#: From this share of an answer's confidence on, another reading is offered beside it.
_NEARLY = 0.5

#: What confidence in the calm entries beside the urgent ones counts: it takes more urgency to be an emergency.
_BESIDE = 0.9


def urgent(turn: Turn) -> Reply | None:
    """An emergency that is happening: the steps now, whatever else the message says.

    A missed emergency is worse than a false alarm, so neither a sure intent nor full coverage is waited for: it is
    enough that the message sounds urgent and is about something in which there are emergencies. Which of the urgent
    entries it is decides the classifier; without it, when Rasa is down, the signs in data/urgent.yml.
    """
    understood, thresholds = turn.understanding, turn.thresholds
    if not understood.candidates:
        entry = turn.knowledge.get(turn.triage.match(turn.text))
        return turn.answer(entry) if entry else None
    if turn.topic and len(bare(turn.text)) < TELLING - 1:  # "给钱不" in a conversation about something else.
        return None
    ranked = turn.ranked
    emergencies = [(entry, confidence) for entry, confidence in ranked if entry and entry.urgent]
    topics = {entry.topic for entry, _ in emergencies}
    beside = sum(confidence for entry, confidence in ranked if entry and entry.topic in topics)
    evidence = (understood.urgency + max(sum(confidence for _, confidence in emergencies), _BESIDE * beside)) / 2
    if (
        understood.urgency < thresholds.urgency
        or evidence < thresholds.urgent
        or understood.coverage < thresholds.urgent_coverage
        or not emergencies
    ):
        return None
    return turn.answer(*emergencies[0])


def chosen(turn: Turn) -> Reply | None:
    """A reading that was just offered, an entry's title word by word, or its code."""
    match = _ORDINAL.match(bare(turn.text))
    if match and turn.context.choices:
        index = "1234".find(match.group(1)) if match.group(1).isdigit() else "一二三四".find(match.group(1))
        if index < len(turn.context.choices):
            entry = turn.knowledge.get(turn.context.choices[index])
            return turn.answer(entry, 1.0) if entry else None
    entry = turn.knowledge.by_title(turn.text) or turn.knowledge.by_code(bare(turn.text))
    return turn.answer(entry, 1.0) if entry else None


def sure(turn: Turn) -> Reply | None:
    """The entry the classifier is sure of; steps for an emergency are not read to those who ask calmly.

    They get the likeliest calm entry instead, if it is likely at all.
    """
    entry, confidence = turn.knowledge.get(turn.understanding.intent), turn.understanding.confidence
    if entry and entry.urgent and turn.understanding.urgency < turn.thresholds.urgency:
        likely = [(e, c) for e, c in turn.ranked if c >= turn.thresholds.clarify]
        entry, confidence = next(((e, c) for e, c in likely if e and not e.urgent), (None, 0.0))
    return _with_doubts(turn, turn.answer(entry, confidence)) if entry else None


def _with_doubts(turn: Turn, reply: Reply) -> Reply:
    """The answer, with the readings that it was chosen before by little as the first of its suggestions."""
    if reply.kind != "answer":
        return reply
    least = max(turn.thresholds.clarify, (reply.confidence or 0.0) * _NEARLY)
    near = [entry.id for entry, confidence in turn.ranked if entry and not entry.urgent and confidence >= least]
    return turn.composer.suggest(reply, [entry for entry in near if entry != reply.entry])


def small_talk(turn: Turn) -> Reply | None:
    """Greetings, thanks and the like."""
    intent = turn.understanding.intent
    return turn.composer.say(intent) if turn.understanding.sure and intent in turn.composer.wording else None


def clarify(turn: Turn) -> Reply | None:
    """Two to four near readings: ask which one is meant."""
    if turn.understanding.sure:
        return None
    near = [c.intent for c in turn.understanding.candidates if c.confidence >= turn.thresholds.clarify]
    if near and near[0].startswith(NOT_COVERED_PREFIX):
        return None
    readings = [intent for intent in near if turn.knowledge.get(intent)]
    if not readings or turn.understanding.coverage < turn.thresholds.coverage:
        return None
    for hit in turn.search.find(turn.text, limit=MOST_READINGS):
        if len(readings) < 2 and hit.entry.id not in readings:
            readings.append(hit.entry.id)
    return turn.composer.clarify(readings[:MOST_READINGS]) if len(readings) > 1 else None


def searched(turn: Turn) -> Reply | None:
    """What the search over the knowledge finds, when the classifier does not know (or is not running)."""
    if turn.understanding.sure:
        return None
    hits = turn.search.find(turn.text, limit=MOST_READINGS)
    near = [hit for hit in hits if hit.score >= turn.thresholds.search_clarify]
    if not near or turn.search.refusal(turn.text) >= near[0].score:
        return None
    known = bool(turn.understanding.candidates)  # The classifier has looked and was not sure: only a near match counts.
    if near[0].score >= (turn.thresholds.search_sure if known else turn.thresholds.search_answer):
        return turn.answer(near[0].entry, near[0].score)
    if len(near) >= 2 and not known:
        return turn.composer.clarify([hit.entry.id for hit in near])
    return None


def unknown(turn: Turn) -> Reply | None:
    """Not covered: say so plainly and name someone who can help."""
    return turn.composer.unknown()


def wordless(turn: Turn) -> Reply | None:
    """Nothing but punctuation or pictures: ask for words."""
    return None if bare(turn.text) else turn.composer.unknown("wordless")


Step = Callable[[Turn], Reply | None]

#: The order of answering. The first step that gives a reply ends it; `unknown` always does.
STEPS: tuple[Step, ...] = (
    wordless,
    urgent,
    chosen,
    place_follow_up,
    follow_up,
    sure,
    small_talk,
    clarify,
    searched,
    unknown,
)


def respond(turn: Turn, steps: Sequence[Step] = STEPS) -> Outcome:
    """Replies to a message: one, or one for each question that it holds (at most MOST_REPLIES).

    `steps` are STEPS, or the same with something that looks on.
    """
    turn = _meant(turn)
    whole = _first_reply(turn, steps)
    replies = [whole]
    if whole.kind != "urgent":
        replies = _part_replies(turn) or replies
    return Outcome(tuple(replies[:MOST_REPLIES]), _remember(turn, replies))


def _meant(turn: Turn) -> Turn:
    """The question that a correction puts in place of what was said; an emergency in it is heard all the same."""
    meant = corrected(turn.text)
    part = next((part for part in turn.understanding.parts if meant and bare(part.text) == bare(meant)), None)
    if part is None or turn.understanding.urgency >= turn.thresholds.urgency:
        return turn
    return replace(turn, understanding=part, places=turn.knowledge.regions.mentioned(part.text), corrects=True)


def _first_reply(turn: Turn, steps: Sequence[Step]) -> Reply:
    for step in steps:
        reply = step(turn)
        if reply:
            return reply
    raise AssertionError("the last step always replies")


def _parts(turn: Turn) -> list[Understanding]:
    """The questions inside the message, no more urgent than it: in a story many a clause sounds like an emergency."""
    most = turn.understanding.urgency
    return [replace(part, urgency=min(part.urgency, most)) for part in turn.understanding.parts]


def _part_replies(turn: Turn) -> list[Reply]:
    """Replies to the questions inside the message, if at least one of them is understood by itself."""
    found: dict[str, Reply] = {}
    context = turn.context
    for part in _parts(turn):
        places = turn.knowledge.regions.mentioned(part.text) or turn.places
        here = replace(turn, understanding=part, context=context, places=places)
        reply = urgent(here) or _part_reply(here, turn)
        if reply and reply.entry:
            found.setdefault(reply.entry, reply)
            context = replace(context, entry=reply.entry)
    answered = list(found.values())
    urgents = [reply for reply in answered if reply.kind == "urgent"]
    if urgents:
        return urgents[:1]
    whole = turn.knowledge.get(turn.understanding.intent)
    if len(answered) == 1 and whole:
        return _one_or_both(turn, answered[0], whole)
    return answered or _clearest_part(turn)


def _one_or_both(turn: Turn, part: Reply, whole: Entry) -> list[Reply]:
    """Replies where one clause is understood by itself and the message as a whole too.

    One answer if they agree, both if they speak of the same thing. Else the surer one: in a story a clause of another
    topic is scenery, unless it is understood better than everything around it lets the whole be.
    """
    clause = turn.knowledge.get(part.entry)
    if clause is None or clause.id == whole.id:
        return []
    if clause.topic == whole.topic:
        return [part, turn.answer(whole, turn.understanding.confidence)]
    story = len(turn.text) >= _STORY
    return [part] if story and (part.confidence or 0.0) > turn.understanding.confidence else []


def _clearest_part(turn: Turn) -> list[Reply]:
    """The answer to the surest clause, where a long story hides the question from the reading as a whole."""
    if turn.understanding.sure:
        return []
    clear = [part for part in _parts(turn) if part.sure and turn.knowledge.get(part.intent)]
    best = max(clear, key=lambda part: part.confidence, default=None)
    reply = sure(replace(turn, understanding=best)) if best else None
    return [reply] if reply else []


def _part_reply(turn: Turn, whole: Turn) -> Reply | None:
    """The clause answered by itself, or in the topic of what it leans on: a clause before it, or the conversation."""
    entry, around = turn.knowledge.get(turn.understanding.intent), turn.knowledge.get(whole.understanding.intent)
    of_one_topic = entry and around and entry.topic == around.topic
    enough = turn.thresholds.answer if of_one_topic else turn.thresholds.part
    if entry and turn.understanding.confidence >= enough and (reply := sure(turn)):
        return reply
    leans_on_topic = turn.context.entry != whole.context.entry or speaks_of_topic(whole)
    return follow_up(turn) if leans_on_topic else None


def _remember(turn: Turn, replies: Sequence[Reply]) -> Context:
    """The context after `replies`: a question back keeps the entry it is about."""
    regions = turn.knowledge.regions
    named = [place for place in turn.places if regions.get(place)]
    entry = next((reply.entry for reply in reversed(replies) if reply.entry), None)
    choices: tuple[str, ...] = ()
    last = replies[-1]
    if last.kind == "clarify":
        titles = {e.title: e.id for e in turn.knowledge}
        choices = tuple(titles[suggestion.message] for suggestion in last.suggestions)
    if last.kind == "form":
        entry = _asked_about(turn)
    return Context(named[-1] if named else turn.context.region, entry or turn.context.entry, choices)


def _asked_about(turn: Turn) -> str | None:
    """The entry that the county was asked for."""
    ranked = [c.intent for c in turn.understanding.candidates]
    by_region = [intent for intent in ranked if (entry := turn.knowledge.get(intent)) and entry.region_field]
    return by_region[0] if by_region else next((e.id for e in turn.knowledge if e.region_field), None)
