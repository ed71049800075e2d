"""What is remembered of addresses and links, so that the next request is conditional, due and polite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from storage.bulk import insert_missing, insert_missing_rows, insert_or_update_rows, insert_rows
from storage.inputs import FetchInput, LinkInput
from storage.prepared import Query
from storage.rows import CHUNK
from storage.tables import Address, Document, Fetch, FetchState, PassedLink, SeenLink
from storage.vocabulary import LinkState, Outcome

# Ten list pages or more: further back a walk for what is new does not go.
SEEN = 500
# A walk that turns fifty pages passes about a thousand.
PASSED = 1000
# Lines of the log that one transaction deletes: about a tenth of a second.
THINNED = 20_000
GOOD = (Outcome.PAGE, Outcome.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last request to an address left behind; `published` is the day of what it carries, as far as known."""

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


_WITH_STATE = (
    select(Address, FetchState, col(Document.published))
    .outerjoin(FetchState, col(FetchState.address_id) == col(Address.id))
    .outerjoin(Document, col(Document.id) == col(Address.document_id))
)


def recall_fetch(session: Session, url: str) -> Remembered | None:
    """What is remembered of an address, None where it was never seen."""
    return recall_fetches(session, [url]).get(url)


def recall_fetches(session: Session, urls: Iterable[str]) -> dict[str, Remembered]:
    """By address, what is remembered of those that were seen before."""
    wanted = list(dict.fromkeys(urls))
    found = {}
    for start in range(0, len(wanted), CHUNK):
        query = _WITH_STATE.where(col(Address.url).in_(wanted[start : start + CHUNK]))
        found.update({row[0].url: _remembered(*row) for row in session.exec(query)})
    return found


def due_addresses(
    session: Session, source_id: str, *, now: datetime, limit: int = 1000, all_known: bool = False
) -> tuple[Remembered, ...]:
    """Articles of a source that are to be asked again now, the longest due first; `all_known`: whether due or not."""
    due = col(FetchState.checked_at).is_not(None) if all_known else col(FetchState.due_at) <= now
    query = (
        _WITH_STATE.where(FetchState.source_id == source_id, due, Address.kind == "article")
        .order_by(col(FetchState.due_at), col(Address.id))
        .limit(limit)
    )
    return tuple(_remembered(*row) for row in session.exec(query))


def note_links(session: Session, source_id: str, links: Iterable[LinkInput], *, now: datetime) -> tuple[LinkInput, ...]:
    """Remember the links of a list page; gives those that are new or still waiting, in the given order."""
    wanted = {link.url: link for link in links}
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
    ]
    known = select(SeenLink.url, SeenLink.state).where(
        SeenLink.source_id == source_id, col(SeenLink.url).in_(list(wanted))
    )
    states = dict(session.exec(known).all())
    insert_missing(session, SeenLink, [row for row in rows if row["url"] not in states], ["source_id", "url"])
    waiting = (LinkState.NEW, LinkState.FAILED)
    return tuple(link for url, link in wanted.items() if states.get(url, LinkState.NEW) in waiting)


_ENDED = Query("SELECT url FROM seen_link WHERE source_id = :source AND state = :state ORDER BY id DESC LIMIT :latest")


def seen_urls(session: Session, source_id: str, *, latest: int = SEEN) -> frozenset[str]:
    """The links of a source that have come to an end (read, ignored or gone): the `latest` of each.

    An older one is still known to `note_links`; here it would only make every run slower as the record grows.
    """
    done = (LinkState.READ, LinkState.IGNORED, LinkState.GONE)
    connection = session.connection()
    return frozenset(
        url for state in done for (url,) in _ENDED.rows(connection, source=source_id, state=state.value, latest=latest)
    )


def waiting_links(session: Session, source_id: str) -> tuple[LinkInput, ...]:
    """The links of a source that an earlier run found and did not bring to an end, the oldest first."""
    waiting = (LinkState.NEW.value, LinkState.FAILED.value)
    query = (
        select(SeenLink)
        .where(SeenLink.source_id == source_id, col(SeenLink.state).in_(waiting))
        .order_by(col(SeenLink.id))
    )
    return tuple(LinkInput(url=row.url, title=row.title, printed_date=row.printed_date) for row in session.exec(query))


def pass_links(session: Session, source_id: str, keys: Iterable[str], *, now: datetime, latest: int = PASSED) -> None:
    """Remember links (by canonical key) that a run saw and left alone; the `latest` of a source are kept."""
    known = passed_keys(session, source_id)
    rows = [{"source_id": source_id, "key": key, "seen_at": now} for key in dict.fromkeys(keys) if key not in known]
    if not rows:
        return
    insert_missing(session, PassedLink, rows, ["source_id", "key"])
    oldest = (
        select(PassedLink.id)
        .where(PassedLink.source_id == source_id)
        .order_by(col(PassedLink.id).desc())
        .offset(latest)
        .limit(1)
    )
    last = session.exec(oldest).first()
    if last is not None:
        gone = delete(PassedLink).where(col(PassedLink.source_id) == source_id, col(PassedLink.id) <= last)
        session.connection().execute(gone)


def passed_keys(session: Session, source_id: str) -> frozenset[str]:
    """The canonical keys of links that earlier runs saw on a source's lists and left alone."""
    return frozenset(session.exec(select(PassedLink.key).where(PassedLink.source_id == source_id)))


def mark_link(session: Session, source_id: str, url: str, state: LinkState, *, note: str = "") -> None:
    """Write how far a link has come; `failed` ones come up again with the next list page."""
    _MARK.run(session.connection(), source=source_id, url=url, state=state.value, note=note)


_MARK = Query("UPDATE seen_link SET state = :state, note = :note WHERE source_id = :source AND url = :url")


def address_of(session: Session, url: str, *, kind: str, source_id: str | None, now: datetime) -> int:
    """The id of an address, made if need be."""
    found = session.exec(select(Address.id).where(Address.url == url)).one_or_none()
    if found is None:
        row = {"url": url, "kind": kind, "source_id": source_id, "first_seen_at": now}
        insert_missing(session, Address, [row], ["url"])
        found = session.exec(select(Address.id).where(Address.url == url)).one()
    assert found is not None  # noqa: S101 - it comes from the table
    return found


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


def _remembered(address: Address, state: FetchState | None, published: date | None) -> Remembered:
    known = state or FetchState(address_id=0)
    return Remembered(
        url=address.url,
        kind=address.kind,
        source_id=known.source_id or address.source_id,
        document_id=address.document_id,
        etag=known.etag,
        last_modified=known.last_modified,
        outcome=None if known.outcome is None else Outcome(known.outcome),
        snapshot_sha256=known.snapshot_sha256,
        text_sha256=known.text_sha256,
        checked_at=known.checked_at,
        succeeded_at=known.succeeded_at,
        failures=known.failures,
        due_at=known.due_at,
        first_seen_at=address.first_seen_at,
        published=published,
    )
