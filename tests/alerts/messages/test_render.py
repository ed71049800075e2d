"""What messages say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from alerts.errors import TemplateError
from alerts.messages.escaping import Markup
from alerts.messages.render import Renderer, pieces
from alerts.model import Erratum, Figure, Notice, StatedChange, Why
from alerts.vocabulary import Language, Reason
from tests.alerts.samples import CRIME, DISPUTES, message

OURS = Renderer()
OLD = replace(CRIME.figure, change=StatedChange(direction="down", value=Decimal(18), form="percent", basis="yoy"))
CORRECTED = replace(
    CRIME,
    before=OLD,
    erratum=Erratum.PUBLISHER,
    why=Why(code="revision", particulars={"old": "同比 -18%", "new": "同比 -28%", "erratum": "@erratum.publisher"}),
)


@pytest.mark.parametrize(
    ("notices", "reason", "expected"),
    [
        ((CRIME,), Reason.NEW, "甘肃 2024 · 公安 · 立刑事案件 同比 -28%(为近14年最低)"),
        ((DISPUTES,), Reason.NEW, "甘肃 2024 · 政法委 · 排查调处矛盾纠纷 81.27万件 同比 +113%"),
        ((DISPUTES, CRIME), Reason.NEW, "甘肃 2024 · 政法委 · 排查调处矛盾纠纷 81.27万件 同比 +113%,另1项"),
        ((CORRECTED,), Reason.CORRECTION, "更正:甘肃 2024 · 公安 · 立刑事案件 同比 -18% → 同比 -28%(为近14年最低)"),
        (
            (CRIME, DISPUTES),
            Reason.DIGEST,
            "政法指标摘要 2025-01-17:2项变动,甘肃 2024 · 政法委 · 排查调处矛盾纠纷 81.27万件 同比 +113%",
        ),
        ((), Reason.DIGEST, "政法指标摘要 2025-01-17:无新变动"),
    ],
)
def test_the_subject_alone_tells_the_story(notices: tuple[Notice, ...], reason: Reason, expected: str) -> None:
    assert OURS.subject(message(*notices, reason=reason)) == expected


def test_english_by_setting() -> None:
    english = message(DISPUTES, language=Language.EN)
    assert OURS.subject(english) == "甘肃 2024 · 政法委 · 排查调处矛盾纠纷 812,700 件 +113% year on year"
    assert "the report states: +113% year on year; at" in OURS.text(english)


def test_a_text_holds_what_a_reader_needs() -> None:
    text = OURS.text(message(CRIME))
    for needed in (
        "同比 -28%",
        "立刑事案件【下降28%】,为近14年最低",
        "甘肃政法 · 2025-01-17",
        CRIME.figure.url,
        "达到“刑事案件立案数”的门槛 20%",
        "a1b2c3d4",
        "msg_0001",
    ):
        assert needed in text


def test_a_correction_names_both_figures_and_whose_error_it_was() -> None:
    text = OURS.text(message(CORRECTED, reason=Reason.CORRECTION))
    assert "原先: 同比 -18%" in text
    assert "现在: 同比 -28%" in text
    assert "发布方已修改原文" in text


def test_a_digest_is_by_province_and_sharpest_first() -> None:
    shaanxi = replace(CRIME, region="61", region_name="陕西", sharpness=Decimal(9), subject="治安案件")
    text = OURS.text(message(CRIME, DISPUTES, shaanxi, reason=Reason.DIGEST))
    assert (
        text.index("== 陕西 ==")
        < text.index("== 甘肃 ==")
        < text.index("排查调处矛盾纠纷(")
        < text.index("立刑事案件(")
    )


EVIL = "<script>alert(1)</script>[点我](http://evil.example)**粗**`x`"


@pytest.mark.parametrize("markup", [Markup.COMMONMARK, Markup.WECOM, Markup.LARK])
def test_markdown_from_a_page_stays_text(markup: Markup) -> None:
    evil = replace(CRIME, subject=EVIL, figure=replace(CRIME.figure, quotation=EVIL, marks=()))
    block = "".join(OURS.blocks(message(evil), markup))
    assert "<script>" not in block.replace("\\<", "")
    assert "[点我](" not in block
    assert "**粗**" not in block


def test_html_from_a_page_stays_text() -> None:
    evil = replace(
        CRIME, subject=EVIL, figure=replace(CRIME.figure, quotation=EVIL, marks=(), url="javascript:alert(1)")
    )
    html = OURS.html(message(evil))
    assert "<script>" not in html
    assert "javascript:" not in html


def test_the_figure_is_marked_in_html() -> None:
    assert '<mark style="background:#ffe08a">下降28%</mark>' in OURS.html(message(CRIME))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (((2, 4),), [("ab", False), ("cd", True), ("ef", False)]),
        (((0, 6),), [("abcdef", True)]),
        (((4, 9),), [("abcdef", False)]),
        (((3, 5), (2, 4)), [("ab", False), ("cd", True), ("ef", False)]),
    ],
)
def test_pieces_of_a_quotation(marks: tuple[tuple[int, int], ...], expected: list[tuple[str, bool]]) -> None:
    assert list(pieces(Figure(period="2024", quotation="abcdef", marks=marks))) == expected


def test_a_users_template_lies_over_ours(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "mail.txt.j2").write_text("自定义 {{ subject }}", encoding="utf-8")
    (tmp_path / "en" / "mail.txt.j2").write_text("custom {{ subject }}", encoding="utf-8")
    own = Renderer(tmp_path)
    assert own.text(message(CRIME)).startswith("自定义 甘肃")
    assert own.text(message(CRIME, language=Language.EN)).startswith("custom ")
    assert own.html(message(CRIME)).startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("template", ["{{ ''.__class__.__mro__ }}", "{{ nothing.at.all }}", "{% broken"])
def test_a_template_that_reaches_out_or_breaks_is_told(tmp_path: Path, template: str) -> None:
    (tmp_path / "mail.txt.j2").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateError, match=r"mail\.txt\.j2"):
        Renderer(tmp_path).text(message(CRIME))
