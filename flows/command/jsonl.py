"""JSON Lines on standard input and output: one object a line, answered in order and at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from flows.errors import UnreadableInputError


def records(*texts: str) -> Iterator[dict[str, Any]]:
    """The objects of standard input; each must have an `id` and, as strings, `texts`. Raises UnreadableInputError."""
    shape = ", ".join(f'"{name}"' for name in ("id", *texts))
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if not isinstance(record, dict):
            raise UnreadableInputError(
                f"line {number} of standard input is no record", f"each line is one JSON object with {shape}"
            )
        for name in texts:
            if not isinstance(record.get(name), str):
                raise UnreadableInputError(
                    f"line {number} of standard input: {name} is {'no string' if name in record else 'missing'}",
                    f"each line is one JSON object with {shape}",
                )
        yield record


def answer(record: Mapping[str, object]) -> None:
    """Write one object."""
    sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()
