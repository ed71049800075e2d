"""`zhengfa extract`: the scorer's contract, JSON Lines in, JSON Lines out."""

from __future__ import annotations

from flows.command import jsonl
from flows.command.app import chinese
from flows.command.parameters import Lines
from flows.errors import UnreadableInputError
from flows.language import say


@chinese("从标准输入逐行读 JSON Lines 的报告正文,逐行答出其中的数字")
def extract(
    lines: Lines = True,
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
