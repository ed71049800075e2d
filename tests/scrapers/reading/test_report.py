"""The report's own period, where the page does not give it (fictional openings, 虚构)."""

from __future__ import annotations

from datetime import date

import pytest

from scrapers.reading import Context, read
from scrapers.reading.model import Status


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("2022年,全省法院受理案件40万件。", date(2023, 1, 15), "2022"),
        ("去年,全省法院受理案件40万件。", date(2023, 1, 15), "2022"),
        ("1月23日召开会议。过去一年,全市法院新收案件88万件。", date(2024, 1, 24), "2023"),
        ("五年来,全省法院收案538万件。其中2022年收案129万件。", date(2023, 1, 20), "2018-2022"),
        ("记者从会议获悉,2012年以来,全省批准逮捕65万人。", date(2017, 2, 9), "2012-2016"),
        ("1至3月,全市盗窃案件同比下降30%。", date(2019, 4, 12), "2019-01/2019-03"),
        ("1至11月,受理案件97件。", date(2022, 1, 28), "2021-01/2021-11"),
        ("今年上半年,受理案件71件。", date(2022, 7, 20), "2022-01/2022-06"),
        ("本月全市共立各类刑事案件5187起。", date(2005, 9, 22), "2005-08/2005-08"),
        ("比2019年下降3%。2022年,受理案件40万件。", date(2023, 1, 15), "2022"),
        ("受理案件40万件。12月审结3万件。", date(2023, 1, 15), "2022"),
        ("——2025年1月18日在省人民代表大会会议上\n2024年,全省法院受理案件40万件。", date(2025, 1, 20), "2024"),
        ("——2025年1月18日在省人民代表大会会议上\n2024年,全省法院受理案件40万件。", None, "2024"),
        ("过去五年,全省法院收案538万件。\n2022年,收案129万件。", None, "2018-2022"),
    ],
)
def test_the_period_is_found(text: str, published: date | None, expected: str) -> None:
    assert str(read(text, Context(region="62", published=published)).period) == expected


def test_a_text_about_a_few_days_has_no_period() -> None:
    context = Context(region="62", published=date(2025, 5, 6))
    reading = read("5月1日至5日,全省查处酒驾3260起。\n出动警力9万人次。\n今年1-4月,查处酒驾2万起。", context)
    assert [str(each.period) for each in reading.observations] == ["None", "None", "2025-01/2025-04"]
    assert reading.rules == ("report.days",)


def test_a_period_that_only_the_date_speaks_for_is_doubtful() -> None:
    reading = read("全省法院受理案件40万件。", Context(region="62", published=date(2023, 7, 28)))
    assert str(reading.period) == "2023-01/2023-06"
    assert [each.status for each in reading.observations] == [Status.DOUBTFUL]
    assert reading.rules == ("report.publication",)


def test_without_any_date_there_is_no_period() -> None:
    assert read("全省法院受理案件40万件。", Context(region="62")).period is None
