"""Source cards: one TOML file per source, by province, shipped with the package or the user's own.

load_cards(user_dir) -> Cards: the good ones, and what is wrong with the broken ones
"""

from scrapers.sources.card import Probe, Season, SourceCard
from scrapers.sources.errors import CardError, SourcesError
from scrapers.sources.loading import Cards, load_cards, read_card

__all__ = ["CardError", "Cards", "Probe", "Season", "SourceCard", "SourcesError", "load_cards", "read_card"]
