"""Sentences made by a grammar of the constructions, with known answers, are read back (all fictional, 虚构).

    sentence   time? scope? clause (mark clause)* 。
    clause     chain | apart | names | rates | pair | attached | bracket | from–to | absolute | ratio

Subjects, orders, separators, bodies and years vary; what is expected is built beside the words, never read from them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.model import Observation
from scrapers.vocabulary import BodyKind

from .telling import plain

VERBS = {
    BodyKind.COURT: ("受理", "审结", "新收"),
    BodyKind.PROCURATORATE: ("办理", "受理", "办结"),
    BodyKind.POLICE: ("破获", "查处", "受理"),
    BodyKind.JUSTICE: ("办理", "受理", "调解"),
}
KINDS = ("行政案件", "知识产权案件", "民商事案件", "毒品犯罪案件", "经济犯罪案件", "环境资源案件")
# Long enough to stand by themselves: a bare 结案率 takes the kind of case told before.
RATES = ("法定审限内结案率", "服判息诉率", "审限内结案率", "案件调解率", "群众满意率")
SCOPES = {
    BodyKind.COURT: "全省法院",
    BodyKind.PROCURATORATE: "全省检察机关",
    BodyKind.POLICE: "全省公安机关",
    BodyKind.JUSTICE: "全省司法行政机关",
}
WORDS = {"上升": "+", "增长": "+", "提高": "+", "下降": "-", "减少": "-"}


class Told(NamedTuple):
    """One level that is expected, with its changes as (sign, value, base)."""

    subject: str
    value: Decimal
    unit: str
    changes: tuple[tuple[str, Decimal, str], ...] = ()


class Clause(NamedTuple):
    """Words and what they tell."""

    words: str
    told: tuple[Told, ...]


counts = st.one_of(
    st.integers(12, 9999).map(lambda value: (str(value), Decimal(value))),
    st.integers(101, 9999).map(lambda value: (f"{value / 100:.2f}万", Decimal(value) * 100)),
    st.integers(100_000, 999_999).map(lambda value: (f"{value:,}", Decimal(value))),
)
tenths = st.integers(1, 399).map(lambda value: (f"{value / 10:.1f}", Decimal(value) / 10))
bases = st.sampled_from(
    [("同比", ""), ("比上年", ""), ("较去年同期", ""), ("比2019年", "2019"), ("与2021年相比", "2021")]
)
moves = st.sampled_from(sorted(WORDS))
marks = st.sampled_from(["、", "和"])
points_moves = st.sampled_from(["上升", "提高", "下降"])


@st.composite
def chains(draw: st.DrawFn, body: BodyKind) -> Clause:
    """受理行政案件40万件,审结38万件: the second object is left out."""
    first, second = draw(st.permutations(VERBS[body]))[:2]
    kind, (shown, value), (shown2, value2) = draw(st.sampled_from(KINDS)), draw(counts), draw(counts)
    return Clause(
        f"{first}{kind}{shown}件,{second}{shown2}件",
        (Told(first + kind, value, "件"), Told(second + kind, value2, "件")),
    )


@st.composite
def apart(draw: st.DrawFn, body: BodyKind) -> Clause:
    """Two to four levels, then 分别 and a change for each, in every mixture of verbs."""
    kinds = draw(st.permutations(KINDS))[: draw(st.integers(2, 4))]
    verb, (basis, base), way = draw(st.sampled_from(VERBS[body])), draw(bases), draw(st.sampled_from(("上升", "下降")))
    levels = [draw(counts) for _ in kinds]
    changes = [draw(tenths) for _ in kinds]
    ways = [way, *(draw(st.sampled_from(("", "上升", "下降"))) for _ in kinds[1:])]
    spoken, sign, told = "", "", []
    for at, (kind, (_, value), (shown, change)) in enumerate(zip(kinds, levels, changes, strict=True)):
        sign = WORDS[ways[at]] if ways[at] else sign
        spoken += ("" if not at else "和" if at == len(kinds) - 1 else "、") + ways[at] + shown + "%"
        told.append(Told(verb + kind, value, "件", ((sign, change, base),)))
    listed = ",".join(f"{verb}{kind}{shown}件" for kind, (shown, _) in zip(kinds, levels, strict=True))
    return Clause(f"{listed},{basis}分别{spoken}", tuple(told))


@st.composite
def rates(draw: st.DrawFn, body: BodyKind) -> Clause:
    """结案率95.1%、服判息诉率91%,同比分别提高1.2和0.7个百分点: the unit is printed once."""
    del body
    names = draw(st.permutations(RATES))[: draw(st.integers(1, 3))]
    levels = [draw(st.integers(500, 999)) for _ in names]
    changes = [draw(tenths) for _ in names]
    way, (basis, base) = draw(points_moves), draw(bases)
    listed = "、".join(f"{name}{level / 10:.1f}%" for name, level in zip(names, levels, strict=True))
    spoken = "、".join(shown for shown, _ in changes) + "个百分点"
    told = tuple(
        Told(name, Decimal(level) / 10, "%", ((WORDS[way], change, base),))
        for name, level, (_, change) in zip(names, levels, changes, strict=True)
    )
    return Clause(f"{listed},{basis}{'分别' if len(names) > 1 else ''}{way}{spoken}", told)


@st.composite
def pairs(draw: st.DrawFn, body: BodyKind) -> Clause:
    """办理毒品犯罪案件120件180人(下降3%): one subject, two observations."""
    verb, kind = draw(st.sampled_from(VERBS[body])), draw(st.sampled_from(KINDS))
    (shown, value), (shown2, value2) = draw(counts), draw(counts)
    return Clause(f"{verb}{kind}{shown}件{shown2}人", (Told(verb + kind, value, "件"), Told(verb + kind, value2, "人")))


@st.composite
def attached(draw: st.DrawFn, body: BodyKind) -> Clause:
    """受理行政案件1.2万件、下降3%, or the change in brackets."""
    verb, kind, (shown, value) = draw(st.sampled_from(VERBS[body])), draw(st.sampled_from(KINDS)), draw(counts)
    way, (percent, change) = draw(moves), draw(tenths)
    form = draw(st.sampled_from(("、{}", ",{}", "({})", ",同比{}")))
    spoken = form.format(f"{way}{percent}%")
    return Clause(f"{verb}{kind}{shown}件{spoken}", (Told(verb + kind, value, "件", ((WORDS[way], change, ""),)),))


@st.composite
def absolute(draw: st.DrawFn, body: BodyKind) -> Clause:
    """受理行政案件78件,比上年增加12件、增幅5%: two ways to tell one change."""
    verb, kind, (shown, value) = draw(st.sampled_from(VERBS[body])), draw(st.sampled_from(KINDS)), draw(counts)
    (more, change), (percent, rise), (basis, base) = draw(counts), draw(tenths), draw(bases)
    way, ratio = draw(st.sampled_from((("增加", "增幅"), ("减少", "降幅"))))
    sign = "+" if way == "增加" else "-"
    return Clause(
        f"{verb}{kind}{shown}件,{basis}{way}{more}件,{ratio}{percent}%",
        (Told(verb + kind, value, "件", ((sign, change, base), (sign, rise, base))),),
    )


@st.composite
def moved(draw: st.DrawFn, body: BodyKind) -> Clause:
    """平均审理天数由上年的68天缩短到59天."""
    del body
    before, after = draw(st.integers(400, 990)), draw(st.integers(100, 390))
    return Clause(
        f"平均办理天数由上年的{before / 10:.1f}天缩短到{after / 10:.1f}天",
        (Told("平均办理天数", Decimal(before) / 10, "天"), Told("平均办理天数", Decimal(after) / 10, "天")),
    )


CLAUSES: tuple[Callable[[BodyKind], st.SearchStrategy[Clause]], ...] = (
    chains, apart, rates, pairs, attached, absolute, moved,
)  # fmt: skip


@st.composite
def sentences(draw: st.DrawFn) -> tuple[BodyKind, str, list[Told]]:
    """A sentence of one to three clauses in a body's report, and all that it tells."""
    body = draw(st.sampled_from(sorted(VERBS)))
    opening = draw(st.sampled_from(("", "2024年,", "全年")))
    scope = draw(st.sampled_from(("", SCOPES[body])))
    clauses = [draw(draw(st.sampled_from(CLAUSES))(body)) for _ in range(draw(st.integers(1, 3)))]
    words = opening + scope + ";".join(clause.words for clause in clauses) + "。"
    return body, words, [told for clause in clauses for told in clause.told]


def _told(each: Observation) -> Told:
    assert each.value is not None
    changes = tuple(
        ("+" if change.direction.value == "up" else "-", change.value or Decimal(0), change.base_period or "")
        for change in each.changes
    )
    return Told(each.subject, each.value, each.unit, changes)


@settings(max_examples=400, deadline=None)
@given(sentences())
def test_what_the_grammar_says_is_read_back(made: tuple[BodyKind, str, list[Told]]) -> None:
    body, text, expected = made
    reading = read(text, Context(region="62", body=body, period=Period.year(2024), published_year=2025))
    found = [_told(each) for each in reading.observations if each.status.value == "stated"]
    assert [_line(each) for each in found] == [_line(each) for each in expected], text
    assert all(
        text[each.start : each.end].endswith(each.unit)
        for each in reading.observations
        if each.status.value == "stated"
    )


def _line(told: Told) -> str:
    changes = " ".join(f"{sign}{plain(value)}@{base}" for sign, value, base in told.changes)
    return f"{told.subject} {plain(told.value)}{told.unit} {changes}"
