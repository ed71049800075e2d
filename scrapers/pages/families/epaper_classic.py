"""Newspaper editions, classic Founder: html/<YYYY-MM>/<DD>/node_<N>.htm -> content_<N>.htm (FAMILIES 6b).

`?div=-1` shows a whole article: kept for fetching. Tianjin's subtitle begins with ~~~; its 3 and 4 are arrows.
"""

import re

from scrapers.pages.editions import read_edition
from scrapers.pages.family import Family

FAMILY = Family(
    name="epaper_classic",
    section="6b",
    order=33,
    article_path=re.compile(r"/html/\d{4}-\d{2}/\d{2}/content_\d+(?:_\d+)?\.html?"),
    list_path=re.compile(r"/html/\d{4}-\d{2}/\d{2}/node_\d+\.html?|/paperindex\.html?$"),
    marks=("<founder-content>", "<founder-title>"),
    title=("founder-title", "td.font01"),
    body=("#ozoom", "founder-content"),
    read_list=read_edition,
)
