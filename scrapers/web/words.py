"""The words that outcomes are told in, without the outcomes: all that decoding a page and knowing a block need."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockSign(StrEnum):
    """By what a block was told; the content counts, not the status alone."""

    STATUS = "status"
    COOKIE_SCRIPT = "cookie_script"
    COOKIE_LOOP = "cookie_loop"
    CAPTCHA = "captcha"
    MAINTENANCE = "maintenance"
    ONLY_US = "only_us"
    TOO_OFTEN = "too_often"
    LOGIN = "login"
    EMPTY = "empty"
    NO_LANDMARKS = "no_landmarks"
    UNLIKE = "unlike"
    EARLIER = "earlier"


class RefusedBy(StrEnum):
    """Who said no before anything was sent."""

    ROBOTS = "robots"
    ADDRESS_GUARD = "address_guard"
    CARD = "card"
    SCHEME = "scheme"


class EncodingFrom(StrEnum):
    """Where the encoding that decoded a page was found."""

    BOM = "bom"
    HEADER = "header"
    META = "meta"
    CARD = "card"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a page was decoded: a Python codec name, and what told us.

    `declared` is what the header or, failing that, the page itself claimed, as written there (None: nothing).
    `mismatch` is true where that claim is wrong; gb2312 and gbk count as gb18030 (PITFALLS 5.1).
    """

    name: str
    found: EncodingFrom
    declared: str | None = None
    mismatch: bool = False
