"""What holds while the reader goes through a text: clock, period, scope, topic, plan, and the sentence's items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrapers.period import Period
from scrapers.reading import hotlines
from scrapers.reading.campaigns import campaign_period
from scrapers.reading.cities import Gazetteer
from scrapers.reading.lexicon import same_unit
from scrapers.reading.model import Scope
from scrapers.reading.periods import Clock, TimeMention, is_current, is_short, resolved
from scrapers.reading.scopes import ScopeMention, of_place
from scrapers.reading.structure import Comparison, Frame, Item

if TYPE_CHECKING:
    from scrapers.reading.words import Taken


_LOOKS_BACK = 40
_YEAR = 12
_YOUNG = 3  # months of a year in which reports tell the year before, and what is meant to be in this one


@dataclass(slots=True)
class State:
    """Everything in force.

    For the text:      clock, main (scope), publication_kind (of case), has_hotlines; section_kind and section_branch
                       (with the ranks of their headings) up to the next heading that counts no deeper
    for the figure:    kind (of case), where the sentence has not named it later only
    for the paragraph: period, scope, topic (its heading), thread and earlier (frame and items of the sentence before),
                       recalled (the last frame, over paragraphs too, for 上述案件), topic_kind (lent to its next
                       sentence with figures only), branch, hotline (and whether what was told last is of it)
    for the sentence:  plan, items, before (last frame), theme (last kind of case), whole (what 其中 takes parts of),
                       years (2022年、2023年分别…, told before the items at years_at), level_bases (较2023年的9.1万起…),
                       spoken (bases told by name, with the items they were told of)
    """

    clock: Clock
    main: Scope
    period: Period | None
    scope: Scope
    campaign: int | None = None
    publication_kind: str = ""
    section_kind: str = ""
    kind_rank: int = 0
    section_branch: str = ""
    hotline: str = ""
    on_hotline: bool = False
    has_hotlines: bool = True
    branch_rank: int = 0
    branch: str = ""
    topic_kind: str = ""
    topic_lends: bool = False
    kind: str = ""
    kind_from: int = 0
    gazetteer: Gazetteer | None = None
    topic: Frame | None = None
    thread: Frame | None = None
    recalled: Frame | None = None
    earlier: list[Item] = field(default_factory=list)
    plan: bool = False
    items: list[Item] = field(default_factory=list)
    before: Frame | None = None
    theme: Frame | None = None
    mixed: bool = False
    row: list[Item] = field(default_factory=list)
    whole: Frame | None = None
    last_whole: Frame | None = None
    announced: Frame | None = None
    label: str = ""
    heading_label: str = ""
    fresh_part: bool = False
    told: list[Item] = field(default_factory=list)
    parts_of: list[Item] = field(default_factory=list)
    verbs: dict[str, Frame] = field(default_factory=dict)
    last_owner: tuple[Item, int] | None = None
    bases: list[Comparison] = field(default_factory=list)
    level_bases: list[Comparison] = field(default_factory=list)
    spoken: list[tuple[Item, Comparison]] = field(default_factory=list)
    group: int = 0
    depth: int = 0
    rules: list[str] = field(default_factory=list)
    scope_rule: str = "scope.context"
    named_scope: bool = False
    settled: bool = False
    taken: dict[tuple[str, bool], Taken] = field(default_factory=dict)
    named_year: Period | None = None
    years: list[Period] = field(default_factory=list)
    years_at: int = 0
    group_home: Period | None = None
    home: tuple[Period | None, Scope] | None = None

    def open_paragraph(self) -> None:
        """A paragraph starts from the report's own period and the main scope; a heading's topic lives on into it."""
        self.period, self.scope = self.clock.report, self.main
        if self.items:
            self.recalled = self.theme or self.before
        self.thread, self.earlier, self.home, self.verbs, self.told = None, [], None, {}, []
        self.rules = ["period.report"]
        self.heading_label = ""
        self.set_topic("")
        self.branch = self.section_branch
        self.hotline, self.on_hotline = "", False
        self.scope_rule = "scope.report" if self.settled else "scope.context"
        self.items = []
        self.open_sentence()

    def set_kind(self, kind: str, rank: int) -> None:
        """The kind of case that a heading of `rank` announces; one without, unless it counts deeper, ends it."""
        if kind or rank <= self.kind_rank:
            self.section_kind, self.kind_rank = kind or self.publication_kind, rank

    def set_branch(self, branch: str, rank: int | None = None) -> None:
        """The branch of justice that is announced, by a heading (of `rank`) or for the paragraph; "" for none.

        A heading without one ends the section's, unless it counts deeper.
        """
        if rank is not None and (branch or rank <= self.branch_rank):
            self.section_branch, self.branch_rank = branch, rank
            self.branch = branch
        elif branch:
            self.branch = branch

    def set_hotline(self, words: str, *, told: bool = False) -> None:
        """A hotline that words name; another figure than its own (`told`) is between it and what follows."""
        if not self.has_hotlines:
            return
        name = hotlines.named(words)
        self.hotline = name or self.hotline
        self.on_hotline = bool(name) or (self.on_hotline and not told)

    def set_topic(self, kind: str) -> None:
        """The kind of case that a sentence without figures announces for those after it, "" for none."""
        self.topic_kind, self.topic_lends = kind, bool(kind)

    def close_part(self) -> None:
        """What a part brought in is over with its sentence."""
        if self.home:
            self.period, self.scope = self.home
            self.home = None

    def open_sentence(self) -> None:
        """A sentence starts with no items and ends what a part brought in."""
        self.close_part()
        self.group_home = None
        if self.items:
            self.earlier = self.items
            # A change of a later sentence looks back over a few sentences, not over a book without paragraphs.
            self.told = [*self.told[-_LOOKS_BACK:], *self.items]
            self.recalled = self.theme or self.before
            self.thread = self.recalled
        self.items, self.bases, self.plan, self.home = [], [], False, None
        self.level_bases, self.spoken = [], []
        self.before = self.theme = self.whole = self.last_whole = self.last_owner = None
        self.parts_of, self.announced, self.label = [], None, self.heading_label
        self.group = 0
        self.mixed, self.row = False, []
        self.years, self.years_at = [], 0

    def open_part(self, *, recalled: bool = False) -> None:
        """其中: what was said last is the whole; time and scope that follow hold for the sentence only.

        上述案件中 may reach back over the paragraph (`recalled`).
        """
        if self.whole is None:
            self.whole = self.before or self.thread or (self.recalled if recalled else None)
            self.parts_of = list(self.items)
        self.fresh_part = True
        # 受理2.8万件,其中2018年3126件;…: up to the semicolon; 其中2022年受理…;未结… at the head, to the sentence's end.
        if self.items:
            self.group_home = self.group_home or self.period
        self.for_sentence()

    def close_group(self) -> None:
        """A semicolon: parts are over, unless the next words are a part again."""
        self.group += 1
        self.before = self.whole or self.before
        self.last_whole, self.whole = self.whole or self.last_whole, None
        self.period, self.group_home = self.group_home or self.period, None

    def whole_of(self, unit: str) -> Frame | None:
        """What a part counted in `unit` is a part of: the last thing told in that unit before 其中."""
        if self.whole is None or not unit:
            return self.whole
        return next((item.frame for item in reversed(self.parts_of) if same_unit(item.frame.unit, unit)), self.whole)

    def for_sentence(self) -> None:
        """What is set from here on holds for the sentence only."""
        self.home = self.home or (self.period, self.scope)

    def for_group(self, period: Period) -> None:
        """The time of a to-end holds for what follows it, up to the next semicolon."""
        self.group_home = self.group_home or self.period
        self.for_sentence()
        self.period = period

    def set_period(self, mention: TimeMention) -> None:
        """A word of time is in force from here, where it means a period; a few days mean none."""
        period = self.named_year if mention.rule == "same" else resolved(mention, self.clock, self.period)
        # 当月, where nothing says which month that is: no period, rather than the report's whole year.
        if is_short(mention) or (period is None and is_current(mention)):
            self.period, self.rules = None, ["period.days"]
            return
        if period:
            self.plan = self.plan or self._ahead(period)
            self.period = period
            self.named_year = period if period.length == _YEAR else self.named_year
            in_list = mention.rule == "year" and self.years_at == len(self.items)
            self.years = [*self.years, period] if in_list else _each_year(period)
            self.years_at = len(self.items)
            self.rules = [f"period.{mention.rule}"]

    @property
    def is_ahead(self) -> bool:
        """Whether what is in force is a time that no result can be told of."""
        return self.period is not None and self._ahead(self.period)

    def _ahead(self, period: Period) -> bool:
        """Whether a period begins after the report ends, and no result of it can be told yet: a plan's.

        That is any later than the year of publication, and that year as a whole while it is young.
        """
        clock = self.clock
        published = clock.published.year if clock.published else clock.published_year
        if not (clock.report and published and period.first > clock.report.last):
            return False
        young = clock.published is not None and clock.published.month <= _YOUNG
        return period.first_year > published or (young and period == Period.year(published))

    def set_campaign(self) -> None:
        """专项行动以来: the campaign's months are in force."""
        period = campaign_period(self.campaign, self.period or self.clock.report)
        if period:
            self.period, self.rules = period, ["period.campaign"]

    def set_scope(self, mention: ScopeMention) -> None:
        """A body or reach is named: it is in force from here; one place of a wider report only for its sentence."""
        if mention.quoted or (mention.local and self.settled):
            self.home = (self.home[0] if self.home else self.period, self.main)
        # 郑州市立案…, after 全省公安机关: the place's part of the body in force.
        scope = of_place(mention.place, self.scope) if mention.place else mention.scope
        if scope.body is not self.scope.body:
            self.before = self.theme = self.whole = None
        self.scope, self.scope_rule = scope, mention.rule
        self.named_scope = True

    def settle(self) -> None:
        """A figure stands here: the first scope named for one, outside any part, is the text's main scope."""
        if self.settled or not self.named_scope or self.home or self.depth:
            return
        self.settled = True
        # The body itself is the whole report's scope only where the report is its own (本院).
        if self.scope.body is self.main.body and (not self.scope.own or "本院" in self.scope.words):
            self.main = self.scope
            self.taken.clear()


def _each_year(period: Period) -> list[Period]:
    """The years that a span of whole ones is made of."""
    return [Period.year(year) for year in range(period.first_year, period.last_year + 1)] if period.whole_years else []
