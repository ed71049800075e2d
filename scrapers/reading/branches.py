"""The branch of justice that a heading or a clause announces, and the figures that are told of each branch alike.

二、民事检察 / 提出抗诉35件              提出民事抗诉: to the next heading of its rank
做优刑事检察。提出抗诉120件              提出刑事抗诉: to the end of the paragraph, or to the next branch
刑事检察方面,提出检察建议89件            提出刑事检察建议
一、刑事审判 / 受理案件1.2万件           受理刑事案件

Without it the protests of two branches would be one series. Deeds of one branch only (批准逮捕), and words that name a
branch or all of them (各类), are left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.reading.structure import Frame

_BRANCH = r"(?P<branch>民事行政|刑事|民商事|民事|行政|公益诉讼)"
_TASK = r"(?:做[优强实精细]|[优强]化|加强|深化|推进|拓展|全面|依法|持续|不断|扎实|深入|协同|履行|着力|坚持|开展|在)"
_END = r"(?:方面|领域|业务|职能|职责|工作|质效|情况|概况|通报|白皮书|报告|上|中|的)"
_ANNOUNCED = re.compile(
    rf"{_TASK}*{_BRANCH}(?:(?:诉讼|生效裁判|裁判|审判|执行)?(?:活动)?(?:检察|审判|监督)(?:监督)?){_END}*"
)
# What `_ANNOUNCED` ends in, so that most clauses are passed over.
_LAST = tuple("察判督面域务能责作效况报书告上中的")
_LONGEST = 24
_NAMED = re.compile("刑事|民事|民商|民行|行政|公益|各类|各种|全部|所有|四大")
_DOES = r"(?:受理|新收|审结|办结|审执结|办理)"
_SHARED = re.compile(
    rf"(?P<deed>(?:共|依法)?(?:{_DOES}|提出|提起|发出|制发|法院采纳|采纳)?)(?P<instance>(?:[一二]审|再审(?=案))?)"
    r"(?P<what>抗诉(?:案件|意见)?(?:采纳率?|改变率?|改判率?|件数|率)?|(?:再审)?检察建议(?:采纳率|回复率|整改率)?"
    r"|(?:收案|结案|受案|(?<=[收理结])监督案件|(?<=[收理结审])案件)(?:数量|数)?"
    r"|(?:结案|上诉|申诉|改判|发回重审|改判发回重审|服判息诉|调解|撤诉|调撤|审限内结案)率)"
)
_BARE = re.compile(rf"(?:共|依法)?{_DOES}")
_SUITS = "提起诉讼"  # of procurators: their public-interest suits


def announced(words: str) -> str:
    """The branch that words without figures announce: 民事 of 做强民事检察, "" where they name none or several."""
    if not words.endswith(_LAST) or len(words) > _LONGEST:
        return ""
    found = _ANNOUNCED.fullmatch(words)
    return found["branch"] if found else ""


def cases_of(branch: str) -> str:
    """What a branch receives and closes: 民事案件 of 民事; "" of none."""
    return branch and f"{branch}案件"


@lru_cache(maxsize=4096)
def lent(branch: str, own: Frame) -> Frame:
    """A frame that tells the same of every branch, with the branch in force: 提出抗诉 is 提出民事抗诉."""
    words = own.words
    if not words or _NAMED.search(words):
        return own
    if words == _SUITS:
        return Frame("提起", branch, own.unit) if branch.endswith("诉讼") else own
    if _BARE.fullmatch(words):
        return Frame(words, cases_of(branch), own.unit)
    found = _SHARED.fullmatch(words)
    return Frame(found["deed"], found["instance"] + branch + found["what"], own.unit) if found else own
