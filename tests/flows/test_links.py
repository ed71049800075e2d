"""The key of signed links in a home, and the server that `zhengfa serve` runs for them."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from flows.delivery import desk
from flows.errors import SettingsError
from flows.home import Home
from flows.links import answering, links_of
from flows.settings import load_settings, shown


def write(home: Home, *lines: str) -> None:
    home.settings_file.write_text("\n".join(('public_base_url = "https://watch.example.org"', *lines)) + "\n")


def test_without_a_base_there_is_no_key_and_no_server(home: Home) -> None:
    settings = load_settings(home)
    assert desk(home, settings).links.base == ""
    with answering(home, settings) as address:
        assert address == ""
    assert not home.link_key.exists()


def test_a_key_is_made_once_for_the_owner_alone(home: Home) -> None:
    write(home)
    settings = load_settings(home)
    with ThreadPoolExecutor(8) as pool:
        made = {links_of(home, settings).key for _ in pool.map(lambda _: links_of(home, settings), range(8))}
    assert len(made) == 1
    assert stat.S_IMODE(home.link_key.stat().st_mode) == 0o600
    assert list(home.root.glob("link.key.*")) == []
    assert desk(home, settings).links.key in made


def test_a_key_that_others_could_read_is_closed(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    write(home)
    links_of(home, load_settings(home))
    home.link_key.chmod(0o644)
    links_of(home, load_settings(home))
    assert stat.S_IMODE(home.link_key.stat().st_mode) == 0o600
    assert "readable for others" in caplog.text


def test_a_key_in_the_settings_holds_and_is_never_shown(home: Home) -> None:
    write(home, 'link_key = "a key of my own, long enough"')
    settings = load_settings(home)
    key = links_of(home, settings).key
    assert key is not None
    assert key.reveal() == "a key of my own, long enough"
    assert not home.link_key.exists()
    assert "a key of my own" not in str(shown(settings))
    assert desk(home, settings).redactor.clean("signed with a key of my own, long enough") == "signed with ***"


def test_an_emptied_key_is_told(home: Home) -> None:
    write(home)
    home.link_key.write_text("\n")
    with pytest.raises(SettingsError, match="签链接的密钥太短"):
        links_of(home, load_settings(home))


def test_links_are_answered_and_a_taken_port_is_told(home: Home) -> None:
    write(home, "links_port = 0")
    settings = load_settings(home)
    with answering(home, settings) as address:
        assert httpx.get(f"{address}/a/", trust_env=False).status_code == 404
        taken = settings.model_copy(update={"links_port": int(address.rsplit(":", 1)[1])})
        with pytest.raises(SettingsError, match="无法在 127"), answering(home, taken):
            pass


@pytest.mark.parametrize("base", ["watch.example.org", "ftp://watch.example.org", "https://x.org/?a=1", "https://a b"])
def test_a_base_that_is_no_address_is_told(home: Home, base: str) -> None:
    home.settings_file.write_text(f'public_base_url = "{base}"\n')
    with pytest.raises(SettingsError, match="public_base_url"):
        load_settings(home)
