"""Single-page applications: the page is a shell, its data a JSON answer found once by hand (FAMILIES 18).

Nothing of the shell is read, but its answer is: a list of objects that have a title and an id or address, or one object
with a title and markup for a body. The answer wants X-Requested-With; the fragment of an address is never sent.
"""

import re

from scrapers.pages.answers import list_of_answer, page_of_answer
from scrapers.pages.family import Family

_SHELL = re.compile(
    r"<body[^>]*>\s*(?:<noscript>.*?</noscript>\s*)?<div id=[\"'](?:app|root)[\"']>\s*</div>", re.DOTALL
)
_HEAD = 20_000

FAMILY = Family(
    name="spa_json",
    section="18",
    order=99,
    tells=lambda tree: tree.source.lstrip()[:1] in {"{", "["} or _SHELL.search(tree.source[:_HEAD]) is not None,
    read_list=list_of_answer,
    rewrite=page_of_answer,
)
