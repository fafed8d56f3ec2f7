"""Interpreter: a trained Rasa model in this process, for those who need what it understands without servers."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import GraphNode
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT

from assistant.understanding import Understanding

_TOKENS = TOKENS_NAMES[TEXT]


class Interpreter:
    """Understands messages with a trained model, by the same graph that the server runs."""

    def __init__(self, archive: Path) -> None:
        """Load a model archive. Raises FileNotFoundError: Rasa itself would load another one silently."""
        if not archive.is_file():
            raise FileNotFoundError(f"{archive}: no such model; run `make train` first")
        self._agent = Agent.load(str(archive))

    def understand(self, message: str) -> Understanding:
        """What the model makes of `message`, with its tokens, which the parse of a turn leaves out."""
        everything = self._agent.processor.parse_message(UserMessage(message), only_output_properties=False)
        parse = asyncio.run(everything)
        tokens = [(token.start, token.end) for token in parse.get(_TOKENS, ())]
        return Understanding.from_parse({**parse, _TOKENS: tokens})

    def nodes(self) -> dict[str, GraphNode]:
        """The nodes of the graph that process a message, by the class names of their components: to measure them."""
        nodes = self._agent.processor.graph_runner._instantiated_nodes
        return {name: node for key, node in nodes.items() if node._fn_name == "process" and (name := _component(key))}


def _component(node: str) -> str | None:
    """The class in a node's name: QueryRewriter in run_components.query_rewriter.QueryRewriter1."""
    found = re.fullmatch(r"run_components\.\w+\.(\w+?)\d+", node)
    return found.group(1) if found else None
