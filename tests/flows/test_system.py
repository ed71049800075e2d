"""What the machine refuses is told in the user's language, without a traceback."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from flows.home import Home
from flows.system import is_outside, why
from tests.flows.conftest import Zhengfa


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读,不能写入"), (errno.ENOENT, "没有这个文件或文件夹")],
)
def test_why_the_system_refused(home: Home, monkeypatch: pytest.MonkeyPatch, number: int, chinese: str) -> None:
    error = OSError(number, os.strerror(number))
    assert why(error) == chinese
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert why(error) == os.strerror(number)
    assert is_outside(error) == (number != errno.ENOENT)
    assert why(OSError("no number")) == "no number"


def test_a_full_disk_is_no_fault_of_ours(home: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/serve.lock")

    monkeypatch.setattr("flows.serving.serve", full)
    zhengfa("serve").is_a_mistake("/data/serve.lock: 磁盘已满", "检查磁盘和权限后再运行")


def test_another_fault_of_the_system_keeps_its_traceback(
    home: Home, zhengfa: Zhengfa, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: object, **__: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "gone", "x")

    monkeypatch.setattr("flows.serving.serve", odd)
    with pytest.raises(FileNotFoundError):
        zhengfa("serve")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("read", "none.html"), "none.html: 读不了 (没有这个文件或文件夹)"),
        (("read", "."), ".: 读不了 (是文件夹)"),
        (("read", "ftp://example.org/x"), "ftp://example.org/x: 只抓取 http 和 https"),
        (("read", "http://"), "http:// 不是网址"),
        (("receivers", "test", "desk"), "没有接收方 'desk'(已有:无)"),
    ],
)
def test_nothing_english_in_a_chinese_sentence(home: Home, zhengfa: Zhengfa, words: tuple[str, ...], says: str) -> None:
    zhengfa(*words).is_a_mistake(says)


def test_bytes_of_no_kind_and_a_body_that_is_none(home: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    odd = tmp_path / "odd.pdf"
    odd.write_bytes(bytes(range(128, 256)) * 9)
    zhengfa("read", odd).is_a_mistake("既不是文本,也不是认得的文件", "写出文本、HTML、PDF 或 Word 文件")
    text = tmp_path / "a.txt"
    text.write_text("全省法院受理案件3万件。", encoding="utf-8")
    zhengfa("read", text, "--body", "法庭").is_a_mistake("--body '法庭' 不是机关", "用其中之一: 政法委、法院")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a place where nobody can write")
def test_a_backup_that_cannot_be_written(record: Home, zhengfa: Zhengfa) -> None:
    zhengfa("db", "backup", "/proc/record.db").is_a_mistake("/proc/record.db 无法写入")


def test_a_backup_that_is_none_is_named_itself(home: Home, zhengfa: Zhengfa, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("no database at all, only words in a file", encoding="utf-8")
    zhengfa("db", "restore", text).is_a_mistake(f"{text} 不是完好的数据库")
