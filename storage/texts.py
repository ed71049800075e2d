"""Canonical texts as they are kept, made from the text alone, outside any transaction and in any process.

    prepare_text(text)    hash, packed bytes, sketch and keys: what recording asks of a text
    pack, unpack          the text as it is stored and back, verified

Imports neither SQLAlchemy nor pydantic, so that a parsing process has it for nothing.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass

from storage.carrying import carried
from storage.errors import Damaged
from storage.packing import pack_text
from storage.sketches import sketch_of


@carried
@dataclass(frozen=True, slots=True)
class PreparedText:
    """What recording needs of a canonical text; of a text that is `sha256`, and of no other.

    `packed` is what is kept under the hash, `sketch` a packed `Sketch`, `keys` those under which it is found.
    """

    sha256: str
    packed: bytes
    sketch: bytes
    keys: tuple[int, ...]


def prepare_text(text: str) -> PreparedText:
    """All of it: about half a millisecond for a report."""
    sketch, keys = sketch_of(text)
    return PreparedText(*pack(text), sketch.packed, tuple(keys))


def pack(text: str) -> tuple[str, bytes]:
    """The hash that a canonical text is kept under, and what is kept."""
    data = text.encode()
    return hashlib.sha256(data).hexdigest(), pack_text(data)


def unpack(sha256: str, packed: bytes) -> str:
    """The text that was packed. Raises Damaged where it is not what was stored."""
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise Damaged(f"text {sha256} cannot be unpacked; run zhengfa verify") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"text {sha256} is not what was stored; run zhengfa verify")
    return data.decode()
