from __future__ import annotations

import pytest

from scrapers.reading.lending import Around, restored
from scrapers.reading.rosters import names, ranked
from scrapers.reading.structure import Frame
from scrapers.reading.subjects import clean, domain, frame, is_event


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("共受理案件", "受理案件"),
        ("结案率达到", "结案率"),
        ("覆盖率提高到", "覆盖率"),
        ("平均审理天数缩短至", "平均审理天数"),
        ("12月底尚有未结案件", "未结案件"),
        ("向中央政法委请示报告重大事项", "请示报告重大事项"),
        ("按照要求检查校园", "检查校园"),
        # What was not done stays undone.
        ("经复议后未再提起诉讼", "未再提起诉讼"),
        ("经调解不再提起诉讼", "不再提起诉讼"),
        ("立案侦查贪污5万元以上的大案", "立案侦查大案"),
        ("八类案件中杀人案件", "杀人案件"),
        ("有效警情", "有效警情"),
        ("有财产可供执行案件执结率", "有财产可供执行案件执结率"),
        ("再审案件", "再审案件"),
        ("群众安全感近三年逐年上升", "群众安全感"),
        ("日均", "日均"),
        ("为公益事业捐款", "为公益事业捐款"),
    ],
)
def test_a_subject_without_what_stands_around_it(words: str, expected: str) -> None:
    assert clean(words) == expected


@pytest.mark.parametrize(
    ("words", "verb", "rest"),
    [
        ("审结一审刑事案件", "审结", "一审刑事案件"),
        ("审(执)结", "审(执)结", ""),
        ("受理审查起诉案件", "受理", "审查起诉案件"),
        ("查封、冻结、扣押涉案资产", "查封、冻结、扣押", "涉案资产"),
        ("法院已采纳", "法院已采纳", ""),
        ("律师事务所", "", "律师事务所"),
    ],
)
def test_verb_and_object(words: str, verb: str, rest: str) -> None:
    assert frame(words)[:2] == (verb, rest)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("受理各类经济犯罪案件", "经济犯罪"),
        ("审结一审知识产权案件", "知识产权"),
        ("受理案件", ""),
        ("化解矛盾纠纷", "矛盾纠纷"),
    ],
)
def test_what_a_subject_is_about(words: str, expected: str) -> None:
    assert domain(frame(words)) == expected


def test_results_follow_kinds_of_cases_only() -> None:
    assert is_event(frame("审结破产案件"))
    assert not is_event(frame("法官人均结案"))
    assert not is_event(frame("抓获嫌疑人"))


CASES = Frame("受理", "一审刑事案件", "件")


@pytest.mark.parametrize(
    ("words", "unit", "around", "expected", "rule"),
    [
        ("", "件", Around(before=CASES), "受理一审刑事案件", "same"),
        ("审结", "件", Around(before=CASES), "审结一审刑事案件", "elided_object"),
        ("执结", "件", Around(before=CASES), "执结案件", "own_kind"),
        ("判处", "人", Around(before=CASES), "判处罪犯", "own_kind"),
        ("民商事", "件", Around(whole=Frame("新收", "案件", "件")), "新收民商事案件", "part"),
        ("侵财案件", "起", Around(whole=Frame("破获", "刑事案件", "起")), "破获侵财案件", "part"),
        ("执行", "件", Around(whole=Frame("新收", "案件", "件")), "新收执行案件", "part"),
        ("法定不起诉", "人", Around(whole=Frame("决定不起诉", "", "人")), "法定不起诉", "plain"),
        ("子弹", "发", Around(before=Frame("缴获", "枪支", "支"), listed=True), "缴获子弹", "shared_verb"),
        ("撤案", "件", Around(before=Frame("", "监督公安机关立案", "件"), listed=True), "监督公安机关撤案", "stem"),
        ("涉案金额", "元", Around(theme=Frame("破获", "毒品案件", "起")), "毒品涉案金额", "domain"),
        ("到位金额", "元", Around(theme=Frame("执行", "完毕案件", "件")), "到位金额", "plain"),
        ("破案率", "%", Around(theme=Frame("立", "刑事案件", "起")), "刑事破案率", "domain"),
        ("挽回经济损失", "元", Around(theme=CASES), "挽回经济损失", "plain"),
        ("死亡", "人", Around(theme=Frame("发生", "道路交通事故", "起")), "道路交通事故死亡", "domain"),
        ("二审后", "%", Around(before=Frame("", "一审服判息诉率", "%")), "二审后服判息诉率", "parallel"),
        ("受理", "件", Around(label="法律援助"), "受理法律援助", "label"),
        ("律师事务所", "家", Around(before=CASES), "律师事务所", "plain"),
    ],
)
def test_what_is_left_out_is_restored(words: str, unit: str, around: Around, expected: str, rule: str) -> None:
    found, told = restored(frame(words, unit), unit, around)
    assert (found.words, told) == (expected, f"subject.{rule}")


@pytest.mark.parametrize(
    ("words", "count", "expected"),
    [
        ("刑事、治安警情", 2, ["刑事警情", "治安警情"]),
        ("一审、二审服判息诉率", 2, ["一审服判息诉率", "二审服判息诉率"]),
        ("八类案件、两抢案件破案率", 2, ["八类案件破案率", "两抢案件破案率"]),
        ("监督公安机关立案、撤案", 2, ["监督公安机关立案", "监督公安机关撤案"]),
        (
            "道路交通事故起数、死亡人数和受伤人数",
            3,
            ["道路交通事故起数", "道路交通事故死亡人数", "道路交通事故受伤人数"],
        ),
        ("破案数、抓获数、缴毒量三项", 3, ["破案数", "抓获数", "缴毒量"]),
        ("盗窃、诈骗分别立案", 2, ["盗窃立案", "诈骗立案"]),
        ("民事、刑事案件分别审结", 2, ["审结民事案件", "审结刑事案件"]),
        ("危险驾驶罪、盗窃罪", 2, ["危险驾驶罪", "盗窃罪"]),
        ("起诉危险驾驶罪、盗窃罪", 2, ["起诉危险驾驶罪", "起诉盗窃罪"]),
        ("刑事、治安案件立案", 2, ["刑事案件立案", "治安案件立案"]),
        ("两抢、盗窃发案", 2, ["两抢发案", "盗窃发案"]),
        ("刑事、民事、行政三类案件收案", 3, ["刑事收案", "民事收案", "行政收案"]),
        ("公交车、轨道交通扒窃案件", 1, ["公交车、轨道交通扒窃案件"]),
        ("刑事警情", 2, None),
        ("收结案数", 3, None),
    ],
)
def test_names_of_a_list(words: str, count: int, expected: list[str] | None) -> None:
    assert names(words, count) == expected


@pytest.mark.parametrize(
    ("words", "count", "expected"),
    [
        ("民间借贷、金融借款、买卖合同纠纷居前三", 3, ["民间借贷纠纷", "金融借款纠纷", "买卖合同纠纷"]),
        ("离婚纠纷、继承纠纷为主", 2, ["离婚纠纷", "继承纠纷"]),
        ("盗窃、诈骗、危险驾驶三类案件数量排前三位", 3, ["盗窃", "诈骗", "危险驾驶"]),
        ("前三位罪名分别为盗窃、诈骗、危险驾驶", 3, ["盗窃", "诈骗", "危险驾驶"]),
        ("起诉人数最多的罪名是盗窃罪、诈骗罪", 2, ["起诉盗窃罪", "起诉诈骗罪"]),
        ("民间借贷、金融借款纠纷居前二", 3, None),
        ("民间借贷、金融借款纠纷", 2, None),
        ("结案率居前三", 3, None),
        ("", 2, None),
    ],
)
def test_names_of_a_list_told_for_its_ranks(words: str, count: int, expected: list[str] | None) -> None:
    assert ranked(words, count) == expected
