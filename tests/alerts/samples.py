"""Notices and messages for tests; every report here is fictional (虚构)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from alerts.model import Figure, Message, Notice, StatedChange, Why
from alerts.vocabulary import Language, Reason, Severity

NOW = datetime(2025, 1, 17, 2, 0, tzinfo=UTC)
QUOTATION = "受理治安案件下降10.6%,立刑事案件下降28%,为近14年最低。"

CRIME = Notice(
    short_id="a1b2c3d4",
    fingerprint="a1b2c3d4e5f60718",
    rule="stated_change",
    severity=Severity.SHARP,
    region="62",
    region_name="甘肃",
    body="公安",
    indicator="crime_registered",
    label="刑事案件立案数",
    subject="立刑事案件",
    sharpness=Decimal("1.4"),
    figure=Figure(
        period="2024",
        change=StatedChange(direction="down", value=Decimal(28), form="percent", basis="yoy"),
        quotation=QUOTATION,
        marks=((QUOTATION.index("下降28%"), QUOTATION.index("下降28%") + 5),),
        remarks=("为近14年最低",),
        url="http://127.0.0.1:8000/62/2025/t1.html?a=1&b=(2)",
        title="2024年工作综述(虚构)",
        source="甘肃政法",
        published=date(2025, 1, 17),
    ),
    why=Why(code="stated_change", particulars={"threshold": "20%"}),
)

DISPUTES = replace(
    CRIME,
    short_id="b2c3d4e5",
    fingerprint="b2c3d4e5f6071829",
    body="政法委",
    indicator="disputes_resolved",
    label="排查调处矛盾纠纷",
    subject="排查调处矛盾纠纷",
    sharpness=Decimal("5.65"),
    figure=Figure(
        period="2024",
        value=Decimal(812700),
        unit="件",
        precision=Decimal(50),
        change=StatedChange(direction="up", value=Decimal(113), form="percent", basis="yoy"),
        quotation="全年排查调处矛盾纠纷81.27万件,同比增长113%。",
        marks=((10, 17),),
        url="http://127.0.0.1:8000/62/2025/t1.html",
        source="甘肃政法",
        published=date(2025, 1, 17),
    ),
)


def message(*notices: Notice, reason: Reason = Reason.NEW, language: Language = Language.ZH, **more: object) -> Message:
    """A message with the usual id."""
    base = Message(id="msg_0001", reason=reason, language=language, composed_at=NOW, notices=notices)
    return replace(base, **more)  # type: ignore[arg-type]  # the fields' own types
