"""Shapes: what every other check of the knowledge takes for granted, as problems `path: reason`.

Mappings are mappings, lists are lists, and contacts and regions are whole. Values of single fields are not looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from assistant.knowledge import Documents, topic_documents

Problem = str

_PHONE = re.compile(r"[0-9][0-9-]{2,}")
_KINDS = {
    type(None): "空",
    dict: "一组字段",
    list: "列表",
    str: "文字",
    int: "数字",
    float: "小数",
    bool: "真假值",
    dt.date: "日期",
    dt.datetime: "日期和时间",
}


def kind(value: Any) -> str:
    """What kind of thing `value` is, in the words of those who write the files."""
    return _KINDS.get(type(value), type(value).__name__)


def is_text(value: Any) -> TypeGuard[str]:
    """Whether `value` is text that says something."""
    return isinstance(value, str) and bool(value.strip())


def texts_in(value: Any) -> Iterator[tuple[int, str]]:
    """Index and text of what is text in a list; nothing of anything else."""
    for index, text in enumerate(value if isinstance(value, list) else ()):
        if is_text(text):
            yield index, text


def list_problems(value: Any) -> Iterator[str]:
    """Why `value` is no list of texts, each reason to stand behind the path of the list."""
    if not isinstance(value, list):
        yield f": 应是列表，每行一条，以“- ”开头，现在是{kind(value)}：{value}"
        return
    for index, text in enumerate(value):
        if not is_text(text):
            yield f"[{index}]: 应是文字，现在是{kind(text)}：{text!r}"


def entry_path(name: str, entry: Mapping[str, Any], index: int) -> str:
    """How problems call an entry of the file `name`: by its id, or by its place if it has none."""
    entry_id = entry.get("id")
    return f"{name}#{entry_id if is_text(entry_id) else f'entries[{index}]'}"


def groups(rules: Mapping[str, Any]) -> dict[str, list[str]]:
    """The fields of _fields.yml that hold other fields, with these: `source` with headline, published and url."""
    found: dict[str, list[str]] = {}
    for key in rules:
        group, _, part = key.partition(".")
        if part:
            found.setdefault(group, []).append(part)
    return found


def shape_problems(documents: Documents) -> Iterator[Problem]:
    """Every problem of shape in the parsed knowledge files."""
    yield from _contact_problems(documents.get("contacts.yml"))
    yield from _region_problems(documents.get("regions.yml"))
    rules = documents.get("knowledge/_fields.yml")
    if not isinstance(rules, dict):
        yield f"knowledge/_fields.yml: 应是“字段: {{level, type……}}”的列表，现在是{kind(rules)}"
        return
    topics = list(topic_documents(documents))
    if not topics:
        yield "knowledge: 没有任何主题文件"
    for name, document in topics:
        yield from _topic_problems(name, document, groups(rules))


def _topic_problems(name: str, document: Any, parts: Mapping[str, list[str]]) -> Iterator[Problem]:
    if not isinstance(document, dict):
        yield f"{name}: 文件应以 topic、title、source 等字段开头，现在是{kind(document)}"
        return
    yield from _group_problems(f"{name}#", document, parts)
    entries = document.get("entries")
    if not isinstance(entries, list) or not entries:
        yield f"{name}#entries: 应是条目的列表，至少一条，现在是{kind(entries)}"
        return
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            yield f"{name}#entries[{index}]: 应是一个条目（id、code、title……），现在是{kind(entry)}：{entry!r}"
        else:
            yield from _group_problems(f"{entry_path(name, entry, index)}.", entry, parts)


def _group_problems(prefix: str, item: Mapping[str, Any], parts: Mapping[str, list[str]]) -> Iterator[Problem]:
    for group, names in parts.items():
        value = item.get(group)
        if value is not None and not isinstance(value, dict):
            yield f"{prefix}{group}: 应是一组字段（{'、'.join(names)}），现在是{kind(value)}：{value}"


def _contact_problems(contacts: Any) -> Iterator[Problem]:
    if not isinstance(contacts, dict):
        yield "contacts.yml: 应是“编号: {name, phone}”的列表"
        return
    for key, item in contacts.items():
        if not isinstance(key, str):
            yield f"contacts.yml#{key}: 编号应是文字，如 hotline_12345，现在是{kind(key)}"
        elif not isinstance(item, dict) or not is_text(item.get("name")):
            yield f"contacts.yml#{key}.name: 缺少名称"
        elif not _is_phone(item.get("phone")):
            yield f"contacts.yml#{key}.phone: 应是加引号的电话号码，现在是 {item.get('phone')!r}"


def _region_problems(regions: Any) -> Iterator[Problem]:
    if not isinstance(regions, dict) or not isinstance(regions.get("regions"), list) or not regions["regions"]:
        yield "regions.yml#regions: 应是地区的列表，至少一个"
        return
    seen: dict[str, str] = {}
    for index, item in enumerate([regions.get("city"), *regions["regions"]]):
        where = "regions.yml#city" if index == 0 else f"regions.yml#regions[{index - 1}]"
        if not isinstance(item, dict) or not is_text(item.get("name")):
            yield f"{where}.name: 缺少名称"
            continue
        aliases = item.get("aliases") or []
        for reason in list_problems(aliases):
            yield f"{where}.aliases{reason}"
        for name in (item["name"], *(alias for _, alias in texts_in(aliases))):
            if name in seen:
                yield f"{where}.aliases: “{name}”已经是“{seen[name]}”的名称"
            seen[name] = item["name"]
        yield from _region_field_problems(where, item)
    for field in ("elsewhere", "not_regions"):
        for reason in list_problems(regions.get(field) or []):
            yield f"regions.yml#{field}{reason}"


def _region_field_problems(where: str, item: Mapping[str, Any]) -> Iterator[Problem]:
    """What an operator fills in for a region; a number without quotation marks has lost its leading zero."""
    for field, value in item.items():
        if field in ("name", "aliases") or value is None:
            continue
        if str(field).endswith("_phone") and not _is_phone(value):
            yield f"{where}.{field}: 应是加引号的电话号码或 null，现在是 {value!r}"
        elif not is_text(value):
            yield f"{where}.{field}: 应是加引号的文字或 null，现在是 {value!r}"


def _is_phone(value: Any) -> bool:
    return isinstance(value, str) and bool(_PHONE.fullmatch(value))
