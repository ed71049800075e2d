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


@pytest.mark.parametrize("suffix", ["pdf", "et"])
def test_a_list_may_lead_straight_to_files(source: Source, suffix: str) -> None:
    source.server.put("/list.html", list_page((f"/files/report.{suffix}", story(1))))
    source.server.put(f"/files/report.{suffix}", Reply(REPORT, content_type="application/octet-stream").with_etag())
    tally = source.run()
    assert (tally.result, tally.new, tally.figures) == ("ok", 1, 2), tally.notes
