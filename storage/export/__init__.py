"""Figures for others: observations, changes and series as CSV, Parquet, JSON Lines and SDMX-CSV.

    columns.py     what is exported: each column with its meaning, unit or codes
    codes.py       the closed sets of codes, each with its meaning
    dictionary.py  the data dictionary of it all, in Chinese and English
    selection.py   the queries behind it, streamed in an order that does not depend on when rows were written
    formats.py     one writer for each format

The same record exports the same bytes: keys of the database, times of writing and the like are left out.
"""

from storage.export.columns import KINDS
from storage.export.dictionary import data_dictionary
from storage.export.formats import FORMATS, export
from storage.export.selection import Filter

__all__ = ["FORMATS", "KINDS", "Filter", "data_dictionary", "export"]
