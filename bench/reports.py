"""Fictional reports (虚构) of any length, at the density of whole ones: a statement per 60 to 80 characters.

    report(length)   paragraphs of prose and figures about bodies that do not exist, the same for the same length

A statement is a level or a change. Figures stand in the constructions that real reports use: chains of commas, pairs,
分别, brackets, points, from–to, multiples; between them stands prose without figures.
"""

from __future__ import annotations

from random import Random

_SUBJECTS = (
    "受理各类案件", "审结民商事案件", "办结执行案件", "批准逮捕犯罪嫌疑人", "提起公诉", "破获刑事案件", "查处治安案件",
    "排查化解矛盾纠纷", "办理法律援助案件", "调解案件", "立案监督", "制发检察建议", "抓获犯罪嫌疑人", "办理公证事项",
)  # fmt: skip
_UNITS = ("件", "件", "件", "人", "起", "人次", "份", "场次", "余件", "多人")
_RATES = ("结案率", "服判息诉率", "破案率", "调解成功率", "认罪认罚适用率", "群众安全感满意率")
_PROSE = (
    "全市政法机关坚持以人民为中心,一体推进各项工作,以实际行动维护社会大局稳定。",
    "各级机关深入开展专项行动,健全完善工作机制,压紧压实主体责任,推动形成齐抓共管的良好局面。",
    "围绕中心、服务大局,依法平等保护各类市场主体的合法权益,持续优化法治化营商环境。",
    "坚持和发展新时代“枫桥经验”,把矛盾纠纷化解在基层、化解在萌芽状态。",
    "加强队伍建设,锻造忠诚干净担当的铁军,二级以上主管部门逐一督导,一体抓好落实。",
    "聚焦群众急难愁盼问题,推出一批便民利民举措,不断提升人民群众的获得感幸福感安全感。",
)
_PLACES = ("云川省", "临河市", "东岭县", "北原州")
_MOST_IN_A_PARAGRAPH = 4
# A sentence holds some three statements in 60 characters: with this much prose, one stands in every 60 to 80.
_PROSE_BETWEEN = 4


def report(length: int, seed: int = 4) -> str:
    """A fictional text of exactly `length` characters."""
    random = Random(seed)  # noqa: S311 - the same text in every run
    pieces: list[str] = []
    written = 0
    while written < length:
        parts = [random.choice(_PROSE)]
        for _ in range(random.randint(1, _MOST_IN_A_PARAGRAPH)):
            parts.append(_sentence(random))
            parts.extend(random.choices(_PROSE, k=_PROSE_BETWEEN))
        parts.append("\n")
        pieces.extend(parts)
        written += sum(map(len, parts))
    return "".join(pieces)[:length]


def _sentence(random: Random) -> str:
    return random.choice((_chain, _apart, _rate, _bracket, _from_to, _money))(random)


def _count(random: Random) -> str:
    return random.choice((f"{random.randint(12, 9999)}", f"{random.randint(100, 9999) / 100:.2f}万"))


def _percent(random: Random) -> str:
    return f"{random.randint(1, 3999) / 100:.1f}%"


def _chain(random: Random) -> str:
    first, second = random.sample(_SUBJECTS, 2)
    unit = random.choice(_UNITS)
    return (
        f"{random.randint(2019, 2025)}年,{random.choice(_PLACES)}{first}{_count(random)}{unit},"
        f"同比上升{_percent(random)};{second}{_count(random)}件{random.randint(100, 9999)}人。"
    )


def _apart(random: Random) -> str:
    first, second = random.sample(_SUBJECTS, 2)
    return (
        f"{first}、{second}{_count(random)}件、{_count(random)}件,"
        f"同比分别上升{_percent(random)}和下降{_percent(random)}。"
    )


def _rate(random: Random) -> str:
    points = random.randint(1, 99) / 10
    return f"{random.choice(_RATES)}达到{random.randint(800, 999) / 10}%,同比提高{points}个百分点,近三成案件当庭兑现。"


def _bracket(random: Random) -> str:
    held, place = random.randint(10, 999), random.randint(1, 9)
    return f"{random.choice(_SUBJECTS)}{_count(random)}件(含旧存{held}件),居全省第{place}位。"


def _from_to(random: Random) -> str:
    return f"平均办案时间由{random.randint(60, 99)}天缩短至{random.randint(20, 59)}天,{random.choice(_RATES)}保持平稳。"


def _money(random: Random) -> str:
    return f"为群众挽回经济损失{random.randint(100, 9999) / 100}亿元,是上年的{random.randint(11, 39) / 10}倍。"
