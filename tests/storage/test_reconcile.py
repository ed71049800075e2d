from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.reconcile import Claim, choose
from storage.vocabulary import Standing


def claim(number: int, value: str, **others: object) -> Claim:
    fields: dict[str, object] = {
        "document_id": number, "position": 0, "derived": False, "scope_body": "court", "body": "court",
        "kind": "work_report", "published": date(2025, 1, 17), "precision": None,
    }  # fmt: skip
    return Claim(id=number, value=Decimal(value), **(fields | others))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claims", "taken", "standings"),
    [
        pytest.param([claim(1, "100")], 1, {1: Standing.TAKEN}, id="alone"),
        pytest.param(
            [claim(1, "100", body="press"), claim(2, "90")], 2, {1: Standing.NOT_ISSUER}, id="issuing body before press"
        ),
        pytest.param(
            [claim(1, "100", body="press"), claim(2, "90", body="committee")], 2, {1: Standing.NOT_ISSUER}, id="another body before press"
        ),
        pytest.param(
            [claim(1, "100", kind="press_article", published=date(2025, 2, 1)), claim(2, "90")], 2, {1: Standing.LESSER_KIND}, id="full report before news"
        ),
        pytest.param(
            [claim(1, "100"), claim(2, "90", published=date(2025, 3, 1))], 2, {1: Standing.EARLIER}, id="the later publication"
        ),
        pytest.param(
            [claim(1, "812735"), claim(2, "812700", precision=Decimal(50), published=date(2026, 1, 17))], 1, {2: Standing.ROUNDED}, id="exact before rounded where they agree"
        ),
        pytest.param(
            [claim(1, "812735"), claim(2, "912700", precision=Decimal(50), published=date(2026, 1, 17))], 2, {1: Standing.EARLIER}, id="the later where they do not"
        ),
        pytest.param(
            [claim(1, "100", position=0), claim(2, "90", position=5, document_id=1)], 1, {2: Standing.REPEATED}, id="the first in one text"
        ),
        pytest.param([claim(1, "100", derived=True), claim(2, "90")], 2, {1: Standing.DERIVED}, id="stated before derived"),
        pytest.param([claim(1, "100", usable=False), claim(2, "90", body="press")], 2, {}, id="never a held one"),
        pytest.param([claim(1, "100", usable=False)], None, {}, id="none where all are held"),
        pytest.param(
            [claim(1, "100", qualifier="about", published=date(2025, 3, 1)), claim(2, "98")], 2, {1: Standing.ROUNDED}, id="about agrees with what it is about"
        ),
    ],
)  # fmt: skip
def test_the_written_rules(claims: list[Claim], taken: int | None, standings: dict[int, Standing]) -> None:
    choice = choose(claims)
    assert (None if choice.taken is None else choice.taken.id) == taken
    for number, standing in standings.items():
        assert choice.standings[number] is standing


def test_witnesses_are_documents_that_agree() -> None:
    claims = [
        claim(1, "812735"),
        claim(2, "812700", precision=Decimal(50), body="press"),
        claim(3, "900000", body="press"),
    ]
    choice = choose(claims)
    assert choice.witnesses == 2
    assert [other.id for other in choice.conflicts] == [3]


@given(
    st.lists(
        st.builds(
            claim,
            st.integers(1, 10**6),
            st.integers(0, 10**6).map(str),
            body=st.sampled_from(["court", "press", "committee", None]),
            kind=st.sampled_from(["work_report", "press_article", None]),
            published=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 1, 1))),
            precision=st.one_of(st.none(), st.integers(0, 1000).map(Decimal)),
            position=st.integers(0, 3),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda item: item.id,
    ),
    st.randoms(use_true_random=False),
)
def test_the_choice_does_not_depend_on_the_order(claims: list[Claim], random: object) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = choose(claims), choose(shuffled)
    assert one.taken == other.taken
    assert one.standings == other.standings
    assert sum(standing is Standing.TAKEN for standing in one.standings.values()) == 1
