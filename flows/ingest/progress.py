"""Progress bars of a run: on a terminal rich's, elsewhere none.

The flow reports to whatever `Progress` its process set; a worker sets none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class Progress(Protocol):
    """What the job tells while it runs; each call names the source."""

    def begin(self, source: str) -> None:
        """The list page is being fetched."""

    def expect(self, source: str, articles: int) -> None:
        """So many articles are to be fetched."""

    def advance(self, source: str) -> None:
        """One of them is done."""

    def end(self, source: str, result: str) -> None:
        """The source has its result."""


class Quiet:
    """Says nothing."""

    def begin(self, source: str) -> None:
        """Nothing."""

    def expect(self, source: str, articles: int) -> None:
        """Nothing."""

    def advance(self, source: str) -> None:
        """Nothing."""

    def end(self, source: str, result: str) -> None:
        """Nothing."""


class Shown:
    """One bar per source."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def begin(self, source: str) -> None:
        """A new bar of unknown length."""
        self._tasks[source] = self._bars.add_task(source, total=None)

    def expect(self, source: str, articles: int) -> None:
        """The bar gets its length."""
        self._bars.update(self._tasks[source], total=articles)

    def advance(self, source: str) -> None:
        """One step."""
        self._bars.advance(self._tasks[source])

    def end(self, source: str, result: str) -> None:
        """The bar is full and carries the result."""
        task = self._bars.tasks[self._tasks[source]]
        total = task.total or 1
        self._bars.update(task.id, total=total, completed=total, description=f"{source} {result}")


_current: Progress = Quiet()


def current() -> Progress:
    """The progress that this process shows."""
    return _current


@contextlib.contextmanager
def shown(console: Console) -> Iterator[None]:
    """Bars on `console` while the block runs; none where it is no terminal."""
    global _current  # noqa: PLW0603  one terminal, one display per process
    if not console.is_terminal:
        yield
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    before = _current
    with Bars(*columns, console=console, transient=True) as bars:
        _current = Shown(bars)
        try:
            yield
        finally:
            _current = before
