"""Telling: an explanation in Chinese, line by line, for those who write the answers."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.explaining import MOST_INTENTS, Explanation, Trial
from assistant.normalize import bare
from assistant.reply import Reply
from assistant.understanding import Understanding
from assistant.validity import chinese_date
from assistant.watching import FOUND, REFUSED, SIGNS, Look

#: Intents of a question inside a message that are told.
_FEW = 2

#: What each step answers.
STEPS = {
    "wordless": "没有文字",
    "urgent": "正在发生的紧急情况",
    "chosen": "选定的序号、标题或短码",
    "place_follow_up": "只换地方",
    "follow_up": "接着前面的主题问",
    "sure": "有把握的条目",
    "small_talk": "寒暄",
    "clarify": "反问是哪一条",
    "searched": "与已有问法几乎一样",
    "unknown": "没有写到",
}
#: What is compared with each threshold.
COMPARED = {
    "answer": "把握",
    "coverage": "覆盖",
    "clarify": "候选的把握",
    "urgency": "正在发生的可能",
    "urgent": "紧急的可能与把握的平均",
    "urgent_coverage": "覆盖",
    "follow_up": "把握加检索分和相同的字词",
    "familiar": "与主题相同的字词",
    "part": "把握",
    "search_answer": "检索分",
    "search_sure": "检索分",
    "search_clarify": "检索分",
}
#: Kinds of reply and of entity, and what a validity means today.
KINDS = {
    "answer": "回答",
    "urgent": "紧急处置",
    "clarify": "反问",
    "unknown": "没有写到",
    "smalltalk": "寒暄",
    "form": "追问",
}
ENTITIES = {
    "region": "地区",
    "programme": "活动",
    "place": "地点",
    "organisation": "单位",
    "species": "物种",
    "school": "学校",
    "concept": "概念",
}
STATUS = {"current": "有效", "upcoming": "还没有开始", "expired": "已经过期", "undated": "没有写期限"}


def lines(told: Explanation) -> Iterator[str]:
    """The explanation from the message down to the replies; sections stand apart by empty lines."""
    yield from _message(told)
    yield from _understood(told)
    yield from _examples(told)
    yield from _questions(told)
    yield from _steps(told)
    yield from _replies(told)


def _message(told: Explanation) -> Iterator[str]:
    understood, context = told.turn.understanding, told.turn.context
    yield f"原文　　{told.message}"
    yield f"规范后　{understood.text}"
    yield f"分词　　{' / '.join(understood.tokens) or '没有'}"
    found = [
        f"{entity.text}（{ENTITIES.get(entity.kind, entity.kind)}"
        + (f"，即{entity.name}）" if entity.name != entity.text else "）")
        for entity in understood.entities
    ]
    yield f"词语　　{'、'.join(found) or '没有认出专门的词语'}"
    if told.turn.places:
        yield f"地方　　{'、'.join(told.turn.places)}"
    if context.entry or context.region:
        entry = _named(told, context.entry) if context.entry else "没有答过条目"
        yield f"上文　　{entry}，地区{context.region or '不明'}"


def _understood(told: Explanation) -> Iterator[str]:
    understood = told.turn.understanding
    yield ""
    yield f"认定　　{_intent(told, understood)}"
    yield f"　　　　{_looked(told, told.recognised(understood))}"
    yield f"意图　　按把握，前 {MOST_INTENTS} 个"
    yield from _candidates(told, understood, MOST_INTENTS)


def _intent(told: Explanation, understood: Understanding) -> str:
    return _named(told, understood.intent) if understood.sure else "没有把握"


def _candidates(told: Explanation, understood: Understanding, most: int) -> Iterator[str]:
    for item in understood.candidates[:most]:
        yield f"　{item.confidence:.2f}　{_named(told, item.intent)}"


def _named(told: Explanation, intent: str) -> str:
    """An intent by its id, with the entry's title beside it."""
    title = told.title(intent)
    if title:
        return f"{intent}《{title}》"
    return f"{intent}（寒暄）" if intent in told.turn.composer.wording else intent


def _examples(told: Explanation) -> Iterator[str]:
    if not told.covered:
        return
    yield ""
    yield "最像的问法（分数 0 到 1，字面和意思各占一半）"
    for example in told.covered:
        yield f"　{example.score:.2f}　{example.text}　← {_named(told, example.entry.id) if example.entry else ''}"
    yield "最像的不归并问回答的例子（data/nlu/not_covered.yml）"
    for example, intent in told.refused:
        yield f"　{example.score:.2f}　{example.text}　← {intent or '出处不明'}"


def _questions(told: Explanation) -> Iterator[str]:
    parts = told.turn.understanding.parts
    if not parts:
        return
    yield ""
    yield f"里面的问题　{len(parts)} 个，一个一个理解"
    for number, part in enumerate(parts, 1):
        yield f"{number}. {part.text}"
        yield f"　认定 {_intent(told, part)}：{_looked(told, told.recognised(part))}"
        yield from _candidates(told, part, _FEW)


def _steps(told: Explanation) -> Iterator[str]:
    yield ""
    if told.form:
        yield f"步骤　　认定的条目要先问几句话，所以打开表单 {told.form}，不走下面的步骤"
        return
    yield "步骤　　按顺序试，有了回复就停"
    for number, trial in enumerate(told.trials, 1):
        yield from _tried(told, number, trial)
    if told.untried:
        yield f"　没有轮到：{'、'.join(map(_step, told.untried))}"
    if told.afterwards:
        yield f"　再看里面的问题：{_looked(told, told.afterwards)}"
    if told.turn.understanding.parts:
        yield f"　最后　{'按整条消息回复' if told.whole else '按里面的问题回复'}"


def _tried(told: Explanation, number: int, trial: Trial) -> Iterator[str]:
    facts = [fact for fact in (_fact(told, trial), _looked(told, trial.looks)) if fact]
    reasons = f"：{'；'.join(facts)}" if facts else ""
    yield f"　{number}. {'✓' if trial.reply else '✗'} {_step(trial.step)}{reasons}"
    if trial.reply:
        yield f"　　　→ {_summary(trial.reply)}"


def _step(name: str) -> str:
    return f"{STEPS.get(name, name)}（{name}）"


def _fact(told: Explanation, trial: Trial) -> str:
    """What a step starts from that is no number."""
    turn = trial.turn
    intent = _intent(told, turn.understanding)
    facts = {
        "wordless": f"有 {len(bare(turn.text))} 个字",
        "place_follow_up": "没有上文" if not turn.context.entry else "" if turn.places else "没有提到地方",
        "follow_up": "" if turn.topic else "没有上文",
        "sure": f"认定：{intent}，{_looked(told, told.recognised(turn.understanding))}",
        "small_talk": f"认定：{intent}",
    }
    return facts.get(trial.step, "")


def _looked(told: Explanation, looks: tuple[Look, ...]) -> str:
    """What was looked at, numbers beside their threshold; of many those that reach it, or the best if none does."""
    said: list[str] = []
    for what in dict.fromkeys(look.what for look in looks):
        same = [look for look in looks if look.what == what]
        if same[0].limit is None:
            said += dict.fromkeys(_found(told, look) for look in same)
            continue
        ordered = sorted(same, key=lambda look: -(look.value or 0.0))
        reached = [look for look in ordered if (look.value or 0.0) >= (look.limit or 0.0)]
        shown = "、".join(_number(look) for look in reached or ordered[:1])
        said.append(f"{COMPARED.get(what, what)} {shown} {'≥' if reached else '<'} {same[0].limit:g}（{what}）")
    return "，".join(said)


def _number(look: Look) -> str:
    """The value with as many decimals as keep it on its side of the threshold."""
    value, limit = look.value or 0.0, look.limit or 0.0
    shown = (f"{value:.{decimals}f}" for decimals in (2, 3, 4))
    return next((text for text in shown if (float(text) >= limit) == (value >= limit)), f"{value}")


def _found(told: Explanation, look: Look) -> str:
    if look.what == SIGNS:
        words = "”“".join(look.words)
        return f"有 {look.entry} 的特征（“{words}”）" if look.entry else "没有 data/urgent.yml 里的特征"
    if look.what == FOUND:
        query = "" if look.words == (told.turn.text,) else f"“{look.words[0]}”"
        return (
            f"检索{query}最近的 {look.value:.2f} {_named(told, look.entry)}" if look.entry else f"检索{query}没有找到"
        )
    if look.what == REFUSED:
        return f"最像的不归并问回答的例子 {look.value:.2f}"
    return look.what


def _summary(reply: Reply) -> str:
    kind = KINDS[reply.kind]
    return f"{kind} {reply.entry}《{reply.title}》" if reply.entry else kind


def _replies(told: Explanation) -> Iterator[str]:
    today = told.turn.composer.today
    for number, reply in enumerate(told.replies, 1):
        yield ""
        order = f" {number}" if len(told.replies) > 1 else ""
        confidence = "" if reply.confidence is None else f"，把握 {reply.confidence:.2f}"
        code = f"，短码 {reply.code}" if reply.code else ""
        yield f"回复{order}　　{_summary(reply)}{code}{confidence}"
        for line in reply.text.splitlines():
            yield f"　│ {line}"
        if reply.source and reply.source.url:
            yield f"　网址　{reply.source.url}"
        if reply.validity:
            yield f"　期限　{STATUS[reply.validity.status(today)]}（按{chinese_date(today)}算）"
