"""Words and numbers in the reader's language.

    812700 件            zh 81.27万件        en 812,700 件
    down 28 percent      zh -28%            en -28%
    up 1.9 points        zh +1.9个百分点      en +1.9 pp

Words live in zh.toml and en.toml, English names of provinces in regions.toml; this module only fills them in. Units
stay as the page prints them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.model import Erratum, Figure, Notice, StatedChange, Why
from alerts.vocabulary import Language

_MONTHS = re.compile(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)")
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)


@cache
def _catalogue(language: Language) -> dict[str, Any]:
    return tomllib.loads((files("alerts.messages") / f"{language.value}.toml").read_text(encoding="utf-8"))


@cache
def _regions() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("alerts.messages") / "regions.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: Language

    def word(self, key: str, /, **particulars: object) -> str:
        """The phrase `section.name`, filled in. Raises KeyError for a phrase that nobody wrote."""
        section, _, name = key.partition(".")
        phrase: str = _catalogue(self.language)[section][name]
        return phrase.format(**particulars) if particulars else phrase

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        section, _, name = key.partition(".")
        return name in _catalogue(self.language).get(section, {})

    def region(self, code: str, names: Mapping[str, str]) -> str:
        """A region's name: the catalogue's in Chinese; in English a province's own, elsewhere the catalogue's."""
        return _regions().get(self.language.value, {}).get(code) or names.get(code, code)

    def number(self, value: Decimal) -> str:
        """A number as people write it, exact to the last digit: 81.27万 in Chinese, 812,700 in English.

        What two decimals cannot say stays in full, as reports print it: 15874, not 1.5874万.
        """
        if self.language is Language.EN:
            return f"{_plain(value):,f}"
        size = abs(value)
        for scale, word in ((_YI, "亿"), (_WAN, "万")):
            if size >= scale and value % (scale / 100) == 0:
                return f"{_plain(value / scale):f}{word}"
        return f"{_plain(value):f}"

    def amount(self, value: Decimal, unit: str, qualifier: str = "exact") -> str:
        """A number with its unit and its 约, 余, 近."""
        number = self.word(f"qualifier.{qualifier}", value=self.number(value))
        gap = " " if self.language is Language.EN and unit not in ("%", "‰") else ""
        return f"{number}{gap}{unit}" if unit else number

    def change(self, change: StatedChange) -> str:
        """A change without its basis: -28%, +1.9个百分点, 持平; in words where it is not exact: 下降近30%."""
        if change.value is None or change.form == "flat" or change.direction == "flat":
            return self.word("form.flat")
        if change.form == "ratio_to_base":
            return self.word("way.base", size=self._size(change))
        if change.qualifier != "exact":
            # Beside 超过 or 近 a sign misleads: “over -30%” may as well be -20%.
            return self.word(f"way.{change.direction}", size=self._size(change))
        return self._size(change, sign="-" if change.direction == "down" else "+")

    def _size(self, change: StatedChange, sign: str = "") -> str:
        """How much, with its unit: 28%, 近30%, 2.1倍."""
        assert change.value is not None  # noqa: S101  what is flat has no size
        value = self.number(change.value) if change.form == "absolute" else f"{_plain(change.value):f}"
        size = self.word(f"form.{change.form}", value=f"{sign}{value}", unit=change.unit)
        return self.word(f"hedge.{change.qualifier}", size=size)

    def basis(self, change: StatedChange) -> str:
        """What a change is measured against: 同比, 较2019年."""
        return self.word(f"basis.{change.basis}", base=self.period(change.base_period) if change.base_period else "?")

    def change_with_basis(self, change: StatedChange) -> str:
        """同比 -28%, 同比下降近30%, or -28% year on year."""
        if change.form == "ratio_to_base" and change.value is not None:
            base = self.period(change.base_period) if change.base_period else "?"
            return self.word(f"ratio.{change.basis}", size=self._size(change), base=base)
        basis, text = self.basis(change), self.change(change)
        if self.language is Language.EN:
            return f"{text} {basis}"
        return f"{basis} {text}" if text[0] in "+-" else f"{basis}{text}"

    def period(self, period: str) -> str:
        """A period in running text: 2024年, 2018至2022年, 2024年1至6月."""
        if found := _MONTHS.fullmatch(period):
            year, first, end_year, last = (str(int(part)) for part in found.groups())
            kind = "months" if year != end_year else "month" if first == last else "months_of_year"
            return self.word(f"period.{kind}", year=year, first=first, end_year=end_year, last=last)
        first, _, last = period.partition("-")
        if not first.isdigit():
            return period
        return self.word("period.years" if last else "period.year", first=first, last=last)

    def figure(self, figure: Figure) -> str:
        """A figure in one breath: 81.27万件 同比 +113%."""
        parts = []
        if figure.value is not None:
            parts.append(self.amount(figure.value, figure.unit, figure.qualifier))
        if figure.change is not None:
            parts.append(self.change_with_basis(figure.change))
        return " ".join(parts)

    def erratum(self, erratum: Erratum, before: Figure | None, now: Figure) -> str:
        """Whose error a correction mends, or who says so now and who said so before."""
        old = before.source if before else ""
        if erratum is Erratum.SOURCE and old == now.source:
            return self.word("erratum.source_again", new=now.source or self.word("label.unnamed"))
        named = {"old": old or self.word("label.unnamed"), "new": now.source or self.word("label.unnamed")}
        return self.word(f"erratum.{erratum.value}", **named)

    def days(self, days: str) -> str:
        """When in the year something usually happens: 1月18日, 12月28日至1月6日."""
        named = [
            self.word("period.day", month=str(int(month)), day=str(int(day)))
            for month, _, day in (one.partition("-") for one in days.split("–"))
            if month.isdigit() and day.isdigit()
        ]
        match tuple(dict.fromkeys(named)):
            case (first, last):
                return self.word("period.days", first=first, last=last)
            case (only,):
                return only
            case _:
                return days

    def heading(self, notice: Notice) -> str:
        """Who and what: 甘肃 · 公安 · 立刑事案件; news of the machinery has fewer parts, or none."""
        return " · ".join(part for part in (notice.region_name, notice.body, notice.subject) if part)

    def why(self, notice: Notice) -> str:
        """Why the reader gets this: the rules' sentences, the first of them the one that spoke."""
        sentences = (
            self.word(f"why.{why.code}", **self._particulars(notice, why)) for why in (notice.why, *notice.also)
        )
        return (";" if self.language is Language.ZH else "; ").join(sentences)

    def _particulars(self, notice: Notice, why: Why) -> dict[str, str]:
        """The rule's particulars; values that begin with @ name a phrase of their own."""
        given = dict(why.particulars)
        change = notice.figure.change
        given.setdefault("label", notice.label)
        if change is not None:
            given.setdefault("stated", self.change_with_basis(change))
        resolved = {}
        for name, value in given.items():
            resolved[name] = self.word(value[1:], **given) if value.startswith("@") and self.has(value[1:]) else value
        return resolved


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros, to the last digit, and never in exponent form."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
