"""Tags with so many attributes that parsing them takes the square of their number: cut down before they are parsed.

libxml2 compares every attribute of a tag with all before it (2.14: 10,000 in a quarter of a second, 50,000 in half a
minute). Real tags have dozens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ATTRIBUTES = 2000
# An attribute is a letter and a blank at least.
_SHORTEST = 2 * MOST_ATTRIBUTES
# Below this, a tag that hides its length behind quoted < and > costs less than a second.
_WHATEVER = 150_000
_TAG = re.compile(r"""<(?P<name>!--|[A-Za-z][^\s/>]*+)(?:[^>"'=]++|=\s*+(?:"[^"]*+"?|'[^']*+'?)?|["'])*+""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"?|'[^']*+'?)""")
_BETWEEN = re.compile(r"[\s/]+")
# What stands in these is no markup: a script may say `a<b` and go on for long.
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_ENDS["!--"] = re.compile("-->")
_LONGEST_NAME = 64


def lightened(source: str) -> str:
    """The page, its overloaded tags without attributes; the very same object where it has none."""
    if len(source) < _SHORTEST or not _may_be_overloaded(source):
        return source
    parts: list[str] = []
    done = 0
    for tag in _tags(source):
        if _is_overloaded(tag):
            parts += source[done : tag.start()], f"<{tag['name'][:_LONGEST_NAME]}"
            done = tag.end()
    return "".join((*parts, source[done:])) if parts else source


def _may_be_overloaded(source: str) -> bool:
    """Whether a closer look is worth its time: a long way without a tag's end, or more ends than beginnings."""
    if len(source) > _WHATEVER or source.count(">") > source.count("<") + MOST_ATTRIBUTES:
        return True
    place = 0
    while (end := source.rfind(">", place, place + _SHORTEST)) >= 0:
        place = end + 1
    return len(source) - place >= _SHORTEST


def _tags(source: str) -> Iterator[re.Match[str]]:
    """Every tag up to its `>`, those inside comments and scripts left out."""
    at = 0
    while (tag := _TAG.search(source, at)) is not None:
        name, at = tag["name"].lower(), tag.end()
        if name != "!--":
            yield tag
        if (end := _ENDS.get(name)) is not None:
            found = end.search(source, tag.end("name"))
            if found is None:
                return
            at = found.start()


def _is_overloaded(tag: re.Match[str]) -> bool:
    if tag.end() - tag.start() < _SHORTEST:
        return False
    return len(_BETWEEN.split(_QUOTED.sub(" ", tag[0]))) > MOST_ATTRIBUTES
