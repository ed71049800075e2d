"""Editions read back: their canonical text, and their statements as the difference of editions takes them."""

from __future__ import annotations

import hashlib
import zlib

from sqlmodel import Session, col, select

from storage.difference import Blame, Stated
from storage.errors import Damaged, NotFound
from storage.tables import CanonicalText, Change, Edition, Observation


def pack(text: str) -> tuple[str, bytes]:
    """The hash that a canonical text is kept under, and what is kept."""
    data = text.encode()
    return hashlib.sha256(data).hexdigest(), zlib.compress(data)


def text_by_hash(session: Session, sha256: str) -> str:
    """A canonical text, verified. Raises NotFound and Damaged."""
    packed = session.exec(select(CanonicalText.packed).where(CanonicalText.sha256 == sha256)).one_or_none()
    if packed is None:
        raise NotFound(f"there is no text {sha256}")
    return unpack(sha256, packed)


def unpack(sha256: str, packed: bytes) -> str:
    """The text that was packed. Raises Damaged where it is not what was stored."""
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise Damaged(f"text {sha256} cannot be unpacked; run zhengfa verify") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(f"text {sha256} is not what was stored; run zhengfa verify")
    return data.decode()


def blame_between(session: Session, old: Edition, new: Edition) -> Blame:
    """What decides whose doing the differences of two editions are."""
    versions_differ = (old.extractor_version, old.reader_version) != (new.extractor_version, new.reader_version)
    new_text = text_by_hash(session, new.text_sha256)
    old_text = new_text if old.text_sha256 == new.text_sha256 else text_by_hash(session, old.text_sha256)
    return Blame(old_text, new_text, versions_differ)


def stated_of(session: Session, edition_id: int) -> list[Stated]:
    """Every value and every change that an edition states, in the order of the text."""
    query = select(Observation).where(Observation.edition_id == edition_id).order_by(col(Observation.position))
    figures = {row.id: row for row in session.exec(query)}
    stated = [stated_value(row) for row in figures.values() if row.value is not None]
    changes = select(Change).where(Change.edition_id == edition_id).order_by(col(Change.span_start), col(Change.id))
    stated.extend(stated_change(figures[row.observation_id], row) for row in session.exec(changes))
    return stated


def stated_value(row: Observation) -> Stated:
    """A figure's value as a statement."""
    return Stated(
        id=row.id or 0,
        subject=row.subject,
        indicator_id=row.indicator_id,
        scope_body=row.scope_body,
        scope_own=row.scope_own,
        scope_region=row.scope_region,
        scope_words=row.scope_words,
        period_first=row.period_first,
        period_last=row.period_last,
        unit=row.unit,
        value=row.value,
        quotation=row.quotation,
    )


def stated_change(figure: Observation, row: Change) -> Stated:
    """A figure's change as a statement; its id is the figure's."""
    return Stated(
        id=figure.id or 0,
        subject=figure.subject,
        indicator_id=figure.indicator_id,
        scope_body=figure.scope_body,
        scope_own=figure.scope_own,
        scope_region=figure.scope_region,
        scope_words=figure.scope_words,
        period_first=figure.period_first,
        period_last=figure.period_last,
        unit=figure.unit,
        value=row.value,
        quotation=figure.quotation,
        form=row.form,
        basis=row.basis,
        base_period=row.base_period or "",
        direction=row.direction,
    )
