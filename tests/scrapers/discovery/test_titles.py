"""Titles of reports are taken, those of their like are not. The titles are made up after real ones."""

from __future__ import annotations

import re

import pytest

from scrapers.discovery.titles import TitleRules, judge_title, names

REPORTS = [
    "某某省高级人民法院工作报告",
    "某某省人民检察院工作报告（2026年）",
    "某 某 省 高 级 人 民 法 院 工 作 报 告（摘要）",
    "省高院召开2025年度全省法院工作情况新闻发布会",
    "某某省公安厅召开“向人民报告”新闻发布会",
    "2025年1至9月全省检察机关主要办案数据",
    "全省检察机关2025年上半年主要办案数据发布",
    "2025年全省法院司法数据",
    "一组数据看2025年某某政法工作",
    "数说某某公安2025",
    "某某省司法厅2025年度法治政府建设情况报告",
    "关于2025年三季度全省治安形势的情况通报",
    "某某政法工作交出优异答卷",
    "平安某某建设这一年",
    "某某法院2025年工作综述",
    "知识产权司法保护状况白皮书",
    "某某省刑事案件同比下降28%",
    "全省公安机关破获电信网络诈骗案件1.2万起",
    "某某省高级人民法院关于2025年全省法院…",
    "全省排查化解矛盾纠纷81.27万件",
    "某某省２０２５年反诈工作成绩单",
]

OTHERS = [
    "关于某某省高级人民法院工作报告的决议",
    "代表审议“两院”工作报告",
    "省人大代表热议检察院工作报告",
    "某某省高级人民法院2025年政府信息公开工作年度报告",
    "某某省公安厅2025年度部门预算",
    "某某省公安机关2026年招录人民警察面试公告",
    "某某省法院书记员招聘公告",
    "某某项目采购中标公告",
    "警情通报",
    "某某县公安局关于一起案件的警情通报",
    "省纪委通报5起违反中央八项规定精神典型问题",
    "某某接受纪律审查和监察调查",
    "开庭公告",
    "任前公示",
    "省高院党组学习贯彻会议精神",
    "省检察院领导赴某地调研检察工作",
    "法官送法进校园",
    "关于召开全省政法工作会议的通知",
    "",
    "…",
    "首页",
]


@pytest.mark.parametrize("title", REPORTS)
def test_what_may_be_a_report_is_taken(title: str) -> None:
    verdict = judge_title(title)
    assert verdict.may_be_report, verdict
    assert verdict.why


@pytest.mark.parametrize("title", OTHERS)
def test_what_is_none_is_left(title: str) -> None:
    assert not judge_title(title).may_be_report, judge_title(title)


def test_a_card_adds_words_and_its_wanted_ones_go_first() -> None:
    rules = TitleRules(wanted=("警情通报",), unwanted=("第.*期简报",))
    assert judge_title("全省警情通报", rules).may_be_report
    assert not judge_title("工作报告第3期简报", rules).may_be_report
    assert judge_title("某某省高级人民法院工作报告", rules).may_be_report


def test_a_strict_card_knows_its_own_words_only() -> None:
    rules = TitleRules(wanted=("检察报告",), strict=True)
    assert judge_title("检察报告（2026年）", rules).may_be_report
    assert not judge_title("某某省高级人民法院工作报告", rules).may_be_report


def test_a_broken_word_of_a_card_is_told() -> None:
    with pytest.raises(re.error):
        judge_title("工作报告", TitleRules(wanted=("(",)))


@pytest.mark.parametrize(
    ("title", "text", "named"),
    [
        ("虚构省高级人民法院工作报告", "虚构省高级人民法院工作报告\n各位代表:现在,我代表……", True),
        ("虚构省法院２０２５年工作报告", "工作报告\n——2026年1月20日在虚构省第十四届人民代表大会上", True),
        ("虚构省检察院召开新闻发布会通报去年办案…", "虚构省检察院召开新闻发布会 通报去年办案情况", True),
        ("虚构省法院工作报告", "抱歉,您的请求无法完成\n系统检测到您的网络存在异常流量,请稍后重试。", False),
        ("虚构省公安厅通报去年警务数据", "网站防火墙\n您的请求带有不合法参数,已被网站管理员设置拦截!", False),
        ("通报", "系统检测到您的网络存在异常流量", True),
        ("", "系统检测到您的网络存在异常流量", True),
    ],
)
def test_whether_a_page_holds_what_it_was_linked_by(title: str, text: str, *, named: bool) -> None:
    assert names(text, title) is named
