"""Hosts of addresses, as cards list them."""

from __future__ import annotations

from yarl import URL


def host_of(url: str) -> str:
    """The host of `url` as a card lists it: lower case, with its port where that is not the scheme's own.

    Raises ValueError where `url` is no address or has no host.
    """
    parsed = URL(url)
    host = (parsed.host or "").rstrip(".").lower()
    if not host:
        raise ValueError(f"{url!r} has no host")
    return host if parsed.is_default_port() else f"{host}:{parsed.port}"


def on_hosts(url: str, hosts: frozenset[str]) -> bool:
    """Whether `url` lies on one of `hosts` (`host`: on any port, `host:port`: on that one)."""
    try:
        # The name itself is only looked at when it is asked for: `xn--a.cn` is none.
        parsed = URL(url)
        host, port = (parsed.host or "").rstrip(".").lower(), parsed.port
    except ValueError:
        return False
    return bool(host) and (host in hosts or f"{host}:{port}" in hosts)
