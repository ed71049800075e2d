"""Pages that are no article: a login, a challenge, a list, a shell without its script, a mere redirect, nothing."""

from __future__ import annotations

import re
from itertools import takewhile

from scrapers.pages.dates import find_dates
from scrapers.pages.lines import Line, Lines
from scrapers.pages.model import NotArticle, PageKind
from scrapers.pages.tree import Tree
from scrapers.web.blocked import BlockSign, sign_of, soft_missing

_FEW = 300
_ROWS = 5
_TITLE = 6
_SMALL = 12_000
_LINKED = 0.5
_ROUTE = re.compile(r"#/|#!")
_MISSING = re.compile(
    r"404|页面(?:不存在|没有找到|未找到)|(?:内容|文章|信息|新闻|网页)(?:已删除|不存在|已下线)|not found", re.IGNORECASE
)

# What a page calls itself, in its title or its first heading, when it is a form or a wall and no article.
_FORM = re.compile(
    r"^\W*(?:欢迎)?(?:\w{0,12}[-—_|\s]*)?(?:登录|登陆|统一身份认证\w{0,4}|sign in|log ?in)\W*$", re.IGNORECASE
)
_WALL = re.compile(
    r"^\W*(?:(?:对不起|抱歉)\W*)?(?:(?:您|你)的?)?(?:访问(?:受限|被拒绝?|被阻断|异常|验证)|(?:请求|访问).{0,12}(?:被拦截|安全威胁)|(?:禁止|无法|暂停|拒绝)访问|系统维护|网站维护|"
    r"网站升级|安全验证|人机验证|forbidden|access denied|just a moment|attention required)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"(?:页面|网页|内容|文章|信息).{0,6}(?:找不到|不存在|没有找到|未找到|已(?:被\w{0,4})?删除|已失效|无法查看)|找不到(?:页面|网页|您)|(?:您|你)(?:要)?访问的页面"
)
_GONE_TEXT, _GONE_LINE = 160, 60


def disguised(tree: Tree, lines: Lines) -> NotArticle | None:
    """A login with its terms of use, or a wall of a few lines, whatever else looks like an article on it."""
    shown = (line.text for line in lines.until_over(lines.headings) if line.element in lines.headings)
    names = [tree.document_title, *shown][:3]
    if any(_FORM.match(name) for name in names) and tree.root.find(".//input") is not None:
        return NotArticle(tree.url, PageKind.LOGIN, "asks for a password or a code and has no article")
    if (wall := next(filter(_WALL.match, names), None)) is not None:
        plain = sum(len(line.text) for line in lines.all() if not line.linked)
        if plain < 2 * _FEW:
            return NotArticle(tree.url, PageKind.BLOCKED, f"is a refusal: {wall}")
    return None


def refusal(tree: Tree, lines: list[Line], prose: int) -> NotArticle | None:
    """What the page is instead of an article, or None. `prose` counts the characters of the body that was found."""
    shown = sum(len(line.text) for line in lines)
    if prose < _FEW:
        if (early := _refused(tree, shown)) is not None:
            return early
        if tree.root.xpath("boolean(.//input[@type='password'])"):
            return NotArticle(tree.url, PageKind.LOGIN, "asks for a password and has no article")
        if prose < _GONE_TEXT and any(_GONE.search(line.text) for line in lines if len(line.text) <= _GONE_LINE):
            return NotArticle(tree.url, PageKind.MISSING, "says that there is no such page")
    if _rows(lines) >= _ROWS and prose < _FEW:
        return NotArticle(tree.url, PageKind.LIST, f"lists {_rows(lines)} dated links and has no article")
    if prose < _FEW and shown and sum(line.linked for line in lines) > _LINKED * shown and _links(lines) >= 2 * _ROWS:
        return NotArticle(tree.url, PageKind.LIST, "is mostly links and has no article")
    return None


def empty(tree: Tree, lines: list[Line]) -> NotArticle:
    """What to say of a page without a body or without a title."""
    if _ROUTE.search(tree.url) or (not lines and tree.root.find(".//script") is not None):
        return NotArticle(tree.url, PageKind.SHELL, "is a shell that a script fills; its data is behind a JSON address")
    if sum(line.linked for line in lines) > _LINKED * sum(len(line.text) for line in lines) and _links(lines) >= _ROWS:
        return NotArticle(tree.url, PageKind.LIST, "is mostly links and has no article")
    return NotArticle(tree.url, PageKind.EMPTY, "has no prose, no pictures and no attachment")


def _refused(tree: Tree, shown: int) -> NotArticle | None:
    if (target := tree.refresh) is not None and target != tree.url:
        return NotArticle(tree.url, PageKind.REDIRECT, f"sends its reader to {target}", redirect=target)
    if shown < 2 * _FEW:
        # Pages that refuse are small; the test for them is not made for large ones.
        sign = sign_of(200, tree.source) if len(tree.source) <= _SMALL else None
        if sign is not None:
            kind = PageKind.LOGIN if sign.sign is BlockSign.LOGIN else PageKind.BLOCKED
            return NotArticle(tree.url, kind, f"is a refusal ({sign.sign.value}): {sign.detail}".rstrip(": "))
        if soft_missing(tree.source) or _MISSING.search(tree.document_title):
            return NotArticle(tree.url, PageKind.MISSING, "says that there is no such page")
    return None


def _rows(lines: list[Line]) -> int:
    """Rows of a list: a linked title with a date beside it, in the line or the next one."""
    count = 0
    for place, line in enumerate(lines):
        if line.linked < _TITLE:
            continue
        # A state or a name may stand between title and date; the next title ends the row.
        beside = list(takewhile(lambda one: one.linked < _TITLE and len(one.text) < 24, lines[place + 1 : place + 4]))
        count += any(_dated(one) for one in (line, *beside))
    return count


def _dated(line: Line) -> bool:
    return (
        next(find_dates(line.text), None) is not None or re.fullmatch(r"[\[(]?\d{2}-\d{2}[\])]?", line.text) is not None
    )


def _links(lines: list[Line]) -> int:
    return sum(1 for line in lines if line.linked >= 6)
