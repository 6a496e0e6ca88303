"""Templates compiled once for all applications of a run: each application has an environment of its own."""

from __future__ import annotations

from jinja2.bccache import Bucket, BytecodeCache


class _Memory(BytecodeCache):
    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Memory()
