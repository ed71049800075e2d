"""What a run came to: per source one line, and beneath them what became of the alerts.

The same rows serve the terminal, the artifact in the Prefect UI, and the stored source run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.language import say
from flows.reasons import in_words

# No result of the record's: the source was not visited.
OUTSIDE_HOURS = "outside_hours"
RESULT_LABELS = {
    "ok": "完成",
    "nothing_new": "无新内容",
    "partial": "部分完成",
    "broken": "页面异常",
    "blocked": "被拒",
    "unreachable": "无法访问",
    OUTSIDE_HOURS: "不在时段",
}
COLUMNS = ("来源", "结果", ">新增", ">未变", ">拒绝", ">数字", ">未读", ">警报", ">已送达", "未送达及原因", "说明")
# Why an alert has reached nobody, by the word the record keeps for it.
REASON_LABELS = {
    "waiting": "待送",
    "baseline": "仅存档",
    "held": "待复核",
    "silenced": "已静默",
    "acknowledged": "已认领",
    "inhibited": "被抑制",
    "withdrawn": "已撤回",
}


@dataclass(slots=True)
class SourceTally:
    """Counts of one source as they grow during a run. `notes` are reasons, most telling first."""

    source_id: str
    name: str
    links: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    refused: int = 0
    figures: int = 0
    unread: int = 0
    result: str = ""
    alerts: int = 0
    alerts_sent: int = 0
    alerts_unsent: Mapping[str, int] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)
    more: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def told(self) -> tuple[str, ...]:
        """The notes in the language of the settings."""
        return tuple(map(in_words, self.notes))

    def row(self) -> tuple[str, ...]:
        """One line of the summary table, in the order of COLUMNS."""
        pages = (self.new + self.revised, self.unchanged, self.refused, self.figures, self.unread)
        label = f"{RESULT_LABELS.get(self.result, self.result)} {self.result}"
        counts = map(str, (*pages, self.alerts, self.alerts_sent))
        return (
            f"{self.name} ({self.source_id})",
            label,
            *counts,
            unsent(self.alerts_unsent),
            "; ".join(self.told[:2]),
        )


def unsent(reasons: Mapping[str, int]) -> str:
    """Alerts that reached nobody, by reason, as people read it."""
    return ", ".join(f"{REASON_LABELS.get(reason, reason)} {count}" for reason, count in sorted(reasons.items()))


@dataclass(frozen=True, slots=True)
class RunReport:
    """All sources of one run. `sent` and `pending` count messages to receivers, `raised` counts alerts."""

    name: str
    sources: tuple[SourceTally, ...]
    raised: int = 0
    sent: int = 0
    pending: int = 0
    failed_required: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, str]]:
        """The table as Prefect's artifacts want it."""
        heads = [column.removeprefix(">") for column in COLUMNS]
        return [dict(zip(heads, tally.row(), strict=True)) for tally in self.sources]

    def alerts_line(self) -> str:
        """One sentence on what became of the alerts."""
        reasons: Counter[str] = Counter()
        for tally in self.sources:
            reasons.update(tally.alerts_unsent)
        line = say(
            f"警报 {self.raised} 条; 消息: 已送达 {self.sent}, 待送 {self.pending}",
            f"{self.raised} alerts; messages: {self.sent} delivered, {self.pending} waiting",
        )
        return f"{line}; {say('未送达的警报', 'alerts not delivered')}: {unsent(reasons)}" if reasons else line

    @property
    def counts(self) -> dict[str, int]:
        """Totals, for the stored run."""
        return {
            "sources": len(self.sources),
            "new": _total(tally.new for tally in self.sources),
            "revised": _total(tally.revised for tally in self.sources),
            "unchanged": _total(tally.unchanged for tally in self.sources),
            "refused": _total(tally.refused for tally in self.sources),
            "figures": _total(tally.figures for tally in self.sources),
            "unread": _total(tally.unread for tally in self.sources),
            "alerts_raised": self.raised,
            "deliveries_sent": self.sent,
            "deliveries_pending": self.pending,
        }


def _total(counts: Iterable[int]) -> int:
    return sum(counts)
