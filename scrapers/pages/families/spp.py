"""The Supreme People's Procuratorate: TRS with places of its own; `#xgxw` (相关新闻) ends the body (FAMILIES 13)."""

import re

from scrapers.pages.family import Family
from scrapers.pages.pagers import trs_next

_TITLE = re.compile(r"_(?:中华人民共和国)?最高人民检察院")

FAMILY = Family(
    name="spp",
    section="13",
    order=30,
    hosts=re.compile(r"(?:^|\.)spp\.gov\.cn$"),
    tells=lambda tree: _TITLE.search(tree.document_title) is not None,
    article_path=None,
    title=(".detail_tit",),
    byline=(".detail_extend1",),
    body=("#fontzoom",),
    drop=("#xgxw",),
    rows=(".commonList_con li a",),
    next_part=trs_next,
)
