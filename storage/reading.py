"""Editions read back: their canonical text, and their statements as the difference of editions takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import Session, select

from storage.difference import Blame, Stated
from storage.errors import NotFound
from storage.placing import Placed
from storage.prepared import Query, number
from storage.tables import CanonicalText, Edition
from storage.texts import unpack


def text_by_hash(session: Session, sha256: str) -> str:
    """A canonical text, verified. Raises NotFound and Damaged."""
    packed = session.exec(select(CanonicalText.packed).where(CanonicalText.sha256 == sha256)).one_or_none()
    if packed is None:
        raise NotFound(f"there is no text {sha256}")
    return unpack(sha256, packed)


@dataclass(frozen=True, slots=True)
class Past:
    """A stored edition, as far as the one after it asks."""

    id: int
    capture_id: int
    text_sha256: str
    extractor_version: str
    reader_version: str
    baseline: bool

    @property
    def versions(self) -> tuple[str, str]:
        """What it was read by."""
        return (self.extractor_version, self.reader_version)


_PAST = Query("""
    SELECT id, capture_id, text_sha256, extractor_version, reader_version, baseline FROM edition WHERE id = :edition
""")


def past_edition(connection: Connection, edition_id: int | None) -> Past | None:
    """A stored edition, None where there is none."""
    row = None if edition_id is None else _PAST.first(connection, edition=edition_id)
    return None if row is None else Past(row[0], row[1], row[2], row[3], row[4], bool(row[5]))


def blame_between(session: Session, old: Edition, new: Edition) -> Blame:
    """What decides whose doing the differences of two editions are."""
    versions_differ = (old.extractor_version, old.reader_version) != (new.extractor_version, new.reader_version)
    new_text = text_by_hash(session, new.text_sha256)
    old_text = new_text if old.text_sha256 == new.text_sha256 else text_by_hash(session, old.text_sha256)
    return Blame(
        old_text, new_text, versions_differ, forms_differ(session.connection(), old.capture_id, new.capture_id)
    )


# How a browser or a server calls a page; what is not named is taken for one.
_PAGES = ("", "text/html", "application/xhtml+xml", "message/rfc822", "multipart/related")
_FORM = Query("""
    SELECT s.media_type FROM capture_part p JOIN snapshot s ON s.sha256 = p.sha256
    WHERE p.capture_id = :capture AND p.position = 0
""")


def forms_differ(connection: Connection, old: int, new: int) -> bool:
    """Whether two captures are of two forms of a document: a page and a PDF, a PDF and a Word file."""
    return _form(connection, old) != _form(connection, new)


def _form(connection: Connection, capture: int) -> str:
    row = _FORM.first(connection, capture=capture)
    media_type = row[0].partition(";")[0].strip().lower() if row else ""
    return "" if media_type in _PAGES else media_type


_VALUES = Query("""
    SELECT id, subject, indicator_id, scope_body, scope_own, scope_region, scope_words, period_first, period_last, unit,
        value, quotation
    FROM observation WHERE edition_id = :edition ORDER BY position
""")
_CHANGES = Query("""
    SELECT observation_id, value, form, basis, base_period, direction FROM change
    WHERE edition_id = :edition ORDER BY span_start, id
""")


def stated_of(session: Session, edition_id: int) -> list[Stated]:
    """Every value and every change that an edition states, values first, each in the order of the text.

    The id of a change's statement is its figure's.
    """
    connection = session.connection()
    figures = {row[0]: _figure(row) for row in _VALUES.rows(connection, edition=edition_id)}
    stated = [figure for figure in figures.values() if figure.value is not None]
    for figure_id, value, *said in _CHANGES.rows(connection, edition=edition_id):
        stated.append(_change(figures[figure_id], number(value), *said))
    return stated


def stated_in(figures: Sequence[Placed], text: str) -> list[Stated]:
    """The same of figures that are not stored yet."""
    stated, changes = [], []
    for figure in figures:
        given = figure.given
        row = [getattr(given, name) for name in _GIVEN]
        quotation = text[given.quote_start : given.quote_end]
        one = _figure((figure.id, *row, figure.value, quotation))
        stated += [one] if figure.value is not None else []
        changes += [_change(one, c.value, c.form, c.basis, c.base_period, c.direction) for c in given.changes]
    return stated + changes


# Of a figure that comes in, what a stored one has in the columns of the query above.
_GIVEN = (
    "subject",
    "indicator",
    "scope_body",
    "scope_own",
    "scope_region",
    "scope_words",
    "period_first",
    "period_last",
    "unit",
)


def _change(
    figure: Stated, value: Decimal | None, form: str, basis: str, base_period: str | None, direction: str
) -> Stated:
    return replace(figure, value=value, form=form, basis=basis, base_period=base_period or "", direction=direction)


def _figure(row: tuple[Any, ...]) -> Stated:
    figure, subject, indicator, body, own, region, words, first, last, unit, value, quotation = row
    return Stated(
        id=figure,
        subject=subject,
        indicator_id=indicator,
        scope_body=body,
        scope_own=bool(own),
        scope_region=region,
        scope_words=words,
        period_first=first,
        period_last=last,
        unit=unit,
        value=number(value),
        quotation=quotation,
    )
