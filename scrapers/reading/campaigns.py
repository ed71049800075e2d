"""Campaigns: 专项行动以来 counts from the start that the text itself gives (行动从2017年5月持续到12月)."""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapers.period import Period
from scrapers.reading.normalise import Normal

_START = re.compile(
    r"(?:行动|斗争|整治|工作)[^,。;\d]{0,6}(?:从|自|于)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月[^,。;\d]{0,4}?(?:持续|开始|启动|起|至)"
    r"|(?P<year2>(?:19|20)\d\d)年(?P<month2>\d{1,2})月(?:份)?(?:起|以来)?,?(?:组织|部署|启动)?开展[^,。;\d]{0,16}(?:行动|斗争|整治)"
)
# No text tells of a start without a year's month; nearly all are without one, and one look says so.
_HINT = re.compile(r"年\d{1,2}月")
_SINCE = re.compile(r"^(?:[^,。;\d]{0,12}(?:专项)?(?:行动|斗争|整治)(?:开展|启动|实施)?以来)[,、]?")


def campaign_start(text: Normal) -> int | None:
    """The first month (year × 12 + month − 1) of the campaign that a text tells of, None where it tells of none."""
    found = _START.search(text) if _HINT.search(text) else None
    if not found:
        return None
    return int(found["year"] or found["year2"]) * 12 + int(found["month"] or found["month2"]) - 1


class Campaign(NamedTuple):
    """专项行动以来 at the head of some words, and where they go on."""

    end: int


def since_campaign(words: str) -> Campaign | None:
    """专项行动以来 at the head of `words`; None where they begin otherwise."""
    found = _SINCE.match(words)
    return Campaign(found.end()) if found else None


def campaign_period(start: int | None, in_force: Period | None) -> Period | None:
    """From the campaign's first month to the end of what is in force."""
    if start is None or in_force is None or in_force.last < start:
        return None
    return Period(start, in_force.last)
