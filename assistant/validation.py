"""Validation: every problem of the knowledge at once, each as `path: reason`.

The rules for single fields come from data/knowledge/_fields.yml; the rules between entries stand here.
A path names file, entry and field: `knowledge/fraud.yml#fraud_numbers.questions[3]`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.knowledge import (
    Documents,
    Knowledge,
    KnowledgeError,
    build,
    digest_of,
    read_documents,
    topic_documents,
)
from assistant.normalize import bare
from assistant.shapes import Problem, entry_path, groups, is_text, kind, list_problems, shape_problems, texts_in

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_CODE = re.compile(r"[A-Z][0-9]{2}\Z")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?\Z")
#: What may be a phone number in a text: a long run of digits, or a short one after a word for calling.
_PHONE = re.compile(
    r"(?<![\d.])\d{3,4}-\d{7,8}|(?<![\d.])\d{7,}(?![\d.])"
    r"|(?:拨打|拨|打|致电|热线)[^\d，。；]{0,4}(\d{3,4}-\d{7,8}|\d{3,}(?![\d.余多起个条次份名]))"
)
#: What str.format reads as a gap to fill, or stumbles over; doubled braces stand for themselves.
_GAP = re.compile(r"\{\{|\}\}|\{\w*\}?|\}")
#: What is filled into the texts of an entry with a region_field.
_FILLED = {"answer": ("{region}",), "answer_filled": ("{region}", "{value}"), "script": ()}
#: The most characters of a text and items of a list where _fields.yml gives no `max`.
_MOST = 1000
_TERM_CATEGORIES = ("programme", "place", "organisation", "species", "school", "concept")
#: Words that make a question longer and not different: without them near-identical questions are equal.
_FILLERS = re.compile(r"请问|麻烦|一下|那个|这个|到底|究竟|[呢吗嘛么啊呀吧哦的了呗啦,.?!;:、。 ]")


def check_documents(documents: Documents) -> list[Problem]:
    """Every problem in the parsed knowledge files, sorted by file. Empty means: fit to use."""
    problems = list(shape_problems(documents))
    if not problems:  # The other rules need well-shaped entries.
        problems = [*_field_problems(documents), *_cross_problems(documents)]
    return sorted(problems, key=lambda problem: re.split("[#:]", problem, maxsplit=1)[0])


def load_knowledge(folder: Path) -> Knowledge:
    """The validated knowledge in `folder`. Raises KnowledgeError with every problem."""
    digest = digest_of(folder)
    documents, problems = read_documents(folder)
    problems += check_documents(documents) if not problems else []
    if problems:
        raise KnowledgeError(problems)
    return build(documents, digest)


def _entries(documents: Documents) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """The path of each entry, the entry and the head of its topic."""
    for name, document in topic_documents(documents):
        for index, entry in enumerate(document["entries"]):
            yield entry_path(name, entry, index), entry, document


# Single fields, by _fields.yml.


def _field_problems(documents: Documents) -> Iterator[Problem]:
    rules: Mapping[str, Mapping[str, Any]] = documents["knowledge/_fields.yml"]
    for name, document in topic_documents(documents):
        yield from _level_problems(name, document, None, rules, documents)
        if document.get("topic") != Path(name).stem:
            yield f"{name}#topic: 应与文件名相同，写 {Path(name).stem}，现在是 {document.get('topic')!r}"
        for index, entry in enumerate(document["entries"]):
            yield from _level_problems(entry_path(name, entry, index), entry, document, rules, documents)


def _level_problems(
    path: str,
    item: Mapping[str, Any],
    topic: Mapping[str, Any] | None,
    rules: Mapping[str, Mapping[str, Any]],
    documents: Documents,
) -> Iterator[Problem]:
    """Problems of one topic head (`topic` is None) or one entry."""
    level = "topic" if topic is None else "entry"
    separator = "#" if topic is None else "."
    own = {key: rule for key, rule in rules.items() if rule["level"] in (level, "both")}
    given, given_above = _flat(item, groups(rules)), _flat(topic or {}, groups(rules))
    for key in given:
        if key not in own:
            yield f"{path}{separator}{key}: 没有这个字段；可用的有 {'、'.join(sorted(own))}"
    for key, rule in own.items():
        value = given.get(key)
        if value is not None:
            for reason in _CHECKS[rule["type"]](value, rule, documents):
                yield f"{path}{separator}{key}{reason}"
        # A field that is there but empty inherits nothing.
        elif rule["required"] and (key in given or not rule.get("inherited", True) or given_above.get(key) is None):
            yield f"{path}{separator}{key}: 必填，不能空着。{rule['meaning']}"


def _flat(item: Mapping[str, Any], parts: Mapping[str, list[str]]) -> dict[str, Any]:
    """The fields of `item`, those inside others named as in _fields.yml: `source.url`."""
    flat: dict[str, Any] = {}
    for key, value in item.items():
        if key in parts:
            flat.update({f"{key}.{part}": inner for part, inner in (value or {}).items()})
        else:
            flat[key] = value
    return flat


Check = Callable[[Any, Mapping[str, Any], Documents], Iterator[str]]


def _matches(pattern: re.Pattern[str], right: str) -> Check:
    def check(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
        if not isinstance(value, (str, dt.date)) or not pattern.match(str(value)):
            yield f": {value!r} 不对，应是{right}"

    return check


def _check_text(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    most = rule.get("max", _MOST)
    if not is_text(value):
        yield f": 应是文字，现在是{kind(value)}：{value!r}"
    elif len(value) > most:
        yield f": 最多 {most} 个字，现在有 {len(value)} 个：{value[:20]}……"


def _check_texts(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    yield from list_problems(value)
    if not isinstance(value, list):
        return
    least, most = rule.get("min", 0), rule.get("max", _MOST)
    if len(value) < least:
        yield f": 至少 {least} 条，现在只有 {len(value)} 条"
    if len(value) > most:
        yield f": 最多 {most} 条，现在有 {len(value)} 条"


def _check_date(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        yield f": {value!r} 不对，应是日期，写成 2026-03-06"


def _check_url(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, str) or not re.match(r"https?://\S+\Z", value):
        yield f": {value!r} 不对，应是 http:// 或 https:// 开头的网址"


def _check_flag(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f": {value!r} 不对，应是 true 或 false"


def _check_region(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    regions = documents["regions.yml"]
    names = [regions["city"]["name"], *(item["name"] for item in regions["regions"])]
    if value not in names:
        yield f": 没有“{value}”这个地区，应是 {'、'.join(names)} 之一"


def _check_contacts(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield f": 应是 contacts.yml 里编号的列表，至少一个，现在是{kind(value)}"
        return
    for index, key in enumerate(value):
        if not isinstance(key, str) or key not in documents["contacts.yml"]:
            yield f"[{index}]: contacts.yml 里没有 {key!r}，有的是 {'、'.join(documents['contacts.yml'])}"


def _check_region_field(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    fields = [key for key in documents["regions.yml"]["regions"][0] if key not in ("name", "aliases")]
    if value not in fields:
        yield f": regions.yml 里没有字段 {value!r}，有的是 {'、'.join(fields)}"


def _check_terms(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f": 应按类别写（{'、'.join(_TERM_CATEGORIES)}），现在是{kind(value)}"
        return
    for category, words in value.items():
        if category not in _TERM_CATEGORIES:
            yield f".{category}: 没有这个类别，应是 {'、'.join(_TERM_CATEGORIES)} 之一"
        elif words is not None and not isinstance(words, dict):
            yield f".{category}: 应是“词语: [别名]”，现在是{kind(words)}"
        else:
            for word, aliases in (words or {}).items():
                if not is_text(word):
                    yield f".{category}: 词语应是文字，现在是{kind(word)}：{word!r}"
                for reason in list_problems(aliases or []):
                    yield f".{category}.{word}{reason}"


def _check_nothing(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    yield from ()


_CHECKS: dict[str, Check] = {
    "id": _matches(_ID, "小写字母开头，只有小写字母、数字和下划线"),
    "code": _matches(_CODE, "一个大写字母加两位数字，如 A01"),
    "month": _matches(_MONTH, "年月或年月日，如 2026-03 或 2026-03-06"),
    "text": _check_text,
    "texts": _check_texts,
    "date": _check_date,
    "url": _check_url,
    "flag": _check_flag,
    "region": _check_region,
    "contacts": _check_contacts,
    "region_field": _check_region_field,
    "terms": _check_terms,
    "entries": _check_nothing,  # Its shape was checked before.
}


# Between fields and between entries.


def _cross_problems(documents: Documents) -> Iterator[Problem]:
    """What does not fit together. Values of a wrong type are passed over: their field's own check tells of them."""
    yield from _duplicates(documents)
    yield from _question_problems(documents)
    phones = {item["phone"] for item in documents["contacts.yml"].values()}
    ids = {entry["id"] for _, entry, _ in _entries(documents) if is_text(entry.get("id"))}
    for path, entry, topic in _entries(documents):
        yield from _period_problems(path, entry.get("valid", topic.get("valid")) or {})
        for position, related in texts_in(entry.get("related")):
            if related not in ids:
                yield f"{path}.related[{position}]: 没有 {related!r} 这个条目"
            elif related == entry.get("id"):
                yield f"{path}.related[{position}]: 不能与自己相关"
        for field, filled in _FILLED.items():
            text = entry.get(field)
            if not is_text(text):
                continue
            for number in _phone_numbers(text):
                if number not in phones:
                    yield f"{path}.{field}: 电话号码 {number} 不在 contacts.yml 里"
            gaps = [gap for gap in _GAP.findall(text) if gap not in ("{{", "}}", *filled)]
            if gaps and entry.get("region_field"):
                yield f"{path}.{field}: 没有什么可以填进 {gaps[0]}，这里能用的有 {'、'.join(filled) or '（没有）'}"
        if bool(entry.get("answer_filled")) != bool(entry.get("region_field")):
            yield f"{path}.region_field: region_field 与 answer_filled 要写就都写"


def _phone_numbers(text: str) -> Iterator[str]:
    for match in _PHONE.finditer(text):
        yield match.group(1) or match.group()


def _period_problems(path: str, valid: Mapping[str, Any]) -> Iterator[Problem]:
    start, until = valid.get("from"), valid.get("until")
    if isinstance(start, dt.date) and isinstance(until, dt.date) and start > until:
        yield f"{path}.valid: 开始日期 {start} 晚于结束日期 {until}"


def _duplicates(documents: Documents) -> Iterator[Problem]:
    for field, called in (("id", "编号"), ("code", "短码"), ("title", "标题")):
        seen: dict[str, str] = {}
        for path, entry, _ in _entries(documents):
            value = entry.get(field)
            if not is_text(value):
                continue
            if value in seen:
                yield f"{path}.{field}: {called} {value!r} 与 {seen[value]} 重复"
            else:
                seen[value] = path


def _question_problems(documents: Documents) -> Iterator[Problem]:
    """Questions that are the same, or all but the same, as another of this or another entry."""
    seen: dict[str, tuple[str, str, str]] = {}
    shapes: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path, entry, _ in _entries(documents):
        for index, question in texts_in(entry.get("questions")):
            here = f"{path}.questions[{index}]"
            key = bare(question)
            if not key:
                yield f"{here}: {question!r} 里没有可以识别的文字"
            elif key in seen:
                yield f"{here}: “{question}”与 {seen[key][0]} 重复"
            else:
                seen[key] = (here, path, question)
                shapes[_FILLERS.sub("", key)].append(seen[key])
    for twins in shapes.values():
        for here, path, question in twins[1:]:
            first = next((twin for twin in twins if twin[1] != path), None)
            if first:
                yield f"{here}: “{question}”与 {first[0]}“{first[2]}”几乎一样，却属于不同条目"
