"""Where a scope's figures belong: a region, and whether they speak for the whole of a body there.

全国法院               00      in whatever report it is quoted
浙江法院               33      in whatever report it is quoted
武汉法院               4201
全省法院               42      in a city's report too
全市法院               None    in a province's report: nobody says of which city
溆浦县检察院            None    the catalogue ends with prefectures
合肥、芜湖两市法院       None    several places
基层法院 中院           None    a tier of courts; in a city's own report 中院 is the body itself
海事法院 派出所 岳麓分局  None    beside or below the region's own body

None is a part of its province: its figures keep the words of the text, and no series may take them in (`Statements`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from scrapers.reading.cities import Gazetteer, prefecture
from scrapers.reading.model import Context, Scope
from scrapers.vocabulary import Level

PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
}  # fmt: skip
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
AUTONOMOUS = frozenset({"15", "45", "54", "64", "65"})
NATION = "00"
_PROVINCE, _PREFECTURE, _COUNTY = 2, 4, 6  # digits of a code
BY_NAME = {name: code for code, name in PROVINCES.items()}
_NAMED = re.compile("|".join(PROVINCES.values()))
_OTHERS = re.compile(rf"全国|基层法院|{_NAMED.pattern}")
_TIER = re.compile(r"(?:全|我|本|各)?(国|自治区|自治州|省|市|区|州|盟|县|旗)(?!域|间|外)")
_LOWER = re.compile(r"(?!自治区|[全各我本两三多])[\u4e00-\u9fff]{2,8}?[县区旗市]")
_SHORT = re.compile(r"(?![全各我本]|人民|地方|审判|检察|公安|司法|两级|三级)[\u4e00-\u9fff]{2}(?:公安|检察|法院)")
_SEVERAL = re.compile(r"、|[及和与](?!专门|广大)|[两二三四五六七八九十][市州县区地](?!级)")
_BESIDE = re.compile(
    r"基层|区县|县区|海事|铁路|森林|民航|军事|知识产权|金融|互联网|林区|矿区|派出所|分局|分院|法庭|检察室|大队|中队"
)
_TIER_OF_COURTS = re.compile("中院|中级")


def placed(scope: Scope, context: Context, gazetteer: Gazetteer) -> tuple[Scope, bool]:
    """The scope with the code of its region, and whether it is the whole of its body there.

    A part keeps the region that it is a part of.
    """
    region = region_of(scope.words, scope.region, gazetteer)
    if region is None:
        return scope, False
    if scope.words.startswith("本院") and lower_level(context):
        return scope, False
    if _SEVERAL.search(scope.words) or _BESIDE.search(scope.words):
        return scope, False
    if _TIER_OF_COURTS.search(scope.words) and len(region) == _PROVINCE:
        return scope, False
    return (scope if region == scope.region else replace(scope, region=region)), True


def says_another(subject: str, scope: Scope, gazetteer: Gazetteer) -> bool:
    """Whether a subject begins with a region, or a tier, that its scope is not of: 深圳法院受理案件 of 全省法院."""
    if scope.region is None:
        return False
    named = prefecture(subject, scope.region, gazetteer)
    if named is None and (found := _OTHERS.match(subject)):
        named = BY_NAME.get(found[0], NATION if found[0] == "全国" else "")
    return named is not None and named != scope.region


def region_of(words: str, home: str | None, gazetteer: Gazetteer | None = None) -> str | None:
    """The code of the region that a scope's words name to a speaker of the region `home`; None for a part of one."""
    named = prefecture(words, home, gazetteer)
    if named:
        return named
    if words.startswith("最高"):
        return NATION
    if province := _NAMED.match(words):
        return BY_NAME[province[0]]
    if tier := _TIER.match(words):
        return _of_tier(tier[1], home)
    if _LOWER.match(words) or _SHORT.match(words):
        return home if home and len(home) == _COUNTY else None
    return home or NATION


def _of_tier(tier: str, home: str | None) -> str | None:
    """What 全省, 市高院, 区检察院 mean to a speaker of `home`."""
    if tier == "国":
        return NATION
    if home is None or home == NATION or (len(home) == _COUNTY and tier in {"市", "区", "县", "旗"}):
        return home if home != NATION else None
    province = home[:_PROVINCE]
    if tier in {"省", "自治区"}:
        return province
    if tier == "区":
        return province if province in AUTONOMOUS else None
    if tier == "市" and province in MUNICIPALITIES:
        return province
    return home[:_PREFECTURE] if tier in {"市", "州", "自治州", "盟"} and len(home) >= _PREFECTURE else None


def lower_level(context: Context) -> Level | None:
    """The level of a report whose own code nobody knows, its context's region being wider: a city's, a county's."""
    region, level = context.region, context.level
    if not region or region == NATION:
        return None
    if level is Level.CITY and len(region) == _PROVINCE and region not in MUNICIPALITIES:
        return level
    return level if level is Level.COUNTY and len(region) < _COUNTY else None
