"""Hebei's government: /columns/<uuid>/<YYYYMM>/<DD>/<uuid>.html (FAMILIES 11)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="hbuuid",
    section="11",
    order=92,
    article_path=re.compile(r"/columns/[0-9a-f-]{36}/\d{6}/\d{2}/[0-9a-f-]{36}\.html"),
    list_path=re.compile(r"/columns/[0-9a-f-]{36}/index(?:_\d+)?\.html"),
    body=("#zoom", ".article-content"),
)
