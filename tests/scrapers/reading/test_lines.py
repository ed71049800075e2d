from __future__ import annotations

import pytest

from scrapers.reading.layout import Span
from scrapers.reading.lines import build, closing_gap, cut, find_wordless, opening_gap
from scrapers.reading.nonmetrics import find_nonmetrics
from scrapers.reading.normalise import normalise
from scrapers.reading.quantities import find_quantities
from scrapers.reading.structure import Gap, Line, Shape


def line_of(text: str) -> Line:
    normal = normalise(text)
    whole = Span(0, len(normal))
    line = build(normal, whole, find_quantities(normal), find_wordless(normal), find_nonmetrics(normal, *whole))
    assert line is not None
    return line


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("", Gap("", [], "", "")),  # 120件180人
        ("、", Gap("", [], "", "、")),
        ("和", Gap("", [], "", "、")),
        ("、办结", Gap("", [], "办结", "、")),
        ("死亡、", Gap("死亡", [], "", "、")),  # 82人死亡、449人受伤
        (",审结", Gap("", [], "审结", ",")),
        (";审结", Gap("", [], "审结", ";")),
        (",均居全国前列,审结", Gap("", ["均居全国前列"], "审结", ",")),
        ("比上年下降", Gap("比上年下降", [], "比上年下降", "~")),
        (",与2019年相比,分别下降", Gap("", ["与2019年相比"], "分别下降", ",")),
        (",与 2019 年相比下降", Gap("", [], "与 2019 年相比下降", ",")),  # 与 joins no list before a time
    ],
)
def test_what_the_words_between_two_figures_belong_to(gap: str, expected: Gap) -> None:
    assert cut(gap) == expected


def test_the_ends_of_a_line_have_no_neighbour() -> None:
    assert opening_gap("2024年,受理案件") == Gap("", ["2024年"], "受理案件", ",")
    assert closing_gap("以调解、撤诉结案") == Gap("以调解、撤诉结案", [], "", ",")


def test_a_label_keeps_its_colon() -> None:
    assert opening_gap("毒品犯罪:破获").clauses == ["毒品犯罪:"]


def test_a_bracket_with_figures_hangs_on_the_figure_before() -> None:
    line = line_of("受理案件40万件(含旧存1.9万件),审结38万件")
    assert [figure.gap.head for figure in line.figures] == ["受理案件", "审结"]
    assert [figure.gap.head for figure in line.figures[0].brackets[0].figures] == ["含旧存"]


def test_a_bracket_without_figures_stays_words() -> None:
    assert [figure.gap.head for figure in line_of("审(执)结38万件").figures] == ["审(执)结"]


def test_pinyin_and_adverts_are_read_over() -> None:
    assert [figure.gap.head for figure in line_of("刑事案件(jiàn)立案数下降5%").figures] == ["刑事案件立案数下降"]
    assert [figure.gap.head for figure in line_of("(广告:扫码)满意度96%").figures] == ["满意度"]


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("同比分别上升**.*%和9.6%", [Shape.BLANK, Shape.NUMBER]),
        ("同比下降%", [Shape.BLANK]),
        ("查处治安案件起,同比下降%。", [Shape.BLANK, Shape.BLANK]),
        ("同比基本持平", [Shape.FLAT]),
        ("保持平稳", []),
    ],
)
def test_what_stands_for_a_figure_without_a_number(text: str, shapes: list[Shape]) -> None:
    normal = normalise(text)
    whole = Span(0, len(normal))
    line = build(normal, whole, find_quantities(normal), find_wordless(normal), [])
    assert ([figure.shape for figure in line.figures] if line else []) == shapes
