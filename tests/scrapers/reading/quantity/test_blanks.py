from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.reading.normalise import normalise
from scrapers.reading.quantity.blanks import squeeze


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("一百 五 十", "一百五十"),
        ("共 12 件", "共12件"),
        ("4 6/3", "4 6/3"),
        ("12 kg", "12 kg"),
        ("无", "无"),
        (" 三", "三"),
    ],
)
def test_blanks_beside_chinese_characters_go(text: str, squeezed: str) -> None:
    assert squeeze(normalise(text)).text == squeezed


@given(st.text(alphabet="一二a1 。", max_size=60))
def test_every_character_leads_back_to_its_place(text: str) -> None:
    normal = normalise(text)
    squeezed = squeeze(normal)
    for at, sign in enumerate(squeezed.text):
        assert normal[squeezed.start(at)] == sign
        assert squeezed.end(at + 1) == squeezed.start(at) + 1
    assert squeezed.text.replace(" ", "") == normal.replace(" ", "")
