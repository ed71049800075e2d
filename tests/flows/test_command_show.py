"""`zhengfa show` and `zhengfa export` over a record of fictional reports."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from flows.home import Home
from tests.flows.conftest import Zhengfa

pytestmark = pytest.mark.timeout(120)


def test_a_series_is_shown_with_the_sentences_it_comes_from(record: Home, zhengfa: Zhengfa, year: int) -> None:
    ran = zhengfa("show", "series", "诉前调解成功", "浙江")
    assert ran.code == 0
    assert "诉前调解成功案件数 · 浙江 · 法院(全系统) · 省级 · 年度" in ran.out
    assert "56.9万件" in ran.out
    assert "同比上升37.1%" in ran.out
    assert f"│ {year} │ 同比 +37.1%" in ran.out


def test_a_series_of_changes_alone_says_so(record: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("show", "series", "立刑事案件", "62")
    assert "只有报告所称变动" in ran.out
    assert "同比 -26%" in ran.out


def test_a_series_as_json_keeps_every_digit(record: Home, zhengfa: Zhengfa) -> None:
    (story,) = zhengfa("show", "series", "court_pretrial_mediation", "33", "--json").json
    assert [Decimal(point["point"]["value"]) for point in story["points"]] == [Decimal(415000), Decimal(569000)]


def test_regions_are_compared_in_the_latest_year(record: Home, zhengfa: Zhengfa, year: int) -> None:
    ran = zhengfa("show", "indicator", "court_cases_received")
    assert ran.code == 0
    assert f"受理案件数 · {year}" in ran.out
    places = [ran.out.index(name) for name in ("浙江", "甘肃")]
    assert places == sorted(places)
    assert "中位数 110.35万件" in ran.out


def test_new_leads_to_the_document_and_all_about_it(record: Home, zhengfa: Zhengfa, year: int) -> None:
    listed = zhengfa("show", "new", "--json").json
    number = next(
        one["document"]["id"] for one in listed if one["document"]["title"] == f"{year}年全省政法工作综述(虚构)"
    )
    assert f"{year}年全省政法工作综述(虚构)" in zhengfa("show", "new").out
    ran = zhengfa("show", "document", str(number))
    assert ran.code == 0
    for words in ("政法委", "日常 · 首版", "79.4万件", "同比 -26%", "报告所称变动", "http://www.example.org/62/"):
        assert words in ran.out


def test_a_document_is_found_by_its_address(record: Home, zhengfa: Zhengfa) -> None:
    about = zhengfa("show", "new", "--json").json[-1]["document"]
    assert (about["id"], about["url"][:7]) == (1, "http://")
    whole = zhengfa("show", "document", "1").out
    assert "(文档 1)" in whole
    host = about["url"].split("/")[2]
    for address in (
        about["url"],
        about["url"] + "#top",
        about["url"].replace("http:", "https:"),
        about["url"].replace(host, host.upper()),
    ):
        assert zhengfa("show", "document", address).out == whole


def test_a_figure_that_states_only_a_change_says_what_became_of_that(record: Home, zhengfa: Zhengfa) -> None:
    lines = zhengfa("show", "document", "1").out.splitlines()
    assert all("采用" in line for line in lines if "立刑事案件" in line and "同比" in line and "公安机关" in line)


@pytest.mark.parametrize(("words", "count"), [("诉", 4), ("公诉", 2), ("案", 4), ("盗", 0)])
def test_one_and_two_characters_are_searched(record: Home, zhengfa: Zhengfa, words: str, count: int) -> None:
    found = zhengfa("show", "search", words, "--json", "--limit", "100").json
    assert len(found) >= count
    assert all(words in one["subject"] + one["quotation"] for one in found)
    assert bool(found) is bool(count)
    days = [one["published"] for one in found]
    assert days == sorted(days, reverse=True)


def test_what_is_new_is_asked_by_day_or_by_span_and_comes_newest_first(record: Home, zhengfa: Zhengfa) -> None:
    by_span = zhengfa("show", "new", "--since", "2h", "--json").json
    by_day = zhengfa("show", "new", "--since", "2025-01-31", "--json").json
    assert by_span == by_day
    assert [one["edition_id"] for one in by_day] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_words_are_found_in_sentences(record: Home, zhengfa: Zhengfa) -> None:
    assert "提起公诉" in zhengfa("show", "search", "公诉", "--region", "湖南").out
    assert zhengfa("show", "search", "公诉", "--region", "云南").out == "没有数字含有这些字词\n"


@pytest.mark.parametrize(
    ("words", "says", "way_out"),
    [
        (("show", "series", "没有这个"), "不是指标", "zhengfa indicators"),
        (("show", "series", "受理案件"), "有 2 个指标相符", "court_cases_received"),
        (("show", "series", "诉前调解成功", "火星"), "REGION '火星' 不是地区", "62、甘肃"),
        (("show", "series", "诉前调解成功", "云南"), " 云南 的序列", "zhengfa show search"),
        (("show", "series", "999999"), "序列 999999 不存在", ""),
        (("show", "indicator", "court_cases_received", "--period", "昨天"), "不是时期", "2020-2024"),
        (("show", "indicator", "court_cases_received", "--period", "1999"), " 1999 的数值", "zhengfa show series"),
        (("show", "document", "999999"), "文档 999999 不存在", ""),
        (("show", "new", "--since", "soon"), "不是时间", "7d 或 2025-01-31"),
        (("show", "new", "--since", "0d"), "不是时长", "7d"),
        (("show", "new", "--since", "99999999999w"), "超过十年", "7d"),
        (("show", "new", "--since", "0001-01-01"), "早于库中一切", "7d"),
        (("show", "series", "9" * 30), "不是指标", "zhengfa indicators"),
        (("show", "indicator", ""), "没有写指标", "zhengfa indicators"),
        (("show", "document", "9" * 30), "既不是文档编号也不是地址", "zhengfa show new"),
        (("show", "document", "http://nowhere.example/1.html"), "没有对应的文档", "zhengfa show new"),
        (("export", "series", "-o", "/"), "是文件夹", "写出文件名"),
        (("export", "series", "-o", "x" * 300), "写不了", "换一个文件"),
        (("export", "series", "--source", "nope"), "没有来源 'nope'", "zhengfa sources list"),
        (("db", "backup", "x" * 300), "写不了", "换一个文件"),
        (("review", "accept", "9" * 30), "的值不能用: 不能大于 9223372036854775807", "--help"),
        (("alerts", "unsilence", "9" * 30), "的值不能用: 不能大于 9223372036854775807", "--help"),
        (("export", "series", "--period", "2024-13"), "不是时期", "2020-2024"),
        (("export", "series", "--body", "公司"), "不是机关", "用其中之一"),
        (("export", "series", "--since", "2024-02-30"), "不是日期", "2025-01-31"),
        (("export", "observations", "--format", "sdmx-csv"), "SDMX-CSV 只用于 series", "csv、jsonl 或 parquet"),
        (("export", "dictionary", "--format", "parquet"), "没有 parquet", "去掉 --format"),
        (("export", "series", "-o", "/nowhere/at/all.csv"), "没有文件夹", "写出已有文件夹中的文件"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_two_sentences(
    record: Home, zhengfa: Zhengfa, words: tuple[str, ...], says: str, way_out: str
) -> None:
    zhengfa(*words).is_a_mistake(says, way_out)


def test_without_a_record_the_way_out_is_named(home: Home, zhengfa: Zhengfa) -> None:
    for words in (("show", "new"), ("alerts", "list"), ("review", "list"), ("export", "series"), ("verify",)):
        ran = zhengfa(*words)
        assert ran.code == 2
        assert "还没有数据库" in ran.err
        assert "zhengfa ingest" in ran.err
    assert not home.database.exists()


def test_an_export_to_a_file_and_to_the_screen_is_the_same(record: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    file = tmp_path / "series.csv"
    ran = zhengfa("export", "series", "--region", "浙江", "-o", file)
    assert ran.code == 0
    assert f"6 行: {file}" in ran.err
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert {row["region_name"] for row in rows} == {"浙江"}
    assert zhengfa("export", "series", "--region", "33").out.encode().splitlines() == file.read_bytes().splitlines()


@pytest.mark.parametrize("form", ["csv", "jsonl", "sdmx-csv", "parquet"])
def test_every_format_is_written(record: Home, zhengfa: Zhengfa, tmp_path: Path, form: str) -> None:
    file = tmp_path / "figures"
    assert zhengfa("export", "series", "--format", form, "-o", file, "--indicator", "批准逮捕").code == 0
    assert file.stat().st_size


def test_filters_narrow_observations_and_changes(record: Home, zhengfa: Zhengfa, year: int) -> None:
    whole = zhengfa("export", "observations", "--format", "jsonl").lines
    narrow = zhengfa("export", "observations", "--format", "jsonl", "--period", str(year), "--source", "43-jcy").lines
    assert 0 < len(narrow) < len(whole)
    assert {(row["region"], row["period"]) for row in narrow} == {("43", str(year))}
    assert zhengfa("export", "changes", "--format", "jsonl", "--body", "检察院").lines


def test_the_data_dictionary_needs_no_record_and_speaks_the_language_of_the_settings(
    home: Home, zhengfa: Zhengfa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = zhengfa("export", "dictionary")
    assert ran.code == 0
    assert ran.out.startswith("# 数据字典")
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert zhengfa("export", "dictionary", "-o", tmp_path / "dictionary.md").code == 0
    assert (tmp_path / "dictionary.md").read_text(encoding="utf-8").startswith("# Data dictionary")
    assert not home.database.exists()


def test_the_help_says_where_figures_without_a_level_are(zhengfa: Zhengfa) -> None:
    words = "".join(zhengfa("export", "--help").out.replace("│", " ").split())
    assert "只写变动、没有数值的在changes" in words
