"""Who speaks, of what, for which time: an article and its card -> Publication (and the reader's Context).

publication(article, card) -> Publication      context(article, card) -> scrapers.reading.model.Context
"""

from scrapers.context.model import DateWitness, Publication
from scrapers.context.places import county_name
from scrapers.context.publication import context, publication

__all__ = ["DateWitness", "Publication", "context", "county_name", "publication"]
