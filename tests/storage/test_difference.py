from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.difference import Blame, Stated, compare
from storage.vocabulary import Cause, Difference

PUBLISHER = Blame("old text", "new text", versions_differ=False)
READER = Blame("same text", "same text", versions_differ=True)


def test_forms_of_one_document_accuse_nobody() -> None:
    forms = Blame("受理案件100件。", "受理\n案件100件。审结案件7件。", versions_differ=False, forms_differ=True)
    old = [stated(1, "10", quotation="受理案件100件。"), stated(2, "3", subject="执结案件")]
    new = [stated(3, "100", quotation="受理\n案件100件。"), stated(4, "7", subject="审结案件")]
    assert [(item.kind, item.cause) for item in compare(old, new, forms)] == [
        (Difference.CHANGED, Cause.READER),
        (Difference.ADDED, Cause.FORM),
        (Difference.DROPPED, Cause.FORM),
    ]


def stated(number: int, value: str | None = "100", subject: str = "受理案件", **others: object) -> Stated:
    fields: dict[str, object] = {
        "indicator_id": None, "scope_body": "court", "scope_own": False, "scope_region": "62", "scope_words": "全省法院",
        "period_first": 24288, "period_last": 24299, "unit": "件", "quotation": f"{subject}{value}件。",
    }  # fmt: skip
    return Stated(id=number, subject=subject, value=None if value is None else Decimal(value), **(fields | others))  # type: ignore[arg-type]


def kinds(
    old: list[Stated], new: list[Stated], blame: Blame = PUBLISHER
) -> list[tuple[Difference, int | None, int | None]]:
    return [(item.kind, item.old_id, item.new_id) for item in compare(old, new, blame)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([stated(1)], [stated(2)], [], id="the same"),
        pytest.param([stated(1, "100")], [stated(2, "100.0")], [], id="the same number in other digits"),
        pytest.param([stated(1)], [stated(2, "200")], [(Difference.CHANGED, 1, 2)], id="another value"),
        pytest.param([], [stated(2)], [(Difference.ADDED, None, 2)], id="added"),
        pytest.param([stated(1)], [], [(Difference.DROPPED, 1, None)], id="dropped"),
        pytest.param([stated(1)], [stated(2, subject="审结案件")], [(Difference.ADDED, None, 2), (Difference.DROPPED, 1, None)], id="another subject"),
        pytest.param([stated(1, indicator_id="a")], [stated(2, subject="收案", indicator_id="a")], [], id="other words for the same indicator"),
        pytest.param([stated(1)], [stated(2, scope_region="33")], [(Difference.ADDED, None, 2), (Difference.DROPPED, 1, None)], id="another region"),
        pytest.param([stated(1), stated(2, "200")], [stated(3, "200"), stated(4, "100")], [], id="stated twice, in another order"),
        pytest.param([stated(1), stated(2, "200")], [stated(3, "200"), stated(4, "150")], [(Difference.CHANGED, 1, 4)], id="stated twice, one changed"),
        pytest.param(
            [stated(1, "5", form="percent", basis="yoy", direction="up")], [stated(2, "5", form="percent", basis="yoy", direction="down")], [(Difference.CHANGED, 1, 2)], id="another direction"
        ),
        pytest.param(
            [stated(1, "5", form="percent", basis="yoy", direction="up")],
            [stated(2, "5", form="percentage_points", basis="yoy", direction="up")],
            [(Difference.ADDED, None, 2), (Difference.DROPPED, 1, None)],
            id="per cent and points are two kinds",
        ),
    ],
)  # fmt: skip
def test_by_figure(
    old: list[Stated], new: list[Stated], expected: list[tuple[Difference, int | None, int | None]]
) -> None:
    assert kinds(old, new) == expected


def test_causes() -> None:
    one, other = [stated(1, "100")], [stated(2, "200")]
    assert compare(one, other, PUBLISHER)[0].cause is Cause.PUBLISHER
    assert compare(one, other, READER)[0].cause is Cause.READER
    both = Blame("受理案件100件。旧。", "受理案件200件。审结案件5件。", versions_differ=True)
    assert compare(one, other, both)[0].cause is Cause.PUBLISHER
    stood = Blame("受理案件100件。审结案件5件。", "受理案件200件。审结案件5件。", versions_differ=True)
    assert compare([], [stated(2, "5", subject="审结案件")], stood)[0].cause is Cause.READER
    assert compare([stated(1, "5", subject="审结案件")], [], stood)[0].cause is Cause.READER


figures = st.lists(
    st.builds(stated, st.integers(1, 10**6), st.integers(1, 5).map(str), st.sampled_from(["受理案件", "审结案件"])),
    max_size=8,
    unique_by=lambda item: item.id,
)


@given(figures)
def test_an_edition_does_not_differ_from_itself(some: list[Stated]) -> None:
    again = [replace(item, id=item.id + 10**7) for item in reversed(some)]
    assert compare(some, again, PUBLISHER) == ()


@given(figures, figures)
def test_what_came_and_went_adds_up(old: list[Stated], new: list[Stated]) -> None:
    new = [replace(item, id=item.id + 10**7) for item in new]
    found = compare(old, new, PUBLISHER)
    added = sum(item.kind is Difference.ADDED for item in found)
    dropped = sum(item.kind is Difference.DROPPED for item in found)
    assert len(new) - len(old) == added - dropped
    assert len({item.new_id for item in found if item.new_id}) + len(
        {item.old_id for item in found if item.old_id}
    ) == (added + dropped + 2 * sum(item.kind is Difference.CHANGED for item in found))
