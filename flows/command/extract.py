"""`zhengfa extract`: the scorer's contract, JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from flows.errors import UnreadableInputError


def extract(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write JSON Lines; the only form there is.")] = True,
) -> None:
    """Read report texts as JSON Lines from standard input; answer each with its observations."""
    from flows.home import Home
    from scrapers.indicators import load_catalogue
    from scrapers.reading.extract import extract_record

    if not jsonl:
        raise UnreadableInputError("extract speaks JSON Lines only", "leave --no-jsonl away")
    catalogue = load_catalogue(Home.from_environment().indicators)
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            text = record["text"]
        except (ValueError, KeyError, TypeError):
            raise UnreadableInputError(
                f"line {number} of standard input is no record", 'each line is one JSON object with "id" and "text"'
            ) from None
        if not isinstance(text, str):
            raise UnreadableInputError(f"line {number}: text is no string", "give the report's text as one string")
        answer = extract_record(record, catalogue)
        sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
