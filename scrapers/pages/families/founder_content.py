"""Founder's news system: 长安网 and legaldaily, /<YYYY-MM>/<DD>/content_<id>.html (FAMILIES 3).

The comments around the body are steadier than any class: at least seven skins were seen. `#js_content` is borrowed from
WeChat's pages.
"""

import re

from lxml import etree
from lxml.etree import _Element as Element

from scrapers.pages.family import Family
from scrapers.pages.pagers import next_link
from scrapers.pages.tree import Tree


def _next_part(tree: Tree) -> str | None:
    return next_link(tree, "#displaypagenum")


def _marked(tree: Tree) -> Element | None:
    """The element that holds the comment enpcontent."""
    marks = (comment for comment in tree.root.iter(etree.Comment) if (comment.text or "").startswith("enpcontent"))
    mark = next(marks, None)
    return mark.getparent() if mark is not None else None


FAMILY = Family(
    name="founder_content",
    section="3",
    order=60,
    article_path=re.compile(r"^(?!.*/html/).*/\d{4}-\d{2}/\d{2}/content_\d+\.s?html?"),
    marks=("<!--enpcontent-->", "<!--enpproperty"),
    title=(".content_main .title",),
    byline=(".content_main .info",),
    body=("#js_content", "#ShowContent", "#zoom", "dd.f14.black02.yh"),
    rows=(".list_box_left li a",),
    locate=_marked,
    next_part=_next_part,
)
