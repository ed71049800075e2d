"""Whose figure it is: words that name a body or a reach at the head of a clause.

    全省法院        the whole system of courts        省高院 本院     the body itself
    检察机关        the system, reach as in force     全省            the reach, body as in the context
    杭州市公安局    a city's body                     江苏            a province by its name

A scope holds until the next one or the end of its paragraph; after 其中 or in a bracket only for its sentence. Then the
text's main scope is back: the first one a figure stood under.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.reading.model import Context, Scope
from scrapers.vocabulary import BodyKind

PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
}  # fmt: skip
_MUNICIPALITIES = {"11", "12", "31", "50"}
_AUTONOMOUS = {"15", "45", "54", "64", "65"}
_SYSTEMS = {
    BodyKind.COURT: "法院",
    BodyKind.PROCURATORATE: "检察机关",
    BodyKind.POLICE: "公安机关",
    BodyKind.JUSTICE: "司法行政机关",
    BodyKind.COMMITTEE: "政法系统",
}
_KINDS = (
    (re.compile("法院|高院|中院|审判机关"), BodyKind.COURT),
    (re.compile("检察|反贪|反渎"), BodyKind.PROCURATORATE),
    (re.compile("公安|警方|交警|禁毒|反诈"), BodyKind.POLICE),
    (re.compile("司法行政|司法厅|司法局|律师|法律援助|法律服务|12348|公证|调解组织|监狱|戒毒"), BodyKind.JUSTICE),
    (re.compile("政法"), BodyKind.COMMITTEE),
)
_OWN = re.compile(
    r"高院|高级人民法院|高级法院|本级|^(?:省|市|自治区|区)(?:法院|检察院|公安厅|公安局|司法厅|司法局)|中院|本院|最高(?:人民)?(?:法院|检察院)|最高法|最高检"
)
_PLACE = "|".join(PROVINCES.values())
_REACH = rf"全国|全省|全市|全区|全县|全州|全自治区|我省|我市|我区|我县|本省|本市|本区|各地|各级|省市两级|(?:{_PLACE})(?:省|市|自治区|回族自治区|壮族自治区|维吾尔自治区)?(?:全省|全市|全区)?"
_LOCAL = r"[\u4e00-\u9fff]{2,3}(?:市|县|区|州|旗)"
_BODY = (
    r"(?:(?:三级|各级|两级|基层|地方各级)?(?:人民)?(?:法院|检察院|检察机关|审判机关|公安机关|公安局|公安厅|公安|司法行政机关|司法行政系统|司法厅|司法局|政法机关|政法系统|政法单位"
    r"|反贪部门|信访部门|调解组织|法律援助机构|反诈骗?中心|法院系统|检察系统|公安系统|律师行业|纪委监委|组织部门|禁毒部门|交警部门|公安交管部门|公共法律服务中心))"
)
_OWN_BODY = (
    r"(?:最高(?:人民)?(?:法院|检察院)|最高法|最高检|(?:省|市|自治区|区|县)?(?:高院|中院|本级|高级人民法院|高级法院)|(?:省|市|自治区|区|县)(?:人民)?(?:法院|检察院|公安厅|公安局|司法厅|司法局)(?:机关|本级)?"
    r"|本院|中级法院|中级人民法院|基层法院|高级法院|省级(?:政法各条线)|[\u4e00-\u9fff]{2,4}(?:海事|铁路运输|知识产权|金融|互联网|林区|矿区)法院)"
)
AT_HEAD = re.compile(
    rf"(?P<own>(?:{_PLACE})?{_OWN_BODY})(?:及[^,。;\d]{{0,16}}\x02?法院)?|(?P<reach>{_REACH})(?:共|各)?(?P<body>{_BODY})?(?:和广大政法干警)?|(?P<local>{_LOCAL})?(?P<lbody>{_BODY})|(?P<place>{_LOCAL})(?=共|全|接|破|立|抓|查|打)"
)
_SPOKEN = re.compile(r"^(?:.{0,12})?(?:通报|发布|公布|宣布|召开|听取|获悉|了解到|提出|发布会|新闻)")


@dataclass(frozen=True, slots=True)
class ScopeMention:
    """A scope at the head of some words, and where the rest of the words begins."""

    scope: Scope
    end: int
    rule: str


def default_scope(context: Context, text: str) -> Scope:
    """The scope of a figure that nobody is named for: the whole system of the context's body in its region."""
    reach = _reach(context.region)
    if len(context.region or "") == 2 and context.region not in _MUNICIPALITIES and _tells_of_city(text):
        reach = "全市"
    body = context.body if context.body in _SYSTEMS else None
    words = reach + (_SYSTEMS[body] if body else "")
    return Scope(body, own=False, region=context.region, words=words)


def _tells_of_city(text: str) -> bool:
    return "全省" not in text and bool(re.search(r"全市|[\u4e00-\u9fff]{2,3}市(?:公安|检察|法院|人民|司法|共)", text))


def _reach(region: str | None) -> str:
    if not region:
        return ""
    if region == "00":
        return "全国"
    if len(region) == 4:
        return "全市"
    if len(region) == 6:
        return "全县"
    if region in _MUNICIPALITIES:
        return "全市"
    return "全区" if region in _AUTONOMOUS else "全省"


def scope_at(words: str, main: Scope) -> ScopeMention | None:
    """The scope that `words` begin with; None where they begin with something else."""
    found = AT_HEAD.match(words)
    if not found:
        return None
    rest = words[found.end() :]
    if _SPOKEN.match(rest) or rest.startswith(("党组", "领导", "干警", "督办", "挂牌", "批示", "长")):
        return None
    printed = found[0]
    body = _body(printed)
    if found["own"]:
        return ScopeMention(
            Scope(body or main.body, bool(_OWN.search(printed)), main.region, printed), found.end(), "scope.own"
        )
    if found["reach"] and not found["body"]:
        if rest.startswith(("平均", "均值", "第", "性", "领先", "首", "先进", "前列")):
            return None
        reach = _same_reach(printed, main)
        return ScopeMention(
            Scope(
                main.body,
                own=False,
                region=main.region,
                words=reach + _SYSTEMS.get(main.body, "") if main.body else reach,
            ),
            found.end(),
            "scope.reach",
        )
    if found["place"]:
        return ScopeMention(
            Scope(
                main.body,
                own=False,
                region=main.region,
                words=printed + _SYSTEMS.get(main.body, "") if main.body else printed,
            ),
            found.end(),
            "scope.place",
        )
    if found["lbody"] and re.match(r"均|已|对|督办|移送", rest):
        return None
    return ScopeMention(Scope(body, bool(_OWN.search(printed)), main.region, printed), found.end(), "scope.body")


def _same_reach(printed: str, main: Scope) -> str:
    """全省 stays; a province's own name means its whole reach."""
    if printed.startswith("全"):
        return printed
    for reach in ("全省", "全市", "全区", "全国"):
        if main.words.startswith(reach):
            return reach
    return printed


def _body(printed: str) -> BodyKind | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(printed)), None)
