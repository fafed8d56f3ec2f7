"""Following: questions that need what was talked about before to be understood."""

from __future__ import annotations

import re

from assistant.knowledge import Entry, Topic
from assistant.normalize import bare
from assistant.reply import Reply
from assistant.turn import Turn

#: What an elliptical question begins or ends with: it leans on what was talked about before.
_LEANING = re.compile(
    r"^(?:那么|那|还有|另外|再问|这个|它|他们|她|他|人家|其中|具体|然后|可是|但是|不是)|呢$|呀$|嘞$|咧$"
)
#: Words around an elliptical question that are nobody's subject.
_FRAME = re.compile(
    r"^(?:[嗯哦噢呃哎唉诶喂,]|对了|好的?|那么|那个|那|这个|它们?|他们?的?|她们?|人家|还有|另外|然后|请问|再问一下|再问|问一下|我想问)+|"
    r"(?:[呢呀嘞咧吧啊哇嘛哩了]|的话)+$"
)
#: Asks to go on: everything was told, or the steps again.
_GOES_ON = re.compile(
    r"(?:嗯|哦|那|那么|除了这些|除了这个)*"
    r"(?:(?:还|再)?(?:有|说)?(?:没有?|无)?(?:其他|其它|别的|更多|另外)(?:的)?(?:内容|东西|信息|情况)?(?:了)?|还有|还有[啥甚]|还有什么|还有哪些|"
    r"就这些|就这么多|就这点|没了|然后|接下来|下一步|接着(?:说|呢)?|继续(?:说)?|往下说|说详细点?|详细(?:点|些|说说?|一点)?|再说说|完了)"
    r"(?:[呢吗没么不呀啊了嘞吧]|没有|还有)*"
)
#: Asks to hear the same again.
_AGAIN = re.compile(
    r"(?:没(?:听|看)(?:清楚?|懂|明白),?)?(?:麻烦|请)?[你您]?(?:(?:再|重新?)(?:说|讲|发)(?:一遍|一次|一下|遍)|重复一[遍下次])[吧呗啊行吗]*"
)
#: Asks for a property of something that it does not name: of the subject, or of nothing that is known.
_OF_SOMETHING = re.compile(
    r"(?:具体|联系|咨询|详细|的|是)*(?:(?:电话|号码|联系方式|地址|位置|网址|邮箱|负责人|联系人)(?:号码)?(?:是|在|有)*"
    r"(?:多少|几号|什么|啥|甚|哪里?儿?|哪个|谁|没有?|吗|不|个)*|[在到去](?:哪里?儿?|什么地方|哪个?地方)|几点(?:上班|下班|开门|关门)?)"
)
#: Words that ask for something, and words for the assistant itself: what is small talk and what only looks like it.
_ASKS = re.compile(r"哪|啥|什么|甚|谁|几|多少|多[大高长久]|咋|怎|吗$|么$|[没不]$|没有$")
_ADDRESSED = re.compile(r"你|您|机器人|人工|谢|再见")
#: A question of at most this many characters may lean on the topic even without such a word: fewer if the classifier
#: is sure of what it means by itself.
_SHORT, _SHORT_IF_UNSURE = 6, 12
#: A longer one may if it comes so near to being covered.
_NEAR = 0.4
#: From this confidence on, a short question that does not lean is taken by itself.
BY_ITSELF = 0.9
#: Below this many characters a question says too little to be sure whose words it is made of.
TELLING = 5
#: So much nearer to an example of what is not covered than to the topic is a question that leaves the topic; by whether
#: it is telling.
_OUTSIDE = {True: 0.16, False: 0.3}
#: The confidence from which the classifier agrees with a reading in the topic.
_LIKELY = 0.3
#: How much less of a question must be of the topic's own words; by whether it is telling, and likely.
_EASED = {(True, False): 0.0, (True, True): 0.2, (False, False): 0.15, (False, True): 1.0}
#: How much less a question must score; by whether it is telling.
_LESS = {True: 0.0, False: 0.05}
#: A message of which so much is of the topic's own words is about it.
_ABOUT = 0.4
#: Texts that hold so much of a question speak of the same.
_SPOKEN_OF = 0.9
#: Words around a place name that leave nothing else to be asked: "那小店区的呢".
_PLACE_ONLY = re.compile(
    r"^(?:那么|那|我是|我在|在|是|换成|还有|要是|如果|我们|我家|俺们|俺|的话|住|人|的|这边|这里|呢|吧|啊|呀|了|嘛|,|和|\?)*$"
)


def place_follow_up(turn: Turn) -> Reply | None:
    """Only a place is named: the question before, asked for that place."""
    entry = turn.knowledge.get(turn.context.entry)
    if not entry or not turn.places:
        return None
    rest = bare(turn.text)
    for place in sorted({*turn.places, *_spellings(turn)}, key=len, reverse=True):
        rest = rest.replace(place, "")
    return turn.answer(entry, 1.0) if _PLACE_ONLY.match(rest) else None


def _spellings(turn: Turn) -> list[str]:
    regions = turn.knowledge.regions
    return [alias for region in (regions.city, *regions.districts) for alias in (region.name, *region.aliases)]


def follow_up(turn: Turn) -> Reply | None:
    """An elliptical question ("那年龄呢", "还有呢"), read in the conversation's topic."""
    text, topic = bare(turn.text), turn.knowledge.topic(turn.topic or "")
    if topic is None:
        return None
    if _GOES_ON.fullmatch(text) or _AGAIN.fullmatch(text):
        return _more(turn, again=bool(_AGAIN.fullmatch(text)))
    if not _leans_on(topic, turn, text):
        return None
    said = _FRAME.sub("", text) or text
    reply = _in_topic(turn, topic, said)
    if reply is None and _OF_SOMETHING.fullmatch(said):
        return turn.composer.unknown()
    return reply


def _in_topic(turn: Turn, topic: Topic, text: str) -> Reply | None:
    """The topic's entry that `text` asks for, if it asks for something that the topic speaks of."""
    familiarity = turn.search.familiarity
    confidences = {c.intent: c.confidence for c in turn.understanding.candidates}
    near = {hit.entry.id: hit.score for hit in turn.search.find(text, topic=topic.id, limit=len(topic.entries))}

    def score_of(entry: Entry) -> float:
        return confidences.get(entry.id, 0.0) + (near.get(entry.id, 0.0) + familiarity.with_entry(text, entry.id)) / 2

    best = max(topic.entries, key=score_of)
    confidence, familiar = confidences.get(best.id, 0.0), familiarity.with_topic(text, topic.id)
    if turn.corrects and confidence < BY_ITSELF and not _ASKS.search(text):
        best = _last_if_it_speaks_of(turn, text) or best  # "说错了，是河底村": the question before, of something else.
    telling = len(text) >= TELLING
    if score_of(best) + _LESS[telling] < turn.thresholds.follow_up:
        return None
    if familiar + _EASED[telling, confidence >= _LIKELY] < turn.thresholds.familiar:
        return None
    strange = turn.search.refusal(text) - near.get(best.id, 0.0) > _OUTSIDE[telling]
    return None if strange and (telling or familiar < _SPOKEN_OF) else turn.answer(best, confidence)


def _last_if_it_speaks_of(turn: Turn, text: str) -> Entry | None:
    entry = turn.knowledge.get(turn.context.entry)
    return entry if entry and turn.search.familiarity.with_entry(text, entry.id) >= _SPOKEN_OF else None


def speaks_of_topic(turn: Turn) -> bool:
    """Whether a message of several clauses is about the conversation's topic, so that a clause of it may lean on it."""
    text = bare(turn.text)
    if turn.topic is None:
        return False
    return len(text) <= _SHORT_IF_UNSURE or turn.search.familiarity.with_topic(text, turn.topic) >= _ABOUT


def _more(turn: Turn, again: bool) -> Reply | None:
    """The entry answered last once more, if that was asked for or it holds steps to take; else what is related."""
    entry = turn.knowledge.get(turn.context.entry)
    if entry is None:
        return None
    return turn.answer(entry, 1.0) if again or entry.urgent else turn.composer.more(entry)


def _leans_on(topic: Topic, turn: Turn, text: str) -> bool:
    """Whether the question needs the topic to be understood."""
    understood = turn.understanding
    entry = turn.knowledge.get(understood.intent)
    if understood.sure and entry is None:  # Small talk, unless it asks for something, and not about the assistant.
        if not _ASKS.search(text) or _ADDRESSED.search(text):
            return False
        return understood.confidence < BY_ITSELF or bool(_LEANING.search(text))
    if turn.corrects and understood.confidence < BY_ITSELF:
        return not any(other != topic.id for other in turn.knowledge.topics_named(text))
    if understood.sure and entry and entry.topic == topic.id:
        return False  # Clear without any help.
    if any(other != topic.id for other in turn.knowledge.topics_named(text)):
        return False
    if _LEANING.search(text) or _OF_SOMETHING.fullmatch(text):
        return True
    if understood.sure:
        return len(text) <= _SHORT and understood.confidence < BY_ITSELF
    return len(text) <= _SHORT_IF_UNSURE or understood.coverage >= _NEAR
