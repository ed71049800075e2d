"""Which page comes next: of a list, and of an article cut into parts. Read from the pager, never constructed blindly.

createPageHTML(3, 0, "index", "shtml")   TRS, zero-based: after page 0 comes index_1.shtml (FAMILIES 0.7)
var countPage = 3; var currentPage = 0   the same
<a>下一页</a>                             everybody else; also where it arrived as ÏÂÒ»Ò³
"""

from __future__ import annotations

import re

from scrapers.pages.tree import Tree, joined, squeezed

_CREATE = re.compile(
    r"""createPage\w*\(\s*['"]?(\d+)['"]?\s*,\s*['"]?(\d+)['"]?\s*,\s*['"]([^'"]+)['"]\s*,\s*['"](\w+)['"]"""
)
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d+)")
_CURRENT = re.compile(r"\bcurrentPage\s*=\s*(\d+)")
_NEXT = re.compile(r"^\W*(?:下一?页|后一?页|next(?:\s*page)?|ÏÂÒ»Ò³|>{1,2}|»|›)\W*$", re.IGNORECASE)
_SCRIPT_NEXT = re.compile(r"(?:location(?:\.href)?\s*=\s*|goto\w*\(|page\w*\()\s*['\"]([^'\"]+)['\"]", re.IGNORECASE)
_FILE = re.compile(r"^(t\d{6,8}_\d+|.*?)(?:_(\d{1,3}))?\.(s?html?)$")


def next_link(tree: Tree, *within: str) -> str | None:
    """The address under 下一页, in one of the places `within` (anchors; none: anywhere), or None on the last page."""
    places = [place for anchor in within for place in tree.every(anchor)] if within else [tree.root]
    for place in places:
        for link in tree.every("a", place):
            text = squeezed("".join(str(piece) for piece in link.itertext())) or (link.get("title") or "")
            if not _NEXT.match(text):
                continue
            address = link.get("href") or ""
            if scripted := _SCRIPT_NEXT.search(f"{address} {link.get('onclick') or ''}"):
                address = scripted[1]
            target = tree.absolute(address)
            if target and target.split("#")[0] != tree.url.split("#")[0]:
                return target
    return None


def trs_next(tree: Tree) -> str | None:
    """The next page after TRS's script pager, or None on the last page and where there is no such pager."""
    if "createPage" in tree.source and (match := _CREATE.search(tree.source)):
        total, current, stem, suffix = int(match[1]), int(match[2]), match[3], match[4]
        return joined(tree.base, f"{stem}_{current + 1}.{suffix}") if current + 1 < total else None
    # A word boundary before it keeps the expression from being looked for as fast as the word.
    if "countPage" not in tree.source:
        return None
    count, current_page = _COUNT.search(tree.source), _CURRENT.search(tree.source)
    if count is None:
        return None
    file = tree.url.split("#")[0].split("?")[0].rsplit("/", 1)[-1] or "index.html"
    parts = _FILE.match(file)
    if parts is None:
        return None
    at = int(current_page[1]) if current_page else int(parts[2] or 0)
    return joined(tree.base, f"{parts[1]}_{at + 1}.{parts[3]}") if at + 1 < int(count[1]) else None
