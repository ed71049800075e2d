"""What became of each figure between two editions of a document, and whose doing it is.

Figures are matched by what they speak of: indicator (or subject), scope, period and unit; several of the same are
matched in the order of the text, equal values first. What remains on one side was added or dropped.

    the texts        the versions    cause
    differ           equal           publisher
    equal            differ          reader
    differ           differ          by figure: reader where its sentence stands unchanged in the other text
    of two forms     either          by figure: the same, lines and spaces apart, else form; what was dropped: form

A page and its PDF are two forms: the second says nothing of an edit, and what it leaves out still stands in the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from storage.facts import FigureDifference
from storage.vocabulary import Cause, Difference


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated value or change of an edition, as far as it matters here; `form` is "" for a value."""

    id: int
    subject: str
    indicator_id: str | None
    scope_body: str | None
    scope_own: bool
    scope_region: str | None
    scope_words: str
    period_first: int | None
    period_last: int | None
    unit: str
    value: Decimal | None
    quotation: str
    form: str = ""
    basis: str = ""
    base_period: str = ""
    direction: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What it speaks of."""
        return (
            self.indicator_id or self.subject,
            self.scope_body,
            self.scope_own,
            self.scope_region,
            self.period_first,
            self.period_last,
            self.unit,
            self.form,
            self.basis,
            self.base_period,
        )

    @property
    def statement(self) -> tuple[object, ...]:
        """What it says."""
        return (self.direction, self.value)


@dataclass(frozen=True, slots=True)
class Blame:
    """The two texts, and whether the versions that read them or their forms differ: what the table above needs."""

    old_text: str
    new_text: str
    versions_differ: bool
    forms_differ: bool = False
    same_text: bool = field(init=False)

    def __post_init__(self) -> None:
        """Compare the texts once, not for each figure."""
        object.__setattr__(self, "same_text", self.old_text == self.new_text)

    def for_old(self, figure: Stated) -> Cause:
        """Whose doing it is that a figure of the old edition went."""
        if self.forms_differ and not self.same_text:
            return Cause.FORM
        return self._cause(figure.quotation, self.new_text)

    def for_new(self, figure: Stated) -> Cause:
        """Whose doing it is that a figure of the new edition came."""
        return self._cause(figure.quotation, self.old_text)

    def overall(self) -> Cause:
        """Whose doing the new edition is."""
        if self.same_text:
            return Cause.READER
        return Cause.FORM if self.forms_differ else Cause.PUBLISHER

    def _cause(self, quotation: str, other_text: str) -> Cause:
        if self.forms_differ and not self.same_text:
            return Cause.READER if _run_on(quotation) in _run_on(other_text) else Cause.FORM
        if not self.versions_differ or self.same_text:
            return self.overall()
        return Cause.READER if quotation in other_text else Cause.PUBLISHER


def _run_on(text: str) -> str:
    """A text without what a form breaks it by."""
    return "".join(text.split())


def compare(old: Sequence[Stated], new: Sequence[Stated], blame: Blame) -> tuple[FigureDifference, ...]:
    """The differences in the order of the new text, dropped ones last."""
    waiting = _by_key(old)
    differing = [figure for figure in new if not _take_equal(waiting.get(figure.key, []), figure)]
    found: list[FigureDifference] = []
    for figure in differing:
        candidates = waiting.get(figure.key)
        before = candidates.pop(0) if candidates else None
        kind = Difference.CHANGED if before else Difference.ADDED
        found.append(_difference(kind, blame.for_new(figure), before, figure))
    left = [figure for figures in waiting.values() for figure in figures]
    dropped = sorted(left, key=lambda figure: (figure.id, figure.form))
    found.extend(_difference(Difference.DROPPED, blame.for_old(figure), figure, None) for figure in dropped)
    return tuple(found)


def _by_key(figures: Iterable[Stated]) -> dict[tuple[object, ...], list[Stated]]:
    by_key: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for figure in figures:
        by_key[figure.key].append(figure)
    return by_key


def _take_equal(candidates: list[Stated], figure: Stated) -> bool:
    for candidate in candidates:
        if candidate.statement == figure.statement:
            candidates.remove(candidate)
            return True
    return False


def _difference(kind: Difference, cause: Cause, old: Stated | None, new: Stated | None) -> FigureDifference:
    named = new or old
    assert named is not None  # noqa: S101 - one of the two is always given
    return FigureDifference(
        kind=kind,
        cause=cause,
        subject=named.subject,
        indicator_id=named.indicator_id,
        scope_words=named.scope_words,
        period_first=named.period_first,
        period_last=named.period_last,
        unit=named.unit,
        old_id=None if old is None else old.id,
        new_id=None if new is None else new.id,
        old_value=None if old is None else old.value,
        new_value=None if new is None else new.value,
        form=named.form or None,
        basis=named.basis or None,
        old_direction=(old.direction or None) if old else None,
        new_direction=(new.direction or None) if new else None,
    )
