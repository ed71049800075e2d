"""The closed sets of words that the record is written in; each is guarded by a CHECK constraint.

Bodies, levels and kinds of publication carry the codes of `scrapers.vocabulary`, which flows maps here.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How sure the reader is of a figure."""

    STATED = "stated"
    DERIVED = "derived"
    DOUBTFUL = "doubtful"


class Origin(StrEnum):
    """What brought an edition in. Everything but `ordinary` is history: stored with alerts, none sent."""

    ORDINARY = "ordinary"
    FIRST_RUN = "first_run"
    BACKFILL = "backfill"
    REREAD = "reread"
    IMPORT = "import"


class Cause(StrEnum):
    """Whose doing a difference between two editions is; `form`: both stand, a page's PDF says other than the page."""

    FIRST = "first"
    PUBLISHER = "publisher"
    READER = "reader"
    FORM = "form"


class Difference(StrEnum):
    """What became of one figure between two editions."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class Standing(StrEnum):
    """Why an observation is, or is not, the value of its point; all but `taken` name the rule that decided.

    `none`: it belongs to no series (no indicator, no period, or no value).
    """

    TAKEN = "taken"
    NONE = "none"
    SUPERSEDED = "superseded"  # a later edition of its document was read
    NOT_ISSUER = "not_issuer"  # the issuing body itself states it elsewhere
    LESSER_KIND = "lesser_kind"  # a fuller kind of publication states it
    EARLIER = "earlier"  # the same kind of publication states it again, later
    DERIVED = "derived"  # stated outright elsewhere
    ROUNDED = "rounded"  # stated more exactly elsewhere
    REPEATED = "repeated"  # the same text states it before
    HELD = "held"
    REJECTED = "rejected"


class Held(StrEnum):
    """Why a figure waits for a person."""

    DOUBTFUL = "doubtful"
    MAGNITUDE = "magnitude"


class Decision(StrEnum):
    """What a person decided of a held figure."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"


class Severity(StrEnum):
    """How much weight a finding or an alert carries."""

    INFO = "info"
    NOTABLE = "notable"
    SHARP = "sharp"


class Check(StrEnum):
    """The checks that every edition goes through."""

    RANGE = "range"
    PARTS = "parts"
    RATE = "rate"
    STATED_CHANGE = "stated_change"
    DEFINITION_BREAK = "definition_break"
    MAGNITUDE = "magnitude"
    CONFLICT = "conflict"
    FILL_RATE = "fill_rate"
    CORRECTION_STALE = "correction_stale"


class Outcome(StrEnum):
    """What a request came to: the codes of the table in ARCHITECTURE.md."""

    PAGE = "page"
    NOT_MODIFIED = "not_modified"
    MOVED = "moved"
    MISSING = "missing"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    WRONG_TYPE = "wrong_type"
    REFUSED = "refused"


class LinkState(StrEnum):
    """How far a link from a list page has come."""

    NEW = "new"
    READ = "read"
    IGNORED = "ignored"
    FAILED = "failed"
    GONE = "gone"


class RunResult(StrEnum):
    """The one named result in which every source run ends."""

    OK = "ok"
    NOTHING_NEW = "nothing_new"
    PARTIAL = "partial"
    BROKEN = "broken"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"


class DueReason(StrEnum):
    """What makes rules look at an edition (again)."""

    EDITION = "edition"
    REVIEW = "review"
    CORRECTION = "correction"


class Audience(StrEnum):
    """Who is told: those who read the figures, or those who run the program."""

    READER = "reader"
    OPERATOR = "operator"


class AlertState(StrEnum):
    """Where an alert stands; the stage that put it there is in `alert_stage`."""

    PENDING = "pending"
    BASELINE = "baseline"
    HELD = "held"
    SILENCED = "silenced"
    ACKNOWLEDGED = "acknowledged"
    INHIBITED = "inhibited"
    GROUPED = "grouped"
    WITHDRAWN = "withdrawn"


class DeliveryState(StrEnum):
    """Where a delivery stands; `pending` covers those that wait for their next try.

    `orphaned`: its receiver was taken out of the settings (removed, renamed or switched off) before it was sent.
    """

    PENDING = "pending"
    LEASED = "leased"
    DELIVERED = "delivered"
    REFUSED = "refused"
    DEAD = "dead"
    DIGESTED = "digested"
    ORPHANED = "orphaned"


class Verdict(StrEnum):
    """What one attempt to deliver came to; `unknown`: the receiver may have it (a time-out after sending)."""

    DELIVERED = "delivered"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Feedback(StrEnum):
    """What a person says of an alert; `incident` leaves its figure out of baselines."""

    USEFUL = "useful"
    FALSE = "false"
    INCIDENT = "incident"
