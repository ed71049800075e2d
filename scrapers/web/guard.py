"""The address guard: nothing private is reachable from a page, whatever name, notation or redirect leads there.

    host ── Resolver ──> addresses ── each checked ──> connect to what was checked (no second look-up)

The check is made on what the resolver gives, so that decimal (2130706433), octal (0177.0.0.1) and IPv6-mapped notations
and names that change their address meet the same rule. One forbidden address among several condemns the name.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Protocol

import httpcore

from scrapers.web.streams import Stream

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Under this an IPv4 address travels inside an IPv6 one (RFC 6052, NAT64); ipaddress knows mapped and 6to4 itself.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Resolver(Protocol):
    """Turns a host name into addresses."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Numeric addresses in the order to be tried. Raises OSError where the name has none."""


class SystemResolver:
    """The machine's own resolver."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """See `Resolver.resolve`; a scope (`%eth0`) is dropped."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]).split("%", 1)[0] for entry in found))


class ForbiddenAddressError(Exception):
    """The name leads to an address that no page may lead us to. Stays inside `scrapers.web`."""


def why_forbidden(address: Address, *, allow_loopback: bool) -> str | None:
    """Why nothing may be fetched from `address`; None where it may."""
    plain = _carried(address)
    if plain.is_loopback:
        return None if allow_loopback else "loopback"
    if plain.is_link_local:
        return "link-local"
    if plain.is_multicast:
        return "multicast"
    return None if plain.is_global else "private or reserved"


def _carried(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries, else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if carried := address.ipv4_mapped or address.sixtofour:
            return carried
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only.

    The URL keeps its name, so the Host header, SNI and the check of the certificate are of the name.
    """

    def __init__(self, resolver: Resolver, *, allow_loopback: bool) -> None:
        self._resolver = resolver
        self._allow_loopback = allow_loopback

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - asyncio sets TCP_NODELAY itself
    ) -> httpcore.AsyncNetworkStream:
        """Resolves, checks, connects. Raises ForbiddenAddressError, else httpcore's errors of a failed connection."""
        addresses = await self._checked(host, port, timeout)
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in addresses:
            try:
                return await Stream.connect(address, port, timeout, local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's own signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """No page lies behind a unix socket."""
        raise ForbiddenAddressError(f"unix socket {path}")

    async def sleep(self, seconds: float) -> None:
        """Waits between httpcore's own attempts (we ask for none)."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int, timeout: float | None) -> Sequence[str]:  # noqa: ASYNC109
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolver.resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no answer about the name {host}") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(
                f"cannot resolve {host}: {getattr(error, 'strerror', None) or error}"
            ) from error
        for address in addresses:
            if why := why_forbidden(ipaddress.ip_address(address), allow_loopback=self._allow_loopback):
                raise ForbiddenAddressError(f"{host} leads to {address} ({why})")
        return addresses
