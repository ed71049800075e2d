from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from storage.alert_inputs import AlertInput, EvidenceInput, fingerprint
from storage.inputs import (
    CaptureInput,
    CapturePartInput,
    ChangeInput,
    DocumentInput,
    EditionInput,
    IndicatorInput,
    ObservationInput,
    RegionInput,
)
from storage.vocabulary import Audience, Status
from tests.storage.made import NOW

FIGURE: dict[str, Any] = {
    "start": 4,
    "end": 8,
    "quote_start": 0,
    "quote_end": 10,
    "subject": "受理案件",
    "value": Decimal(100),
}
CHANGE: dict[str, Any] = {
    "start": 4,
    "end": 8,
    "direction": "up",
    "value": Decimal(5),
    "form": "percent",
    "basis": "yoy",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 1.5},
        {"value": "100"},
        {"value": Decimal("NaN")},
        {"value": None},
        {"start": -1},
        {"start": 8},
        {"quote_end": 0},
        {"subject": ""},
        {"status": "certain"},
        {"scope_body": "公安"},
        {"scope_region": "6"},
        {"scope_region": "甘肃"},
        {"period_first": 2024},
        {"period_first": 24288},
        {"period_first": 24299, "period_last": 24288},
        {"precision": Decimal(-1)},
        {"rules": ["a", "b"]},
        {"surprise": 1},
    ],
)
def test_what_cannot_be_a_figure(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ObservationInput(**(FIGURE | wrong))


@pytest.mark.parametrize(
    "wrong", [{"direction": "sideways"}, {"form": "per cent"}, {"value": Decimal(-5)}, {"value": 5.0}, {"basis": ""}]
)
def test_what_cannot_be_a_change(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ChangeInput(**(CHANGE | wrong))


def test_codes_come_as_strings_or_as_their_enums() -> None:
    assert ObservationInput(**FIGURE, status="derived").status is Status.DERIVED  # type: ignore[arg-type]
    assert ObservationInput(**FIGURE, status=Status.DERIVED).status is Status.DERIVED


def test_a_change_alone_is_a_figure() -> None:
    assert ObservationInput(**(FIGURE | {"value": None}), changes=(ChangeInput(**CHANGE),)).value is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "短"},
        {"text": ""},
        {"reader_version": ""},
        {"capture": CaptureInput.__new__(CaptureInput)},
        {"observations": [ObservationInput(**FIGURE)]},
    ],
)
def test_what_cannot_be_an_edition(wrong: dict[str, Any]) -> None:
    fields: dict[str, Any] = {
        "document": DocumentInput(url="http://x.example"),
        "capture": CaptureInput(parts=(CapturePartInput(sha256="0" * 64),), captured_at=NOW),
        "extractor_version": "e",
        "reader_version": "r",
        "text": "甘肃受理案件一百件。",
        "observations": (ObservationInput(**FIGURE),),
    }
    assert EditionInput(**fields).observations
    if "capture" in wrong:
        wrong = {"capture": None}
    with pytest.raises(ValidationError):
        EditionInput(**(fields | wrong))


@pytest.mark.parametrize("sha256", ["", "0" * 63, "G" * 64, "A" * 64])
def test_what_cannot_be_a_hash(sha256: str) -> None:
    with pytest.raises(ValidationError):
        CapturePartInput(sha256=sha256)


def test_a_capture_has_a_page_and_an_aware_time() -> None:
    with pytest.raises(ValidationError):
        CaptureInput(parts=(), captured_at=NOW)
    with pytest.raises(ValidationError):
        CaptureInput(parts=(CapturePartInput(sha256="0" * 64),), captured_at=datetime(2025, 1, 1))  # noqa: DTZ001 - what is refused


def test_inputs_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        RegionInput(code="62", name="甘肃省", short_name="甘肃", level="province").code = "63"  # type: ignore[misc]


def test_thresholds_are_exact() -> None:
    with pytest.raises(ValidationError):
        IndicatorInput(id="x", label="x", measure="cases", unit="件", thresholds={"percent": 20.0})  # type: ignore[dict-item]


def test_a_readers_alert_names_a_figure() -> None:
    with pytest.raises(ValidationError, match="names no figure"):
        AlertInput(rule="stated_change", key="x")
    assert AlertInput(rule="stated_change", key="x", evidence=(EvidenceInput(observation_id=1),)).evidence
    assert AlertInput(rule="breakage", key="x", audience=Audience.OPERATOR).evidence == ()


def test_the_fingerprint_is_of_rule_and_key_and_never_of_the_value() -> None:
    evidence = (EvidenceInput(observation_id=1),)
    one = AlertInput(rule="r", key="k", evidence=evidence, change_value=Decimal(28))
    other = AlertInput(rule="r", key="k", evidence=evidence, change_value=Decimal(29))
    assert one.fingerprint == other.fingerprint == fingerprint("r", "k")
    assert len({fingerprint("r", "k"), fingerprint("r2", "k"), fingerprint("r", "k2")}) == 3
