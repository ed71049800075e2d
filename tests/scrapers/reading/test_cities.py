"""Prefectures whose figures they are, in a province's report (fictional texts, 虚构)."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.cities import at_head
from scrapers.vocabulary import BodyKind


@pytest.mark.parametrize(
    ("words", "region", "names", "rest", "full"),
    [
        ("襄阳、宜昌分别起诉", "42", ("襄阳市", "宜昌市"), "分别起诉", False),
        ("福州、泉州和厦门三地新收案件", "35", ("福州市", "泉州市", "厦门市"), "新收案件", False),
        ("西双版纳州公安机关缴获毒品", "53", ("西双版纳州",), "公安机关缴获毒品", True),
        ("大理破案", "53", ("大理州",), "破案", False),
        ("郑州市立案", "41", ("郑州市",), "立案", True),
    ],
)
def test_prefectures_in_a_row(words: str, region: str, names: tuple[str, ...], rest: str, full: bool) -> None:
    assert at_head(words, region, load_catalogue()) == (names, rest, full)


@pytest.mark.parametrize(
    ("words", "region"),
    [("襄阳起诉", "41"), ("襄阳起诉", None), ("襄阳起诉", "4206"), ("审结案件", "42"), ("襄樊起诉", "42"), ("", "42")],
)
def test_no_prefecture_of_the_province(words: str, region: str | None) -> None:
    assert at_head(words, region, load_catalogue()) is None


def test_without_a_gazetteer_no_name_is_known() -> None:
    assert at_head("襄阳起诉", "42", None) is None


def _placed(text: str, region: str, body: BodyKind) -> list[tuple[str, str, str | None]]:
    context = Context(region=region, body=body, period=Period.parse("2024"))
    found = read(text, context, load_catalogue()).observations
    return [(each.subject, each.scope.words, each.scope.region) for each in found]


@pytest.mark.parametrize(
    ("text", "region", "body", "expected"),
    [
        (
            "武汉市检察机关起诉7.6万人;襄阳、宜昌分别起诉2.9万人、2.1万人。",
            "42",
            BodyKind.PROCURATORATE,
            [
                ("起诉", "武汉市检察机关", "4201"),
                ("起诉", "襄阳市检察机关", "4206"),
                ("起诉", "宜昌市检察机关", "4205"),
            ],
        ),
        (
            "全省法院新收案件27万件。泉州增幅最大,同比上升7.4%;宁德、南平降幅居前,分别下降9.1%、6.6%。",
            "35",
            BodyKind.COURT,
            [
                ("新收案件", "全省法院", "35"),
                ("新收案件", "泉州市法院", "3505"),
                ("新收案件", "宁德市法院", "3509"),
                ("新收案件", "南平市法院", "3507"),
            ],
        ),
        (
            "全省立案4万起。郑州、洛阳刑事发案分别下降3%、4%。",
            "41",
            BodyKind.POLICE,
            [
                ("立案", "全省公安机关", "41"),
                ("刑事发案", "郑州市公安机关", "4101"),
                ("刑事发案", "洛阳市公安机关", "4103"),
            ],
        ),
        (
            "全省缴获毒品12吨。西双版纳州公安机关缴获毒品2.31吨,临沧市缴毒3.05吨。全省破案3000起。",
            "53",
            BodyKind.POLICE,
            [
                ("缴获毒品", "全省公安机关", "53"),
                ("缴获毒品", "西双版纳州公安机关", "5328"),
                ("缴毒", "临沧市公安机关", "5309"),
                ("破案", "全省公安机关", "53"),
            ],
        ),
        (
            "全省律师1.4万人,贵阳一市就有律师7100人。",
            "52",
            BodyKind.JUSTICE,
            [("律师", "全省司法行政机关", "52"), ("律师", "贵阳市司法行政机关", "5201")],
        ),
        # People, organs and names in the middle of a clause are no scopes.
        (
            "全省破案3万起。昆明市民满意度98%,上升1个百分点。昆明市委督办案件3件。",
            "53",
            BodyKind.POLICE,
            [
                ("破案", "全省公安机关", "53"),
                ("昆明市民满意度", "全省公安机关", "53"),
                ("昆明市委督办案件", "全省公安机关", "53"),
            ],
        ),
        (
            "盗窃、诈骗分别立案3万起、2万起。",
            "53",
            BodyKind.POLICE,
            [("盗窃立案", "全省公安机关", "53"), ("诈骗立案", "全省公安机关", "53")],
        ),
    ],
)
def test_whose_figure_it_is(text: str, region: str, body: BodyKind, expected: list[tuple[str, str, str]]) -> None:
    assert _placed(text, region, body) == expected
