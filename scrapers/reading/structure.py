"""What the passes hand to one another between the text and the observations.

    Paragraph            one line of the page; a period and a scope hold to its end
    └── Sentence         up to 。 — frames, runs and plans hold to its end
        └── Line         its figures in order, and the words between them
            ├── Figure   a quantity, a flat word (持平) or a damaged digit, with its role
            │   ├── gap      the words from the figure before it, cut into
            │   │            tail of the one before | clauses without a figure | head of this one
            │   └── brackets Lines of the brackets that stand after it and hold figures
            └── Run      changes told in one breath: 同比分别下降3%和上升7% is one run of two

Roles of a figure:

    LEVEL   受理案件40.2万件            CHANGE  同比下降3%
    SHARE   占84.7%                    BASE    比去年90万件减少…
    FROM    从41%上升至…               TO      …上升至64%

Offsets are offsets of the text as given, since `normalise` keeps length. Words are plain strings: only figures need a
place in an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto
from typing import NamedTuple

from scrapers.period import Period
from scrapers.reading.model import Basis, Change, Direction, Form, Qualifier, Scope


class Shape(StrEnum):
    """What stands at a figure's place: a number, a word for no change, lost digits, words for none or all."""

    NUMBER = auto()
    FLAT = auto()
    BLANK = auto()
    NONE = auto()
    ALL = auto()


class Role(StrEnum):
    """What a figure does in its sentence."""

    LEVEL = auto()
    CHANGE = auto()
    SHARE = auto()
    BASE = auto()
    FROM = auto()
    TO = auto()


# Python looks an enum's member up on its class ten times as slowly as a name, and the passes ask for these at every
# figure.
NUMBER, FLAT, BLANK = Shape.NUMBER, Shape.FLAT, Shape.BLANK
LEVEL, CHANGE, SHARE, BASE, FROM, TO = Role.LEVEL, Role.CHANGE, Role.SHARE, Role.BASE, Role.FROM, Role.TO


class Gap(NamedTuple):
    """The words between two figures: `tail` of the first, `clauses` of neither, `head` of the second.

    `joint` is what parts them: "" nothing, "、" a list, "," a clause, ";" a group of clauses, "~" words without a mark
    (then tail and head are the same words).
    """

    tail: str
    clauses: list[str]
    head: str
    joint: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change is measured against, as the words before it say.

    `same_months`: of a named year, those of the figure (较2023年同期).
    """

    basis: Basis
    base_period: str | None = None
    same_months: bool = False


@dataclass(slots=True)
class Figure:
    """One figure of a line; `head` is what is left of its gap's head once the words of its role are taken.

    `elsewhere` tells a ratio to something that is no time and not told: 是全国平均数的1.3倍.
    """

    start: int
    end: int
    shape: Shape
    value: Decimal | None
    unit: str
    precision: Decimal | None
    qualifier: Qualifier
    gap: Gap
    lead: int = 0
    trail: int = 0
    role: Role = Role.LEVEL
    head: str = ""
    tail: str = ""
    when: str = ""
    direction: Direction | None = None
    form: Form | None = None
    comparisons: list[Comparison] = field(default_factory=list)
    apart: bool = False
    ratio: bool = False
    elsewhere: bool = False
    on_top: bool = False
    moved: bool = False
    brackets: list[Line] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """Figures in order; `rest` is what follows the last one."""

    figures: list[Figure]
    rest: Gap
    opening: list[Line] = field(default_factory=list)


class Frame(NamedTuple):
    """A subject in two parts, so that either can be lent to the next: 审结 | 一审刑事案件.

    `unit` is what it was counted in, empty where only a change was told.
    """

    verb: str
    object: str
    unit: str = ""

    @property
    def words(self) -> str:
        """The subject as it is said."""
        return self.verb + self.object


@dataclass(slots=True)
class Item:
    """An observation in the making: a level, or a subject of which only a change is told."""

    start: int
    end: int
    frame: Frame
    subject: str
    scope: Scope
    period: Period | None
    figure: Figure | None
    group: int
    depth: int
    changes: list[Change] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    doubtful: bool = False
    qualifier: Qualifier = Qualifier.EXACT
    kind: str = ""
    episode: bool = False
