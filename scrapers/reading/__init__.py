"""The reader: Chinese official prose to observations. Pure functions, standard library only, no I/O.

    from scrapers.reading import read
    read(text, Context(region="62", period=Period.year(2024)), catalogue) -> Reading

The passes, each a module of its own, in their order:

    normalise   one character to one          changes    verbs, 分别, roles of figures
    quantities  numerals and units            bases      what a change is measured against
    nonmetrics  dates, ranks, slogans ...     rows       lists told in one breath
    layout      paragraphs, sentences         periods    words of time
    lines       figures, gaps, brackets       scopes     whose figure it is
    walk        goes through them in order    subjects   elided verbs, objects, heads
                                              attach     whose change it is
"""

from scrapers.reading.model import Context, Reading
from scrapers.reading.reader import read

__all__ = ["Context", "Reading", "read"]
