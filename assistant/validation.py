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

from assistant.knowledge import Documents, Knowledge, KnowledgeError, build, digest_of, read_documents
from assistant.normalize import bare

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_CODE = re.compile(r"[A-Z][0-9]{2}\Z")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?\Z")
#: What may be a phone number in a text: a long run of digits, or a short one after a word for calling.
_PHONE = re.compile(
    r"(?<![\d.])\d{3,4}-\d{7,8}|(?<![\d.])\d{7,}(?![\d.])|(?:拨打|拨|打|致电|热线)[^\d，。；]{0,4}(\d{3,})(?![\d.余多起个条次份名])"
)
_TERM_CATEGORIES = ("programme", "place", "organisation", "species", "school", "concept")
#: Words that make a question longer and not different: without them near-identical questions are equal.
_FILLERS = re.compile(r"请问|麻烦|一下|那个|这个|到底|究竟|[呢吗嘛么啊呀吧哦的了呗啦,.?!;:、。 ]")

Problem = str


def check_documents(documents: Documents) -> list[Problem]:
    """Every problem in the parsed knowledge files, sorted by file. Empty means: fit to use."""
    problems = list(_shape_problems(documents))
    if problems:  # The rules between entries need well-shaped entries.
        return problems
    return list(_field_problems(documents)) + list(_cross_problems(documents))


def load_knowledge(folder: Path) -> Knowledge:
    """The validated knowledge in `folder`. Raises KnowledgeError with every problem."""
    digest = digest_of(folder)
    documents, problems = read_documents(folder)
    problems += check_documents(documents) if not problems else []
    if problems:
        raise KnowledgeError(problems)
    return build(documents, digest)


def topic_documents(documents: Documents) -> Iterator[tuple[str, Any]]:
    """Name and content of each topic file."""
    for name, document in documents.items():
        if name.startswith("knowledge/") and not name.endswith("_fields.yml"):
            yield name, document


def _entry_path(name: str, entry: Mapping[str, Any], index: int) -> str:
    return f"{name}#{entry.get('id') or f'entries[{index}]'}"


def _entries(documents: Documents) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, document in topic_documents(documents):
        for index, entry in enumerate(document["entries"]):
            yield _entry_path(name, entry, index), entry


# Shape: containers are what the other checks take for granted.


def _shape_problems(documents: Documents) -> Iterator[Problem]:
    if not isinstance(documents.get("contacts.yml"), dict):
        yield "contacts.yml: 应是“编号: {name, phone}”的列表"
    else:
        yield from _contact_problems(documents["contacts.yml"])
    yield from _region_problems(documents.get("regions.yml"))
    topics = list(topic_documents(documents))
    if not topics:
        yield "knowledge: 没有任何主题文件"
    for name, document in topics:
        if not isinstance(document, dict):
            yield f"{name}: 文件应以 topic、title、source 等字段开头，现在是{_kind(document)}"
            continue
        entries = document.get("entries")
        if not isinstance(entries, list) or not entries:
            yield f"{name}#entries: 应是条目的列表，至少一条，现在是{_kind(entries)}"
            continue
        for index, entry in enumerate(entries):
            if not isinstance(entry, dict):
                yield f"{name}#entries[{index}]: 应是一个条目（id、code、title……），现在是{_kind(entry)}：{entry!r}"


def _contact_problems(contacts: Mapping[str, Any]) -> Iterator[Problem]:
    for key, item in contacts.items():
        if not isinstance(item, dict) or not isinstance(item.get("name"), str):
            yield f"contacts.yml#{key}.name: 缺少名称"
        elif not isinstance(item.get("phone"), str) or not re.fullmatch(r"[\d-]{3,}", item["phone"]):
            yield f"contacts.yml#{key}.phone: 应是加引号的电话号码，现在是 {item.get('phone')!r}"


def _region_problems(regions: Any) -> Iterator[Problem]:
    if not isinstance(regions, dict) or not isinstance(regions.get("regions"), list):
        yield "regions.yml#regions: 应是地区的列表"
        return
    seen: dict[str, str] = {}
    for index, item in enumerate([regions.get("city"), *regions["regions"]]):
        where = "regions.yml#city" if index == 0 else f"regions.yml#regions[{index - 1}]"
        if not isinstance(item, dict) or not isinstance(item.get("name"), str):
            yield f"{where}.name: 缺少名称"
            continue
        for name in (item["name"], *(item.get("aliases") or ())):
            if name in seen:
                yield f"{where}.aliases: “{name}”已经是“{seen[name]}”的名称"
            seen[name] = item["name"]
        phone = item.get("wildlife_phone")
        if phone is not None and not re.fullmatch(r"[\d-]{3,}", str(phone)):
            yield f"{where}.wildlife_phone: 应是电话号码或 null，现在是 {phone!r}"


def _kind(value: Any) -> str:
    names = {dict: "一组字段", list: "列表", str: "文字", int: "数字", float: "小数", bool: "真假值"}
    return "空" if value is None else names.get(type(value), type(value).__name__)


# Single fields, by _fields.yml.


def _field_problems(documents: Documents) -> Iterator[Problem]:
    rules: Mapping[str, Mapping[str, Any]] = documents["knowledge/_fields.yml"]
    for name, document in topic_documents(documents):
        yield from _level_problems(name, document, None, rules, documents)
        if document.get("topic") != Path(name).stem:
            yield f"{name}#topic: 应与文件名相同，写 {Path(name).stem}，现在是 {document.get('topic')!r}"
        for index, entry in enumerate(document["entries"]):
            yield from _level_problems(_entry_path(name, entry, index), entry, document, rules, documents)


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
    known = {key.split(".")[0] for key, rule in rules.items() if rule["level"] in (level, "both")}
    for key in item:
        if key not in known:
            yield f"{path}{separator}{key}: 没有这个字段；可用的有 {'、'.join(sorted(known))}"
    for key, rule in rules.items():
        if rule["level"] not in (level, "both"):
            continue
        value = _dig(item, key)
        if value is None:
            given_above = topic is not None and rule.get("inherited", True) and _dig(topic, key) is not None
            if rule["required"] and not given_above:
                yield f"{path}{separator}{key}: 必填，不能空着。{rule['meaning']}"
            continue
        for reason in _CHECKS[rule["type"]](value, rule, documents):
            yield f"{path}{separator}{key}{reason}"


def _dig(item: Mapping[str, Any], key: str) -> Any:
    value: Any = item
    for part in key.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(part)
    return value


Check = Callable[[Any, Mapping[str, Any], Documents], Iterator[str]]


def _matches(pattern: re.Pattern[str], right: str) -> Check:
    def check(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
        if not isinstance(value, (str, dt.date)) or not pattern.match(str(value)):
            yield f": {value!r} 不对，应是{right}"

    return check


def _check_text(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f": 应是文字，现在是{_kind(value)}：{value!r}"
    elif len(value) > rule.get("max", 1000):
        yield f": 最多 {rule['max']} 个字，现在有 {len(value)} 个：{value[:20]}……"


def _check_texts(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, list):
        yield f": 应是列表，每行一条，以“- ”开头，现在是{_kind(value)}"
        return
    for index, text in enumerate(value):
        if not isinstance(text, str) or not text.strip():
            yield f"[{index}]: 应是文字，现在是{_kind(text)}：{text!r}"
    if len(value) < rule.get("min", 0):
        yield f": 至少 {rule['min']} 条，现在只有 {len(value)} 条"
    if len(value) > rule.get("max", 1000):
        yield f": 最多 {rule['max']} 条，现在有 {len(value)} 条"


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
        yield f": 应是 contacts.yml 里编号的列表，至少一个，现在是{_kind(value)}"
        return
    for index, key in enumerate(value):
        if key not in documents["contacts.yml"]:
            yield f"[{index}]: contacts.yml 里没有 {key!r}，有的是 {'、'.join(documents['contacts.yml'])}"


def _check_region_field(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    fields = [key for key in documents["regions.yml"]["regions"][0] if key not in ("name", "aliases")]
    if value not in fields:
        yield f": regions.yml 里没有字段 {value!r}，有的是 {'、'.join(fields)}"


def _check_terms(value: Any, rule: Mapping[str, Any], documents: Documents) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f": 应按类别写（{'、'.join(_TERM_CATEGORIES)}），现在是{_kind(value)}"
        return
    for category, words in value.items():
        if category not in _TERM_CATEGORIES:
            yield f".{category}: 没有这个类别，应是 {'、'.join(_TERM_CATEGORIES)} 之一"
        elif words is not None and not isinstance(words, dict):
            yield f".{category}: 应是“词语: [别名]”，现在是{_kind(words)}"


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
    yield from _duplicates(documents)
    yield from _question_problems(documents)
    phones = {item["phone"] for item in documents["contacts.yml"].values()}
    ids = {entry.get("id") for _, entry in _entries(documents)}
    for name, document in topic_documents(documents):
        for index, entry in enumerate(document["entries"]):
            path = _entry_path(name, entry, index)
            yield from _period_problems(path, entry.get("valid", document.get("valid")) or {})
            for position, related in enumerate(entry.get("related") or ()):
                if related not in ids:
                    yield f"{path}.related[{position}]: 没有 {related!r} 这个条目"
                elif related == entry["id"]:
                    yield f"{path}.related[{position}]: 不能与自己相关"
            for field in ("answer", "answer_filled", "script"):
                for number in _phone_numbers(str(entry.get(field) or "")):
                    if number not in phones:
                        yield f"{path}.{field}: 电话号码 {number} 不在 contacts.yml 里"
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
        seen: dict[Any, str] = {}
        for path, entry in _entries(documents):
            value = entry.get(field)
            if value in seen:
                yield f"{path}.{field}: {called} {value!r} 与 {seen[value]} 重复"
            elif value is not None:
                seen[value] = path


def _question_problems(documents: Documents) -> Iterator[Problem]:
    """Questions that are the same, or all but the same, as another of this or another entry."""
    seen: dict[str, tuple[str, str, str]] = {}
    shapes: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path, entry in _entries(documents):
        if not isinstance(entry.get("questions"), list):
            continue
        for index, question in enumerate(entry["questions"]):
            here = f"{path}.questions[{index}]"
            key = bare(str(question))
            if not key:
                yield f"{here}: {question!r} 里没有可以识别的文字"
            elif key in seen:
                yield f"{here}: “{question}”与 {seen[key][0]} 重复"
            else:
                seen[key] = (here, path, str(question))
                shapes[_FILLERS.sub("", key)].append(seen[key])
    for twins in shapes.values():
        for here, path, question in twins[1:]:
            first = next((twin for twin in twins if twin[1] != path), None)
            if first:
                yield f"{here}: “{question}”与 {first[0]}“{first[2]}”几乎一样，却属于不同条目"
