"""JSON Lines on standard input and output: one answer a line, in order and at once, whatever the line is.

A line that cannot be read is answered with "kind": "unreadable" and "why", stops nothing, and makes the status 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

# What one line may hold, so that memory stays bounded: a document of the size that is read at all, as base64.
LONGEST_LINE = 64 * 1024 * 1024
UNREADABLE = "unreadable"
_PIECE = 1024 * 1024


def answer_all(answered: Callable[[bytes | None, int], Mapping[str, object]]) -> None:
    """Answer every line that is not blank; `answered` gets it with its number, None where it was too long."""
    good = True
    for number, line in enumerate(_lines(sys.stdin.buffer), 1):
        if line is None or line.strip():
            told = answered(line, number)
            good &= told.get("kind") != UNREADABLE
            sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()
    if not good:
        sys.exit(1)


def record_of(line: bytes | None, number: int) -> dict[str, Any] | str:
    """The object that a line is, or what is wrong with it."""
    if line is None:
        return f"line {number} is longer than {LONGEST_LINE} bytes"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return f"line {number} is no JSON"
    return record if isinstance(record, dict) else f"line {number} is no JSON object"


def failed(number: int, error: Exception) -> str:
    """What to say of a line on which our own reading failed."""
    return f"line {number}: reading failed: {type(error).__name__}: {error}"[:300]


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, of which no more than a piece is held at a time."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
            pass
        yield None
