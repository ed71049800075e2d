"""The polite client: one request in, one outcome out.

    fetch(Request) ── card's hosts? ── robots.txt ── turn (Pacer) ── Wire ── judge ──> Outcome
                         │               │                              │
                         └── Refused ────┘                              └── redirect within the hosts: again, five times

What may heal is retried here (tenacity) and nowhere else. A server error that stays is doubted (`scrapers.web.doubt`).

The orchestrator must not retry a fetch: what comes out has been tried as often as makes sense.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self, TypeAlias

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt
from tenacity.wait import wait_random_exponential
from yarl import URL

from scrapers.web import doubt
from scrapers.web.address import host_of, on_hosts
from scrapers.web.clock import Clock, SystemClock
from scrapers.web.guard import Resolver, SystemResolver
from scrapers.web.judging import judge, judge_robots
from scrapers.web.outcomes import (
    Blocked,
    BlockSign,
    Missing,
    Moved,
    NotModified,
    Outcome,
    Page,
    Refused,
    RefusedBy,
    Throttled,
)
from scrapers.web.pacing import NotBeforeError, Pacer, Turn
from scrapers.web.redirects import Redirect, redirect_of, stray
from scrapers.web.request import ClientSettings, Expect, Pace, Request
from scrapers.web.robots import Robots, RobotsStore
from scrapers.web.wire import Answer, Wire

__all__ = ["Client", "ClientSettings", "Request"]

_ACCEPT = {
    Expect.HTML: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    Expect.DOCUMENT: "application/pdf,application/octet-stream;q=0.9,*/*;q=0.5",
    Expect.FEED: "application/rss+xml,application/atom+xml,application/xml,application/json;q=0.9,*/*;q=0.5",
    Expect.ANY: "*/*",
}

# A site that asks for more than this between two requests is not worth a run's time; it gets this, and our apologies.
_LONGEST_CRAWL_DELAY = 60.0

Judge: TypeAlias = Callable[[Request, Answer, datetime], Outcome]


class Client:
    """Fetches. Open it once per run (`async with`), share it among all tasks of an event loop."""

    def __init__(
        self,
        settings: ClientSettings,
        *,
        pacer: Pacer | None = None,
        clock: Clock | None = None,
        resolver: Resolver | None = None,
        robots: RobotsStore | None = None,
    ) -> None:
        self._settings = settings
        self._clock: Clock = clock or SystemClock()
        self._pacer = pacer or Pacer(self._clock)
        self._wire = Wire(settings, self._clock, resolver or SystemResolver())
        self._robots = Robots(settings.agent, settings.robots_ttl, self._clock, robots)
        self._backoff = wait_random_exponential(multiplier=settings.backoff, max=settings.longest_wait)
        self._refused: dict[str, Refused] = {}
        self._blocks: Counter[str] = Counter()
        self._doubts: dict[str, asyncio.Lock] = {}
        self._seconds: dict[str, Outcome] = {}

    async def __aenter__(self) -> Self:
        await self._wire.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._wire.__aexit__(exc_type, exc_value, traceback)

    async def fetch(self, request: Request) -> Outcome:
        """What `request` comes to. Never raises for what a site does; tries again only what may heal."""
        if (refused := self._refused.get(request.url)) is not None:
            return refused
        outcome = await self._patiently(lambda: self._once(request))
        outcome = await self._undoubted(request, outcome, self._once)
        if isinstance(outcome, Refused) and outcome.by in {RefusedBy.ROBOTS, RefusedBy.ADDRESS_GUARD}:
            # What one card forbids, another may allow.
            self._refused[request.url] = outcome
        return outcome

    async def _undoubted(
        self, request: Request, outcome: Outcome, once: Callable[[Request], Awaitable[Outcome]]
    ) -> Outcome:
        """`outcome`, where it is a server's error: after a look at what the same host gives to a browser."""
        if not self._settings.second_agent or not doubt.is_doubtful(outcome):
            return outcome
        host = host_of(request.url)
        async with self._doubts.setdefault(host, asyncio.Lock()):
            second = self._seconds.get(host)
            if second is None:
                second = await once(doubt.as_browser(request, self._settings.second_agent))
                self._seconds[host] = _without_content(second)
        settled = doubt.settled(outcome, second)
        if isinstance(settled, Blocked):
            await self._pacer.refused(host, request.platform)
            self._blocks[request.platform or host] += 1
        return settled

    async def _patiently(self, once: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Runs `once` until it gives something that trying again would not better."""
        first = await once()
        if not self._worth_another_try(first):
            return first
        tried = 0

        async def counted() -> Outcome:
            nonlocal tried
            tried += 1
            outcome = first if tried == 1 else await once()
            return outcome if tried == 1 or not outcome.attempts else replace(outcome, attempts=tried)

        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._settings.tries),
            wait=self._pause,
            retry=retry_if_result(self._worth_another_try),
            sleep=self._clock.sleep,
            retry_error_callback=_last,
        )
        outcome: Outcome = await retrying(counted)
        return outcome

    def _worth_another_try(self, outcome: Outcome) -> bool:
        if not outcome.attempts:
            # Nothing was sent: what kept us from it is as it was.
            return False
        if isinstance(outcome, Throttled):
            return (outcome.until - self._clock.now()).total_seconds() <= self._settings.longest_wait
        return outcome.heals

    def _pause(self, state: RetryCallState) -> float:
        """Seconds until the next try: none where the site named a moment, for which the pacer waits."""
        if state.outcome is not None and isinstance(state.outcome.result(), Throttled):
            return 0.0
        return float(self._backoff(state))

    async def _once(self, request: Request) -> Outcome:
        """One try, with robots.txt asked before every hop."""
        now = self._clock.now

        async def allowed(url: str) -> Outcome | Pace:
            verdict = await self._robots.verdict(url, lambda robots: self._robots_text(request, robots))
            if verdict.failure is not None:
                detail = f"robots.txt cannot be read ({verdict.failure.kind}): {verdict.failure.detail}"
                return replace(verdict.failure, url=request.url, detail=detail, attempts=0)
            if not verdict.allowed:
                return Refused(url=request.url, fetched_at=now(), attempts=0, by=RefusedBy.ROBOTS, detail="robots.txt")
            return self._pace(request, verdict.delay)

        return await self._follow(request, allowed, judge)

    def _pace(self, request: Request, delay: float | None) -> Pace:
        pace = request.pace or self._settings.pace
        return replace(pace, gap=max(pace.gap, min(delay, _LONGEST_CRAWL_DELAY))) if delay else pace

    async def _robots_text(self, request: Request, url: str) -> str | Outcome | None:
        """robots.txt at `url`: its text, None where there is none, else the outcome that kept us from reading it."""
        asked = replace(request, url=url, expect=Expect.ANY, etag=None, last_modified=None, landmarks=(), form=())

        async def allowed(_: str) -> Outcome | Pace:
            return self._pace(request, None)

        async def once(request: Request) -> Outcome:
            return await self._follow(request, allowed, judge_robots)

        outcome = await self._undoubted(asked, await self._patiently(lambda: once(asked)), once)
        if isinstance(outcome, Page):
            return outcome.text
        return None if isinstance(outcome, Missing | Moved) else outcome

    async def _follow(
        self, request: Request, allowed: Callable[[str], Awaitable[Outcome | Pace]], judged: Judge
    ) -> Outcome:
        """Sends `request`, follows redirects within its hosts, and judges what it ends in."""
        url, seen, cookies = request.url, {request.url}, False
        given_back: set[str] = set()
        for _ in range(self._settings.redirects + 1):
            if (no := self._off_limits(request, url)) is not None:
                return no
            pace = await allowed(url)
            if not isinstance(pace, Pace):
                return pace
            result = await self._send(request, url, pace, judged)
            if not isinstance(result, Redirect):
                return result
            if not result.to or not on_hosts(result.to, request.hosts):
                return self._moved(request, result.to, "off the card's hosts" if result.to else "without an address")
            if (nowhere := stray(request, result, self._clock.now())) is not None:
                return nowhere
            cookies = cookies or result.sets_cookie
            if result.to in seen:
                # Where it set a cookie on the way, the same address once more, with that, is another question.
                if not result.sets_cookie or result.to in given_back:
                    return self._looped(request, result, cookies=cookies)
                given_back.add(result.to)
            seen.add(result.to)
            url = result.to
        return self._moved(request, url, f"more than {self._settings.redirects} redirects")

    async def _send(self, request: Request, url: str, pace: Pace, judged: Judge) -> Outcome | Redirect:
        """One exchange, in its turn."""
        host, settings = host_of(url), self._settings
        if self._blocks[request.platform or host] >= settings.blocks_in_a_row:
            detail = f"{request.platform or host} refused {settings.blocks_in_a_row} requests in a row"
            return Blocked(
                url=request.url, fetched_at=self._clock.now(), attempts=0, sign=BlockSign.EARLIER, detail=detail
            )
        hours = request.hours or settings.hours
        limit = settings.max_page if request.expect in {Expect.HTML, Expect.FEED} else settings.max_document
        try:
            async with self._pacer.turn(host, request.platform, pace, hours, settings.longest_wait) as turn:
                answer = await self._wire.ask(request, url, _headers(request), limit)
                if not isinstance(answer, Answer):
                    return replace(answer, url=request.url)
                if (redirect := redirect_of(request, answer)) is not None:
                    return redirect
                outcome = judged(request, answer, self._clock.now())
                self._tell(turn, request.platform or host, outcome)
                return outcome
        except NotBeforeError as error:
            return Throttled(
                url=request.url, fetched_at=self._clock.now(), attempts=0, until=error.until, detail=str(error)
            )

    def _tell(self, turn: Turn, name: str, outcome: Outcome) -> None:
        """Lets the next request to the same site know how this one went."""
        if isinstance(outcome, Throttled):
            turn.throttled(outcome.until)
        elif doubt.is_doubtful(outcome) and self._settings.second_agent:
            return  # not yet known what it means
        elif isinstance(outcome, Blocked) and outcome.sign is not BlockSign.NO_LANDMARKS:
            turn.blocked()
            self._blocks[name] += 1
        elif isinstance(outcome, Page | NotModified):
            self._blocks[name] = 0

    def _off_limits(self, request: Request, url: str) -> Refused | None:
        """Whether the scheme or the card forbids `url` before anything is sent."""
        by, why = RefusedBy.CARD, ""
        try:
            parsed = URL(url)
            if parsed.scheme not in {"http", "https"} or not parsed.host:
                by, why = RefusedBy.SCHEME, f"{parsed.scheme or 'no scheme'}: only http and https are fetched"
            elif not on_hosts(url, request.hosts):
                why = f"{host_of(url)} is no host of the card"
            elif parsed.scheme == "http" and not request.allow_http:
                why = "plain http, which the card does not allow"
        except ValueError as error:
            by, why = RefusedBy.SCHEME, f"no address: {error}"
        if not why:
            return None
        return Refused(url=request.url, fetched_at=self._clock.now(), attempts=0, by=by, detail=why)

    def _moved(self, request: Request, to: str, why: str) -> Moved:
        return Moved(url=request.url, fetched_at=self._clock.now(), to=to, detail=f"{why}: {to}" if to else why)

    def _looped(self, request: Request, redirect: Redirect, *, cookies: bool) -> Blocked | Moved:
        """A redirect to where we were: a test for browsers where cookies come with it, else a site out of order."""
        if not cookies:
            return self._moved(request, redirect.to, "redirects in a circle")
        return Blocked(
            url=request.url,
            fetched_at=self._clock.now(),
            sign=BlockSign.COOKIE_LOOP,
            status=redirect.status,
            detail="sets cookies and redirects in a circle",
        )


def _headers(request: Request) -> dict[str, str]:
    headers = {"Accept": _ACCEPT[request.expect], **dict(request.headers)}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _without_content(outcome: Outcome) -> Outcome:
    """What a browser was given is not ours to keep."""
    return replace(outcome, content=b"", text=None) if isinstance(outcome, Page) else outcome


def _last(state: RetryCallState) -> Outcome:
    assert state.outcome is not None  # noqa: S101 - tenacity gives up after an outcome only
    outcome: Outcome = state.outcome.result()
    return outcome
