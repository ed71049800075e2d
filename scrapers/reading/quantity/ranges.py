"""Two figures that make one range: 3至5件, 10%-15%, 5000元至1万元, 3-5万件.

The first figure of a range may leave out its unit and its scale, which are then the second's. 从41%上升至64% is none:
the two are joined by a verb; nor is 从5天到3天, since a range rises.
"""

from __future__ import annotations

import re

from scrapers.reading.normalise import Normal
from scrapers.reading.quantity.record import Quantity
from scrapers.reading.units import Kind

JOIN = re.compile(r" ?(?:至|到|~|-{1,2}) ?(?=[0-9一二两三四五六七八九十百千])")
JOIN_SIGNS = frozenset("至到~- ")
_FROM = frozenset("从由自")


def join(text: Normal, low: Quantity, high: Quantity) -> Quantity | None:
    """The range from `low` to `high`; None where the two are not the ends of one."""
    if low.low is not None or low.high is not None:
        return None
    if low.unit not in {"", high.unit} and low.unit not in high.unit:
        return None
    if low.unit and text[low.lead - 1 : low.lead] in _FROM:
        return None
    bottom = low.value
    scale = low.scale
    if not low.unit and low.scale == 1 and high.scale > 1 and bottom < high.value / high.scale:
        bottom, scale = bottom * high.scale, high.scale
    top = high.high if high.high is not None else high.value
    if bottom >= top or (high.kind is Kind.TIME and low.kind is Kind.PLAIN and len(text[low.start : low.end]) > 4):
        return None
    return high._replace(
        lead=low.lead,
        start=low.start,
        value=bottom,
        low=bottom,
        high=top,
        precision=max(low.precision * scale / low.scale, high.precision),
        qualifier=low.qualifier if low.lead < low.start else high.qualifier,
    )
