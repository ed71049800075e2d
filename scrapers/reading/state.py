"""What holds while the reader goes through a text: clock, period, scope, topic, plan, and the sentence's items."""

from __future__ import annotations

from dataclasses import dataclass, field

from scrapers.period import Period
from scrapers.reading.model import Scope
from scrapers.reading.periods import Clock, TimeMention
from scrapers.reading.scopes import ScopeMention
from scrapers.reading.structure import Comparison, Frame, Item


@dataclass(slots=True)
class State:
    """Everything in force. Paragraphs reset period and scope, sentences the rest.

    `home_*` is what comes back after a part: what was in force before 其中.
    """

    clock: Clock
    main: Scope
    period: Period | None
    scope: Scope
    topic: Frame | None = None
    plan: bool = False
    items: list[Item] = field(default_factory=list)
    before: Frame | None = None
    whole: Frame | None = None
    bases: list[Comparison] = field(default_factory=list)
    group: int = 0
    depth: int = 0
    rules: list[str] = field(default_factory=list)
    _home: tuple[Period | None, Scope] | None = None

    def open_paragraph(self) -> None:
        """A paragraph starts from the report's own period and the main scope."""
        self.period, self.scope, self.topic = self.clock.report, self.main, None
        self._home = None
        self.open_sentence()

    def open_sentence(self) -> None:
        """A sentence starts with no items and ends what a part brought in."""
        if self._home:
            self.period, self.scope = self._home
            self._home = None
        self.items, self.before, self.whole, self.bases, self.plan = [], None, None, [], False
        self.group = 0

    def open_part(self) -> None:
        """其中: what was said last is the whole; time and scope that follow hold for the sentence only."""
        self.whole = self.whole or self.before
        self._home = self._home or (self.period, self.scope)

    def close_group(self) -> None:
        """A semicolon: parts are over, and what comes next looks back no further."""
        self.group += 1
        self.whole = None
        if self._home:
            self.period, self.scope = self._home
            self._home = None

    def set_period(self, mention: TimeMention) -> None:
        """A word of time is in force from here."""
        if mention.period:
            self.period = mention.period
            self.rules = [f"period.{mention.rule}"]

    def set_scope(self, mention: ScopeMention) -> None:
        """A body or reach is named: it is in force from here."""
        self.scope = mention.scope
