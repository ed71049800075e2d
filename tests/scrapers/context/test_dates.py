from __future__ import annotations

from datetime import date, datetime

import pytest

from scrapers.context import DateWitness, publication
from scrapers.pages.dates import CHINA
from scrapers.pages.model import Article, Dates
from scrapers.sources.card import SourceCard
from scrapers.vocabulary import BodyKind

MEETING = "——2022年1月18日在甘肃省第十三届人民代表大会第六次会议上"
MOMENT = datetime(2022, 11, 2, 20, 14, tzinfo=CHINA)
CARD = SourceCard(id="62-rd", name="甘肃人大", region="62", body=BodyKind.CONGRESS)


def article(published: date | None, dates: Dates, *, meeting: bool = True) -> Article:
    return Article(
        url="http://x/",
        family="generic",
        title="甘肃省高级人民法院工作报告",
        published=published,
        heading=(MEETING,) if meeting else (),
        dates=dates,
    )


@pytest.mark.parametrize(
    ("published", "dates", "listed", "meeting", "expected", "witness"),
    [
        (MOMENT, Dates(printed=MOMENT, address=date(2021, 1, 1)), None, True, MOMENT, DateWitness.PRINTED),
        (MOMENT, Dates(meta=MOMENT), date(2022, 1, 1), True, MOMENT, DateWitness.META),
        (MOMENT, Dates(printed=MOMENT.date(), meta=MOMENT), None, True, MOMENT, DateWitness.PRINTED),
        (None, Dates(address=date(2022, 4, 18)), date(2022, 4, 20), True, date(2022, 4, 20), DateWitness.LIST),
        (date(2022, 4, 18), Dates(address=date(2022, 4, 18)), None, True, date(2022, 4, 18), DateWitness.ADDRESS),
        # The address is older than the session: it dates the column, not the report.
        (date(2018, 7, 12), Dates(address=date(2018, 7, 12)), None, True, date(2022, 1, 18), DateWitness.MEETING),
        (None, Dates(), None, False, None, None),
    ],
)
def test_the_trusted_date(
    published: date | None,
    dates: Dates,
    listed: date | None,
    meeting: bool,
    expected: date | None,
    witness: DateWitness | None,
) -> None:
    found = publication(article(published, dates, meeting=meeting), CARD, listed)
    assert (found.published, found.trusted) == (expected, witness)


def test_all_three_dates_are_kept_and_doubts_are_named() -> None:
    found = publication(article(MOMENT, Dates(printed=MOMENT, address=date(2021, 12, 1))), CARD)
    assert (found.meeting, found.page, found.address) == (date(2022, 1, 18), MOMENT, date(2021, 12, 1))
    assert found.remarks == {"late", "address_date_differs"}


def test_a_resolution_yields_nothing_and_the_reader_is_told_the_day() -> None:
    found = publication(
        Article(url="http://x/", family="generic", title="关于甘肃省高级人民法院工作报告的决议", published=MOMENT), CARD
    )
    assert not found.yields
    assert found.for_reader.published == date(2022, 11, 2)
    assert found.issuer == "甘肃省高级人民法院"
    assert found.publisher == "甘肃人大"


def test_a_file_without_a_card_tells_what_it_can() -> None:
    found = publication(
        Article(url="file:///x", family="generic", title="兰州市中级人民法院工作报告", published=MOMENT), None
    )
    assert (found.region, found.body) == ("6201", BodyKind.COURT)


def test_a_report_of_another_province_is_marked() -> None:
    found = publication(
        Article(url="http://x/", family="generic", title="湖南省高级人民法院工作报告", published=MOMENT), CARD
    )
    assert found.region == "43"
    assert "foreign_region" in found.remarks
