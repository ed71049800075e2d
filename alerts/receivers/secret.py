"""Texts that must not be printed: passwords, and addresses that are credentials themselves.

    Secret              shown as ***                            passwords, signing keys
    ├── WebAddress      shown as https://oapi.dingtalk.com/***  path and query carry the token
    ├── MailServer      shown as smtp://mail.example.org:25     user and password may stand in it
    └── AnyAddress      shown as tgram://***                    apprise: the host may be the token

`reveal()` is the only way to the text, so a search for it lists every place that uses one.
"""

from __future__ import annotations

from typing import Any, NoReturn, Self
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

HIDDEN = "***"
_PORT_LIMIT = 65535


class Secret:
    """A text that every usual way of printing hides: str, repr, format, JSON, pickle."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not text or text != text.strip():
            raise ValueError("must not be empty nor begin or end with a space")
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that needs it."""
        return self._text

    def shown(self) -> str:
        """What may be printed of it."""
        return HIDDEN

    def __str__(self) -> str:
        return self.shown()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.shown()!r})"

    def __format__(self, spec: str) -> str:
        return format(self.shown(), spec)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._text))

    def __reduce__(self) -> NoReturn:
        """Raises TypeError: a pickled secret lands in caches, task parameters and other readable places."""
        raise TypeError("a secret is not pickled")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        """A string in, the hidden form out. What fails to validate is never echoed."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            cls._accept,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda secret: secret.shown(), return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def _accept(cls, value: object) -> Self:
        """A secret as it is, or a text made into one. Raises ValueError."""
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise ValueError("must be a text")  # noqa: TRY004  what pydantic turns into its own error
        return cls(value)


class _Address(Secret):
    """An address of one of `schemes`."""

    __slots__ = ("_parts",)
    schemes: tuple[str, ...] = ()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._parts = _split(text, self.schemes)

    @property
    def scheme(self) -> str:
        """The scheme, lower case."""
        return self._parts.scheme

    @property
    def host(self) -> str:
        """The host, lower case; empty where the address has none."""
        return self._parts.hostname or ""

    @property
    def port(self) -> int | None:
        """The port, where one is given."""
        return self._parts.port

    def shown(self) -> str:
        """Scheme and host: the rest is the credential."""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}/{HIDDEN}"


class WebAddress(_Address):
    """Where something is posted. Raises ValueError for anything but http(s) with a host."""

    __slots__ = ()
    schemes = ("http", "https")


class MailServer(_Address):
    """An SMTP server, `smtp://` or `smtps://`, with or without user and password."""

    __slots__ = ()
    schemes = ("smtp", "smtps")

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password, where both stand in the address."""
        if self._parts.username and self._parts.password:
            return unquote(self._parts.username), unquote(self._parts.password)
        return None

    def shown(self) -> str:
        """Scheme, host and port; user and password are left out."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")


class AnyAddress(Secret):
    """An apprise address. Beyond its scheme nothing is known of its shape: tgram://123:TOKEN/CHAT has no port."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        scheme, mark, rest = text.partition("://")
        if not mark or not rest or not scheme[:1].isalpha() or not all(c.isalnum() or c in "+.-" for c in scheme):
            raise ValueError("an address begins with a scheme, such as tgram://")
        if any(character.isspace() or not character.isprintable() for character in text):
            raise ValueError("an address has no spaces or control characters")

    @property
    def scheme(self) -> str:
        """The scheme, lower case: which service it is."""
        return self.reveal().partition("://")[0].lower()

    def shown(self) -> str:
        """The scheme alone: in tgram://TOKEN/CHAT the host is the token."""
        return f"{self.scheme}://{HIDDEN}"


def _split(text: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of an address. Raises ValueError that says what is wrong without repeating the address."""
    if any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError("an address has no spaces or control characters")
    wanted = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError(f"this is no address: write {wanted}, a host, and a port from 1 to {_PORT_LIMIT}") from None
    if port == 0:
        raise ValueError(f"port 0 cannot be reached: write a port from 1 to {_PORT_LIMIT}")
    if parts.scheme not in schemes:
        raise ValueError(f"an address begins with {wanted}")
    if not _possible_host(parts.hostname or ""):
        raise ValueError(f"the host after {parts.scheme}:// is missing or cannot be one")
    return parts


def _possible_host(host: str) -> bool:
    if ":" in host:  # urlsplit has already checked an IPv6 literal in its brackets
        return True
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and all(_possible_label(label) for label in labels)


def _possible_label(label: str) -> bool:
    edges_fit = not (label.startswith("-") or label.endswith("-"))
    return 0 < len(label) <= 63 and edges_fit and all(c.isalnum() or c in "-_" for c in label)
