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
_RESULTS = {
    "ok": ("完成", "done"),
    "nothing_new": ("无新内容", "nothing new"),
    "partial": ("部分完成", "partly done"),
    "broken": ("页面异常", "broken"),
    "blocked": ("被拒", "blocked"),
    "unreachable": ("无法访问", "unreachable"),
    OUTSIDE_HOURS: ("不在时段", "outside its hours"),
}
# Numbers stand at the right.
_COLUMNS = (
    ("来源", "source"),
    ("结果", "result"),
    (">新增", ">new"),
    (">未变", ">unchanged"),
    (">拒绝", ">refused"),
    (">数字", ">figures"),
    (">未读", ">unread"),
    (">警报", ">alerts"),
    (">已送达", ">delivered"),
    ("未送达及原因", "not delivered, and why"),
    ("说明", "notes"),
)
# Why an alert has reached nobody, by the word the record keeps for it.
_REASONS = {
    "waiting": ("待送", "waiting"),
    "baseline": ("仅存档", "kept only"),
    "held": ("待复核", "to be reviewed"),
    "silenced": ("已静默", "silenced"),
    "acknowledged": ("已认领", "acknowledged"),
    "inhibited": ("被抑制", "inhibited"),
    "withdrawn": ("已撤回", "withdrawn"),
}


def result_label(result: str) -> str:
    """The result of a source run as people read it."""
    return _said(_RESULTS, result)


def _said(labels: Mapping[str, tuple[str, str]], word: str) -> str:
    """The label of a word of the record; a word without one stands for itself."""
    return say(*labels.get(word, (word, word)))


def columns() -> tuple[str, ...]:
    """The heads of the summary table; one of numbers begins with `>`."""
    return tuple(say(*column) for column in _COLUMNS)


@dataclass(slots=True)
class SourceTally:
    """Counts of one source as they grow during a run. `notes` are reasons, most telling first.

    `copies` are articles of documents that another source had brought home: new here, nothing new to the record.
    """

    source_id: str
    name: str
    links: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    copies: int = 0
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
    def came(self) -> int:
        """Articles that were not known before, or not as they are now."""
        return self.new + self.revised + self.copies

    @property
    def told(self) -> tuple[str, ...]:
        """The notes in the language of the settings."""
        notes = tuple(map(in_words, self.notes))
        if not self.copies:
            return notes
        copies = say(f"{self.copies} 篇是已存文件的另一处刊载", f"{self.copies} print documents that are already kept")
        return (*notes, copies)

    def row(self) -> tuple[str, ...]:
        """One line of the summary table, in the order of `columns`."""
        pages = (self.new + self.revised, self.unchanged, self.refused, self.figures, self.unread)
        label = say(f"{result_label(self.result)} {self.result}", result_label(self.result))
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
    return ", ".join(f"{_said(_REASONS, why)} {count}" for why, count in sorted(reasons.items()))


@dataclass(frozen=True, slots=True)
class RunReport:
    """All sources of one run. `sent` and `pending` count messages to receivers, `raised` counts alerts.

    `unusable` are the ids of cards that the run had to leave out.
    """

    name: str
    sources: tuple[SourceTally, ...]
    raised: int = 0
    sent: int = 0
    pending: int = 0
    failed_required: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, str]]:
        """The table as Prefect's artifacts want it."""
        heads = [column.removeprefix(">") for column in columns()]
        return [dict(zip(heads, tally.row(), strict=True)) for tally in self.sources]

    def alerts_line(self) -> str:
        """One sentence on what became of the alerts."""
        reasons: Counter[str] = Counter()
        for tally in self.sources:
            reasons.update(tally.alerts_unsent)
        line = say(
            f"警报 {self.raised} 条; 消息: 已送达 {self.sent}, 待送 {self.pending}",
            f"alerts: {self.raised}; messages: {self.sent} delivered, {self.pending} waiting",
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
            "copies": _total(tally.copies for tally in self.sources),
            "refused": _total(tally.refused for tally in self.sources),
            "figures": _total(tally.figures for tally in self.sources),
            "unread": _total(tally.unread for tally in self.sources),
            "alerts_raised": self.raised,
            "deliveries_sent": self.sent,
            "deliveries_pending": self.pending,
        }


def _total(counts: Iterable[int]) -> int:
    return sum(counts)
