"""A small part of CSS turned into XPath, for naming places of a page.

    div.font14 li        a descendant      #zoom > p      a child      a[href^="./20"]   td.a.b   [itemprop=name]

Identifiers are compared with blanks trimmed: real pages write `id="pubtime_baidu "` (PITFALLS 6.8).
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_STEP = re.compile(r"\s*(>?)\s*([^\s>\[]*(?:\[[^\]]*\][^\s>\[]*)*)")
_PART = re.compile(
    r"""(?P<tag>^[A-Za-z][\w:-]*|^\*)
      | \#(?P<id>[\w-]+)
      | \.(?P<class>[\w-]+)
      | \[(?P<name>[\w:-]+)(?:(?P<how>[*^$]?=)"?(?P<value>[^"\]]*)"?)?\]""",
    re.VERBOSE,
)


_NAME = re.compile(r"[#.][\w-]+")
_PARTED = re.compile(r"(?P<place>(?:[a-z][a-z0-9]*)?[#.][\w-]+)\s+(?P<rest>[^\s>].*|>\s*[^\s>].*)")
_TESTED = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<test>\[[^\]]*\])")
_SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<name>[#.][\w-]+)")


@lru_cache(maxsize=1024)
def names_in(anchor: str) -> tuple[frozenset[str], str | None]:
    """The `#id` and `.class` names that a page must have for `anchor` to be on it, and a simple anchor's tag or "".

    An anchor is simple that is no more than one name, perhaps of one tag; of others the tag is None.
    """
    if simple := _SIMPLE.fullmatch(anchor):
        return frozenset({simple["name"]}), simple["tag"] or ""
    return frozenset(_NAME.findall(re.sub(r"\[[^\]]*\]", " ", anchor))), None


@lru_cache(maxsize=1024)
def parted(anchor: str) -> tuple[str, str]:
    """A named place that an anchor begins with, and what stands inside it; two empty texts where it does not."""
    found = _PARTED.fullmatch(anchor)
    return (found["place"], found["rest"]) if found else ("", "")


@lru_cache(maxsize=1024)
def compiled(anchor: str) -> etree.XPath:
    """The expression that finds every element at `anchor`, in document order. Raises ValueError for other CSS."""
    if (tested := _TESTED.fullmatch(anchor)) and (test := _LATER.fullmatch(tested["test"])):
        # Attributes are few, and found several times faster than every element is asked for its own.
        attribute = f"@{test['name']}"
        told = _test(test.groupdict()).replace(attribute, ".")
        return etree.XPath(f"descendant::{tested['tag'] or '*'}/{attribute}[{told}]/..")
    path, place = "", 0
    while place < len(anchor.rstrip()):
        step = _STEP.match(anchor, place)
        if step is None or not step[2]:
            raise ValueError(f"{anchor!r} is beyond the anchors we know")
        path += ("/" if step[1] else "/descendant::") + _compound(step[2], anchor)
        place = step.end()
    return etree.XPath(f".{path}")


def _compound(text: str, anchor: str) -> str:
    tag, tests, place = "*", [], 0
    while place < len(text):
        part = _PART.match(text, place) if place == 0 else _LATER.match(text, place)
        if part is None:
            raise ValueError(f"{anchor!r} is beyond the anchors we know")
        groups = part.groupdict()
        if groups.get("tag"):
            tag = part["tag"].lower()
        else:
            tests.append(_test(groups))
        place = part.end()
    # Names with a colon or odd tags are fine as name tests on the HTML tree; `*` needs none.
    head = tag if re.fullmatch(r"\*|\w+", tag) else f"*[name()='{tag}']"
    return head + "".join(f"[{test}]" for test in tests)


_LATER = re.compile(_PART.pattern.replace(r"(?P<tag>^[A-Za-z][\w:-]*|^\*)", r"(?P<tag>(?!))"), re.VERBOSE)


def _test(groups: dict[str, str | None]) -> str:
    if identifier := groups["id"]:
        return f"normalize-space(@id)='{identifier}'"
    if name := groups["class"]:
        return f"contains(concat(' ',normalize-space(@class),' '),' {name} ')"
    attribute, how, value = groups["name"], groups["how"], groups["value"]
    if how is None:
        return f"@{attribute}"
    if how == "^=":
        return f"starts-with(@{attribute},'{value}')"
    if how == "*=":
        return f"contains(@{attribute},'{value}')"
    if how == "$=":
        return f"substring(@{attribute},string-length(@{attribute})-{len(value or '') - 1})='{value}'"
    return f"normalize-space(@{attribute})='{value}'"
