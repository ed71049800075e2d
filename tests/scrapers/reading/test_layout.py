from __future__ import annotations

import pytest

from scrapers.reading.layout import paragraphs, sentences, without_enumerator
from scrapers.reading.normalise import normalise

LONG = "全省法院坚持以人民为中心依法公正高效审理各类案件共受理案件" + "十" * 8


def parts(text: str) -> list[list[str]]:
    normal = normalise(text)
    return [
        [normal[slice(*without_enumerator(normal, each))] for each in sentences(normal, paragraph)]
        for paragraph in paragraphs(normal)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理案件3件。审结2件。", [["受理案件3件", "审结2件"]]),
        ("一、刑事案件。新收5件。", [["刑事案件", "新收5件"]]),
        ("1.刑事案件\n(二)民事案件\n——行政案件", [["刑事案件"], ["民事案件"], ["行政案件"]]),
        ("增幅8.17%.其中专职律师9人", [["增幅8.17%", "其中专职律师9人"]]),  # a dot for a full stop
        ("增长3.5倍,1. 36万件", [["增长3.5倍,1. 36万件"]]),  # dots inside numbers
        ("★命案241起\n★破案率99%", [["命案241起"], ["破案率99%"]]),
        ("审结案件(其中一审3件。二审5件)共8件", [["审结案件(其中一审3件。二审5件)共8件"]]),  # not inside a bracket
        ("\n \n", []),
    ],
)
def test_sentences_without_their_enumerators(text: str, expected: list[list[str]]) -> None:
    assert parts(text) == expected


def test_a_wrapped_line_goes_on_in_the_next() -> None:
    assert len(parts(LONG + "\n1.5万件。")) == 1


@pytest.mark.parametrize("following", ["一、审结案件3件。", "(二)审结", "★审结", "2.审结"])
def test_an_item_is_no_continuation(following: str) -> None:
    assert len(parts(LONG + "\n" + following)) == 2


def test_a_short_line_is_a_heading_not_a_wrapped_one() -> None:
    assert len(parts("把握根本方向\n组织政治轮训5300余场")) == 2


def test_a_bracket_that_is_never_closed_does_not_swallow_the_text() -> None:
    assert len(parts("审结案件(其中" + "一审三件。" * 200)[0]) > 50


def test_a_text_without_any_stop_is_cut_all_the_same() -> None:
    normal = normalise("受理案件3件," * 2000)
    spans = [each for paragraph in paragraphs(normal) for each in sentences(normal, paragraph)]
    assert all(end - start <= 3000 for start, end in spans)
