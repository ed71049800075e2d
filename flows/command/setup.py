"""`zhengfa init` and `zhengfa doctor`: making the home, and saying what is in it."""

from __future__ import annotations

import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from flows.command.output import out, table
from flows.home import Home

if TYPE_CHECKING:
    from flows.settings import Settings


def init() -> None:
    """Make ZHENGFA_HOME and write a commented zhengfa.toml into it; an existing one is left alone."""
    home = Home.from_environment()
    home.make()
    if home.settings_file.exists():
        out.print(f"{home.settings_file} is there already and stays as it is")
        return
    home.settings_file.write_text(files("flows").joinpath("templates/zhengfa.toml").read_text(encoding="utf-8"))
    home.settings_file.chmod(0o600)
    out.print(f"made {home.root}")
    out.print(f"settings, receivers and routes: {home.settings_file}", soft_wrap=True)
    out.print("next: name a contact and a receiver there, then `zhengfa sources list` and `zhengfa ingest`")


def doctor(
    strict: Annotated[bool, typer.Option(help="End with status 1 where something is missing.")] = False,
) -> None:
    """Say what is set up, where things lie and what is missing."""
    from flows.settings import load_settings, shown

    home = Home.from_environment()
    settings = load_settings(home)
    rows = table("zhengfa doctor", "what", "state")
    rows.add_row("home", str(home.root))
    rows.add_row("settings", str(home.settings_file) if home.settings_file.exists() else "defaults (no zhengfa.toml)")
    for name, value in shown(settings).items():
        rows.add_row(f"  {name}", str(value))
    rows.add_row("record", _record(home, settings))
    rows.add_row("cards", _cards(home))
    rows.add_row("prefect", _prefect(home))
    out.print(rows)
    missing = list(_missing(home, settings))
    for line in missing:
        out.print(f"[yellow]missing:[/] {escape(line)}")
    if not missing:
        out.print("[green]nothing is missing[/]")
    sys.exit(1 if strict and missing else 0)


def _record(home: Home, settings: Settings) -> str:
    from storage.store import describe

    return describe(settings.database_url or home.database)


def _cards(home: Home) -> str:
    from flows.ingest.cards import load

    cards, broken = load(home)
    enabled = sum(card.enabled for card in cards)
    return f"{len(cards)} cards, {enabled} enabled, {len(broken)} broken"


def _prefect(home: Home) -> str:
    from flows.orchestration.server import find

    server = find(home)
    return f"running at {server.ui_url}" if server else "no server is running; one is started for each ingest"


def _missing(home: Home, settings: Settings) -> list[str]:
    from flows.ingest.cards import load

    lines = []
    if not home.settings_file.exists():
        lines.append("zhengfa.toml: `zhengfa init` writes one")
    if not settings.contact:
        lines.append("contact: sites cannot write to you; set it in zhengfa.toml")
    if not settings.receivers:
        lines.append("receivers: alerts are stored, and sent to nobody; add [[receivers]] to zhengfa.toml")
    cards, broken = load(home)
    if not any(card.enabled for card in cards):
        lines.append("sources: no card is enabled; see `zhengfa sources list`")
    lines.extend(f"a card that can be used: {problem}" for problem in broken)
    return lines
