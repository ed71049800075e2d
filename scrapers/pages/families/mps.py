"""The Ministry of Public Security: /n<a>/n<b>/c<id>/content.html (FAMILIES 14)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="mps",
    section="14",
    order=46,
    hosts=re.compile(r"(?:^|\.)mps\.gov\.cn$"),
    article_path=re.compile(r"/n\d+/n\d+/(?:n\d+/)*c\d+/content\.html"),
    list_path=re.compile(r"/n\d+/n\d+/(?:n\d+/)*index\.html"),
    title=(".cnt_nav h3", ".arcTool h1"),
    date=(".cnt_nav p.info",),
    source=(".cnt_nav p.info i",),
    body=("#ztdx", ".cnt_bd"),
)
