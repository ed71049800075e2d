"""Beijing's departments: /<path>/<5-9 digits>/index.html, no date in the address (FAMILIES 11)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="numid",
    section="11",
    order=95,
    article_path=re.compile(r"/[a-z]\w*/\d{5,9}/index\.html"),
    body=("#mainText", ".view", ".article-content"),
)
