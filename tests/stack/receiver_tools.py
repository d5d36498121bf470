"""A receiver of webhooks that keeps what it is sent, and answers as it is told to."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """`hangs_s`: silence before it. `closes`: the connection is closed instead."""

    status: int = 204
    headers: Mapping[str, str] = MappingProxyType({})
    hangs_s: float = 0
    closes: bool = False


class Post(NamedTuple):
    """What arrived, at `time.time()`, and the status it is answered with."""

    at: float
    path: str
    headers: dict[str, str]
    body: bytes
    answered: int


TAKEN = Answer()


@dataclass
class Receiver:
    """`answers` are given in turn, then `otherwise` for ever."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    otherwise: Answer = TAKEN
    posts: list[Post] = field(default_factory=list)

    @property
    def headers(self) -> list[dict[str, str]]:
        return [post.headers for post in self.posts]

    @property
    def bodies(self) -> list[bytes]:
        return [post.body for post in self.posts]

    def documents(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # a connection that finds it full is tried again after a second


@contextmanager
def receiving(*answers: int | Answer, otherwise: Answer = TAKEN) -> Iterator[Receiver]:
    receiver = Receiver(answers=[Answer(a) if isinstance(a, int) else a for a in answers], otherwise=otherwise)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = receiver.answers.pop(0) if receiver.answers else receiver.otherwise
            receiver.posts.append(Post(time.time(), self.path, headers, body, 0 if answer.closes else answer.status))
            time.sleep(answer.hangs_s)
            if answer.closes:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = Server(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
