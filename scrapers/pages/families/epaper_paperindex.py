"""Newspaper editions: PaperIndex.htm -> <YYYYMMDD>/Page01XX.htm -> Articel<NNNNN><XX>.htm (FAMILIES 6c).

The misspelling is real. The index jumps twice by meta refresh.
"""

import re

from scrapers.pages.editions import read_edition
from scrapers.pages.family import Family

FAMILY = Family(
    name="epaper_paperindex",
    section="6c",
    order=26,
    article_path=re.compile(r"/\d{8}/Articel\d+\w*\.htm"),
    list_path=re.compile(r"/PaperIndex\.htm|/\d{8}/Page\d+\w*\.htm"),
    title=(".title", "founder-title", "h1"),
    body=("#ozoom", "#zoom", ".content"),
    read_list=read_edition,
)
