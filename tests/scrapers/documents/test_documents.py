from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.documents import Document, Limits, Reason, Unread, read_document
from scrapers.documents import reading as reading_module
from scrapers.documents.kinds import kind_of
from scrapers.documents.lines import paragraphs_of
from scrapers.documents.radicals import folded
from scrapers.documents.sheets import read_sheets
from scrapers.documents.word import read_doc
from scrapers.documents.worker import read
from tests.replicas.sites.pdf import pdf_of, scanned_pdf

TABLE = (("项目", "件数", "同比"), ("立案", "9.1万起", "-5.2%"))
LINES = (
    "某某省2025年工作情况（虚构）",
    "　　全年立刑事案件9.1万起，同比下降5.2%；破获刑事案件",
    "6.5万起，同比上升4.8%。",
    "- 1 -",
)


def word(*, merged: bool = False) -> bytes:
    file = docx.Document()
    file.add_paragraph("【虚构】全年受理案件81.27万件。")
    table = file.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("项目", "件数"), ("受理", "81.27万件")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if merged:
        table.cell(0, 0).merge(table.cell(0, 1))
    file.add_paragraph("表后的一段。")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def workbook() -> bytes:
    """A minimal .xlsx written by hand: one sheet with numbers, a fraction and text."""
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>件数</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>受理</t></is></c><c r="B2"><v>86310</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>结案率</t></is></c><c r="B3"><v>94.490000000000009</v></c></row>'
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


def test_a_pdf_gives_text_and_tables_once_and_in_order() -> None:
    found = read_document(pdf_of([LINES, ("　　第二页的话。",)], TABLE))
    assert isinstance(found, Document)
    assert found.text.split("\n") == [
        "某某省2025年工作情况（虚构）",
        "全年立刑事案件9.1万起，同比下降5.2%；破获刑事案件6.5万起，同比上升4.8%。",
        "项目\t件数\t同比",
        "立案\t9.1万起\t-5.2%",
        "第二页的话。",
    ]
    assert found.tables == (TABLE,)
    assert (found.kind, found.pages, found.partial) == ("pdf", 2, False)


def test_radicals_that_look_like_characters_are_folded() -> None:
    content = pdf_of([("長八工作报告全文如下所示",)], radicals={"長": "⻓", "八": "⼋", "工": "⼯"})
    found = read(content, "pdf", Limits())
    assert isinstance(found, Document)
    assert found.text == "长八工作报告全文如下所示"


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_full_width_digits_stay_as_printed() -> None:
    assert folded("９８．２３％") == "９８．２３％"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (scanned_pdf(), Reason.NO_TEXT_LAYER),
        (b"%PDF-1.4 and nothing more", Reason.BROKEN),
        (b"<!DOCTYPE html><html><body>404</body></html>", Reason.NOT_A_DOCUMENT),
        (b"plain words", Reason.UNKNOWN_KIND),
        (b"Rar!\x1a\x07", Reason.UNSUPPORTED),
        (b"", Reason.UNKNOWN_KIND),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: Reason) -> None:
    found = read_document(content, "附件.pdf")
    assert isinstance(found, Unread)
    assert found.reason is reason
    assert str(found).startswith(f"unread: {reason.value}")


def test_a_page_without_text_makes_a_pdf_partial() -> None:
    found = read(pdf_of([LINES, ()]), "pdf", Limits())
    assert isinstance(found, Document)
    assert found.partial


def test_too_many_pages_are_cut_and_said() -> None:
    found = read(pdf_of([LINES, LINES, LINES]), "pdf", Limits(pages=2))
    assert isinstance(found, Document)
    assert (found.pages, found.partial) == (2, True)


def test_word_keeps_order_and_a_merged_cell_stands_once() -> None:
    found = read_document(word(merged=True), "报告.docx")
    assert isinstance(found, Document)
    assert found.text.split("\n") == [
        "【虚构】全年受理案件81.27万件。",
        "项目 件数\t",
        "受理\t81.27万件",
        "表后的一段。",
    ]


def test_an_empty_word_file_says_so() -> None:
    out = BytesIO()
    docx.Document().save(out)
    assert read(out.getvalue(), "docx", Limits()) == Unread(Reason.EMPTY)


def test_a_workbook_prints_its_numbers() -> None:
    found = read_document(workbook(), "附表.xlsx")
    assert isinstance(found, Document)
    assert found.tables == ((("项目", "件数"), ("受理", "86310"), ("结案率", "94.49")),)
    assert isinstance(read_sheets(b"PK\x03\x04broken", Limits(), "xlsx"), Unread)


def test_kinds_are_told_by_bytes_not_by_names() -> None:
    assert kind_of(word(), "x.pdf") == "docx"
    assert kind_of(workbook(), "x.doc") == "xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert kind_of(ole + "WordDocument".encode("utf-16-le")) == "doc"
    assert kind_of(ole + "Workbook".encode("utf-16-le")) == "xls"
    assert kind_of(ole, "a.DOC") == "doc"
    assert kind_of(b"PK\x03\x04 no zip") == ""


def test_an_old_word_file_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    found = read_doc(b"\xd0\xcf\x11\xe0", Limits())
    assert isinstance(found, Unread)
    assert found.reason is Reason.NO_CONVERTER


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_old_word_file_is_converted(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "a.docx").write_bytes(word())
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
            "--headless",
            "--convert-to",
            "doc",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.docx"),
        ],
        check=True,
        capture_output=True,
    )
    found = read_document((tmp_path / "a.doc").read_bytes(), "a.doc")
    assert isinstance(found, Document)
    assert "受理\t81.27万件" in found.text


def test_limits_of_size_time_and_memory_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    too_large = read_document(pdf_of([LINES]), limits=Limits(size=100))
    assert isinstance(too_large, Unread)
    assert too_large.reason is Reason.TOO_LARGE
    little = read_document(pdf_of([LINES]), limits=Limits(memory=40 * 1024 * 1024))
    assert isinstance(little, Unread)
    monkeypatch.setattr(reading_module, "_START", "import time; time.sleep(60) # {root}{kind}{limits}")
    monkeypatch.setattr(reading_module, "_GRACE", 0.2)
    slow = read_document(pdf_of([LINES]), limits=Limits(seconds=0.1))
    assert isinstance(slow, Unread)
    assert slow.reason is Reason.TIMED_OUT


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("　　全年受理各类案件一百余万件，同比有所", "下降。"), ["全年受理各类案件一百余万件，同比有所下降。"]),
        (("　　全年受理各类案件81.2", "7万件，同比上升。"), ["全年受理各类案件81.27万件，同比上升。"]),
        (
            ("一、过去一年的工作", "　　全年平稳向好，各项工作都有所进步。"),
            ["一、过去一年的工作", "全年平稳向好，各项工作都有所进步。"],
        ),
        (("标题", "第一段到此为止没有别的话。", "第3页 共10页"), ["标题", "第一段到此为止没有别的话。"]),
        (("— 12 —", "3", "正文"), ["正文"]),
        ((), []),
    ],
)
def test_printed_lines_become_paragraphs(lines: tuple[str, ...], expected: list[str]) -> None:
    assert paragraphs_of(lines) == expected
