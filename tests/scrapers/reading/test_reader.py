"""What holds for every reading, whatever the text."""

from __future__ import annotations

import gc
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.vocabulary import BodyKind

from .telling import of

CONTEXT = Context(region="62", body=BodyKind.COURT, period=Period.year(2024), published_year=2025)
PIECES = st.sampled_from(
    [
        "受理案件", "审结", "其中", "同比", "分别", "下降", "上升", "3.5万件", "12人", "5%", "1.2个百分点", "持平", "比2019年",
        "由", "到", "(", ")", "、", ",", ";", "。", ":", "\n", "\t", "省法院", "2023年", "五年来", "占", "率", "**%", "居第3位", "和",
        "为", "翻一番", "—", "“", "”", " ", "去年同期", "总量", "两项", "含", "力争", "3.2倍", "是2016年的",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_run_of_the_genres_words_is_read_without_an_error(text: str) -> None:
    reading = read(text, CONTEXT)
    for each in reading.observations:
        assert 0 <= each.quote_start <= each.start < each.end <= each.quote_end <= len(text)
        assert each.value is None or isinstance(each.value, Decimal)
        assert each.value is not None or each.changes
        assert all(0 <= change.start < change.end <= len(text) for change in each.changes)
    spans = [(each.start, each.end) for each in reading.unread] + [(each.start, each.end) for each in reading.ignored]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_an_error(text: str) -> None:
    assert read(text, Context()) == read(text, Context())


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_figure_is_told_twice(text: str) -> None:
    reading = read(text, CONTEXT)
    levels = [each.start for each in reading.observations if each.value is not None and each.status.value == "stated"]
    changes = [change.start for each in reading.observations for change in each.changes]
    assert len(levels) == len(set(levels))
    assert len(changes) == len(set(changes))
    assert not set(levels) & set(changes)


def test_the_evidence_is_the_sentence() -> None:
    text = "2024年工作如下。全省法院受理案件40万件,审结38万件。结案率95%。"
    quotes = [text[each.quote_start : each.quote_end] for each in of(text).observations]
    assert quotes == ["全省法院受理案件40万件,审结38万件", "全省法院受理案件40万件,审结38万件", "结案率95%"]


@pytest.mark.parametrize("text", ["", "\n\n", "没有数字的一句话。"])
def test_a_text_without_figures_gives_none(text: str) -> None:
    reading = read(text, CONTEXT)
    assert (reading.observations, reading.unread, reading.ignored) == ((), (), ())


def test_precision_follows_the_printed_digits() -> None:
    (only,) = of("审结案件81.27万件").observations
    assert (only.value, only.precision) == (Decimal(812700), Decimal(50))


def test_what_a_reading_took_is_given_back_without_the_collector() -> None:
    told = (
        "全省法院受理案件40万件(含旧存3万件,同比下降2%)、审结38万件,同比分别上升3.5%和2%;结案率由92%上升至95%,占12%。"
    )
    table = "\n项目\t本年\t上年\n受理案件\t40万件\t38万件\n审结案件\t38万件\t36万件\n"
    # What the first reading loads makes cycles of its own.
    read(told + table, CONTEXT)
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        read(told + table, CONTEXT)
        gc.collect()
        left = [one for one in gc.garbage if type(one).__module__.startswith("scrapers.")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not left


def test_what_only_keeps_readings_loads_no_pass() -> None:
    program = (
        "import sys; from scrapers.reading import Context, Reading, load, read; from scrapers.reading.model import Change\n"
        "early = 'scrapers.reading.reader' in sys.modules; load(); print(early, 'scrapers.reading.reader' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "True"]
