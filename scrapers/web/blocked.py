"""Whether an answer is the page that was asked for, or what a site gives those it does not want: told by content.

    sign_of(...)        -> why this is a block, or None
    soft_missing(...)   -> whether a good status hides "no such page"

Words such as 验证码 also stand in honest articles (warnings against fraud). They count where hardly any other text is
visible and something asks for an action; never where the landmarks of the page were found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockSign(StrEnum):
    """By what a block was told; the content counts, not the status alone."""

    STATUS = "status"
    COOKIE_SCRIPT = "cookie_script"
    COOKIE_LOOP = "cookie_loop"
    CAPTCHA = "captcha"
    MAINTENANCE = "maintenance"
    ONLY_US = "only_us"
    TOO_OFTEN = "too_often"
    LOGIN = "login"
    EMPTY = "empty"
    NO_LANDMARKS = "no_landmarks"
    UNLIKE = "unlike"
    EARLIER = "earlier"


# Statuses that mean "not you"; 405 is how a well-known cloud WAF refuses (PITFALLS 3.1), 418, 468 and 512 are seen as
# well.
_REFUSALS = frozenset({401, 403, 405, 407, 412, 418, 451, 468, 512, 521})

# A challenge is a few KB, a real page of these sites is not: only small answers are looked into (PITFALLS 3.2).
_SMALL = 24_000
_HARDLY_ANY_TEXT = 300

# A challenge of 200 KB is one script (PITFALLS 3.3): hardly an element ends in it, while a page of any size ends
# dozens.
_HARDLY_ANY_ELEMENT = 20
# How far to look for them: an ordinary page has ended as many long before.
_REACHES = (4_000, 4 * _SMALL)

# What never closes runs to the end of the page: without that a page of openings is looked through again for each.
_UNSEEN = re.compile(
    r"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*(?:>|\Z)|&nbsp;|\s+",
    re.DOTALL | re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
_TITLE_WITHIN = 8192

_COOKIE_SCRIPT = re.compile(r"document\s*\.\s*cookie\s*=|__jsl|_\$\w+|\$_ts\b|acw_sc__v2|sbu_fpc|C3VK", re.IGNORECASE)
_SCRIPT_ACTS = re.compile(r"location|reload|eval\s*\(|go\s*\(|setTimeout", re.IGNORECASE)
_ASKS = re.compile(r"<(?:form|input|img|iframe|canvas|script)\b", re.IGNORECASE)

# 维护 alone is what these bodies do to stability (维护社会稳定); here it must be done to a site.
_MAINTAINED = re.compile(
    r"(?:系统|网站|服务器?|平台)(?:正在|例行|升级|进行)*维护|(?:正在|停机|升级)维护|维护升级|维护中(?![国华央])"
    r"|(?:网站|站点)(?:已|暂时?)(?:经)?(?:关闭|停用)|暂停(?:服务|访问)|under maintenance",
    re.IGNORECASE,
)
_WORDS = (
    (
        BlockSign.CAPTCHA,
        re.compile(r"验证码|安全验证|人机验证|滑动验证|拖动滑块|完成下列验证|captcha|geetest", re.IGNORECASE),
    ),
    (
        BlockSign.TOO_OFTEN,
        re.compile(r"访问过于频繁|请求过于频繁|访问频率|操作过于频繁|环境异常|too many requests", re.IGNORECASE),
    ),
    (
        BlockSign.STATUS,
        re.compile(
            r"访问被(?:拒绝|阻断|拦截)|请求被拦截|被(?:防火墙|WAF)|设置(?:为)?拦截|拦截提示|(?:禁止|限制)访问|云防护|网站防火墙"
            r"|安全威胁|黑客攻击|异常流量|access denied|request rejected",
            re.IGNORECASE,
        ),
    ),
    (BlockSign.MAINTENANCE, _MAINTAINED),
    (BlockSign.LOGIN, re.compile(r"请先?登录|统一身份认证|用户登录")),
)
# A page that is called so and nothing else is one, however many links it shows: no list and no article has such a name.
_CALLED = re.compile(
    r"\W*(?:[45]\d\d\W*)?(?:(?:访问|请求)(?:已?被)?(?:拒绝|拦截|阻断|限制|禁止|过于频繁|异常)|访问(?:受限|验证)|(?:禁止|拒绝)访问"
    r"|(?:安全|人机|滑动)验证|(?:网站)?防火墙|(?:系统|网站|平台)(?:正在)?(?:升级)?维护中?"
    r"|forbidden|access denied|just a moment|attention required|request rejected)\W*",
    re.IGNORECASE,
)
_PARTS_OF_TITLE = re.compile(r"\s*[-_|–—]\s*")
_MISSING = re.compile(
    r"页面(?:没有|未)找到|页面不存在|页面已?(?:被?删除|失效)|(?:信息|文章|内容)(?:不存在|已(?:被?删除|下线))"
    r"|404\s*(?:not\s*found|错误|页面)|\bnot\s*found\b|您访问的页面",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Why an answer is taken for a block, in English for the record."""

    sign: BlockSign
    detail: str


def sign_of(status: int, text: str, *, landmarks_found: bool = False) -> Sign | None:
    """The sign of a block in an answer of `status` whose body reads `text`; None where there is none.

    `text` may be decoded leniently: it is looked at, never kept. Ordinary failures (404, 429, 5xx without a notice)
    give None.
    """
    if status in _REFUSALS:
        return _refusal(status, text)
    if status >= 500:
        return _maintenance(status, text)
    if status >= 300 or landmarks_found:
        return None
    return _in_good_dress(status, text)


def soft_missing(text: str) -> bool:
    """Whether a page with a good status says that there is no such page: in its title, or in hardly any text at all."""
    if _MISSING.search(_title(text)):
        return True
    if len(text) > _SMALL:
        return False
    visible = visible_text(text)
    return len(visible) < _HARDLY_ANY_TEXT and bool(_MISSING.search(visible))


def visible_text(text: str) -> str:
    """What of a small page a reader would see, without blanks. Not for articles: it is a test for challenge pages."""
    return _UNSEEN.sub("", text)


def _refusal(status: int, text: str) -> Sign:
    if _COOKIE_SCRIPT.search(text[:_SMALL]):
        return Sign(BlockSign.COOKIE_SCRIPT, f"status {status} with a script that sets a cookie")
    for sign, words in _WORDS:
        if sign is not BlockSign.STATUS and (found := words.search(visible_text(text[:_SMALL]))):
            return Sign(sign, f"status {status}: {found[0]}")
    return Sign(BlockSign.STATUS, f"status {status}")


def _maintenance(status: int, text: str) -> Sign | None:
    found = _MAINTAINED.search(_title(text)) or (len(text) < _SMALL and _MAINTAINED.search(visible_text(text)))
    return Sign(BlockSign.MAINTENANCE, f"status {status}: {found[0]}") if found else None


def _in_good_dress(status: int, text: str) -> Sign | None:
    if not text or text.isspace():
        return Sign(BlockSign.EMPTY, f"status {status} and nothing in it")
    title = _title(text)
    if _CALLED.fullmatch(_PARTS_OF_TITLE.split(title, maxsplit=1)[0]):
        found = _worded(title)
        return Sign(found[0] if found else BlockSign.STATUS, f"the page is called {title.strip()}")
    if len(text) > _SMALL and any(text.count("</", 0, reach) > _HARDLY_ANY_ELEMENT for reach in _REACHES):
        return None
    visible = visible_text(text)
    if len(visible) >= _HARDLY_ANY_TEXT:
        return None
    if _COOKIE_SCRIPT.search(text) and _SCRIPT_ACTS.search(text):
        return Sign(BlockSign.COOKIE_SCRIPT, f"status {status} with a script that sets a cookie and comes back")
    if (found := _worded(visible)) and (_ASKS.search(text) or len(visible) < _HARDLY_ANY_TEXT // 4):
        return Sign(found[0], f"hardly any text but: {found[1]}")
    if not visible and _ASKS.search(text):
        return Sign(BlockSign.EMPTY, "nothing to be seen without scripts")
    return None


def _worded(text: str) -> tuple[BlockSign, str] | None:
    for sign, words in _WORDS:
        if found := words.search(text):
            return sign, found[0]
    return None


def _title(text: str) -> str:
    found = _TITLE.search(text, 0, _TITLE_WITHIN)
    return found[1] if found else ""
