"""`--help` in the user's language: how a command is typed, what it does, its arguments, options and commands.

Typer's own help breaks lines at spaces only, cuts what has none, as Chinese has none, and has its words in English.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from typer.core import TyperArgument, TyperGroup, TyperOption

from flows.command.options import LARGEST_ID
from flows.language import in_english, say

if TYPE_CHECKING:
    from typer._click import Command, Context

_USAGE = (("Usage: ", "用法: "), ("[OPTIONS]", "[选项]"), ("COMMAND", "命令"), ("[ARGS]", "[参数]"))
# What is to be written behind an option, by the name of its type; nothing behind a switch.
_VALUES = {"str": ("文字", "TEXT"), "int": ("整数", "NUMBER"), "path": ("路径", "PATH"), "bool": ("", "")}


def usage(line: str) -> str:
    """A usage line of Typer's, in the user's language."""
    if not in_english():
        for english, words in _USAGE:
            line = line.replace(english, words, 1)
    return line


def print_help(command: Command, ctx: Context) -> None:
    """Print what there is to say of a command."""
    console = Console(highlight=False)
    console.print(command.get_usage(ctx), style="bold", markup=False)
    console.print(f"\n{inspect.cleandoc(command.help or '')}\n", markup=False)
    arguments = [one for one in command.params if isinstance(one, TyperArgument)]
    options = [one for one in command.get_params(ctx) if isinstance(one, TyperOption)]
    panels = {
        say("参数", "Arguments"): [(one.display_name_raw, _about(one, ctx)) for one in arguments],
        say("选项", "Options"): [(_typed(one, ctx), _about(one, ctx)) for one in options],
    }
    for below in command.commands.values() if isinstance(command, TyperGroup) else ():
        placed = getattr(below, "rich_help_panel", None)
        panel = placed if isinstance(placed, str) else say("命令", "Commands")
        first = inspect.cleandoc(below.help or "").partition("\n\n")[0]
        panels.setdefault(panel, []).append((below.name or "", first))
    width = max(len(name) for rows in panels.values() for name, _ in rows)
    for title, rows in panels.items():
        if rows:
            console.print(Panel(_grid(rows, width), title=title, title_align="left", border_style="dim"))


def _grid(rows: Iterable[tuple[str, str]], width: int) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold cyan", min_width=width, max_width=32, overflow="fold")
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _typed(option: TyperOption, ctx: Context) -> str:
    """How an option is typed, with a word for its value: --output, -o 路径."""
    kind = "int" if option.min is not None else option.display_type(ctx).strip("<>").removeprefix("list[").rstrip("]")
    value = option.metavar or say(*_VALUES.get(kind, ("代号", "CODE")))
    return f"{', '.join((*option.opts, *option.secondary_opts))} {value}".rstrip()


def _about(one: TyperArgument | TyperOption, ctx: Context) -> str:
    """What an argument or option is for, what may be written, what is taken where nothing is."""
    from rich.markup import escape

    notes = []
    if "|" in (choices := one.display_type(ctx).strip("<>")):
        notes.append(say("可用: ", "one of ") + ", ".join(choices.split("|")))
    if one.min is not None and one.max is not None and one.max < LARGEST_ID:
        notes.append(say(f"{one.min} 到 {one.max}", f"{one.min} to {one.max}"))
    if one.default not in (None, "") and not isinstance(one.default, bool):
        notes.append(say(f"默认 {one.default}", f"by default {one.default}"))
    if one.required:
        notes.append(say("必填", "required"))
    words = one.help if "--help" not in one.opts else say("显示这段说明", "Show this message and exit.")
    return escape(f"{words or ''}{' [' + '; '.join(notes) + ']' if notes else ''}")
