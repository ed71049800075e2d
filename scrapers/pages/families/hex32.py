"""吉林 and 四川 长安网 and their like: the article's name is 32 hex digits below YYYYMM/ or YYYY/M/D/ (FAMILIES 11).

Without a day in the path, the date stands only on the page. Never take the digits for a hash of the content.
"""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="hex32",
    section="11",
    order=90,
    article_path=re.compile(r"/(?:\d{6}|\d{4}/\d{1,2}/\d{1,2})/[0-9a-f]{32}\.s?html"),
    body=("#zoom", ".Article_content", ".article-content"),
)
