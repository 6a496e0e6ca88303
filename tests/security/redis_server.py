"""As much of Redis as counting needs, for machines that have none: it speaks the protocol and keeps no promise."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class _Connection(socketserver.StreamRequestHandler):
    counts: Counter[bytes]

    def handle(self) -> None:
        while line := self.rfile.readline():
            words = [self._word() for _ in range(int(line[1:]))]
            self.wfile.write(self._answer(words))

    def _word(self) -> bytes:
        return self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2]

    def _answer(self, words: list[bytes]) -> bytes:
        match words:
            case [b"INCR" | b"INCRBY", key, *_]:
                self.counts[key] += 1
                return b":%d\r\n" % self.counts[key]
            case [b"EXPIRE", *_]:
                return b":1\r\n"
            case [b"EXEC"]:
                return b"-ERR not one by one\r\n"
        return b"+OK\r\n"


@contextmanager
def counting_server() -> Iterator[tuple[str, Counter[bytes]]]:
    """Its address, and what it has counted."""
    counts: Counter[bytes] = Counter()
    handler = type("Connection", (_Connection,), {"counts": counts})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield f"redis://127.0.0.1:{server.server_address[1]}", counts
        server.shutdown()
