"""Words that all of `alerts` shares. Codes are stored; labels are for people and live in the message catalogues.

Audience   who may get it (storage's)   Reason    why a message was sent
Severity   how much it matters (same)   Pace      at once, or with a digest
GroupBy    what goes into one message   Language  of the messages
"""

from __future__ import annotations

from datetime import timedelta, timezone
from enum import StrEnum

from storage.vocabulary import Audience, Severity

__all__ = ["BEIJING", "BODY_LABELS", "Audience", "GroupBy", "Language", "Pace", "Reason", "Severity", "rank"]

# China has had one time zone without daylight saving since 1991; a fixed offset needs no tz data at import.
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


class Pace(StrEnum):
    """When a route wants its alerts."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class GroupBy(StrEnum):
    """What is told in one message."""

    DOCUMENT = "document"
    PROVINCE = "province"
    INDICATOR = "indicator"


class Language(StrEnum):
    """Languages that messages are written in."""

    ZH = "zh"
    EN = "en"


class Reason(StrEnum):
    """Why a message was sent; stored with it and printed in it."""

    NEW = "new"
    CHANGED = "changed"
    CORRECTION = "correction"
    REPEAT = "repeat"
    WITHDRAWN = "withdrawn"
    DIGEST = "digest"
    TEST = "test"
    META = "meta"
    HEARTBEAT = "heartbeat"
    LISTING = "listing"


def rank(severity: Severity) -> int:
    """0 for the least."""
    return list(Severity).index(severity)


# What people read for the bodies' codes; the codes themselves are the record's (storage.inputs).
BODY_LABELS = {
    "committee": "政法委",
    "court": "法院",
    "procuratorate": "检察院",
    "police": "公安",
    "justice": "司法行政",
    "congress": "人大",
    "press": "媒体",
}
