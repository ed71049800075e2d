"""Damage met in the wild: fictional sentences (虚构) with it; what is lost is unread, never invented."""

from __future__ import annotations

import pytest

from scrapers.vocabulary import BodyKind

from .telling import of, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理案件2,330,088件,审结38 160件", ["受理案件 2330088件", "审结案件 38160件"]),
        ("结案率1. 36%,审结1. 36万件", ["结案率 1.36%", "审结 13600件"]),
        ("受理案件５８６２１３件，结案率９５．３％", ["受理案件 586213件", "结案率 95.3%"]),
        ("審結案件3萬餘件,同比上升5.2個百分點", ["审结案件 30000件 [+5.2pp]"]),
        (
            "受理案件61.3万件1,审执结58.9万件2,同比分别上升7.4%9.1%",
            ["受理案件 613000件 [+7.4%]", "审执结案件 589000件 [+9.1%]"],
        ),
        ("受理案件4216件①,同比下降8.3%", ["受理案件 4216件 [-8.3%]"]),
        ("结(jié)案率96%", ["结案率 96%"]),
        ("审结案件3万件,\n同比上升5%", ["审结案件 30000件 [+5%]"]),
        ("结案率95.1%，(广告:扫码关注)同比上升1.9个百分点", ["结案率 95.1% [+1.9pp]"]),
        ("起诉案件1,516件1,977人", ["起诉案件 1516件", "起诉案件 1977人"]),
    ],
)
def test_damage_is_read_over(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "lost", "expected"),
    [
        (
            "受理案件58万件,审执结55万件,同比分别上升**.*%和9.6%。",
            ["**.*%"],
            ["受理案件 580000件", "审执结案件 550000件 [+9.6%]"],
        ),
        ("刑事案件立案数同比下降%。", ["%"], []),
        ("查处治安案件起,同比下降%。", ["起", "%"], []),
    ],
)
def test_lost_digits_are_unread_and_keep_their_place_in_a_list(text: str, lost: list[str], expected: list[str]) -> None:
    reading = of(text, BodyKind.POLICE)
    assert [text[each.start : each.end] for each in reading.unread if each.reason == "digits_lost"] == lost
    assert told(text, BodyKind.POLICE) == expected


def test_a_foreign_article_appended_is_ignored() -> None:
    reading = of("审结案件3万件。\n相关阅读:全区接待游客46.8万人次,同比增长11.5%。\n结案率96%。")
    assert [each.value for each in reading.observations] == [30000, 96]
    assert {each.kind for each in reading.ignored} == {"foreign"}


def test_a_list_of_other_articles_ends_the_text() -> None:
    assert len(of("审结案件3万件。\n相关阅读\n某市法院审结案件5万件。").observations) == 1


def test_the_same_block_twice_is_one() -> None:
    reading = of("全省法院受理案件56.2万件,审结54.1万件。\n全省法院受理案件56.2万件,审结54.1万件。")
    assert len(reading.observations) == 2
    assert [each.kind for each in reading.ignored] == ["repeated", "repeated"]


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "　審結案件　３．５萬件，同比　上升５％。"
    (only,) = of(text).observations
    assert text[only.start : only.end] == "３．５萬件"
    assert text[only.changes[0].start : only.changes[0].end] == "５％"
