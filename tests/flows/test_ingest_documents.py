"""Sources whose reports are files: behind a cover page, in a viewer, straight from the list (all fictional, 虚构)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.home import Home
from tests.flows.one_source import Source, list_page, story
from tests.replicas import faults
from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer
from tests.replicas.sites.pdf import pdf_of, scanned_pdf

pytestmark = pytest.mark.timeout(180)

REPORT = pdf_of([["虚构省高级人民法院工作报告", "全省法院受理案件81.27万件，同比上升11.3%。", "审结案件70.5万件。"]])
COVERS = {
    "linked": "<p>报告全文见附件。</p><p><a href='/files/report.pdf'>虚构省法院工作报告.pdf</a></p>",
    "bare": "<p><a href='/files/report.pdf'>虚构省法院工作报告.pdf</a></p>",
    "viewer": "<iframe src='/pdfjs/web/viewer.html?file=/files/report.pdf'></iframe>",
    "embedded": "<embed src='/files/report.pdf' type='application/pdf'>",
}


@pytest.fixture
def source(home: Home) -> Iterator[Source]:
    with ReplicaServer() as server:
        made = Source(home, server)
        server.put("/list.html", list_page(("/cover.html", story(1))))
        server.put("/files/report.pdf", Reply(REPORT, content_type="application/pdf").with_etag())
        made.card('list_urls = ["{site}/list.html"]')
        yield made


def cover(body: str) -> Reply:
    """An article page of the replica's look around `body`."""
    return Reply.page(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>虚构省法院工作报告1</title></head><body>'
        f"<div class='nav'><a href='/'>首页</a></div><h1>虚构省法院工作报告1</h1>"
        f"<p>发布时间：{story(1).published:%Y-%m-%d} 来源：虚构法院</p><div class='TRS_Editor'>{body}</div></body></html>"
    ).with_etag()


@pytest.mark.parametrize("kind", COVERS)
def test_the_file_behind_a_cover_is_the_report(source: Source, kind: str) -> None:
    source.server.put("/cover.html", cover(COVERS[kind]))
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 2), tally.notes
    assert source.asked == ["/list.html", "/cover.html", "/files/report.pdf"]
    assert source.run().result == "nothing_new"


@pytest.mark.parametrize(
    "file", [Reply(scanned_pdf(), content_type="application/pdf"), Reply(b"", status=404)], ids=["scan", "gone"]
)
@pytest.mark.parametrize("kind", ["linked", "bare"])
def test_a_cover_without_its_file_is_no_success(source: Source, kind: str, file: Reply) -> None:
    source.server.put("/cover.html", cover(COVERS[kind]))
    source.server.put("/files/report.pdf", file)
    tally = source.run()
    assert (tally.result, tally.new, dict(tally.outcomes)) == ("partial", 0, {"no_text": 1})


def test_a_cover_that_says_figures_itself_is_kept_without_its_file(source: Source) -> None:
    source.server.put("/cover.html", cover(f"<p>全省法院受理案件81.27万件。</p>{COVERS['linked']}"))
    source.server.put("/files/report.pdf", Reply(b"", status=404))
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 1)
    assert "页面不存在" in tally.notes[0]


def test_a_file_that_is_late_is_waited_for(source: Source) -> None:
    source.server.put("/cover.html", cover(COVERS["viewer"]))
    source.server.switch("/files/report.pdf", faults.maintenance())
    assert source.run().result == "partial"
    source.server.restore()
    assert (source.run().result, source.run().result) == ("ok", "nothing_new")


@pytest.mark.parametrize("fault", [faults.too_many_requests("3600"), faults.unavailable("3600")], ids=["429", "503"])
def test_a_file_that_is_held_back_for_now_is_waited_for(source: Source, fault: Reply) -> None:
    source.server.put("/cover.html", cover(f"<p>全省法院受理案件81.27万件。</p>{COVERS['linked']}"))
    source.server.put("/files/report.pdf", fault)
    tally = source.run()
    assert (tally.result, tally.new) == ("partial", 0)
    source.server.put("/files/report.pdf", Reply(REPORT, content_type="application/pdf").with_etag())
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 3)


def test_a_part_in_whose_place_a_refusal_comes_is_waited_for(source: Source) -> None:
    pages = (
        "<p>全省法院受理案件81.27万件。</p><script>createPageHTML(2, 0, 'cover', 'html');</script>",
        "<p>审结案件70.5万件。</p>",
    )
    source.server.put("/cover.html", cover(pages[0]))
    source.server.put("/cover_1.html", cover(pages[1]))
    menu = "".join(f"<li><a href='/menu/{number}/'>虚构栏目之{number}</a></li>" for number in range(30))
    wall = f"<html><head><title>访问验证中</title></head><body><ul>{menu}</ul><p>请稍候。</p></body></html>"
    source.server.switch("/cover_1.html", Reply(wall.encode(), charset="utf-8"))
    tally = source.run()
    assert (tally.result, tally.new) == ("partial", 0), tally.notes
    source.server.restore()
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 2)


@pytest.mark.parametrize("address", ["/download.jsp?id=7", "/files/7"])
def test_an_address_that_does_not_say_so_may_give_a_file(source: Source, address: str) -> None:
    source.server.put("/list.html", list_page((address, story(1))))
    source.server.put(address.partition("?")[0], Reply(REPORT, content_type="text/html").with_etag())
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 2), tally.notes


@pytest.mark.parametrize("suffix", ["pdf", "et"])
def test_a_list_may_lead_straight_to_files(source: Source, suffix: str) -> None:
    source.server.put("/list.html", list_page((f"/files/report.{suffix}", story(1))))
    source.server.put(f"/files/report.{suffix}", Reply(REPORT, content_type="application/octet-stream").with_etag())
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 2), tally.notes
