"""The payload of Prometheus Alertmanager's webhook, version 4, for receivers that already understand it.

Strings only in labels and annotations; a published figure never resolves by itself, so only a withdrawal is `resolved`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alerts.channels.contract import UNLIMITED, Clock, Delivered, Limits, Outcome, Parts
from alerts.channels.http import Answer, post
from alerts.channels.payload import Json, encode
from alerts.messages.render import Renderer
from alerts.messages.words import Words
from alerts.model import Message, Notice
from alerts.receivers.settings import AlertmanagerReceiver
from alerts.vocabulary import Reason

if TYPE_CHECKING:
    import httpx

# Go's zero time: "has not ended".
_NEVER = "0001-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class AlertmanagerChannel:
    """POSTs version 4 to one address."""

    receiver: AlertmanagerReceiver
    client: httpx.AsyncClient
    renderer: Renderer
    clock: Clock
    limits: Limits = UNLIMITED

    async def send(self, message: Message, done: Parts) -> Outcome:
        """One POST; any 2xx is a receipt."""
        del done
        body = encode(alertmanager_payload(message, self.receiver.name, self.renderer))
        answer = await post(self.client, self.receiver.url.reveal(), body, {"Idempotency-Key": message.id})
        return Delivered(f"HTTP {answer.status} {answer.excerpt}".strip()) if isinstance(answer, Answer) else answer


def alertmanager_payload(message: Message, receiver: str, renderer: Renderer) -> Json:
    """The message in Alertmanager's words."""
    words = Words(message.language)
    status = "resolved" if message.reason is Reason.WITHDRAWN else "firing"
    alerts = [_alert(notice, message, status, words) for notice in message.notices]
    labels = [alert["labels"] for alert in alerts]
    return {
        "version": "4",
        "groupKey": f"{{}}:{{thread={message.thread or message.id}}}",
        "truncatedAlerts": 0,
        "status": status,
        "receiver": receiver,
        "groupLabels": {"reason": message.reason.value},
        "commonLabels": _common(labels),
        "commonAnnotations": {"subject": renderer.subject(message), "idempotency_key": message.id},
        "externalURL": "",
        "alerts": alerts,
    }


def _alert(notice: Notice, message: Message, status: str, words: Words) -> Json:
    moment = message.composed_at.isoformat()
    return {
        "status": status,
        "labels": {
            "alertname": notice.rule,
            "severity": notice.severity.value,
            "region": notice.region,
            "region_name": notice.region_name,
            "body": notice.body,
            "indicator": notice.indicator,
            "period": notice.figure.period,
        },
        "annotations": {
            "summary": f"{notice.subject} {words.figure(notice.figure)}".strip(),
            "description": words.why(notice),
            "quotation": notice.figure.quotation,
            "id": notice.short_id,
        },
        "startsAt": moment,
        "endsAt": moment if status == "resolved" else _NEVER,
        "generatorURL": notice.figure.url,
        "fingerprint": notice.fingerprint,
    }


def _common(labels: list[dict[str, str]]) -> dict[str, str]:
    if not labels:
        return {}
    return {key: value for key, value in labels[0].items() if all(other.get(key) == value for other in labels)}
