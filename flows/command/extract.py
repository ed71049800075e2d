"""`zhengfa extract`: the scorer's contract, JSON Lines in, JSON Lines out.

in    {"id", "text", "region", "body", "period", "published"}; only text must be there, other keys are ignored
out   {"id", "period", "observations", "unread", "ignored"}
      observations: stated figures with "start", "end" and "quote", all offsets into the text; unread and ignored:
      digits that could not be placed, or are no figures, with "start", "end" and a "reason" or "kind"

A line that cannot be read is answered with no observations, "kind": "unreadable" and "why" (flows.command.jsonl).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.command import jsonl
from flows.command.app import chinese
from flows.command.parameters import Lines
from flows.errors import OptionError
from flows.language import say

if TYPE_CHECKING:
    from scrapers.indicators import Catalogue


@chinese("从标准输入逐行读 JSON Lines 的报告正文,逐行答出其中的数字;有读不了的行时状态码为 1")
def extract(lines: Lines = True) -> None:
    """Read report texts as JSON Lines from standard input; answer each with its figures.

    Ends with status 1 where a line could not be read.
    """
    from flows.home import Home
    from scrapers.indicators import load_catalogue

    if not lines:
        raise OptionError(
            say("extract 只用 JSON Lines", "extract speaks JSON Lines only"),
            say("不要写 --no-jsonl", "leave --no-jsonl away"),
        )
    catalogue = load_catalogue(Home.from_environment().indicators)
    jsonl.answer_all(lambda line, number: answered(line, number, catalogue))


def answered(line: bytes | None, number: int, catalogue: Catalogue) -> dict[str, object]:
    """The answer to line `number` (None: it was too long)."""
    from scrapers.reading.extract import extract_record

    record = jsonl.record_of(line, number)
    if isinstance(record, str):
        return _unreadable(None, record)
    identity, text = record.get("id"), record.get("text")
    if not isinstance(text, str):
        return _unreadable(identity, f"line {number}: text is {'missing' if text is None else 'no string'}")
    try:
        return extract_record(record, catalogue)
    except ValueError as error:
        return _unreadable(identity, f"line {number}: {error}")
    except Exception as error:  # noqa: BLE001 - the boundary of this command: one text never stops the others
        return _unreadable(identity, jsonl.failed(number, error))


def _unreadable(identity: object, why: str) -> dict[str, object]:
    nothing: dict[str, object] = {"period": None, "observations": [], "unread": [], "ignored": []}
    return {"id": identity} | nothing | {"kind": jsonl.UNREADABLE, "why": why}
