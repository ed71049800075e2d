"""Settings: environment over file over default, and errors that name the key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from flows.errors import SettingsError
from flows.home import Home
from flows.settings import load_settings, shown

RECEIVERS = """
[[receivers]]
name = "desk"
kind = "webhook"
url = "http://127.0.0.1:9000/hook/secret-token-1"

[[receivers]]
name = "mail"
kind = "email"
smtp = "smtp://127.0.0.1:2525"
sender = "zhengfa@example.org"
to = ["desk@example.org"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ZHENGFA_HOME", str(tmp_path / "home"))
    for name in ("ZHENGFA_REVISIT_EVERY", "ZHENGFA_ALLOW_LOOPBACK"):
        monkeypatch.delenv(name, raising=False)
    made = Home.from_environment()
    made.make()
    return made


def test_defaults_are_the_ones_the_architecture_names(home: Home) -> None:
    settings = load_settings(home)
    assert settings.alert_max_age == timedelta(days=45)
    assert settings.revisit_for == timedelta(days=30)
    assert settings.first_window == timedelta(days=400)
    assert not settings.allow_loopback


def test_the_environment_wins_over_the_file(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.settings_file.write_text('revisit_every = "2d"\n')
    assert load_settings(home).revisit_every == timedelta(days=2)
    monkeypatch.setenv("ZHENGFA_REVISIT_EVERY", "0s")
    monkeypatch.setenv("ZHENGFA_ALLOW_LOOPBACK", "1")
    assert load_settings(home).revisit_every == timedelta(0)
    assert load_settings(home).allow_loopback


def test_the_fixed_keys_of_receivers_are_read_and_never_shown(home: Home) -> None:
    home.settings_file.write_text(RECEIVERS)
    settings = load_settings(home)
    assert [(r.name, r.kind) for r in settings.receivers] == [("desk", "webhook"), ("mail", "email")]
    assert "secret-token-1" not in f"{settings!r} {shown(settings)}"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('revisit_every = "often"', "revisit_every"),
        ("no_such_key = 1", "no_such_key"),
        ('[[receivers]]\nname = "desk"\nkind = "webhook"\nurl = "not an address"', "desk"),
        ('[[receivers]]\nname = "mail"\nkind = "email"\nsmtp = "smtp://h:25"\nsender = "a@b.c"\nto = ["nobody"]', "to"),
        ("contact = ", "line 1"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_way_out(home: Home, text: str, names: str) -> None:
    home.settings_file.write_text(text + "\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(home)
    assert names in str(caught.value)
    assert "zhengfa.toml" in str(caught.value)
    assert caught.value.hint


def test_the_home_is_for_its_owner_only(home: Home) -> None:
    assert home.root.stat().st_mode & 0o777 == 0o700
