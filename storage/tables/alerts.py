"""Alerts, from the candidate that a rule found to the receipt of each receiver.

alert ─< alert_evidence      what it says, as of now
      ─< alert_stage         every stage it went through, with the reason
      ─< group_alert >─ alert_group ─< delivery ─< attempt
silence, acknowledgement, alert_feedback: words of people
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Record, one_of
from storage.types import ExactNumber, Pairs, UtcTime, Words
from storage.vocabulary import AlertState, Audience, DeliveryState, Feedback, Severity, Verdict


class Alert(Record, table=True):
    """Something worth telling. The fingerprint is rule × series × period × basis, never the value: a corrected value
    updates the alert and counts `revision` up. All values are as of now; `old_value` and `old_change_value` are what
    the revision replaced.

    `facts` are further words for messages and "why" (threshold=20, peers=28, median=…), exact decimals as text.
    """  # noqa: D205

    __tablename__ = "alert"
    __table_args__ = (
        one_of("state", AlertState),
        one_of("audience", Audience),
        one_of("severity", Severity),
        Index(None, "state", "audience"),
    )

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    rule: str = Field(index=True)
    revision: int = 1
    audience: str = Audience.READER.value
    severity: str = Severity.NOTABLE.value
    state: str = AlertState.PENDING.value
    reason: str = "new"
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    edition_id: int | None = Field(default=None, foreign_key="edition.id", index=True)
    observation_id: int | None = Field(default=None, foreign_key="observation.id")
    change_id: int | None = Field(default=None, foreign_key="change.id")
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)
    indicator_id: str | None = Field(default=None, foreign_key="indicator.id")
    region: str | None = Field(default=None, foreign_key="region.code")
    body: str | None = None
    subject: str = ""
    period_first: int | None = None
    period_last: int | None = None
    value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    unit: str = ""
    qualifier: str = "exact"
    direction: str | None = None
    change_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    change_qualifier: str = "exact"
    form: str | None = None
    basis: str | None = None
    base_period: str | None = None
    sharpness: Decimal | None = Field(default=None, sa_type=ExactNumber)
    old_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    old_change_value: Decimal | None = Field(default=None, sa_type=ExactNumber)
    cause: str | None = None
    quotation: str = ""
    url: str = ""
    facts: dict[str, str] = Field(default_factory=dict, sa_type=Pairs)
    created_at: datetime = Field(sa_type=UtcTime, index=True)
    updated_at: datetime = Field(sa_type=UtcTime, index=True)


class AlertEvidence(Record, table=True):
    """A figure that an alert rests on: the figure itself, its base, a peer, the other side of a contradiction."""

    __tablename__ = "alert_evidence"

    alert_id: int = Field(primary_key=True, foreign_key="alert.id")
    observation_id: int = Field(primary_key=True, foreign_key="observation.id", index=True)
    position: int = 0
    role: str = "figure"


class AlertStage(Record, table=True):
    """One stage's word on one revision of an alert: why it passed, or why it did not."""

    __tablename__ = "alert_stage"

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    revision: int
    stage: str
    passed: bool
    reason: str
    note: str = ""
    at: datetime = Field(sa_type=UtcTime)


class AlertGroup(Record, table=True):
    """What is sent together; `key` is what its alerts share, with the reason and the round they fell into."""

    __tablename__ = "alert_group"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    reason: str
    audience: str = Audience.READER.value
    created_at: datetime = Field(sa_type=UtcTime, index=True)


class GroupAlert(Record, table=True):
    """An alert, at one revision, in a group."""

    __tablename__ = "group_alert"

    group_id: int = Field(primary_key=True, foreign_key="alert_group.id")
    alert_id: int = Field(primary_key=True, foreign_key="alert.id", index=True)
    revision: int


class Delivery(Record, table=True):
    """One group for one receiver for one reason, until it is closed by a receipt, a refusal, or given up as dead.

    `digest` rows wait for their round ("daily", "weekly"); "" is sent at once. `possibly_repeated`: an attempt ended
    with an unknown outcome and was tried once more. `route` is the one that it was made by (empty: there are none);
    `put_off`: its next try waits for that route's window or the end of quiet hours.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("group_id", "receiver", "reason"),
        Index(None, "state", "next_try_at"),
        Index(None, "receiver", "state"),
        one_of("state", DeliveryState),
    )

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="alert_group.id")
    receiver: str
    reason: str
    idempotency_key: str = Field(unique=True)
    digest: str = ""
    route: str = ""
    state: str = DeliveryState.PENDING.value
    attempts: int = 0
    next_try_at: datetime = Field(sa_type=UtcTime)
    put_off: bool = False
    useful_until: datetime | None = Field(default=None, sa_type=UtcTime)
    lease_owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcTime)
    possibly_repeated: bool = False
    parts_done: tuple[str, ...] = Field(default=(), sa_type=Words)
    receipt: str = ""
    last_error: str = ""
    created_at: datetime = Field(sa_type=UtcTime, index=True)
    closed_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Attempt(Record, table=True):
    """One attempt to deliver; `answer` is an excerpt of what the receiver said, redacted before it comes here."""

    __tablename__ = "attempt"
    __table_args__ = (one_of("verdict", Verdict),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    number: int
    at: datetime = Field(sa_type=UtcTime)
    verdict: str
    answer: str = ""
    milliseconds: int | None = None


class ReceiverState(Record, table=True):
    """What the dispatcher remembers of a receiver: its back-off, and when it last took something."""

    __tablename__ = "receiver_state"

    receiver: str = Field(primary_key=True)
    failures: int = 0
    paused_until: datetime | None = Field(default=None, sa_type=UtcTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcTime)
    heartbeat_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Silence(Record, table=True):
    """Muted by a person for a time. `matchers` (region, body, indicator, rule, source …) must all hold.

    `link` is the signed link that made it, where one did; `settled`: it has ended, and what it held was let go.
    """

    __tablename__ = "silence"

    id: int | None = Field(default=None, primary_key=True)
    matchers: dict[str, str] = Field(default_factory=dict, sa_type=Pairs)
    owner: str
    note: str = ""
    starts_at: datetime = Field(sa_type=UtcTime)
    ends_at: datetime = Field(sa_type=UtcTime, index=True)
    created_at: datetime = Field(sa_type=UtcTime)
    link: str | None = Field(default=None, unique=True)
    settled: bool = False


class Acknowledgement(Record, table=True):
    """An alert taken over by a person until a moment; `link` and `settled` as in a silence."""

    __tablename__ = "acknowledgement"

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    owner: str
    note: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
    until: datetime = Field(sa_type=UtcTime)
    link: str | None = Field(default=None, unique=True)
    settled: bool = False


class AlertFeedback(Record, table=True):
    """What a person says of an alert afterwards."""

    __tablename__ = "alert_feedback"
    __table_args__ = (one_of("verdict", Feedback),)

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True)
    verdict: str
    author: str
    note: str = ""
    created_at: datetime = Field(sa_type=UtcTime)
