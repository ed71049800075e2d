"""PHPCMS and its like: /news/<column>/show-<N>.html, /news-show-<N>.html, lists /news/<column>/ (FAMILIES 16)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="phpcms_show",
    section="16",
    order=86,
    article_path=re.compile(r"/(?:\w+-)?show-\d+(?:-\d+)*\.html"),
    list_path=re.compile(r"/(?:\w+-)?lists?-\d+(?:-\d+)*\.html"),
    title=(".content-title", "#Article h1", "h1"),
    body=(".content-text", "#Article .content", ".content"),
)
