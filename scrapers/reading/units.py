"""Units of measure as the reports print them, and what kind of quantity each makes.

    件 起 人 人次 个 家 项 …      COUNT         元 美元 …            MONEY
    % 成                          PERCENT       ‰                    PERMILLE
    个百分点                      POINTS        倍 番                MULTIPLE
    年 月 日 天 小时 …            TIME          公斤 亩 公里 …       MEASURE

A unit never holds its scale (万件 is 件); 人(次) is 人次; a per-head tail (起/每十万人) is part of the unit.
"""

from __future__ import annotations

import re
from enum import StrEnum

from scrapers.reading.normalise import Normal


class Kind(StrEnum):
    """What a quantity measures."""

    PLAIN = "plain"
    COUNT = "count"
    PERCENT = "percent"
    PERMILLE = "permille"
    POINTS = "points"
    MONEY = "money"
    MULTIPLE = "multiple"
    FRACTION = "fraction"
    ORDINAL = "ordinal"
    TIME = "time"
    MEASURE = "measure"


_WORDS = {
    Kind.PERCENT: "%",
    Kind.PERMILLE: "‰",
    Kind.POINTS: "个百分点 百分点",
    Kind.MULTIPLE: "倍 番",
    Kind.MONEY: "元 块钱 块 角 美元 欧元 港元 日元 英镑 元人民币",
    Kind.TIME: "年 个月 月 日 天 小时 个小时 分钟 秒 周 周年 岁 时 个工作日 工作日",
    Kind.MEASURE: "公斤 千克 克 吨 斤 毫克 亩 公顷 平方米 平方公里 立方米 公里 千米 米 厘米 升 毫升 公分",
    Kind.COUNT: (
        "件 起 人 名 个 家 项 次 场 条 份 批 处 期 篇 支 发 通 把 张 辆 台 套 部 户 所 例 宗 位 分 册 本 只 枚 幅 间 "
        "座 人次 件次 场次 家次 辆次 批次 "
        "户次 条次 案次 起次 站次 对 类 种 轮 届 级 组 队 村 街道 社区 艘 架 根 颗 棵 株 头 块 "
        "盒 瓶 包 箱 袋 粒 页 字 节 课 门 首 集 件(次) 人(次) 宗次 "
        "案 家(次) 场(次) 批(次) 次(人)"
    ),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_BY_FIRST: dict[str, tuple[str, ...]] = {}
for _word in sorted(_KINDS, key=len, reverse=True):
    _BY_FIRST[_word[0]] = (*_BY_FIRST.get(_word[0], ()), _word)
_PER = re.compile(r"/每?(?:[一十百千万亿]+|[0-9]+)?(?:人|户|件|公里|年|月|天|日|平方公里)")


def unit_at(text: Normal, at: int) -> tuple[str, int, Kind]:
    """The longest unit at `at`: (unit, end, kind); ("", at, PLAIN) where none is printed."""
    for word in _BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(word, at):
            end = at + len(word)
            per = _PER.match(text, end)
            unit = word.replace("(", "").replace(")", "")
            return (unit + per[0], per.end(), _KINDS[word]) if per else (unit, end, _KINDS[word])
    return "", at, Kind.PLAIN
