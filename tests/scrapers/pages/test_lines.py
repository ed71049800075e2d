"""The lines of a page, read no further than they are asked for, and the page given back with them."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from scrapers.pages.lines import Lines
from scrapers.pages.tree import Tree

PAGE = """<html><head><title>虚构法院工作报告</title></head><body><h1>虚构法院工作报告</h1>
<p>发布时间：2026-01-20 来源：虚构日报</p><div class="TRS_Editor">
<p>全省法院受理案件187505件，同比上升3.2%；审结案件176000件，执行到位金额1.2亿元。</p>
<p>一年来，各级法院依法履职，各项工作平稳推进，本文为虚构，数字与任何地方的情况无关，仅用于检查页面的读取。</p></div>
<div>相关链接</div><ul>""" + "".join(f"<li><a href='/{n}.html'>虚构专题{n}</a></li>" for n in range(40))


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Nothing is given back but what is let go of."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_lines_are_read_to_the_end_of_what_is_asked_for() -> None:
    tree = Tree.parse(PAGE, "")
    lines = Lines(tree)
    assert [line.text for line in lines.until_over(lines.headings)][:1] == ["虚构法院工作报告"]
    near = len(lines.until_over((), 2))
    assert near < 10 < len(lines.all()) == 45


@pytest.mark.usefixtures("no_collector")
def test_a_page_is_given_back_though_lines_of_it_were_left() -> None:
    tree = Tree.parse(PAGE, "")
    lines = Lines(tree)
    lines.until_over((), 2)
    held = weakref.ref(tree)
    del tree, lines
    assert held() is None
