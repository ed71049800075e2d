"""Every family's replica site read, and compared with the stories it was made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

import pytest

from scrapers.documents.kinds import kind_of
from scrapers.pages import Article, ListPage, NotArticle, PageKind, parse_article, parse_list, recognise
from scrapers.pages.families import families
from scrapers.pages.model import GENERIC
from scrapers.web.decoding import Decoded, decode
from tests.replicas.sites import Replica, Story, place_story, replica, site_files, whole_site, with_replicas
from tests.replicas.sites.stories import REPORT, first_page, part_two, second_page

ALL = (*(family.name for family in families()), GENERIC)
# Newspapers print the date of the edition, not a source; these pages print no time of day.
NO_SOURCE = {"epaper_classic", "cqrb_epaper"}

EXPECTED = (
    "【虚构】各位代表：",
    "现在，我代表有关机关向大会报告工作，请予审议，并请列席人员提出意见。",
    "全年办理行政复议案件12,345件，同比上升8.9%。",
    "批准逮捕各类犯罪嫌疑人2.31万人[1]，提起公诉4.02万人。",
    "审结各类案件187505件[1]，2007年的37845件②是基数；受理81.27万件。",
    "结案率９８．２３％，群众满意率再创新高。",
    "调处矛盾纠纷38.2万件，2026年1月以来刑事案件下降26 %。",
)


@dataclass(frozen=True)
class Site:
    place: Replica
    pages: dict[str, str]

    def url(self, path: str) -> str:
        return f"http://{self.place.host}{path}" if path.startswith("/") else path


@cache
def site(family: str) -> Site:
    place = replica(family)
    texts = {}
    for path, content in whole_site(family).items():
        decoded = decode(content, None, place.encoding)
        assert isinstance(decoded, Decoded)
        texts[path] = decoded.text
    return Site(place, texts)


def article(family: str, story: Story, *, part: int = 1) -> Article:
    here = site(family)
    path = here.place.article_path(story, part=part)
    found = parse_article(here.pages[path], here.url(path))
    assert isinstance(found, Article), found
    return found


def listed(family: str, path: str) -> ListPage:
    here = site(family)
    return parse_list(here.pages[path], here.url(path))


def test_every_family_has_a_replica_site() -> None:
    missing = sorted(set(ALL) - set(with_replicas()))
    assert not missing, f"no tests/replicas/sites/<family>/site.toml for {missing}"
    assert not sorted(set(with_replicas()) - set(ALL)), "a replica without its family module"


@pytest.mark.parametrize("family", ALL)
def test_every_page_tells_its_family(family: str) -> None:
    here = site(family)
    wrong = {
        path: told
        for path, text in here.pages.items()
        if path != "/missing.html" and (told := recognise(text, here.url(path))) != family
    }
    assert not wrong


@pytest.mark.parametrize("family", ALL)
@pytest.mark.parametrize("story", [*first_page(), *second_page()], ids=lambda story: str(story.number))
def test_title_date_and_source(family: str, story: Story) -> None:
    found = article(family, story)
    assert found.title == story.title
    published = found.published
    assert published is not None
    day = published.date() if isinstance(published, datetime) else published
    assert day == story.published.date()
    if isinstance(published, datetime):
        assert published == story.published
    if family not in NO_SOURCE:
        assert found.source == story.source


@pytest.mark.parametrize("family", ALL)
def test_the_report_is_read_whole_and_nothing_else(family: str) -> None:
    found = article(family, REPORT)
    texts = [text for text in found.paragraphs if not re.match(r"附件|附表", text)]
    if texts and texts[0].startswith("——"):
        texts.pop(0)
    assert tuple(texts) == EXPECTED
    assert [table.rows for table in found.tables] == [REPORT.table]


@pytest.mark.parametrize("family", ALL)
def test_the_session_line_is_kept(family: str) -> None:
    found = article(family, REPORT)
    assert any(REPORT.subtitle[0] in text for text in (*found.heading, *found.paragraphs))


@pytest.mark.parametrize("family", ALL)
def test_attachments_and_pictures(family: str) -> None:
    here = site(family)
    found = article(family, REPORT)
    files = place_story(here.place, REPORT).files
    assert [one.name for one in found.attachments] == [file.name for file in files]
    for one, file in zip(found.attachments, files, strict=True):
        assert one.url.endswith(file.href.lstrip("."))
        assert one.suffix in {".pdf", ".docx"}
    pictured = article(family, first_page()[2])
    assert len(pictured.pictures) == 1
    assert not pictured.only_pictures


@pytest.mark.parametrize("family", ALL)
def test_every_attachment_lies_on_the_site(family: str) -> None:
    files = site_files(family)
    kinds = []
    for one in article(family, REPORT).attachments:
        target = urlsplit(one.url)
        content = files[f"{target.path}?{target.query}" if target.query else target.path]
        kinds.append(kind_of(content))
    assert kinds == ["pdf", "docx"]


@pytest.mark.parametrize("family", [name for name in ALL if replica(name).part])
def test_a_report_in_two_parts_is_followed(family: str) -> None:
    here = site(family)
    first = article(family, REPORT)
    assert first.next_url == here.url(here.place.article_path(REPORT, part=2))
    second = article(family, REPORT, part=2)
    assert second.next_url is None
    assert [text.lstrip() for text in second.paragraphs] == [text.strip("　") for text in part_two(REPORT).paragraphs]


@pytest.mark.parametrize("family", [name for name in ALL if not replica(name).part])
def test_a_report_of_one_part_has_no_next(family: str) -> None:
    assert article(family, REPORT).next_url is None


@pytest.mark.parametrize("family", ALL)
def test_lists(family: str) -> None:
    here = site(family)
    page = listed(family, here.place.list_path)
    assert page.family == family
    wanted = [(here.url(here.place.article_path(story)), story.title) for story in first_page()]
    assert [(link.url, link.title) for link in page.links] == wanted
    days = [story.published.date() for story in first_page()]
    assert [link.date for link in page.links] == days
    if not here.place.second_path:
        assert page.next_url is None
        return
    assert page.next_url is not None
    parts = urlsplit(page.next_url)
    assert (parts.path + (f"?{parts.query}" if parts.query else "")) == here.place.second_path
    second = listed(family, here.place.second_path)
    assert [link.title for link in second.links] == [story.title for story in second_page()]
    assert second.next_url is None


@pytest.mark.parametrize("family", ALL)
def test_the_error_page_is_no_article(family: str) -> None:
    here = site(family)
    found = parse_article(here.pages["/missing.html"], here.url("/missing.html"))
    assert isinstance(found, NotArticle)
    assert found.kind is PageKind.MISSING


@pytest.mark.parametrize("family", ALL)
def test_a_list_page_is_no_article(family: str) -> None:
    here = site(family)
    found = parse_article(here.pages[here.place.list_path], here.url(here.place.list_path))
    assert isinstance(found, NotArticle), found
