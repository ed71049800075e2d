"""Settings: environment over file over default, and errors that name the key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from flows.errors import SettingsError
from flows.home import Home
from flows.settings import load_settings, shown

RECEIVERS = """
[[receivers]]
name = "desk"
kind = "webhook"
url = "http://127.0.0.1:9000/hook/secret-token-1"

[[receivers]]
name = "mail"
kind = "email"
smtp = "smtp://127.0.0.1:2525"
sender = "zhengfa@example.org"
to = ["desk@example.org"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ZHENGFA_HOME", str(tmp_path / "home"))
    for name in ("ZHENGFA_REVISIT_EVERY", "ZHENGFA_ALLOW_LOOPBACK"):
        monkeypatch.delenv(name, raising=False)
    made = Home.from_environment()
    made.make()
    return made


def test_defaults_are_the_ones_the_architecture_names(home: Home) -> None:
    settings = load_settings(home)
    assert settings.alert_max_age == timedelta(days=45)
    assert settings.revisit_for == timedelta(days=30)
    assert settings.first_window == timedelta(days=400)
    assert not settings.allow_loopback


def test_the_environment_wins_over_the_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.settings_file.write_text('revisit_every = "2d"\n')
    assert load_settings(home).revisit_every == timedelta(days=2)
    monkeypatch.setenv("ZHENGFA_REVISIT_EVERY", "0s")
    monkeypatch.setenv("ZHENGFA_ALLOW_LOOPBACK", "1")
    assert load_settings(home).revisit_every == timedelta(0)
    assert load_settings(home).allow_loopback


def test_the_fixed_keys_of_receivers_are_read_and_never_shown(home: Home) -> None:
    home.settings_file.write_text(RECEIVERS)
    settings = load_settings(home)
    assert [(r.name, r.kind) for r in settings.receivers] == [("desk", "webhook"), ("mail", "email")]
    assert "secret-token-1" not in f"{settings!r} {shown(settings)}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('revisit_every = "often"', "revisit_every"),
        ("no_such_key = 1", "no_such_key"),
        ('[[receivers]]\nname = "desk"\nkind = "webhook"\nurl = "not an address"', "desk"),
        ('[[receivers]]\nname = "mail"\nkind = "email"\nsmtp = "smtp://h:25"\nsender = "a@b.c"\nto = ["nobody"]', "to"),
        ("contact = ", "line 1"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_way_out(home: Home, text: str, names: str) -> None:
    home.settings_file.write_text(text + "\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(home)
    assert names in str(caught.value)
    assert "zhengfa.toml" in str(caught.value)
    assert caught.value.hint


KINDS = "'webhook', 'alertmanager', 'email', 'dingtalk', 'wecom', 'feishu', 'apprise'"
FAULTY = """
first_windw = "400d"
language = "de"
prefect_port = 70000

[[receivers]]
name = "desk"
kind = "webhok"
url = "https://x.example.org/secret-token-1"

[[receivers]]
name = "mail"
kind = "email"
smtp = "http://x.example.org"
to = ["nobody"]

[[receivers]]
kind = "webhook"
timeout = "soon"

[[routes]]
receivers = ["desk"]
regions = [62]
severty = "sharp"
"""


def test_every_fault_is_told_with_its_line_and_whose_it_is(home: Home) -> None:
    home.settings_file.write_text(FAULTY)
    with pytest.raises(SettingsError) as caught:
        load_settings(home)
    head, *told = [line.strip() for line in str(caught.value).splitlines()]
    assert head.endswith("zhengfa.toml: 12 处不能用")
    assert told == [
        "第 2 行 first_windw: 没有这个键,是不是 first_window?",
        "第 3 行 language: 应为 'zh' 或 'en'",
        "第 4 行 prefect_port: 至多为 65535",
        f'第 6 行 接收方 desk: 没有 kind = "webhok",应为 {KINDS} 之一',
        "第 11 行 接收方 mail: sender: 缺少",
        "第 14 行 接收方 mail: smtp: 地址应以 smtp:// 或 smtps:// 开头",
        "第 15 行 接收方 mail: to.0: 不是邮件地址:写成 desk@example.org",
        "第 17 行 第 3 个接收方: name: 缺少",
        "第 17 行 第 3 个接收方: url: 缺少",
        "第 19 行 第 3 个接收方: timeout: 不是时长:写成 30m、12h、7d",
        "第 23 行 第 1 个路由: regions.0: 应为文字,要加引号",
        "第 24 行 第 1 个路由: severty: 没有这个键,是不是 severity?",
    ]
    assert "secret-token-1" not in str(caught.value)


MISPLACED = """
contact = "desk@example.org"

[[receivers]]
name = "desk"
kind = "webhook"
url = "https://x.example.org/secret-token-1"
request_gap = "5s"

[[routes]]
receivers = ["desk"]
public_base_url = "https://x.example.org"

[receivers.headers]
X-Token = "secret-token-2"
schedule = "0 7 * * *"
"""


@pytest.mark.parametrize(
    ("language", "owners", "says"),
    [
        (
            "zh",
            ("第 8 行 接收方 desk: request_gap", "第 12 行 第 1 个路由: public_base_url"),
            "这是顶层设置,写在 [[{}]] 下面就成了它的;请移到第一个 [[…]] 之前(第 4 行)",
        ),
        (
            "en",
            ("line 8: receiver desk: request_gap", "line 12: route 1: public_base_url"),
            "a setting of the whole file; below [[{}]] it becomes that table's: move it above the first [[…]] (line 4)",
        ),
    ],
)
def test_a_setting_below_a_table_is_told_where_it_belongs(
    home: Home, monkeypatch: pytest.MonkeyPatch, language: str, owners: tuple[str, str], says: str
) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", language)
    home.settings_file.write_text(MISPLACED.replace("schedule", "#"))
    tables = ("receivers", "routes")
    assert _told(home) == [f"{owner}: {says.format(table)}" for owner, table in zip(owners, tables, strict=True)]


def test_a_setting_below_the_headers_is_no_header(home: Home) -> None:
    text = MISPLACED.replace("request_gap", "# request_gap").replace("public_base_url", "# public_base_url")
    home.settings_file.write_text(text)
    (told,) = _told(home)
    assert told.startswith("第 16 行 接收方 desk: headers.schedule: 这是顶层设置")
    home.settings_file.write_text(text.replace("schedule", "X-Schedule"))
    assert load_settings(home).receivers[0].name == "desk"


def _told(home: Home) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load_settings(home)
    assert "secret-token" not in str(caught.value)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


def test_a_fault_of_the_environment_names_the_variable(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.settings_file.write_text('revisit_every = "1d"\n')
    monkeypatch.setenv("ZHENGFA_REVISIT_EVERY", "often")
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    with pytest.raises(SettingsError, match="ZHENGFA_REVISIT_EVERY: no duration: write it as 30m, 12h, 7d") as caught:
        load_settings(home)
    assert "1 thing cannot be used" in str(caught.value)


@pytest.mark.parametrize("variable", ["ZHENGFA_RECEIVERS", "ZHENGFA_ROUTES"])
def test_a_variable_that_should_hold_a_list(home: Home, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "desk")
    with pytest.raises(SettingsError):
        load_settings(home)


def test_a_file_that_is_no_utf_8(home: Home) -> None:
    home.settings_file.write_bytes('contact = "政法"'.encode("gb18030"))
    with pytest.raises(SettingsError, match=r"zhengfa\.toml"):
        load_settings(home)


def test_the_home_is_for_its_owner_only(home: Home) -> None:
    assert home.root.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "line",
    ["15 7,12,18 * * *", "*/10 8-18 * * mon-fri", "0 0 1 jan,JUL 0-6", "5-59/20 22,23 * * 7", "0 7 L * *", "@daily"],
)
def test_a_cron_line_is_taken_as_it_is(home: Home, line: str) -> None:
    home.settings_file.write_text(f'schedule = "{line}"\n')
    assert load_settings(home).schedule == line


@pytest.mark.parametrize(
    "line",
    ["every day", "", "8:00", "* * * *", "* * * * * * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 * 13 *", "0 0 * * 8",
     "*/0 * * * *", "1, * * * *", "R * * * *", "x * * * *", "0 0 30 2 *", "*/5 * * * * *"],
)  # fmt: skip
def test_what_is_no_cron_line_is_refused_when_settings_are_read(home: Home, line: str) -> None:
    home.settings_file.write_text(f'schedule = "{line}"\n')
    with pytest.raises(SettingsError, match=r"第 1 行 schedule: 不是 cron 写法:写成五段"):
        load_settings(home)


@pytest.mark.parametrize("written", ["45", '"45"'])
def test_a_duration_without_its_unit_is_refused(home: Home, written: str) -> None:
    home.settings_file.write_text(f"alert_max_age = {written}\n")
    number = written.strip('"')
    with pytest.raises(SettingsError, match=rf"第 1 行 alert_max_age: 时长要带单位:写成 {number}d"):
        load_settings(home)
