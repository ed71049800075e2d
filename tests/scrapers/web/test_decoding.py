"""Bytes become text wholly or not at all."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.web.decoding import Decoded, Encoding, EncodingFrom, Undecoded, charset_of, decode

# Rare names outside GB 2312 (镕, 喆, 㐱) in ordinary prose of report length.
PROSE = "全省法院受理各类案件812700件,同比上升113%。朱镕基、陶喆、㐱某出席会议,维护社会大局稳定,保障人民安居乐业。"


def page(charset: str | None, text: str = PROSE) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>工作报告</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "written", "header", "card", "expected"),
    [
        (page("utf-8"), "utf-8", "utf-8", None, Encoding("utf-8", EncodingFrom.HEADER, "utf-8")),
        (page("UTF-8"), "utf-8", None, None, Encoding("utf-8", EncodingFrom.META, "UTF-8")),
        (page(None), "utf-8", None, None, Encoding("utf-8", EncodingFrom.CONTENT)),
        (page(None), "utf-8", None, "utf-8", Encoding("utf-8", EncodingFrom.CARD)),
        (page("gb2312"), "gbk", None, None, Encoding("gb18030", EncodingFrom.META, "gb2312")),
        (page("gb2312"), "gb18030", "GBK", None, Encoding("gb18030", EncodingFrom.HEADER, "GBK")),
        (page(None), "gbk", "gb2312", None, Encoding("gb18030", EncodingFrom.HEADER, "gb2312")),
        (page(None), "gbk", None, "gbk", Encoding("gb18030", EncodingFrom.CARD)),
        (page("gb2312"), "utf-8", None, None, Encoding("utf-8", EncodingFrom.CONTENT, "gb2312", mismatch=True)),
        (page("gbk"), "utf-8", "gb2312", None, Encoding("utf-8", EncodingFrom.CONTENT, "gb2312", mismatch=True)),
        (page("gb2312"), "gbk", "utf-8", None, Encoding("gb18030", EncodingFrom.META, "utf-8", mismatch=True)),
        (page("utf-8"), "gbk", "utf-8", "gbk", Encoding("gb18030", EncodingFrom.CARD, "utf-8", mismatch=True)),
        (page("gb2312"), "gbk", "ISO-8859-1", None, Encoding("gb18030", EncodingFrom.META, "gb2312")),
        (page("x-unknown"), "utf-8", None, None, Encoding("utf-8", EncodingFrom.CONTENT)),
        # In both charsets a text; the page knows better than its card.
        ("<meta charset=gb2312>中", "gbk", None, "big5", Encoding("gb18030", EncodingFrom.META, "gb2312")),
        ("<html>2025-01-17</html>", "ascii", "gb2312", None, Encoding("utf-8", EncodingFrom.CONTENT, "gb2312")),
    ],
)
def test_what_decodes_and_who_told(
    text: str, written: str, header: str | None, card: str | None, expected: Encoding
) -> None:
    # A page written in GBK cannot hold 㐱; in gb18030 it takes four bytes.
    text = text.replace("㐱某", "某某") if written == "gbk" else text
    assert decode(text.encode(written), header, card) == Decoded(text, expected)


def test_a_misspelt_meta_is_read() -> None:
    text = page("gbk").replace("http-equiv", "httpequiv").replace("㐱", "某")
    assert isinstance(decode(text.encode("gbk")), Decoded)


def test_a_shouted_meta_is_read() -> None:
    text = page("GB2312").replace("charset", "CHARSET").replace("meta", "META").replace("㐱", "某")
    found = decode(text.encode("gbk"))
    assert isinstance(found, Decoded)
    assert found.encoding.declared == "GB2312"


def test_a_late_meta_is_read() -> None:
    text = f"<html><!--{'x' * 5000}-->{page('gbk')}".replace("㐱", "某")
    assert isinstance(decode(text.encode("gbk")), Decoded)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides(mark: bytes, codec: str) -> None:
    found = decode(mark + page("gb2312").encode(codec), "gbk")
    assert isinstance(found, Decoded)
    assert found.text == page("gb2312")
    assert (found.encoding.found, found.encoding.mismatch) == (EncodingFrom.BOM, True)


@pytest.mark.parametrize(
    ("content", "header"),
    [
        pytest.param(page(None).replace("㐱", "某").encode("gbk"), None, id="GBK that nobody declares"),
        pytest.param(page(None).replace("㐱", "某").encode("gbk"), "utf-8", id="GBK declared as UTF-8"),
        pytest.param(page(None).replace("㐱", "某").encode("gbk"), "latin-1", id="GBK declared as Latin-1"),
        pytest.param(page("utf-8").encode()[:-40] + b"\xe6\x8a</html>", "utf-8", id="UTF-8 with a broken character"),
        pytest.param((PROSE * 5).encode() + b"\xe6\x8a", "gb2312", id="broken UTF-8 that gb18030 would read"),
        pytest.param(page("gb2312").encode("gbk", "ignore") + b"\xff\xff", None, id="GBK with a broken byte"),
        # Where lost characters would do no harm, a byte that is none is still not made into one.
        pytest.param(b"<meta charset=gbk><!-- \xff -->" + PROSE.encode("gb18030"), None, id="broken in a comment"),
        pytest.param(page("utf-8", "损坏\ufffd的文本").encode(), "utf-8", id="replaced before"),
        pytest.param(page("utf-8", "数字\ue123件").encode(), "utf-8", id="private use"),
        pytest.param(page("utf-8", "数字\uf8ff件").encode(), "utf-8", id="private use, last"),
        pytest.param(b"<meta charset=gbk>" + "数字".encode("gbk") + b"\xaa\xa1", None, id="private use in gb18030"),
    ],
)
def test_what_would_lose_something_is_not_decoded(content: bytes, header: str | None) -> None:
    found = decode(content, header)
    assert isinstance(found, Undecoded), found
    assert found.why
    assert found.tried[0] == "utf-8"


def test_damage_that_harms_no_figure_is_let_pass() -> None:
    head = '<html><head><meta name="description" content="截断的描述\ufffd"><!-- \ufffd --></head>'
    icon = '<i class="icon">\ue600</i>'
    text = f"{head}<body>{icon}<p>{PROSE}</p></body></html>"
    found = decode(text.encode(), "utf-8")
    assert isinstance(found, Decoded)
    assert found.text == text


@pytest.mark.parametrize(
    "content",
    [
        page("gb2312").replace("㐱", "某").encode("gbk").replace(b"<p>", b"<p>\xa3\xa0\xa3\xa0"),
        page("utf-8").replace("㐱", "某").replace("<p>", "<p>\ue5e5\ue5e5").encode(),
    ],
    ids=["A3 A0", "as converters write it"],
)
def test_the_wide_blank_of_gbk_pages_is_a_blank(content: bytes) -> None:
    found = decode(content)
    assert isinstance(found, Decoded), found
    assert "<p>\u3000\u3000全省法院" in found.text


@pytest.mark.timeout(20)
@pytest.mark.parametrize("opening", ["<!--", "<meta ", ">", "charset="])
def test_a_page_of_openings_takes_no_time(opening: str) -> None:
    content = ("\ufffd" + opening * 400_000).encode()
    assert isinstance(decode(content, "utf-8"), Undecoded)


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=GBK", "GBK"),
        ('text/html;charset="utf-8"', "utf-8"),
        ("text/html; Charset = gb2312 ", "gb2312"),
        ("text/html", None),
        ("", None),
    ],
)
def test_the_charset_of_a_header(header: str, charset: str | None) -> None:
    assert charset_of(header) == charset


plain = st.text(st.characters(codec="gb18030", exclude_categories=("Co", "Cs", "Cc"), exclude_characters="\ufffd"))


@given(plain, st.sampled_from(["utf-8", "gb18030"]))
def test_no_character_changes(text: str, codec: str) -> None:
    found = decode(text.encode(codec), codec)
    if isinstance(found, Decoded) and found.encoding.name == codec:
        assert found.text.removeprefix("\ufeff") == text.removeprefix("\ufeff")


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "gbk", "big5", "latin-1", "?"]))
def test_any_bytes_give_an_answer_and_never_a_replacement(content: bytes, header: str | None) -> None:
    found = decode(content, header, header)
    if isinstance(found, Decoded):
        assert "\ufffd" not in found.text
