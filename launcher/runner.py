"""Runner: Rasa's graph, run in an order that is found once and not anew for every message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner


@dataclass(frozen=True)
class _Step:
    """A node and the names of what it is given: results of earlier steps, or inputs."""

    name: str
    node: GraphNode
    needs: tuple[str, ...]


class OrderedGraphRunner(DaskGraphRunner):
    """Gives what DaskGraphRunner gives, but for graphs without a choice: one node after the other, in one thread.

    Dask finds the order of a dozen nodes at every run, which takes as long as half of them together.
    """

    _orders: dict[tuple[str, ...], list[_Step]]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._orders = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The results of `targets` by their names. Raises GraphRunError like the class above it."""
        names = tuple(targets or self._graph_schema.target_names)
        if names not in self._orders:
            self._orders[names] = self._ordered(names)
        found: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for step in self._orders[names]:
                found[step.name] = step.node(*(found[need] for need in step.needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(found[name] for name in names)

    def _ordered(self, targets: Sequence[str]) -> list[_Step]:
        """The steps that `targets` need. What is needed but no node is an input."""
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return [_Step(name, self._instantiated_nodes[name], needs[name]) for name in order if name in nodes]
