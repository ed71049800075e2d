"""a CHECK of closed words as equalities, which SQLite tests without making a table of the words for each row

Revision ID: 0006
Revises: 0005

`standing IN ('taken', …)` and `standing = 'taken' OR …` let the same rows in, but for the first SQLite builds a
temporary index of the words with every row that is written: a third of what writing figures cost. Nothing stored
changes, so the text of the tables is set anew in place, as https://sqlite.org/lang_altertable.html (section 7) has it for
constraints. PostgreSQL keeps its own form of such a CHECK and is left alone.
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WITHIN = re.compile(r"CHECK \((\w+) IN \(('\w+'(?:, '\w+')*)\)\)")
EQUAL = re.compile(r"CHECK \((\w+) = '\w+'(?: OR \1 = '\w+')*\)")
WORD = re.compile(r"'\w+'")

TABLES = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CHECK (%'")
SET_ANEW = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")


def equalities(found: re.Match[str]) -> str:
    return f"CHECK ({' OR '.join(f'{found[1]} = {word}' for word in WORD.findall(found[2]))})"


def membership(found: re.Match[str]) -> str:
    return f"CHECK ({found[1]} IN ({', '.join(WORD.findall(found[0]))}))"


def upgrade() -> None:
    rewrite(WITHIN, equalities)


def downgrade() -> None:
    rewrite(EQUAL, membership)


def rewrite(form: re.Pattern[str], other: Callable[[re.Match[str]], str]) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    tables = connection.execute(TABLES).all()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    try:
        for name, sql in tables:
            connection.execute(SET_ANEW, {"name": name, "sql": form.sub(other, sql)})
    except sa.exc.DatabaseError:
        # Some builds of SQLite forbid it whatever the pragma says (SQLITE_DBCONFIG_DEFENSIVE): the old form holds the
        # same words, only slower.
        return
    finally:
        connection.execute(sa.text("PRAGMA writable_schema = OFF"))
    # Every open connection reads the tables again.
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
