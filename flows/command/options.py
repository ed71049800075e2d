"""What options and arguments say, read strictly: a mistake names the option and shows how to write it.

day 2025-01-31    span 7d, 12h    moment either of them    period 2024, 2020-2024, 2024-06
number 81.27万    region 62, 甘肃   body 法院, court          indicator its id or its name
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import OptionError
from flows.language import say
from flows.system import why

if TYPE_CHECKING:
    from scrapers.indicators import Catalogue, Indicator
    from scrapers.period import Period

_NUMBER = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(万|亿)?")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_SPAN = re.compile(r"(\d+)\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_NEAR = 5
_LONGEST = timedelta(days=3660)
# Nothing that could be in the record is older.
_EARLIEST = 1900
# The largest number that a row can have.
LARGEST_ID = 2**63 - 1


@contextlib.contextmanager
def written(file: Path | None) -> Iterator[None]:
    """A file that the user named is written within. Raises OptionError where the system says no."""
    try:
        yield
    except OSError as error:
        if file is None:
            raise
        raise OptionError(
            say(f"{file} 写不了: {why(error)}", f"{file} cannot be written: {why(error)}"),
            say("换一个文件或文件夹", "name another file or folder"),
        ) from None


def day(option: str, text: str) -> date | None:
    """A day; None for an empty text. Raises OptionError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise OptionError(
            say(f"{option} {text!r} 不是日期", f"{option} {text!r} is no date"),
            say("写成 2025-01-31", "write it as 2025-01-31"),
        ) from None


def in_order(first: str, begin: date | None, last: str, end: date | None) -> None:
    """Raises OptionError where a span of days ends before it begins."""
    if begin and end and end < begin:
        raise OptionError(
            say(f"{last} {end} 早于 {first} {begin}", f"{last} {end} comes before {first} {begin}"),
            say("先写较早的一天", "name the earlier day first"),
        )


def span(option: str, text: str) -> timedelta:
    """A stretch of time, ten years at most. Raises OptionError."""
    if not (found := _SPAN.fullmatch(text.strip())) or not int(found[1]):
        raise OptionError(
            say(f"{option} {text!r} 不是时长", f"{option} {text!r} is no span of time"),
            say("写成 12h、7d 或 4w", "write it as 12h, 7d or 4w"),
        )
    unit = timedelta(**{_UNITS[found[2]]: 1})
    if int(found[1]) > _LONGEST / unit:
        raise OptionError(
            say(f"{option} {text!r} 超过十年", f"{option} {text!r} is longer than ten years"),
            say("写成 12h、7d 或 4w", "write it as 12h, 7d or 4w"),
        )
    return int(found[1]) * unit


def moment(option: str, text: str, now: datetime) -> datetime:
    """So long ago (`7d`), or the beginning of a day in China. Raises OptionError."""
    from scrapers.discovery.windows import SHANGHAI

    if _SPAN.fullmatch(text.strip()):
        return now - span(option, text)
    try:
        begin = date.fromisoformat(text)
    except ValueError:
        raise OptionError(
            say(f"{option} {text!r} 不是时间", f"{option} {text!r} is no moment"),
            say("写成 7d 或 2025-01-31", "write it as 7d or 2025-01-31"),
        ) from None
    if begin.year < _EARLIEST:
        raise OptionError(
            say(f"{option} {text} 早于库中一切", f"{option} {text} lies before anything that is kept"),
            say("写成 7d 或 2025-01-31", "write it as 7d or 2025-01-31"),
        )
    return datetime.combine(begin, time(), SHANGHAI)


def since_when(text: str) -> str:
    """What `moment` was given, in words: 最近 30 天, 2025-01-31 以来."""
    from flows.command.output import lasting

    if _SPAN.fullmatch(text.strip()):
        lasts = lasting(span("", text))
        return say(f"最近 {lasts}", f"in the last {lasts}")
    return say(f"{text} 以来", f"since {text}")


def period(option: str, text: str) -> Period | None:
    """A reference period; None for an empty text. Raises OptionError."""
    from scrapers.period import Period

    try:
        return Period.parse(text) if text else None
    except ValueError as error:
        raise OptionError(
            say(f"{option} {text!r} 不是时期", f"{option}: {error}"),
            say("写成 2024、2020-2024 或 2024-06", "write it as 2024, 2020-2024 or 2024-06"),
        ) from None


def number(option: str, text: str) -> Decimal:
    """An exact number, with 万 and 亿 as printed. Raises OptionError."""
    if not (found := _NUMBER.fullmatch(text.strip())):
        raise OptionError(
            say(f"{option} {text!r} 不是数", f"{option} {text!r} is no number"),
            say("写成 812700 或 81.27万", "write it as 812700 or 81.27万"),
        )
    exact = (Decimal(found[1].replace(",", "")) * _SCALES[found[2] or ""]).normalize()
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def region(option: str, text: str, catalogue: Catalogue) -> str | None:
    """The code of a region; None for an empty text. Raises OptionError."""
    if not text:
        return None
    if (found := catalogue.region(text)) is None:
        raise OptionError(
            say(f"{option} {text!r} 不是地区", f"{option} {text!r} is no region"),
            say("写 GB/T 2260 代码或名称: 62、甘肃", "write a GB/T 2260 code or a name: 62, 甘肃"),
        )
    return found.code


def body(option: str, text: str) -> str | None:
    """The code of a kind of body; None for an empty text. Raises OptionError."""
    from scrapers.vocabulary import BodyKind

    try:
        return BodyKind.from_label(text).value if text else None
    except ValueError as error:
        kinds = "、".join(kind.label for kind in BodyKind)
        raise OptionError(
            say(f"{option} {text!r} 不是机关", f"{option}: {error}"),
            say(f"用其中之一: {kinds}", "write one of these"),
        ) from None


def indicator(text: str, catalogue: Catalogue) -> Indicator:
    """The indicator of that id or name, or the only one with that wording. Raises OptionError with those near it."""
    if not text.strip():
        raise OptionError(say("没有写指标", "no indicator is named"), _all_indicators())
    if found := catalogue.get(text):
        return found
    named = [each for each in catalogue.indicators if text in (each.name, each.english)] or _worded(text, catalogue)
    if len(named) == 1:
        return named[0]
    holding = [row.id for row in catalogue.rows(text)]
    near = named or sorted((each for each in catalogue.indicators if each.id in holding), key=lambda one: len(one.name))
    if len(near) == 1:
        return near[0]
    if not near:
        raise OptionError(say(f"{text!r} 不是指标", f"{text!r} is no indicator"), _all_indicators())
    words = ", ".join(f"{each.id} ({each.name})" for each in near[:_NEAR])
    raise OptionError(
        say(f"{text!r} 有 {len(near)} 个指标相符", f"{text!r} fits {len(near)} indicators"),
        say(f"用 id 指明一个: {words}", f"name one by its id: {words}"),
    )


def _all_indicators() -> str:
    return say("`zhengfa indicators` 列出全部", "`zhengfa indicators` lists them all")


def _worded(text: str, catalogue: Catalogue) -> list[Indicator]:
    """What the reader would take these words for, whoever said them."""
    from scrapers.vocabulary import BodyKind

    found = (catalogue.find(text, "", body) for body in (None, *BodyKind))
    return list({each.id: each for each in found if each is not None}.values())


def indicator_id(text: str, catalogue: Catalogue) -> str | None:
    """The id of an indicator; None for an empty text. Raises OptionError."""
    return indicator(text, catalogue).id if text else None
