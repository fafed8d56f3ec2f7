"""Run: everything on this machine, from the checked knowledge to the printed address."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from types import FrameType

import httpx

from assistant.settings import ROOT, Settings
from launcher import model, supervision, validate
from launcher.environment import child_environment

#: Seconds between two looks at the health while starting.
_LOOK = 0.5


def run(settings: Settings) -> int:
    """Validate and train if needed, start the processes, print the address; returns when they have stopped."""
    archive = model.current(settings)
    # A model is named by everything it was made from, which was validated before: nothing to look at twice.
    if not archive.exists() and validate.main(settings) != 0:
        return 1
    taken = [port for port in (settings.port, settings.rasa_port, settings.actions_port) if _is_taken(port)]
    if taken:
        ports = ", ".join(map(str, taken))
        print(
            f"port {ports} is in use; stop what uses it, or set PORT, BINGWEN_RASA_PORT, BINGWEN_ACTIONS_PORT",
            file=sys.stderr,
        )
        return 1
    try:
        model.train(settings)
    except model.TrainingError as error:
        print(f"training failed: {error}", file=sys.stderr)
        return 1
    configuration = supervision.write_configuration(settings, archive)
    print(f"==> Starting rasa, actions and web with {archive.name}", flush=True)
    command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)]
    # A session of its own: Ctrl-C reaches this process alone, which then asks supervisord to stop everything in order.
    child = subprocess.Popen(command, cwd=ROOT, env=child_environment(), start_new_session=True)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if child.poll() is None:
            print("==> Stopping", flush=True)
            child.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    threading.Thread(target=_announce, args=(settings, child), daemon=True).start()
    child.wait()
    return 0


def _announce(settings: Settings, child: subprocess.Popen[bytes]) -> None:
    """Print the address as soon as the page answers, and again when everything is up."""
    shown = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host
    address = f"http://{shown}:{settings.port}"
    begun, reachable = time.monotonic(), False
    with httpx.Client(timeout=2, trust_env=False) as client:
        while child.poll() is None:
            try:
                status = client.get(f"{address}/healthz").json()["status"]
            except (httpx.HTTPError, ValueError, KeyError):
                status = "starting"
            if status != "starting" and not reachable:
                reachable = True
                print(f"==> {address} answers by search while the model is loading", flush=True)
            if status == "ok":
                print(
                    f"==> Bingwen is ready after {time.monotonic() - begun:.0f} s: {address}  (Ctrl-C stops it)",
                    flush=True,
                )
                return
            time.sleep(_LOOK)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False
