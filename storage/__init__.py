"""The statistical record: SQLModel tables, one door in, doors for each thing asked of it. Nothing else speaks SQL.

    with open_store("var/zhengfa.db") as store:          store       open, create, upgrade; snapshots beside it
        with store.write() as session: ...               one transaction: commits, or rolls back on an error
        with store.read() as session: ...                reads only

    door (functions that take a Session, unless said)
    catalogue    sync_regions, sync_indicators, sync_sources; regions, indicators
    fetching     note_links, mark_link, remember_fetch, recall_fetch, due_addresses, thin_fetches
    snapshots    Archive.keep, .load, .has                 bytes by SHA-256, before parsing (takes the store)
    editions     record_edition(session, EditionInput, now=, alert_max_age=) -> Recorded        transaction 1
    evaluation   due_editions, raise_alert, withdraw_alert, clear_due                        transaction 2
    gathering    facts_of, peers_of: what rules need to know
    routing      pending_alerts, record_stage, open_group, add_delivery, sent_of ...          transaction 3
    dispatch     lease_deliveries, record_attempt, oldest_pending, digest_rows ...            the sending loop
    handling     acknowledge, silence, end_silence, give_feedback, why                        words of people
    runs         start_run, end_run, start_source_run, end_source_run, source_history, take_lease, drop_lease
    review       held_figures, decide, corrections
    queries      series_with_sources, across_regions, new_since, document_story, search
    reread, verify, export, copying                        whole-record work (take the store)

Inputs are in `inputs` and `alert_inputs`, what comes out in `facts`, errors in `errors`, closed sets in `vocabulary`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.store import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """The two names of the package, once they are asked for: a parsing process packs texts and opens no database."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from storage import store

    return getattr(store, name)
