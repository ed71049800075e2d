"""What is remembered of addresses and links, so that the next request is conditional, due and polite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from storage.bulk import insert_missing_rows, insert_or_update_rows, insert_rows
from storage.inputs import FetchInput, LinkInput
from storage.prepared import Query, at, day, moment
from storage.tables import Address, Fetch, FetchState, PassedLink, SeenLink
from storage.vocabulary import LinkState, Outcome

# Ten list pages or more: further back a walk for what is new does not go.
SEEN = 500
# A walk that turns fifty pages passes about a thousand.
PASSED = 1000
# Lines of the log that one transaction deletes: about a tenth of a second.
THINNED = 20_000
GOOD = (Outcome.PAGE, Outcome.NOT_MODIFIED)
WAITING = (LinkState.NEW, LinkState.FAILED)
ENDED = (LinkState.READ, LinkState.IGNORED, LinkState.GONE)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last request to an address left behind; `published` and `title` are of what it carries, if known."""

    url: str
    kind: str = "article"
    source_id: str | None = None
    document_id: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    outcome: Outcome | None = None
    snapshot_sha256: str | None = None
    text_sha256: str | None = None
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    due_at: datetime | None = None
    first_seen_at: datetime | None = None
    published: date | None = None
    title: str = ""


def remember_fetch(session: Session, fetch: FetchInput, *, now: datetime) -> int:
    """Write what a request came to: the log, and the state for the next one. Gives the address's id.

    Validators, snapshot and text stay as they were where this request brought none (a failure, a 304).
    """
    connection = session.connection()
    found = _STATE_OF.first(connection, url=fetch.url)
    if found is None:
        address_id = address_of(session, fetch.url, kind=fetch.kind, source_id=fetch.source_id, now=now)
        failures = 0
    else:
        address_id, failures = found[0], found[1] or 0
    good = fetch.outcome in GOOD
    state: dict[str, object] = {
        "address_id": address_id,
        "outcome": fetch.outcome.value,
        "status": fetch.status,
        "note": fetch.note,
        "checked_at": now,
        "due_at": fetch.due_at,
        "failures": 0 if good else failures + 1,
    }
    if good:
        state["succeeded_at"] = now
    if fetch.outcome is Outcome.PAGE:
        state |= {"etag": fetch.etag, "last_modified": fetch.last_modified}
        state |= _given(snapshot_sha256=fetch.snapshot_sha256, text_sha256=fetch.text_sha256)
    state |= _given(source_id=fetch.source_id)
    # What is left out keeps what it was.
    insert_or_update_rows(connection, FetchState, [state], ["address_id"])
    line = {
        "address_id": address_id,
        "at": now,
        "outcome": fetch.outcome.value,
        "status": fetch.status,
        "bytes": fetch.size,
        "milliseconds": fetch.milliseconds,
        "snapshot_sha256": fetch.snapshot_sha256,
        "note": fetch.note,
    }
    insert_rows(connection, Fetch, [line])
    return address_id


_STATE_OF = Query("""
    SELECT a.id, s.failures FROM address a LEFT JOIN fetch_state s ON s.address_id = a.id WHERE a.url = :url
""")


def _given(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


_REMEMBERED = """
    SELECT a.url, a.kind, coalesce(s.source_id, a.source_id), a.document_id, s.etag, s.last_modified, s.outcome,
        s.snapshot_sha256, s.text_sha256, s.checked_at, s.succeeded_at, coalesce(s.failures, 0), s.due_at,
        a.first_seen_at, d.published, coalesce(d.title, '')
"""
_BY_URL = Query(
    f"""{_REMEMBERED} FROM address a LEFT JOIN fetch_state s ON s.address_id = a.id
    LEFT JOIN document d ON d.id = a.document_id WHERE a.url = ANY(:urls)"""
)
# In the order of the index, so that what is not due costs nothing.
_OF_SOURCE = f"""{_REMEMBERED} FROM fetch_state s JOIN address a ON a.id = s.address_id
    LEFT JOIN document d ON d.id = a.document_id
    WHERE s.source_id = :source AND a.kind = 'article' AND {{which}} ORDER BY s.due_at, s.address_id LIMIT :limit"""
_DUE = Query(_OF_SOURCE.format(which="s.due_at <= :now"))
_ASKED_BEFORE = Query(_OF_SOURCE.format(which="s.checked_at IS NOT NULL"))


def recall_fetch(session: Session, url: str) -> Remembered | None:
    """What is remembered of an address, None where it was never seen."""
    return recall_fetches(session, [url]).get(url)


def recall_fetches(session: Session, urls: Iterable[str]) -> dict[str, Remembered]:
    """By address, what is remembered of those that were seen before."""
    wanted = list(dict.fromkeys(urls))
    if not wanted:
        return {}
    return {row[0]: _remembered(*row) for row in _BY_URL.rows(session.connection(), urls=wanted)}


def due_addresses(
    session: Session, source_id: str, *, now: datetime, limit: int = 1000, all_known: bool = False
) -> tuple[Remembered, ...]:
    """Articles of a source that are to be asked again now, the longest due first; `all_known`: whether due or not."""
    connection = session.connection()
    if all_known:
        rows = _ASKED_BEFORE.rows(connection, source=source_id, limit=limit)
    else:
        rows = _DUE.rows(connection, source=source_id, limit=limit, now=at(connection, now))
    return tuple(_remembered(*row) for row in rows)


def note_links(session: Session, source_id: str, links: Iterable[LinkInput], *, now: datetime) -> tuple[LinkInput, ...]:
    """Remember the links of a list page; gives those that are new or still waiting, in the given order."""
    wanted = {link.url: link for link in links}
    if not wanted:
        return ()
    connection = session.connection()
    states = dict(_STATES.rows(connection, source=source_id, urls=wanted))
    rows = [
        {
            "source_id": source_id,
            "url": link.url,
            "title": link.title,
            "printed_date": link.printed_date,
            "state": LinkState.NEW.value,
            "note": "",
            "first_seen_at": now,
        }
        for link in wanted.values()
        if link.url not in states
    ]
    insert_missing_rows(connection, SeenLink, rows, ["source_id", "url"])
    return tuple(link for url, link in wanted.items() if states.get(url, LinkState.NEW) in WAITING)


_STATES = Query("SELECT url, state FROM seen_link WHERE source_id = :source AND url = ANY(:urls)")
_ENDED = Query("SELECT url FROM seen_link WHERE source_id = :source AND state = :state ORDER BY id DESC LIMIT :latest")


def seen_urls(session: Session, source_id: str, *, latest: int = SEEN) -> frozenset[str]:
    """The links of a source that have come to an end (read, ignored or gone): the `latest` of each.

    An older one is still known to `seen_among`; here it would only make every run slower as the record grows.
    """
    connection = session.connection()
    return frozenset(
        url for state in ENDED for (url,) in _ENDED.rows(connection, source=source_id, state=state.value, latest=latest)
    )


def seen_among(session: Session, source_id: str, urls: Iterable[str]) -> frozenset[str]:
    """Those of `urls` that are links of a source which have come to an end."""
    found = _STATES.rows(session.connection(), source=source_id, urls=urls)
    return frozenset(url for url, state in found if state in ENDED)


_WAITING = Query("""
    SELECT url, title, printed_date FROM seen_link WHERE source_id = :source AND state IN ('new', 'failed') ORDER BY id
""")


def waiting_links(session: Session, source_id: str) -> tuple[LinkInput, ...]:
    """The links of a source that an earlier run found and did not bring to an end, the oldest first."""
    found = _WAITING.rows(session.connection(), source=source_id)
    return tuple(LinkInput(url=url, title=title, printed_date=day(printed)) for url, title, printed in found)


def pass_links(session: Session, source_id: str, keys: Iterable[str], *, now: datetime, latest: int = PASSED) -> None:
    """Remember links (by canonical key) that a run saw and left alone; the `latest` of a source are kept."""
    wanted = dict.fromkeys(keys)
    known = passed_among(session, source_id, wanted)
    rows = [{"source_id": source_id, "key": key, "seen_at": now} for key in wanted if key not in known]
    if not rows:
        return
    connection = session.connection()
    insert_missing_rows(connection, PassedLink, rows, ["source_id", "key"])
    oldest = _OLDEST_PASSED.first(connection, source=source_id, latest=latest)
    if oldest is not None:
        _FORGET_PASSED.run(connection, source=source_id, last=oldest[0])


_OLDEST_PASSED = Query("SELECT id FROM passed_link WHERE source_id = :source ORDER BY id DESC LIMIT 1 OFFSET :latest")
_FORGET_PASSED = Query("DELETE FROM passed_link WHERE source_id = :source AND id <= :last")
_PASSED = Query("SELECT key FROM passed_link WHERE source_id = :source")
_PASSED_AMONG = Query("SELECT key FROM passed_link WHERE source_id = :source AND key = ANY(:keys)")


def passed_keys(session: Session, source_id: str) -> frozenset[str]:
    """The canonical keys of links that earlier runs saw on a source's lists and left alone."""
    return frozenset(key for (key,) in _PASSED.rows(session.connection(), source=source_id))


def passed_among(session: Session, source_id: str, keys: Iterable[str]) -> frozenset[str]:
    """Those of `keys` that are kept as links seen and left alone."""
    found = _PASSED_AMONG.rows(session.connection(), source=source_id, keys=keys)
    return frozenset(key for (key,) in found)


def mark_link(session: Session, source_id: str, url: str, state: LinkState, *, note: str = "") -> None:
    """Write how far a link has come; `failed` ones come up again with the next list page."""
    _MARK.run(session.connection(), source=source_id, url=url, state=state.value, note=note)


_MARK = Query("UPDATE seen_link SET state = :state, note = :note WHERE source_id = :source AND url = :url")


def address_of(session: Session, url: str, *, kind: str, source_id: str | None, now: datetime) -> int:
    """The id of an address, made if need be."""
    connection = session.connection()
    found = _ADDRESS.first(connection, url=url)
    if found is None:
        row = {"url": url, "kind": kind, "source_id": source_id, "first_seen_at": now}
        insert_missing_rows(connection, Address, [row], ["url"])
        [found] = _ADDRESS.rows(connection, url=url)
    return int(found[0])


_ADDRESS = Query("SELECT id FROM address WHERE url = :url")
_CARRY = Query("UPDATE address SET document_id = :document WHERE url = ANY(:urls) AND document_id IS NULL")


def carry_addresses(
    connection: Connection, urls: Iterable[str], *, document_id: int, source_id: str | None, now: datetime
) -> None:
    """Note that these addresses carry a document; one that carries another already goes on carrying that."""
    rows = [
        {"url": url, "kind": "article", "source_id": source_id, "document_id": document_id, "first_seen_at": now}
        for url in urls
    ]
    insert_missing_rows(connection, Address, rows, ["url"])
    _CARRY.run(connection, document=document_id, urls=[row["url"] for row in rows])


def thin_fetches(session: Session, *, before: datetime, limit: int = THINNED) -> int:
    """Forget the oldest lines of the log of requests made before; states, snapshots and figures stay.

    Gives how many went, `limit` at most: a transaction that others wait for stays short.
    """
    oldest = select(Fetch.id).where(col(Fetch.at) < before).order_by(col(Fetch.at)).limit(limit)
    return int(session.connection().execute(delete(Fetch).where(col(Fetch.id).in_(oldest))).rowcount)


def _remembered(
    url: str,
    kind: str,
    source_id: str | None,
    document_id: int | None,
    etag: str | None,
    last_modified: str | None,
    outcome: str | None,
    snapshot_sha256: str | None,
    text_sha256: str | None,
    checked_at: datetime | str | None,
    succeeded_at: datetime | str | None,
    failures: int,
    due_at: datetime | str | None,
    first_seen_at: datetime | str,
    published: date | str | None,
    title: str,
) -> Remembered:
    """What either driver gives for _REMEMBERED."""
    return Remembered(
        url=url,
        kind=kind,
        source_id=source_id,
        document_id=document_id,
        etag=etag,
        last_modified=last_modified,
        outcome=None if outcome is None else Outcome(outcome),
        snapshot_sha256=snapshot_sha256,
        text_sha256=text_sha256,
        checked_at=moment(checked_at),
        succeeded_at=moment(succeeded_at),
        failures=failures,
        due_at=moment(due_at),
        first_seen_at=moment(first_seen_at),
        published=day(published),
        title=title,
    )
