"""Parts die under questions: every question still gets a reply, and the parts come back."""

from __future__ import annotations

import threading

import httpx
import pytest

from tests.stack.processes import Stack

#: Seconds within which the health is ok again after a part was killed on an idle machine; a busy one gets twice that.
BACK = 20.0
#: Seconds between one asker's questions: a busy morning's pace, which leaves a processor to the part that starts.
_PACE = 0.1
_QUESTIONS = ("体验官招几个人", "课间15分钟从啥时候开始", "骗子正在控制我的手机", "公积金怎么提取")


class Asker(threading.Thread):
    """Asks a question every tenth of a second until it is told to stop; keeps every status and reply count."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(daemon=True)
        self._url = f"http://127.0.0.1:{stack.port}/api/chat"
        self.finished = threading.Event()
        self.outcomes: list[tuple[int, int]] = []

    def run(self) -> None:
        with httpx.Client(timeout=30, trust_env=False) as client:
            number = 0
            while not self.finished.is_set():
                response = client.post(self._url, json={"message": _QUESTIONS[number % len(_QUESTIONS)]})
                replies = response.json().get("replies", []) if response.status_code == 200 else []
                self.outcomes.append((response.status_code, len(replies)))
                number += 1
                self.finished.wait(_PACE)


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_killing_a_part_leaves_no_question_without_a_reply_and_it_comes_back(stack: Stack, part: str) -> None:
    stack.wait_until(lambda: stack.health()["status"] == "ok", BACK)
    asker = Asker(stack)
    asker.start()
    took = stack.kill(part, BACK * 2)
    asker.finished.set()
    asker.join()
    assert len(asker.outcomes) > len(_QUESTIONS)
    assert {status for status, _ in asker.outcomes} == {200}
    assert all(1 <= count <= 3 for _, count in asker.outcomes)
    assert took < BACK * 2


def test_the_web_process_comes_back_and_knows_the_conversation(stack: Stack) -> None:
    stack.wait_until(lambda: stack.health()["status"] == "ok", BACK * 2)
    conversation = stack.chat("阳曲县营商环境体验官招多少人")["conversation"]
    stack.kill("web", BACK * 2)
    assert stack.chat("那年龄呢", conversation)["replies"][0]["entry"] == "inspector_age"
