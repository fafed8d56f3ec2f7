"""Prefix: a supervisord event listener that prints each process's output behind its name."""

from __future__ import annotations

import sys

from supervisor import childutils


def main() -> None:
    """Read events from stdin for ever; lines go to stderr, since stdout speaks supervisord's protocol."""
    while True:
        _, payload = childutils.listener.wait(sys.stdin, sys.stdout)
        event, data = childutils.eventdata(payload)
        for line in data.splitlines():
            if line.strip():
                print(f"{event['processname']:>7} | {line}", file=sys.stderr, flush=True)
        childutils.listener.ok(sys.stdout)


if __name__ == "__main__":
    main()
