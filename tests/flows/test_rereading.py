"""A publication read again from its kept bytes gives what it gave when it was fetched or imported."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import docx
import pytest

from flows import rereading
from flows.home import Home
from flows.rereading import read_again
from storage.inputs import CaptureInput, CapturePartInput, DocumentInput, EditionInput
from storage.reread import Archived
from storage.vocabulary import Origin
from tests.flows.conftest import page_of, write_cards
from tests.replicas.demo import LATER

URL = "http://www.example.org/62/1.html"
UNDATED = (
    "<html><head><title>全省政法工作综述(虚构)</title></head><body><h1>全省政法工作综述(虚构)</h1>"
    "<div><p>全年,全省排查调处矛盾纠纷30.2万件,同比增长14.1%,本段文字均为虚构示例,仅供测试使用。</p></div></body></html>"
).encode()


@pytest.fixture(autouse=True)
def cards(home: Home) -> Iterator[None]:
    write_cards(home.sources)
    rereading._cards.cache_clear()
    yield
    rereading._cards.cache_clear()


def archived(*pages: bytes, attachments: tuple[bytes, ...] = (), source: str = "62-zfw") -> Archived:
    parts = [CapturePartInput(sha256=hashlib.sha256(page).hexdigest(), url=URL) for page in pages]
    for number, content in enumerate(attachments):
        address = f"http://www.example.org/62/{number}.docx"
        parts.append(CapturePartInput(sha256=hashlib.sha256(content).hexdigest(), role="attachment", url=address))
    return Archived(
        DocumentInput(url=URL, source_id=source, title="虚构", published=date(2022, 1, 20)),
        CaptureInput(parts=tuple(parts), captured_at=datetime(2022, 1, 21, tzinfo=UTC)),
        (*pages, *attachments),
    )


def word(text: str) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def test_the_text_holds_the_attachments_in_order() -> None:
    page = page_of(LATER[0].of_year(2021), datetime(2022, 1, 20, tzinfo=UTC))
    edition = read_again(archived(page, attachments=(word("附表一,虚构内容。"), b"broken", word("附表三,虚构内容。"))))
    assert isinstance(edition, EditionInput)
    assert edition.origin is Origin.REREAD
    assert "【附件1】\n附表一,虚构内容。" in edition.text
    assert "【附件3】\n附表三,虚构内容。" in edition.text
    assert len(edition.observations) == 7


def test_a_page_without_a_date_keeps_the_one_it_was_given() -> None:
    edition = read_again(archived(UNDATED))
    assert isinstance(edition, EditionInput)
    assert edition.document.published == date(2022, 1, 20)
    (figure,) = edition.observations
    assert figure.period_first == 2021 * 12


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (archived(UNDATED, source="gone"), "has no card any more"),
        (archived(b"<html></html>"), "no article"),
        (archived(attachments=(b"x",)), "no page is among its snapshots"),
    ],
)
def test_what_cannot_be_read_says_why(given: Archived, why: str) -> None:
    reason = read_again(given)
    assert isinstance(reason, str)
    assert why in reason
