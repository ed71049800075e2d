"""Rednet (红网): /content/<6>/<2>/<id>.html, lists /channel/<N>.html (FAMILIES 10)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="rednet",
    section="10",
    order=75,
    article_path=re.compile(r"/content/\d{6}/\d{2}/\d+\.html"),
    list_path=re.compile(r"/channel/\d+\.html"),
    marks=("detail_article_content", "detail-article"),
    title=(".detail-title", "h1"),
    date=("span.p_l_25",),
    source=("span.p_l_10",),
    body=(".detail_article_content", ".detail-article"),
)
