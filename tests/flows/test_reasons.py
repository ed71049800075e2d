"""Reasons are said in one language: every sentence that scrapers write has its Chinese, every label its English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from alerts.channels import dingtalk, feishu, wecom
from alerts.channels.robot import Platform
from flows.ingest.report import SourceTally
from flows.reasons import in_words
from scrapers.documents import Reason, Unread
from scrapers.web import outcomes

ROOT = Path(__file__).parents[2]
# What takes a sentence for people, and at which place.
SAYERS = {"NotArticle": 2, "Sign": 1, "_blocked": 2, "_wrong_type": 1, "_note": 0, "NotAFeedError": 0, "Undecoded": 0,
          "_moved": 2, "TooMuchError": 1, "ConnectError": 0, "ConnectTimeout": 0, "ForbiddenAddressError": 0,
          "Retry": 0, "Refused": 0, "Verdict": 2, "_by_code": 1}  # fmt: skip
FOLDERS = (
    "scrapers/web",
    "scrapers/pages",
    "scrapers/pages/families",
    "scrapers/discovery",
    "flows/ingest",
    "alerts/channels",
    "alerts",
)
# Sentences that only a programmer's mistake brings about.
NEVER = {"unix socket 7"}


def sentences() -> Iterator[str]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from map(_text, _said(node))
                elif (
                    isinstance(node, ast.Return) and path.name in {"probe.py", "failures.py"} and node.value is not None
                ):
                    yield _text(node.value)


def _said(call: ast.Call) -> Iterator[ast.expr]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in SAYERS and len(call.args) > SAYERS[name]:
        yield call.args[SAYERS[name]]
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "detail")


def _text(node: ast.expr) -> str:
    """A sentence with 7 for whatever is put into it; empty for what is no sentence."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return ""


SENTENCES = sorted({text for text in sentences() if " " in text.strip()} - NEVER)


def test_there_are_sentences() -> None:
    assert len(SENTENCES) > 40


NOTES = [
    "7 figures where 40 are usual",
    "outside 0 … 100",
    "larger than 受理案件, of which it is a part",
    "办结 over 受理 gives another rate",
    "the stated change leads back to 100, the base in the same text is 90",
    "the stated change leads back to 100, the base as stored is 90",
    "10000 times the latest points; a stated change supports it",
    "10000 times the latest points; no stated change supports it",
    "its source 'x' has no card any more",
    "no page is among its snapshots",
    "no figure, and no word of what was linked: 提示",
    "apprise does not know such an address",
]


@pytest.mark.parametrize("note", NOTES)
def test_every_note_of_a_check_has_its_chinese(note: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    assert not re.search(r"[a-z]{2,}", in_words(note).replace("apprise", ""))
    assert in_words(in_words(note)) == in_words(note)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_has_its_chinese(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    said = in_words(sentence)
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", re.sub(r"`[^`]*`", "", said)), said
    assert in_words(said) == said
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert in_words(sentence) == sentence


@pytest.mark.parametrize("platform", [dingtalk.PLATFORM, feishu.PLATFORM, wecom.PLATFORM])
def test_every_code_of_a_robot_has_its_chinese(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    hints = {hint for _, hint in platform.codes.values()} | {"unknown code", "too many requests"}
    said = {in_words(f"310000 ({hint}): errmsg") for hint in hints}
    assert not [words for words in said if re.search(r"\([a-z]+ [a-z]", words)]


@pytest.mark.parametrize(
    ("answer", "chinese", "english"),
    [
        ("HTTP 401 who?", "HTTP 401 (密钥或口令未被接受) who?", "HTTP 401 (key or password not accepted) who?"),
        ("HTTP 500 boom", "HTTP 500 boom", "HTTP 500 boom"),
        (
            "no session: the host's name is not found (Name or service not known)",
            "没有连上邮件服务器: 域名无法解析 (没有这个域名)",
            "no session: the host's name is not found (Name or service not known)",
        ),
        ("535 login not accepted: bad password", "535 登录未被接受: bad password", "535 login not accepted: bad password"),
        ("taken for reader 1 of 2; reader 2 refused: 550 no", "第 1 位收件人(共 2 位)已收下;", ""),
    ],
)  # fmt: skip
def test_what_a_receiver_answered(answer: str, chinese: str, english: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        monkeypatch.setenv("ZHENGFA_LANGUAGE", language)
        assert in_words(answer).startswith(said)
        assert in_words(in_words(answer)) == in_words(answer)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_of_a_document_has_its_chinese(reason: Reason, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "zh")
    assert in_words(f"附表.doc: {Unread(reason)}").startswith("附表.doc: 未读: ")


@pytest.mark.parametrize("kind", get_args(outcomes.Outcome))
def test_every_label_has_its_english(kind: type[outcomes.Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", "en")
    assert in_words(f"http://x/: {kind.label}: status 500").isascii()
    assert in_words(kind.label).isascii()


@pytest.mark.parametrize(
    ("language", "note", "said"),
    [
        ("zh", "http://x/1: 超时: no read within 30 s", "http://x/1: 超时: 30 秒内无应答"),
        ("zh", "无法连接: status 503; a browser is told the same", "无法连接: 状态码 503;浏览器所得也一样"),
        ("zh", "虚构报告: is mostly links and has no article", "虚构报告: 多半是链接,没有正文"),
        ("zh", "页面标志缺失: none of the landmarks is there: 政法", "页面标志缺失: 标志一个也没有: 政法"),
        ("en", "http://x/1: 被拦截: status 403", "http://x/1: blocked: status 403"),
        ("en", "关于网页超时的报告: is mostly links and has no article", "关于网页超时的报告: is mostly links and has no article"),
    ],
)  # fmt: skip
def test_a_note_is_said_in_one_language(language: str, note: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGFA_LANGUAGE", language)
    assert in_words(note) == said
    assert SourceTally("62-x", "虚构", notes=[note]).row()[-1] == said
