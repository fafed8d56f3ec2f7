"""Load: clients that ask over HTTP one question after the other, in a process of its own.

`python -m benchmarks.load` reads one job from standard input and writes what was measured to standard output, both
as JSON, so that measuring costs the same whoever is measured.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle
from typing import Any, Protocol
from uuid import uuid4

#: Messages of one conversation; then the client begins a new one.
CONVERSATION = 5
#: Seconds to wait for an answer; one that takes longer is an error.
_PATIENCE = 30.0
_HEADERS = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Job:
    """Ask `questions` of a `system` (a key of SYSTEMS) for `seconds`, after `warm_up` seconds that do not count."""

    system: str
    port: int
    clients: int
    seconds: float
    warm_up: float
    questions: list[str]


@dataclass
class Measurement:
    """Seconds that each good answer took, what went wrong otherwise, and for how long this was counted."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, other: Measurement) -> None:
        """Count `other`'s time and answers too: another round of the same."""
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.errors += other.errors


class Conversation(Protocol):
    """One side's way of asking."""

    path: str

    def body(self, message: str) -> dict[str, Any]:
        """What to send."""

    def read(self, answer: Any) -> None:
        """Look at the answer. Raises ValueError if it answers nothing."""


class BingwenConversation:
    """POST /api/chat: the token of each answer goes with the next message."""

    path = "/api/chat"

    def __init__(self) -> None:
        self._token: str | None = None

    def body(self, message: str) -> dict[str, Any]:
        return {"message": message, "conversation": self._token}

    def read(self, answer: Any) -> None:
        if answer["degraded"] or not answer["replies"]:
            raise ValueError("an answer without Rasa")
        self._token = answer["conversation"]


class RasaConversation:
    """Rasa's REST channel: the client names itself."""

    path = "/webhooks/rest/webhook"

    def __init__(self) -> None:
        self._sender = uuid4().hex

    def body(self, message: str) -> dict[str, Any]:
        return {"sender": self._sender, "message": message}

    def read(self, answer: Any) -> None:
        if not answer:
            raise ValueError("an empty answer")


SYSTEMS: dict[str, type[BingwenConversation] | type[RasaConversation]] = {
    "bingwen": BingwenConversation,
    "rasa": RasaConversation,
}


def run(job: Job) -> Measurement:
    """Let all clients ask at once. What is answered after the warm-up and before the end counts."""
    result = Measurement(job.seconds)
    begin = time.perf_counter() + job.warm_up
    clients = [threading.Thread(target=_ask_on, args=(job, number, begin, result)) for number in range(job.clients)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return result


def _ask_on(job: Job, number: int, begin: float, result: Measurement) -> None:
    """One client: its share of the questions, over and over, on one connection until the time is up."""
    connection = http.client.HTTPConnection("127.0.0.1", job.port, timeout=_PATIENCE)
    for conversation, question in _turns(job, number):
        asked, problem = time.perf_counter(), ""
        try:
            ask(connection, conversation, question)
        except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as error:
            problem = f"{type(error).__name__}: {error}"
            connection.close()
        answered = time.perf_counter()
        if answered >= begin + job.seconds:
            break
        if answered < begin:
            continue
        if problem:
            result.errors.append(problem)
        else:
            result.latencies.append(answered - asked)
    connection.close()


def _turns(job: Job, number: int) -> Iterator[tuple[Conversation, str]]:
    conversation: Conversation
    for turn, question in enumerate(cycle(job.questions[number :: job.clients])):
        if turn % CONVERSATION == 0:
            conversation = SYSTEMS[job.system]()
        yield conversation, question


def ask(connection: http.client.HTTPConnection, conversation: Conversation, question: str) -> None:
    """One question and its answer.

    Raises ValueError or LookupError if the answer is none, OSError or HTTPException if nobody answers.
    """
    connection.request("POST", conversation.path, json.dumps(conversation.body(question)).encode(), _HEADERS)
    response = connection.getresponse()
    payload = response.read()
    if response.status != 200:
        raise ValueError(f"status {response.status}")
    conversation.read(json.loads(payload))


def main() -> int:
    """Do the job on standard input."""
    json.dump(asdict(run(Job(**json.load(sys.stdin)))), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
