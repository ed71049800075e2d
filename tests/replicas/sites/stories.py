"""The invented publications that stand on every replica site. Nothing in them is true; each says so (虚构)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scrapers.pages.dates import CHINA
from tests.replicas.sites import File, Story

REPORT = Story(
    title="某某省2025年政法工作报告（虚构示例全文）",
    published=datetime(2026, 1, 27, 16, 40, tzinfo=CHINA),
    source="虚构日报",
    subtitle=("——2026年1月20日在某某省第十四届人民代表大会第四次会议上",),
    paragraphs=(
        "　　【虚构】各位代表：",
        "　　现在，我代表有关机关向大会报告工作，请予审议，并请列席人员提出意见。",
        '　　全年办理行政复议案件<span lang="EN-US">12,345</span>件，<span>同比上升</span><span>8.9%</span>。',
        '　　批准逮捕各类犯罪嫌疑人<span lang="EN-US">2</span><span lang="EN-US">.31</span>万人<sup>[1]</sup>，提起公诉4.02万人。',
        "　　审结各类案件187505件<sup>1</sup>，2007年的37845件<sup>②</sup>是基数；受理<st1:chmetcnv>81<o:p></o:p>.27</st1:chmetcnv>\n万件。",
        "　　结案率９８．２３％，群众满意率再创新高。",
        "　　调处矛盾纠纷38.2<br>万件，<font>2026年</font><font>1月</font>以来刑事案件下降26&nbsp;%。",
    ),
    table=(("项目", "件数", "同比"), ("受理", "86.31万件", "5.6%"), ("审结", "80.02万件", "3.9%")),
    files=(File("", "附表.pdf"), File("", "附表.docx")),
    number=7550001,
    next_href="yes",
)

RESOLUTION = Story(
    title="某某省人民代表大会关于政法工作报告的决议（虚构）",
    published=datetime(2026, 1, 24, 9, 5, tzinfo=CHINA),
    source="虚构人大网",
    paragraphs=(
        "　　【虚构】（2026年1月24日某某省第十四届人民代表大会第四次会议通过）",
        "　　会议听取和审议了有关报告，对过去一年的工作表示满意，决定批准这个报告。",
    ),
    number=7550002,
)

DIGEST = Story(
    title="某某省：数说政法工作亮点（虚构）",
    published=datetime(2026, 1, 21, 8, 30, tzinfo=CHINA),
    source="虚构晚报",
    paragraphs=(
        "　　【虚构】记者从全省政法工作会议上获悉，全省群众安全感达98.23%，同比提高0.4个百分点。",
        "　　全年刑事案件同比下降12.5%，矛盾纠纷化解率保持在96%以上。",
    ),
    pictures=("W020260121300000000001.jpg",),
    number=7550003,
)

OLDER = (
    replace(
        REPORT,
        title="某某省2024年政法工作报告（虚构示例全文）",
        published=datetime(2025, 1, 21, 10, 0, tzinfo=CHINA),
        number=6600001,
        next_href="",
    ),
    replace(
        DIGEST, title="某某省召开虚构的新闻发布会", published=datetime(2025, 1, 9, 15, 0, tzinfo=CHINA), number=6600002
    ),
)


def first_page() -> tuple[Story, ...]:
    """What the list's first page shows."""
    return REPORT, RESOLUTION, DIGEST


def second_page() -> tuple[Story, ...]:
    """What its second page shows."""
    return OLDER


def part_two(story: Story) -> Story:
    """The second part of a report that is cut in two."""
    paragraphs = (
        "　　【虚构】各位代表！做好今年的工作，任务艰巨，使命光荣。",
        "　　全年为群众办实事3.5万件，群众满意率97.6%，比上年提高1.2个百分点。",
    )
    return replace(story, paragraphs=paragraphs, subtitle=(), files=(), table=(), next_href="")
