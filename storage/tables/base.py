"""What every table shares: one metadata with names for all constraints, and how a closed set becomes a CHECK."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, MetaData
from sqlmodel import SQLModel

# Alembic can only alter constraints that have a name; both databases must know them by the same one.
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(SQLModel):
    """The base of every table; its metadata is apart from that of other SQLModel users in the process."""

    metadata = MetaData(naming_convention=NAMES)


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The CHECK that lets nothing but the members of `words` (or nothing) into `column`; not by IN (revision 0006)."""
    return CheckConstraint(" OR ".join(f"{column} = '{word.value}'" for word in words), name=column)


def ordered(first: str, last: str) -> CheckConstraint:
    """The CHECK that `first` does not come after `last`."""
    return CheckConstraint(f"{first} <= {last}", name=f"{first}_order")
