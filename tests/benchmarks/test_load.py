"""Load: the clients of the speed benchmark."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import pytest

from assistant.settings import ROOT
from benchmarks.load import Job, Measurement, run
from benchmarks.servers import free_ports
from tests.benchmarks.doubles import Side

QUESTIONS = [f"问题{number}" for number in range(40)]


def answers(body: dict[str, Any]) -> tuple[int, Any]:
    """What either side says when all is well."""
    if "sender" in body:
        return 200, [{"text": "答案"}]
    return 200, {"conversation": f"{body['message']}之后", "degraded": False, "replies": [{"kind": "answer"}]}


def job(side: Side, system: str, clients: int = 1, seconds: float = 0.3, warm_up: float = 0.0) -> Job:
    return Job(system, side.port, clients, seconds, warm_up, QUESTIONS)


def test_bingwen_is_asked_with_the_token_of_its_last_answer_and_anew_every_five_messages() -> None:
    with Side(answers) as side:
        run(job(side, "bingwen"))
    assert {path for path, _ in side.asked} == {"/api/chat"}
    assert [body["conversation"] for _, body in side.asked[:7]] == [
        *[None, "问题0之后", "问题1之后", "问题2之后", "问题3之后"],
        *[None, "问题5之后"],
    ]


def test_rasa_is_asked_by_one_sender_and_by_another_every_five_messages() -> None:
    with Side(answers) as side:
        run(job(side, "rasa"))
    assert {path for path, _ in side.asked} == {"/webhooks/rest/webhook"}
    senders = [body["sender"] for _, body in side.asked[:12]]
    assert [senders.index(sender) for sender in senders] == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


@pytest.mark.parametrize("system", ["bingwen", "rasa"])
def test_both_are_asked_the_same_questions_in_the_order_given_and_again_from_the_start(system: str) -> None:
    with Side(answers) as side:
        run(job(side, system, seconds=1.0))
    asked = [body["message"] for _, body in side.asked]
    assert len(asked) > len(QUESTIONS)
    assert asked == (QUESTIONS * (len(asked) // len(QUESTIONS) + 1))[: len(asked)]


def test_several_clients_share_the_questions_and_no_conversation() -> None:
    with Side(answers) as side:
        run(job(side, "rasa", clients=4))
    shares: dict[str, set[int]] = {}
    for _, body in side.asked:
        shares.setdefault(body["sender"], set()).add(QUESTIONS.index(body["message"]) % 4)
    assert all(len(share) == 1 for share in shares.values())
    assert {number for share in shares.values() for number in share} == {0, 1, 2, 3}


def test_good_answers_are_counted_with_the_time_they_took() -> None:
    with Side(answers) as side:
        measured = run(job(side, "bingwen", clients=2))
    assert measured.errors == []
    assert 0 < len(measured.latencies) <= len(side.asked)
    assert all(0 < seconds <= 0.3 for seconds in measured.latencies)


def test_what_is_answered_in_the_warm_up_does_not_count() -> None:
    with Side(answers) as side:
        measured = run(job(side, "rasa", seconds=0.0, warm_up=0.3))
    assert side.asked
    assert measured.latencies == []


@pytest.mark.parametrize(
    ("system", "status", "answer"),
    [
        ("rasa", 200, []),
        ("rasa", 500, [{"text": "答案"}]),
        ("bingwen", 429, {}),
        ("bingwen", 200, {"conversation": "", "degraded": True, "replies": [{"kind": "answer"}]}),
        ("bingwen", 200, {"conversation": "", "degraded": False, "replies": []}),
        ("bingwen", 200, "别的"),
    ],
)
def test_an_answer_that_answers_nothing_is_an_error(system: str, status: int, answer: Any) -> None:
    with Side(lambda _: (status, answer)) as side:
        measured = run(job(side, system))
    assert measured.errors
    assert measured.latencies == []


def test_nobody_there_is_an_error() -> None:
    measured = run(Job("rasa", free_ports(1)[0], 1, 0.1, 0.0, QUESTIONS))
    assert "ConnectionRefusedError" in measured.errors[0]
    assert measured.latencies == []


def test_as_a_process_it_reads_a_job_and_writes_what_it_measured() -> None:
    with Side(answers) as side:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.load"],
            cwd=ROOT, input=json.dumps(asdict(job(side, "rasa"))), stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    measured = Measurement(**json.loads(done.stdout))
    assert measured.seconds == 0.3
    assert measured.latencies
    assert measured.errors == []


def test_rounds_add_up() -> None:
    measured = Measurement(1.0, [0.1], ["one"])
    measured.add(Measurement(2.0, [0.2, 0.3], ["two"]))
    assert measured == Measurement(3.0, [0.1, 0.2, 0.3], ["one", "two"])
