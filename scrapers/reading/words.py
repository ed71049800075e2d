"""What the words between figures tell besides a subject: a time, a scope, a part, a plan, a basis, a heading."""

from __future__ import annotations

import re

from scrapers.reading import bases
from scrapers.reading.bases import comparisons
from scrapers.reading.campaigns import since_campaign
from scrapers.reading.periods import TimeMention, find_times
from scrapers.reading.scopes import scope_at
from scrapers.reading.state import State
from scrapers.reading.structure import Comparison

PLAN = re.compile(
    r"力争|争取|目标(?:是|为|值)|计划(?!单列|内|生育)|拟(?!制|定|订)|将(?=会|要|继续|进一步|在|于|达到|实现|完成|建成|新建|新增|推出|举办|再)|(?<![主重需首必概摘])要(?!案|求|素|件|点|闻|害|情|么|塞|道)"
    r"|不得|应当|必须|至少|不少于|原则上|确保[^,。;]{0,12}(?:达|在|率)|控制目标|预计|规划到"
)
_PART = re.compile(r"^(?:[,、:\s-]*)(?:其中|在?(?:上述|以上|这些|该类|此类)[^,;\d]{0,6}中)(?:[,:、]|\s)*")
_FRONT = re.compile(r"^(?:[,、:\-\s]|在|从|共|今|该|另外|此外|同时|与此同时|据统计|据悉|据介绍|据了解|记者从)+")
_TIME_WITHIN = 16  # a word of time further inside a clause belongs to a name (2021年度典型案例)
_COUNTED = {"个", "家", "所", "人", "名"}  # 调解组织5917个: a body that is itself counted is no scope
_COMMENT = re.compile(r"^(?:均?(?:低于|高于|优于|好于|位居|超过|处于|保持|列|居|远低于)|创|为历)")
_ENDED = re.compile(rf"(?:{bases.BASIS_PLAIN})$")


def take(words: str, state: State, unit: str = "") -> tuple[str, bool]:
    """Takes 其中, times and scopes off `words` and notes them; gives the rest and whether it tells of a part."""
    part = False
    words = words.replace(" ", "").replace("\n", "")
    if PLAN.search(words):
        state.plan = True
    while True:
        found = _PART.match(words)
        if found:
            part, words = True, words[found.end() :]
            state.open_part(recalled="其中" not in found[0])
            continue
        shorter = _take_time(words, state)
        front = _FRONT.match(shorter)
        at = front.end() if front else 0
        mention = None if front and "在" in front[0] else scope_at(shorter[at:], state.main)
        if mention and not (unit in _COUNTED and not shorter[at + mention.end :]):
            state.set_scope(mention)
            shorter = shorter[at + mention.end :]
        if shorter == words:
            return words, part
        words = shorter


def _take_time(words: str, state: State) -> str:
    words, campaign = since_campaign(words, state.campaign, state.period or state.clock.report)
    if campaign:
        state.period, state.rules = campaign, ["period.campaign"]
    mentions = [
        each
        for each in find_times(words, state.clock, state.period)
        if each.start <= _TIME_WITHIN and not _in_basis(words, each)
    ]
    if not mentions:
        return words
    state.set_period(mentions[-1])
    for mention in reversed(mentions):
        words = words[: mention.start] + words[mention.end :].lstrip(",的")
    return words


def _in_basis(words: str, mention: TimeMention) -> bool:
    """Whether a word of time only says what a change is measured against, or since when something stands."""
    before = words[max(0, mention.start - 2) : mention.start]
    return before.endswith(("比", "较", "与", "同", "是", "从", "由", "于", "《"))


def basis_clause(clause: str) -> list[Comparison]:
    """The bases of a clause that is made of them and nothing else: 与2015年相比; 同比大会战开展前."""
    squeezed = clause.replace(" ", "")
    return comparisons(squeezed) if bases.WHOLE.fullmatch(squeezed) else []


def ended_basis(clause: str) -> tuple[str, list[Comparison]]:
    """A clause without the basis it ends in: 破案数、抓获数与2021年同期相比."""
    found = _ENDED.search(clause)
    return (clause[: found.start()], comparisons(found[0])) if found else (clause, [])


def is_comment(clause: str) -> bool:
    """Whether a clause only comments on the figure before it: 低于全国平均水平."""
    return bool(_COMMENT.match(clause))
