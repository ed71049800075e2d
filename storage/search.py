"""Search in subjects and quotations: FTS5 on SQLite, tsvector on PostgreSQL, the same words and answers on both.

The index is brought up to date before it is asked, in small transactions: writing editions does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.engine import Connection

from storage.prepared import Query, day, driver, number
from storage.store import Store
from storage.words import Phrase, cut, phrases

# Editions indexed in one transaction: a tenth of a second's work, for which other writers wait.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Match:
    """A figure whose subject or quotation holds what was asked for."""

    observation_id: int
    edition_id: int
    document_id: int
    indicator_id: str | None
    subject: str
    region: str | None
    period_first: int | None
    period_last: int | None
    value: Decimal | None
    unit: str
    qualifier: str
    quotation: str
    title: str
    published: date | None
    url: str


def search(store: Store, query: str, *, region: str | None = None, limit: int = 50) -> tuple[Match, ...]:
    """Figures of standing editions that hold every part of `query`, the newest first; empty for an empty query."""
    wanted = phrases(query)
    if not wanted:
        return ()
    update_index(store)
    postgres = store.dialect == "postgresql"
    expression = _postgres_expression(wanted) if postgres else _sqlite_expression(wanted)
    question = _POSTGRES if postgres else _SQLITE
    with store.read() as session:
        rows = question.rows(session.connection(), words=expression, region=region or "", limit=limit)
    return tuple(_match(row) for row in rows)


def update_index(store: Store) -> int:
    """Put the words of editions into the index that are not in it yet; gives how many editions."""
    done = 0
    while True:
        with store.write() as session:
            connection = session.connection()
            editions = [row[0] for row in _WAITING.rows(connection, limit=BATCH)]
            if not editions:
                return done
            _add(connection, _FIGURES.rows(connection, editions=editions))
            _DONE.run(connection, editions=editions)
        done += len(editions)


def _match(row: tuple[Any, ...]) -> Match:
    figure, edition, document, indicator, subject, place, first, last, value, *rest = row
    unit, qualifier, quotation, title, published, url = rest
    return Match(
        observation_id=figure,
        edition_id=edition,
        document_id=document,
        indicator_id=indicator,
        subject=subject,
        region=place,
        period_first=first,
        period_last=last,
        value=number(value),
        unit=unit,
        qualifier=qualifier,
        quotation=quotation,
        title=title,
        published=day(published),
        url=url,
    )


def _add(connection: Connection, figures: Iterable[tuple[int, str, str]]) -> None:
    postgres = connection.dialect.name == "postgresql"
    rows = [(figure, _document(words) if postgres else " ".join(words)) for figure, words in _words_of(figures)]
    statement = _ADD_POSTGRES if postgres else "INSERT INTO figure_words (rowid, words) VALUES (?, ?)"
    cursor = driver(connection).cursor()
    cursor.executemany(statement, rows)
    cursor.close()


def _words_of(figures: Iterable[tuple[int, str, str]]) -> Iterable[tuple[int, Sequence[str]]]:
    for figure, subject, quotation in figures:
        # A word that no text holds keeps a phrase from running from the subject into the quotation.
        yield figure, [*cut(subject), "zfgap", *cut(quotation)]


def _sqlite_expression(wanted: Sequence[Phrase]) -> str:
    return " AND ".join(f'"{" ".join(phrase.words)}"{"*" if phrase.open_end else ""}' for phrase in wanted)


def _postgres_expression(wanted: Sequence[Phrase]) -> str:
    parts = (" <-> ".join(f"'{word}'" for word in phrase.words) + ":*" * phrase.open_end for phrase in wanted)
    return " & ".join(f"({part})" for part in parts)


def _document(words: Sequence[str]) -> str:
    """A tsvector as text; the parser of PostgreSQL knows no Chinese in the C locale. Positions end at 16383."""
    return " ".join(f"'{word}':{min(place, 16383)}" for place, word in enumerate(words, 1))


_ADD_POSTGRES = "INSERT INTO figure_words (observation_id, words) VALUES (%s, %s::tsvector) ON CONFLICT DO NOTHING"
_WAITING = Query("SELECT id FROM edition WHERE searchable IS FALSE ORDER BY id LIMIT :limit")
_FIGURES = Query("SELECT id, subject, quotation FROM observation WHERE edition_id = ANY(:editions) ORDER BY id")
_DONE = Query("UPDATE edition SET searchable = TRUE WHERE id = ANY(:editions)")
_COLUMNS = """
    SELECT o.id, o.edition_id, d.id, o.indicator_id, o.subject, o.scope_region, o.period_first, o.period_last, o.value,
        o.unit, o.qualifier, o.quotation, d.title, d.published, d.url
    FROM figure_words w JOIN observation o ON o.id = {key}
        JOIN document d ON d.edition_id = o.edition_id
    WHERE {match} AND (:region = '' OR o.scope_region = :region)
    ORDER BY d.published DESC, o.id LIMIT :limit
"""
_SQLITE = Query(_COLUMNS.format(key="w.rowid", match="w.words MATCH :words"))
_POSTGRES = Query(
    _COLUMNS.format(key="w.observation_id", match="w.words @@ CAST(:words AS tsquery)").replace(
        "d.published DESC", "d.published DESC NULLS LAST"
    )
)
