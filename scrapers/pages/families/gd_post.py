"""Guangdong's platform: /<column>/content/post_<id>.html without a date, lists numbered from one (FAMILIES 8).

Some lists are the open-government tree: JSON of `articles` with url, title and seconds or dates.
"""

import json
import re

from scrapers.pages.dates import day_of, read_date
from scrapers.pages.family import Family
from scrapers.pages.model import Link, ListPage
from scrapers.pages.tree import Tree, squeezed

_PAGE = re.compile(r"([?&]page=)(\d+)")


def _read_list(tree: Tree) -> ListPage | None:
    if not tree.source.lstrip().startswith("{"):
        return None
    try:
        articles = json.loads(tree.source)["articles"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    links = []
    for one in articles:
        url = tree.absolute(str(one.get("url") or ""))
        if url and (title := squeezed(str(one.get("title") or ""))):
            moment = one.get("display_publish_time") or one.get("date") or one.get("first_publish_time")
            links.append(Link(url, title, day_of(read_date(str(moment or "")))))
    page = _PAGE.search(tree.url)
    following = _PAGE.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", tree.url) if page and links else None
    return ListPage("", tuple(links), following)


FAMILY = Family(
    name="gd_post",
    section="8",
    order=50,
    article_path=re.compile(r"/content/(?:mpost|post)_\d+\.html"),
    list_path=re.compile(r"/gkmlpt/"),
    title=(".article-title", ".content_title", "h1"),
    body=("#zoomcon", ".article-content", ".articleBox"),
    rows=("ul.list li a",),
    read_list=_read_list,
)
