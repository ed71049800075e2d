"""Import, article, reread, review, verify and db: the record written and kept by hand."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from sqlalchemy import text

from flows.alone import alone
from flows.home import Home
from storage.fetching import remember_fetch
from storage.inputs import FetchInput
from storage.runs import drop_lease, take_lease
from storage.store import open_store
from storage.vocabulary import Outcome
from tests.alerts.servers import HttpReceiver
from tests.conftest import ROOT
from tests.flows.conftest import Zhengfa, page_of, write_cards
from tests.replicas.demo import LATER, PDF, DemoReport

pytestmark = pytest.mark.timeout(120)

PUBLISHED = datetime(2024, 1, 17, tzinfo=UTC)
GANSU = LATER[0].of_year(2023)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "report.html"
    file.write_bytes(page_of(GANSU, PUBLISHED))
    return file


def figures(zhengfa: Zhengfa, url: str = "") -> list[dict[str, str]]:
    rows = zhengfa("export", "observations", "--format", "jsonl").lines
    return [row for row in rows if url in row["url"]]


# --- import ---------------------------------------------------------------------------------------------------------


def test_a_saved_page_goes_the_way_of_a_fetched_one_and_is_history(home: Home, zhengfa: Zhengfa, page: Path) -> None:
    write_cards(home.sources)
    ran = zhengfa("import", page, "--source", "62-zfw")
    assert ran.code == 0, ran.err
    assert "新文档 1" in ran.out
    assert "2024-01-17" in ran.out
    assert "7" in ran.out
    assert {row["url"].partition("/62/")[0] for row in figures(zhengfa)} == {"http://www.example.org"}
    assert zhengfa("alerts", "list", "--json").json == []
    assert zhengfa("alerts", "list", "--state", "baseline", "--json").json
    assert "已有,未变 1" in zhengfa("import", page, "--source", "62-zfw").out


def test_snapshots_lie_where_the_settings_say(
    home: Home, zhengfa: Zhengfa, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_cards(home.sources)
    monkeypatch.setenv("ZHENGFA_SNAPSHOTS_URL", (tmp_path / "elsewhere").as_uri())
    assert zhengfa("import", page, "--source", "62-zfw").code == 0
    assert len(list((tmp_path / "elsewhere").rglob("*.z"))) == 1
    assert not list(home.snapshots.iterdir())
    assert "数据库完好" in zhengfa("verify").out
    monkeypatch.setenv("ZHENGFA_SNAPSHOTS_URL", "nowhere://bucket")
    zhengfa("verify").is_a_mistake("快照不能放在 nowhere://bucket")


def test_what_is_imported_today_is_history_too(home: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    write_cards(home.sources)
    today = datetime.now(UTC)
    file = tmp_path / "today.html"
    file.write_bytes(page_of(LATER[0].of_year(today.year - 1), today))
    assert zhengfa("import", file, "--source", "62-zfw").code == 0
    assert zhengfa("alerts", "list", "--json").json == []
    assert zhengfa("alerts", "list", "--state", "baseline", "--json").json


def test_the_user_may_say_where_and_when_it_stood(home: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    write_cards(home.sources)
    file = tmp_path / "report.html"
    file.write_text(
        "<html><head><title>全省政法工作综述(虚构)</title></head><body><h1>全省政法工作综述(虚构)</h1>"
        "<div><p>全年,全省排查调处矛盾纠纷30.2万件,同比增长14.1%,本段文字均为虚构示例,仅供测试使用。</p></div></body></html>"
    )
    ran = zhengfa("import", file, "--source", "62-zfw", "--url", "http://x.example/1.html", "--published", "2022-01-20")
    assert ran.code == 0, ran.err
    (row,) = figures(zhengfa)
    assert (row["url"], row["published"], row["period"]) == ("http://x.example/1.html", "2022-01-20", "2021")


def test_two_files_of_one_name_are_two_publications(home: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    write_cards(home.sources)
    files = [tmp_path / year / "report.docx" for year in ("2021", "2022")]
    for file in files:
        report = docx.Document()
        for paragraph in (f"{file.parent.name}年全省政法工作综述(虚构)", *GANSU.paragraphs):
            report.add_paragraph(paragraph.replace("2022", file.parent.name))
        file.parent.mkdir()
        report.save(str(file))
    ran = zhengfa("import", *files, "--source", "62-zfw")
    assert ran.code == 0, ran.err
    assert ran.out.count("新文档") == 2
    assert "report.docx 没有写明出处,以内容为址 saved:" in ran.out
    addresses = {row["url"] for row in figures(zhengfa)}
    assert addresses == {f"saved:{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}/report.docx" for file in files}
    again = zhengfa("import", files[0], "--source", "62-zfw").out
    assert "已有,未变 1" in again


def test_what_is_no_article_is_refused_and_the_others_come_in(
    home: Home, zhengfa: Zhengfa, page: Path, tmp_path: Path
) -> None:
    write_cards(home.sources)
    (tmp_path / "login.html").write_text("<html><title>登录</title><input type=password></html>")
    (tmp_path / "annex.pdf").write_bytes(PDF)
    (tmp_path / "report.txt").write_text("2022年,全省排查调处矛盾纠纷30.2万件(虚构)。")
    report = docx.Document()
    for paragraph in ("2022年全省政法工作综述(虚构)", *GANSU.paragraphs):
        report.add_paragraph(paragraph)
    report.save(str(tmp_path / "report.docx"))
    files = [tmp_path / "report.txt", tmp_path / "login.html", tmp_path / "annex.pdf", tmp_path / "report.docx", page]
    ran = zhengfa("import", *files, "--source", "62-zfw")
    assert ran.code == 1
    assert "不是一篇报告: 要密码" in ran.out
    assert "标题之外没有文字" in ran.out
    assert "纯文本不能导入" in ran.out
    assert ran.out.count("未入库") == 3
    assert ran.out.count("新文档") + ran.out.count("新版本") == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nothing.html", "--source", "62-zfw"), "没有这个文件"),
        (("{empty}", "--source", "62-zfw"), "是空文件"),
        (("{page}", "--source", "nope"), "没有来源 'nope'"),
        (("{page}", "--source", "62-zfw", "--published", "yesterday"), "不是日期"),
        (("{page}", "--source", "62-zfw", "--url", "somewhere"), "不是网址"),
        (("{page}", "{page}", "--source", "62-zfw", "--url", "http://x.example/"), "一个文件的地址"),
    ],
)
def test_a_mistake_stores_nothing(
    home: Home, zhengfa: Zhengfa, page: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    write_cards(home.sources)
    (tmp_path / "empty.html").touch()
    ran = zhengfa("import", *(word.format(page=page, empty=tmp_path / "empty.html") for word in words))
    assert ran.code == 2
    assert says in ran.err
    assert not list(home.snapshots.iterdir())


# --- article --------------------------------------------------------------------------------------------------------


def record(number: int, content: bytes, url: str = "http://www.example.org/a/t20240117_1.html") -> bytes:
    encoded = base64.b64encode(content).decode()
    return json.dumps({"id": number, "url": url, "content_base64": encoded, "content_type": "text/html"}).encode()


def test_articles_are_answered_in_order(home: Home, zhengfa: Zhengfa) -> None:
    stdin = b"\n".join((record(1, page_of(GANSU, PUBLISHED)), b"", record(2, b"<html></html>"), record(3, PDF)))
    one, two, three = zhengfa("article", "--jsonl", stdin=stdin).lines
    keys = {"id", "family", "title", "published", "source", "body", "tables", "attachments", "links"}
    assert set(one) == keys
    assert (one["id"], one["title"]) == (1, GANSU.title)
    assert one["published"].startswith("2024-01-17")
    assert list(GANSU.paragraphs) == one["body"]
    assert (two["id"], two["title"]) == (2, None)
    assert two["why"]
    assert three["body"] or three["title"]


@pytest.mark.parametrize("line", [b"x", b"[]", b'{"id":1}', b'{"id":1,"text":7}'])
def test_a_line_that_is_no_record_is_named(home: Home, zhengfa: Zhengfa, line: bytes) -> None:
    ran = zhengfa("extract", "--jsonl", stdin=line + b"\n")
    assert ran.code == 1
    assert "line 1" in ran.lines[0]["why"]


# --- reread ---------------------------------------------------------------------------------------------------------


def test_today_s_versions_have_nothing_to_read_again(record: Home, zhengfa: Zhengfa) -> None:
    assert "不需要重读" in zhengfa("reread").out


def test_rereading_shows_then_writes_then_has_nothing_left(
    record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.ingest.parse.READER_VERSION", "next")
    monkeypatch.setattr("flows.ingest.mapping.READER_VERSION", "next")
    before = zhengfa("export", "observations", "--format", "jsonl").lines
    dry = zhengfa("reread", "--dry-run", "--processes", "1")
    assert dry.code == 0
    assert "8 份文档,0 份数字有变,0 份读不了" in dry.out
    assert "什么也没有写入" in dry.out
    assert "8 份文档,0 份数字有变" in zhengfa("reread", "--processes", "1").out
    assert "不需要重读" in zhengfa("reread").out
    after = zhengfa("export", "observations", "--format", "jsonl").lines
    assert {row.pop("reader_version") for row in after} == {"next"}
    for row in before:
        row.pop("reader_version")
    assert after == before


def test_a_source_narrows_what_is_read_again(record: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.ingest.parse.READER_VERSION", "next")
    monkeypatch.setattr("flows.ingest.mapping.READER_VERSION", "next")
    assert "2 份文档" in zhengfa("reread", "--dry-run", "--source", "62-zfw", "--processes", "1").out
    assert zhengfa("reread", "--source", "nope").code == 2


def read_by_an_earlier_reader(home: Home) -> None:
    with open_store(home.database) as store, store.write() as session:
        session.connection().execute(text("UPDATE edition SET reader_version = 'earlier'"))


def read_again(home: Home) -> int:
    with open_store(home.database) as store, store.read() as session:
        found = session.connection().execute(text("SELECT count(*) FROM edition WHERE reader_version <> 'earlier'"))
        return int(found.scalar_one())


def test_killed_while_rereading_the_next_goes_on_at_once(record: Home, zhengfa: Zhengfa) -> None:
    read_by_an_earlier_reader(record)
    before = zhengfa("export", "observations").out
    command = [sys.executable, "-c", "from flows.command.main import main; main()", "reread", "--processes", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reader:
        deadline = time.monotonic() + 60
        while not read_again(record) and time.monotonic() < deadline:
            time.sleep(0.01)
        reader.kill()
    done = read_again(record)
    assert 0 < done < 8
    # Its lease is still there; a process that is no more holds nothing.
    ran = zhengfa("reread", "--processes", "1")
    assert ran.code == 0, ran.err
    assert f"{8 - done} 份文档,0 份数字有变" in ran.out
    assert read_again(record) == 8
    assert "不需要重读" in zhengfa("reread").out
    assert "数据库完好" in zhengfa("verify").out
    now = {line.rpartition(",")[0] for line in zhengfa("export", "observations").out.splitlines()}
    assert now == {line.rpartition(",")[0] for line in before.splitlines()}


def test_two_rereads_do_not_fight(record: Home, zhengfa: Zhengfa) -> None:
    read_by_an_earlier_reader(record)
    with open_store(record.database) as store:
        with alone(store, "reread"):
            zhengfa("reread").is_a_mistake(f"上的进程 {os.getpid()})", "等它结束")
            assert "8 份文档" in zhengfa("reread", "--dry-run", "--processes", "1").out
        with store.write() as session:
            take_lease(session, "reread", owner="elsewhere 7", now=datetime.now(UTC), lasts=timedelta(minutes=1))
        zhengfa("reread").is_a_mistake("另有一个 reread 在运行(elsewhere 上的进程 7)", "三分钟内让出")
        with store.write() as session:
            drop_lease(session, "reread", owner="elsewhere 7")
    assert "8 份文档" in zhengfa("reread", "--processes", "1").out


# --- review ---------------------------------------------------------------------------------------------------------


def number_of(zhengfa: Zhengfa, words: str) -> str:
    documents = [one["document"]["id"] for one in zhengfa("show", "new", "--json").json]
    stories = [zhengfa("show", "document", str(number), "--json").json for number in dict.fromkeys(documents)]
    found = [figure["id"] for story in stories for figure in story["figures"] if words in figure["subject"]]
    return str(max(found))


def test_a_decision_is_kept_and_the_rules_look_again(
    record: Home, zhengfa: Zhengfa, hook: HttpReceiver, year: int
) -> None:
    figure = number_of(zhengfa, "诉前调解成功")
    ran = zhengfa("review", "correct", figure, "5.69万", "--note", "万字错位", "--reviewer", "王")
    assert ran.code == 0, ran.err
    assert "已更正为 5.69万" in ran.out
    values = {
        row["period"]: row["value"]
        for row in zhengfa("export", "series", "--format", "jsonl", "--indicator", "诉前调解成功").lines
    }
    assert values[str(year)] == "56900"
    listed = zhengfa("review", "corrections").out
    assert "万字错位" in listed
    assert "王" in listed
    assert zhengfa("review", "withdraw", "1").code == 0
    assert zhengfa("review", "corrections").out == "没有生效的决定\n"


def test_a_rejected_figure_leaves_its_series(record: Home, zhengfa: Zhengfa, year: int) -> None:
    assert zhengfa("review", "reject", number_of(zhengfa, "批准逮捕")).code == 0
    rows = zhengfa("export", "series", "--format", "jsonl", "--indicator", "批准逮捕").lines
    assert [row["period"] for row in rows] == [str(year - 1)]


def test_a_doubtful_figure_waits_with_its_sentence(home: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    write_cards(home.sources)
    earlier = DemoReport("62", "{year}年全省政法工作综述(虚构)", ("{year}年,全省排查调处矛盾纠纷38.2万件。",))
    later = DemoReport("62", "{year}年全省政法工作综述(虚构)", ("{year}年,全省排查调处矛盾纠纷38.9亿件。",))
    for number, (report, covers) in enumerate(((earlier, 2021), (earlier, 2022), (later, 2023))):
        file = tmp_path / f"{number}.html"
        file.write_bytes(page_of(report.of_year(covers), datetime(covers + 1, 1, 17, tzinfo=UTC)))
        assert zhengfa("import", file, "--source", "62-zfw").code == 0
    ran = zhengfa("review", "list")
    assert "1 个数字待复核" in ran.out
    assert "数量级可疑" in ran.out
    assert "38.9亿件" in ran.out
    (held,) = zhengfa("review", "list", "--json").json
    assert zhengfa("review", "accept", str(held["observation_id"])).code == 0
    assert zhengfa("review", "list").out == "没有待复核的数字\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("review", "accept", "999999"), "数字 999999 不存在"),
        (("review", "accept", "1"), "数字 1 不在待复核之列"),
        (("review", "correct", "1", "many"), "数值 'many' 不是数"),
        (("review", "withdraw", "999999"), "更正 999999 不存在"),
    ],
)
def test_a_wrong_decision_is_told(record: Home, zhengfa: Zhengfa, words: tuple[str, ...], says: str) -> None:
    zhengfa(*words).is_a_mistake(says)


# --- verify and db ----------------------------------------------------------------------------------------------------


def test_a_sound_record_verifies_and_damage_is_found(record: Home, zhengfa: Zhengfa) -> None:
    sound = zhengfa("verify")
    assert sound.code == 0, sound.out
    assert "数据库完好" in sound.out
    (record.snapshots / "ab.z.1.part").write_bytes(b"half")
    next(record.snapshots.rglob("*.z")).write_bytes(b"damaged")
    damaged = zhengfa("verify")
    assert damaged.code == 1
    assert "快照损坏" in damaged.out
    assert "--repair" in damaged.out
    repaired = zhengfa("verify", "--repair")
    assert repaired.code == 1
    assert "已修复" in repaired.out
    assert "残留文件" not in zhengfa("verify").out


def test_a_backup_comes_back_whole(record: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    before = zhengfa("export", "observations").out
    file = tmp_path / "backup.db"
    assert zhengfa("db", "backup", file).code == 0
    again = zhengfa("db", "backup", file)
    assert again.code == 2
    assert "已存在" in again.err
    full = zhengfa("db", "restore", file)
    assert full.code == 2
    assert "不是空的" in full.err
    record.database.unlink()
    for end in ("-wal", "-shm"):
        record.database.with_name(record.database.name + end).unlink(missing_ok=True)
    restored = zhengfa("db", "restore", file)
    assert restored.code == 0, restored.err
    assert "observation" in restored.out
    assert zhengfa("export", "observations").out == before


def test_the_log_of_requests_is_thinned_and_nothing_else(record: Home, zhengfa: Zhengfa) -> None:
    with open_store(record.database) as store, store.write() as session:
        for days in range(200):
            at = datetime.now(UTC) - timedelta(days=days)
            fetch = FetchInput(url="http://www.example.org/62/list.html", kind="list", outcome=Outcome.NOT_MODIFIED)
            remember_fetch(session, fetch, now=at)
    before = zhengfa("export", "observations").out
    assert "110 行" in zhengfa("db", "thin").out
    assert "60 行" in zhengfa("db", "thin", "--older-than", "30d").out
    assert " 0 行" in zhengfa("db", "thin", "--older-than", "30d").out
    zhengfa("db", "thin", "--older-than", "soon").is_a_mistake("不是时长", "7d")
    assert zhengfa("export", "observations").out == before
    assert "数据库完好" in zhengfa("verify").out


def test_a_copy_holds_every_row(
    record: Home, zhengfa: Zhengfa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = zhengfa("export", "observations").out
    copied = zhengfa("db", "copy", tmp_path / "copy.db")
    assert copied.code == 0, copied.err
    monkeypatch.setenv("ZHENGFA_DATABASE_URL", f"sqlite:///{tmp_path / 'copy.db'}")
    assert zhengfa("export", "observations").out == before
    assert zhengfa("db", "copy", "mysql://x/y").code == 2
    assert "文档版本" in zhengfa("db", "upgrade").out
