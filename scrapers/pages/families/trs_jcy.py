"""The procuratorates' shared platform, TRS run centrally at *.jcy.gov.cn (FAMILIES 1b).

No government metas, a printed header 时间：… 作者：… 新闻来源：…, lists of nested tables in which outer rows match too.
"""

import re

from scrapers.pages.family import Family
from scrapers.pages.pagers import trs_next

FAMILY = Family(
    name="trs_jcy",
    section="1b",
    order=35,
    hosts=re.compile(r"\.jcy\.gov\.cn$"),
    marks=(("detail_tit", "fontzoom"), ("detail_info", "fontzoom"), 'class="b16"', 'class="h12"'),
    article_path=None,
    title=(".detail_tit",),
    byline=(".detail_info", ".detail_extend1"),
    body=("#fontzoom", ".TRS_Editor", ".trs_editor_view"),
    drop=("#xgxw",),
    rows=("a.b16",),
    next_part=trs_next,
)
