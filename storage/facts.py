"""What the record gives to those who judge it: frozen facts, never rows.

    EditionFacts
    ├── document         DocumentFacts
    ├── figures          FigureFacts: one observation, with all that is known around it
    │   ├── changes, findings, indicator
    │   ├── series, history, change_history     the other points of its series, oldest first
    │   └── before                              the same figure in the edition before
    ├── differences      FigureDifference: by figure, against the edition before
    └── alerts           AlertFacts that used figures of this document
    PeerFacts            the same indicator and period elsewhere
    DeliveryFacts        what is to be sent to one receiver: a group's AlertFacts

Periods are months counted as year × 12 + month − 1, both ends included (storage.periods).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from storage.vocabulary import (
    AlertState,
    Audience,
    Cause,
    Check,
    DeliveryState,
    Difference,
    DueReason,
    Held,
    Origin,
    Severity,
    Standing,
    Status,
)


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What lies at the address of a record (`place`, without a password).

    `revision` is None where nothing is there yet, or where it cannot be told (`fault`). Counted is what a record of the
    program's own revision (`newest`) holds.
    """

    place: str
    newest: str
    revision: str | None = None
    documents: int = 0
    editions: int = 0
    observations: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """A region; `short_name` is what subjects of messages use (甘肃)."""

    code: str
    name: str
    short_name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """An indicator as synced; `rise` is good, bad or "". Thresholds are decimals by name."""

    id: str
    label: str
    topic: str
    body: str | None
    measure: str
    unit: str
    rise: str
    key: bool
    lower: Decimal | None
    upper: Decimal | None
    thresholds: Mapping[str, Decimal]
    part_of: str | None
    rate_of: str | None
    rate_base: str | None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """One publication as it stands now."""

    id: int
    source_id: str | None
    title: str
    issuer: str
    body: str | None
    region: str | None
    level: str | None
    kind: str | None
    period_first: int | None
    period_last: int | None
    published: date | None
    url: str


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """The key of a series."""

    id: int
    indicator_id: str
    measure: str
    region: str
    body: str
    own: bool
    level: str
    period_kind: str


@dataclass(frozen=True, slots=True)
class PointFacts:
    """The value of a series for one period. Points of other segments are not compared with (definition breaks)."""

    period_first: int
    period_last: int
    value: Decimal
    precision: Decimal | None
    unit: str
    qualifier: str
    observation_id: int
    segment: int
    break_before: bool
    witnesses: int
    excluded: bool
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ChangePointFacts:
    """A stated change of a series for one period."""

    period_first: int
    period_last: int
    direction: str
    value: Decimal | None
    precision: Decimal | None
    form: str
    basis: str
    base_period: str
    unit: str
    qualifier: str
    change_id: int


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """One stated change of one figure; offsets as in the observation."""

    id: int
    direction: str
    value: Decimal | None
    precision: Decimal | None
    form: str
    basis: str
    base_period: str | None
    unit: str
    qualifier: str
    span_start: int
    span_end: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What a check said of a figure (or, without one, of the whole edition)."""

    check: Check
    severity: Severity
    observation_id: int | None
    change_id: int | None
    other_id: int | None
    expected: Decimal | None
    actual: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """One observation with what is known around it.

    `mark_start`/`mark_end` bound the figure within `quotation`. `history` leaves out the figure's own period.
    """

    id: int
    edition_id: int
    position: int
    subject: str
    indicator_id: str | None
    scope_body: str | None
    scope_own: bool
    scope_region: str | None
    scope_words: str
    level: str | None
    period_first: int | None
    period_last: int | None
    value: Decimal | None
    precision: Decimal | None
    unit: str
    qualifier: str
    status: Status
    standing: Standing
    held: Held | None
    remarks: tuple[str, ...]
    rules: tuple[str, ...]
    quotation: str
    span_start: int
    span_end: int
    mark_start: int
    mark_end: int
    changes: tuple[ChangeFacts, ...] = ()
    findings: tuple[FindingFacts, ...] = ()
    indicator: IndicatorFacts | None = None
    series: SeriesFacts | None = None
    point: PointFacts | None = None
    history: tuple[PointFacts, ...] = ()
    change_history: tuple[ChangePointFacts, ...] = ()
    before: FigureDifference | None = None


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """What became of one figure between two editions; `old_*` are None where it was added, `new_*` where dropped.

    `key` names the figure in words; `form` and `basis` are set where the difference is that of a stated change.
    """

    kind: Difference
    cause: Cause
    subject: str
    indicator_id: str | None
    scope_words: str
    period_first: int | None
    period_last: int | None
    unit: str
    old_id: int | None
    new_id: int | None
    old_value: Decimal | None
    new_value: Decimal | None
    form: str | None = None
    basis: str | None = None
    old_direction: str | None = None
    new_direction: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """A figure that an alert rests on, quoted."""

    observation_id: int
    role: str
    quotation: str
    mark_start: int
    mark_end: int
    value: Decimal | None
    unit: str
    qualifier: str
    period_first: int | None
    period_last: int | None
    region: str | None
    url: str
    title: str
    published: date | None


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """An alert as it stands; see storage.tables.alerts.Alert."""

    id: int
    fingerprint: str
    rule: str
    revision: int
    audience: Audience
    severity: Severity
    state: AlertState
    reason: str
    source_id: str | None
    document_id: int | None
    edition_id: int | None
    observation_id: int | None
    change_id: int | None
    series_id: int | None
    indicator_id: str | None
    region: str | None
    body: str | None
    subject: str
    period_first: int | None
    period_last: int | None
    value: Decimal | None
    unit: str
    qualifier: str
    direction: str | None
    change_value: Decimal | None
    change_qualifier: str
    form: str | None
    basis: str | None
    base_period: str | None
    sharpness: Decimal | None
    old_value: Decimal | None
    old_change_value: Decimal | None
    cause: Cause | None
    quotation: str
    url: str
    facts: Mapping[str, str]
    created_at: datetime
    updated_at: datetime
    evidence: tuple[EvidenceFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """An edition that rules are to look at, with everything they need. `due_ids` are what `clear_due` takes."""

    edition_id: int
    due_ids: tuple[int, ...]
    reasons: tuple[DueReason, ...]
    document: DocumentFacts
    previous_id: int | None
    origin: Origin
    cause: Cause
    baseline: bool
    created_at: datetime
    figures: tuple[FigureFacts, ...]
    differences: tuple[FigureDifference, ...]
    findings: tuple[FindingFacts, ...]
    alerts: tuple[AlertFacts, ...]


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """The same indicator, measure, body, level and period in another region; `change` is its stated change, if any."""

    series_id: int
    region: str
    value: Decimal | None
    precision: Decimal | None
    change: ChangePointFacts | None
    observation_id: int | None


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What one stage said of one revision of an alert."""

    alert_id: int
    revision: int
    stage: str
    passed: bool
    reason: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SentFacts:
    """That a receiver has (or is to get) a revision of an alert."""

    alert_id: int
    revision: int
    receiver: str
    reason: str
    state: DeliveryState
    created_at: datetime
    closed_at: datetime | None
    next_try_at: datetime | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """One row to be sent, leased: the group's alerts in the order they were raised.

    `attempts` counts those made before; `parts_done` names the parts of a split message (or the readers of a mail) that
    they brought home; `thread` is the idempotency key of the receiver's first message about the same
    alerts, for References; `revisions` says by alert which revision the row was made for.
    """

    id: int
    group_id: int
    receiver: str
    reason: str
    idempotency_key: str
    digest: str
    attempts: int
    possibly_repeated: bool
    created_at: datetime
    useful_until: datetime | None
    alerts: tuple[AlertFacts, ...]
    thread: str | None = None
    parts_done: tuple[str, ...] = ()
    route: str = ""
    state: DeliveryState = DeliveryState.PENDING
    revisions: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldFigure:
    """A figure that waits for a person, with its sentence."""

    observation_id: int
    held: Held
    held_since: datetime
    document: DocumentFacts
    figure: FigureFacts


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `record_edition` did. `edition_id` is the edition that stands for what was given.

    `new`: an edition was written. Where not, `note` says why: "same_text" (the article is unchanged),
    "same_edition", "copy" (another source prints the document) or "form" (its PDF says the same). `previous_id` is the
    edition that it replaced.
    """

    document_id: int
    edition_id: int
    new: bool
    new_document: bool
    note: str = ""
    cause: Cause = Cause.FIRST
    baseline: bool = False
    observations: int = 0
    unread: int = 0
    held: int = 0
    findings: int = 0
    differences: tuple[FigureDifference, ...] = field(default=())
    previous_id: int | None = None
