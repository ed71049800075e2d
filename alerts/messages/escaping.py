"""Escaping text from pages for each kind of markup, so that a page cannot write into our messages.

    html       jinja2's own autoescape
    commonmark DingTalk: backslash before what means something
    wecom      its Markdown knows no backslash: look-alike full-width characters
    lark       Feishu's lark_md: HTML entities

A template's own marks are literal text and stay; only what expressions put out is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from urllib.parse import quote, urlsplit


class Markup(StrEnum):
    """What a rendered text will be read as."""

    PLAIN = "plain"
    HTML = "html"
    COMMONMARK = "commonmark"
    WECOM = "wecom"
    LARK = "lark"


class Safe(str):
    """Text that is already right for its markup."""

    __slots__ = ()


_COMMONMARK: dict[int, str] = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})
_WECOM: dict[int, int] = str.maketrans("`*_[]<>#~", "'＊＿［］＜＞＃～")
_LARK: dict[int, str] = str.maketrans({mark: f"&#{ord(mark)};" for mark in "&<>*~[]()`_#\\"})
_TABLES: dict[Markup, Mapping[int, int | str]] = {
    Markup.COMMONMARK: _COMMONMARK,
    Markup.WECOM: _WECOM,
    Markup.LARK: _LARK,
}


def escaper(markup: Markup) -> Callable[[object], str] | None:
    """The function that makes a value right for `markup`; None where jinja2 escapes itself or nothing needs it."""
    table = _TABLES.get(markup)
    if table is None:
        return None

    def escape(value: object) -> str:
        return value if isinstance(value, Safe) else " ".join(str(value).translate(table).splitlines())

    return escape


def safe_link(url: str) -> Safe:
    """An address that may stand in a link: http(s) only, nothing in it ends the link. Empty where it may not."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        # A host in one bracket; a message without the link is better than none.
        return Safe("")
    if scheme not in ("http", "https"):
        return Safe("")
    return Safe(quote(url, safe=":/?#@!$&+,;=%-._~"))
