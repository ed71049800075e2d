"""The Supreme People's Court: lists /fabu/gengduo/<n>.html, articles /fabu/xiangqing/<id>.html (FAMILIES 14).

Before 2022 /zixun-xiangqing-166472.html; a title may be in two paragraphs, joined by ——.
"""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="court_gov",
    section="14",
    order=45,
    hosts=re.compile(r"(?:^|\.)court\.gov\.cn$"),
    article_path=re.compile(r"/(?:fabu|zixun|shenpan|paper)[/-]xiangqing[/-]\d+\.html"),
    list_path=re.compile(r"/(?:fabu|zixun|shenpan)[/-]gengduo[/-]\d+(?:_\d+)?\.html"),
    title=("div.title",),
    byline=("ul.clearfix.fl", ".message"),
    body=("#zoom", ".txt_txt"),
)
