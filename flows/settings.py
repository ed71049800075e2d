"""Settings: `zhengfa.toml` in ZHENGFA_HOME, with `ZHENGFA_*` environment variables over it.

    ZHENGFA_REVISIT_EVERY=0s  >  revisit_every = "1d" in zhengfa.toml  >  the default here

Receivers and routes stand in the same file; their shapes belong to `alerts.receivers`. Secrets are typed there so that
they cannot be printed.
"""

from __future__ import annotations

import tomllib
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import (
    SettingsError as SettingsSourceError,
)

from alerts.receivers.secret import Secret, WebAddress
from alerts.receivers.settings import Duration, Receiver, ReceiverSettings, RouteSettings, WebhookReceiver
from flows.cron import cron_line
from flows.errors import SettingsError
from flows.faults import UNKNOWN, faults
from flows.home import Home
from flows.language import say
from flows.system import why


def _headers(receiver: Receiver) -> Receiver:
    """Raises ValueError where a setting stands below [receivers.headers]: there TOML makes a header of it."""
    for name in receiver.headers if isinstance(receiver, WebhookReceiver) else ():
        if name in Settings.model_fields:
            raise ValueError(f"receiver {receiver.name!r}: headers.{name}: {UNKNOWN}")
    return receiver


class Settings(BaseSettings):
    """Everything a user may set; `zhengfa init` writes a commented file of it."""

    model_config = SettingsConfigDict(env_prefix="ZHENGFA_", extra="forbid", frozen=True, hide_input_in_errors=True)

    database_url: str = ""
    snapshots_url: str = ""
    contact: str = ""
    allow_loopback: bool = False
    first_window: Duration = timedelta(days=400)
    alert_max_age: Duration = timedelta(days=45)
    revisit_every: Duration = timedelta(days=1)
    revisit_for: Duration = timedelta(days=30)
    fetch_log_for: Duration = timedelta(days=90)
    request_gap: Duration = timedelta(seconds=3)
    browser_check: bool = True
    sources_at_once: Annotated[int, Field(ge=1, le=64)] = 8
    parse_processes: Annotated[int, Field(ge=1, le=64)] = 2
    schedule: Annotated[str, AfterValidator(cron_line)] = "15 7,12,18 * * *"
    deliver_every: Duration = timedelta(seconds=15)
    language: Literal["zh", "en"] = "zh"
    public_base_url: Annotated[str, Field(pattern=r"^(https?://[^\s?#]+)?$")] = ""
    links_host: str = "127.0.0.1"
    links_port: Annotated[int, Field(ge=0, le=65535)] = 8321
    link_key: Secret | None = None
    dead_man_url: WebAddress | None = None
    prefect_port: Annotated[int, Field(ge=0, le=65535)] = 4200
    receivers: tuple[Annotated[ReceiverSettings, AfterValidator(_headers)], ...] = ()
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
    """The settings in force. Raises SettingsError that names everything to mend, and where it stands."""
    home = home or Home.from_environment()
    try:
        return Settings()
    except ValidationError as error:
        raise _told(error, home) from None
    except SettingsSourceError as error:
        # A variable that should hold a list, such as ZHENGFA_RECEIVERS, and is no JSON.
        raise SettingsError(str(error), say("在 zhengfa.toml 里写", "write it in zhengfa.toml instead")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{home.settings_file}: {error}",
            say("这一行不合 TOML 的写法;文字要加引号", "mend that line, it is no TOML; texts stand in quotation marks"),
        ) from None
    except OSError as error:
        raise SettingsError(
            f"{home.settings_file}: {why(error)}", say("让你自己能读这个文件", "make the file readable for you")
        ) from None


def _told(error: ValidationError, home: Home) -> SettingsError:
    text = home.settings_file.read_text(encoding="utf-8") if home.settings_file.exists() else ""
    found = faults(error, text, Settings)
    head = say(f"{len(found)} 处不能用", f"{len(found)} {'thing' if len(found) == 1 else 'things'} cannot be used")
    return SettingsError(
        "\n  ".join((f"{home.settings_file}: {head}", *map(str, found))),
        say(
            "改好后用 `zhengfa doctor` 再看;接收方和路由的写法见 docs/alerts.md,其余各键见 docs/operating.md",
            "mend them and look again with `zhengfa doctor`; docs/alerts.md has receivers and routes, "
            "docs/operating.md the other keys",
        ),
    )


def shown(settings: Settings) -> dict[str, Any]:
    """The settings as they may be printed: receivers by name and kind only, no password. Raises storage's errors."""
    from storage.store import database_url

    values = {name: getattr(settings, name) for name in Settings.model_fields if name not in {"receivers", "routes"}}
    if settings.database_url:
        values["database_url"] = database_url(settings.database_url).render_as_string(hide_password=True)
    values["receivers"] = [f"{receiver.name} ({receiver.kind})" for receiver in settings.receivers]
    values["routes"] = len(settings.routes)
    return values
