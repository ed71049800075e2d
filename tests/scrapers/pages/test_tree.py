"""What is answered from an index of the page's names is what a walk over every element would answer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element as Element

from scrapers.pages.tree import Tree

NAMES = ("a", "b", "a b", " a", "b a\n", "ab", "a-b", "", " ")
TAGS = ("div", "p", "span", "section")
ATTRIBUTES = st.dictionaries(st.sampled_from(("class", "id", "style", "type")), st.sampled_from(NAMES), max_size=3)


def element_of(tag: str, attributes: dict[str, str], parts: list[str]) -> str:
    written = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{tag}{written}>{''.join(parts)}</{tag}>"


MARKUP = st.recursive(
    st.sampled_from(("虚构", "", "<!-- a -->", '<script type="a">var b;</script>')),
    lambda inner: st.builds(element_of, st.sampled_from(TAGS), ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=25,
)


def has_class(element: Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def has_id(element: Element, name: str) -> bool:
    return (element.get("id") or "").strip() == name


def inside(element: Element, fits: Callable[[Element], bool], within: Element | None) -> bool:
    """Whether something around the element fits that is itself inside `within`."""
    around = list(element.iterancestors())
    return any(fits(up) for up in (around if within is None else around[: around.index(within)]))


ANCHORS: dict[str, Callable[[Element, Element | None], bool]] = {
    ".a": lambda one, _: has_class(one, "a"),
    "#b": lambda one, _: has_id(one, "b"),
    "p.a": lambda one, _: one.tag == "p" and has_class(one, "a"),
    "div#a": lambda one, _: one.tag == "div" and has_id(one, "a"),
    "[style]": lambda one, _: one.get("style") is not None,
    "span": lambda one, _: one.tag == "span",
    'script[type*="a"]': lambda one, _: one.tag == "script" and "a" in (one.get("type") or ""),
    'p[id^="a"]': lambda one, _: one.tag == "p" and (one.get("id") or "").startswith("a"),
    '[class$="b"]': lambda one, _: (one.get("class") or "").endswith("b"),
    "[class=ab]": lambda one, _: (one.get("class") or "").strip() == "ab",
    ".a .b": lambda one, within: has_class(one, "b") and inside(one, lambda up: has_class(up, "a"), within),
    "#a span": lambda one, within: one.tag == "span" and inside(one, lambda up: has_id(up, "a"), within),
    ".missing": lambda *_: False,
}


@pytest.mark.parametrize("anchor", ANCHORS)
@given(markup=MARKUP, part=st.booleans())
def test_an_anchor_finds_what_a_walk_finds(anchor: str, markup: str, part: bool) -> None:
    tree = Tree.parse(f"<div>{markup}</div>", "http://www.example.gov.cn/")
    within = tree.root.find(".//div") if part else None
    whole = tree.root if within is None else within
    walked = [one for one in whole.iterdescendants() if isinstance(one.tag, str) and ANCHORS[anchor](one, within)]
    assert tree.every(anchor, within) == walked


@given(MARKUP)
def test_a_page_has_the_names_that_its_elements_have(markup: str) -> None:
    tree = Tree.parse(f"<div>{markup}</div>", "http://www.example.gov.cn/")
    elements = [one for one in tree.root.iter() if isinstance(one.tag, str)]
    for name in ("a", "ab", "c"):
        named = any(has_class(one, name) or has_id(one, name) for one in elements)
        assert tree.has_name(re.compile(f"(?:^|(?<=[.#])){name}$")) is named
