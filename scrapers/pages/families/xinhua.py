"""Xinhua: /<YYYY-MM>/<DD>/c_<id>.htm and /<YYYYMMDD>/<32 hex>/c.html; paging in `#div_currpage` (FAMILIES 12)."""

import re

from scrapers.pages.family import Family
from scrapers.pages.pagers import next_link
from scrapers.pages.tree import Tree


def _next_part(tree: Tree) -> str | None:
    return next_link(tree, "#div_currpage")


FAMILY = Family(
    name="xinhua",
    section="12",
    order=54,
    article_path=re.compile(r"/\d{4}-\d{2}/\d{2}/c_\d+(?:_\d+)?\.htm|/\d{8}/[0-9a-f]{32}/c\.html"),
    marks=(("p-detail", "div_currpage"), ("h-title", "p-detail")),
    title=(".h-title", ".head-line h1", "#title"),
    date=(".h-time",),
    source=("em#source", ".source"),
    body=("#p-detail", "#detailContent", "#detail"),
    drop=("#div_currpage", ".zan-wap", ".editor", ".lb", ".tadd", ".p-tags", ".video-url"),
    next_part=_next_part,
)
