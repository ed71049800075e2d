"""Articles of WeChat's official accounts (FAMILIES 15).

The time is the script's `ct`, since `#publish_time` may read 昨天. Pictures wait in `data-src`; posters (一图读懂) hold
their figures in pictures only; `msg_source_url` is the original.
"""

import re
from dataclasses import replace

from scrapers.pages.dates import read_date
from scrapers.pages.family import Family
from scrapers.pages.model import Article, Link
from scrapers.pages.tree import Tree

_MOMENT = re.compile(r"""\b(?:ct|create_time)\s*[=:]\s*["'](\d{10})["']""")
_ORIGINAL = re.compile(r"""msg_source_url\s*=\s*["']([^"']+)["']""")


def _finish(tree: Tree, article: Article) -> Article:
    moment = _MOMENT.search(tree.source)
    original = _ORIGINAL.search(tree.source)
    published = read_date(moment[1]) if moment else article.published
    links = (Link(original[1], "阅读原文"),) if original and original[1].startswith("http") else ()
    dates = replace(article.dates, printed=published) if moment else article.dates
    return replace(article, published=published, dates=dates, links=(*article.links, *links), next_url=None)


FAMILY = Family(
    name="wechat",
    section="15",
    order=10,
    article_path=re.compile(r"/s\?(?:.*&)?__biz=[^&]+&(?:.*&)?mid="),
    list_path=re.compile(r"/mp/appmsgalbum\?"),
    hosts=re.compile(r"^mp\.weixin\.qq\.com$"),
    marks=(("activity-name", "js_content"),),
    title=("#activity-name",),
    source=("#js_name",),
    body=("#js_content",),
    finish=_finish,
)
