from __future__ import annotations

import pytest

from scrapers.reading.quantities import find


def found(text: str) -> list[tuple[str, object]]:
    return [(text[start:end], value) for start, end, value, _ in find(text)]


@pytest.mark.parametrize(
    ("text", "printed", "bounds"),
    [
        ("数目大于四十", "大于四十", (40, None)),
        ("大于或者等于７，２００", "大于或者等于７，２００", (7200, None)),
        ("不小于十八岁", "不小于十八岁", (18, None)),
        ("至少300件", "至少300件", (300, None)),
        ("六百以上", "六百以上", (600, None)),
        ("四十或者以上", "四十或者以上", (40, None)),
        ("七百或者更多", "七百或者更多", (700, None)),
        ("比五十大一些", "比五十大", (50, None)),
        ("超过1/4", "超过1/4", (0.25, None)),
        ("小于 或 等于80", "小于 或 等于80", (None, 80)),
        ("< = 60", "< = 60", (None, 60)),
        ("不超过5人", "不超过5人", (None, 5)),
        ("比 160 低", "比 160 低", (None, 160)),
        ("在 150 之下", "150 之下", (None, 150)),
        ("等于一百三", "等于一百三", (130, 130)),
        ("大于30 并且小于50", "大于30 并且小于50", (30, 50)),
        ("大于十的同时小于等于二十五", "大于十的同时小于等于二十五", (10, 25)),
        ("最多90最少30", "最多90最少30", (30, 90)),
        ("700以上， 900以下", "700以上， 900以下", (700, 900)),
        ("比三分之一大，比二分之一小", "比三分之一大，比二分之一小", None),
        ("位于20和50之间", "位于20和50之间", (20, 50)),
        ("在第三和第九之间", "在第三和第九之间", (3, 9)),
        ("30~80个", "30~80个", (30, 80)),
        ("30 - 80个", "30 - 80个", (30, 80)),
        ("一千到一千二百", "一千到一千二百", (1000, 1200)),
        ("一到四个", "一到四个", (1, 4)),
        ("95%以上", "95%以上", (95, None)),
    ],
)
def test_bounds(text: str, printed: str, bounds: tuple[object, object] | None) -> None:
    ((stretch, value),) = found(text)
    assert stretch == printed
    if bounds is not None:
        assert value == bounds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x大于10且y小于20", [("大于10", (10, None)), ("小于20", (None, 20))]),
        ("大于10小于20,y不大于50不小于20", [("大于10小于20", (10, 20)), ("不大于50不小于20", (20, 50))]),
        ("大于20且大于30", [("大于20", (20, None)), ("大于30", (30, None))]),
        ("超10万人、近3吨、约5天", [("10万人", 100000), ("3吨", 3), ("5天", 5)]),
        ("比上年100件", [("100件", 100)]),
        ("50和30之间", [("50", 50), ("30", 30)]),
    ],
)
def test_what_bounds_nothing_or_not_together(text: str, expected: list[tuple[str, object]]) -> None:
    assert found(text) == expected
