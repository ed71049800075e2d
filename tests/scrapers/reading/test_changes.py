from __future__ import annotations

import pytest

from scrapers.reading.changes import level_words, verb_words
from scrapers.reading.model import Direction
from scrapers.reading.structure import Role

from .telling import of, told

UP, DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    ("head", "direction", "rest", "apart"),
    [
        ("同比上升", UP, "", False),
        ("同比分别下降", DOWN, "", True),
        ("分别同比下降", DOWN, "", True),
        ("较上年分别增长", UP, "", True),
        ("涉案金额却同比上升", UP, "涉案金额", False),
        ("同比件数下降", DOWN, "件数", False),
        ("降幅达", DOWN, "", False),
        ("同比降幅分别为", DOWN, "", True),
        ("同比再降", DOWN, "", False),
        ("同比微增", UP, "", False),
        ("同比↑", UP, "", False),
        ("比去年同期多抓", UP, "", False),
    ],
)
def test_the_verb_of_a_change(head: str, direction: Direction, rest: str, apart: bool) -> None:
    found = verb_words(head)
    assert found is not None
    assert (found[0], found[1].rest, found[1].apart) == (direction, rest, apart)


@pytest.mark.parametrize("head", ["新增", "提高到", "减少至", "受理案件", "增加编制", "最高", "众多"])
def test_what_is_no_change(head: str) -> None:
    assert verb_words(head) is None


@pytest.mark.parametrize(
    ("head", "moved", "rate", "role", "when"),
    [
        ("受理案件", False, False, Role.LEVEL, ""),
        ("平均审理天数由上年的", False, False, Role.FROM, "上年"),
        ("满意度由2017年的", False, True, Role.FROM, "2017年"),
        ("从", False, True, Role.FROM, ""),
        ("适用认罪认罚从宽制度办结", False, False, Role.LEVEL, ""),
        ("缩短到", True, False, Role.TO, ""),
        ("升至", True, True, Role.TO, ""),
        ("减至2021年的", True, False, Role.TO, "2021年"),
        ("提高到", False, True, Role.LEVEL, ""),  # no from-end before it
        ("比去年", False, False, Role.BASE, ""),
        ("去年同期为", False, False, Role.BASE, ""),
        ("占全国的", False, True, Role.SHARE, ""),
        ("占", False, False, Role.LEVEL, ""),  # a share is a rate
    ],
)
def test_the_role_of_a_level(head: str, moved: bool, rate: bool, role: Role, when: str) -> None:
    found = level_words(head, moved=moved, rate=rate)
    assert (found.role, found.when) == (role, when)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理案件同比增长3%,较上年收窄2个百分点。", ["受理案件 [+3%]", "受理案件增幅 [-2pp]"]),
        ("受理案件5万件,下降9%,降幅比一季度扩大3个百分点。", ["受理案件 50000件 [-9%]", "受理案件降幅 [+3pp @一季度]"]),
        ("结案率95%,同比提高3个百分点。", ["结案率 95% [+3pp]"]),
        ("受理案件5万件,同比下降12%,去年同期上升2.1%。", ["受理案件 50000件 [-12%]", "受理案件 [+2.1%]"]),
    ],
)
def test_points_of_a_rise_are_the_rise_s(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_change_of_the_year_before_is_of_that_year() -> None:
    found = of("受理案件5万件,同比下降12%,去年同期上升2.1%。其中12月受理案件4000件,同比下降15%。").observations
    assert [str(each.period) for each in found] == ["2024", "2023", "2024-12/2024-12"]


def test_times_in_words_with_a_bound_are_changes_and_no_thresholds() -> None:
    text = "受理案件12.3万件,同比增长两倍以上。审结案件11.2万件,是2020年的三倍以上"
    assert told(text) == ["受理案件 123000件 [+2times]", "审结案件 112000件 [x3 @2020]"]
