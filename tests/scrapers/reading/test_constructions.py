"""The constructions of the genre, by the numbers of their list: fictional examples (虚构), and what is none of them."""

from __future__ import annotations

import pytest

from scrapers.reading import Context, read
from scrapers.vocabulary import BodyKind

from .telling import of, told

C, P, G, J, Z = BodyKind.COURT, BodyKind.PROCURATORATE, BodyKind.POLICE, BodyKind.JUSTICE, BodyKind.COMMITTEE

CASES: dict[str, tuple[BodyKind, str, list[str]]] = {
    "1 plain level": (C, "审结一审刑事案件3.28万件", ["审结一审刑事案件 32800件"]),
    "1 plain level with a copula": (C, "结案率达到97.6%", ["结案率 97.6%"]),
    "1 words after the figure": (G, "打掉133个黑恶势力团伙", ["打掉黑恶势力团伙 133个"]),
    "1 people told after the figure": (
        G,
        "发生道路交通事故378起,造成82人死亡、449人受伤",
        ["发生道路交通事故 378起", "道路交通事故死亡 82人", "道路交通事故受伤 449人"],
    ),
    "2 elided object": (C, "受理案件40.2万件,审(执)结38.7万件", ["受理案件 402000件", "审(执)结案件 387000件"]),
    "2 elided object over a rate": (
        C,
        "受理行政案件1.2万件,法官人均结案310件,审结1.1万件",
        ["受理行政案件 12000件", "法官人均结案 310件", "审结行政案件 11000件"],
    ),
    "2 shared verb": (
        G,
        "缴获枪支90支、子弹1307发",
        ["缴获枪支 90支", "缴获子弹 1307发"],
    ),
    "2 shared head": (G, "盗窃、诈骗案件发案数分别下降12%和8%", ["盗窃案件发案数 [-12%]", "诈骗案件发案数 [-8%]"]),
    "2 nothing elided: a noun of its own": (
        J,
        "律师事务所612家,执业律师7321人",
        ["律师事务所 612家", "执业律师 7321人"],
    ),
    "3 levels, then their changes": (
        C,
        "受理案件62万件,审结59万件,同比分别上升7.4%和9.1%",
        ["受理案件 620000件 [+7.4%]", "审结案件 590000件 [+9.1%]"],
    ),
    "3 names, then their changes": (
        G,
        "刑事、治安警情同比分别下降34.7%、6.6%",
        ["刑事警情 [-34.7%]", "治安警情 [-6.6%]"],
    ),
    "3 mixed signs, flat among them": (
        G,
        "盗窃案件、抢劫案件、诈骗案件同比分别下降14.2%、持平和上升2.7%",
        ["盗窃案件 [-14.2%]", "抢劫案件 [=]", "诈骗案件 [+2.7%]"],
    ),
    "3 分别 before 同比": (
        C,
        "受理案件62万件,审结59万件,分别同比上升7.4%、9.1%",
        ["受理案件 620000件 [+7.4%]", "审结案件 590000件 [+9.1%]"],
    ),
    "3 a missing separator": (
        C,
        "受理案件62万件,审结59万件,同比分别上升7.4%9.1%",
        ["受理案件 620000件 [+7.4%]", "审结案件 590000件 [+9.1%]"],
    ),
    "3 分别 for levels": (
        J,
        "公职律师、公司律师分别为1633人、98人",
        ["公职律师 1633人", "公司律师 98人"],
    ),
    "3 two bases of one item": (
        G,
        "盗窃警情同比、环比分别下降12.4%、3.8%",
        ["盗窃警情 [-12.4%] [-3.8% @chain]"],
    ),
    "3 subjects whose head is printed once": (
        G,
        "道路交通事故起数、死亡人数、受伤人数同比分别下降5%、7%、4%",
        ["道路交通事故起数 [-5%]", "道路交通事故死亡人数 [-7%]", "道路交通事故受伤人数 [-4%]"],
    ),
    "3 all indices at once": (
        G,
        "发生火灾300起,死亡5人,四项指数",  # a list announced and not given
        ["发生火灾 300起", "火灾死亡 5人"],
    ),
    "4 parallel changes without 分别": (
        C,
        "受理案件30万件,审执结28万件,同比上升5%和4%",
        ["受理案件 300000件 [+5%]", "审执结案件 280000件 [+4%]"],
    ),
    "5 change attached with 、": (
        C,
        "受理案件1.2万件、下降3%,结案1.1万件、上升2%",
        ["受理案件 12000件 [-3%]", "结案 11000件 [+2%]"],
    ),
    "6 a bracket that is a change": (P, "批准逮捕1.2万人(下降3.3%)", ["批准逮捕 12000人 [-3.3%]"]),
    "6 a bracket that is another population": (Z, "受理积案312件(另有旧存45件)", ["受理积案 312件", "旧存积案 45件"]),
    "6 a bracket that is a breakdown": (
        P,
        "公益诉讼立案4316件(行政3875件、民事441件)",
        ["公益诉讼立案 4316件", "行政公益诉讼立案 3875件", "民事公益诉讼立案 441件"],
    ),
    "6 brackets inside a name": (P, "监督立案(撤案)54件", ["监督立案(撤案) 54件"]),
    "6 the same time last year": (
        P,
        "受理审查起诉案件532件768人(去年同期为787件1279人),件数同比下降32.4%",
        [
            "受理审查起诉案件 532件 [-32.4%]",
            "受理审查起诉案件 768人",
            "受理审查起诉案件 787件",
            "受理审查起诉案件 1279人",
        ],
    ),
    "7 a named base": (G, "刑事案件立案数比2019年下降4%", ["刑事案件立案数 [-4% @2019]"]),
    "7 同比 with a named base": (G, "刑事案件立案数同比2019年下降4%", ["刑事案件立案数 [-4% @2019]"]),
    "7 several bases of one level": (
        P,
        "办理各类案件21.4万件,同比上升6.3%,比2019年增长38.5%",
        ["办理各类案件 214000件 [+6.3%] [+38.5% @2019]"],
    ),
    "7 a base ahead of its list": (
        G,
        "与2015年相比,刑事警情、治安警情分别下降30%、28%",
        ["刑事警情 [-30% @2015]", "治安警情 [-28% @2015]"],
    ),
    "7 two named bases": (
        Z,
        "群众安全感97.5%,比2019年、2021年分别提高3.1个百分点和0.6个百分点",
        ["群众安全感 97.5% [+3.1pp @2019] [+0.6pp @2021]"],
    ),
    "7 on top of an earlier change": (
        G,
        "刑事警情在2023年同期下降4.1%的基础上同比再降2.9%",
        ["刑事警情 [-4.1%]", "刑事警情 [-2.9%]"],
    ),
    "8 percentage points": (C, "结案率95.1%,同比上升1.9个百分点", ["结案率 95.1% [+1.9pp]"]),
    "8 the unit printed once": (
        C,
        "结案率96.08%、服判息诉率91.5%、审限内结案率99.2%,同比分别提高1.2、0.7和0.3个百分点",
        ["结案率 96.08% [+1.2pp]", "服判息诉率 91.5% [+0.7pp]", "审限内结案率 99.2% [+0.3pp]"],
    ),
    "9 an absolute change": (C, "法官人均结案421件,同比增加91件", ["法官人均结案 421件 [+91件]"]),
    "9 a change told twice": (P, "批准逮捕2.4万人,同比减少1202人、下降4.6%", ["批准逮捕 24000人 [-1202人] [-4.6%]"]),
    "9 a base, a change and its share": (
        C,
        "受理案件78万件,比去年90万件减少12万件,降幅13.3%",
        ["受理案件 780000件 [-120000件] [-13.3%]", "受理案件 900000件"],
    ),
    "9 the verb counts": (C, "审结案件1.21万件,比上年多结742件", ["审结案件 12100件 [+742件]"]),
    "10 a ratio": (C, "执行到位318亿元,是2016年的2.3倍", ["执行到位 31800000000元 [x2.3 @2016]"]),
    "10 an increase": (P, "提起诉讼287件,较上年增长1.6倍", ["提起诉讼 287件 [+1.6times]"]),
    "10 doubled": (C, "案件数翻了一番", ["案件数 [+1times]"]),
    "11 from, to": (C, "平均审理天数由上年的68.4天缩短到59.7天", ["平均审理天数 68.4天", "平均审理天数 59.7天"]),
    "11 from, to in pairs": (
        C,
        "一审、二审服判息诉率分别从上年的88.1%、97.6%提高到89.5%、98.2%",
        ["一审服判息诉率 88.1%", "二审服判息诉率 97.6%", "一审服判息诉率 89.5%", "二审服判息诉率 98.2%"],
    ),
    "11 none: 从宽": (P, "适用认罪认罚从宽制度办结19112人", ["适用认罪认罚从宽制度办结 19112人"]),
    "12 parts of a total": (
        C,
        "新收案件88万件,其中民商事49万件、执行26万件;审结89万件",
        ["新收案件 880000件", "新收民商事案件 490000件", "新收执行案件 260000件", "审结案件 890000件"],
    ),
    "12 a part with a head": (
        G,
        "破获刑事案件2.3万起,其中侵财案件1.6万起",
        ["破获刑事案件 23000起", "破获侵财案件 16000起"],
    ),
    "12 a share": (
        G,
        "破获刑事案件2.3万起,其中侵财案件1.6万起,占69.6%",
        ["破获刑事案件 23000起", "破获侵财案件 16000起", "破获侵财案件占比 69.6%"],
    ),
    "13 pairs": (
        P,
        "起诉涉恶案件22件93人,批捕12件34人",
        ["起诉涉恶案件 22件", "起诉涉恶案件 93人", "涉恶批捕 12件", "涉恶批捕 34人"],
    ),
    "16 approximations": (J, "办理公证近3万件、调解纠纷64万余件", ["办理公证 30000件", "调解纠纷 640000件"]),
    "17 units": (G, "缴获毒品1034.6公斤,每十万人命案发案0.41起", ["缴获毒品 1034.6公斤", "每十万人命案发案 0.41起"]),
    "17 no unit": (J, "律师万人比达3.78", ["律师万人比 3.78"]),
    "18 words": (C, "六成以上的一审民商事案件以调解方式结案", ["一审民商事案件以调解方式结案 60%"]),
    "18 a change in words": (Z, "信访总量下降两成左右,越级访减少近三成", ["信访总量 [-20%]", "越级访 [-30%]"]),
    "19 a rank between figure and change": (
        C,
        "结案率94.15%,连续3年居西部第2位,同比提高1.2个百分点",
        ["结案率 94.15% [+1.2pp]"],
    ),
    "20 nought and all without a digit": (
        G,
        "全省破获刑事案件3万起,未发生重大安全事故,暴恐案件“零发生”,现行命案全破",
        ["破获刑事案件 30000起", "重大安全事故 0起", "暴恐案件 0起", "现行命案破案率 100%"],
    ),
    "3 ratios told apart": (
        C,
        "受理执行案件9.8万件,执结9.5万件,到位金额198亿元,分别是上个五年的2.1倍、2.2倍和1.9倍",
        ["受理执行案件 98000件 [x2.1 @five]", "执结案件 95000件 [x2.2 @five]", "到位金额 19800000000元 [x1.9 @five]"],
    ),
    "12 parts that share a word with their whole": (
        P,
        "立案办理公益诉讼案件5678件,其中行政公益诉讼4980件、民事公益诉讼698件",
        [
            "立案办理公益诉讼案件 5678件",
            "立案办理行政公益诉讼案件 4980件",
            "立案办理民事公益诉讼案件 698件",
        ],
    ),
    "1 a unit before a word that begins with its second sign": (
        J,
        "3.2万个人民调解组织",
        ["人民调解组织 32000个"],
    ),
    "2 an average's second verb": (
        C,
        "法官人均受理案件245件、审结186件",
        ["法官人均受理案件 245件", "法官人均审结案件 186件"],
    ),
    "2 no object from the sentence before once one was told": (
        P,
        "监督侦查机关撤案23件。提出抗诉256件,法院已审结198件,改判和发回重审147件,采纳率74.2%",
        ["监督侦查机关撤案 23件", "提出抗诉 256件", "法院已审结 198件", "改判和发回重审 147件", "采纳率 74.2%"],
    ),
    "2 a rate of its own sentence": (
        P,
        "起诉电信网络诈骗犯罪2310人。不捕率为38.2%",
        ["起诉电信网络诈骗犯罪 2310人", "不捕率 38.2%"],
    ),
    "2 results that name their object": (
        C,
        "审结破产案件1845件,盘活资产560亿元,化解债务890亿元",
        ["审结破产案件 1845件", "盘活资产 56000000000元", "化解债务 89000000000元"],
    ),
    "2 what a graded accident did": (
        G,
        "发生一般以上道路交通事故3256起,死亡698人、受伤3102人",
        [
            "发生一般以上道路交通事故 3256起",
            "一般以上道路交通事故死亡 698人",
            "一般以上道路交通事故受伤 3102人",
        ],
    ),
    "1 a fraction of ten thousand": (G, "再犯罪率万分之三点二", ["再犯罪率 0.032%"]),
    "3 the levels of several places": (
        C,
        "全省收案102万件,省城、滨江、东山三市收案数居前三位,分别为21.6万件、15.2万件和9.8万件",
        ["收案 1020000件", "收案数 216000件", "收案数 152000件", "收案数 98000件"],
    ),
    "9 a share in a bracket": (
        C,
        "审结民事案件6万件(60.1%)、行政案件2万件(20.2%)",
        ["审结民事案件 60000件", "审结民事案件占比 60.1%", "审结行政案件 20000件", "审结行政案件占比 20.2%"],
    ),
    "2 the step of a kind told before": (
        C,
        "刑事案件收案6.23万件,同比下降11.45%,结案6.31万件",
        ["刑事案件收案 62300件 [-11.45%]", "刑事案件结案 63100件"],
    ),
    "12 a month of the whole": (
        G,
        "破获电信网络诈骗案件1.83万起。电信网络诈骗立案数下降19.6%,其中8月份立案1210起,环比下降6.8%",
        [
            "破获电信网络诈骗案件 18300起",
            "电信网络诈骗立案数 [-19.6%]",
            "电信网络诈骗立案 1210起 [-6.8% @chain]",
        ],
    ),
    "5 against the start of the year": (
        G,
        "派出所警力占比达43.8%,较年初提高2.6个百分点",
        ["派出所警力占比 43.8% [+2.6pp @年初]"],
    ),
    "1 after a counting word": (C, "三是知识产权案件收案1.56万件", ["知识产权案件收案 15600件"]),
    "20 a threshold and the places beyond it": (C, "收案增幅超过10%的有西川(15.3%)、南平(12.1%)", []),
    "20 none of it": (G, "全省破获刑事案件3万起,全破除陈规,坚决防止发生", ["破获刑事案件 30000起"]),
    "21 a plan": (Z, "2026年,群众安全感力争达到98%以上,命案发案再降5%", []),
    "21 a rate of completion is none": (Z, "任务完成率116%", ["任务完成率 116%"]),
}


@pytest.mark.parametrize(("body", "text", "expected"), CASES.values(), ids=CASES)
def test_construction(body: BodyKind, text: str, expected: list[str]) -> None:
    assert told(text, body) == expected


FIVE = ("2020-2024",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "五年来,收案538.6万件、结案545万件,同比分别增长95%、107.4%",
            ["收案 5386000件 [+95% @five]", "结案 5450000件 [+107.4% @five]"],
        ),
        ("受理案件117万件,比上个五年增长118.5%", ["受理案件 1170000件 [+118.5% @five]"]),
        ("其中2024年受理案件70万件,同比增长5%", ["受理案件 700000件 [+5%]"]),
    ],
)
def test_year_on_year_of_five_years_is_the_five_before(text: str, expected: list[str]) -> None:
    assert told(text, period="2020-2024") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("五年来受理案件300万件。2024年受理70万件,审结69万件。", ["2020-2024", "2024", "2024"]),
        ("审结案件5万件。上半年审结2万件。\n执结案件3万件。", ["2024", "2024-01/2024-06", "2024"]),
        ("律师由2010年的50人增至80人", ["2010", "2024"]),
        ("6月25日行动开展以来,破获刑事案件4万起", ["2024-06/2024-12"]),
        ("新增律师50人,其中上半年20人。年末共有律师300人", ["2024", "2024-01/2024-06", "2024"]),
    ],
)
def test_a_period_holds_until_the_next_or_the_paragraph_ends(text: str, expected: list[str]) -> None:
    period = "2020-2024" if text.startswith("五年") else "2024"
    assert [str(each.period) for each in of(text, period=period).observations] == expected


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        (
            "全省法院受理案件40万件;省高院受理1.2万件,审结1.1万件。\n执结案件3万件。",
            C,
            ["全省法院", "省高院", "省高院", "全省法院"],
        ),
        ("全省法院受理案件40万件,其中省法院受理1.2万件。审结案件39万件。", C, ["全省法院", "省法院", "全省法院"]),
        ("法院新收案件45万件。检察机关批捕5623人。公安机关破获刑事案件3.6万起。", Z, ["法院", "检察机关", "公安机关"]),
        ("监督公安机关立案156件,法院采纳98件。", P, ["全省检察机关", "全省检察机关"]),
        (
            "全省法院收案102万件,省城、滨江两市收案数分别为21万件、15万件。结案9万件。",
            C,
            ["全省法院", "省城市法院", "滨江市法院", "全省法院"],
        ),
        ("全省法院受理案件40万件。武汉法院受理案件3万件。执结案件5万件。", C, ["全省法院", "武汉法院", "全省法院"]),
    ],
)
def test_a_scope_holds_until_the_next(text: str, body: BodyKind, expected: list[str]) -> None:
    assert [each.scope.words for each in of(text, body).observations] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全省检察机关办案18万件。\n批捕2万人。", ["全省检察机关", "全省检察机关"]),
        ("全省检察机关批捕2万人。\n全省法院结案3万件。\n破案1万起。", ["全省检察机关", "全省法院", ""]),
    ],
)
def test_without_a_context_the_only_system_named_is_the_scope(text: str, expected: list[str]) -> None:
    found = read(text, Context()).observations
    assert [each.scope.words for each in found] == expected


def test_a_heading_names_what_is_told_below() -> None:
    assert told("1.刑事案件。新收2.4万件,其中一审2.1万件;二审2395件。") == [
        "新收刑事案件 24000件",
        "新收一审刑事案件 21000件",
        "新收二审刑事案件 2395件",
    ]


def test_a_heading_that_repeats_a_figure_is_one_statement() -> None:
    reading = of("调处矛盾纠纷81万件……\n全年调处矛盾纠纷81.27万件,同比增长113%。", Z)
    assert [each.value for each in reading.observations] == [812700]
    assert [each.kind for each in reading.ignored] == ["heading"]


def test_a_rank_or_record_is_the_figures_remark() -> None:
    reading = of("立刑事案件下降28%,为近14年最低。结案率98.1%,居全国第3位。", Z)
    assert [each.remarks for each in reading.observations] == [("为近14年最低",), ("居全国第3位",)]
    assert {each.kind for each in reading.ignored} == {"record", "rank"}
