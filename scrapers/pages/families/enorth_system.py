"""Enorth (北方网 Webber): /system/<YYYY>/<MM>/<DD>/<9 digits>.shtml (FAMILIES 5).

No common template; what is common is the box `#news_more_page_div_id` with 下一页. A page may be a mere meta refresh.
"""

import re

from scrapers.pages.family import Family
from scrapers.pages.pagers import next_link
from scrapers.pages.tree import Tree


def _next_part(tree: Tree) -> str | None:
    return next_link(tree, "#news_more_page_div_id")


FAMILY = Family(
    name="enorth_system",
    section="5",
    order=70,
    article_path=re.compile(r"/system/\d{4}/\d{2}/\d{2}/\d{9}(?:_\d+)?\.s?html?"),
    marks=("news_more_page_div_id",),
    title=("p.newstittle", "#ArticleTitle", ".tt_news", ".text_title h1", ".BiaoTi", ".neirong h1", "h1"),
    date=("#pubtime_baidu", "#ArticleCreatedAt"),
    source=("#source_baidu", "#ArticleSource", ".post_source"),
    byline=("#nleft", ".info"),
    body=(
        "#conter2018", "#ArticleContent", "#div_content", "#p-detail", "#rwb_zw", ".news", ".imfor", ".duanluo",
        ".Content",
    ),
    next_part=_next_part,
)  # fmt: skip
