"""Signed links of this home: the key that signs them, and the server that answers them while `zhengfa serve` runs.

link_key = "…" in the settings  >  ZHENGFA_HOME/link.key, made with mode 600 the first time it is wanted
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

from alerts.link_server import serving
from alerts.messages.links import Links
from alerts.messages.render import Renderer
from alerts.pages import LinkPages
from alerts.receivers import Secret
from alerts.vocabulary import Language
from flows.errors import SettingsError
from flows.home import Home
from flows.language import say
from flows.settings import Settings
from flows.stores import open_record
from flows.system import why as why_refused

log = logging.getLogger(__name__)

_LEAST = 16
_MODE = 0o600


def links_of(home: Home, settings: Settings) -> Links:
    """What makes and checks the links in messages; none without a `public_base_url`. Raises SettingsError."""
    if not settings.public_base_url:
        return Links()
    return Links(settings.public_base_url, settings.link_key or _kept_key(home))


def _kept_key(home: Home) -> Secret:
    """The key in the home, made where there is none. Of two processes that make one at once the first one's holds."""
    file = home.link_key
    if not file.exists():
        home.make()
        mine = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "w") as opened:
            opened.write(f"{secrets.token_urlsafe(32)}\n")
        with contextlib.suppress(FileExistsError):
            os.link(mine, file)
        mine.unlink()
    if file.stat().st_mode & 0o077:
        log.warning("%s was readable for others; its mode is 600 now", file)
        file.chmod(_MODE)
    key = file.read_text(encoding="utf-8").strip()
    if len(key) < _LEAST:
        raise SettingsError(
            say(f"{file}: 签链接的密钥太短", f"{file}: the key that signs links is too short"),
            say("删掉它,会另建一个", "delete it: a new one is made"),
        )
    return Secret(key)


@contextlib.contextmanager
def answering(home: Home, settings: Settings) -> Iterator[str]:
    """Answer signed links as long as the context lasts; gives where ("" without `public_base_url`).

    Raises SettingsError where the address cannot be listened on.
    """
    links = links_of(home, settings)
    if not links.base:
        yield ""
        return
    with contextlib.ExitStack() as open_things:
        store = open_things.enter_context(open_record(home, settings))
        pages = LinkPages(store, links, _now, Renderer(home.templates), Language(settings.language))
        try:
            address = open_things.enter_context(serving(pages, settings.links_host, settings.links_port))
        except OSError as error:
            where, why = f"{settings.links_host}:{settings.links_port}", why_refused(error)
            raise SettingsError(
                say(f"无法在 {where} 应答链接: {why}", f"links cannot be answered at {where}: {why}"),
                say(
                    "把 links_host 和 links_port 设为本机空闲的地址",
                    "set links_host and links_port to an address of this machine that is free",
                ),
            ) from None
        yield address


def _now() -> datetime:
    return datetime.now(UTC)
