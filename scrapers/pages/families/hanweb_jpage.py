"""Hanweb (大汉) jpage and jpaas: /art/<YYYY>/<M>/<D>/art_<column>_<id>.html, month and day unpadded (FAMILIES 4).

Old lists carry their rows as CDATA inside a script and name a proxy for the rest; new ones are a JSON answer that holds
markup. The proxy wants Referer, X-Requested-With and the form fields that its own address carries.
"""

import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.etree import _Element as Element

from scrapers.pages.family import Family
from scrapers.pages.model import Link, ListPage, Request
from scrapers.pages.rows import distinct, link_of
from scrapers.pages.tree import Tree

_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL)
_NEXT_GROUP = re.compile(r"<nextgroup>\s*<!\[CDATA\[.*?href=[\"']([^\"']+)[\"']", re.DOTALL)
_JPAAS = re.compile(r"""queryData\s*=\s*["']\s*(\{[^"]*?\})\s*["']""")
_JPAAS_URL = re.compile(r"""["'](/[^"']*jpaas-publish-server/front/page/build/unit)["']""")
_JPAAS_PAGE = re.compile(r'class="pagination"[^>]*?rows="(\d+)"[^>]*?count="(\d+)"')
_PAGE_NUMBER = re.compile(r'pageNo(?:%22|")\s*(?:%3A|:)\s*(?:%22|")?(\d+)')
_AJAX = ("X-Requested-With", "XMLHttpRequest")


def _read_list(tree: Tree) -> ListPage | None:
    if records := _RECORD.findall(tree.source):
        return _old(tree, "".join(records))
    if tree.source.lstrip().startswith("{"):
        return _answer(tree)
    if (address := _JPAAS_URL.search(tree.source)) and (query := _JPAAS.search(tree.source)):
        return _shell(tree, address[1], query[1])
    return None


def _old(tree: Tree, rows: str) -> ListPage:
    following = _NEXT_GROUP.search(tree.source)
    target = tree.absolute(following[1].replace("&amp;", "&")) if following else None
    request = None
    if target:
        parts = urlsplit(target)
        request = Request(target, tuple(parse_qsl(parts.query, keep_blank_values=True)), (_AJAX, ("Referer", tree.url)))
    return ListPage("", _links(tree, rows), target, request)


def _shell(tree: Tree, address: str, query: str) -> ListPage:
    """The column page of jpaas holds no row: its first page is a request like every other."""
    try:
        fields = json.loads(query.replace("'", '"'))
    except ValueError:
        return ListPage("")
    target = f"{tree.absolute(address)}?{urlencode(fields | {'paramJson': _page(1)})}"
    return ListPage("", (), target, Request(target, (), (_AJAX, ("Referer", tree.url))))


def _answer(tree: Tree) -> ListPage | None:
    try:
        markup = json.loads(tree.source)["data"]["html"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    pages, current = _JPAAS_PAGE.search(markup), _PAGE_NUMBER.search(tree.url)
    number = int(current[1]) if current else 1
    more = pages is not None and number * int(pages[1]) < int(pages[2])
    target = _PAGE_NUMBER.sub(lambda match: match[0][: -len(match[1])] + str(number + 1), tree.url) if more else None
    return ListPage("", _links(tree, markup), target, Request(target, (), (_AJAX,)) if target else None)


def _page(number: int) -> str:
    return json.dumps({"pageNo": number, "pageSize": 15}, separators=(",", ":"))


def _links(tree: Tree, markup: str) -> tuple[Link, ...]:
    inner = Tree.parse(f"<ul>{markup}</ul>", tree.url)
    return distinct(link_of(inner, _row(anchor), anchor) for anchor in inner.every("a[href]"))


def _row(anchor: Element) -> Element:
    return next(anchor.iterancestors("li", "tr"), anchor)


FAMILY = Family(
    name="hanweb_jpage",
    section="4",
    order=30,
    article_path=re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/art_\d+_\d+|art_[0-9a-f]{32})\.html"),
    list_path=re.compile(r"/col/col\d+/|dataproxy\.jsp|jpaas-publish-server"),
    marks=("<!--<$[标题]>begin-->", "ZJEG_RSS.content.begin", "<recordset>", "jpaas-publish-server"),
    title=(".con-title", ".title"),
    byline=(".small-title",),
    body=("#zoom", ".main-txt", ".wip_art_con", ".wzzw-article", "#ivs_content"),
    read_list=_read_list,
)
