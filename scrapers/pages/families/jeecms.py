"""JEECMS: /<path>/<id>.jhtml, lists /<path>/index.jhtml; a four-digit part is a column, not the year (FAMILIES 9)."""

import re

from scrapers.pages.family import Family

FAMILY = Family(
    name="jeecms",
    section="9",
    order=80,
    article_path=re.compile(r"/\d+(?:_\d+)?\.jhtml"),
    list_path=re.compile(r"/(?:index(?:_\d+)?\.jhtml|\w+\.jspx)"),
    title=(".content-title", "h1"),
    body=(".content-txt", ".article-content", "#content"),
)
