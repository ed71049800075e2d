"""The courts' group platform: /article/detail/<YYYY>/<MM>/id/<id>.shtml, /article/index/id/<token>.shtml (FAMILIES 2).

The day is not in the address. Past the last page the server still answers 200, but the page has no 上一页.
"""

import re

from scrapers.pages.family import Family
from scrapers.pages.pagers import next_link
from scrapers.pages.tree import Tree


def _next_list(tree: Tree) -> str | None:
    beyond = "/page/" in tree.path and "上一页" not in tree.source
    return None if beyond else next_link(tree, ".paginationControl") or next_link(tree)


FAMILY = Family(
    name="chinacourt_group",
    section="2",
    order=20,
    article_path=re.compile(r"/article/detail/\d{4}/\d{2}/id/\d+\.shtml"),
    list_path=re.compile(r"/article/index/id/|/article/webgroup\.shtml|/courtlist/list/id/"),
    marks=("detail_bigtitle", "detail_thr", "detail_txt"),
    title=(".detail_bigtitle", ".b_title"),
    date=(".detail_thr .time",),
    source=(".detail_thr .source",),
    byline=(".detail_thr",),
    body=(".detail_txt",),
    drop=(".zrbj",),
    rows=(".font14 li a", "#list li a", ".left a"),
    next_list=_next_list,
)
