"""Everything else, through apprise: one address, one target, one call.

apprise answers one boolean and logs the reason, so the log of the call is the why. It takes HTTP 200 for success,
which is wrong for DingTalk, WeCom and Feishu (LIBRARIES.md): those have channels of their own and are refused here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from alerts.channels.contract import Clock, Delivered, Limits, Outcome, Parts, Refused, Retry
from alerts.channels.threads import in_daemon_thread
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers.settings import AppriseReceiver

_OWN_CHANNELS = frozenset({"dingtalk", "wecombot", "wecom", "feishu", "lark"})
_KEEP = 300
LIMITS = Limits(idempotent=False)


@dataclass(frozen=True, slots=True)
class AppriseChannel:
    """One apprise target."""

    receiver: AppriseReceiver
    renderer: Renderer
    clock: Clock
    limits: Limits = LIMITS

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Text, split by apprise where the target has a limit."""
        del done
        if self.receiver.url.scheme in _OWN_CHANNELS:
            return Refused(
                f'{self.receiver.url.scheme}:// is not sent through apprise: use kind = "dingtalk", "wecom" …'
            )
        title, text = self.renderer.subject(message), self.renderer.text(message)
        return await in_daemon_thread(lambda: _notify(self.receiver.url.reveal(), title, text))


def _notify(address: str, title: str, text: str) -> Outcome:
    import apprise

    target = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if target is None:
        return Refused("apprise does not know such an address")
    target.overflow_mode = apprise.OverflowMode.SPLIT
    with apprise.LogCapture(level=logging.WARNING) as log:  # type: ignore[no-untyped-call]
        accepted = target.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT)
        told = " ".join(log.getvalue().split())[-_KEEP:]
    return Delivered("apprise: accepted") if accepted else Retry(told or "apprise: not accepted", unknown=True)
