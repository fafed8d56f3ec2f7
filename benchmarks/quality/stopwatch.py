"""Stopwatch: a model in a process of its own, as the server runs it, that tells how long each message takes to parse.

The process is kept on one core, with one thread for each library. What it gets and gives back is JSON, one list a line.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import TracebackType

from assistant.memory import freeze
from assistant.settings import ROOT
from launcher.environment import child_environment
from launcher.rasa import prepare

#: Besides those of every child process; TensorFlow, which only stock models need, reads these itself.
_ONE_THREAD = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


class Stopwatch:
    """The process of one model, running inside a `with` block."""

    def __init__(self, archive: Path) -> None:
        self._command = [sys.executable, "-m", "benchmarks.quality.stopwatch", str(archive)]

    def __enter__(self) -> Stopwatch:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env={**child_environment(), **_ONE_THREAD}, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def pid(self) -> int:
        return self._process.pid

    def times(self, messages: Sequence[str]) -> list[float]:
        """Milliseconds that the model took for each message, one after the other. Raises RuntimeError if it died."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps(messages) + "\n")
            return [float(value) for value in json.loads(self._process.stdout.readline())]
        except (BrokenPipeError, json.JSONDecodeError):
            code = self._process.wait()
            raise RuntimeError(f"{' '.join(self._command[1:])} ended with {code}") from None


def main(archive: str) -> None:
    """Serve until the input ends. Whatever a library prints goes to standard error."""
    if hasattr(os, "sched_setaffinity"):  # Linux; elsewhere there is no such promise to ask for.
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    results = sys.stdout
    with redirect_stdout(sys.stderr):
        asyncio.run(_serve(archive, lambda times: print(json.dumps(times), file=results, flush=True)))


async def _serve(archive: str, give: Callable[[list[float]], None]) -> None:
    prepare()
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    agent = Agent.load(archive)
    if not agent.is_ready():
        sys.exit(f"{archive}: no model that can be loaded")
    processor = agent.processor
    freeze()
    for line in sys.stdin:
        times = []
        for message in json.loads(line):
            started = time.perf_counter()
            await processor.parse_message(UserMessage(message))
            times.append((time.perf_counter() - started) * 1000)
        give(times)


if __name__ == "__main__":
    main(sys.argv[1])
