"""Boda (博达) VSB: /info/<column>/<id>.htm; page 2 of a list counts down; files behind download.jsp (FAMILIES 17)."""

import re
from dataclasses import replace

from scrapers.pages.family import Family
from scrapers.pages.model import Article
from scrapers.pages.tree import Tree, squeezed

_TITLE = re.compile(r'<!--#begineditable name="(?:文章)?标题"-->(.*?)<!--#endeditable-->', re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")


def _finish(tree: Tree, article: Article) -> Article:
    if not article.title and (found := _TITLE.search(tree.source)):
        return replace(article, title=squeezed(_MARKUP.sub("", found[1])))
    return article


FAMILY = Family(
    name="boda_vsb",
    section="17",
    order=68,
    article_path=re.compile(r"/info/\d+/\d+\.htm"),
    marks=("vsb_content", "_showDynClicks(", "v_news_content"),
    title=(".contenttitle", ".arti_title"),
    body=(".v_news_content", "#vsb_content", "#vsb_content_2", "#vsb_content_4"),
    finish=_finish,
)
