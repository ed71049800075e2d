"""People's Daily Online: /n1/<YYYY>/<MMDD>/c<channel>-<id>.html, also n2 (FAMILIES 12).

An article in parts has 【1】【2】【3】 below it, in `.zdfy`; the parts are called -2, -3.
"""

import re
from itertools import pairwise

from scrapers.pages.family import Family
from scrapers.pages.tree import Tree


def _next_part(tree: Tree) -> str | None:
    parts = [tree.absolute(link.get("href") or "") for link in tree.every(".zdfy a")]
    return next((following for part, following in pairwise(parts) if part == tree.url), None)


FAMILY = Family(
    name="people",
    section="12",
    order=55,
    article_path=re.compile(r"/n\d/(?:BIG5/)?\d{4}/\d{4}/c\d+-\d+(?:-\d+)?\.html"),
    marks=("rwb_zw", "rm_txt_con"),
    title=(".text_title h1", ".rm_txt h1", "h1"),
    byline=(".box01 .fl", ".channel .col-1-1", ".channel", ".col-1 .channel"),
    body=("#rwb_zw", ".rm_txt_con", ".box_con"),
    drop=(".edit", "#paper_num", ".otitle", ".zdfy"),
    next_part=_next_part,
)
