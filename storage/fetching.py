"""What is remembered of addresses and links, so that the next request is conditional, due and polite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.engine import Connection
from sqlmodel import Session, col, select

from storage.bulk import insert_missing, insert_missing_rows
from storage.inputs import FetchInput, LinkInput
from storage.prepared import Query
from storage.tables import Address, Document, Fetch, FetchState, PassedLink, SeenLink
from storage.vocabulary import LinkState, Outcome

# Ten list pages or more: further back a walk for what is new does not go.
SEEN = 500
# A walk that turns fifty pages passes about a thousand.
PASSED = 1000
GOOD = (Outcome.PAGE, Outcome.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last request to an address left behind."""

    url: str
    kind: str
    source_id: str | None
    document_id: int | None
    etag: str | None
    last_modified: str | None
    outcome: Outcome | None
    snapshot_sha256: str | None
    text_sha256: str | None
    checked_at: datetime | None
    succeeded_at: datetime | None
    failures: int
    due_at: datetime | None
    first_seen_at: datetime | None = None


def remember_fetch(session: Session, fetch: FetchInput, *, now: datetime) -> int:
    """Write what a request came to: the log, and the state for the next one. Gives the address's id.

    Validators, snapshot and text stay as they were where this request brought none (a failure, a 304).
    """
    address_id = address_of(session, fetch.url, kind=fetch.kind, source_id=fetch.source_id, now=now)
    good = fetch.outcome in GOOD
    state = session.get(FetchState, address_id) or FetchState(address_id=address_id)
    if fetch.outcome is Outcome.PAGE:
        state.etag, state.last_modified = fetch.etag, fetch.last_modified
        state.snapshot_sha256 = fetch.snapshot_sha256 or state.snapshot_sha256
        state.text_sha256 = fetch.text_sha256 or state.text_sha256
    state.outcome, state.status, state.note = fetch.outcome.value, fetch.status, fetch.note
    state.checked_at, state.due_at = now, fetch.due_at
    state.source_id = fetch.source_id or state.source_id
    state.succeeded_at = now if good else state.succeeded_at
    state.failures = 0 if good else state.failures + 1
    session.add(state)
    session.add(
        Fetch(
            address_id=address_id,
            at=now,
            outcome=fetch.outcome.value,
            status=fetch.status,
            bytes=fetch.size,
            milliseconds=fetch.milliseconds,
            snapshot_sha256=fetch.snapshot_sha256,
            note=fetch.note,
        )
    )
    session.flush()
    return address_id


def recall_fetch(session: Session, url: str) -> Remembered | None:
    """What is remembered of an address, None where it was never seen."""
    query = (
        select(Address, FetchState)
        .outerjoin(FetchState, col(FetchState.address_id) == col(Address.id))
        .where(Address.url == url)
    )
    found = session.exec(query).one_or_none()
    return None if found is None else _remembered(*found)


def published_at(session: Session, url: str) -> date | None:
    """The day on which what an address carries was published, as far as it is known."""
    query = select(Document).join(Address, col(Address.document_id) == col(Document.id)).where(Address.url == url)
    document = session.exec(query).first()
    return document.published if document else None


def due_addresses(
    session: Session, source_id: str, *, now: datetime, limit: int = 1000, all_known: bool = False
) -> tuple[Remembered, ...]:
    """Articles of a source that are to be asked again now, the longest due first; `all_known`: whether due or not."""
    due = col(FetchState.checked_at).is_not(None) if all_known else col(FetchState.due_at) <= now
    query = (
        select(Address, FetchState)
        .join(FetchState, col(FetchState.address_id) == col(Address.id))
        .where(FetchState.source_id == source_id, due, Address.kind == "article")
        .order_by(col(FetchState.due_at), col(Address.id))
        .limit(limit)
    )
    return tuple(_remembered(address, state) for address, state in session.exec(query))


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


def seen_urls(session: Session, source_id: str, *, latest: int = SEEN) -> frozenset[str]:
    """The links of a source that have come to an end (read, ignored or gone): the `latest` of each.

    An older one is still known to `note_links`; here it would only make every run slower as the record grows.
    """
    done = (LinkState.READ, LinkState.IGNORED, LinkState.GONE)
    return frozenset(
        url
        for state in done
        for url in session.exec(
            select(SeenLink.url)
            .where(SeenLink.source_id == source_id, SeenLink.state == state.value)
            .order_by(col(SeenLink.id).desc())
            .limit(latest)
        )
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
    row = session.exec(select(SeenLink).where(SeenLink.source_id == source_id, SeenLink.url == url)).one()
    row.state, row.note = state.value, note
    session.add(row)
    session.flush()


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


def thin_fetches(session: Session, *, before: datetime) -> int:
    """Forget the log of requests made before; states, snapshots and figures stay. Gives how many lines went."""
    return int(session.connection().execute(delete(Fetch).where(col(Fetch.at) < before)).rowcount)


def _remembered(address: Address, state: FetchState | None) -> Remembered:
    known = state or FetchState(address_id=0)
    return Remembered(
        url=address.url,
        kind=address.kind,
        source_id=address.source_id,
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
    )
