"""山西日报: /shtml/<paper>/<YYYYMMDD>/<id>.shtml; the text begins with 第04版:要闻 (FAMILIES 6)."""

import re

from scrapers.pages.editions import read_edition
from scrapers.pages.family import Family

FAMILY = Family(
    name="sxrb_epaper",
    section="6",
    order=29,
    article_path=re.compile(r"/shtml/\w+/\d{8}/\d{4,}\.shtml"),
    list_path=re.compile(r"/shtml/\w+/\d{8}/(?:index|v?\d{1,2})\.shtml|/shtml/\w+/index\.shtml"),
    title=("#title", "h1"),
    body=("#content", "#ozoom"),
    read_list=read_edition,
)
