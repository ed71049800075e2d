"""Rule 1 over the annotated corpus: floors, where the corpus is there."""

from __future__ import annotations

import pytest

from bench.alert_corpus import CORPUS, score


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not here")
def test_what_the_reader_raises_is_what_the_annotation_raises() -> None:
    result = score()
    assert result.precision >= 0.97, result.false
    assert result.recall >= 0.85, result.missed
    assert result.right >= 40
