"""Words that every part of `scrapers` shares: kinds of bodies, levels of government, kinds of publication.

Codes are English and are what is stored; `label` is what people read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """A code with the Chinese word that people read for it."""

    @property
    def label(self) -> str:
        """The Chinese word, as it stands in cards and messages."""
        return _LABELS[type(self).__name__, self.value]

    @classmethod
    def from_label(cls, label: str) -> Self:
        """The member that is called `label` in Chinese or by its code. Raises ValueError naming the choices."""
        for member in cls:
            if label in (member.label, member.value):
                return member
        choices = " | ".join(member.label for member in cls)
        raise ValueError(f"{label!r} is none of {choices}")


class BodyKind(LabelledEnum):
    """The kinds of bodies that publish, or that a figure speaks of."""

    COMMITTEE = "committee"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    POLICE = "police"
    JUSTICE = "justice"
    CONGRESS = "congress"
    PRESS = "press"


class Level(LabelledEnum):
    """The level of government whose figures a publication gives."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class PublicationKind(LabelledEnum):
    """What sort of publication an article is; resolutions and plans yield no observations."""

    WORK_REPORT = "work_report"
    PERIODIC_DATA = "periodic_data"
    PRESS_CONFERENCE = "press_conference"
    PRESS_ARTICLE = "press_article"
    SUMMARY = "summary"
    RESOLUTION = "resolution"
    PLAN = "plan"


_LABELS = {
    ("BodyKind", "committee"): "政法委",
    ("BodyKind", "court"): "法院",
    ("BodyKind", "procuratorate"): "检察院",
    ("BodyKind", "police"): "公安",
    ("BodyKind", "justice"): "司法行政",
    ("BodyKind", "congress"): "人大",
    ("BodyKind", "press"): "媒体",
    ("Level", "nation"): "全国",
    ("Level", "province"): "省级",
    ("Level", "city"): "市级",
    ("Level", "county"): "县级",
    ("PublicationKind", "work_report"): "工作报告",
    ("PublicationKind", "periodic_data"): "阶段数据",
    ("PublicationKind", "press_conference"): "新闻发布会",
    ("PublicationKind", "press_article"): "报道",
    ("PublicationKind", "summary"): "摘要",
    ("PublicationKind", "resolution"): "决议",
    ("PublicationKind", "plan"): "计划",
}
