"""What the robots of DingTalk, WeCom and Feishu have in common: split, post part by part, and read the body's own code.

    blocks --pack--> parts --envelope--> bodies --post--> Answer --the platform's table of codes--> outcome

Each platform brings its envelope, its limit, how it measures, and its table of codes. A code that nobody wrote down is
retried: an unknown refusal must not lose an alert.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from alerts.channels.contract import Delivered, Outcome, Parts, Refused, Retry
from alerts.channels.http import Answer, post
from alerts.channels.parts import BETWEEN, pack
from alerts.channels.payload import Json, encode
from alerts.messages.escaping import Markup, escaper
from alerts.messages.render import Renderer
from alerts.messages.words import Words
from alerts.model import Message

if TYPE_CHECKING:
    import httpx

# What joins heading, text and tail, escaped as JSON does: two line breaks, twice.
_JOINTS = 16
# A title so long that nothing fits beside it still leaves room for a sentence.
_LEAST = 400


class Meaning(StrEnum):
    """What a platform's code comes to."""

    TOO_FAST = "too fast"
    BUSY = "busy"
    REFUSED = "refused"


Codes: TypeAlias = Mapping[int, tuple[Meaning, str]]


@dataclass(frozen=True, slots=True)
class Platform:
    """How one platform's robots are spoken to.

    `titled`: the envelope shows the title itself. `cool_down`: how long it mutes a robot that was too fast;
    `fast_words`: what the body says of such a one where the code alone does not tell.
    """

    markup: Markup
    titled: bool
    limit: int
    measure: Callable[[str, str], int]
    envelope: Callable[[str, str], Json]
    code_of: Callable[[Json], int | None]
    codes: Codes
    cool_down: timedelta
    fast_words: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One message on its way to one robot; `address` and `finish` sign each part afresh."""

    platform: Platform
    client: httpx.AsyncClient
    renderer: Renderer
    address: Callable[[], str]
    finish: Callable[[Json], Json]
    keyword: str = ""

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Send the parts that are not done, in order; stop at the first that does not arrive."""
        title, parts = self.renderer.subject(message), self.parts(message)
        receipts = []
        for position, part in enumerate(parts):
            if position in done:
                continue
            outcome = await self._send_part(title, part)
            if isinstance(outcome, Retry):
                return Retry(
                    outcome.why, outcome.after, unknown=outcome.unknown, done=done | frozenset(range(position))
                )
            if isinstance(outcome, Refused):
                return outcome
            receipts.append(outcome.receipt)
        return Delivered("; ".join(receipts) or "all parts were there already")

    def parts(self, message: Message) -> tuple[str, ...]:
        """The texts of the parts, each with its heading, none over the limit."""
        words, title = Words(message.language), self.renderer.subject(message)
        blocks = self.renderer.blocks(message, self.platform.markup)
        # Measured with the longest frame, so that a repeat is cut where the first attempt was: parts are counted.
        longest = BETWEEN.join((self._heading(title, 99, 99, words), self._tail(message, words, repeated=True)))
        room = self.platform.limit - self.platform.measure(title, longest) - _JOINTS
        base = self.platform.measure("", "")
        texts = pack(blocks, lambda text: self.platform.measure("", text) - base, max(room, _LEAST)) or ("",)
        tail = self._tail(message, words, repeated=message.possibly_repeated)
        headings = (self._heading(title, k, len(texts), words) for k in range(1, len(texts) + 1))
        return tuple(
            BETWEEN.join(piece for piece in (heading, text, tail) if piece)
            for heading, text in zip(headings, texts, strict=True)
        )

    def _heading(self, title: str, k: int, total: int, words: Words) -> str:
        escape = escaper(self.platform.markup) or str
        shown = "" if self.platform.titled else f"### {escape(title)}"
        part = words.word("label.part", k=k, n=total) if total > 1 else ""
        return " ".join(piece for piece in (shown, part) if piece)

    def _tail(self, message: Message, words: Words, *, repeated: bool) -> str:
        escape = escaper(self.platform.markup) or str
        lines = [f"{words.word('label.id')} {escape(message.id[:12])}"]
        if repeated:
            lines.append(words.word("label.repeated"))
        if self.keyword:
            lines.append(escape(self.keyword))
        return " · ".join(lines)

    async def _send_part(self, title: str, text: str) -> Outcome:
        body = self.finish(self.platform.envelope(title, text))
        answer = await post(self.client, self.address(), encode(body), codes=True)
        if not isinstance(answer, Answer):
            return self._status_with_code(answer)
        return self.judge(answer)

    def judge(self, answer: Answer) -> Outcome:
        """What the body's code says; without a code nobody has vouched for the message."""
        code = self.platform.code_of(answer.json())
        if code == 0:
            return Delivered(answer.excerpt)
        if code is None:
            return Retry(f"no code in the answer: HTTP {answer.status} {answer.excerpt}", unknown=answer.status < 300)
        meaning, hint = self.platform.codes.get(code, (Meaning.BUSY, "unknown code"))
        if self.platform.fast_words and self.platform.fast_words in answer.body.lower():
            meaning, hint = Meaning.TOO_FAST, "too many requests"
        why = f"{code} ({hint}): {answer.excerpt}"
        if meaning is Meaning.REFUSED:
            return Refused(why)
        return Retry(why, after=self.platform.cool_down if meaning is Meaning.TOO_FAST else None)

    def _status_with_code(self, outcome: Retry | Refused) -> Outcome:
        """429 without Retry-After means the platform's own cool-down."""
        if isinstance(outcome, Retry) and outcome.why.startswith("HTTP 429") and outcome.after is None:
            return Retry(outcome.why, after=self.platform.cool_down)
        return outcome
