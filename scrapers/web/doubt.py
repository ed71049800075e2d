"""Whether a server error is for us alone: asked once more, in a browser's name, once per host and run.

Some appliances answer "500, system under maintenance" to the agents on their list, so that a ban looks like an outage
(PAINS F). What the browser's name is given is looked at for this question and then dropped: it is never a page of
ours, for a site that refuses us is not got around.

    500 to us, a page to a browser             Blocked(ONLY_US; MAINTENANCE where it said so)
    500 to us, 500 or nothing to a browser     Unreachable: it is down for everybody
    500 to us, another refusal to a browser    as it was
"""

from __future__ import annotations

from dataclasses import replace

from scrapers.web.outcomes import (
    Blocked,
    BlockSign,
    Missing,
    NotModified,
    Outcome,
    Page,
    TimedOut,
    Truncated,
    Undecodable,
    Unreachable,
    WrongType,
)
from scrapers.web.request import Request

# What only a server gives that is up: whatever is wrong with it, it is no server error.
_SERVED = (Page, NotModified, Missing, Undecodable, WrongType)
_DOWN = (Unreachable, TimedOut, Truncated)


def is_doubtful(outcome: Outcome) -> bool:
    """Whether a server answered with an error of its own, which may be a refusal."""
    if isinstance(outcome, Blocked):
        return outcome.sign is BlockSign.MAINTENANCE and (outcome.status or 0) >= 500
    # 501 and 505 are what the server is.
    return isinstance(outcome, Unreachable) and (outcome.status or 0) >= 500 and not outcome.lasting


def as_browser(request: Request, agent: str) -> Request:
    """The same, unconditionally, in a browser's name."""
    headers = tuple((name, value) for name, value in request.headers if name.lower() != "user-agent")
    return replace(request, headers=(*headers, ("User-Agent", agent)), etag=None, last_modified=None)


def settled(outcome: Outcome, second: Outcome) -> Outcome:
    """What `outcome`, which was doubtful, means now that a browser was given `second` by the same host."""
    if not isinstance(outcome, Blocked | Unreachable):
        return outcome
    if isinstance(second, _SERVED):
        sign = outcome.sign if isinstance(outcome, Blocked) else BlockSign.ONLY_US
        return _blocked(outcome, sign, f"{outcome.detail}; a browser is served")
    down = isinstance(second, _DOWN) or is_doubtful(second)
    if isinstance(outcome, Blocked) and down:
        return Unreachable(
            url=outcome.url,
            fetched_at=outcome.fetched_at,
            attempts=outcome.attempts,
            status=outcome.status,
            detail=f"{outcome.detail}; a browser is told the same",
        )
    return outcome


def _blocked(outcome: Blocked | Unreachable, sign: BlockSign, detail: str) -> Blocked:
    return Blocked(
        url=outcome.url,
        fetched_at=outcome.fetched_at,
        attempts=outcome.attempts,
        sign=sign,
        status=outcome.status,
        excerpt=outcome.excerpt if isinstance(outcome, Blocked) else "",
        detail=detail,
    )
