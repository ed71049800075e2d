"""One line after the other: the words before each row are noted, then the row goes where its role belongs."""

from __future__ import annotations

import re

from scrapers.reading import branches, kinds, levels, runs, subjects
from scrapers.reading.builder import Builder
from scrapers.reading.lexicon import CHAIN
from scrapers.reading.lines import REMARK
from scrapers.reading.rows import Row, rows
from scrapers.reading.state import State
from scrapers.reading.structure import (
    BASE,
    BLANK,
    CHANGE,
    FROM,
    LEVEL,
    NUMBER,
    SHARE,
    TO,
    Figure,
    Frame,
    Gap,
    Item,
    Line,
    Shape,
)
from scrapers.reading.trends import before_remark
from scrapers.reading.words import clause_words, is_comment, take

_TOPIC = re.compile(r"^[\u4e00-\u9fff\"、()]{2,14}$")
_AIM = (
    r"(?:坚决|依法|持续|深入|扎实|全[力面]|积极|切实|大力|不断|有效|严格)*(?:提[升高]|加强|[强深优美]化|推[进动]|聚焦|围绕|紧扣|锚定|坚[持守]|[狠严]抓|抓[实好牢细]|做[强优实精细]"
    r"|突出|着[力眼]|立足|保障|服务|守护|护航|维护|促进|助[力推]|落实|完善|健全|构建|打造|筑牢|夯实|创新|彰显|践行|贯彻)"
)
# 法律援助:, 一、审查逮捕。 No aim (提升审判质效), no rate, no look at it (与上年相比:, 按审级分:): none is received.
_LABEL = re.compile(
    r"^(?!(?:案件|[收受立结审执办败]|基本|总体|主要)+(?:诉|案|案件)?$)(?!.*(?:情况|方面|工作|数据|如下|认为|指出|显示|说明|备注|率$|[看分比]$))"
    rf"(?!{_AIM})[\u4e00-\u9fff]{{2,8}}$"
)
_BRANCH = re.compile(
    r"(公益诉讼|民事|行政|民事行政|未成年人|知识产权)检察"
)  # the branches of a procuratorate as headings
_TOPIC_NOUN = re.compile(r"(?:概况|情况|状况|特点|方面|工作|总体|战果|数据)+$")
_PREDICATE = re.compile(r"(?:受到|荣获|获评|获得|入选|被评为).*$")
_OPENING = 24  # a time or a scope that holds for what follows stands no further in a sentence without figures
# 3.2万个人民调解组织调解矛盾纠纷48.9万件: who acts ends before the verb, though a verb is in the name.
_ACTING = re.compile(r"[^,;]*?(?:组织|机构|中心|律师|调解员|志愿者|人员|民警|法官|检察官)(?=[\u4e00-\u9fff]{3})")
_COUNTED = frozenset({NUMBER, Shape.NONE})
_TAIL_STOP = re.compile(r"^(?:以上$|的?基础|比|较(?![大重])|之|左右|后|时|中|不计|,|等?$)")


class Walk:
    """Goes through the lines of a text and gathers items in its builder."""

    def __init__(self, state: State) -> None:
        self.builder = Builder(state)
        self.state = state

    def heading(self, words: str, *, alone: bool, rank: int = 0) -> None:
        """A sentence without figures: it may name a scope or a time, and, standing `alone` or counted, the topic.

        `rank` is how deep its number counts (`layout.rank`).
        """
        rest = take(words[:_OPENING].strip(" :,"), self.state)
        self.state.set_hotline(words)
        announced = branches.announced(rest)
        self.state.set_branch(announced, rank if alone and len(words) <= _OPENING else None)
        self.state.set_topic(kinds.of_topic(words))
        if not alone or len(words) > _OPENING:
            return
        # 一、民商事审判。受理20万件。二、刑事审判。受理3万件: what was told under the last heading lends nothing.
        self.state.heading_label = ""
        self.state.open_sentence()
        self.state.thread = None
        self.state.set_kind(kinds.of_heading(rest), rank)
        topic = subjects.frame(_TOPIC_NOUN.sub("", subjects.clean(rest)))
        branch = _BRANCH.fullmatch(topic.words)
        if branch:
            self.state.topic = subjects.frame(branch[1] + "案件")
        if _LABEL.match(topic.words) and not branch:
            self.state.heading_label = branches.cases_of(announced) or topic.words
        if not branch and _TOPIC.match(topic.words):
            self.state.topic = topic if subjects.is_event(topic) else None

    def line(self, line: Line, anchors: list[Item] | None = None) -> None:
        """Reads one line; `anchors` are the items that a bracket hangs on."""
        self._tails(line)
        for opening in line.opening:
            self._bracket(opening, [])
        for row in rows(line.figures):
            self._row(row, anchors)
            for figure in row.figures:
                for bracket in figure.brackets:
                    self._bracket(bracket, self._anchors(figure))

    def _bracket(self, line: Line, anchors: list[Item]) -> None:
        state = self.state
        saved = state.period, state.scope, state.before, state.whole, state.items, state.bases, state.theme, state.home
        state.items, state.depth = list(anchors), state.depth + 1
        state.whole = anchors[-1].frame if anchors else state.before
        state.home = state.home or (state.period, state.scope)
        self.line(line, anchors)
        state.period, state.scope, state.before, state.whole, state.items, state.bases, state.theme, state.home = saved
        state.depth -= 1

    def _anchors(self, figure: Figure) -> list[Item]:
        """The item of a figure, or the pair that it ends; none of a change's."""
        items = self.state.items
        for at in reversed(range(len(items))):
            if items[at].figure is figure:
                return items[at - 1 : at + 1] if at and "subject.pair" in items[at].rules else [items[at]]
        return []

    def _tails(self, line: Line) -> None:
        """Words right after a figure that belong to it: 82人死亡, 308项公安服务事项."""
        following: list[Figure | None] = [*line.figures[1:], None][: len(line.figures)]
        for figure, after in zip(line.figures, following, strict=True):
            gap = after.gap if after else line.rest
            if not gap.tail or figure.role is CHANGE or not figure.unit or figure.shape not in _COUNTED:
                continue
            if after and gap.joint == "~" and after.role is not LEVEL:
                continue
            tail = gap.tail.replace(" ", "").replace("\n", "")
            if after and gap.joint == "~":
                tail, after.head = ("", tail) if after.unit in {"%", "‰"} else self._share(tail)
            if not _TAIL_STOP.match(tail) and REMARK not in tail:
                figure.tail = tail
        if len(line.figures) > 1 and line.rest.tail:
            self._share_predicate(line.figures)

    @staticmethod
    def _share_predicate(figures: list[Figure]) -> None:
        """87个集体、249名个人受到表彰: what is said of the last is said of all."""
        predicate = ""
        for figure in reversed(figures):
            if found := _PREDICATE.search(figure.tail):
                predicate = found[0]
            elif figure.tail and predicate:
                figure.tail += predicate
            predicate = predicate if figure.gap.joint == "、" else ""

    @staticmethod
    def _share(words: str) -> tuple[str, str]:
        """Words between two figures without a mark, cut where the second one's verb begins."""
        acting = _ACTING.match(words)
        found = CHAIN.search(words, acting.end() if acting else 0)
        return (words[: found.start()], words[found.start() :]) if found else ("", words)

    def _clauses(self, gap: Gap) -> str:
        """Notes what the clauses before a figure tell; gives the words of the last ones that may be a subject."""
        state = self.state
        if gap.joint == ";":
            state.close_group()
        lead = ""
        if not gap.clauses:
            return lead
        for printed in gap.clauses:
            if printed.endswith(":"):
                lead = self._label(printed) or lead
                continue
            clause = clause_words(printed)
            if clause.bases:
                state.bases = list(clause.bases)
            if clause.comment:
                continue
            rest = take(clause.rest, state)
            if is_comment(rest):
                continue
            rest = subjects.clean(before_remark(rest))
            state.set_branch(branches.announced(rest))
            state.set_hotline(rest)
            if topic := kinds.of_topic(rest) or kinds.of_clause(rest):
                state.set_topic(topic)
            self._announce(subjects.frame(rest))
            lead = f"{lead}、{rest}" if lead and printed.startswith("、") else rest or lead
        return lead

    def _label(self, words: str) -> str:
        """毒品犯罪:… what a colon announces is what the following figures are about."""
        label = subjects.clean(take(words, self.state))
        announced = branches.announced(label)
        self.state.set_branch(announced)
        if (kind := kinds.of_clause(label)) or announced:
            self.state.set_topic(kind)
        self._announce(subjects.frame(label))
        if _LABEL.match(label):
            # What the sentences before were about lends nothing here.
            self.state.label, self.state.thread = branches.cases_of(announced) or label, None
        return label

    def _announce(self, told: Frame) -> None:
        """Notes a kind of case that a clause names before its figures (严打食药环犯罪,破获案件1256起)."""
        if subjects.is_event(told):
            self.state.theme = self.state.announced = told

    def _is_level(self, figure: Figure) -> bool:
        """上诉率降到五成以下, after another rate's from and to: a to-end with a name of its own has no from-end."""
        last = self.state.items[-1].figure if self.state.items else None
        return last is not None and last.role is not FROM and subjects.is_rate(subjects.clean(figure.head))

    def _row(self, row: Row, anchors: list[Item] | None) -> None:
        builder, state, first = self.builder, self.state, row.first
        lead = self._clauses(first.gap)
        if state.topic_kind and kinds.is_of_all(first.head):
            state.set_topic("")
        state.kind = (state.topic_kind or state.section_kind) if first.start >= state.kind_from else ""
        period, scope = state.period, state.scope
        if row.role is TO and self._is_level(first):
            row.role = first.role = LEVEL
        if first.head and row.role is not TO:
            first.head = take(first.head, state, first.unit)
        # 但二季度环比回升, 其中省高院上升3%: what has a time or a scope of its own is no change of the level before.
        moved = state.period is not period and state.period != period
        first.moved = moved or (state.scope is not scope and state.scope != scope)
        if state.plan or state.is_ahead:
            builder.ignore(row.figures, "plan")
        elif row.role is CHANGE:
            runs.attach_run(builder, row, lead)
        elif first.shape is BLANK:
            builder.lose(row.figures, "digits_lost")
        elif first.elsewhere:
            builder.lose(row.figures, "compared_elsewhere")
        elif row.role is SHARE:
            levels.shares(builder, row, lead)
        elif row.role is BASE:
            levels.bases(builder, row, lead)
        elif row.role is FROM:
            levels.from_ends(builder, row, subjects.clean(first.head) or lead, first.when)
        elif row.role is TO:
            levels.to_ends(builder, row, first.when)
        else:
            levels.plain(builder, row, lead, anchors)
