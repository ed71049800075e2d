"""Ucap (开普): gov.cn and several provinces; custom tags hold title, time and body (FAMILIES 7)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="ucap",
    section="7",
    order=65,
    marks=re.compile(r"""<ucap(?:title|content)>|id=["']UCAP-CONTENT["']|pagination_index_last""", re.IGNORECASE),
    title=("ucaptitle",),
    date=("publishtime",),
    source=("#ly",),
    body=("#UCAP-CONTENT", "ucapcontent", ".pages_content"),
)
