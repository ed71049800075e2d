"""What rules and the pipeline hand in: candidates with their evidence, verdicts of stages, deliveries, attempts.

Built like `storage.inputs`: frozen, validated at construction.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator
from pydantic.dataclasses import dataclass

from storage.inputs import STRICT, Body, Direction, Form, Month, Number, RegionCode, Text
from storage.vocabulary import AlertState, Audience, Severity, Verdict


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class EvidenceInput:
    """A stored figure that the alert rests on; `role`: figure, base, peer, other, part, total."""

    observation_id: int
    role: Text = "figure"


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class AlertInput:
    """What a rule found. `key` names what it is about beside the rule: series, period and basis, never the value.

    A reader's alert without a figure in its evidence cannot be built. `facts` are words for messages and for "why".
    """

    rule: Text
    key: Text
    audience: Audience = Audience.READER
    severity: Severity = Severity.NOTABLE
    source_id: str | None = None
    document_id: int | None = None
    edition_id: int | None = None
    observation_id: int | None = None
    change_id: int | None = None
    series_id: int | None = None
    indicator_id: str | None = None
    region: RegionCode | None = None
    body: Body | None = None
    subject: str = ""
    period_first: Month | None = None
    period_last: Month | None = None
    value: Number | None = None
    unit: str = ""
    qualifier: str = "exact"
    direction: Direction | None = None
    change_value: Number | None = None
    change_qualifier: str = "exact"
    form: Form | None = None
    basis: str | None = None
    base_period: str | None = None
    sharpness: Number | None = None
    quotation: str = ""
    url: str = ""
    facts: dict[str, str] = Field(default_factory=dict)
    evidence: tuple[EvidenceInput, ...] = ()
    baseline: bool = False
    held: bool = False

    @model_validator(mode="after")
    def _about_something(self) -> AlertInput:
        if self.audience is Audience.READER and self.rule != "silence" and not self.evidence:
            raise ValueError(f"a reader's alert of rule {self.rule!r} names no figure")
        return self

    @property
    def fingerprint(self) -> str:
        """The stable identity: 16 hex digits of SHA-256 over rule and key."""
        return fingerprint(self.rule, self.key)


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class StageInput:
    """What one stage said of an alert: `state` is where the alert stands after it (None: goes on)."""

    stage: Text
    passed: bool
    reason: Text
    note: str = ""
    state: AlertState | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class DeliveryInput:
    """One receiver of a group; `digest` is "" (at once), "daily" or "weekly"; `route` the one that led there."""

    receiver: Text
    reason: Text
    not_before: AwareDatetime
    useful_until: AwareDatetime | None = None
    digest: Literal["", "daily", "weekly"] = ""
    route: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class AttemptInput:
    """What an attempt came to. `retry_at` belongs to retry and unknown; without it the row is dead. `put_off`: that
    moment is the opening of a window or the end of quiet hours.

    `parts_done` names the parts of a split message, or the readers of a mail, that this attempt brought home.
    """  # noqa: D205

    verdict: Verdict
    answer: str = ""
    milliseconds: Annotated[int, Field(ge=0)] | None = None
    retry_at: AwareDatetime | None = None
    put_off: bool = False
    parts_done: tuple[str, ...] = ()


def fingerprint(rule: str, key: str) -> str:
    """The stable identity of an alert: 16 hex digits of SHA-256 over rule and key."""
    return hashlib.sha256(f"{rule}\n{key}".encode()).hexdigest()[:16]
