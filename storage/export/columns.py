"""What is exported: each column with its meaning in both languages, its unit and its codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["observations", "changes", "series"]


@dataclass(frozen=True, slots=True)
class Column:
    """One exported column. `codes` names a closed set of `storage.export.codes`, `unit` the column that says it."""

    name: str
    type: Literal["text", "number", "integer", "date", "flag"]
    meaning: str
    chinese: str
    codes: str = ""
    unit: str = ""


_KEY = (
    Column(
        "indicator",
        "text",
        "id of the indicator in the catalogue; empty where the figure has none",
        "指标目录中的编号;数字不属任何指标时为空",
    ),
    Column("indicator_label", "text", "its Chinese name", "指标名称"),
    Column(
        "region",
        "text",
        "GB/T 2260 code of the region that the figure speaks of; 00 is the nation",
        "数字所指地区的 GB/T 2260 代码;00 为全国",
    ),
    Column("region_name", "text", "its short Chinese name", "地区简称"),
    Column(
        "body",
        "text",
        "kind of body that the figure speaks of, not the one that printed it",
        "数字所指的机关类别(不是刊登者)",
        "body",
    ),
    Column(
        "own",
        "flag",
        "whether it is the body's own figure or that of the whole system under it; the two never mix in a series",
        "本级还是全系统;两者不同列一个序列",
        "own",
    ),
    Column("level", "text", "level of government", "行政层级", "level"),
    Column(
        "period",
        "text",
        "reference period: 2024, 2018-2022, or months 2024-01/2024-06; both ends included",
        "所指时期:2024、2018-2022,或月份 2024-01/2024-06;含首尾",
    ),
    Column(
        "period_kind", "text", "kind of period; only values of one kind compare", "时期种类;同类方可比较", "period_kind"
    ),
)
_SUBJECT = (
    Column("subject", "text", "the text's own words for what is counted", "原文对所计事项的用语"),
    Column("scope", "text", "the text's own words for whose figure it is", "原文对数字归属的用语"),
)
_SOURCE = (
    Column("quotation", "text", "the sentence of the publication, unchanged", "原句,一字未改"),
    Column("title", "text", "title of the publication", "出版物标题"),
    Column(
        "published",
        "date",
        "day of publication, ISO 8601; empty where no page says it",
        "发布日期(ISO 8601);页面未载则为空",
    ),
    Column("url", "text", "address of the publication", "出版物地址"),
    Column("snapshot", "text", "SHA-256 of the bytes it was read from (first page)", "所读字节的 SHA-256(首页)"),
)
_VALUE = (
    Column(
        "value",
        "number",
        "in base units (81.27万件 is 812700), exact to the last digit",
        "以基本单位计(81.27万件 即 812700),逐位准确",
        unit="unit",
    ),
    Column(
        "precision",
        "number",
        "half the step of the last printed digit: the value is known to ± this; empty or 0: exact",
        "末位印出数字一步的一半:数值准确到 ± 此数;空或 0 为准确",
        unit="unit",
    ),
    Column("unit", "text", "counting word or %, as printed, without 万 and 亿", "原文量词或 %,不含万、亿"),
    Column("qualifier", "text", "what the text says of the value's exactness", "原文对数值精确程度的说法", "qualifier"),
)
_CHANGE = (
    Column("direction", "text", "which way", "方向", "direction"),
    Column(
        "change",
        "number",
        "how much, positive; what it is counted in, `form` says; empty where flat",
        "幅度,正数;以何计见 form;持平时为空",
        unit="form",
    ),
    Column(
        "change_precision", "number", "half the step of its last printed digit", "其末位印出数字一步的一半", unit="form"
    ),
    Column(
        "change_qualifier",
        "text",
        "what the text says of the change's exactness (近三成: under)",
        "原文对变动精确程度的说法(近三成: under)",
        "qualifier",
    ),
    Column("form", "text", "how the change is stated", "变动的表述方式", "form"),
    Column("basis", "text", "what it is stated against", "比较的基准", "basis"),
    Column("base_period", "text", "the named period, empty otherwise", "点名的基期,否则为空"),
    Column("change_unit", "text", "unit of an absolute change, empty otherwise", "绝对数变动的单位,否则为空"),
)

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "observations": (
        *_KEY,
        *_SUBJECT,
        *_VALUE,
        Column("status", "text", "how sure the reader is", "读者程序的把握", "Status"),
        Column(
            "standing",
            "text",
            "whether it is the value of its series, or the rule by which another was taken",
            "是否为该序列之值;否则为何取他值",
            "Standing",
        ),
        Column("held", "text", "why it waits for a person, empty where it does not", "因何待人复核;不待则为空", "Held"),
        Column("remarks", "text", "ranks and records said of it, separated by ；", "原文所附名次、纪录之语,以；分隔"),
        *_SOURCE,
        Column("reader_version", "text", "version of the reader that understood it so", "作此读法的读者程序版本"),
    ),
    "changes": (
        *_KEY,
        *_SUBJECT,
        *_CHANGE,
        *_VALUE,
        Column(
            "standing",
            "text",
            "whether it is the change of its series, or the rule by which another was taken",
            "是否为该序列之变动;否则为何取他值",
            "Standing",
        ),
        *_SOURCE,
    ),
    "series": (
        *_KEY,
        Column("measure", "text", "what is counted", "所计何物", "measure"),
        *_VALUE,
        Column(
            "segment",
            "integer",
            "counts up at definition breaks; values of different segments do not compare",
            "统计口径每变一次加一;不同段不可比",
        ),
        Column("break_before", "flag", "the definition changed before this period", "本期之前口径有变"),
        Column(
            "witnesses",
            "integer",
            "publications that state a value which agrees within printed precision",
            "在印出精度内相符的出版物数",
        ),
        Column(
            "excluded",
            "flag",
            "left out of baselines: a person called it an incident or a false reading",
            "经人标为偶发或误读,不作基准",
        ),
        *_SOURCE,
    ),
}
KINDS: tuple[Kind, ...] = tuple(COLUMNS)
