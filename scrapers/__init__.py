"""From an address to observations. Knows no database and no Prefect.

sources/     which sites there are (cards)          -> SourceCard
web/         SourceCard's addresses over the network -> Outcome
pages/       Page of a known or unknown system       -> ListPage, Article
documents/   attachments                             -> text and tables
context/     Article + card                          -> Context (who speaks, of which period)
reading/     text + Context + catalogue              -> Reading
indicators/  the catalogue of indicators and regions
"""
