"""TRS WCM (t-date), the largest family: /<column>/<YYYYMM>/t<YYYYMMDD>_<id>.html (FAMILIES 1).

The date in the address is when the page was made and may be years off; lists are numbered from zero by a script.
"""

import re

from scrapers.pages.family import Family
from scrapers.pages.pagers import trs_next

FAMILY = Family(
    name="trs_wcm",
    section="1",
    order=40,
    article_path=re.compile(r"/t\d{8}_\d+(?:_\w+)?\.s?html?$|/t\d{6,8}\.shtml$"),
    marks=("TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "createPageHTML", "var countPage"),
    title=(".detail_tit", ".article-title", ".articleTitle", ".con_title"),
    body=(".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor", "#zoom", ".Custom_UnionStyle", ".article-con"),
    drop=("style",),
    next_part=trs_next,
)
