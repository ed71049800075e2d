from __future__ import annotations

import pytest

from scrapers.reading.normalise import normalise
from scrapers.reading.units import KINDS, Kind, unit_at


@pytest.mark.parametrize(
    ("text", "unit", "length", "kind"),
    [
        ("件,", "件", 1, Kind.COUNT),
        ("件次,", "件次", 2, Kind.COUNT),
        ("人次", "人次", 2, Kind.COUNT),
        ("人(次)", "人次", 4, Kind.COUNT),
        ("人（次）", "人次", 4, Kind.COUNT),
        ("个百分点", "个百分点", 4, Kind.POINTS),
        ("百分点", "百分点", 3, Kind.POINTS),
        ("个月", "个月", 2, Kind.TIME),
        ("个", "个", 1, Kind.COUNT),
        ("％", "%", 1, Kind.PERCENT),
        ("‰", "‰", 1, Kind.PERMILLE),
        ("倍", "倍", 1, Kind.MULTIPLE),
        ("元,", "元", 1, Kind.MONEY),
        ("美元", "美元", 2, Kind.MONEY),
        ("起/每十万人", "起/每十万人", 6, Kind.COUNT),
        ("件/万人", "件/万人", 4, Kind.COUNT),
        ("元/人", "元/人", 3, Kind.MONEY),
        ("起/批", "起", 1, Kind.COUNT),
        ("平方公里", "平方公里", 4, Kind.MEASURE),
        ("㎡", "㎡", 1, Kind.MEASURE),
        ("kg", "kg", 2, Kind.MEASURE),
        ("KM,", "KM", 2, Kind.MEASURE),
        ("m长", "m", 1, Kind.MEASURE),
        ("°C", "°C", 2, Kind.MEASURE),
        ("号", "号", 1, Kind.ORDINAL),
        ("分钟", "分钟", 2, Kind.TIME),
        ("辆次", "辆次", 2, Kind.COUNT),
        ("萬件", "", 0, Kind.PLAIN),
        ("", "", 0, Kind.PLAIN),
    ],
)
def test_the_longest_unit_with_its_kind(text: str, unit: str, length: int, kind: Kind) -> None:
    assert unit_at(normalise(text), 0) == (unit, length, kind)


@pytest.mark.parametrize(
    "word",
    [
        "发现",
        "通过",
        "处理",
        "起诉",
        "人民法院",
        "部署",
        "批准逮捕",
        "期间",
        "家庭",
        "名单",
        "所有",
        "场所",
        "G网络",
        "kgs",
        "mxyz",
        "对于",
    ],
)
def test_other_words_that_begin_with_a_units_sign(word: str) -> None:
    assert unit_at(normalise(word), 0)[0] == ""


def test_every_unit_of_the_table_is_found_whole() -> None:
    for unit, kind in KINDS.items():
        found, end, of_kind = unit_at(normalise(unit), 0)
        assert (found, end, of_kind) == (unit.replace("(", "").replace(")", ""), len(unit), kind), unit
