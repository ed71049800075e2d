"""`zhengfa extract`: the scorer's contract, JSON Lines in, JSON Lines out."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.command import jsonl
from flows.errors import UnreadableInputError
from flows.language import say


def extract(
    lines: Annotated[bool, typer.Option("--jsonl", help="Read and write JSON Lines; the only form there is.")] = True,
) -> None:
    """Read report texts as JSON Lines from standard input; answer each with its observations."""
    from flows.home import Home
    from scrapers.indicators import load_catalogue
    from scrapers.reading.extract import extract_record

    if not lines:
        raise UnreadableInputError(
            say("extract 只用 JSON Lines", "extract speaks JSON Lines only"),
            say("不要写 --no-jsonl", "leave --no-jsonl away"),
        )
    catalogue = load_catalogue(Home.from_environment().indicators)
    for record in jsonl.records("text"):
        try:
            found = extract_record(record, catalogue)
        except ValueError as error:
            raise UnreadableInputError(
                say(f"记录 {record.get('id')!r}: {error}", f"record {record.get('id')!r}: {error}"),
                say(
                    "region、body、period、published 按约定填写",
                    "region, body, period and published as in the contract",
                ),
            ) from None
        jsonl.answer(found)
