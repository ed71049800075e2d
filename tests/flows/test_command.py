"""The command line as a user meets it: help, JSON, and a sentence with the way out for every mistake."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.home import Home
from flows.orchestration.server import free_port
from storage.store import open_store
from tests.conftest import SHARED

ZHENGFA = Path(sys.executable).with_name("zhengfa")
COMMANDS = ("ingest", "serve", "deliver", "read", "extract", "indicators", "init", "doctor")

REPORT = """\
【虚构示例】2023年,全省法院受理各类案件40.2万件,审(执)结38.7万件,审限内结案率95.1%。
全年排查调处矛盾纠纷21.5万件,同比增长104%。检察机关监督立案、撤案812件,同比上升55.3%。
公安机关受理治安案件下降8.4%,立刑事案件下降31%,为近10年最低。
"""


def zhengfa(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ZHENGFA, *words], input=stdin, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_without_prefect(home: Home, command: str) -> None:
    code = "import sys; from flows.command.main import app; app(sys.argv[1:], standalone_mode=False)"
    probe = f"{code}; print('prefect' in sys.modules, 'sqlmodel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe, command, "--help"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "用法" in done.stdout
    assert done.stdout.rstrip().endswith("False False")


def test_read_prints_a_table_and_json(home: Home, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    shown = zhengfa("read", str(report), "--region", "甘肃", "--body", "政法委", "--published", "2024-01-17")
    assert shown.returncode == 0, shown.stderr
    assert "21.5万" in shown.stdout
    assert "+104%" in shown.stdout
    done = zhengfa("read", str(report), "--region", "62", "--body", "政法委", "--published", "2024-01-17", "--json")
    found = {seen["subject"]: seen for seen in json.loads(done.stdout)["observations"]}
    assert found["立刑事案件"]["changes"][0]["value"] == 31
    assert found["立刑事案件"]["period"] == "2023"
    assert "为近10年最低" in found["立刑事案件"]["quotation"]


def test_read_words_a_figure_as_the_record_and_the_messages_do(home: Home, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("【虚构】2023年,全省法院受理各类案件40.2万余件,同比下降5.6%。", encoding="utf-8")
    words = ("read", str(report), "--region", "甘肃", "--body", "法院", "--published", "2024-01-17")
    assert "40.2万余件" in zhengfa(*words).stdout
    assert "同比 -5.6%" in zhengfa(*words).stdout
    assert "-5.6% year on year" in zhengfa(*words, ZHENGFA_LANGUAGE="en").stdout
    report.write_text("【虚构】2023年,全省法院受理各类案件40.2万余件,同比下降近三成。", encoding="utf-8")
    assert "同比下降近30%" in zhengfa(*words).stdout


@pytest.mark.parametrize("form", ["{}", "<html><body><h1>虚构报告</h1><div><p>{}</p><p>{}</p></div></body></html>"])
def test_read_takes_standard_input(home: Home, form: str) -> None:
    done = zhengfa(
        "read", "-", "--region", "甘肃", "--published", "2024-01-17", "--json", stdin=form.replace("{}", REPORT)
    )
    assert done.returncode == 0, done.stderr
    assert "立刑事案件" in {seen["subject"] for seen in json.loads(done.stdout)["observations"]}


def test_read_says_that_standard_input_is_empty(home: Home) -> None:
    done = zhengfa("read", "-")
    assert (done.returncode, "标准输入是空的" in done.stderr) == (2, True)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here: the real report is not read")
def test_the_seven_figures_of_the_real_report(home: Home) -> None:
    report = SHARED / "reports" / "gansu-2024.txt"
    done = zhengfa("read", str(report), "--region", "甘肃", "--body", "政法委", "--published", "2025-01-17", "--json")
    seen = json.loads(done.stdout)["observations"]
    levels = {(item["indicator"], item["value"], item["period"]) for item in seen}
    changes = {
        (item["indicator"], change["direction"], change["value"], change["basis"])
        for item in seen
        for change in item["changes"]
    }
    assert {value for _, value, _ in levels} >= {812_700, 1235, 625_700, 594_300, 94.49}
    assert {(way, value, basis) for _, way, value, basis in changes} >= {
        ("up", 113, "yoy"), ("up", 67.1, "yoy"), ("down", 28, "yoy"), ("down", 10.6, "yoy"),
    }  # fmt: skip
    of_seven = [item for item in seen if item["value"] in {812_700, 1235, 625_700, 594_300, 94.49} or item["changes"]]
    assert all(item["indicator"] and item["period"] == "2024" for item in of_seven)


def test_extract_answers_every_line_in_order(home: Home) -> None:
    lines = [
        json.dumps({"id": name, "text": REPORT, "region": "甘肃", "body": "政法委", "period": "2023"}) for name in "ab"
    ]
    done = zhengfa("extract", "--jsonl", stdin="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["observations"]
    assert all(seen["status"] for seen in answers[0]["observations"])


def test_init_writes_a_file_that_loads_and_leaves_it_alone(home: Home) -> None:
    assert zhengfa("init").returncode == 0
    text = home.settings_file.read_text()
    home.settings_file.write_text(text + 'contact = "me@example.org"\n')
    assert "保持原样" in zhengfa("init").stdout
    assert "me@example.org" in zhengfa("doctor").stdout


def test_every_default_in_the_commented_file_is_the_default(home: Home) -> None:
    import re

    from flows.settings import Settings, load_settings

    zhengfa("init")
    defaults = load_settings(home)
    text = home.settings_file.read_text()
    keys = re.findall(r"^# (\w+) = ", text, re.MULTILINE)
    assert set(keys) >= set(Settings.model_fields) - {"allow_loopback", "receivers", "routes"}
    head = text.split("# --- Receivers")[0]
    home.settings_file.write_text(re.sub(r"^# (?!dead_man_url|link_key)(\w+ = )", r"\1", head, flags=re.MULTILINE))
    assert load_settings(home) == defaults


def broken_card(home: Home) -> None:
    (home.sources / "62-zfw.toml").write_text(
        'id = "62-zfw"\nname = "x"\nregion = 62\nbody = "政法委"\nlist_urls = []\n'
    )


def foreign_database(home: Home) -> None:
    with sqlite3.connect(home.database) as other:
        other.execute("CREATE TABLE notes (text TEXT)")


def newer_database(home: Home) -> None:
    open_store(home.database).close()
    with sqlite3.connect(home.database) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")


def text_for_a_database(home: Home) -> None:
    home.database.write_text("not a database at all, but long enough to be read as one")


def impossible_receiver(home: Home) -> None:
    home.settings_file.write_text('[[receivers]]\nname = "desk"\nkind = "webhook"\nurl = "nowhere"\n')


def nothing(home: Home) -> None:
    pass


MISTAKES = [
    (nothing, ("ingest", "--source", "no-such"), ("no-such", "sources list")),
    (nothing, ("ingest", "--since", "soon"), ("--since", "2025-01-31")),
    (broken_card, ("ingest", "--source", "62-zfw"), ("62-zfw.toml:3", "region")),
    (foreign_database, ("deliver", "--once"), ("zhengfa.db",)),
    (newer_database, ("deliver", "--once"), ("较新的程序",)),
    (text_for_a_database, ("deliver", "--once"), ("zhengfa.db",)),
    (impossible_receiver, ("deliver", "--once"), ("desk", "url")),
    (nothing, ("read", "no-such-file.txt"), ("no-such-file.txt",)),
    (nothing, ("read", "http://127.0.0.1:9/x.html"), ("127.0.0.1",)),
    (nothing, ("read", __file__, "--region", "火星"), ("火星",)),
    (nothing, ("read", __file__, "--body", "火星"), ("政法委",)),
    (nothing, ("read", __file__, "--published", "soon"), ("--published",)),
]


@pytest.mark.parametrize(("prepare", "words", "names"), MISTAKES, ids=lambda part: getattr(part, "__name__", None))
def test_a_mistake_is_named_with_the_way_out(
    home: Home, prepare: Callable[[Home], None], words: tuple[str, ...], names: tuple[str, ...]
) -> None:
    prepare(home)
    done = zhengfa(*words)
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 2, said
    assert "Traceback" not in said
    assert all(name in said for name in names), said


BAD_LINES = [
    (b"not json", None, "line 2 is no JSON"),
    (b"[1]", None, "line 2 is no JSON object"),
    (b'{"id": 7}', 7, "line 2: text is missing"),
    (b'{"id": 7, "text": 1}', 7, "line 2: text is no string"),
    (b'{"id": 7, "text": "x", "body": "nobody"}', 7, "line 2: "),
    (b"\xff", None, "line 2 is no JSON"),
]


@pytest.mark.parametrize(("bad", "identity", "why"), BAD_LINES)
@pytest.mark.parametrize("command", ["extract", "article"])
def test_a_bad_line_is_answered_and_the_rest_too(
    home: Home, command: str, bad: bytes, identity: object, why: str
) -> None:
    page = base64.b64encode(f"<h1>{REPORT}</h1><p>{REPORT}</p>".encode()).decode()
    good = [json.dumps({"id": name, "text": REPORT, "content_base64": page}).encode() for name in "ab"]
    done = subprocess.run(
        [ZHENGFA, command, "--jsonl"], input=b"\n".join((good[0], bad, good[1])), capture_output=True, check=False
    )
    first, answer, last = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], answer["id"], last["id"]) == ("a", identity, "b")
    assert answer["kind"] == "unreadable"
    assert (done.returncode, done.stderr) == (1, b"")
    if command == "extract":
        assert answer["why"].startswith(why)
        assert (answer["observations"], bool(last["observations"])) == ([], True)


def test_a_broken_card_does_not_hide_the_others(home: Home) -> None:
    broken_card(home)
    said = " ".join(zhengfa("doctor").stdout.split())
    assert "不能用 1 张" in said  # one card with two faults
    assert "62-zfw.toml" in said


def test_a_run_says_which_cards_it_had_to_leave_out(home: Home) -> None:
    broken_card(home)
    ran = zhengfa("ingest")
    assert "1 张卡片不能用(62-zfw): 原因见 `zhengfa sources check`" in ran.stdout, ran.stderr


def test_doctor_misses_a_record_that_cannot_be_reached(home: Home) -> None:
    home.settings_file.write_text(f'database_url = "postgresql://nobody@127.0.0.1:{free_port()}/none"\n')
    said = " ".join(zhengfa("doctor").stdout.split())
    assert "缺: 能用的数据库: 无法连接 postgresql+psycopg://nobody@127.0.0.1:" in said


@pytest.mark.parametrize("below", ["", "home"])
def test_a_home_that_is_no_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    (tmp_path / "report.docx").write_bytes(b"PK")
    monkeypatch.setenv("ZHENGFA_HOME", str(tmp_path / "report.docx" / below))
    done = zhengfa("init")
    said = "".join(done.stderr.split())
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "不能用作数据目录" in said
    assert "ZHENGFA_HOME" in said
