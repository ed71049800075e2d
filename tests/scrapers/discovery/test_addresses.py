"""One page under its many addresses, and different pages under similar ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.discovery.addresses import canonical_key, date_in_address, is_address, registered_domain, resolved

SAME = [
    [
        "http://www.mps.example.gov.cn/n2254/c100/index.html",
        "https://mps.example.gov.cn/n2254/c100/",
        "http://www.mps.example.gov.cn:8080/n2254/c100/",
        "http://www.mps.example.gov.cn:9080/n2254/c100/index.shtml",
        "https://m.mps.example.gov.cn/n2254/c100/default.htm",
        "HTTP://WWW.MPS.EXAMPLE.GOV.CN./n2254//c100/",
    ],
    [
        "http://www.hubei.example.gov.cn/jwgk/gzbg/202502/t20250211_5012345.shtml",
        "https://www.hubei.example.gov.cn/jwgk/gzbg/202502/t20250211_5012345_mob.shtml",
        "https://www.hubei.example.gov.cn/zwgk/202502/t20250211_5012345.html",
        "https://big5.hubei.example.gov.cn/jwgk/gzbg/202502/t20250211_5012345.shtml",
        "https://www.hubei.example.gov.cn/BIG5/jwgk/gzbg/202502/t20250211_5012345.shtml",
        "http://big5.gate.example.cn/gate/big5/www.hubei.example.gov.cn/jwgk/gzbg/202502/t20250211_5012345.shtml",
        "https://www.hubei.example.gov.cn/jwgk/gzbg/202502/t20250211_5012345_slb.shtml?from=singlemessage&isappinstalled=0",
    ],
    [
        "http://epaper.tj.example.com/html/2026-02/27/content_12_345.htm",
        "http://epaper.tj.example.com/html/2026-02/27/content_12_345.htm?div=-1",
        "https://epaper.tj.example.com/html/2026-02/27/content_12_345.htm?node=4#top",
    ],
    [
        "http://gansu.gscn.com.cn/system/2025/01/17/012345678.shtml",
        "http://www.gscn.com.cn/fzgs/system/2025/01/17/012345678.shtml",
        "http://gscn.com.cn/system/2025/01/17/012345678.shtml?t=17",
    ],
    [
        "http://rd.example.gov.cn/view?articleId=77&&colArticleId=3",
        "http://rd.example.gov.cn/view?colArticleId=9&articleId=77",
    ],
    [
        "https://sft.example.gov.cn/art/2025/1/22/art_400_9000001.html",
        "https://sft.example.gov.cn/art/2025/1/22/art_555_9000001.html",
    ],
    ["http://x.example.cn/a.do;jsessionid=AB12?id=3", "http://x.example.cn/a.do?id=3&_=1700000000"],
    ["http://x.example.cn/%E6%8A%A5%E5%91%8A.html", "http://x.example.cn/报告.html"],
    ["http://x.example.cn/%b1%a8.asp?n=%b8%e6", "http://x.example.cn/%B1%A8.asp?n=%B8%E6"],
    ["http://x.example.cn/%e6%8a%a5.asp?n=%e5%91%8a", "http://x.example.cn/报.asp?n=告"],
]

DIFFERENT = [
    ("http://a.example.gov.cn/x/index.html", "http://a.example.gov.cn/x/index_1.html"),
    ("http://a.example.gov.cn/x/t20250211_1.html", "http://b.example.gov.cn/x/t20250211_1.html"),
    ("http://a.example.gov.cn/view?articleId=77", "http://a.example.gov.cn/view?articleId=78"),
    ("http://a.example.gov.cn/show?id=1&page=1", "http://a.example.gov.cn/show?id=1&page=2"),
    ("http://a.example.com/html/2026-02/27/content_1.htm", "http://a.example.com/html/2026-02/28/content_1.htm"),
    ("http://127.0.0.1:8001/a.html", "http://127.0.0.1:8002/a.html"),
    ("http://a.example.cn/#/report/1", "http://a.example.cn/#/report/2"),
    ("http://m.gov.cn/a", "http://gov.cn/a"),
    # 报告 and 公告 in GBK, percent-encoded.
    ("http://a.example.gov.cn/show?name=%B1%A8%B8%E6", "http://a.example.gov.cn/show?name=%B9%AB%B8%E6"),
    ("http://a.example.gov.cn/%B1%A8%B8%E6.html", "http://a.example.gov.cn/%B9%AB%B8%E6.html"),
]


@pytest.mark.parametrize("addresses", SAME, ids=lambda addresses: canonical_key(addresses[0]))
def test_all_spellings_have_one_key(addresses: list[str]) -> None:
    assert len({canonical_key(address) for address in addresses}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert canonical_key(one) != canonical_key(other)


def test_no_two_sets_share_a_key() -> None:
    assert len({canonical_key(addresses[0]) for addresses in SAME}) == len(SAME)


@pytest.mark.parametrize(
    ("base", "link", "found"),
    [
        ("http://a.gov.cn/x/y/", "./202501/t1.html", "http://a.gov.cn/x/y/202501/t1.html"),
        ("http://a.gov.cn/x/", "../../../b.html", "http://a.gov.cn/b.html"),
        ("http://a.gov.cn/x/", " /c.html#part2 ", "http://a.gov.cn/c.html"),
        ("http://a.gov.cn/x/", "//b.gov.cn./d.html", "http://b.gov.cn/d.html"),
        ("http://a.gov.cn/x/", "http:\\\\a.gov.cn\\e.html", "http://a.gov.cn/e.html"),
        ("http://a.gov.cn/x/", "报告.html", "http://a.gov.cn/x/%E6%8A%A5%E5%91%8A.html"),
        ("http://a.gov.cn:8080/", "f.html?id=1", "http://a.gov.cn:8080/f.html?id=1"),
        ("http://a.gov.cn/app", "#/report/1", None),
        ("http://a.gov.cn/", "javascript:void(0)", None),
        ("http://a.gov.cn/", "mailto:a@b.cn", None),
        ("http://a.gov.cn/", "#top", None),
        ("http://a.gov.cn/", "", None),
        ("http://a.gov.cn/", "http://[::1", None),
        ("http://a.gov.cn/", "http://a.gov.cn:99999/", None),
    ],
)
def test_links_are_made_absolute(base: str, link: str, found: str | None) -> None:
    assert resolved(base, link) == found


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.gov.cn/x/202502/t20250211_501.shtml", date(2025, 2, 11)),
        ("http://a.gov.cn/art/2025/1/22/art_1_2.html", date(2025, 1, 22)),
        ("http://a.gov.cn/c100/2026-01/29/content_1.shtml", date(2026, 1, 29)),
        ("http://a.com/system/2025/01/17/012345678.shtml", date(2025, 1, 17)),
        ("http://a.com/pc/content/202502/07/content_1.html", date(2025, 2, 7)),
        ("http://a.com/n1/2025/0128/c1-2.html", date(2025, 1, 28)),
        ("http://a.gov.cn/article/detail/2026/02/id/9230001.shtml", date(2026, 2, 1)),
        ("http://a.gov.cn/x/202513/t20251345_1.html", None),
        ("http://a.gov.cn/content/post_1234567.html", None),
        ("http://a.gov.cn/show?id=20250101", None),
    ],
)
def test_the_day_in_an_address(url: str, day: date | None) -> None:
    assert date_in_address(url) == day


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("gansu.gscn.com.cn", "gscn.com.cn"),
        ("sft.gansu.gov.cn", "gansu.gov.cn"),
        ("a.b.example.com", "example.com"),
        ("rd.gd.cn", "rd.gd.cn"),
        ("example.cn", "example.cn"),
        ("127.0.0.1:80", "127.0.0.1:80"),
    ],
)
def test_registered_domains(host: str, domain: str) -> None:
    assert registered_domain(host) == domain


paths = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cc", "Cs")), max_size=30)


@given(paths, paths)
def test_a_resolved_link_is_an_address_with_a_key_that_resolving_keeps(path: str, query: str) -> None:
    url = resolved("http://www.a.gov.cn/x/", f"{path}?{query}")
    if url is not None:
        again = resolved("http://elsewhere.cn/", url)
        assert again is not None
        assert canonical_key(url) == canonical_key(again)
        assert url.isascii() or not url.split("/")[2].isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://中国.cn/a.html", "http://xn--fiqs8s.cn/a.html"),
        ("http://XN--FIQS8S.cn/a.html", "http://www.中国.cn/a.html"),
        ("http://a.gov.cn/show?id=1&PHPSESSID=abc", "http://a.gov.cn/show?id=1&PHPSESSID=def"),
        ("http://a.gov.cn/show.do;jsessionid=1A2B?id=1", "http://a.gov.cn/show.do?jsessionid=9&id=1"),
        ("http://a.gov.cn/(S(abcdefghijklmnopqrstuvwx))/show.aspx?id=1", "http://a.gov.cn/show.aspx?id=1"),
        ("http://a.gov.cn/show?b=2&a=1", "http://a.gov.cn/show?a=1&b=2"),
        ("http://a。gov。cn/1.html", "http://a.gov.cn/1.html"),
    ],
)
def test_spellings_that_a_session_or_a_keyboard_makes(one: str, other: str) -> None:
    assert canonical_key(one) == canonical_key(other)


def test_a_site_s_own_number_is_no_session() -> None:
    assert canonical_key("http://a.gov.cn/api?sid=1&page=2") != canonical_key("http://a.gov.cn/api?sid=2&page=2")


@pytest.mark.parametrize("url", ["http://a.gov.cn:99999/", "http://[::1/", "http:///a", "", "http://"])
def test_what_cannot_be_asked_for_is_no_address(url: str) -> None:
    assert not is_address(url)
