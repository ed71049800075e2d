"""What stands at the head and the foot of a body and is not of the article: its title again, editors, buttons."""

from __future__ import annotations

import re

from scrapers.pages.byline import is_byline, read_byline
from scrapers.pages.model import Table

# Roles count with a mark behind them (责任编辑：), buttons and notices by their beginning.
_FOOT = re.compile(
    r"^\W*(?:(?:纠错\W*)?(?:责任?编辑|责编|编辑|校对|审核|审校|监制|[初复终一二三]审|值班编委|来\s*源|稿件来源|稿源|作者|撰稿|供稿|摄影)"
    r"(?:\s*[:：/|丨(（]|\s*$)"
    r"|打印|关闭(?:窗口)?\W*$|扫一扫|扫码|扫描|分享(?:到|至|\W*$)|上一[篇条页]|下一[篇条页]|返回(?:顶部|首页|列表|\W*$)"
    r"|相关(?:附件|链接|新闻|阅读|文章|推荐|信息)\W*$|延伸阅读|推荐阅读|热门(?:推荐|文章|新闻|\W)|网友评论|版权声明|版权所有|免责声明|特别声明|声明[:：]"
    r"|此前报道[:：]|点击进入专题|(?:更多|相关)\w{0,6}请?关注\s*[:：]|举报(?:电话|邮箱|热线|\W*$)|点赞\W*$|收藏\W*$|浏览(?:量|次数|\W)|阅读(?:量|数|次数|原文)|点击(?:量|数|次数|\W)|附件下载|更多精彩|精彩推荐|本文来源|转载请|"
    r"【?(?:我要)?纠错|字号|\(?完\)?$|返回顶部|打开APP|原标题[:：]|关键词[:：]|标签[:：]|Tags?[:：])",
    re.IGNORECASE,
)
# The heading over other articles at a body's end; 相关链接 is not one, reports explain their words under it.
_OTHERS = re.compile(
    r"^\W*(?:延伸\W*(?:阅读|推荐)|相关(?:阅读|新闻|报道|推荐)|推荐阅读|往期(?:回顾|推荐)|热门推荐)\W*$"
)
_OTHERS_SHARE = 0.25
_HEAD = re.compile(
    r"^\W*(?:当前位置|您(?:当前|现在)?的?位置|你的位置|首页\s*[>＞»]|字号|字体|【?打印|分享|扫一扫|手机看|原标题[:：])"
)
_NOT_NORMAL = re.compile(r"[\s\W_]+")
_NORMAL = re.compile(r"[^\W_]")
_FOOT_LENGTH = 90
_FOOT_LINES = 12
_HEAD_LINES = 6
_BADGE = 4


def trimmed(
    paragraphs: list[str], tables: list[Table], title: str, links: frozenset[str] = frozenset()
) -> tuple[list[str], list[Table], str | None]:
    """The body without its furniture, its tables still in place, and a source that stood at the foot (None: none).

    `links` are the texts of links to other articles: a line at the foot that is only one of them is furniture too.
    """
    first, last = 0, len(paragraphs)
    while first < min(last, _HEAD_LINES) and _is_head(paragraphs[first], title):
        first += 1
    source: str | None = None
    last = _before_others(paragraphs, first, last)
    least = max(first, last - _FOOT_LINES)
    while last > least and (_is_foot(paragraphs[last - 1]) or paragraphs[last - 1] in links):
        last -= 1
        source = read_byline(paragraphs[last]).source or source
    kept = [Table(table.rows, min(max(table.after - first, 0), last - first)) for table in tables]
    return paragraphs[first:last], kept, source


def _before_others(paragraphs: list[str], first: int, last: int) -> int:
    """Where other articles begin under the body, if that is near its end."""
    whole = sum(map(len, paragraphs[first:last]))
    after = 0
    for place in range(last - 1, first, -1):
        after += len(paragraphs[place])
        if after > _OTHERS_SHARE * whole:
            break
        if _OTHERS.match(paragraphs[place]):
            return place
    return last


def _is_head(text: str, title: str) -> bool:
    normal, wanted = _NOT_NORMAL.sub("", text), _NOT_NORMAL.sub("", title)
    return (
        not normal
        # Again, perhaps with a badge before it (原创).
        or (normal.endswith(wanted) and len(normal) - len(wanted) <= _BADGE * bool(wanted))
        or (_HEAD.match(text) is not None and len(text) < _FOOT_LENGTH)
        or _is_furniture(text)
    )


def _is_foot(text: str) -> bool:
    return _NORMAL.search(text) is None or (
        len(text) <= _FOOT_LENGTH and (_FOOT.match(text) is not None or _is_furniture(text))
    )


def _is_furniture(text: str) -> bool:
    """A byline with a label or a time of day; a bare date in parentheses is the session's and stays."""
    if not is_byline(text):
        return False
    byline = read_byline(text)
    return (
        byline.labelled
        or byline.source is not None
        or hasattr(byline.published, "hour")
        or (byline.published is None and re.search(r"[:：|【]", text) is not None)
    )
