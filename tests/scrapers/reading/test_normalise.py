from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.reading.normalise import normalise
from scrapers.reading.variants import SIMPLIFIED, VARIANTS


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("１２．３％", "12.3%"),
        ("（含旧存３件）；", "(含旧存3件);"),
        ("2019—2023年", "2019-2023年"),
        ("20～30件", "20~30件"),
        ("審結萬餘件，與上年持平", "审结万余件,与上年持平"),
        ("⻓期、⼋件、⺠事", "长期、八件、民事"),
        ("二○二四", "二〇二四"),
        ("a\u3000b\u00a0c", "a b c"),
        ("“四大检察”", '"四大检察"'),
        ("同比：＋3", "同比:+3"),
        ("貳拾億", "贰拾亿"),
    ],
)
def test_each_character_becomes_the_one_that_passes_look_for(printed: str, normal: str) -> None:
    assert normalise(printed) == normal


@pytest.mark.parametrize("kept", ["著名", "覆盖", "乾隆", "瞭望", "第一、第二。", "表\t列\n行"])
def test_what_simplified_text_means_by_itself_stays(kept: str) -> None:
    assert normalise(kept) == kept


def test_a_text_with_many_foreign_characters_takes_the_other_way_to_the_same_end() -> None:
    assert normalise(VARIANTS) == SIMPLIFIED
    for old, new in zip(VARIANTS, SIMPLIFIED, strict=True):
        assert normalise(old) == new


def test_no_character_folds_to_one_that_folds_further() -> None:
    assert normalise(SIMPLIFIED) == SIMPLIFIED
    assert len(set(VARIANTS)) == len(VARIANTS)


@given(st.text(max_size=200))
def test_length_is_kept_and_a_second_fold_changes_nothing(text: str) -> None:
    normal = normalise(text)
    assert len(normal) == len(text)
    assert normalise(normal) == normal
