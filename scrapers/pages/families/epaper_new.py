"""Newspaper editions, new Founder: layout/<YYYYMM>/<DD>/node_<XX>.html -> content_<N>.html (FAMILIES 6a)."""

import re

from scrapers.pages.editions import read_edition
from scrapers.pages.family import Family

FAMILY = Family(
    name="epaper_new",
    section="6a",
    order=28,
    article_path=re.compile(r"/(?:content|con|c)/\d{6}/\d{2}/content_\d+\.html"),
    list_path=re.compile(r"/(?:layout|lay|l)/(?:\d{6}/\d{2}/node_\w+|index)\.html"),
    title=("founder-title", "#Title", ".newsdetatit h3", "h1", "h2"),
    body=("#ozoom", "founder-content", ".newsdetatext"),
    read_list=read_edition,
)
