"""What a run came to: per source one line, and beneath them what became of the alerts.

The same rows serve the terminal, the artifact in the Prefect UI, and the stored source run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

RESULT_LABELS = {
    "ok": "完成",
    "nothing_new": "无新内容",
    "partial": "部分完成",
    "broken": "页面异常",
    "blocked": "被拒",
    "unreachable": "无法访问",
}
COLUMNS = ("来源", "结果", ">新增", ">未变", ">拒绝", ">数字", ">未读", "说明")


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
    outcomes: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def row(self) -> tuple[str, ...]:
        """One line of the summary table, in the order of COLUMNS."""
        counts = (self.new + self.revised, self.unchanged, self.refused, self.figures, self.unread)
        label = f"{RESULT_LABELS.get(self.result, self.result)} {self.result}"
        return (f"{self.name} ({self.source_id})", label, *map(str, counts), "; ".join(self.notes[:2]))


@dataclass(frozen=True, slots=True)
class RunReport:
    """All sources of one run. `held` counts alerts that were not sent, by the stage's reason."""

    name: str
    sources: tuple[SourceTally, ...]
    raised: int = 0
    sent: int = 0
    pending: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    failed_required: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, str]]:
        """The table as Prefect's artifacts want it."""
        heads = [column.removeprefix(">") for column in COLUMNS]
        return [dict(zip(heads, tally.row(), strict=True)) for tally in self.sources]

    def alerts_line(self) -> str:
        """One sentence on what became of the alerts."""
        line = f"警报: 触发 {self.raised}, 已送达 {self.sent}, 待送 {self.pending}"
        held = ", ".join(f"{reason} {count}" for reason, count in sorted(self.held.items()))
        return f"{line}, 未发送 {sum(self.held.values())}" + (f" ({held})" if held else "")

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
