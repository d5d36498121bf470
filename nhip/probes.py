"""`/healthz`, `/readyz`, `/metrics` of a process that serves nothing else.

They come from a thread of their own, so they answer while the event loop folds a batch.
"""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from streams.errors import WrongUse

Fault = Callable[[], str | None]
"""What keeps the process from its work, None when it is ready."""


def serve_probes(host: str, port: int, setting: str, registry: CollectorRegistry, fault: Fault) -> None:
    """Answer probes until the process ends. Raises WrongUse naming `setting` when the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            match self.path:
                case "/healthz":
                    self._answer(200, b"ok\n")
                case "/readyz":
                    found = fault()
                    self._answer(503 if found else 200, (found or "ok").encode() + b"\n")
                case "/metrics":
                    self._answer(200, generate_latest(registry), CONTENT_TYPE_LATEST)
                case _:
                    self._answer(404, b"there are /healthz, /readyz and /metrics\n")

        def _answer(self, status: int, body: bytes, content_type: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Probes come every few seconds; a line for each would bury what matters."""

    try:
        server = ThreadingHTTPServer((host, port), Handler)
    except OSError as error:
        raise WrongUse(f"{setting}: port {port} on {host} cannot be used ({error.strerror}); choose another") from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="probes", daemon=True).start()
