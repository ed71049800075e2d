"""Units of measure as the reports print them, and what kind of quantity each makes.

    件 起 人 人次 个 家 项 …      COUNT         元 美元 …            MONEY
    %                             PERCENT       ‰                    PERMILLE
    个百分点                      POINTS        倍 番                MULTIPLE
    年 月 日 天 小时 岁 …         TIME          公斤 亩 公里 cm …    MEASURE
    号                            ORDINAL

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
    Kind.POINTS: "个百分点 百分点 个百分比",
    Kind.MULTIPLE: "倍 番",
    Kind.ORDINAL: "号",
    Kind.TIME: """
        年 个月 月 日 天 小时 个小时 分钟 秒 秒钟 周 周年 个周 星期 个星期 季度 个季度 岁 周岁 时 点 个工作日
        工作日 年度 世纪 个世纪 年代 个年头 个日夜 昼夜 毫秒 刻钟 月龄
    """,
    Kind.MEASURE: """
        公斤 千克 克 吨 斤 两 毫克 微克 克拉 盎司 磅 公吨 千吨 亩 公亩 公顷 平方米 平方公里 平方千米 平方厘米
        立方米 平米 公里 千米 米 厘米 毫米 微米 纳米 分米 公分 英里 海里 英尺 英寸 里 丈 尺 寸 光年 升 毫升 公升
        加仑 桶 瓦 千瓦 兆瓦 千瓦时 度 摄氏度 华氏度 伏 千伏 安培 卡 千卡 卡路里 焦耳 千焦 牛顿 帕 帕斯卡 赫兹
        千赫 兆赫 兆赫兹 千赫兹 马力 比特 千比特 兆比特 字节 千字节 兆字节 吉字节 太字节 像素 分贝 公里/小时 ㎡
        ㎥ ㎞ ㎏ ㎎ ㎝ ㎜ ℃ ° km m cm mm nm kg g mg t l ml kw kwh mw hz khz mhz ghz kb mb gb tb km/h m2 km2 °c
        °f
    """,
    Kind.MONEY: """
        元 元人民币 块 块钱 角 毛 毛钱 分钱 人民币 圆 美元 美金 美刀 美分 欧元 欧分 英镑 便士 日元 日圆 日本钱
        港元 港币 新台币 台币 澳门元 韩元 澳元 加元 加拿大元 澳大利亚元 新西兰元 新加坡元 新元 卢布 法郎
        瑞士法郎 卢比 泰铢 铢 比索 里拉 克朗 马克 奈拉 兰特 雷亚尔 里亚尔 第纳尔 越南盾 印尼盾 盾 林吉特 令吉
    """,
    Kind.COUNT: """
        件 起 人 名 个 家 项 次 场 条 份 批 处 期 篇 支 发 通 把 张 辆 台 套 部 户 所 例 宗 位 分 册 本 只 枚 幅
        间 座 人次 件次 场次 家次 辆次 批次 户次 条次 案次 起次 站次 宗次 项次 例次 个次 架次 班次 车次 台次
        份次 艘次 亩次 人(次) 件(次) 家(次) 场(次) 批(次) 户(次) 起(次) 条(次) 案 对 类 种 轮 届 级 组 队 村 镇
        街道 社区 部门 岗 艘 架 根 颗 棵 株 头 盒 瓶 包 箱 袋 粒 页 字 节 课 门 首 集 匹 口 尾 朵 片 层 栋 幢 串
        双 打 副 道 笔 单 帧 封 句 声 名次 席 班 天次 面 顶 滴 束 捆 车 列 眼 盏 注 股 支队 个人 网格 平台 站
        点位 条线 本次 册次
    """,
}
KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}

# A unit's sign is the first of another word before these: 发现, 通过, 起诉, 人民 …
_OTHER_WORDS = {
    "发": "生现布案放出送展", "通": "过报知告", "处": "理置罚以分", "支": "付持撑", "批": "准捕复评", "起": "诉草",
    "分": "别局院管", "期": "间", "名": "单誉义", "所": "有属", "部": "署队", "对": "于比照", "类": "型", "次": "数要",
    "组": "织", "项": "目", "条": "例件", "人": "民大均", "家": "庭属", "户": "籍", "场": "所景", "台": "账湾风",
    "本": "级院省市县区地", "节": "日约", "把": "握关", "位": "于居列", "字": "典", "单": "位", "道": "路", "面": "对",
    "口": "头", "里": "面", "时": "间", "点": "击", "度": "过", "片": "区", "站": "在", "门": "户", "头": "脑",
    "车": "辆", "首": "次例", "集": "中", "包": "括", "安": "全", "班": "子", "列": "入", "笔": "录",
    "打": "击算黑拐捞掉造",
    "日": "常前益均", "年": "均", "天": "然", "角": "度", "米": "兰",
}  # fmt: skip
_PER = re.compile(
    r"/(?:每)?(?:[一十百千万亿]+|[0-9]+[万亿]?)?(?:人口?|户|件|辆?车|公里|平方公里|年|月|天|日|小时|次|亩|个)"
)
# Single letters in lower case only: 5G and 4K are no weights.
_LATIN = re.compile(r"(?:(?i:km/h|kwh|km2|m2|[kmg]?hz|[kmgt]b|[kcmn]m|[km]g|kw|mw|ml|°[cf])|[mgtlL°])(?![a-zA-Z])")
_LATIN_FIRST = frozenset("kKmMcCnNgGtTlLhH°")


def _by_first() -> dict[str, tuple[str, ...]]:
    firsts: dict[str, tuple[str, ...]] = {}
    for word in sorted(KINDS, key=len, reverse=True):
        if word[0] not in _LATIN_FIRST:
            firsts[word[0]] = (*firsts.get(word[0], ()), word)
    return firsts


_BY_FIRST = _by_first()
UNIT_SIGNS = "".join(_BY_FIRST)
# Units of one sign, with the signs after which there is more to decide: 件 before ( or 次, 发 before 现, all before /.
_SHORT = {
    first: (first, KINDS[first], frozenset("/" + _OTHER_WORDS.get(first, "") + "".join(word[1:2] for word in words)))
    for first, words in _BY_FIRST.items()
    if first in KINDS
}
_NONE: tuple[str, ...] = ()


def unit_at(text: Normal, at: int) -> tuple[str, int, Kind]:
    """The longest unit at `at`: (unit, end, kind); ("", at, PLAIN) where none is printed."""
    first = text[at : at + 1]
    short = _SHORT.get(first)
    if short and text[at + 1 : at + 2] not in short[2]:
        return short[0], at + 1, short[1]
    return _longest(text, at, first) if first else ("", at, Kind.PLAIN)


def _longest(text: Normal, at: int, first: str) -> tuple[str, int, Kind]:
    for word in _BY_FIRST.get(first, _NONE):
        if text.startswith(word, at):
            end = at + len(word)
            after = text[end : end + 1]
            if after == "/":
                return _per_head(text, word, end)
            if after and after in _OTHER_WORDS.get(word[-1], ""):
                if word == first:
                    break
                if word == "个人":
                    continue
            unit = word.replace("(", "").replace(")", "") if word[-1] == ")" else word
            return unit, end, KINDS[word]
    if first in _LATIN_FIRST:
        latin = _LATIN.match(text, at)
        if latin:
            return latin[0], latin.end(), Kind.MEASURE
    return "", at, Kind.PLAIN


def _per_head(text: Normal, word: str, end: int) -> tuple[str, int, Kind]:
    per = _PER.match(text, end)
    if per is None:
        return word, end, KINDS[word]
    return word + per[0], per.end(), KINDS[word]
