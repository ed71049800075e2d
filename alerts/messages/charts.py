"""A small picture of a series for mails: its values in order of time, the last one marked.

    (("2021", 120), ("2022", 131), …)  ->  PNG, 480 × 160, some 6 KB; None below three values

Only digits are drawn: whether a machine has a Chinese font is not ours to depend on.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

_LEAST = 3
_LABELS = 8


def chart(series: Sequence[tuple[str, Decimal]]) -> bytes | None:
    """The picture of `series` (period, value), oldest first."""
    return _draw(tuple(series)) if len(series) >= _LEAST else None


@lru_cache(maxsize=128)
def _draw(series: tuple[tuple[str, Decimal], ...]) -> bytes:
    # Imported late: 1.8 s, and only mails with a history need it. The object interface keeps no global state.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.8, 1.6), dpi=100, layout="tight")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = range(len(series))
    values = [float(value) for _, value in series]
    axes.plot(places, values, color="#5b6770", linewidth=1.5)
    axes.plot(len(series) - 1, values[-1], "o", color="#b3261e")
    step = max(1, (len(series) + _LABELS - 1) // _LABELS)
    axes.set_xticks(list(places)[::-step], [period for period, _ in series][::-step], fontsize=7)
    axes.tick_params(axis="y", labelsize=7)
    axes.ticklabel_format(axis="y", useOffset=False, style="plain")
    axes.spines[["top", "right"]].set_visible(False)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()
