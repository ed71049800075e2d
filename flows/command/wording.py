"""How figures, changes, series and alerts read in a table: the words of the messages, so that both say the same."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from flows.command import labels
from flows.command.output import when
from flows.language import in_english, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from alerts.messages.words import Words
    from alerts.model import Stated, Told
    from alerts.outcomes import Outcome
    from storage.facts import FigureFacts, SeriesFacts
    from storage.queries import RegionValue
    from storage.telling import Names


def words() -> Words:
    """The words of the messages, in the user's language."""
    from alerts.messages.words import Words
    from alerts.vocabulary import Language

    return Words(Language.EN if in_english() else Language.ZH)


def period(first: int | None, last: int | None) -> str:
    """A period as the figures' tables write it; empty for none."""
    from storage.periods import period_text

    return "" if first is None or last is None else period_text(first, last)


def change(stated: Stated) -> str:
    """同比 +113%, 同比下降近30%, 较2019年 -3.2个百分点."""
    from alerts.model import StatedChange

    return words().change_with_basis(StatedChange.of(stated))


def yearly(value: RegionValue) -> str:
    """The year-on-year per cent that a region's report states, as `change` without its basis; empty for none."""
    from alerts.model import StatedChange

    if value.change is None:
        return ""
    direction = "up" if value.change > 0 else "down" if value.change < 0 else "flat"
    stated = StatedChange(
        direction=direction, value=abs(value.change), form="percent", basis="yoy", qualifier=value.change_qualifier
    )
    return words().change(stated)


def amount(value: Decimal | None, unit: str, qualifier: str = "exact") -> str:
    """81.27万件, 约3000人; empty for no value."""
    return "" if value is None else words().amount(value, unit, qualifier)


def outcome(became: Outcome, clock: Callable[[datetime], str] = when) -> str:
    """What became of an alert: 待发送 至 01-18 07:00(desk); 已静音(#3 li 2025-01-24 10:00)."""
    word = words().word(f"outcome.{became.word}")
    until = say(" 至 ", " until ") + clock(became.until) if became.until else ""
    return f"{word}{until}" + (f"({became.who})" if became.who else "")


def region(code: str | None, names: Names) -> str:
    """A region's name in the user's language; empty for none."""
    return words().region(code, names.regions) if code else ""


def changes(figure: FigureFacts) -> str:
    """Every stated change of a figure, one a line."""
    return "\n".join(change(each) for each in figure.changes)


def series_name(series: SeriesFacts, label: str, names: Names) -> str:
    """受理案件 · 甘肃 · 法院(全系统) · 省级 · 年度."""
    reach = say("本级", "own") if series.own else say("全系统", "system")
    return " · ".join(
        (
            label,
            region(series.region, names),
            f"{labels.body(series.body)}({reach})",
            labels.level(series.level),
            labels.period_kind(series.period_kind),
        )
    )


def headline(alert: Told, names: Names) -> str:
    """甘肃 2024 · 公安 · 立刑事案件 -28%: what an alert is about, in one line."""
    from alerts.model import StatedChange

    place = " ".join(
        word for word in (region(alert.region, names), period(alert.period_first, alert.period_last)) if word
    )
    said = [amount(alert.value, alert.unit, alert.qualifier)]
    if (stated := StatedChange.told_by(alert)) is not None:
        said.append(words().change_with_basis(stated))
    parts = (place, labels.body(alert.body), " ".join(word for word in (alert.subject, *said) if word))
    return " · ".join(part for part in parts if part)
