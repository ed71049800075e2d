"""Whose figure it is: words that name a body or a reach at the head of a clause.

    全省法院        the whole system of courts        省高院 本院     the body itself
    检察机关        the system, reach as in force     全省            the reach, body as in the context
    杭州市公安局    a city's body                     江苏            a province by its name

A scope holds until the next one or the end of its paragraph; after 其中 or in a bracket only for its sentence. Then the
text's main scope is back: the first one a figure stood under.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from scrapers.reading.cities import Gazetteer, at_head, names_place
from scrapers.reading.model import Context, Scope
from scrapers.reading.whereabouts import AUTONOMOUS, MUNICIPALITIES, PROVINCES, lower_level, region_of
from scrapers.vocabulary import BodyKind, Level

_SYSTEMS = {
    BodyKind.COURT: "法院",
    BodyKind.PROCURATORATE: "检察机关",
    BodyKind.POLICE: "公安机关",
    BodyKind.JUSTICE: "司法行政机关",
    BodyKind.COMMITTEE: "政法系统",
}
_WIDE = ("全国", "全省", "全区", "全自治区")
# Bodies for one kind of work, among many in a justice department's report.
_NARROW = (
    "调解组织",
    "法律援助机构",
    "法律援助中心",
    "公证机构",
    "仲裁机构",
    "复议机构",
    "复议机关",
    "社区矫正机构",
    "司法所",
)
_SINGLE = frozenset(_SYSTEMS) - {BodyKind.COMMITTEE}
_KINDS = (
    (re.compile("法院|高院|中院|审判机关"), BodyKind.COURT),
    (re.compile("检察|反贪|反渎"), BodyKind.PROCURATORATE),
    (re.compile("公安|警方|交警|交管|禁毒|反诈"), BodyKind.POLICE),
    (re.compile("司法行政|司法[厅局所]|律师|法律援助|法律服务|12348|公证|调解|监狱|戒毒|仲裁|复议"), BodyKind.JUSTICE),
    (re.compile("政法"), BodyKind.COMMITTEE),
)


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_PLACE = _any(" ".join(PROVINCES.values()))
_REACH = (
    _any("全国 全省 全市 全区 全县 全州 全自治区 我省 我市 我区 我县 本省 本市 本区 各地 各级 省市两级 三级")
    + rf"|(?:{_PLACE})(?:省|市|(?:回族|壮族|维吾尔)?自治区)?(?:全[省市区])?"
)
# What a place does in a clause that says nothing of its body: 郑州市不起诉3011人, 洛阳立案0.6万起.
DOES = (
    "共|全|接|破|立|抓|查|打|不?起诉|不捕|不批捕|批捕|批准|逮捕|提起|审结|审执结|受理|新收|收案|结案|执结|办理|办结|判处|化解|排查"
    "|调处|发生|移送|监督"
)
_NO_PLACE = _any(
    "社区 小区 园区 城区 辖区 地区 山区 校区 景区 牧区 库区 矿区 林区 湾区 片区 街区 示范区 开发区 高新区 保税区 自贸区"
)
_LOCAL = r"[\u4e00-\u9fff]{2,3}(?:市|县|区|州|旗)"
_SYSTEM = (
    r"(?:三级|各级|两级|基层|地方各级|各地|各类(?=(?:人民)?调解组织|[^,。;\d]{2,6}机构))?(?:人民)?(?:"
    + _any("""
法院 检察院 检察机关 审判机关 公安机关 公安局 公安厅 公安 司法行政机关 司法行政系统 司法行政部门 司法厅 司法局 政法机关
政法系统 政法单位 政法部门 反贪部门 反渎职部门 信访部门 调解组织 人民调解组织 法律援助机构 法律援助中心 公证机构
仲裁机构
反诈骗中心 反诈中心 法院系统 检察系统 公安系统 监狱系统 律师行业
纪委监委 纪检监察机关 组织部门 禁毒部门 交警部门 交管部门
公安交管部门 公共法律服务中心 司法所 监狱 戒毒机关 监狱戒毒机关 行政复议机构 行政复议机关 复议机构 复议机关 社区矫正机构
""")
    + ")"
)
_TIER = r"(?:省|市|自治区|区|县|州)"
# An office below a named body; 两级法院设立车载法庭 tells of offices that are set up.
_NO_NAME = "(?!设|建|成|新|有|推|在|各)"
_BELOW = rf"(?:{_NO_NAME}[\u4e00-\u9fff]{{2,4}}?分局)?(?:{_NO_NAME}[\u4e00-\u9fff]{{2,5}}?派出所)?"
_OWN_BODY = (
    r"最高(?:人民)?(?:法院|检察院)|最高法|最高检"
    rf"|{_TIER}?(?:高级人民法院|高级法院|中级人民法院|中级法院|高院|中院)(?:本级|机关)?"
    rf"|{_TIER}(?:人民)?(?:法院|检察院|检察机关|公安机关|公安厅|公安局|司法厅|司法局)(?:本级|机关)?|{_TIER}?本级|{_TIER}?两院|本院|基层法院"
    r"|省级政法各条线|[\u4e00-\u9fff]{2,4}?市?中(?:院|级人民法院|级法院)|[\u4e00-\u9fff]{2,4}(?:海事|铁路运输|知识产权|金融|互联网|林区|矿区)法院"
)
# The body itself rather than the system under it; a county's or a tier's name alone does not make it so.
_OWN = re.compile(
    r"高院|高级人民法院|高级法院|中级人民法院|中级法院|本级|^(?:省|市|自治区|区)(?:人民)?(?:法院|检察院|公安厅|公安局|司法厅|司法局)|中院|本院|最高"
)
_AT_HEAD = re.compile(
    rf"(?:各(?![级地类]))?(?:(?P<own>(?:{_PLACE})?(?:{_OWN_BODY}))(?:(?:机关)?[及和与、][^,。;\d]{{0,20}}?\d*个?[^,。;\d]{{0,6}}法院)?"
    rf"|(?P<reach>{_REACH})(?:共|各(?:市县区|地市(?![场级])|市州|市县(?!区)|地区)|各(?![级地类种项]))?(?P<system>{_SYSTEM})?(?:和广大政法干警)?"
    rf"|(?P<places>[\u4e00-\u9fff]{{2,3}}(?:、[\u4e00-\u9fff]{{2,3}})+?(?:[两二三四五六七八九十][市地州县省区])?)(?P<bodies>{_SYSTEM})"
    rf"|(?P<local>{_LOCAL})?(?P<body>{_SYSTEM})(?:和专门人民法院|{_BELOW})?|(?P<place>(?!{_NO_PLACE}){_LOCAL})(?={DOES})"
    r"|(?P<short>(?!同期|各级|全[国省市县]|人民|基层|刑事|民事|行政|诉讼|公益|事业|[中高]级|[两三]级|最高|通过|由于|移送|监督|建议)[\u4e00-\u9fff]{2})(?:公安|检察|法院)(?=新|收|结|接|破|立|抓|查|受|审|共|办|执|批|起|提|$))"
)
# What follows a prefecture whose figure it is: its bodies, a deed, a noun; no organ, office or inhabitant of it.
_OF_PREFECTURE = re.compile(
    rf"(?:全[市州])?(?P<body>{_SYSTEM})?(?:一(?:市|地|州))?(?:就|共)?(?!委|政府|政法|政协|人大|人民|民(?!事|商)|级|区|县|长|局|场|域|中院|中级|纪|监委|[、和及与]|等|以|为|的|在|分别|,|;|$)"
)
_PROVINCE_NAME = re.compile(_PLACE)
# Another province's name speaks of a figure with its own 全省 or before a deed; 北京冬奥会 and 江苏银行 say nothing.
_OF_PROVINCE = re.compile(rf"[省市]?(?:同期|去年|今年|上半年|\d{{4}}年)?,?(?:就|共)?(?:{DOES})")
_OF_SHORT = re.compile(
    rf"(?:全[市州]|(?=两级|三级|各级))(?P<body>{_SYSTEM})(?:共|就)?(?=[\u4e00-\u9fff]|$)|(?:一(?:市|地)(?:就|共)?|就|共)(?=[\u4e00-\u9fff])"
)
_WHOLE_SYSTEM = re.compile(r"全(?:国|省|市|区|自治区)(?:各级|三级)?(?:法院|检察|公安|司法行政|政法)")
_SPEAKS = re.compile(r"^.{0,12}(?:通报|发布|公布|宣布|召开|听取|获悉|了解到|发布会|新闻)")
_NOT_ITSELF = re.compile(
    r"第三方|先进|优秀|文明|十佳|英雄|模范|劳模|标兵|工作人员|人员|党组|领导|干警|督办|挂牌|批示|长(?!期)|大楼|工作报告|会议"
)
_NOT_REACH = re.compile(
    r"平均|均值|第|性|领先|首|先进|前列|最[高低]|各类(?![\u4e00-\u9fff]{0,12}?(?:案件|犯罪|警情|纠纷|事故))|率先|范围|推广|同行|系统前"
    # 全国扫黑办交办线索, 全国人大代表建议: the name of an institution or a title, nobody's reach.
    r"|扫黑|打黑|人大|人民代表|政协|公安部|司法部|联席|代表|文明|优秀|模范|劳模|劳动模范|五一|三八|青年|十佳|示范|试点|重点|典型|统一|通办|联网"
    r"|交办|挂牌|督办|[\u4e00-\u9fff]{0,6}(?:平台|系统|机制)(?!内|共|各)|[\u4e00-\u9fff]{1,6}(?:办|委|部)(?=交办|转办|督办|挂牌|下发|部署|通报)"
)
_ACTED_ON = re.compile(r"均|已|对|督办|移送")


@dataclass(frozen=True, slots=True)
class ScopeMention:
    """A scope at the head of some words, and where the rest of the words begins; `place` where only that is named.

    `local` is one place of a wider report; `quoted` another region or the nation, whose figure is only held against.
    """

    scope: Scope
    end: int
    rule: str
    local: bool = False
    place: str = ""
    quoted: bool = False


def default_scope(context: Context, text: str) -> Scope:
    """The scope of a figure that nobody is named for: the whole system of the context's body in its region."""
    reach = {Level.CITY: "全市", Level.COUNTY: "全县"}.get(lower_level(context) or Level.NATION) or _reach(
        context.region
    )
    if context.region and len(context.region) == 2 and context.region not in MUNICIPALITIES and _of_city(text):
        reach = "全市"
    body = context.body if context.body in _SYSTEMS else _only_system(text) if context.body is None else None
    return Scope(body, own=False, region=context.region, words=reach + (_SYSTEMS[body] if body else ""))


def _only_system(text: str) -> BodyKind | None:
    """The body whose system a text without a context speaks of (全省检察机关), None where it speaks of several."""
    told = {_body(found) for found in _WHOLE_SYSTEM.findall(text)}
    return told.pop() if len(told) == 1 else None


def _of_city(text: str) -> bool:
    return "全省" not in text and bool(
        re.search(r"全市|[\u4e00-\u9fff]{2}市(?:公安|检察|法院|人民|司法|共|[^,。]{0,8}警情)", text)
    )


def _reach(region: str | None) -> str:
    if not region:
        return ""
    if region == "00":
        return "全国"
    if len(region) == 4 or region in MUNICIPALITIES:
        return "全市"
    if len(region) == 6:
        return "全县"
    return "全区" if region in AUTONOMOUS else "全省"


def may_begin(words: str, gazetteer: Gazetteer | None = None) -> bool:
    """Whether `words` begin with a scope in any report: where they do not, `scope_at` finds none."""
    return bool(_AT_HEAD.match(words)) or names_place(words, gazetteer)


def scope_at(words: str, main: Scope, gazetteer: Gazetteer | None = None) -> ScopeMention | None:
    """The scope that `words` begin with; None where they begin with something else."""
    found = _AT_HEAD.match(words)
    if not found:
        return _prefecture(words, main, gazetteer)
    printed, rest = found[0], words[found.end() :]
    if _SPEAKS.match(rest) or _NOT_ITSELF.match(rest) or _foreign(found, main):
        return None
    if found["own"]:
        return _mention(found, _body(printed) or main.body, printed, main, "scope.own")
    if found["reach"] and not found["system"]:
        if _NOT_REACH.match(rest) or (_is_other_province(printed, main) and not _speaks_for(printed, rest)):
            return None
        return _mention(found, main.body, _same_reach(found["reach"], main) + _system(main), main, "scope.reach")
    if found["place"]:
        return replace(_mention(found, main.body, printed + _system(main), main, "scope.place"), place=printed)
    if found["body"] and _ACTED_ON.match(rest):
        return None
    return _mention(found, _body(printed), printed, main, "scope.body")


def _prefecture(words: str, main: Scope, gazetteer: Gazetteer | None) -> ScopeMention | None:
    """One prefecture of the report's province: 西双版纳州公安机关, 临沧市缴毒, 贵阳一市就有律师."""
    named = at_head(words, main.region, gazetteer)
    if named is None or len(named.names) > 1:
        return None
    found = _OF_PREFECTURE.match(named.rest) if named.full else _OF_SHORT.match(named.rest)
    if found is None:
        return None
    place, end = named.names[0], len(words) - len(named.rest) + found.end()
    local = main.words.startswith(_WIDE)
    if body := found["body"]:
        scope = Scope(_body(body), own=False, region=main.region, words=place + body)
        return ScopeMention(scope, end, "scope.body", local)
    return ScopeMention(of_place(place, main), end, "scope.place", local, place)


def _mention(found: re.Match[str], body: BodyKind | None, words: str, main: Scope, rule: str) -> ScopeMention:
    local = bool(found["local"] or found["short"] or found["place"] or found["places"]) and main.words.startswith(_WIDE)
    local = local or (words.endswith(_NARROW) and main.body is BodyKind.JUSTICE)
    region = region_of(words, main.region) or main.region
    quoted = bool(main.region) and region != main.region
    return ScopeMention(Scope(body, bool(_OWN.search(words)), region, words), found.end(), rule, local, quoted=quoted)


def of_place(place: str, whole: Scope) -> Scope:
    """The part of a scope's body that is in one place: 郑州市公安机关 of 全省公安机关."""
    return Scope(whole.body, own=False, region=whole.region, words=place + _system(whole))


def _system(main: Scope) -> str:
    return _SYSTEMS.get(main.body, "") if main.body else ""


def _foreign(found: re.Match[str], main: Scope) -> bool:
    """A body of another kind, or the nation's, that only acts in the report of this one: 法院采纳, 最高检设置."""
    if found["own"] and found[0].startswith("最高"):
        return main.region != "00"
    return bool(found["body"] and not found["local"]) and main.body in _SINGLE and _body(found[0]) is not main.body


def _same_reach(printed: str, main: Scope) -> str:
    """全省 stays; the name of the report's own province means its whole reach."""
    if printed.startswith("全") or _is_other_province(printed, main):
        return printed
    return next((reach for reach in ("全省", "全市", "全区", "全国") if main.words.startswith(reach)), printed)


def _is_other_province(printed: str, main: Scope) -> bool:
    """浙江 in another province's report."""
    named = _PROVINCE_NAME.match(printed)
    return bool(named and main.region) and PROVINCES.get((main.region or "")[:2]) != (named[0] if named else "")


def _speaks_for(province: str, rest: str) -> bool:
    """Whether another province's name is whose figure follows: 四川全省, 广东抓获."""
    return bool(re.search("全[省区市]$", province) or _OF_PROVINCE.match(rest))


def _body(printed: str) -> BodyKind | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(printed)), None)
