"""How a command is told to end, beside Ctrl-C: by the system, a supervisor or a terminal that is closed.

Unheeded, such a signal ends Python on the spot: no `finally` is run, nothing is said.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn


class Ended(SystemExit):
    """Raised wherever the program is when it is told to end; the status is a shell's for that signal."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)


def signals() -> tuple[signal.Signals, ...]:
    """Those that tell a program to end. Without SIGHUP where it is ignored, as under nohup."""
    hangup = getattr(signal, "SIGHUP", None)
    heeded = hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN
    return (signal.SIGTERM, hangup) if hangup is not None and heeded else (signal.SIGTERM,)


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """Raise Ended within, where one of them comes. In the main thread only."""
    before = {sign: signal.signal(sign, _end) for sign in signals()}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def unheard() -> None:
    """From here on what is dropped half-way complains to nobody: the program ends wherever it stands.

    An event loop that was being closed just then would print a traceback from its `__del__`, after the last word.
    """
    sys.unraisablehook = lambda _: None


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    unheard()
    raise Ended(number)
