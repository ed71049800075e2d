"""Files that belong to an article: links of its body and the blocks around it, those in frames, those scripts write.

An attachment is a link whose address, text, `title` or `download` ends in a known suffix, or a download address that
hides its kind (Boda's download.jsp, whose text has the name); FAMILIES 0.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from lxml.etree import _Element as Element

from scrapers.pages.model import Attachment
from scrapers.pages.tree import Tree, joined, squeezed, text_of

_SUFFIX = r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|csv|pptx?)"
_FILE = re.compile(rf"{_SUFFIX}$", re.IGNORECASE)
_IN_TEXT = re.compile(rf"{_SUFFIX}\b", re.IGNORECASE)
_DOWNLOAD = re.compile(
    r"download\.jsp\?|/_content/download|downfile|downloadattach|[?&](?:file|fileurl)=", re.IGNORECASE
)
_WRITTEN_WORDS = ("document.write", "innerHTML", ".append(", ".html(")
_WRITTEN = re.compile("|".join(map(re.escape, _WRITTEN_WORDS)))
_QUOTED = re.compile(
    rf"""["']([^"'<>]*?{_SUFFIX}(?:\s*<br\s*/?>[^"'<>]*?{_SUFFIX})*)(?:\s*<br\s*/?>)?[^"'<>]{{0,5}}["']""",
    re.IGNORECASE,
)
_PARTS = re.compile(r"<br\s*/?>|[;|,]", re.IGNORECASE)
_LEVELS_UP = 3
# Where viewers look for the file to show: pdf.js, and those that Office and WPS lend.
_VIEWED = ("file", "url", "src", "furl")
_FIELDS = 50
_BLOCK_NAMES = re.compile(r"attach|annex|fujian|appendix|file[_-]?list|xgfj|download", re.IGNORECASE)


def attachments_of(
    tree: Tree, anchors: list[tuple[str, str, str]], container: Element | None
) -> tuple[Attachment, ...]:
    """Every file, each address once, those of the body first. `anchors`: the body's (address, text, file name)."""
    found: dict[str, Attachment] = {}
    around = [] if container is None else list(_around(tree, container))
    for address, text, name in (*anchors, *around):
        if (one := _attachment(tree, address, text, name)) is not None:
            # One address may be written with and without percent signs.
            found.setdefault(unquote(one.url), one)
    for one in (*_framed(tree), *_written(tree)):
        found.setdefault(unquote(one.url), one)
    return tuple(found.values())


def is_file(address: str, text: str) -> bool:
    """Whether a link leads to a file by its address or its text."""
    return any(_FILE.search(one.strip()) for one in (_path(address), text)) or _DOWNLOAD.search(address) is not None


def _path(address: str) -> str:
    """The address without query and fragment; an address that is none has no path."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _attachment(tree: Tree, address: str, text: str, name: str) -> Attachment | None:
    path = _path(address)
    url = tree.absolute(address)
    if url is None:
        return None
    if not any(_FILE.search(one.strip(" ）)】]")) for one in (path, text, name)) and not _DOWNLOAD.search(address):
        return None
    if re.search(r"\.s?html?$", path) and not _IN_TEXT.search(text):
        return None
    for label in (name, text):
        if _FILE.search(label.strip()):
            return Attachment(url, label.strip())
    return Attachment(url, _named(text or name, path))


def _named(label: str, path: str) -> str:
    suffix = _FILE.search(path)
    file = path.rsplit("/", 1)[-1]
    return f"{label}{suffix[0].lower()}" if label and suffix and not _IN_TEXT.search(label) else label or file


def _around(tree: Tree, container: Element) -> Iterator[tuple[str, str, str]]:
    """Links of the blocks beside the body, and of blocks that call themselves attachments."""
    place = container
    for _ in range(_LEVELS_UP):
        parent = place.getparent()
        if parent is None or parent.tag in {"body", "html"}:
            break
        place = parent
    seen: list[Element] = list(place.iter("a")) if place is not container else []
    blocks = tree.root.iter("div", "ul", "dl", "section", "table") if tree.has_name(_BLOCK_NAMES) else ()
    for block in blocks:
        if _BLOCK_NAMES.search(f"{block.get('class') or ''} {block.get('id') or ''}"):
            seen.extend(block.iter("a"))
    for link in seen:
        yield (
            link.get("href") or "",
            text_of(link),
            squeezed(link.get("download") or link.get("title") or ""),
        )


def _framed(tree: Tree) -> Iterator[Attachment]:
    """Files that the page shows in a frame, by themselves or in a viewer (`viewer.html?file=/a.pdf`)."""
    for frame in tree.root.iter("iframe", "embed", "object"):
        address = (frame.get("src") or frame.get("data") or "").strip()
        for one in (address, *_handed_over(address)):
            if _FILE.search(path := _path(one)) and (url := tree.absolute(one)) is not None:
                yield Attachment(url, unquote(path.rsplit("/", 1)[-1]))


def _handed_over(address: str) -> list[str]:
    """The addresses in a viewer's own query."""
    try:
        asked = parse_qs(urlsplit(address).query, max_num_fields=_FIELDS)
    except ValueError:
        return []
    # What leans, leans on the viewer's address.
    return [joined(address, value) for key in _VIEWED for value in asked.get(key, ())]


def _written(tree: Tree) -> Iterator[Attachment]:
    """Links that exist only inside a script: quoted file names, several joined by <BR/>."""
    scripts = [script.text or "" for script in tree.root.iter("script")]
    together = "\n".join(scripts)
    if not any(word in together for word in _WRITTEN_WORDS):
        return
    for code in scripts:
        if len(code) > 20_000 or not _WRITTEN.search(code) or not _IN_TEXT.search(code):
            continue
        names = [part.strip() for match in _QUOTED.finditer(code) for part in _PARTS.split(match[1]) if part.strip()]
        for part in names:
            if _FILE.search(part) and (url := tree.absolute(part)) is not None:
                yield Attachment(url, part.rsplit("/", 1)[-1])
