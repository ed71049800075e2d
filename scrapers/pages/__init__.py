"""Page families: a list page's links, and an article page's article.

tree.py       a page parsed once, with what every family asks of it
families/     one module per page system; adding one is adding a module with its replica and golden
lists.py      rows, dates and pagers of list pages
reading.py    the witnesses of an article put together
body.py       the article's container -> paragraphs, tables, pictures, attachments
"""

from scrapers.pages.article import (
    GENERIC,
    Article,
    Attachment,
    Dates,
    Link,
    ListPage,
    NotArticle,
    PageKind,
    Request,
    Table,
    canonical_text,
    parse_article,
    parse_list,
    recognise,
)

__all__ = [
    "GENERIC",
    "Article",
    "Attachment",
    "Dates",
    "Link",
    "ListPage",
    "NotArticle",
    "PageKind",
    "Request",
    "Table",
    "canonical_text",
    "parse_article",
    "parse_list",
    "recognise",
]
