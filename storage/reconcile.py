"""Which of several observations is the value of a point: written rules, in this order.

    1  stated before derived
    2  the body that the figure speaks of, before other bodies, before the press
    3  the fuller kind of publication: work report, periodic data, press conference, summary, article
    4  the later publication, unless an earlier one of the same rank agrees with it and is printed more exactly
    5  within one text the first statement

Later editions of a document have replaced the earlier ones before this is asked. Held and rejected figures are never
taken. What is not taken keeps the rule that decided against it (`Standing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from storage.exactness import Interval, slack_of
from storage.vocabulary import Standing

KINDS = ("work_report", "periodic_data", "press_conference", "summary", "press_article")
_NEVER = date(1, 1, 1)


class Claim(NamedTuple):
    """One observation (or stated change) that could be the value of a point.

    `standing` is what is stored of it so far, None where it is new.
    """

    id: int
    document_id: int
    position: int
    derived: bool
    scope_body: str | None
    body: str | None
    kind: str | None
    published: date | None
    value: Decimal | None
    precision: Decimal | None
    unit: str = ""
    qualifier: str = "exact"
    direction: str = ""
    usable: bool = True
    standing: Standing | None = None

    @property
    def tier(self) -> tuple[int, int, int]:
        """Rules 1 to 3: smaller is better."""
        return (int(self.derived), self._speaker(), self._fullness())

    @property
    def age(self) -> tuple[date, int, int]:
        """Rules 4 and 5: larger is later; within one document the first statement counts as the latest."""
        return (self.published or _NEVER, self.document_id, -self.position)

    @property
    def coarseness(self) -> tuple[bool, Decimal]:
        """How far from exact it is printed; 约 and 余 are coarser than any digits."""
        return (self.qualifier != "exact", self.precision or Decimal(0))

    def agrees(self, other: Claim) -> bool:
        """Whether both may state the same."""
        if self.value is None or other.value is None:
            return self.value is other.value and self.direction == other.direction
        if self.direction != other.direction:
            return False
        return Interval.of(self.value, self._slack(self.value)).meets(
            Interval.of(other.value, other._slack(other.value))
        )

    def _slack(self, value: Decimal) -> Decimal:
        return slack_of(value, self.precision, self.qualifier)

    def _speaker(self) -> int:
        if self.body is not None and self.body == self.scope_body:
            return 0
        return 2 if self.body == "press" else 1

    def _fullness(self) -> int:
        return KINDS.index(self.kind) if self.kind in KINDS else len(KINDS)


@dataclass(frozen=True, slots=True)
class Choice:
    """The claim that is taken (None where none may be), why each other is not, and who else says so."""

    taken: Claim | None
    standings: dict[int, Standing]
    witnesses: int
    conflicts: tuple[Claim, ...]


def choose(claims: Sequence[Claim]) -> Choice:
    """Apply the rules; `standings` has an entry for every usable claim."""
    usable = [claim for claim in claims if claim.usable]
    if not usable:
        return Choice(None, {}, 0, ())
    if len(usable) == 1:
        return Choice(usable[0], {usable[0].id: Standing.TAKEN}, 1, ())
    best = min(claim.tier for claim in usable)
    level = [claim for claim in usable if claim.tier == best]
    latest = max(level, key=lambda claim: claim.age)
    alike = [claim for claim in level if claim.agrees(latest)]
    taken = min(alike, key=lambda claim: (claim.coarseness, *_newest_first(claim)))
    standings = {claim.id: _why_not(claim, taken) for claim in usable}
    standings[taken.id] = Standing.TAKEN
    agreeing = {claim.document_id for claim in usable if claim.agrees(taken)}
    conflicts = tuple(claim for claim in usable if not claim.agrees(taken))
    return Choice(taken, standings, len(agreeing), conflicts)


def _newest_first(claim: Claim) -> tuple[int, int, int]:
    published, document_id, minus_position = claim.age
    return (-published.toordinal(), -document_id, -minus_position)


def _why_not(claim: Claim, taken: Claim) -> Standing:
    derived, speaker, fullness = claim.tier
    best_derived, best_speaker, best_fullness = taken.tier
    if derived != best_derived:
        return Standing.DERIVED
    if speaker != best_speaker:
        return Standing.NOT_ISSUER
    if fullness != best_fullness:
        return Standing.LESSER_KIND
    if claim.agrees(taken) and claim.coarseness > taken.coarseness:
        return Standing.ROUNDED
    return Standing.REPEATED if claim.document_id == taken.document_id else Standing.EARLIER
