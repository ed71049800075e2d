"""High courts of 黑龙江 and 河南: /public/detail.php?id=N, the source at the foot (FAMILIES 16)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="php_detail",
    section="16",
    order=85,
    article_path=re.compile(r"/public/detail\.php\?(?:.*&)?id=\d+"),
    list_path=re.compile(r"/public/\w*list\.php|/public/more\.php|/public/index\.php"),
    title=(".detail_title", "h1"),
    body=(".detail_content", "#content"),
)
