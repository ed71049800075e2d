"""Records for the measurements: invented publications (虚构) of thirty figures, and a large database made by SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.reports import report
from storage.catalogue import sync_indicators, sync_regions, sync_sources
from storage.inputs import (
    CaptureInput,
    CapturePartInput,
    ChangeInput,
    DocumentInput,
    EditionInput,
    IndicatorInput,
    ObservationInput,
    RegionInput,
    SourceInput,
)
from storage.reread import Archived
from storage.snapshots import note_snapshot
from storage.store import Store, open_store

NOW = datetime(2025, 1, 20, 4, 0, tzinfo=UTC)
REGIONS = [str(11 + number) for number in range(31)]
SOURCES = 30
FIGURES = 30
FIRST_YEAR = 1990


def catalogue(store: Store) -> str:
    """Thirty indicators, thirty-one regions, thirty sources; gives the hash of a page to refer to."""
    kept = store.archive.keep(b"page")
    with store.write() as session:
        sync_regions(
            session, [RegionInput(code=code, name=code, short_name=code, level="province") for code in REGIONS]
        )
        sync_indicators(
            session,
            [
                IndicatorInput(id=f"i{number}", label=f"指标{number}", measure="cases", unit="件", upper=Decimal(10**9))
                for number in range(FIGURES)
            ],
        )
        sync_sources(
            session,
            [SourceInput(id=f"s{number}", name="x", region=REGIONS[0], body="court") for number in range(SOURCES)],
            now=NOW,
        )
        note_snapshot(session, kept, media_type="text/html", now=NOW)
    return kept.sha256


def raw_edition(number: int) -> Mapping[str, Any]:
    """A work report of thirty figures, twenty of them with a change, as the fields of its input records."""
    region, year = REGIONS[number % len(REGIONS)], FIRST_YEAR + number // len(REGIONS)
    words, figures = "", []
    for index in range(FIGURES):
        # Steady growth, so that checks find what they usually find: nothing. No two provinces have the same figures,
        # or one would be taken for a mirror of the other.
        first = 10000 + 317 * index + 1013 * (number % len(REGIONS))
        value = str(int(first * Decimal("1.05") ** (year - FIRST_YEAR)))
        head = f"{region}{year}年指标{index}"
        start = len(words) + len(head)
        sentence = f"{head}{value}件,同比上升5%。"
        end = len(words) + len(sentence)
        change = {"start": end - 3, "end": end - 1, "direction": "up", "value": Decimal(5), "form": "percent"}
        changes = ({**change, "basis": "yoy", "precision": Decimal("0.5")},) if index % 3 else ()
        figures.append(
            {
                "start": start,
                "end": start + len(value),
                "quote_start": len(words),
                "quote_end": end,
                "subject": f"指标{index}",
                "indicator": f"i{index}",
                "scope_body": "court",
                "scope_region": region,
                "scope_words": "全省法院",
                "level": "province",
                "period_first": year * 12,
                "period_last": year * 12 + 11,
                "value": Decimal(value),
                "precision": Decimal(50),
                "unit": "件",
                "rules": ("quantity", "clause"),
                "changes": changes,
            }
        )
        words += sentence
    document = {
        "url": f"http://site{number % SOURCES}.example/{number}.html",
        "source_id": f"s{number % SOURCES}",
        "title": f"工作报告{number}（虚构）",
        "issuer": "法院",
        "body": "court",
        "region": region,
        "level": "province",
        "kind": "work_report",
        "period_first": year * 12,
        "period_last": year * 12 + 11,
        "published": date(year + 1, 1, 17),
    }
    return {"document": document, "text": words, "figures": figures}


def edition(raw: Mapping[str, Any], page: str) -> EditionInput:
    """The input records of one publication, validated as always."""
    return EditionInput(
        document=DocumentInput(**raw["document"]),
        capture=CaptureInput(parts=(CapturePartInput(sha256=page),), captured_at=NOW),
        extractor_version="extractor-1",
        reader_version="reader-1",
        text=raw["text"],
        observations=tuple(
            ObservationInput(**{**figure, "changes": tuple(ChangeInput(**change) for change in figure["changes"])})
            for figure in raw["figures"]
        ),
    )


_NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count) "
_DOCUMENTS = (
    """INSERT INTO document (id, source_id, title, issuer, body, region, level, kind, period_first, period_last,
        published, published_year, url, edition_id, first_seen_at)
    SELECT i + 1, 's' || (i % 30), '报告', '', 'court', CAST(11 + i % 31 AS TEXT), 'province', 'work_report',
        (1990 + (i / 31) % 30) * 12, (1990 + (i / 31) % 30) * 12 + 11, '2020-01-17', 2020,
        'http://site' || (i % 30) || '.example/' || i || '.html', i + 1, '2020-01-20 00:00:00.000000' FROM n""",
    """INSERT INTO address (id, url, kind, source_id, document_id, first_seen_at)
    SELECT id, url, 'article', source_id, id, first_seen_at FROM document""",
    """INSERT INTO fetch_state (address_id, source_id, etag, outcome, status, note, checked_at, succeeded_at,
        failures, due_at)
    SELECT id, source_id, 'etag', 'page', 200, '', first_seen_at, first_seen_at, 0,
        CASE WHEN id > :count - 60 THEN '2025-01-01 00:00:00.000000' ELSE '2099-01-01 00:00:00.000000' END
    FROM address""",
    """INSERT INTO seen_link (source_id, url, title, state, note, first_seen_at)
    SELECT source_id, url, '', 'read', '', first_seen_at FROM address""",
    """INSERT INTO capture (id, document_id, number, key, captured_at)
    SELECT id, id, 1, 'k', first_seen_at FROM document""",
    """INSERT INTO edition (id, document_id, capture_id, extractor_version, reader_version, text_sha256, origin, cause,
        baseline, observations, unread, ignored, searchable, evaluated, created_at)
    SELECT id, id, id, 'e', 'r', 'text', 'backfill', 'first', 1, 30, 0, '{}', 1, 1, first_seen_at FROM document""",
)
_FIGURES = (
    """INSERT INTO series (id, indicator_id, measure, region, body, own, level, period_kind)
    SELECT f.i * 31 + r.i + 1, 'i' || f.i, 'cases', CAST(11 + r.i AS TEXT), 'court', 0, 'province', 'year'
    FROM n f, n r WHERE f.i < 30 AND r.i < 31""",
    """INSERT INTO observation (edition_id, position, series_id, indicator_id, subject, scope_body, scope_own,
        scope_region, scope_words, level, period_first, period_last, value, unit, qualifier, status, remarks, rules,
        span_start, span_end, quote_start, quote_end, quotation, standing)
    SELECT d.id, f.i, f.i * 31 + (d.id - 1) % 31 + 1, 'i' || f.i, '指标', 'court', 0, d.region, '全省', 'province',
        d.period_first, d.period_last, CAST(10000 + d.id % 977 AS TEXT), '件', 'exact', 'stated', '[]', '[]',
        0, 5, 0, 20, '全省指标10000件。',
        CASE WHEN d.id <= 31 * 30 THEN 'taken' ELSE 'earlier' END FROM document d, n f WHERE f.i < 30""",
    """INSERT INTO point (series_id, period_first, period_last, value, unit, qualifier, observation_id, document_id,
        stated_by, segment, break_before, witnesses, excluded, updated_at)
    SELECT o.series_id, o.period_first, o.period_last, o.value, o.unit, 'exact', o.id, o.edition_id, 'court', 0, 0, 1,
        0, '2020-01-20 00:00:00.000000' FROM observation o WHERE o.standing = 'taken'""",
)


def large(folder: Path, documents: int, *, figures: bool) -> Store:
    """A record of so many documents, each with thirty observations where wanted, made by SQL in one go."""
    store = open_store(folder / "large.db")
    catalogue(store)
    with store.write() as session:
        run = session.connection().execute
        run(text("INSERT INTO canonical_text (sha256, characters, packed) VALUES ('text', 1, 'x')"))
        for statement in (*_DOCUMENTS, *(_FIGURES if figures else ())):
            head, select, rest = statement.partition("SELECT")
            query = f"{head}{_NUMBERS}{select}{rest}"
            run(text(query), {"count": documents})
    with store.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    return store


def read_again(archived: Archived) -> EditionInput | str:
    """The real reader over an archived page, as rereading runs it in other processes."""
    from flows.ingest.mapping import figure_inputs
    from scrapers.reading import Context, read
    from storage.texts import prepare_text

    words = archived.pages[0].decode()
    observations, unread = figure_inputs(read(words, Context()), words, None)
    return EditionInput(
        document=archived.document,
        capture=archived.capture,
        extractor_version="extractor-1",
        reader_version="reader-2",
        text=words,
        prepared=prepare_text(words),
        observations=observations,
        unread=unread,
    )


def archive_pages(store: Store, pages: int, length: int) -> None:
    """Fill a record with documents that another reader has read (and found nothing in)."""
    from storage.editions import record_edition

    for number in range(pages):
        words = report(length, seed=number)
        kept = store.archive.keep(words.encode())
        with store.write() as session:
            note_snapshot(session, kept, media_type="text/html", now=NOW)
            given = EditionInput(
                document=DocumentInput(url=f"http://x.example/{number}", title="报告（虚构）", region=REGIONS[0]),
                capture=CaptureInput(parts=(CapturePartInput(sha256=kept.sha256),), captured_at=NOW),
                extractor_version="extractor-1",
                reader_version="reader-1",
                text=words,
            )
            record_edition(session, given, now=NOW)
