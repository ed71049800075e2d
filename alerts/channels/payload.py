"""Messages as JSON: our own webhook format, version 1 (webhook.schema.json beside this file).

Numbers are JSON numbers where a double prints them exactly (every figure a report is likely to hold), else strings.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeAlias

from alerts.messages.render import Renderer
from alerts.messages.words import Words
from alerts.model import Figure, Message, Notice, StatedChange

VERSION = 1
Json: TypeAlias = dict[str, Any]  # what json.dumps takes; its values are JSON by construction


def encode(payload: Json) -> bytes:
    """UTF-8 JSON, Chinese as itself."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def number(value: Decimal | None) -> int | float | str | None:
    """A JSON number that reads back as the same decimal, else the digits as a string."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value) if abs(value) < 2**53 else f"{value:f}"
    return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"


def webhook_payload(message: Message, renderer: Renderer) -> Json:
    """The whole message, version 1."""
    words = Words(message.language)
    return {
        "version": VERSION,
        "id": message.id,
        "idempotency_key": message.id,
        "reason": message.reason.value,
        "thread": message.thread or message.id,
        "composed_at": message.composed_at.isoformat(),
        "possibly_repeated": message.possibly_repeated,
        "subject": renderer.subject(message),
        "route": message.route,
        "note": dict(message.note),
        "alerts": [notice_payload(notice, words) for notice in message.notices],
    }


def notice_payload(notice: Notice, words: Words) -> Json:
    """One alert: who, what, how sharp, where it stands."""
    return {
        "id": notice.short_id,
        "fingerprint": notice.fingerprint,
        "rule": notice.rule,
        "severity": notice.severity.value,
        "region": notice.region,
        "region_name": notice.region_name,
        "body": notice.body,
        "indicator": notice.indicator or None,
        "label": notice.label,
        "subject": notice.subject,
        **_figure(notice.figure),
        "previous": _figure(notice.before) if notice.before else None,
        "erratum": notice.erratum.value if notice.erratum else None,
        "peers": list(notice.peers),
        "listed": list(notice.listed),
        "why": words.why(notice),
        "briefing_url": notice.briefing_url or None,
        "acknowledge_url": notice.acknowledge_url or None,
        "silence_url": notice.silence_url or None,
    }


def _figure(figure: Figure) -> Json:
    return {
        "period": figure.period,
        "value": number(figure.value),
        "unit": figure.unit,
        "precision": number(figure.precision),
        "qualifier": figure.qualifier,
        "change": _change(figure.change) if figure.change else None,
        "remarks": list(figure.remarks),
        "quotation": figure.quotation,
        "marks": [list(mark) for mark in figure.marks],
        "url": figure.url,
        "title": figure.title,
        "source": figure.source,
        "published": figure.published.isoformat() if figure.published else None,
    }


def _change(change: StatedChange) -> Json:
    return {
        "direction": change.direction,
        "value": number(change.value),
        "form": change.form,
        "basis": change.basis,
        "base_period": change.base_period or None,
        "unit": change.unit,
        "qualifier": change.qualifier,
    }
