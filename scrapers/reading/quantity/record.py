"""What a quantity is.

约 81.27 万 件 以上
│  │     │  │  └ qualifier after      lead  = where a qualifier before begins (start without one)
│  │     │  └ unit (never its scale)  start = first character of the numeral
│  │     └ scale                      number_end = end of the numeral with its scale, before the unit
│  └ numeral                          end   = end of the unit
└ qualifier before                    tail  = where a qualifier or footnote mark after ends (end without one)
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scrapers.reading.model import Qualifier
from scrapers.reading.units import Kind


class Quantity(NamedTuple):
    """One quantity in normal text; offsets as drawn above. A tuple, since a text has tens of thousands of them.

    `value` is in base units (81.27万件 is 812700; 六成 is 60 with unit %). A range has `low` and `high`, and `value`
    is its low end. `precision` is half the step of the last printed digit. `scale` is the multiplier printed last (1
    without one). `words` tells a numeral printed in Chinese signs.
    """

    lead: int
    start: int
    number_end: int
    end: int
    tail: int
    value: Decimal
    unit: str
    kind: Kind
    precision: Decimal
    scale: int = 1
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    words: bool = False
