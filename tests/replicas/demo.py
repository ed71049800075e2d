"""The demo's four sites: fictional reports of fictional years of four real provinces, in the genre's wording.

    62  甘肃政法    政法委   TRS list and article, UTF-8
    33  浙江高院    法院     court group
    43  湖南检察    检察院   procuratorate platform, GBK without a charset in the header
    53  云南公安    公安     TRS, with a PDF attachment

Every text says in its first paragraph that it is invented. `{year}` is the year a report covers.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tests.replicas.reply import Reply
from tests.replicas.server import ReplicaServer
from tests.replicas.sites import Entry, File, Story, place_story, render_article, render_list, replica

NOTICE = "【虚构示例】本文为演示程序而编写,所有数字均为虚构,与任何单位的真实情况无关。"


@dataclass(frozen=True, slots=True)
class DemoReport:
    """One fictional report: where it stands, and what it says."""

    site: str
    title: str
    paragraphs: tuple[str, ...]
    attachment: str = ""

    def of_year(self, year: int) -> DemoReport:
        """The same with the year it covers written in."""
        return DemoReport(
            self.site,
            self.title.format(year=year),
            (NOTICE, *(text.format(year=year, next=year + 1) for text in self.paragraphs)),
            self.attachment,
        )


EARLIER = (
    DemoReport(
        "62",
        "{year}年全省政法工作综述(虚构)",
        (
            "{year}年,全省排查调处矛盾纠纷38.2万件,同比增长4.1%。",
            "检察机关监督立案、撤案740件,同比上升3.5%。公安机关受理治安案件同比下降2.2%,立刑事案件下降3.1%。",
            "全省法院受理各类案件60.1万件,审(执)结57.3万件,审限内结案率93.2%。",
        ),
    ),
    DemoReport(
        "33",
        "{year}年全省法院工作报告(虚构)",
        (
            "{year}年,全省法院受理案件150.4万件,审执结146.2万件,同比分别上升2.3%、2.9%。",
            "诉前调解成功41.5万件,同比上升6.4%。",
        ),
    ),
    DemoReport(
        "43",
        "{year}年全省检察机关工作报告(虚构)",
        ("{year}年,全省检察机关批准逮捕2.41万人,同比下降5.2%;提起公诉5.03万人,同比上升1.8%。",),
    ),
    DemoReport(
        "53",
        "{year}年全省公安工作情况通报(虚构)",
        ("{year}年,全省公安机关立刑事案件9.6万起,同比下降4.4%;破获刑事案件6.2万起,同比上升3.0%。",),
    ),
)

LATER = (
    DemoReport(
        "62",
        "{year}年全省政法工作综述(虚构)",
        (
            "{year}年,全省排查调处矛盾纠纷79.4万件,同比增长108%。",
            "检察机关监督立案、撤案1262件,同比上升70.5%。公安机关受理治安案件下降9.7%,立刑事案件下降26%,为近12年最低。",
            "全省法院受理各类案件61.9万件,审(执)结58.8万件,审限内结案率94.1%。",
        ),
    ),
    DemoReport(
        "33",
        "{year}年全省法院工作报告(虚构)",
        (
            "{year}年,全省法院受理案件158.8万件,审执结151.9万件,同比分别上升5.6%、3.9%。",
            "诉前调解成功56.9万件,同比上升37.1%。",
        ),
    ),
    DemoReport(
        "43",
        "{year}年全省检察机关工作报告(虚构)",
        ("{year}年,全省检察机关批准逮捕1.74万人,同比下降27.8%;提起公诉4.89万人,同比下降2.8%。",),
    ),
    DemoReport(
        "53",
        "{year}年全省公安工作情况通报(虚构)",
        ("{year}年,全省公安机关立刑事案件9.1万起,同比下降5.2%;破获刑事案件6.5万起,同比上升4.8%。",),
        attachment="附表.pdf",
    ),
)

# What the publisher of site 62 makes of its report afterwards: one figure is another.
EDITED = ("立刑事案件下降26%", "立刑事案件下降22%")


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A replica site: its card's words, its page family, and whether its header names the charset."""

    id: str
    name: str
    region: str
    body: str
    family: str
    charset: str | None = "utf-8"


SITES = {
    "62": DemoSite("62-zfw", "甘肃政法(虚构)", "62", "政法委", "trs_wcm"),
    "33": DemoSite("33-fy", "浙江高院(虚构)", "33", "法院", "chinacourt_group"),
    "43": DemoSite("43-jcy", "湖南检察(虚构)", "43", "检察院", "trs_jcy", charset=None),
    "53": DemoSite("53-ga", "云南公安(虚构)", "53", "公安", "trs_wcm"),
}


class DemoWorld:
    """The four sites while they run; what is published may be added to and edited."""

    def __init__(self, servers: dict[str, ReplicaServer]) -> None:
        self.servers = servers
        self._stories: dict[str, list[Story]] = {site: [] for site in servers}

    def publish(self, reports: Sequence[DemoReport], published: datetime) -> None:
        """Put reports on their sites, newest on top of the list."""
        for number, report in enumerate(reports):
            story = Story(
                title=report.title,
                published=published,
                source=SITES[report.site].name,
                paragraphs=report.paragraphs,
                files=(File("", report.attachment),) if report.attachment else (),
                number=published.year * 1000 + published.timetuple().tm_yday + number * 400_000,
                site=SITES[report.site].name,
            )
            self._stories[report.site].insert(0, story)
            self._serve(report.site, story)
            self._serve_list(report.site)

    def edit(self, site: str, old: str, new: str) -> None:
        """Change the newest report of a site, as a publisher does who found a slip. Raises ValueError for no such text."""
        story = self._stories[site][0]
        if not any(old in text for text in story.paragraphs):
            raise ValueError(f"{old!r} is not in the report")
        edited = replace(story, paragraphs=tuple(text.replace(old, new) for text in story.paragraphs))
        self._stories[site][0] = edited
        self._serve(site, edited)

    def write_cards(self, folder: Path, *, required: Sequence[str] = ()) -> None:
        """One card per site, as a user would write it."""
        folder.mkdir(parents=True, exist_ok=True)
        for key, site in SITES.items():
            card = (
                f'id = "{site.id}"\nname = "{site.name}"\nregion = "{site.region}"\nbody = "{site.body}"\n'
                f'list_urls = ["{self.list_url(key)}"]\nenabled = true\n'
            )
            card += "required = true\n" if key in required else ""
            (folder / f"{site.id}.toml").write_text(card, encoding="utf-8")

    def list_url(self, site: str) -> str:
        """The address of a site's list."""
        return self.servers[site].url(replica(SITES[site].family).list_path)

    def _serve(self, site: str, story: Story) -> None:
        place = replica(SITES[site].family)
        placed = place_story(place, story)
        self._put(site, place.article_path(story), render_article(place.family, placed))
        for file in placed.files:
            where = posixpath.normpath(posixpath.join(posixpath.dirname(placed.href), file.href))
            self.servers[site].put(where, Reply(PDF, content_type="application/pdf").with_etag())

    def _serve_list(self, site: str) -> None:
        place = replica(SITES[site].family)
        entries = [Entry(place.article_path(story), story.title, story.published) for story in self._stories[site]]
        self._put(site, place.list_path, render_list(place.family, entries, site=SITES[site].name))

    def _put(self, site: str, path: str, body: bytes) -> None:
        self.servers[site].put(path, Reply(body, charset=SITES[site].charset).with_etag())


@contextmanager
def demo_world() -> Iterator[DemoWorld]:
    """Four sites on four ports of loopback, empty at first."""
    with ExitStack() as stack:
        yield DemoWorld({site: stack.enter_context(ReplicaServer()) for site in SITES})


def _pdf(text: str) -> bytes:
    """The smallest PDF of one line of ASCII that readers accept."""
    content = f"BT /F1 18 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


PDF = _pdf("Fictional annex: nothing in it is real")
