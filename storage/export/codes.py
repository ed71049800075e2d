"""The closed sets of exported codes, each with its meaning in both languages.

The sets of `storage.vocabulary` are complete by test; those that flows hand in (bodies, measures, forms of change …)
are held against `scrapers` by a test, for storage imports no sibling.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One code and what it means."""

    value: str
    chinese: str
    english: str


CODES: dict[str, tuple[Code, ...]] = {
    "body": (
        Code("committee", "政法委", "party political-legal committee"),
        Code("court", "法院", "court"),
        Code("procuratorate", "检察院", "procuratorate"),
        Code("police", "公安", "police"),
        Code("justice", "司法行政", "justice department"),
        Code("congress", "人大", "people's congress"),
        Code("press", "媒体", "press"),
    ),
    "level": (
        Code("nation", "全国", "the nation"),
        Code("province", "省级", "province, autonomous region, municipality"),
        Code("city", "市级", "prefecture-level city"),
        Code("county", "县级", "county or district"),
    ),
    "own": (
        Code("true", "该机关本级自己的数字(如省高级人民法院)", "the body's own figure (the high court itself)"),
        Code("false", "该机关及其下属全系统的数字(如全省法院)", "the whole system under it (all courts there)"),
    ),
    "period_kind": (
        Code("year", "一个自然年", "one calendar year"),
        Code("yearsN", "N 个自然年合计,如 years5", "N calendar years together, as years5"),
        Code("quarter", "一个自然季度", "one calendar quarter"),
        Code("month", "一个月", "one month"),
        Code("to_dateN", "年初至第 N 月累计,如 to_date6", "January to month N, cumulative, as to_date6"),
        Code("monthsN", "其他连续 N 个月", "any other N months in a row"),
    ),
    "qualifier": (
        Code("exact", "准确", "exact"),
        Code("about", "约", "about"),
        Code("over", "超过、余", "more than"),
        Code("under", "不足、低于", "less than"),
        Code("at_least", "以上(含本数)", "at least"),
    ),
    "direction": (
        Code("up", "上升", "rose"),
        Code("down", "下降", "fell"),
        Code("flat", "持平", "unchanged"),
    ),
    "form": (
        Code("percent", "百分比", "per cent of the base"),
        Code("percentage_points", "百分点", "percentage points"),
        Code("absolute", "绝对数,单位见 change_unit", "an amount, in change_unit"),
        Code("times_increase", "增长若干倍(增长 1 倍即翻一番)", "grown by so many times (1 is a doubling)"),
        Code("ratio_to_base", "是基期的若干倍(2 倍即翻一番)", "so many times the base (2 is a doubling)"),
        Code("flat", "持平,无数值", "unchanged, without a number"),
    ),
    "basis": (
        Code("yoy", "同比", "year on year, as the text says it"),
        Code("chain", "环比", "against the period just before"),
        Code("named_period", "与点名的时期相比,见 base_period", "against a period that is named, see base_period"),
        Code("previous_five_years", "与前五年相比", "against the five years before"),
    ),
    "measure": (
        Code("cases", "件、起、宗", "cases"),
        Code("persons", "人、名", "persons"),
        Code("person_times", "人次", "persons, counted each time"),
        Code("times", "次、场、批", "times, events, batches"),
        Code("calls", "通、条", "calls, messages"),
        Code("items", "个、家、处、份、辆等", "things: places, papers, vehicles …"),
        Code("yuan", "元", "yuan"),
        Code("percent", "%", "per cent"),
        Code("per_mille", "‰", "per mille"),
        Code("per_10k", "每万人", "per ten thousand inhabitants"),
        Code("per_100k", "每十万人", "per hundred thousand inhabitants"),
        Code("days", "天", "days"),
        Code("hours", "小时、分钟", "hours, minutes"),
        Code("score", "分", "points of a score"),
        Code("kilograms", "公斤", "kilograms"),
        Code("square_metres", "平方米", "square metres"),
        Code("mu", "亩", "mu (1/15 hectare)"),
    ),
    "Status": (
        Code("stated", "原文明文所载", "the text says it outright"),
        Code("derived", "由原文其他数字推算", "computed from other figures of the text"),
        Code("doubtful", "读法存疑,待人复核", "the reader doubts it; a person must look"),
    ),
    "Standing": (
        Code("taken", "采用:即该序列该时期的值", "the value of its series for that period"),
        Code("none", "不入序列:无指标、无时期或无数值", "in no series: it has no indicator, no period, or no value"),
        Code("superseded", "同一文档已有新版(不导出)", "a later edition of its document was read (never exported)"),
        Code("not_issuer", "发布机关自己另有数字", "the issuing body itself states it elsewhere"),
        Code("lesser_kind", "另有更完整的出版物", "a fuller kind of publication states it"),
        Code("earlier", "同类出版物后来又有陈述", "the same kind of publication states it again, later"),
        Code("derived", "系推算,他处有明文", "computed, and stated outright elsewhere"),
        Code("rounded", "他处有更精确的数字", "stated more exactly elsewhere"),
        Code("repeated", "同文前面已述", "the same text states it before"),
        Code("held", "待人复核,尚不采用", "waits for a person, not used until then"),
        Code("rejected", "经人否决", "rejected by a person"),
    ),
    "Held": (
        Code("doubtful", "读法存疑", "the reader itself doubts it"),
        Code("magnitude", "数量级可疑,且无所称变动佐证", "its magnitude jumps and no stated change supports that"),
    ),
}  # fmt: skip
