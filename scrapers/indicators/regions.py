"""Regions of GB/T 2260: the nation ("00"), provinces (two digits) and their divisions (four digits).

    Regions.get("62" | "620100" | "甘肃" | "甘肃省" | "甘" | "兰州市")   -> Region | None
    Regions.find("江苏…南京市…全省", within="32")                       -> Found(start, end, region) ...

In prose a province's short name counts wherever it stands. A division's short name is often an ordinary word (大庆,
安康, 来宾), so it counts only before 市, 州, 地区, 盟 or the name of a body (苏州法院).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TypeAlias, TypedDict, cast

from scrapers.indicators.errors import CatalogueError
from scrapers.vocabulary import Level

NATION = "00"
_MUNICIPALITIES = frozenset(["11", "12", "31", "50"])
_AUTONOMOUS = frozenset(["15", "45", "54", "64", "65"])
_AFTER_SHORT = r"(?=[市州盟]|地区|两级|中级|中院|法院|检察|公安|司法|政法|警方|海事|铁路|基层)"
_WHOLE = r"[全我本](?:国|省|市|自治区|区|自治州|州|盟|地区)(?![外际别别间])"


@dataclass(frozen=True, slots=True)
class Region:
    """One region. `abbreviation` is a province's single sign (甘), "" elsewhere; `parent` is the code one level up."""

    code: str
    name: str
    short: str
    level: Level
    parent: str | None = None
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A region's name in a text: offsets, end exclusive, and the region."""

    start: int
    end: int
    region: Region


class Regions:
    """All regions, by code and by name."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.by_code = {region.code: region for region in regions}
        self._by_name: dict[str, Region] = {}
        # Provinces come first: 吉林 and 海南 alone are the provinces.
        for region in sorted(self.by_code.values(), key=lambda each: (len(each.code), each.code)):
            for name in (region.name, region.short, *_spoken(region), region.abbreviation):
                if name:
                    self._by_name.setdefault(name, region)
        self._by_name.setdefault("中国", self.by_code[NATION])
        # The first two signs of every name that has so many.
        self.beginnings = frozenset(name[:2] for name in self._by_name if len(name) > 1)

    def __iter__(self) -> Iterator[Region]:
        return iter(self.by_code.values())

    def __len__(self) -> int:
        return len(self.by_code)

    def get(self, name_or_code: str) -> Region | None:
        """The region of a code of two, four or six digits (a county's is its division's), or of any of its names."""
        key = name_or_code.strip()
        if not key.isdigit():
            return self._by_name.get(key)
        if key == "000000":
            return self.by_code[NATION]
        return self.by_code.get(key.removesuffix("0000")) or self.by_code.get(key[:4]) or self.by_code.get(key[:2])

    def whole(self, word: str, within: str | None) -> Region | None:
        """The region that 全省, 全市, 我区, 全国 mean to a speaker of the region `within`; None where none."""
        kind = word[1:]
        if kind == "国":
            return self.by_code[NATION]
        if not within or within == NATION:
            return None
        province = within[:2]
        if kind == "省":
            plain = province not in _MUNICIPALITIES | _AUTONOMOUS
            return self.by_code.get(province) if plain else None
        if kind in {"区", "自治区"}:
            return self.by_code.get(province) if province in _AUTONOMOUS else None
        if kind == "市" and province in _MUNICIPALITIES:
            return self.by_code.get(province)
        return self.by_code.get(within[:4]) if len(within) >= 4 else None

    def find(self, text: str, within: str | None = None) -> list[Found]:
        """Every region named in `text`, from left to right; 全省 and its like are resolved by `within`."""
        found = []
        for match in self._pattern.finditer(text):
            name = match.group()
            region = self.whole(name, within) if match["whole"] else self._by_name.get(name) or self.get(name)
            if region is not None:
                found.append(Found(match.start(), match.end(), region))
        return found

    @cached_property
    def head(self) -> re.Pattern[str]:
        """Matches the name of a region at the beginning of a text: 南京市, 江苏, 苏州(法院)."""
        return re.compile(f"(?:{self._names})")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"(?P<whole>{_WHOLE})|(?:{self._names})")

    @property
    def _names(self) -> str:
        sure: list[str] = []
        unsure: list[str] = []
        for name, region in self._by_name.items():
            if name == region.abbreviation:
                continue
            (unsure if region.level is Level.CITY and name == region.short else sure).append(name)
        return f"{_trie(sure)}|{_trie(unsure)}{_AFTER_SHORT}"


def _spoken(region: Region) -> tuple[str, ...]:
    """Names in use beside the official ones: 延边州, 新疆自治区, 伊犁州; 兰州市 is official."""
    if region.name.endswith("自治州"):
        return (f"{region.short}州", f"{region.short}自治州")
    if region.name.endswith("自治区"):
        return (f"{region.short}自治区",)
    return (f"{region.short}省",) if region.level is Level.PROVINCE and region.name.endswith("省") else ()


# A sign and what may follow it; "" where a name ends.
_Node: TypeAlias = "dict[str, _Node]"


def _trie(names: Iterable[str]) -> str:
    """One pattern for many names that shares their beginnings, longest first: fast where an alternation is slow."""
    root: _Node = {}
    for name in names:
        node = root
        for sign in name:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _branch(root)


def _branch(node: _Node) -> str:
    ways = [re.escape(sign) + _branch(below) for sign, below in node.items() if sign]
    if not ways:
        return ""
    inner = ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
    return f"(?:{inner})?" if "" in node else inner


@lru_cache(maxsize=1)
def load_regions() -> Regions:
    """The shipped regions. Raises CatalogueError where the file has been damaged."""
    source = files("scrapers.indicators").joinpath("regions.toml")
    try:
        tables = cast("_File", tomllib.loads(source.read_text(encoding="utf-8")))
        return Regions(_regions(tables))
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as problem:
        raise CatalogueError("regions.toml", "", f"cannot be read: {problem}", "install the program again") from problem


class _Entry(TypedDict):
    name: str
    short: str
    abbreviation: str


class _File(TypedDict):
    nation: dict[str, _Entry]
    provinces: dict[str, _Entry]
    divisions: dict[str, list[str]]


def _regions(tables: _File) -> Iterator[Region]:
    for level, table, parent in ((Level.NATION, tables["nation"], None), (Level.PROVINCE, tables["provinces"], NATION)):
        for code, fields in table.items():
            yield Region(code, fields["name"], fields["short"], level, parent, fields["abbreviation"])
    for code, (name, short) in tables["divisions"].items():
        yield Region(code, name, short, Level.CITY, code[:2])
