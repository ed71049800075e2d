"""What is looked for first, to pass most sentences over, hides nothing from the patterns behind it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.period import Period
from scrapers.reading import campaigns, layout, plans
from scrapers.reading.campaigns import Episodes
from scrapers.reading.normalise import Normal, normalise
from scrapers.reading.periods import Clock
from scrapers.reading.plans import Plans

_ANYTHING = re.compile("")
# What the patterns are made of, among words that they are not; 展望 and 设想 tell of a plan after 工作 only.
_OF_EPISODES = (
    "审结案件1.2万件", "开展", "组织", "夏季", "行动", "斗争", "整治", "攻坚战", "会战", "清查", "期间", "以来", "近年来", "近几年", "长期以来",
    "历年", "任期内", "累计接收", "春节", "国庆", "两会", "3天", "假期,", "对行贿犯罪起诉3人", "当天", "首日", "两周内", "10天内", "12个县区", "3个市", "5个法院", "最高人民法院",
    "公安部", "通报", "数据显示", "全省", "全年", "新高", "中", "后", "2024年", "5月", ",", "。",
)  # fmt: skip
_OF_PLANS = (
    "一、", "(一)", "2025年", "今年", "工作", "安排", "打算", "计划", "要点", "思路", "任务", "目标", "工作展望", "发展设想", "设想", "方案", "下一步", "今后",
    "明年", "下半年", "将", "要", "重点", "做好", "以下", "如下", "五件", "大事", "三个方面", "回顾", "总结", "完成情况", "成效", "附件", "主要",
    "发展", "预期", "审结案件1.2万件", ":", "。", "\n", "\n",
)  # fmt: skip
_EPISODES, _PLANS = (st.lists(st.sampled_from(each), min_size=1, max_size=7) for each in (_OF_EPISODES, _OF_PLANS))
# In a plan too: what ends it.
_PLANNED = st.lists(st.sampled_from(_OF_PLANS), min_size=1, max_size=3).map(
    lambda pieces: ["2025年工作安排\n", *pieces, "\n审结案件1.2万件"]
)
_TEXTS = st.one_of(_EPISODES, _PLANS, _PLANNED).map(lambda pieces: normalise("".join(pieces)))


def _read(text: Normal) -> list[object]:
    """What episodes and plans make of every sentence of a text."""
    plan, found = Plans(Clock(Period.year(2024), date(2025, 1, 20))), list[object]()
    for paragraph in layout.paragraphs(text):
        asked, passing = (Episodes(dated=False, national=False) for _ in range(2))
        for sentence in layout.sentences(text, paragraph):
            body = layout.without_enumerator(text, sentence)
            found.append((plan.holds(text, sentence, paragraph), asked.of(text, body)))
            passing.pass_over(text, body)
        # Whether something is told of a time without a name shows in the sentence after.
        found.append(passing.of(text, paragraph))
    return found


@settings(max_examples=3000)
@given(text=_TEXTS)
def test_what_is_passed_over_at_a_look_has_nothing_in_it(text: Normal) -> None:
    quick = _read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(campaigns, "_SIGNS", _ANYTHING)
        patch.setattr(campaigns, "_BEGUN", _ANYTHING)
        patch.setattr(campaigns, "_LASTING", _ANYTHING)
        patch.setattr(campaigns, "_COUNTED_PLACES", "")
        patch.setattr(plans, "_SIGNS", _ANYTHING)
        assert quick == _read(text)
