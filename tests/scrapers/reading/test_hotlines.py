"""A hotline's rates are the hotline's, whatever stands between its name and them."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.hotlines import named
from scrapers.vocabulary import BodyKind

J = BodyKind.JUSTICE


def _last(text: str) -> tuple[str, str | None]:
    context = Context(region="62", body=J, period=Period.year(2024), published_year=2025)
    found = read(text, context, load_catalogue()).observations[-1]
    return found.subject, found.indicator


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12348热线接听来电12.5万通,同比上升5%,接通率98.2%。", ("12348热线接通率", "hotline_answer_rate")),
        (
            "12348热线受理咨询12.5万人次,办理法律援助案件2.1万件,接通率98.2%。",
            ("12348热线接通率", "hotline_answer_rate"),
        ),
        ("推进12348热线建设。全年接听来电12.5万通,接通率98.2%。", ("12348热线接通率", "hotline_answer_rate")),
        (
            "“12348”公共法律服务热线平台接听来电12.5万通,接通率98.2%。",
            ("12348公共法律服务热线平台接通率", "hotline_answer_rate"),
        ),
        ("12348热线接听来电12.5万通,接通率98.2%,群众满意度99.1%。", ("12348热线群众满意度", "hotline_satisfaction")),
        ("12348热线服务群众12.5万人次。满意率99%。", ("12348热线满意率", "hotline_satisfaction")),
        # As a file or a page breaks it.
        ("12348热 线服务群众12.5万人次。满意率99%。", ("12348热线满意率", "hotline_satisfaction")),
        ("12348热\u3000线服务群众12.5万人次。满意率99%。", ("12348热线满意率", "hotline_satisfaction")),
        # Another figure stands between: whose satisfaction it is, the hotline's name does not say.
        ("12348热线服务群众12.5万人次,办理法律援助案件2.1万件,满意率99%。", ("法律援助满意率", None)),
        # No kind of case has its calls answered.
        ("办理法律援助案件2.1万件,接通率98.2%。", ("接通率", "hotline_answer_rate")),
        # A paragraph of its own.
        ("12348热线接听来电12.5万通。\n群众满意度99.1%,律师3万人。", ("律师", "lawyers")),
    ],
)
def test_a_rate_of_a_hotline(text: str, expected: tuple[str, str | None]) -> None:
    assert _last(text) == expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("12348热线接听来电", "12348热线"),
        ("12368诉讼服务热线", "12368诉讼服务热线"),
        ('"12348"平台', "12348平台"),
        ("推进12348热线建设", "12348热线"),
        ("设在中心的12348热线坐席", ""),
        ("接听来电", ""),
        ("平台", ""),
    ],
)
def test_the_hotline_that_words_name(words: str, name: str) -> None:
    assert named(words) == name
