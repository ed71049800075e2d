"""What can go wrong before any work starts, told to the person at the keyboard.

    CommandError              one sentence that names the thing, one that shows the way out
    ├── SettingsError         zhengfa.toml or a ZHENGFA_ variable cannot be used
    ├── HomeError             ZHENGFA_HOME names what is no folder, or one that cannot be made
    ├── UnknownSourceError    a source id that no card has
    ├── BrokenCardError       a card that cannot be used: file, line, field
    ├── UnreadableInputError  a file or address that `zhengfa read` cannot read
    ├── OptionError           an option or argument that says nothing known
    ├── NoRecordError         nothing has been collected yet
    ├── BusyError             another process does what only one may at a time
    ├── ProbeError            a source that is not as its card says, and is not switched on
    └── PrefectServerError    the Prefect server cannot be reached or started

Errors of `storage` and `alerts` keep their own trees; the command line shows all of them alike.
"""

from __future__ import annotations


class CommandError(Exception):
    """A mistake that the user can mend; `hint` says how."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SettingsError(CommandError):
    """`zhengfa.toml` or an environment variable holds something that cannot be used."""


class HomeError(CommandError):
    """The folder that ZHENGFA_HOME names cannot be made or written to."""


class UnknownSourceError(CommandError):
    """A source id was given that no card has."""


class BrokenCardError(CommandError):
    """A card that was asked for cannot be used."""


class UnreadableInputError(CommandError):
    """A file or an address does not yield text that could be read."""


class OptionError(CommandError):
    """An option or argument cannot be read, or names nothing known."""


class NoRecordError(CommandError):
    """There is no record to look into."""


class BusyError(CommandError):
    """Another process holds the right to do this."""


class ProbeError(CommandError):
    """A source cannot be switched on: its list is not what its card says."""


class PrefectServerError(CommandError):
    """The Prefect server did not come up, or the one that was named does not answer."""
