"""`zhengfa sources`: cards listed, shown, checked; a source looked at once on a real server, and switched on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.home import Home
from scrapers.discovery.windows import SHANGHAI
from scrapers.sources.loading import load_cards
from tests.flows.conftest import Zhengfa
from tests.replicas import faults
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer
from tests.replicas.sites import Entry, render_list

pytestmark = pytest.mark.timeout(120)

LIST = "/gzbg/index.html"
ENTRIES = [
    Entry("/gzbg/202501/t20250117_1.html", "虚构省2024年法院工作报告", datetime(2025, 1, 17, tzinfo=UTC)),
    Entry("/gzbg/202501/t20250110_2.html", "关于招聘书记员的公告", datetime(2025, 1, 10, tzinfo=UTC)),
    Entry("/gzbg/201001/t20100117_3.html", "虚构省2009年法院工作报告", datetime(2010, 1, 17, tzinfo=UTC)),
]
HOME_PAGE = (
    '<html><head><meta charset="utf-8"><title>虚构法院</title></head><body>'
    '<a href="/a/">司法数据</a><a href="gzbg/">工作报告</a><a href="/b/">数据开放</a><a href="/c/">联系我们</a></body></html>'
)


@pytest.fixture
def site() -> Iterator[ReplicaServer]:
    with ReplicaServer() as server:
        server.put(LIST, Reply(render_list("trs_wcm", ENTRIES)))
        yield server


@pytest.fixture
def card(home: Home, site: ReplicaServer) -> Path:
    path = home.sources / "62-fictional.toml"
    path.write_text(
        f'# 虚构\nid = "62-fictional"\nname = "虚构法院"\nregion = "62"\nbody = "法院"\nlist_urls = ["{site.url(LIST)}"]\n'
        'minimum_links = 2\ncadence = "7d"\n',
        encoding="utf-8",
    )
    return path


def asked(site: ReplicaServer) -> list[str]:
    return [request.path for request in site.requests if request.path != "/robots.txt"]


def test_a_probe_asks_once_and_says_what_came(card: Path, site: ReplicaServer, zhengfa: Zhengfa) -> None:
    ran = zhengfa("sources", "probe", "62-fictional")
    assert ran.code == 0, ran.out
    assert asked(site) == [LIST]
    for words in (
        "取得",
        "HTTP 200",
        "utf-8",
        "trs_wcm",
        "3 (至少 2)",
        "标题不像报告 1",
        "早于范围",
        "2024年法院工作报告",
    ):
        assert words in ran.out
    assert 'family = "trs_wcm"' in ran.out
    assert "enabled" not in card.read_text(encoding="utf-8")


def test_enabling_writes_the_user_s_card_and_keeps_what_it_says(card: Path, home: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("sources", "probe", "62-fictional", "--enable")
    assert ran.code == 0, ran.err
    written = load_cards(home.sources).get("62-fictional")
    assert written is not None
    assert written.enabled
    assert written.probed is not None
    assert (written.probed.links, written.probed.family) == (3, "trs_wcm")
    text = card.read_text(encoding="utf-8")
    assert text.startswith("# 虚构\n")
    assert 'cadence = "7d"' in text
    assert "●" in zhengfa("sources", "list", "虚构").out


def test_a_shipped_card_is_switched_on_without_copying_it(home: Home, site: ReplicaServer, zhengfa: Zhengfa) -> None:
    ran = zhengfa("sources", "probe", "62-fy-gscourt", "--list", site.url(LIST), "--enable")
    assert ran.code == 0, ran.err
    text = (home.sources / "62-fy-gscourt.toml").read_text(encoding="utf-8")
    assert "region" not in text
    written = load_cards(home.sources).get("62-fy-gscourt")
    assert written is not None
    assert written.list_urls == (site.url(LIST),)
    assert written.region == "62"


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply(b"", status=404), "页面不存在"),
        (faults.maintenance(), "无法连接"),
        (faults.captcha(), "被拦截"),
        (Reply(render_list("trs_wcm", ENTRIES[:1])), "1 个链接,至少应有 2 个"),
    ],
)
def test_what_is_not_in_order_stays_off(
    card: Path, home: Home, site: ReplicaServer, zhengfa: Zhengfa, reply: Reply, says: str
) -> None:
    site.put(LIST, reply)
    assert zhengfa("sources", "probe", "62-fictional").code == 1
    ran = zhengfa("sources", "probe", "62-fictional", "--enable")
    assert ran.code == 2
    assert says in ran.err
    assert "--list 网址" in ran.err
    assert not load_cards(home.sources).get("62-fictional").enabled  # type: ignore[union-attr]


def test_a_landmark_that_is_missing_is_told(card: Path, site: ReplicaServer, zhengfa: Zhengfa) -> None:
    card.write_text(card.read_text(encoding="utf-8") + 'landmarks = ["虚构栏目甲"]\n', encoding="utf-8")
    ran = zhengfa("sources", "probe", "62-fictional")
    assert ran.code == 1
    assert "✗ 虚构栏目甲" in ran.out


def test_enabling_keeps_a_table_of_the_card_and_adds_what_was_seen(card: Path, home: Home, zhengfa: Zhengfa) -> None:
    text = card.read_text(encoding="utf-8").replace("minimum_links = 2\n", "")
    card.write_text(text + '[season]\nmonths = [1, 2]\ncadence = "6h"\n', encoding="utf-8")
    ran = zhengfa("sources", "probe", "62-fictional", "--enable")
    assert ran.code == 0, ran.err
    written = load_cards(home.sources).get("62-fictional")
    assert written is not None
    assert written.enabled
    assert (written.minimum_links, written.family) == (1, "trs_wcm")
    assert written.season is not None


def test_a_feed_and_a_shell_are_looked_at_through_to_their_links(
    home: Home, site: ReplicaServer, zhengfa: Zhengfa
) -> None:
    items = "".join(f"<item><title>{one.title}</title><link>{one.href}</link></item>" for one in ENTRIES)
    site.put("/rss.xml", Reply(f"<rss><channel>{items}</channel></rss>".encode(), content_type="text/xml"))
    padding = "虚构。" * 1500
    jump = '<meta http-equiv="refresh" content="0; url=/gzbg/index.html">'
    site.put("/index.html", Reply.page(f"<html><head>{jump}</head><body><p hidden>{padding}</p></body></html>"))
    (home.sources / "62-two.toml").write_text(
        f'id = "62-two"\nname = "虚构"\nregion = "62"\nbody = "法院"\nlist_urls = ["{site.url("/index.html")}"]\n'
        f'feeds = ["{site.url("/rss.xml")}"]\n',
        encoding="utf-8",
    )
    ran = zhengfa("sources", "probe", "62-two")
    assert ran.code == 0, ran.out
    assert asked(site) == ["/index.html", LIST, "/rss.xml"]
    assert "转向" in ran.out
    assert ran.out.count("早于范围") >= 2
    assert "landmarks" not in ran.out


def test_a_refusal_of_us_alone_is_told_from_an_outage(card: Path, site: ReplicaServer, zhengfa: Zhengfa) -> None:
    site.put(LIST, faults.for_us_alone(faults.maintenance(), Reply(render_list("trs_wcm", ENTRIES))))
    ran = zhengfa("sources", "probe", "62-fictional")
    assert ran.code == 1
    assert "浏览器却能打开" in ran.out
    assert "系统维护中" in ran.out


def test_a_card_without_a_list_is_helped_by_its_home_page(home: Home, site: ReplicaServer, zhengfa: Zhengfa) -> None:
    (home.sources / "62-new.toml").write_text(
        f'id = "62-new"\nname = "虚构院"\nregion = "62"\nbody = "法院"\nhome = "{site.url("/")}"\n', encoding="utf-8"
    )
    site.put("/", Reply.page(HOME_PAGE))
    ran = zhengfa("sources", "probe", "62-new")
    assert ran.code == 1
    assert "没有列表页,只有首页" in ran.out
    assert site.url("/gzbg/") in ran.out
    assert site.url("/a/") in ran.out
    assert site.url("/b/") not in ran.out


def test_the_list_is_narrowed_by_region_body_and_words(home: Home, zhengfa: Zhengfa) -> None:
    whole = zhengfa("sources", "list")
    assert "278 个来源中的 278 个,启用 0 个" in whole.out
    narrow = zhengfa("sources", "list", "--region", "甘肃", "--body", "法院").out
    assert "62-fy-gscourt" in narrow
    assert "33-" not in narrow
    assert zhengfa("sources", "list", "--enabled").out.startswith("没有这样的来源")


def test_show_tells_the_card_and_its_past(record: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("sources", "show", "62-zfw")
    assert ran.code == 0
    assert "甘肃政法(虚构)" in ran.out
    assert "政法委" in ran.out


def test_check_names_file_line_field_and_fix(home: Home, zhengfa: Zhengfa) -> None:
    assert zhengfa("sources", "check").code == 0
    broken = home.sources / "62-broken.toml"
    broken.write_text('id = "62-broken"\nname = "虚构"\nregion = "甘肃"\nbody = "法院"\n', encoding="utf-8")
    ran = zhengfa("sources", "check")
    assert ran.code == 1
    assert f"{broken}:3: region" in ran.out
    assert "GB/T 2260" in ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sources", "show", "62-nothing"), "没有来源"),
        (("sources", "probe", "62-nothing"), "没有来源"),
        (("sources", "probe", "62-fy-gscourt", "--list", "example"), "不是网址"),
        (("sources", "list", "--region", "火星"), "不是地区"),
    ],
)
def test_a_mistake_is_told_in_two_sentences(home: Home, zhengfa: Zhengfa, words: tuple[str, ...], says: str) -> None:
    zhengfa(*words).is_a_mistake(says)


def test_a_newspaper_is_probed_by_its_latest_issue(home: Home, site: ReplicaServer, zhengfa: Zhengfa) -> None:
    yesterday = datetime.now(SHANGHAI) - timedelta(days=1)
    entries = '<li><a href="content_1.htm">虚构省法院工作报告</a></li><li><a href="node_2.htm">第01版：要闻</a></li>'
    page = (
        f"<html><head><meta charset='utf-8'></head><body><ul>{entries}</ul><p hidden>{'虚构。' * 400}</p></body></html>"
    )
    site.put(f"/html/{yesterday:%Y-%m/%d}/node_2.htm", Reply.page(page))
    (home.sources / "62-paper.toml").write_text(
        'id = "62-paper"\nname = "虚构日报"\nregion = "62"\nbody = "媒体"\nfamily = "epaper_classic"\n'
        f'issues = "{site.url("/html/{yyyy}-{mm}/{dd}/node_2.htm")}"\n',
        encoding="utf-8",
    )
    ran = zhengfa("sources", "probe", "62-paper", "--enable")
    assert ran.code == 0, ran.out
    assert len(asked(site)) == 2
    assert load_cards(home.sources).get("62-paper").enabled  # type: ignore[union-attr]
    assert "{yyyy}" in (home.sources / "62-paper.toml").read_text(encoding="utf-8")
