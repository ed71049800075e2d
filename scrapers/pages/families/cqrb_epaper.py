"""重庆日报: /cqrb/<YYYY-MM>/<DD>/<page>/content_rb_<N>.htm (FAMILIES 6)."""

import re

from scrapers.pages.editions import read_edition
from scrapers.pages.family import Family

FAMILY = Family(
    name="cqrb_epaper",
    section="6",
    order=29,
    article_path=re.compile(r"/\w+/\d{4}-\d{2}/\d{2}/\w{1,4}/content_rb_\d+\.htm"),
    list_path=re.compile(r"/\w+/\d{4}-\d{2}/\d{2}/\w{1,4}/(?:node|index)\w*\.htm"),
    title=("founder-title", ".title", "h1"),
    body=("#ozoom", "founder-content", ".content"),
    read_list=read_edition,
)
