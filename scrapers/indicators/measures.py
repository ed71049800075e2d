"""From a printed unit to what it measures, so that a series is indicator x measure.

    件 起 宗 -> cases    人 名 -> persons    人次 -> person_times    元 -> yuan    % -> percent    天 -> days ...

Two units of one measure are the same series; 起诉120件180人 is one indicator with two measures. A unit that is not
here is none of the catalogue's: its figures keep their own words.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a figure counts or weighs."""

    CASES = "cases"
    PERSONS = "persons"
    PERSON_TIMES = "person_times"
    TIMES = "times"
    CALLS = "calls"
    ITEMS = "items"
    YUAN = "yuan"
    PERCENT = "percent"
    PER_MILLE = "per_mille"
    PER_10K = "per_10k"
    PER_100K = "per_100k"
    DAYS = "days"
    HOURS = "hours"
    SCORE = "score"
    KILOGRAMS = "kilograms"
    SQUARE_METRES = "square_metres"
    MU = "mu"


_UNITS: dict[Measure, str] = {
    Measure.CASES: "件 起 宗 例 案 桩 件案件",
    Measure.PERSONS: "人 名 位 余人",
    Measure.PERSON_TIMES: "人次 件次 人(次) 人（次）",
    Measure.TIMES: "次 场 场次 期 辆次 家次 批次 批 轮",
    Measure.CALLS: "通 个次 条",
    Measure.ITEMS: "个 家 处 项 份 篇 支 把 枚 发 辆 台 部 所 户 对 张 套",
    Measure.YUAN: "元",
    Measure.PERCENT: "% ％ 个百分点 百分点",
    Measure.PER_MILLE: "‰ 个千分点",
    Measure.PER_10K: "人/万人 件/万人 名/万人 起/万人 人/每万人 名/每万人 人/万车",
    Measure.PER_100K: "起/每十万人 起/十万人 人/每十万人 人/十万人 件/十万人 人/10万人 起/10万人",
    Measure.DAYS: "天 日",
    Measure.HOURS: "小时 分钟",
    Measure.SCORE: "分 点",
    Measure.KILOGRAMS: "公斤 千克 吨 克",
    Measure.SQUARE_METRES: "平方米",
    Measure.MU: "亩",
}
_BY_UNIT = {unit: measure for measure, units in _UNITS.items() for unit in units.split()}

# Units of one measure that differ in size: 1.3吨 and 980公斤 belong to one series once both are kilograms.
_SIZES = {"吨": Decimal(1000), "克": Decimal("0.001")}
_BASE_UNITS = {"吨": "公斤", "克": "公斤", "千克": "公斤"}

# What a subject's last word counts where no unit is printed: 起诉人数, 立案起数. 率 tells nothing: some are per mille.
_BY_ENDING = {"人数": Measure.PERSONS, "件数": Measure.CASES, "起数": Measure.CASES}


def measure_of(unit: str) -> Measure | None:
    """The measure that a printed unit belongs to, None for a unit that is not known."""
    return _BY_UNIT.get(unit)


def size_of(unit: str) -> Decimal:
    """How many of its measure's own unit one `unit` is: 1000 for 吨, 1 for nearly all."""
    return _SIZES.get(unit, Decimal(1))


def base_unit(unit: str) -> str:
    """The unit that values of its measure are kept in: 公斤 for 吨, itself for nearly all."""
    return _BASE_UNITS.get(unit, unit)


def measure_of_subject(subject: str) -> Measure | None:
    """The measure that a subject's own last word tells (人数, 起数), None where it tells none."""
    return next((measure for ending, measure in _BY_ENDING.items() if subject.endswith(ending)), None)
