"""The shapes of `[[receivers]]` and `[[routes]]` in zhengfa.toml.

    ReceiverSettings = webhook | alertmanager | email | dingtalk | wecom | feishu | apprise     by `kind`
    RouteSettings      which alerts go to which receivers, when, and whether at once or in a digest

Every receiver has a name, an audience (reader or operator), a language, and its own ceilings. Addresses and keys are
`Secret`s. An error names the receiver and the field and never repeats what was written there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from email.utils import parseaddr
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ModelWrapValidatorHandler, model_validator
from pydantic import ValidationError as PydanticError

from alerts.receivers.secret import AnyAddress, MailServer, Secret, WebAddress
from alerts.vocabulary import Audience, GroupBy, Language, Pace, Severity

_DURATION = re.compile(r"\s*(\d+)\s*(s|m|h|d|w)\s*")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)")
_NAME = r"^[A-Za-z0-9_\-.\u4e00-\u9fff]{1,40}$"
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def _duration(value: object) -> object:
    # A bare number would be seconds to pydantic, and days to whoever wrote it.
    if isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdecimal()):
        raise ValueError(f"a duration needs a unit: write {str(value).strip()}d, or another of s, m, h, d and w")
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value)
    if not match:
        raise ValueError("no duration: write a whole number and s, m, h, d or w, such as 30m")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


class Window(BaseModel):
    """A span of the day in Asia/Shanghai, start included, end excluded; it may run over midnight."""

    model_config = ConfigDict(frozen=True)
    start: time
    end: time

    @classmethod
    def parse(cls, value: object) -> object:
        """Reads `22:00-07:00`. Raises ValueError for other text."""
        if not isinstance(value, str):
            return value
        match = _WINDOW.fullmatch(value)
        if not match:
            raise ValueError("no span of the day: write it as 22:00-07:00 (Beijing time)")
        start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
        if start == end:
            raise ValueError("the span of the day is empty: it ends when it begins")
        return cls(start=start, end=end)

    def holds(self, moment: time) -> bool:
        """Whether the wall clock in Beijing shows a time within."""
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def _mail_address(value: object) -> object:
    """One mailbox, `desk@example.org` or `Desk <desk@example.org>`. Raises ValueError for anything else."""
    if not isinstance(value, str):
        return value
    address = parseaddr(value)[1]
    local, at, domain = address.rpartition("@")
    odd = any(not c.isprintable() for c in value) or any(c.isspace() for c in address)
    if odd or not (at and local and domain):
        raise ValueError("no mail address: write it as desk@example.org")
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Span = Annotated[Window, BeforeValidator(Window.parse)]
MailAddress = Annotated[str, BeforeValidator(_mail_address)]


def _fault(told: Mapping[str, Any]) -> str:
    field = ".".join(str(part) for part in told["loc"])
    return ": ".join(word for word in (field, str(told["msg"]).removeprefix("Value error, ")) if word)


class _Table(BaseModel):
    """One table of zhengfa.toml: unknown keys are refused, errors begin with what the table is, one line for each."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="wrap")
    @classmethod
    def _tell_which(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401  whatever TOML held
        name = data.get("name", "?") if isinstance(data, dict) else "?"
        try:
            made = handler(data)
            made._check()  # noqa: SLF001  its own
        except PydanticError as error:
            told = error.errors(include_url=False, include_input=False, include_context=False)
            raise ValueError(f"{cls._title(name)}: " + "\n".join(map(_fault, told))) from None
        except ValueError as error:
            raise ValueError(f"{cls._title(name)}: {error}") from None
        return made

    def _check(self) -> None:
        """What must hold between fields. Raises ValueError that names the field."""

    @classmethod
    def _title(cls, name: object) -> str:
        return f"receiver {name!r}"


class _Receiver(_Table):
    """What every receiver has."""

    name: Annotated[str, Field(pattern=_NAME)]
    audience: Audience = Audience.READER
    enabled: bool = True
    language: Language | None = None
    group_by: GroupBy = GroupBy.DOCUMENT
    group_interval: Duration = timedelta(0)
    repeat_interval: Duration = timedelta(0)
    quiet_hours: Span | None = None
    hourly_ceiling: Annotated[int, Field(ge=1, le=3600)] = 30
    timeout: Duration = timedelta(seconds=20)
    useful_for: Duration = timedelta(days=2)
    give_up_after: Duration = timedelta(days=3)

    def secrets(self) -> tuple[Secret, ...]:
        """Every secret it holds, for the redactor."""
        return tuple(value for value in self.__dict__.values() if isinstance(value, Secret))


class WebhookReceiver(_Receiver):
    """Our own JSON (alerts/channels/webhook.schema.json), signed as Standard Webhooks where `secret` is set."""

    kind: Literal["webhook"]
    url: WebAddress
    secret: Secret | None = None
    headers: dict[str, Secret] = {}

    def _check(self) -> None:
        for name, value in self.headers.items():
            if not _HEADER.fullmatch(name) or any(c in "\r\n" for c in value.reveal()):
                raise ValueError(f"headers.{name}: cannot be a header")

    def secrets(self) -> tuple[Secret, ...]:
        """Its own and those in its headers."""
        return (*super().secrets(), *self.headers.values())


class AlertmanagerReceiver(_Receiver):
    """The payload that receivers of Prometheus Alertmanager understand (version 4)."""

    kind: Literal["alertmanager"]
    url: WebAddress


class EmailReceiver(_Receiver):
    """Mail over SMTP. `tls` defaults to what the address and its credentials ask for."""

    kind: Literal["email"]
    smtp: MailServer
    sender: MailAddress
    to: Annotated[tuple[MailAddress, ...], Field(min_length=1)]
    user: str = ""
    password: Secret | None = None
    tls: Literal["auto", "none", "starttls", "tls"] = "auto"
    chart: bool = True

    def _check(self) -> None:
        if bool(self.user) != (self.password is not None):
            raise ValueError("user and password belong together")
        if self.smtp.scheme == "smtps" and self.tls in ("none", "starttls"):
            raise ValueError("tls: smtps:// is TLS from the first byte; write smtp:// for the others")


class DingTalkReceiver(_Receiver):
    """A DingTalk group robot; `secret` where it signs, `keyword` where it wants one."""

    kind: Literal["dingtalk"]
    url: WebAddress
    secret: Secret | None = None
    keyword: str = ""


class WeComReceiver(_Receiver):
    """A WeCom group robot: the key stands in its address, nothing is signed."""

    kind: Literal["wecom"]
    url: WebAddress


class FeishuReceiver(_Receiver):
    """A Feishu or Lark group robot; `secret` where it signs, `keyword` where it wants one."""

    kind: Literal["feishu"]
    url: WebAddress
    secret: Secret | None = None
    keyword: str = ""


class AppriseReceiver(_Receiver):
    """Anything else: one apprise address, one target."""

    kind: Literal["apprise"]
    url: AnyAddress


Receiver: TypeAlias = (
    WebhookReceiver
    | AlertmanagerReceiver
    | EmailReceiver
    | DingTalkReceiver
    | WeComReceiver
    | FeishuReceiver
    | AppriseReceiver
)
ReceiverSettings = Annotated[Receiver, Field(discriminator="kind")]


class RouteSettings(_Table):
    """Which alerts go where. A list that is left out matches everything; several routes may match one alert.

    `regions` are GB/T 2260 codes ("62" holds its cities too), `bodies` the Chinese labels or the codes.
    """

    receivers: Annotated[tuple[str, ...], Field(min_length=1)]
    name: str = ""
    regions: tuple[Annotated[str, Field(pattern=r"^\d{2}(\d{2}(\d{2})?)?$")], ...] = ()
    bodies: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    severity: Severity = Severity.INFO
    window: Span | None = None
    send: Pace = Pace.AT_ONCE

    @classmethod
    def _title(cls, name: object) -> str:
        return f"route {name!r}" if name != "?" else "a route"
