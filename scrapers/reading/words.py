"""What the words between figures tell besides a subject: a time, a scope, a part, a plan, a basis, a heading."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scrapers.reading import bases
from scrapers.reading.bases import comparisons
from scrapers.reading.campaigns import Campaign, since_campaign
from scrapers.reading.cities import Gazetteer
from scrapers.reading.model import Scope
from scrapers.reading.periods import TimeMention, mentions
from scrapers.reading.scopes import ScopeMention, may_begin, scope_at
from scrapers.reading.state import State
from scrapers.reading.structure import Comparison
from scrapers.reading.trends import is_record

# What is meant to be: none of it is a result. A future year makes a plan too (`State.set_period`).
PLAN = re.compile(
    r"力争|争取(?!资金|到|专项|中央|上级|经费|编制)|目标(?:是|为|值)|(?<![\"\u4e00-\u9fff])计划|计划(?=为|办|新增|改造|推出|新建|投入|完成|用|在|到|于|再|建设|招|组织|建成|实现|培训|打造)|(?<![模虚比])拟(?!制|定|订|态|稿)"
    r"|将(?=确保|推动|推进|全面|全力|着力|加大|加强|加快|深入|深化|聚焦|突出|围绕|启动|开展)|将(?=会|要|继续|进一步|于|达到|实现|完成|建成|新建|新增|推出|举办|再|持续|打造|培育|选派|招录|招聘|组织(?!犯|罪|卖|他))"
    r"|(?<![主重需首必概摘纪简险只若不])要(?!案|求|素|件|点|闻|害|情|么|塞|道|犯|员|务|目|地|隘|看到|看出|指出|说明|清醒|正视)"
    r"|不得|应当(?!逮捕|起诉|立案|提请|移送|追究|受理|判|监督|执行|收监|撤)|必须|原则上|确保[^,。;]{0,12}(?:达|在|率)|控制目标|预计|规划到|(?:目标任务|任务目标)[:,]|预期(?:成效|目标|效果)"
    r"|分[两三四]步走|第[一二三]步|阶段为|下一步|今后|从\d+月起,?(?:利用|用|开展|集中)"
)
_PART = re.compile(r"^(?:[,、:\s-]*)(?:其中|在?(?:上述|以上|这些|该类|此类)[^,;\d]{0,6}中)(?:[,:、]|\s)*")
_FRONT = re.compile(
    r"^(?:[,、:\-\s\"]|同期(?!相比)|在|从|共|今|该|另外|此外|同时|与此同时|据统计|据悉|据介绍|据了解|记者从)+"
)
_TIME_WITHIN = 16  # a word of time further inside a clause belongs to a name (2021年度典型案例)
_COUNTED = {"个", "家", "所", "人", "名"}  # 调解组织5917个: a body that is itself counted is no scope
_COUNTABLE = ("组织", "机构", "司法所", "监狱", "中心")
_COMMENT = re.compile(r"^(?:均?(?:低于|高于|优于|好于|位居|超过|处于|保持|列|居|远低于)|创|为历|首次|首度|再次|实现)")
_ENDED = re.compile(rf"(?:{bases.BASIS_PLAIN})$")


class Taken(NamedTuple):
    """What stood at the head of some words, in order, and what is left of them.

    `told` holds "part" or "recalled part", words of time and scopes; applying them is another matter than finding them.
    Where the search has not `ended`, a scope may stand next.
    """

    rest: str
    plan: bool
    told: tuple[str | TimeMention | ScopeMention | Campaign, ...]
    ended: bool = True


def take(words: str, state: State, unit: str = "") -> str:
    """Takes 其中, times and scopes off `words` and notes them in the state; gives the rest."""
    counted = unit in _COUNTED
    taken = state.taken.get((words, counted))
    if taken is None:
        taken = state.taken[words, counted] = _taken(words, state, counted=counted)
    if taken.plan:
        state.plan = True
    for each in taken.told:
        if isinstance(each, TimeMention):
            state.set_period(each)
        elif isinstance(each, ScopeMention):
            state.set_scope(each)
        elif isinstance(each, Campaign):
            state.set_campaign()
        else:
            state.open_part(recalled=each == "recalled part")
    return taken.rest


def _taken(words: str, state: State, *, counted: bool) -> Taken:
    campaigning = state.campaign is not None
    opened = _opened(words, campaigning, state.gazetteer)
    if opened.ended:
        return opened
    told = list(opened.told)
    rest, plan = opened.rest, opened.plan
    while True:
        named = _scope_of(rest, state.main, state.gazetteer, counted=counted)
        if named:
            told.append(named[0])
        tried, rest = rest, named[1] if named else rest
        opened = _opened(rest, campaigning, state.gazetteer)
        told.extend(opened.told)
        rest = opened.rest
        if opened.ended or rest == tried:
            return Taken(rest, plan, tuple(told))


@lru_cache(maxsize=16384)
def _opened(printed: str, campaigning: bool, gazetteer: Gazetteer | None) -> Taken:  # noqa: FBT001
    """What stands at the head of `printed` up to where a scope may stand: the same in every report."""
    words = printed.replace(" ", "").replace("\n", "")
    plan = bool(PLAN.search(words))
    told: list[str | TimeMention | ScopeMention | Campaign] = []
    while True:
        found = _PART.match(words)
        if found:
            words = words[found.end() :]
            told.append("part" if "其中" in found[0] else "recalled part")
            continue
        shorter = words
        if campaigning and (since := since_campaign(words)):
            shorter = words[since.end :]
            told.append(since)
        shorter = _without_times(shorter, told)
        if may_begin(_behind_front(shorter), gazetteer):
            return Taken(shorter, plan, tuple(told), ended=False)
        if shorter == words:
            return Taken(words, plan, tuple(told))
        words = shorter


def _behind_front(words: str) -> str:
    """Words from where a scope may stand; nothing behind 在, which tells where something was done."""
    front = _FRONT.match(words)
    if front is None:
        return words
    return "" if "在" in front[0] else words[front.end() :]


@lru_cache(maxsize=16384)
def _scope_of(
    words: str, main: Scope, gazetteer: Gazetteer | None, *, counted: bool
) -> tuple[ScopeMention, str] | None:
    """The scope that `words` begin with in a report of `main`, and what is left of them."""
    named = _behind_front(words)
    mention = scope_at(named, main, gazetteer)
    if mention is None or (counted and _is_counted(named, mention)):
        return None
    return mention, named[mention.end :]


def _is_counted(words: str, mention: ScopeMention) -> bool:
    """调解组织5917个: a body that is itself counted is no scope."""
    named = words[: mention.end].endswith(_COUNTABLE)
    return named and not words[mention.end :].strip("共有达到为")


def _without_times(words: str, told: list[str | TimeMention | ScopeMention | Campaign]) -> str:
    found = [each for each in mentions(words) if each.start <= _reach(each) and not _in_basis(words, each)]
    told.extend(found)
    for mention in reversed(found):
        words = words[: mention.start] + words[mention.end :].lstrip(",的")
    return words


def _reach(mention: TimeMention) -> int:
    """How far from the head a word of time may stand; 近10年来 inside a clause (实现近10年来负增长) is none of it."""
    return 2 if mention.rule == "span" else _TIME_WITHIN


def _in_basis(words: str, mention: TimeMention) -> bool:
    """Whether a word of time only says what a change is measured against, or since when something has not been."""
    if mention.rule in {"since", "span"} and is_record(words[mention.end :]):
        return True
    before = words[max(0, mention.start - 2) : mention.start]
    return before.endswith(("比", "较", "与", "同", "是", "从", "由", "于", "《", "复到"))


@lru_cache(maxsize=8192)
def clause_words(printed: str) -> ClauseWords:
    """What a clause without a figure tells by its words alone."""
    squeezed = printed.replace(" ", "")
    whole = tuple(comparisons(squeezed)) if bases.WHOLE.fullmatch(squeezed) else ()
    if whole:
        return ClauseWords("", whole, comment=True)
    found = _ENDED.search(squeezed)
    rest = squeezed[: found.start()] if found else squeezed
    return ClauseWords(rest, tuple(comparisons(found[0])) if found else (), comment=False)


class ClauseWords(NamedTuple):
    """A clause without the basis it is made of or ends in: 与2015年相比; 破案数、抓获数与2021年同期相比."""

    rest: str
    bases: tuple[Comparison, ...]
    comment: bool


def is_comment(clause: str) -> bool:
    """Whether a clause only comments on the figure before it: 低于全国平均水平."""
    return bool(_COMMENT.match(clause))
