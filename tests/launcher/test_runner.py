"""The runner of the serving process: what Dask gives, in an order that is found once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, ClassVar

import pytest
import rasa.core.processor
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from launcher.rasa import order_once
from launcher.runner import OrderedGraphRunner


class Arithmetic(GraphComponent):
    """Sums and quotients; counts how often it was asked."""

    asked: ClassVar[list[str]] = []

    @classmethod
    def create(cls, **_: Any) -> Arithmetic:  # type: ignore[override]
        return cls()

    def add(self, left: int, right: int) -> int:
        self.asked.append("add")
        return left + right

    def tenth(self, of: int) -> float:
        self.asked.append("tenth")
        return 10 / of

    def fail(self, of: int) -> None:
        raise RuntimeError("out of order")


def node(method: str, needs: dict[str, str], target: bool = False) -> SchemaNode:
    return SchemaNode(needs, Arithmetic, "create", method, {}, eager=True, is_target=target)


SCHEMA = GraphSchema(
    {
        "quotient": node("tenth", {"of": "sum"}, target=True),
        "sum": node("add", {"left": "first", "right": "second"}),
        "beside": node("fail", {"of": "sum"}),
    }
)


@pytest.fixture
def runner(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> OrderedGraphRunner:
    monkeypatch.setattr(Arithmetic, "asked", [])
    return OrderedGraphRunner(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))


def test_a_node_runs_after_what_it_needs_and_what_no_target_needs_does_not_run(runner: OrderedGraphRunner) -> None:
    assert runner.run({"first": 2, "second": 3}) == {"quotient": 2.0}
    assert Arithmetic.asked == ["add", "tenth"]


def test_every_run_has_its_own_inputs_and_targets(runner: OrderedGraphRunner) -> None:
    assert runner.run({"first": 2, "second": 3}, ["sum"]) == {"sum": 5}
    assert runner.run({"first": 1, "second": 3}, ["sum", "quotient"]) == {"sum": 4, "quotient": 2.5}
    assert runner.run({"first": 2, "second": 2}) == {"quotient": 2.5}


def test_an_error_in_a_node_is_raised_as_rasa_raises_it(runner: OrderedGraphRunner, tmp_path: Any) -> None:
    for each in (runner, DaskGraphRunner(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))):
        with pytest.raises(GraphComponentException):
            each.run({"first": 2, "second": 3}, ["beside"])


MESSAGES = ["体验官招几个人", "手机自己在动！！骗子在控制", "你好", "电梯多久检查一次？谁来查？"]


async def parsed(archive: Path) -> list[dict[str, Any]]:
    processor = Agent.load(str(archive)).processor
    assert processor
    return [await processor.parse_message(UserMessage(text)) for text in MESSAGES]


def test_messages_are_parsed_as_dask_would_have_them_parsed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_dask = asyncio.run(parsed(archive))
    monkeypatch.setattr(rasa.core.processor, "DaskGraphRunner", DaskGraphRunner)
    order_once()
    assert rasa.core.processor.DaskGraphRunner is OrderedGraphRunner
    assert asyncio.run(parsed(archive)) == by_dask
