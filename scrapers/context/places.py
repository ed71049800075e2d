"""Whose place a text names: nation, province, prefecture, county, as GB/T 2260 codes as far as we have them.

最高人民检察院 全国检察机关   -> 00, nation          甘肃省高级人民法院        -> 62, province
兰州市中级人民法院            -> 6201, city          皋兰县人民法院            -> 620122, county
全市法院 (card 62)            -> 62, city                 义乌法院 (card 33)        -> 330782, county

A county is told by the name of a body behind it. One that the table does not know (a new or a functional district), or
that several of its kind bear where no city is named, has the code of what is around it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scrapers.vocabulary import Level

NATION = "00"
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_CITY_TAIL = r"(?:(?:[\u4e00-\u9fff]{1,8}族)*自治州|市|地区|盟|州|中院|中级|检察|公安|法院|政法|：|:)"
_NATION = re.compile(
    r"最高人民(?:法院|检察院)|最高法|最高检|公安部|司法部|中央政法委|全国(?:法院|检察|公安|司法|政法|人民代表大会)|全国人大"
)
_COUNTY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8}?(?:自治县|县|自治旗|旗|林区|特区)|[\u4e00-\u9fff]{2,4}?区)"
    r"(?=人民(?:法院|检察院|政府|代表大会)|法院|检察院|公安(?:分?局)?|司法局|人大|政法委|委政法委|第[\u4e00-\u9fff]{1,4}届)"
)
_BODY = re.compile(
    r"人民(?:法院|检察院|政府|代表大会)|法院|检察|公安(?:分?局)?|司法局|人大|(?:市|县|区|旗)?委?政法委|第[\u4e00-\u9fff]{1,4}届"
)
_LONGEST_COUNTY = 16
_NO_COUNTY = re.compile(r"自治区$|地区$|全区$|我区$|本区$|各区$|市区$|省区$|^(?:全|各|我|本|该|两)")
_WHOLE_CITY = re.compile(r"全市|我市|本市")
_WHOLE_COUNTY = re.compile(r"全县|我县|本县")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was named; `code` is None where only its level is known. `words` is how it was named."""

    code: str | None
    level: Level
    words: str


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    provinces: dict[str, str]
    province: re.Pattern[str]
    city_codes: dict[str, str]
    city: re.Pattern[str]
    counties: dict[str, tuple[str, ...]]
    short_counties: dict[str, tuple[str, ...]]


@cache
def gazetteer() -> _Gazetteer:
    """The table of places, read once."""
    table = tomllib.loads(files("scrapers.context").joinpath("places.toml").read_text(encoding="utf-8"))
    provinces: dict[str, str] = {}
    cities: dict[str, str] = {}
    for code, entry in table.items():
        provinces[entry["name"]] = provinces[entry["full"]] = code
        for city in entry.get("cities", "").split():
            cities[city[2:]] = code + city[:2]
    counties, short_counties = _counties()
    city = re.compile(f"({_names(cities)})(?={_CITY_TAIL})")
    return _Gazetteer(provinces, _any_of(provinces), cities, city, counties, short_counties)


def _counties() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The codes of the counties of each whole name, and of each name without 县, 区, 市 if two characters are left."""
    table = tomllib.loads(files("scrapers.context").joinpath("counties.toml").read_text(encoding="utf-8"))
    whole: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    for prefecture, counties in table.items():
        for county in counties.split():
            code, name = prefecture + county[:2], county[2:]
            whole[name] = (*whole.get(name, ()), code)
            if len(name) > 2:
                short[name[:-1]] = (*short.get(name[:-1], ()), code)
    return whole, short


def county_name(code: str) -> str | None:
    """The whole name of a county by its six digits (皋兰县); None for what the table does not have."""
    return next((name for name, codes in gazetteer().counties.items() if code in codes), None)


def place_in(text: str, home: str | None) -> Place | None:
    """The lowest place that `text` names as its subject, or None. `home` is the card's region, for what is left unsaid.

    A city counts inside its own province, or where the text names the province with it, or in a nation's source: many
    cities' names are words or other provinces' counties too.
    """
    known = gazetteer()
    province = _province(text, home)
    home_code = province or (home if home and home != NATION else None)
    named = _city(text, home_code, home)
    if (known_county := _known_county(text, named.code if named else home_code, home)) is not None:
        return known_county
    if (county := _county(text)) is not None:
        return Place(named.code if named else home_code, Level.COUNTY, county)
    if named is not None:
        return named
    if _NATION.search(text):
        return Place(NATION, Level.NATION, _NATION.search(text)[0])  # type: ignore[index]
    if province is not None:
        return Place(province, Level.PROVINCE, known.province.search(text)[0])  # type: ignore[index]
    if home_code and home_code[:2] not in _MUNICIPALITIES:
        if found := _WHOLE_CITY.search(text):
            return Place(home_code, Level.CITY, found[0])
        if found := _WHOLE_COUNTY.search(text):
            return Place(home_code, Level.COUNTY, found[0])
    return None


def level_of(code: str) -> Level:
    """The level that a region code has by its length; a municipality is a province."""
    if code == NATION:
        return Level.NATION
    return {2: Level.PROVINCE, 4: Level.CITY}.get(len(code), Level.COUNTY)


def _province(text: str, home: str | None) -> str | None:
    known = gazetteer()
    for match in known.province.finditer(text):
        code = known.provinces[match[0]]
        # 天津's 河北区, 青海's 河南蒙古族自治县, 乌海's 海南区.
        if home and any(
            name.startswith(match[0]) and text.startswith(name, match.start()) and codes[0].startswith(home[:2])
            for name, codes in known.counties.items()
        ):
            continue
        # 吉林市, 海南州 are other places than the provinces of that name.
        if match[0] in {"吉林", "海南"} and re.match(r"市|藏族自治州|州", text[match.end() :]):
            continue
        if match[0] == "重庆" and home not in {None, NATION, "50"} and "重庆" not in text[:12]:
            continue
        return code
    return None


def _city(text: str, province: str | None, home: str | None) -> Place | None:
    known = gazetteer()
    for match in known.city.finditer(text):
        code = known.city_codes[match[1]]
        if province is None or code.startswith(province[:2]) or home in {None, NATION}:
            return Place(code, Level.CITY, match[1])
    return None


def _known_county(text: str, around: str | None, home: str | None) -> Place | None:
    """The first county of the table that a body's name follows, if it is one inside `around` (any, for the nation)."""
    known = gazetteer()
    for match in _BODY.finditer(text):
        before = text[max(0, match.start() - _LONGEST_COUNTY) : match.start()]
        for names in (known.counties, known.short_counties):
            name = next((before[n:] for n in range(len(before) - 1) if before[n:] in names), None)
            if name is None or (names is known.short_counties and (name in known.city_codes or around is None)):
                continue
            inside = [code for code in names[name] if code.startswith(around or "")]
            if len(inside) == 1 and (around is not None or home in {None, NATION}):
                return Place(inside[0], Level.COUNTY, name)
    return None


def _county(text: str) -> str | None:
    for match in _COUNTY.finditer(text):
        name = match["name"]
        for whole in sorted((*gazetteer().provinces, *gazetteer().city_codes), key=len, reverse=True):
            name = name.removeprefix(whole)
        name = re.sub(r"^[省市州盟]", "", name)
        if len(name) >= 2 and not _NO_COUNTY.search(name):
            return name
    return None


def _names(names: dict[str, str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


def _any_of(names: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_names(names))
