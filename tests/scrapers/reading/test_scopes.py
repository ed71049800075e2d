from __future__ import annotations

import pytest

from scrapers.reading.model import Context, Scope
from scrapers.reading.scopes import default_scope, scope_at
from scrapers.vocabulary import BodyKind

COURTS = Scope(BodyKind.COURT, own=False, region="62", words="全省法院")
PRESS = Scope(None, own=False, region="62", words="全省")


@pytest.mark.parametrize(
    ("words", "main", "expected", "own"),
    [
        ("全省法院受理", COURTS, "全省法院", False),
        ("省高院受理", COURTS, "省高院", True),
        ("省法院受理", COURTS, "省法院", True),
        ("本院受理", COURTS, "本院", True),
        ("基层法院", COURTS, "基层法院", False),
        ("全区各级人民法院共受理", COURTS, "全区各级人民法院", False),
        ("昆明中院受理", COURTS, "昆明中院", True),
        ("南京海事法院受理", COURTS, "南京海事法院", False),
        ("武汉法院受理", COURTS, "武汉法院", False),
        ("检察机关批捕", PRESS, "检察机关", False),
        ("杭州市公安局破获", PRESS, "杭州市公安局", False),
        ("南宁、柳州、桂林三市公安机关破获", PRESS, "南宁、柳州、桂林三市公安机关", False),
        ("甘肃法院受理", COURTS, "甘肃法院", False),
        ("全国法院受理", COURTS, "全国法院", False),
        ("全国共受理", COURTS, "全国法院", False),
        ("全省各类案件", COURTS, "全省法院", False),
        ("全省各地市共受理", COURTS, "全省法院", False),
        ("全省各市县区公安局破获", PRESS, "全省各市县区公安局", False),
        ("全省各类人民调解组织共排查", PRESS, "全省各类人民调解组织", False),
        ("全省各地司法所调解", PRESS, "全省各地司法所", False),
    ],
)
def test_a_body_at_the_head_of_words(words: str, main: Scope, expected: str, own: bool) -> None:
    found = scope_at(words, main)
    assert found is not None
    assert (found.scope.words, found.scope.own) == (expected, own)


@pytest.mark.parametrize(
    ("words", "main"),
    [
        ("公安机关立案156件", COURTS),  # another body that only acts in this one's report
        ("全省法院工作人员", COURTS),  # its people, not the body
        ("最高检设置的46项", COURTS),
        ("法院领导批示", COURTS),
        ("省公安厅召开新闻发布会", PRESS),
        ("全国平均水平", COURTS),
        ("刑事检察8.3万件", PRESS),
        ("审结案件", COURTS),
        ("全国扫黑办交办线索", PRESS),  # names and titles that begin with a reach
        ("全国人大代表建议", COURTS),
        ("全国公安系统先进集体", PRESS),
        ("全国检察机关第三方机制", PRESS),
        ("全省优秀法官", COURTS),
        ("全国各类比赛", COURTS),
        ("全国统一办案平台", PRESS),
    ],
)
def test_what_names_no_scope(words: str, main: Scope) -> None:
    assert scope_at(words, main) is None


@pytest.mark.parametrize(
    ("region", "body", "text", "expected"),
    [
        ("62", BodyKind.COURT, "", "全省法院"),
        ("11", BodyKind.PROCURATORATE, "", "全市检察机关"),
        ("54", BodyKind.POLICE, "", "全区公安机关"),
        ("00", BodyKind.JUSTICE, "", "全国司法行政机关"),
        ("3201", BodyKind.COURT, "", "全市法院"),
        ("32", BodyKind.POLICE, "盐城市公安局通报:接报警情3起", "全市公安机关"),
        ("32", BodyKind.POLICE, "全省公安机关表彰盐城市公安局", "全省公安机关"),
        ("46", BodyKind.PRESS, "", "全省"),
        (None, None, "", ""),
    ],
)
def test_the_scope_nobody_names(region: str | None, body: BodyKind | None, text: str, expected: str) -> None:
    assert default_scope(Context(region=region, body=body), text).words == expected
