"""Every table of the record; importing this module fills the metadata that migrations are compared with."""

from storage.tables.alerts import (
    Acknowledgement,
    Alert,
    AlertEvidence,
    AlertFeedback,
    AlertGroup,
    AlertStage,
    Attempt,
    Delivery,
    GroupAlert,
    ReceiverState,
    Silence,
)
from storage.tables.archive import CanonicalText, Capture, CapturePart, Document, DocumentSketch, Snapshot
from storage.tables.base import Record
from storage.tables.catalogue import Indicator, Region, Source
from storage.tables.fetching import Address, Fetch, FetchState, PassedLink, SeenLink
from storage.tables.figures import Change, Correction, Edition, Finding, Observation, Review, Unread
from storage.tables.runs import EvaluationDue, Lease, Run, SourceRun
from storage.tables.series import ChangePoint, Point, Series

metadata = Record.metadata

__all__ = [
    "Acknowledgement",
    "Address",
    "Alert",
    "AlertEvidence",
    "AlertFeedback",
    "AlertGroup",
    "AlertStage",
    "Attempt",
    "CanonicalText",
    "Capture",
    "CapturePart",
    "Change",
    "ChangePoint",
    "Correction",
    "Delivery",
    "Document",
    "DocumentSketch",
    "Edition",
    "EvaluationDue",
    "Fetch",
    "FetchState",
    "Finding",
    "GroupAlert",
    "Indicator",
    "Lease",
    "Observation",
    "PassedLink",
    "Point",
    "ReceiverState",
    "Record",
    "Region",
    "Review",
    "Run",
    "SeenLink",
    "Series",
    "Silence",
    "Snapshot",
    "Source",
    "SourceRun",
    "Unread",
    "metadata",
]
