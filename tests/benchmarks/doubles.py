"""Doubles: a small HTTP server that answers as either side would; as a process it takes the place of stock Rasa."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Body of a request to status and answer.
Answer = Callable[[dict[str, Any]], tuple[int, Any]]


class Side:
    """Listens on a free loopback port (or on `port`) and remembers what it was asked, as (path, body)."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        side = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                side.asked.append((self.path, body))
                status, said = answer(body)
                payload = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self.server.server_port

    def __enter__(self) -> Side:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


if __name__ == "__main__":
    own_port = int(sys.argv[sys.argv.index("--port") + 1])
    Side(lambda body: (200, [{"text": body["message"]}]), own_port).server.serve_forever()
