"""OFD packages made by hand (GB/T 33190), and WPS files, which are Word's and Excel's under another name."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.documents import Document, Limits, Reason, Unread, read_document
from scrapers.documents import ofd as ofd_module
from scrapers.documents.kinds import kind_of
from scrapers.documents.worker import read

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TITLE = "某某省法治政府建设年度报告（虚构）"
FIRST = "全年办理行政复议案件12,345件，同比上升8.9%，其中化解争议"
SECOND = "4,321件。"


def run(text: str, left: float, top: float, *, size: float = 4.0, more: str = "", delta: str | None = None) -> str:
    steps = delta if delta is not None else f"g {len(text) - 1} {size}"
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {top} {len(text) * size} {size}" Font="3" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def package(*pages: str, root: str = "Doc_0/Document.xml", **extra: str) -> bytes:
    places = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:Pages>{places}</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | {name.replace("__", "/"): text for name, text in extra.items()}).items():
            archive.writestr(name, text if text.startswith("<?") else f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


PAGE = (
    run(TITLE, 60, 20)
    + run(SECOND, 20, 52)
    + run(FIRST, 28, 44)
    + run("第二段从这里开始，讲另一件事。", 28, 60)
    + run("项目", 20, 80)
    + run("件数", 80, 80)
    + run("调解", 20, 88)
    + run("⼋千件", 80, 88)
)


def test_lines_paragraphs_and_rows_in_reading_order() -> None:
    found = read_document(package(PAGE, run("后一页的话。", 20, 20)))
    assert isinstance(found, Document)
    assert (found.kind, found.pages, found.partial) == ("ofd", 2, False)
    assert found.text.split("\n") == [
        TITLE, FIRST + SECOND, "第二段从这里开始，讲另一件事。", "项目\t件数", "调解\t八千件", "后一页的话。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        package(run("全年办理12", 20, 20) + run(",345件案件，同比上升。", 44, 20)),
        package(run("全年办理12,345件案件，同比上升。", 20, 20, more='CTM="1 0 0 1 0 0"')),
        package(run("全年办理12,345件案件，同比上升。", 20, 20, delta="4 4 4 4 4 4")),
        package(run("全年办理12,345件案件，同比上升。", 20, 20, delta="")),
        package(run("全年办理12,345件案件，同比上升。", 20, 20, delta="g x")),
        package(run("全年办理12,345件案件，同比上升。", 20, 20), root="/Doc_0/Document.xml"),
        package(run("全年办理12,345件案件，同比上升。", 20, 20).replace("Boundary", "Border")),
        package(run("全年办理12,345件案件，同比上升。", 20, 20).replace("ofd:", "").replace("<TextObject", '<TextObject xmlns="http://www.ofdspec.org/2016"')),
    ],
    ids=["two runs", "matrix", "steps", "no steps", "broken steps", "absolute", "no place", "other prefix"],
)  # fmt: skip
def test_a_line_however_it_is_written(content: bytes) -> None:
    found = read(content, "ofd", Limits())
    assert isinstance(found, Document), found
    assert found.text == "全年办理12,345件案件，同比上升。"


PICTURE = '<ofd:ImageObject ID="2" Boundary="0 0 210 297" ResourceID="4"/>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (package(PICTURE, PICTURE), Reason.NO_TEXT_LAYER),
        (package(PICTURE + run("¤¤¤¤¤¤¤¤¤", 20, 20)), Reason.NO_TEXT_LAYER),
        (package(""), Reason.EMPTY),
        (package(), Reason.EMPTY),
        (package(PAGE, Encryptions="<a/>", **{"Encryptions.xml": "<a/>"}), Reason.ENCRYPTED),
        (package(PAGE, root="Doc_9/Document.xml"), Reason.BROKEN),
        (package(PAGE, root="../../etc/passwd"), Reason.BROKEN),
        (package(PAGE, **{"OFD.xml": "<a/>"}), Reason.BROKEN),
        (package(PAGE, **{"Doc_0/Document.xml": "<broken"}), Reason.BROKEN),
        (package(PAGE)[:-30], Reason.UNKNOWN_KIND),
    ],
)
def test_what_is_not_read_says_why(content: bytes, reason: Reason) -> None:
    found = read_document(content, "report.ofd")
    assert isinstance(found, Unread)
    assert found.reason is reason, found


def test_a_page_of_pictures_among_others_is_said() -> None:
    found = read(package(PAGE, PICTURE), "ofd", Limits())
    assert isinstance(found, Document)
    assert found.partial


def test_pages_beyond_the_limit_are_left_out_and_said() -> None:
    found = read(package(*[run(f"这是第{n}页的内容。", 20, 20) for n in range(5)]), "ofd", Limits(pages=2))
    assert isinstance(found, Document)
    assert (found.pages, found.partial, len(found.text.split("\n"))) == (2, True, 2)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_module, "_LARGEST_PART", 10_000)
    found = read(package(run("长" * 20_000, 20, 20)), "ofd", Limits())
    assert isinstance(found, Unread)
    assert found.reason is Reason.BROKEN


def test_entities_are_not_resolved() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "虚构的长文">]><a><DocRoot>&b;&b;</DocRoot></a>'
    found = read(package(PAGE, **{"OFD.xml": bomb}), "ofd", Limits())
    assert isinstance(found, Unread)


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damage_is_an_outcome(noise: bytes, place: int) -> None:
    content = bytearray(package(PAGE))
    content[place : place + len(noise)] = noise
    assert isinstance(read(bytes(content), "ofd", Limits()), Document | Unread)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("stream", "name", "kind"),
    [
        ("WordDocument", "a.wps", "doc"),
        ("Workbook", "a.et", "xls"),
        ("Other", "a.wps", "wps"),
        ("Other", "a.et", "et"),
        ("EncryptedPackage", "a.docx", "encrypted"),
        ("PowerPoint Document", "a.ppt", "ppt"),
        ("Other", "a.bin", ""),
    ],
)
def test_old_office_files_by_their_streams(stream: str, name: str, kind: str) -> None:
    assert kind_of(OLE + stream.encode("utf-16-le"), name) == kind


def test_wps_s_own_old_form_is_named() -> None:
    assert str(read_document(OLE, "附表.wps")) == "unread: unsupported kind (wps)"
    assert read_document(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx") == Unread(Reason.ENCRYPTED, "Office")
