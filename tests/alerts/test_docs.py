"""docs/alerts.md is run: its receivers and routes fit together, its table names every setting."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from alerts.receivers import Directory, RouteSettings, Secret
from alerts.receivers.settings import WebhookReceiver
from alerts.rules.thresholds import DEFAULTS
from flows.home import Home
from flows.links import links_of
from flows.settings import load_settings
from tests.alerts.channels.senders import receiver

DOCS = Path(__file__).parent.parent.parent / "docs"


def blocks() -> dict[str, Any]:
    """All of its TOML, keys of the top level first, as a file must have them."""
    text = (DOCS / "alerts.md").read_text(encoding="utf-8")
    found = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    return tomllib.loads("\n".join(sorted(found, key=lambda block: block.startswith("[["))))


def test_every_receiver_and_route_of_the_documentation_can_be() -> None:
    written = blocks()
    directory = Directory.of(
        [receiver(**table) for table in written["receivers"]],
        [RouteSettings.model_validate(t) for t in written["routes"]],
    )
    assert {one.kind for one in directory.receivers.values()} == {
        "webhook",
        "email",
        "dingtalk",
        "wecom",
        "feishu",
        "alertmanager",
        "apprise",
    }


def test_the_settings_of_links_can_be(home: Home) -> None:
    written = blocks()
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in written.items() if not isinstance(value, list)]
    home.settings_file.write_text("\n".join(lines) + "\n")
    settings = load_settings(home)
    assert settings.public_base_url == written["public_base_url"]
    assert links_of(home, settings).key == Secret(str(written["link_key"]))
    assert {"public_base_url", "links_host", "links_port", "link_key"} <= set(written)


def test_every_common_setting_is_documented() -> None:
    text = (DOCS / "alerts.md").read_text(encoding="utf-8")
    own = {"name", "kind", "url", "secret", "headers"}
    assert [name for name in WebhookReceiver.model_fields if name not in own and f"| `{name}` |" not in text] == []


def test_every_default_threshold_is_justified() -> None:
    text = (DOCS / "thresholds.md").read_text(encoding="utf-8")
    named = {"percentage_points_chain", "percentage_points_previous_five_years"}
    assert [name for name in DEFAULTS if name not in named and f"`{name}`" not in text] == []
