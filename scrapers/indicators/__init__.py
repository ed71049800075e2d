"""The catalogue of indicators and regions: what a printed subject is, and where a named place lies.

load_catalogue(extra_dir) -> Catalogue
├── match(subject, unit, body) -> id | None      find(...) -> Indicator | None
├── region("62" | "甘肃" | "兰州市") -> Region | None
├── regions.find(text, within) -> [Found ...]
├── rows(search)                                 what `zhengfa indicators` shows
└── check()                                      raises CatalogueError

words.toml         parts of wordings             court*.toml, police*.toml …         one table per indicator
thresholds.toml    defaults for alerts           regions.toml                       GB/T 2260
"""

from scrapers.indicators.catalogue import Catalogue, load_catalogue
from scrapers.indicators.errors import CatalogueError, IndicatorsError
from scrapers.indicators.measures import Measure, measure_of, size_of
from scrapers.indicators.model import Indicator, Rise, Row
from scrapers.indicators.regions import Found, Region, Regions, load_regions

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Found",
    "Indicator",
    "IndicatorsError",
    "Measure",
    "Region",
    "Regions",
    "Rise",
    "Row",
    "load_catalogue",
    "load_regions",
    "measure_of",
    "size_of",
]
