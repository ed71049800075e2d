"""What can go wrong with the record, by what the caller does next.

RecordError
├── NotOurs        the file or address is no record of this program: name another
├── TooNew         a newer program wrote it: update this one
├── Locked         another process is writing: wait, try again
├── Unavailable    the database or archive cannot be reached or written: look at the address, rights and disk
├── InvalidInput   what was given cannot be a record: a fault of the caller, nothing was stored
├── Damaged        stored bytes do not match their hash: run `zhengfa verify`
└── NotFound       there is no such document, alert, figure …
"""

from __future__ import annotations


class RecordError(Exception):
    """The root; its text says what is wrong and the way out, for people to read."""


class NotOurs(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """The file is no database, or a database of something else."""


class TooNew(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """The database has a revision that this program does not know."""


class Locked(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """Another process kept the database busy for longer than the time-out."""


class Unavailable(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """The database or the archive cannot be reached or written."""


class InvalidInput(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """What was given cannot be kept."""


class Damaged(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """What is kept is not what was stored."""


class NotFound(RecordError):  # noqa: N818 - the tree reads as a list of what happened
    """There is no such thing in the record."""
