"""A document read in a process of its own, so that a hostile or broken file costs no more than its limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from scrapers.documents.kinds import kind_of
from scrapers.documents.model import Document, Limits, Reason, Unread

_READABLE = frozenset({"pdf", "docx", "xlsx", "xls", "doc", "ofd"})
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, {root!r}); from scrapers.documents.model import Limits; "
    "from scrapers.documents.worker import main; main({kind!r}, {limits!r})"
)
_GRACE = 5.0


def read_document(content: bytes, name: str = "", limits: Limits | None = None) -> Document | Unread:
    """The text and tables of an attachment, told by its bytes. Blocks for at most `limits.seconds` and a little."""
    limits = limits or Limits()
    if len(content) > limits.size:
        return Unread(Reason.TOO_LARGE, f"{len(content)} bytes")
    kind = kind_of(content, name)
    if kind == "html":
        return Unread(Reason.NOT_A_DOCUMENT)
    if kind == "encrypted":
        return Unread(Reason.ENCRYPTED, "Office")
    if kind not in _READABLE:
        return Unread(Reason.UNSUPPORTED, kind) if kind else Unread(Reason.UNKNOWN_KIND, name)
    return _in_process(content, kind, limits)


def _in_process(content: bytes, kind: str, limits: Limits) -> Document | Unread:
    code = _START.format(root=str(_ROOT), kind=kind, limits=limits)
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-I", "-c", code],
            input=content,
            capture_output=True,
            check=False,
            timeout=limits.seconds + _GRACE,
        )
    except subprocess.TimeoutExpired:
        return Unread(Reason.TIMED_OUT, f"{limits.seconds:g} s")
    if done.returncode != 0:
        return _failed(done.returncode, done.stderr.decode("utf-8", "replace"))
    return _found(json.loads(done.stdout))


def _failed(code: int, errors: str) -> Unread:
    last = errors.strip().splitlines()[-1][:200] if errors.strip() else f"signal {-code}"
    if code < 0 or "MemoryError" in last:
        return Unread(Reason.OUT_OF_BOUNDS, last)
    return Unread(Reason.BROKEN, last)


def _found(values: dict[str, Any]) -> Document | Unread:
    if "reason" in values:
        return Unread(Reason(values["reason"]), values["detail"])
    tables = tuple(tuple(tuple(row) for row in table) for table in values.pop("tables"))
    return Document(tables=tables, **values)
