from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.search import search, update_index
from storage.store import Store
from storage.words import cut, phrases
from tests.storage.made import catalogue, edition, figure, record, reread


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write() as session:
        catalogue(session)
    record(
        store,
        edition(
            figure("受理电信网络诈骗案件", "62", 2024, "812700", change="+113%"),
            figure("审结盗窃案件", "62", 2024, "5100", indicator="closed"),
        ),
    )
    record(
        store,
        edition(
            figure("起诉电信诈骗犯罪嫌疑人", "33", 2024, "900", indicator=None), url="http://b.example/2", region="33"
        ),
    )
    return store


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("诈骗", 2), ("电信诈骗", 1), ("网络诈骗案件", 1), ("骗", 2), ("窃", 1), ("案件", 2), ("电信 案件", 1), ("812700", 1),
        ("812700件", 1), ("5100件", 1), ("ＳＭＳ", 0), ("骗案", 1), ("窃案件5100", 1), ("没有这个", 0), ("", 0), ("，。", 0), ('"诈骗" OR *', 0), ("'电信'", 2),
    ],
)  # fmt: skip
def test_search(filled: Store, query: str, count: int) -> None:
    assert len(search(filled, query)) == count


def test_search_in_one_region(filled: Store) -> None:
    [match] = search(filled, "诈骗", region="33")
    assert (match.region, match.url) == ("33", "http://b.example/2")


def test_only_figures_that_stand_are_found(filled: Store) -> None:
    given_again = edition(
        figure("受理电信网络诈骗案件", "62", 2024, "812700", change="+113%"),
        figure("审结盗窃案件", "62", 2024, "5100", indicator="closed"),
    )
    recorded = record(filled, reread(given_again, "reader-2"))
    assert {match.edition_id for match in search(filled, "盗窃")} == {recorded.edition_id}


def test_the_index_is_made_once(filled: Store) -> None:
    assert update_index(filled) == 2
    assert update_index(filled) == 0


han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E40), min_size=1, max_size=6)


def matches(query: str, text: str) -> bool:
    """What an engine does: every phrase stands in the words, one after the other."""
    words = cut(text)
    for phrase in phrases(query):
        size = len(phrase.words)
        ends = [words[at : at + size] for at in range(len(words) - size + 1)]
        if phrase.open_end:
            found = any(tuple(run[:-1]) == phrase.words[:-1] and run[-1].startswith(phrase.words[-1]) for run in ends)
        else:
            found = any(tuple(run) == phrase.words for run in ends)
        if not found:
            return False
    return True


@given(han, han)
def test_a_phrase_is_found_exactly_where_the_text_contains_it(query: str, text: str) -> None:
    assert matches(query, text) == (query in text)


@given(han, han, han)
def test_what_is_in_a_text_is_found(before: str, query: str, after: str) -> None:
    assert matches(query, f"{before}{query}{after}。")
