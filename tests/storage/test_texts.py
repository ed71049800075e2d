"""Texts prepared outside the transaction: the same record, and no other text's."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import col, select

from storage.errors import Damaged
from storage.store import Store
from storage.tables import CanonicalText, Document, DocumentSketch
from storage.texts import PreparedText, pack, prepare_text, unpack
from tests.storage.made import catalogue, edition, figure, record


@given(st.text())
def test_packed_and_unpacked_a_text_is_itself(text: str) -> None:
    assert unpack(*pack(text)) == text


def test_a_damaged_text_is_told() -> None:
    sha256, packed = pack("全省法院受理案件。")
    with pytest.raises(Damaged, match="not what was stored"):
        unpack(sha256, pack("另一篇。")[1])
    with pytest.raises(Damaged, match="cannot be unpacked"):
        unpack(sha256, packed[:-3])


@pytest.fixture
def _catalogue(store: Store) -> None:
    with store.write() as session:
        catalogue(session)


def _kept(store: Store, document_id: int) -> PreparedText:
    with store.read() as session:
        [text] = session.exec(select(CanonicalText)).all()
        document = session.get_one(Document, document_id)
        under = select(DocumentSketch.hash).where(DocumentSketch.document_id == document_id)
        keys = session.exec(under.order_by(col(DocumentSketch.hash))).all()
        return PreparedText(text.sha256, text.packed, document.sketch or b"", tuple(keys))


@pytest.mark.usefixtures("_catalogue")
def test_what_is_kept_is_what_is_prepared(store: Store) -> None:
    plain = edition(figure("受理案件", "62", 2024, "812700"))
    assert _kept(store, record(store, plain).document_id) == prepare_text(plain.text)


@pytest.mark.usefixtures("_catalogue")
def test_what_was_prepared_in_another_process_is_not_made_again(store: Store) -> None:
    plain = edition(figure("受理案件", "62", 2024, "812700"))
    # The same text packed by another level: other bytes, which show whose they are.
    ready = replace(prepare_text(plain.text), packed=zlib.compress(plain.text.encode(), 0))
    arrived = pickle.loads(pickle.dumps(ready))  # noqa: S301
    assert _kept(store, record(store, replace(plain, prepared=arrived)).document_id) == ready


def test_what_was_prepared_of_another_text_is_refused() -> None:
    with pytest.raises(ValidationError, match="another text's"):
        replace(edition(), prepared=prepare_text("另一篇。"))


def test_preparing_asks_for_no_database() -> None:
    code = "import sys, storage.texts; print(*[m for m in ('sqlalchemy', 'sqlmodel', 'pydantic') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
