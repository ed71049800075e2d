"""Where an article stands on a page of no known system: the densest text with the least around it.

Every block is worth its plain prose, more where it is punctuated, and costs its links, its scraps of text and itself.
A subtree is worth the sum of its blocks, deeper ones for less; subtrees that call themselves comments, related, footer
... count for little. The best subtree wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from scrapers.pages.tree import BLOCKS, SILENT, Tree

_WORDS = (
    r"comment|reply|related|recommend|relate|hotnews|hot-|rank|sidebar|side_|side-|aside|footer|foot_|footnav|copyright|"
    r"copyr|share|bdshare|breadcrumb|crumb|position(?!-)|location|navbar|menu|toolbar|pager|pagination|page-nav|pagenum|"
    r"login|advert|banner|qrcode|ewm|erweima|disclaimer|statement|xgxw|xgyd|tuijian|subscribe|popup|modal|dialog|"
    r"editor_name|interest|guess|links|friend|digg|praise|mod-fixed"
)
_NOISY = re.compile(
    rf"(?:^|[\s_\-])(?:{_WORDS})|(?:comment|recommend|related|footer|sidebar|copyright)s?(?:\b|_)", re.IGNORECASE
)
_NOISY_TAGS = frozenset({"footer", "nav", "aside", "header", "form"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[，。；！？：、“”,;!?]|\.\s")
_PROSE = 12
_BLOCK_COST = 3.0
_NOISE_SHARE = 0.15
_DEEPER = 0.6
_NEARLY_ALL = 0.8
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
# Notices of a site, as it puts them under (and over) every article.
_NOTICE = re.compile(
    r"声明[:：]|版权所有|未经.{0,6}(?:许可|授权)|二维码|不良信息|举报电话|ICP备|公安网备|仅供参考|网络采集"
)
_NOTICE_LENGTH = 200
_LEAVES = frozenset({"p", "li", "span"})
LEAST_PROSE = 24


@dataclass(slots=True)
class _Own:
    """What an element's own lines hold: inline elements belong to it, blocks inside it do not."""

    tag: str
    text: int = 0
    linked: int = 0
    punctuation: int = 0
    notice: bool = False

    def add(self, text: str | None, *, linked: bool) -> None:
        if text and (stripped := text.strip()):
            size = len(stripped)
            self.text += size
            if linked:
                self.linked += size
            else:
                self.punctuation += len(_PUNCTUATION.findall(stripped))
                if size <= _NOTICE_LENGTH and not self.notice:
                    self.notice = _NOTICE.search(stripped) is not None

    @property
    def worth(self) -> float:
        plain = self.text - self.linked
        if self.tag in _HEADINGS or (self.notice and plain <= _NOTICE_LENGTH):
            return -2.0
        if plain >= _PROSE and (self.punctuation or plain >= 3 * _PROSE) and self.linked <= plain:
            return plain + 4.0 * self.punctuation - 0.5 * self.linked
        if self.tag in _CELLS and not self.linked:
            return 0.0
        return -0.6 * self.linked - 0.3 * min(plain, 40) - (2.0 if self.text else 0.0)


@dataclass(frozen=True, slots=True)
class _Weight:
    """A weighed block: its worth, whether no block inside it says anything, and whether it says anything itself."""

    worth: float
    leaf: bool
    says: bool


@dataclass(frozen=True, slots=True)
class Densest:
    """The best subtree and what it is worth; `prose` is about its characters of prose."""

    element: Element
    prose: float


def densest(tree: Tree) -> Densest | None:
    """The container of the page's article, or None where the page holds no prose to speak of."""
    body = tree.root.find("body")
    worths: dict[Element, float] = {}
    _weigh(tree.root if body is None else body, worths, linked=False)
    best = max(worths, key=lambda element: worths[element], default=None)
    if best is None or worths[best] < LEAST_PROSE:
        return None
    parent = best.getparent()
    # A lone paragraph stands beside its pictures, tables and files.
    lone = best.tag in _LEAVES and parent is not None and worths.get(parent, 0.0) >= _NEARLY_ALL * worths[best]
    return Densest(parent if lone and parent is not None else best, worths[best])


def is_noise(element: Element) -> bool:
    """Whether an element says by its tag, class or id that it is not of the article."""
    if element.tag in _NOISY_TAGS:
        return True
    classes, identifier = element.get("class"), element.get("id")
    if not classes and not identifier:
        return False
    return _NOISY.search(f"{classes or ''} {identifier or ''}") is not None


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


_UNSEEN = _Weight(0.0, leaf=True, says=False)


def _weigh(element: Element, worths: dict[Element, float], *, linked: bool) -> _Weight:
    # What nobody sees is not read (spam that strangers put into a page), as lines.py does not see it either.
    if _is_hidden(element):
        return _UNSEEN
    own = _Own(str(element.tag))
    inner = [(block, _weigh(block, worths, linked=is_link)) for block, is_link in _gather(element, own, linked=linked)]
    runs = Counter(_make_of(block) for block, weight in inner if weight.leaf and weight.worth > 0)
    worth = own.worth - _BLOCK_COST
    for block, weight in inner:
        # A run of like blocks are the paragraphs of one text; what lies deeper, or stands alone, counts for less, so
        # that a wrapper is chosen for what it joins, never for itself.
        joined = weight.leaf and (block.tag == "p" or runs[_make_of(block)] > 1)
        worth += weight.worth if joined or weight.worth < 0 else _DEEPER * weight.worth
    if worth > 0 and is_noise(element):
        worth *= _NOISE_SHARE
    worths[element] = worth
    return _Weight(
        worth, leaf=not any(weight.says for _, weight in inner), says=own.text > 0 or any(w.says for _, w in inner)
    )


def _make_of(block: Element) -> tuple[str, str | None]:
    return str(block.tag), block.get("class")


def _gather(element: Element, own: _Own, *, linked: bool) -> Iterator[tuple[Element, bool]]:
    """Adds the element's own lines to `own`, and gives the blocks inside it and whether each is in a link."""
    own.add(element.text, linked=linked)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in SILENT:
            if tag in BLOCKS:
                yield child, linked
            else:
                yield from _gather(child, own, linked=linked or tag == "a")
        own.add(child.tail, linked=linked)
