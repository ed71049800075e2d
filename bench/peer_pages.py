"""One extractor of .venv-bench over pages, as JSON lines: a page's text in, `{"title", "date", "text"}` out.

python peer_pages.py gne|trafilatura|readability
"""

import json
import re
import sys


def gne(page: str) -> dict[str, str | None]:
    from gne import GeneralNewsExtractor  # type: ignore[import-not-found]

    found = GeneralNewsExtractor().extract(page)
    day = re.search(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", found["publish_time"] or "")
    date = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else ""
    return {"title": found["title"] or None, "date": date, "source": found["author"], "text": found["content"]}


def trafilatura(page: str) -> dict[str, str | None]:
    from trafilatura import bare_extraction  # type: ignore[import-not-found]

    found = bare_extraction(page, include_comments=False, with_metadata=True)
    if found is None:
        return {"title": None, "date": "", "text": ""}
    return {"title": found.title, "date": found.date or "", "source": found.sitename, "text": found.text or ""}


def readability(page: str) -> dict[str, str | None]:
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found]

    document = Document(page)
    body = fromstring(document.summary() or "<p></p>")
    return {"title": document.short_title() or None, "date": "", "text": str(body.xpath("string()"))}


def main() -> None:
    program = {"gne": gne, "trafilatura": trafilatura, "readability": readability}[sys.argv[1]]
    for line in sys.stdin:
        try:
            found = program(json.loads(line))
        except ImportError:
            raise
        except Exception as error:  # noqa: BLE001 - a peer that fails on a page has found nothing
            found = {"title": None, "date": "", "text": "", "why": repr(error)}
        print(json.dumps(found))


if __name__ == "__main__":
    main()
