"""刑事检察, 民事检察, 行政检察: what each branch tells alike is told apart by the heading or clause it stands under."""

from __future__ import annotations

import pytest

from scrapers.indicators import load_catalogue
from scrapers.period import Period
from scrapers.reading import Context, read
from scrapers.reading.branches import announced, lent
from scrapers.reading.subjects import frame
from scrapers.vocabulary import BodyKind

from .telling import told

P, C = BodyKind.PROCURATORATE, BodyKind.COURT
PROTESTS = ["提出刑事抗诉 120件", "提出民事抗诉 35件", "提出行政抗诉 12件"]


@pytest.mark.parametrize(
    "text",
    [
        "一、刑事检察\n提出抗诉120件。\n二、民事检察\n提出抗诉35件。\n三、行政检察\n提出抗诉12件。",
        "一、刑事检察。提出抗诉120件。\n二、民事检察。提出抗诉35件。\n三、行政检察。提出抗诉12件。",
        "刑事检察方面,提出抗诉120件。民事检察方面,提出抗诉35件。行政检察方面,提出抗诉12件。",
        "刑事检察:提出抗诉120件。\n民事检察:提出抗诉35件。\n行政检察:提出抗诉12件。",
        "做优刑事检察。提出抗诉120件。\n做强民事检察。提出抗诉35件。\n做实行政检察。提出抗诉12件。",
        "加强刑事审判监督,提出抗诉120件。加强民事诉讼监督,提出抗诉35件。加强行政诉讼监督,提出抗诉12件。",
        # A heading that counts deeper does not end the section.
        "一、刑事检察\n一是强化监督。提出抗诉120件。\n二、民事检察\n(一)生效裁判\n一是突出重点。提出抗诉35件。\n三、行政检察\n提出抗诉12件。",
        "一、刑事检察\n(一)审判监督\n提出抗诉120件。\n二、民事检察\n1.生效裁判\n提出抗诉35件。\n三、行政检察\n提出抗诉12件。",
    ],
)
def test_protests_are_told_apart_by_their_branch(text: str) -> None:
    assert told(text, P) == PROTESTS


def test_no_two_figures_of_two_branches_are_one_series() -> None:
    text = (
        "一、刑事检察\n提出抗诉120件,发出检察建议60件。\n二、民事检察\n提出抗诉35件,提出再审检察建议40件,发出检察建议89件。\n"
        "三、行政检察\n提出抗诉12件,提出再审检察建议8件,发出检察建议45件。\n四、公益诉讼检察\n立案1206件,发出检察建议800件,提起诉讼90件。"
    )
    context = Context(region="62", body=P, period=Period.year(2024), published_year=2025)
    found = read(text, context, load_catalogue()).observations
    assert len({each.subject for each in found}) == len(found) == 11
    known = [each.indicator for each in found if each.indicator]
    assert sorted(known) == sorted(
        [
            "criminal_protests",
            "civil_protests",
            "civil_retrial_suggestions",
            "public_interest_filed",
            "public_interest_suits",
        ]
    )


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        (
            "一、刑事审判\n受理案件1.2万件,审结1.1万件。\n二、民事审判\n受理一审案件12万件,审结11万件,一审服判息诉率90%。",
            C,
            [
                "受理刑事案件 12000件",
                "审结刑事案件 11000件",
                "受理一审民事案件 120000件",
                "审结一审民事案件 110000件",
                "一审民事服判息诉率 90%",
            ],
        ),
        # Of one branch only, of all of them, of a branch by name; another heading of its rank ends the section.
        (
            "一、刑事检察\n批准逮捕1.2万人,受理各类案件3万件,提出民事抗诉5件。\n二、队伍建设\n提出抗诉160件。",
            P,
            ["批准逮捕 12000人", "受理各类案件 30000件", "提出民事抗诉 5件", "提出抗诉 160件"],
        ),
        # A sentence without a number of its own announces for its paragraph.
        ("做强民事检察。提出抗诉35件。\n提出抗诉160件。", P, ["提出民事抗诉 35件", "提出抗诉 160件"]),
        # A colon ends what was told before it, also where it announces no branch.
        (
            "刑事审判:审结3.9万件。民事审判:审结17.8万件。经济审判:审结8.8万件",
            C,
            ["审结刑事案件 39000件", "审结民事案件 178000件", "审结经济审判 88000件"],
        ),
        # Headings in one paragraph: nothing goes over from one to the next, whatever it announces.
        (
            "一、民商事审判。受理20万件。二、刑事审判。受理3万件。三、服务保障大局。受理1万件",
            C,
            ["受理民商事案件 200000件", "受理刑事案件 30000件", "受理 10000件"],
        ),
        # What only tells how to look at it is no label, and ends nothing.
        (
            "新收案件3万件,审结2.8万件。与上年相比:新收上升5%,审结上升3%",
            C,
            ["新收案件 30000件", "审结案件 28000件", "新收案件 [+5%]", "审结案件 [+3%]"],
        ),
        # An aim is no branch, and nothing that is received or closed.
        (
            "(一)提升审判质效。受理62.3万件,审结60.1万件。一是聚焦公正司法。受理4.2万件",
            C,
            ["受理 623000件", "审结 601000件", "受理 42000件"],
        ),
    ],
)
def test_what_a_branch_lends_its_name_to(text: str, body: BodyKind, expected: list[str]) -> None:
    assert told(text, body) == expected


@pytest.mark.parametrize(
    ("words", "branch"),
    [
        ("做强民事检察", "民事"),
        ("行政检察工作情况", "行政"),
        ("刑事审判监督", "刑事"),
        ("民事行政检察", "民事行政"),
        ("民商事审判", "民商事"),
        ("刑事、民事检察", ""),
        ("刑事案件", ""),
        ("加强行政执法监督", ""),
        ("队伍建设", ""),
    ],
)
def test_the_branch_that_words_announce(words: str, branch: str) -> None:
    assert announced(words) == branch


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("提出抗诉", "提出刑事抗诉"),
        ("抗诉采纳率", "刑事抗诉采纳率"),
        ("受理", "受理刑事案件"),
        ("审结一审案件", "审结一审刑事案件"),
        ("批准逮捕", "批准逮捕"),
        ("审结行政案件", "审结行政案件"),
        ("提起诉讼", "提起诉讼"),
    ],
)
def test_what_is_told_alike_of_each_branch(words: str, expected: str) -> None:
    assert lent("刑事", frame(words)).words == expected
