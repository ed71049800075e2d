"""What a publication of thirty figures takes in the database (docs/record.md tells it), printed with `pytest -s`."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from sqlalchemy import text

from storage.search import update_index
from storage.store import Store
from tests.storage.made import catalogue, edition, figure, record

DOCUMENTS = 60
# Kilobytes for a document of thirty figures, each with a change; a fifth more or less is said in docs/record.md anew.
AS_DOCUMENTED = {"sqlite": 16.0, "postgresql": 50.0}
SUBJECTS = ("受理", "审结", "执结", "批准逮捕", "提起公诉", "侦破")
WHAT = ("刑事案件", "民商事案件", "行政案件", "知识产权案件", "涉黑涉恶案件")


def sizes(store: Store) -> Counter[str]:
    """Bytes by table, indexes and large values included."""
    with store.read() as session:
        connection = session.connection()
        if store.dialect == "sqlite":
            query = (
                "SELECT coalesce(m.tbl_name, 'schema'), sum(s.pgsize) FROM dbstat s"
                " LEFT JOIN sqlite_master m ON m.name = s.name GROUP BY 1"
            )
        else:
            query = "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        return Counter({name: int(size) for name, size in connection.execute(text(query))})


def publication(number: int, chance: random.Random) -> tuple[object, ...]:
    return tuple(
        figure(
            f"{act}{what}",
            "62",
            1900 + number,
            str(chance.randint(100, 10**6)),
            change=f"+{chance.randint(1, 90)}.{chance.randint(1, 9)}%",
            precision="0.5",
            indicator="accepted" if act == "受理" and what == "刑事案件" else None,
        )
        for act in SUBJECTS
        for what in WHAT
    )


def test_the_size_of_a_document_is_as_documented(store: Store) -> None:
    chance = random.Random(3)  # noqa: S311
    with store.write() as session:
        catalogue(session)
    before = sizes(store)
    for number in range(DOCUMENTS):
        given = edition(*publication(number, chance), url=f"http://court.example/{number}.html", year=1900 + number)  # type: ignore[arg-type]
        record(store, given)
    update_index(store)
    after = sizes(store)
    grown = Counter({name: (after[name] - before[name]) / DOCUMENTS / 1024 for name in after})
    files = sum(path.stat().st_size for path in Path(store.archive.root).rglob("*.z")) / DOCUMENTS / 1024
    total = sum(grown.values())
    largest = ", ".join(f"{name} {size:.1f}" for name, size in grown.most_common(6))
    print(f"\n{store.dialect}: {total:.1f} KB a document ({largest}), snapshot {files:.1f} KB")  # noqa: T201
    assert 0.8 * AS_DOCUMENTED[store.dialect] < total < 1.2 * AS_DOCUMENTED[store.dialect]


def test_the_documented_size_is_the_tested_one() -> None:
    text_of_docs = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
    for size in AS_DOCUMENTED.values():
        assert f"{size:.0f} KB" in text_of_docs
