"""`zhengfa alerts` and `zhengfa receivers`: what people ask and say of alerts that were really sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.home import Home
from tests.alerts.servers import HttpReceiver, Reply
from tests.flows.conftest import Zhengfa, page_of
from tests.replicas.demo import LATER

pytestmark = pytest.mark.timeout(120)

MEDIATION = "诉前调解成功"


def short_id(zhengfa: Zhengfa, words: str) -> str:
    alerts = zhengfa("alerts", "list", "--json").json
    (found,) = [alert["fingerprint"][:8] for alert in alerts if words in alert["subject"]]
    return str(found)


def test_the_list_tells_each_alert_in_one_line(record: Home, zhengfa: Zhengfa, year: int) -> None:
    ran = zhengfa("alerts", "list", "--rule", "stated_change")
    assert ran.code == 0
    assert f"甘肃 {year} · 公安 · 立刑事案件 同比 -26%" in ran.out
    assert f"浙江 {year} · 法院 · 诉前调解成功 56.9万件 同比 +37.1%" in ran.out
    assert len(zhengfa("alerts", "list", "--rule", "stated_change", "--json").json) == 5
    assert "浙江" not in zhengfa("alerts", "list", "--region", "甘肃").out
    assert "最近 30 天没有警报" in zhengfa("alerts", "list", "--state", "silenced").out


def test_a_list_of_all_says_how_many_of_the_past_it_leaves_out(record: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    assert "另有历史" not in zhengfa("alerts", "list").out
    (saved := tmp_path / "old.html").write_bytes(page_of(LATER[0].of_year(2023), datetime(2024, 1, 17, tzinfo=UTC)))
    assert zhengfa("import", saved, "--source", "62-zfw").code == 0
    history = len(zhengfa("alerts", "list", "--state", "baseline", "--json").json)
    assert history
    assert f"另有历史的 {history} 条: --state baseline" in " ".join(zhengfa("alerts", "list").out.split())
    assert "另有历史" not in zhengfa("alerts", "list", "--state", "sent").out


def test_the_list_says_in_one_word_what_became_of_each(record: Home, zhengfa: Zhengfa) -> None:
    sent = zhengfa("alerts", "list", "--state", "sent").out
    assert "已发送" in sent
    assert "没有警报" in zhengfa("alerts", "list", "--state", "waiting").out
    assert "无人接收" in zhengfa("alerts", "list", "--state", "nobody").out, "a heartbeat without an operator"
    assert "每周平安:系统运行正常,上周发出" in zhengfa("alerts", "list", "--rule", "heartbeat").out
    times = [alert["updated_at"] for alert in zhengfa("alerts", "list", "--json").json]
    assert times == sorted(times, reverse=True)


def test_what_became_of_an_alert_is_worded_alike_wherever_it_is_shown(record: Home, zhengfa: Zhengfa) -> None:
    (alert,) = [one for one in zhengfa("alerts", "list", "--json").json if "立刑事案件" in one["subject"]]
    for shown in (
        zhengfa("alerts", "list", "--rule", "stated_change"),
        zhengfa("alerts", "show", alert["fingerprint"]),
        zhengfa("alerts", "why", alert["fingerprint"]),
        zhengfa("show", "document", str(alert["document_id"])),
    ):
        assert "已发送" in shown.out
        assert "已编组" not in shown.out


@pytest.mark.parametrize(("language", "clock"), [("zh", "北京时间"), ("en", "Beijing time")])
def test_whose_clock_times_are_read_from_is_said_once_a_table(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch, language: str, clock: str
) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", language)
    for words in (("alerts", "list"), ("show", "new"), ("sources", "list")):
        assert zhengfa(*words).out.count(clock) == 1
    name = short_id(zhengfa, "立刑事案件")
    # Stages, deliveries and attempts.
    assert zhengfa("alerts", "why", name).out.count(clock) == 3
    assert clock in zhengfa("alerts", "ack", name, "--for", "1h").out


def test_in_english_what_has_no_figure_is_told_in_english(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    shown = zhengfa("alerts", "list", "--rule", "heartbeat").out
    assert "Weekly heartbeat" in shown
    assert "no receiver" in shown


def test_the_preview_names_all_rules_of_an_alert_in_its_row(record: Home, zhengfa: Zhengfa) -> None:
    rows = [line for line in zhengfa("alerts", "preview").out.splitlines() if "立刑事案件" in line]
    assert any("报告所称变动、新高新低" in row for row in rows)


def test_what_was_meant_for_a_renamed_receiver_goes_to_its_new_name(
    record: Home, zhengfa: Zhengfa, hook: HttpReceiver
) -> None:
    settings = record.settings_file.read_text()
    record.settings_file.write_text(settings.replace(hook.url, "http://127.0.0.1:1/"))
    name = short_id(zhengfa, MEDIATION)
    assert "未送达 1" in zhengfa("alerts", "resend", name).out
    record.settings_file.write_text(settings.replace('"desk"', '"newsroom"'))
    zhengfa("deliver", "--once")
    assert name in zhengfa("alerts", "list", "--state", "orphaned").out
    assert "已送达 1" in zhengfa("alerts", "resend", name, "--to", "newsroom").out
    assert MEDIATION in hook.got[-1].json["alerts"][0]["subject"]


def test_an_alert_is_shown_as_its_readers_get_it(record: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("alerts", "show", short_id(zhengfa, "立刑事案件"))
    assert "立刑事案件下降【26%】" in ran.out
    assert "为近12年最低" in ran.out


def test_why_tells_stages_deliveries_and_attempts(record: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("alerts", "why", short_id(zhengfa, MEDIATION))
    for words in ("触发", "无静音", "首次告知", "立即发送", "desk", "已送达", "HTTP 200"):
        assert words in ran.out


def test_an_acknowledgement_has_an_owner_a_note_and_an_end(record: Home, zhengfa: Zhengfa) -> None:
    name = short_id(zhengfa, MEDIATION)
    assert zhengfa("alerts", "ack", name, "--for", "2d", "--note", "在核实", "--owner", "李").code == 0
    story = zhengfa("alerts", "why", name).out
    assert "签收: 李 至" in story
    assert "在核实" in story


def test_a_silence_begins_and_ends(record: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("alerts", "silence", "region=甘肃", "rule=record", "--for", "4w", "--note", "两会")
    assert "region=62 rule=record" in ran.out
    assert "两会" in zhengfa("alerts", "silences").out
    assert zhengfa("alerts", "silence", short_id(zhengfa, MEDIATION)).code == 0
    assert "fingerprint=" in zhengfa("alerts", "silences").out
    for number in ("1", "2"):
        assert zhengfa("alerts", "unsilence", number).code == 0
    assert zhengfa("alerts", "silences").out == "没有静音\n"


def test_resending_sends_under_the_same_key(record: Home, zhengfa: Zhengfa, hook: HttpReceiver) -> None:
    name = short_id(zhengfa, MEDIATION)
    ran = zhengfa("alerts", "resend", name)
    assert ran.code == 0
    assert "重发 1 条" in ran.out
    assert zhengfa("alerts", "resend", name, "--to", "desk").code == 0
    keys = {got.headers["webhook-id"] for got in hook.got}
    assert len(hook.got) == 2
    assert len(keys) == 1


def test_feedback_takes_the_figure_out_of_baselines_and_shows_in_the_preview(record: Home, zhengfa: Zhengfa) -> None:
    assert zhengfa("alerts", "feedback", short_id(zhengfa, MEDIATION), "incident", "--note", "一次专项").code == 0
    assert "一次专项" in zhengfa("alerts", "why", short_id(zhengfa, MEDIATION)).out
    assert "不作基准" in zhengfa("show", "series", MEDIATION, "浙江").out
    assert "偶发事件" in zhengfa("alerts", "preview").out


def test_the_preview_counts_by_rule_receiver_and_indicator(record: Home, zhengfa: Zhengfa, hook: HttpReceiver) -> None:
    usual = zhengfa("alerts", "preview", "--rule", "stated_change")
    assert usual.code == 0
    assert "8 份报告,5 条警报\n" in usual.out
    strict = zhengfa("alerts", "preview", "--rule", "stated_change", "--set", "percent=100", "--limit", "0")
    assert "8 份报告,1 条警报;试用 percent=100:现行阈值 5 条,少 4 条,多 0 条" in strict.out
    assert "排查调处矛盾纠纷" in strict.out
    compared = zhengfa("alerts", "preview", "--rule", "stated_change", "--set", "percent=100").out
    assert sum(line.startswith("│ - │") for line in compared.splitlines()) == 4, "what is lost is shown"
    assert not hook.got


@pytest.mark.parametrize(
    ("words", "says", "way_out"),
    [
        (("alerts", "why", "zzz"), "没有警报", "zhengfa alerts list"),
        (("alerts", "ack", "zzz"), "没有警报", ""),
        (("alerts", "silence", "zzz"), "没有警报", ""),
        (("alerts", "silence", "province=62"), "不是筛选条件", "region, body"),
        (("alerts", "silence", "region=火星"), "不是地区", "62、甘肃"),
        (("alerts", "silence", "region=62", "--for", "forever"), "不是时长", "7d"),
        (("alerts", "unsilence", "77"), "静音 77 不存在", ""),
        (("alerts", "preview", "--rule", "magic"), "没有规则 'magic'", "可用的规则"),
        (("alerts", "preview", "--rule", "silence"), "看的是时钟", "可用的规则"),
        (("alerts", "preview", "--set", "magic=1"), "不是阈值", "percent"),
        (("alerts", "preview", "--set", "percent=-5"), "--set percent 的值 '-5' 不能用", "写不小于 0 的数,以 % 计,例如默认的 percent=20"),
        (("alerts", "preview", "--set", "percent=abc"), "--set percent 的值 'abc' 不能用", "默认的 percent=20"),
        (("alerts", "preview", "--set", "percentage_points_up="), "percentage_points_up 的值 ''", "以个百分点计"),
        (("alerts", "preview", "--set", "small_base=few"), "small_base 的值 'few'", "写不小于 0 的数,例如默认的 small_base=10"),
        (("receivers", "test", "nobody"), "没有接收方 'nobody'", "desk"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_two_sentences(
    record: Home, zhengfa: Zhengfa, words: tuple[str, ...], says: str, way_out: str
) -> None:
    zhengfa(*words).is_a_mistake(says, way_out)


def test_nothing_to_resend_is_said_with_the_reason(record: Home, zhengfa: Zhengfa) -> None:
    ran = zhengfa("alerts", "resend", short_id(zhengfa, MEDIATION), "--to", "nobody")
    assert ran.code == 2
    assert "发送过的接收方: desk" in ran.err


def test_receivers_are_checked_and_tested_through_the_real_path(
    record: Home, zhengfa: Zhengfa, hook: HttpReceiver
) -> None:
    checked = zhengfa("receivers", "check")
    assert checked.code == 0
    assert "可用" in checked.out
    assert "secret-token" not in checked.out
    tested = zhengfa("receivers", "test", "desk")
    assert tested.code == 0
    assert "已送达" in tested.out
    assert [got.json["reason"] for got in hook.got] == ["test"]


def test_a_test_that_is_refused_ends_with_status_1(record: Home, zhengfa: Zhengfa, hook: HttpReceiver) -> None:
    usual, hook.behaviour = hook.behaviour, lambda _: Reply(status=400, body=b"no such robot")
    try:
        ran = zhengfa("receivers", "test", "desk")
    finally:
        hook.behaviour = usual
    assert ran.code == 1
    assert "no such robot" in ran.out


def test_a_receiver_that_cannot_be_used_is_found_without_sending(home: Home, zhengfa: Zhengfa) -> None:
    home.settings_file.write_text(
        '[[receivers]]\nname = "far"\nkind = "webhook"\nurl = "http://no-such-host.invalid/x"\n'
    )
    ran = zhengfa("receivers", "check")
    assert ran.code == 1
    assert "无法解析" in ran.out
