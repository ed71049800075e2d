"""What is packed is unpacked by zlib, whichever of the two packed it."""

from __future__ import annotations

import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import packing


@given(st.binary(max_size=5_000))
def test_zlib_unpacks_it(data: bytes) -> None:
    assert zlib.decompress(packing.pack_page(data)) == zlib.decompress(packing.pack_text(data)) == data


def test_without_isal_zlib_packs_at_its_own_levels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    assert packing._packer() == (zlib.compress, 3, 6)


@pytest.mark.skipif(sys.platform != "linux", reason="isal is installed on Linux only")
def test_with_isal_it_packs() -> None:
    compress, *levels = packing._packer()
    assert compress is not zlib.compress
    assert levels == [1, 3]
