"""荆楚网: three generations of addresses on one host, Founder's and TRS's among them (FAMILIES 21)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="cnhubei",
    section="6",
    order=25,
    hosts=re.compile(r"(?:^|\.)cnhubei\.com$"),
    title=(".title", "h1"),
    byline=(".info",),
    body=("#js_content", ".article_w", ".TRS_Editor", "#zoom"),
)
