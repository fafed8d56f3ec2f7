"""The running processes: where they listen and what they do without."""

from __future__ import annotations

from pathlib import Path

from tests.stack.processes import Stack


def test_rasa_serves_without_tensorflow(stack: Stack) -> None:
    assert stack.rest("体验官招几个人", "without-tensorflow")
    loaded = Path(f"/proc/{stack.process_id('rasa')}/maps").read_text(encoding="utf-8")
    assert "numpy" in loaded
    assert "tensorflow" not in loaded


def test_rasa_and_actions_listen_to_this_machine_only(stack: Stack) -> None:
    listening = {line.split()[1] for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]}
    for port in (stack.rasa_port, stack.actions_port):
        assert {address for address in listening if address.endswith(f":{port:04X}")} >= {f"0100007F:{port:04X}"}
        assert f"00000000:{port:04X}" not in listening
