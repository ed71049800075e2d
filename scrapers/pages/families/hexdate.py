"""Shanghai's departments: /<column>/<YYYYMMDD>/<32 hex>.html (FAMILIES 11)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="hexdate",
    section="11",
    order=91,
    article_path=re.compile(r"/\d{8}/[0-9a-f]{32}\.html"),
    body=("#ivs_content", ".Article_content"),
)
