"""Ucap (开普): gov.cn and several provinces; custom tags hold title, time and body (FAMILIES 7)."""

from scrapers.pages.family import Family

FAMILY = Family(
    name="ucap",
    section="7",
    order=65,
    marks=("<ucaptitle>", "<ucapcontent>", "UCAP-CONTENT", "pagination_index_last"),
    title=("ucaptitle",),
    date=("publishtime",),
    source=("#ly",),
    body=("#UCAP-CONTENT", "ucapcontent", ".pages_content"),
)
