"""An article page read: container, title, stamp, body, files, next part; or what the page is instead."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from scrapers.pages.attachments import attachments_of, is_file
from scrapers.pages.body import Body, read_body
from scrapers.pages.density import densest, is_noise
from scrapers.pages.entries import is_entry_list
from scrapers.pages.families import family_of
from scrapers.pages.family import NONE, Family
from scrapers.pages.lines import Line, Lines
from scrapers.pages.model import Article, Link, NotArticle, PageKind
from scrapers.pages.overload import MOST_ATTRIBUTES
from scrapers.pages.pagers import next_link, trs_next
from scrapers.pages.refusals import disguised, empty, refusal
from scrapers.pages.scripts import page_in_scripts
from scrapers.pages.titles import title_of_page
from scrapers.pages.tree import Tree, squeezed, text_of
from scrapers.pages.trimming import trimmed
from scrapers.pages.witnesses import Stamp, stamp_of

_CRUMBS = (".crumb", ".breadcrumb", ".position", ".location", ".crumbs", ".bread", ".dqwz", ".wz", ".path", "#position")
_PART_PAGERS = (
    "#displaypagenum", "#news_more_page_div_id", "#div_currpage", "#autopage", ".page-break", ".article-page", ".pages",
    ".pagination", "#page", ".page", ".pager", ".content_page", ".show_page",
)  # fmt: skip
_DROPPED = (
    "#displaypagenum", "#news_more_page_div_id", "#div_currpage", "#autopage", ".bdsharebuttonbox", ".share", "#share",
    ".pagination", ".pager", ".pages", ".copyright", ".article-page", ".toolbar", ".qrcode", ".ewm", ".zrbj", ".editor",
)  # fmt: skip
_CRUMB_MARK = re.compile(r"(?:您|你)?(?:的)?(?:当前|现在|所在)?的?位置\s*[:：]?|[>＞»›]+|->")
_CRUMB_LENGTH = 120
_DROPPED_SHARE = 0.25
_HEADER_LINES, _HEADER_LINKS, _SHORT_BODY = 14, 0.4, 60
_LINES_AFTER = 12
_LINKS_OF_A_LIST, _LINKED_SHARE = 2, 0.85
_SHORTEST_BODY, _FEW_WORDS = 20, 6
_FEW_LINES, _LONG, _SHORTEST_TITLE, _LONGEST_TITLE = 3, 200, 6, 100
_LINKS_OF_A_TEXT, _MUCH_MORE, _AS_LONG, _FEWER_LINKS, _MOST = 0.2, 3, 0.2, 0.3, 0.4
_FOOT_NAMES = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?|comments?|sidebar|copyright)(?:[\s_-]|$)", re.IGNORECASE)
_BARE = frozenset({PageKind.SHELL, PageKind.EMPTY, PageKind.LIST})
_SENTENCE = re.compile(r"[。；！!]|[,，：:]$")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the body stands: its containers, and the page's lines before, in and after them."""

    containers: tuple[Element, ...]
    before: list[Line]
    inside: list[Line]
    after: list[Line]


def read_article(source: str, url: str, hint: str | None = None) -> Article | NotArticle:
    """The article of a page, or a NotArticle that says which kind of page it is and why."""
    tree = Tree.parse(source, url)
    if tree.overloaded:
        return NotArticle(url, PageKind.OVERLOADED, f"has a tag of more than {MOST_ATTRIBUTES} attributes")
    family = family_of(tree, hint)
    tree = (family.rewrite(tree) if family.rewrite is not None else None) or tree
    found = _read(tree, family)
    if isinstance(found, NotArticle) and found.kind in _BARE and (written := page_in_scripts(tree)) is not None:
        # The page shows next to nothing, and a script of it has what it is going to show.
        again = _read(written, family)
        return again if isinstance(again, Article) else found
    return found


def _read(tree: Tree, family: Family) -> Article | NotArticle:
    containers = _containers(tree, family)
    lines = Lines(tree, containers)
    place = _place(containers, lines)
    before = place.before or lines.all()
    title = title_of_page(tree, family, before, len(before)) or _opening_title(place)
    header, opening = _header(place, title)
    stamp = stamp_of(tree, family, header, opening, place.after)
    if (no := _refused(tree, family, lines, place, whole=_looks_whole(title, header, stamp, place))) is not None:
        return replace(no, family=family.name)
    following = _next_part(tree, family)
    _prune(tree, family, place)
    body = read_body(place.containers)
    article = replace(_article(tree, family, title or "", stamp, body, place), next_url=following)
    if family.finish is not None:
        article = family.finish(tree, article)
    least = _FEW_WORDS if family.body else _SHORTEST_BODY
    if not article.title or not _says_anything(article, least):
        return replace(empty(tree, lines.all()), family=family.name)
    return article


def _opening_title(place: _Place) -> str | None:
    """A long text's first line where no place before it has a title: set apart, and no sentence."""
    if len(place.inside) < _FEW_LINES or _prose(place) < _LONG:
        return None
    line = place.inside[0]
    return (
        line.text if _SHORTEST_TITLE <= len(line.text) <= _LONGEST_TITLE and not _SENTENCE.search(line.text) else None
    )


def _refused(tree: Tree, family: Family, lines: Lines, place: _Place, *, whole: bool) -> NotArticle | None:
    """What the page is instead of an article. Where a family's own place holds the body, that is no list of entries."""
    own = any(not set(place.containers).isdisjoint(tree.every(anchor)) for anchor in family.body)
    if not own and is_entry_list(place.containers):
        return NotArticle(tree.url, PageKind.LIST, "lists headlines with summaries and has no article")
    if (no := disguised(tree, lines)) is not None:
        return no
    return None if whole else refusal(tree, lines.all(), _prose(place))


def _prose(place: _Place) -> int:
    """About how many characters of the body are no links."""
    return sum(len(line.text) - line.linked for line in place.inside)


def _looks_whole(title: str | None, header: list[Line], stamp: Stamp, place: _Place) -> bool:
    """Whether a title, a date under it and a body stand close together: then a page of many links is an article too."""
    shown = sum(len(line.text) for line in header)
    linked = sum(line.linked for line in header)
    close = title is not None and 0 < len(header) <= _HEADER_LINES and linked <= _HEADER_LINKS * shown
    dated = stamp.dates.printed is not None or stamp.dates.meta is not None
    return close and dated and _prose(place) >= _SHORT_BODY


def _place(containers: tuple[Element, ...], lines: Lines) -> _Place:
    elements = {element for container in containers for element in container.iter()}
    near = lines.until_over(containers, _LINES_AFTER)
    places = [number for number, line in enumerate(near) if line.element in elements]
    if not places:
        return _Place(containers, _before(lines.all(), containers[0]) if containers else lines.all(), [], [])
    first, last = places[0], places[-1]
    return _Place(containers, near[:first], [near[number] for number in places], near[last + 1 :])


def _before(lines: list[Line], container: Element) -> list[Line]:
    """The lines before a container that has no line itself (only pictures)."""
    order = {element: number for number, element in enumerate(container.getroottree().iter())}
    return [line for line in lines if order.get(line.element, 0) < order.get(container, 0)]


def _containers(tree: Tree, family: Family) -> tuple[Element, ...]:
    """The family's outermost containers, if they hold a text, or nothing else on the page does; else the densest.

    Names such as `content` are common: what stands there has to look like a text, or nothing else on the page may.
    """
    located = family.locate(tree) if family.locate is not None else None
    if located is not None and len(text_of(located)) >= _SHORTEST_BODY:
        return (located,)
    filled = _filled(tree, family, _SHORTEST_BODY)
    plain, linked = _measured(filled)
    if filled and plain >= _LONG and linked <= _LINKS_OF_A_TEXT * plain:
        return filled
    best = densest(tree)
    if filled and (best is None or best.prose < _LONG or not _belied(filled, best.element, plain, linked)):
        return filled
    if best is None or best.prose < _SHORT_BODY:
        return _filled(tree, family, _FEW_WORDS) or ((best.element,) if best is not None else ())
    return (best.element,)


def _measured(containers: tuple[Element, ...]) -> tuple[int, int]:
    """Their characters that are no links, and those that are."""
    linked = sum(len(text_of(link)) for container in containers for link in container.iter("a"))
    return sum(len(text_of(container)) for container in containers) - linked, linked


def _belied(containers: tuple[Element, ...], best: Element, plain: int, linked: int) -> bool:
    """Whether the densest text shows that a family's place is not the body: a menu around it, a scrap beside it."""
    around = {best, *best.iterancestors()}
    if any(container in around for container in containers):
        prose, links = _measured((best,))
        return links <= _FEWER_LINKS * linked and prose >= _MOST * plain
    if any(best in container.iterancestors() for container in containers):
        return False
    held = any(
        container.find(".//img") is not None or container.find(".//table") is not None for container in containers
    )
    return not held and _measured((best,))[0] > _MUCH_MORE * plain


def _filled(tree: Tree, family: Family, least: int) -> tuple[Element, ...]:
    """The outermost elements at the first of the family's places that holds so many characters, or a picture."""
    for anchor in family.body:
        found = tree.every(anchor)
        places = set(found)
        outer = [one for one in found if not any(up in places or _is_foot(up) for up in one.iterancestors())]
        filled = tuple(one for one in outer if len(text_of(one)) >= least or one.find(".//img") is not None)
        if filled:
            return _largest(filled)
    return ()


def _is_foot(element: Element) -> bool:
    """Whether an element is the page's foot, its comments or a side column: a `.content` there is not the article's."""
    return (
        element.tag in {"footer", "aside"}
        or _FOOT_NAMES.search(element.get("class") or element.get("id") or "") is not None
    )


def _largest(containers: tuple[Element, ...]) -> tuple[Element, ...]:
    """Of several, those side by side; else the longest and those like it: comments may have the same class."""
    if len(containers) == 1 or len({container.getparent() for container in containers}) == 1:
        return containers
    sizes = [len(text_of(container)) for container in containers]
    return tuple(one for one, size in zip(containers, sizes, strict=True) if size >= _AS_LONG * max(sizes))


def _header(place: _Place, title: str | None) -> tuple[list[Line], list[Line]]:
    """The lines from the title to the body, and the body's first lines."""
    stem = squeezed(title or "")[:12]
    start = max((n for n, line in enumerate(place.before) if stem and stem in line.text), default=None)
    header = place.before[start:] if start is not None else place.before[-_HEADER_LINES - 1 :]
    return header, place.inside[:4]


def _prune(tree: Tree, family: Family, place: _Place) -> None:
    """Takes furniture out of the containers: the family's, pagers, share buttons, and noisy blocks of little text."""
    for container in place.containers:
        whole = max(1, len(text_of(container)))
        noisy = [one for one in container.iterdescendants() if isinstance(one.tag, str) and is_noise(one)]
        certain = [one for anchor in family.drop for one in tree.every(anchor, container)]
        listed = certain + [one for anchor in _DROPPED for one in tree.every(anchor, container)]
        listed += [one for one in container.iter("ul", "ol", "dl", "div", "p", "table") if _is_link_list(one)]
        for element in (*noisy, *listed):
            if element in certain or len(text_of(element)) <= _DROPPED_SHARE * whole:
                _cut(element)


def _is_link_list(element: Element) -> bool:
    """Whether a block is nothing but several links, none of them to a file."""
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) < _LINKS_OF_A_LIST or any(is_file(link.get("href") or "", text_of(link)) for link in links):
        return False
    return sum(len(text_of(link)) for link in links) >= _LINKED_SHARE * max(1, len(text_of(element)))


def _cut(element: Element) -> None:
    """Removes an element and leaves its tail where it was: lxml's own remove would lose it (PITFALLS 1.1)."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def _article(tree: Tree, family: Family, title: str, stamp: Stamp, body: Body, place: _Place) -> Article:
    links_of = frozenset(text for address, text, _ in body.anchors if not is_file(address, text))
    paragraphs, tables, foot_source = trimmed(body.paragraphs, body.tables, title, links_of)
    container = place.containers[0] if place.containers else None
    links = [Link(url, text) for address, text, _ in body.anchors if (url := tree.absolute(address)) is not None]
    return Article(
        url=tree.url,
        family=family.name,
        title=title,
        published=stamp.published,
        source=stamp.source or foot_source,
        author=stamp.author,
        paragraphs=tuple(paragraphs),
        tables=tuple(tables),
        attachments=attachments_of(tree, body.anchors, container),
        pictures=tuple(dict.fromkeys(url for one in body.pictures if (url := tree.absolute(one)) is not None)),
        heading=_heading(place, title),
        breadcrumb=_breadcrumb(tree, place),
        dates=stamp.dates,
        site_code=tree.meta("siteidcode"),
        links=tuple(links),
    )


def _next_part(tree: Tree, family: Family) -> str | None:
    if family.next_part is not None:
        return family.next_part(tree)
    following = next_link(tree, *_PART_PAGERS)
    if following is None and family is not NONE:
        following = trs_next(tree)
    stem = tree.url.rsplit("/", 1)[-1].rsplit(".", 1)[0].split("_")[0]
    # 下一页 may lead to the next article: a part has the same directory and begins with the same name.
    if following and following.rsplit("/", 1)[0] == tree.url.rsplit("/", 1)[0] and stem in following.rsplit("/", 1)[-1]:
        return following
    return None


def _heading(place: _Place, title: str) -> tuple[str, ...]:
    """Printed lines around the title that belong to it: 引题, 副题, the line of the session, the signature."""
    stem = squeezed(title)[:12]
    at = max((number for number, line in enumerate(place.before) if stem and stem in line.text), default=None)
    if at is None:
        return ()
    near = place.before[max(0, at - 2) : at] + place.before[at + 1 : at + 4]
    return tuple(
        line.text.removeprefix("~~~").strip() for line in near if line.text.lstrip("~ ").startswith(("——", "—"))
    )


def _breadcrumb(tree: Tree, place: _Place) -> tuple[str, ...]:
    line = next((one.text for one in place.before if "位置" in one.text and len(one.text) <= _CRUMB_LENGTH), None)
    if line is None:
        element = tree.first(*_CRUMBS)
        line = text_of(element) if element is not None and len(text_of(element)) <= _CRUMB_LENGTH else ""
    parts = [part.strip() for part in _CRUMB_MARK.split(line)]
    return tuple(part for part in parts if part) if re.search(r"[>＞»›]", line) else ()


def _says_anything(article: Article, least: int) -> bool:
    return bool(article.attachments or article.pictures or article.tables or sum(map(len, article.paragraphs)) >= least)
