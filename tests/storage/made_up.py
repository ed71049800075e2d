"""Made-up publications (虚构): reports, their mirrors and edits, and what looks like them and is not. Nothing here is real.

All randomness comes from the seed given, so that a set is the same each time.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

_SUBJECTS = [
    "刑事案件",
    "民商事案件",
    "行政案件",
    "执行案件",
    "涉黑涉恶案件",
    "电信网络诈骗案件",
    "危险驾驶案件",
    "知识产权案件",
    "环境资源案件",
    "破产案件",
    "未成年人案件",
    "毒品案件",
    "职务犯罪案件",
    "金融案件",
    "劳动争议案件",
]
_ACTS = [
    "受理",
    "审结",
    "执结",
    "办理",
    "起诉",
    "批准逮捕",
    "侦破",
    "化解",
    "调解",
    "监督立案",
    "查处",
    "移送",
    "结案",
    "答复",
    "督办",
]
_BODIES = [
    "全省法院",
    "全省检察机关",
    "全省公安机关",
    "各级政法机关",
    "全省司法行政机关",
    "基层人民法庭",
    "派出所",
    "人民调解组织",
]
_AIMS = [
    "服务高质量发展",
    "维护社会大局稳定",
    "保障人民安居乐业",
    "推进平安建设",
    "深化司法改革",
    "加强队伍建设",
    "优化营商环境",
    "守护绿水青山",
    "传承枫桥经验",
    "防范金融风险",
]
_WAYS = [
    "坚持问题导向",
    "压实主体责任",
    "完善工作机制",
    "强化科技支撑",
    "开展专项行动",
    "健全长效制度",
    "加强协作配合",
    "推动关口前移",
    "落实分级负责",
    "注重源头治理",
]
_RESULTS = [
    "成效明显",
    "群众满意",
    "秩序良好",
    "基础更牢",
    "质效提升",
    "风险可控",
    "态势平稳",
    "亮点纷呈",
    "数据向好",
    "机制顺畅",
]
_PLACES = ["海东", "河西", "江南", "岭北", "湖中", "山前", "川东", "原西"]


@dataclass(frozen=True)
class Made:
    """A made-up text, with the number of the publication that it is, and how it came to be."""

    text: str
    publication: int
    how: str
    tags: dict[str, str] = field(default_factory=dict)


def pattern(chance: random.Random, sentences: int) -> list[str]:
    """The sentences of a report with a place for each figure: what one body writes year after year."""
    made = []
    for _ in range(sentences):
        kind = chance.random()
        body, aim, way, result = (chance.choice(words) for words in (_BODIES, _AIMS, _WAYS, _RESULTS))
        act, subject = chance.choice(_ACTS), chance.choice(_SUBJECTS)
        if kind < 0.35:
            made.append(f"{body}{way}，{act}{subject}{{}}件，同比{chance.choice(['上升', '下降'])}{{}}%。")
        elif kind < 0.5:
            made.append(f"围绕{aim}，{act}{subject}{{}}万件，涉及{{}}人，挽回损失{{}}亿元。")
        else:
            made.append(f"{body}{way}，{chance.choice(_WAYS)}，{aim}，{chance.choice(_AIMS)}，{result}。")
    return made


def filled(sentences: list[str], chance: random.Random, place: str, year: int) -> str:
    """A report: the sentences with figures of that place and year, in paragraphs, with a beginning and an end."""

    def figure(_: re.Match[str]) -> str:
        return chance.choice(
            [str(chance.randint(10, 99999)), f"{chance.uniform(0.1, 99):.1f}", f"{chance.uniform(1, 99):.2f}"]
        )

    body = [re.sub(r"\{\}", figure, sentence) for sentence in sentences]
    paragraphs = ["".join(body[start : start + 4]) for start in range(0, len(body), 4)]
    head = f"{place}省{year}年工作报告（虚构）\n——{year + 1}年1月20日在{place}省人民代表大会会议上"
    return "\n".join([head, "各位代表：", *paragraphs, "请予审议。"])


def mirror(text: str, chance: random.Random) -> tuple[str, str]:
    """The same publication at another outlet, and what that outlet did to it."""
    ways = {
        "framed": _framed,
        "spaced": lambda text, _: text.replace("，", "， ").replace("\n", "\n　　"),
        "half width": lambda text, _: text.translate(str.maketrans("，。（）：", ",.():")),
        "grouped figures": lambda text, _: re.sub(r"(?<![\d.])(\d{2,3})(\d{3})(?![\d.])", r"\1,\2", text),
        "characters lost": _damaged,
        "paragraphs joined": lambda text, _: text.replace("\n", ""),
        "end missing": lambda text, _: text[: int(len(text) * 0.9)],
        "editor's cuts": _cut,
        "edited figures": edited,
    }
    # In this order: cutting paragraphs comes before joining them.
    names = sorted(chance.sample(sorted(ways), chance.randint(1, 3)))
    for name in names:
        text = ways[name](text, chance)
    return text, " + ".join(names)


def _framed(text: str, chance: random.Random) -> str:
    outlet, day = chance.choice(_PLACES), chance.randint(1, 28)
    title = f"首页 > 新闻中心 > 要闻\n{outlet}日报：工作报告全文\n2026-02-{day:02d} 08:{day:02d} 来源：{outlet}日报 浏览次数：{day * 37}"
    return f"{title}\n{text}\n责任编辑：{outlet}\n【字体：大 中 小】打印本页\n扫一扫在手机打开当前页\n版权声明：未经授权不得转载"


def _damaged(text: str, chance: random.Random) -> str:
    return "".join(sign for sign in text if not (sign in "年月日件%0123456789" and chance.random() < 0.02))


def _cut(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    kept = [line for line in lines if chance.random() > 0.07]
    return "\n".join(kept)


def edited(text: str, chance: random.Random) -> str:
    """The publisher's own correction: a figure in twenty, one at least, is another now."""
    figures = list(re.finditer(r"\d+(?:\.\d+)?", text))
    for found in sorted(
        chance.sample(figures, max(1, len(figures) // 20) if figures else 0), key=lambda match: -match.start()
    ):
        text = text[: found.start()] + str(chance.randint(1, 9999)) + text[found.end() :]
    return text


def summary(text: str) -> str:
    """An abridged text: a third of the paragraphs."""
    lines = text.split("\n")
    return "\n".join(lines[: 2 + len(lines) // 3])
