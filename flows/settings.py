"""Settings: `zhengfa.toml` in ZHENGFA_HOME, with `ZHENGFA_*` environment variables over it.

    ZHENGFA_REVISIT_EVERY=0s  >  revisit_every = "1d" in zhengfa.toml  >  the default here

Receivers and routes stand in the same file; their shapes belong to `alerts.receivers`. Secrets are typed there so that
they cannot be printed.
"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from alerts.receivers.secret import Secret, WebAddress
from alerts.receivers.settings import Duration, ReceiverSettings, RouteSettings
from flows.errors import SettingsError
from flows.home import Home


class Settings(BaseSettings):
    """Everything a user may set; `zhengfa init` writes a commented file of it."""

    model_config = SettingsConfigDict(env_prefix="ZHENGFA_", extra="forbid", frozen=True, hide_input_in_errors=True)

    database_url: str = ""
    contact: str = ""
    allow_loopback: bool = False
    first_window: Duration = timedelta(days=400)
    alert_max_age: Duration = timedelta(days=45)
    revisit_every: Duration = timedelta(days=1)
    revisit_for: Duration = timedelta(days=30)
    fetch_log_for: Duration = timedelta(days=90)
    request_gap: Duration = timedelta(seconds=3)
    sources_at_once: Annotated[int, Field(ge=1, le=64)] = 8
    parse_processes: Annotated[int, Field(ge=1, le=64)] = 2
    schedule: str = "15 7,12,18 * * *"
    deliver_every: Duration = timedelta(seconds=15)
    language: Literal["zh", "en"] = "zh"
    public_base_url: Annotated[str, Field(pattern=r"^(https?://[^\s?#]+)?$")] = ""
    links_host: str = "127.0.0.1"
    links_port: Annotated[int, Field(ge=0, le=65535)] = 8321
    link_key: Secret | None = None
    dead_man_url: WebAddress | None = None
    prefect_port: Annotated[int, Field(ge=0, le=65535)] = 4200
    receivers: tuple[ReceiverSettings, ...] = ()
    routes: tuple[RouteSettings, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic-settings hands it in by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over file; no .env files and no secret folders."""
        toml = TomlConfigSettingsSource(settings_cls, Home.from_environment().settings_file)
        return init_settings, env_settings, toml


def load_settings(home: Home | None = None) -> Settings:
    """The settings in force. Raises SettingsError that names the key and where it stands."""
    home = home or Home.from_environment()
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        message = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(
            f"{home.settings_file}: {key}: {message}",
            f"mend {key} there (or the variable ZHENGFA_{key.split('.')[0].upper()}); `zhengfa init` shows every key",
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{home.settings_file}: {error}", "mend that line; it is no TOML") from None
    except OSError as error:
        raise SettingsError(f"{home.settings_file}: {error.strerror}", "make the file readable for you") from None


def shown(settings: Settings) -> dict[str, Any]:
    """The settings as they may be printed: receivers by name and kind only, no password. Raises storage's errors."""
    from storage.store import database_url

    values = {name: getattr(settings, name) for name in Settings.model_fields if name not in {"receivers", "routes"}}
    if settings.database_url:
        values["database_url"] = database_url(settings.database_url).render_as_string(hide_password=True)
    values["receivers"] = [f"{receiver.name} ({receiver.kind})" for receiver in settings.receivers]
    values["routes"] = len(settings.routes)
    return values
