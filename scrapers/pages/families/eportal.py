"""Eportal (海南人大): /eportal/ui?articleKey=…&columnId=…&pageId=…; the query is the identity (FAMILIES 16)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="eportal",
    section="16",
    order=84,
    article_path=re.compile(r"/eportal/ui\?(?:.*&)?articleKey=\w+"),
    list_path=re.compile(r"/eportal/ui\?"),
    title=(".article-title", "h1"),
    body=("#articleContent", ".article-content", ".easysite-news-text"),
)
