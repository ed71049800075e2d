"""Typer in the user's language: its own words in help, and what it finds wrong with a command line.

App       a group of commands in the house's look
chinese   what `--help` says of a command in Chinese; its docstring says it in English
mistake   what is wrong with a command line, and the way out

Help is put into words when a module is imported: one process speaks one language in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer._click import Command as ClickCommand
from typer.core import TyperCommand, TyperGroup

from flows.command import helping
from flows.language import in_english, say

if TYPE_CHECKING:
    from typer._click import Context

_Function = TypeVar("_Function", bound=Callable[..., object])

_MISTAKES = (
    (r"Missing argument (.+?)\.", r"缺少参数 \1"),
    (r"Missing option (.+?)\.", r"缺少选项 \1"),
    (r" Choose from: (.+)", r";可用: \1"),
    (r"Missing command\.", "没有写命令"),
    (r"No such command (.+?)\.", r"没有命令 \1"),
    (r" Did you mean (.+)\?", r";是不是 \1?"),
    (r"No such option: (\S+)", r"没有选项 \1"),
    (r" \(Possible options: (.+)\)", r";是不是 \1?"),
    (r"Invalid value for (.+?): ", r"\1 的值不能用: "),
    (r"(\S+) is not one of (.+)\.", r"\1 不是其中之一: \2"),
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be greater than or equal to (\S+)", r"不能小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不能大于 \1"),
    (r"Option (\S+) requires an argument\.", r"选项 \1 后面要写值"),
    (r"Option (\S+) does not take a value\.", r"选项 \1 后面不写值"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"多出的参数: \1"),
)


class _Helped(ClickCommand):
    """What is typed, with its usage and help in the user's language throughout."""

    def get_usage(self, ctx: Context) -> str:
        """How it is typed, in one line."""
        return helping.usage(super().get_usage(ctx))

    def get_help(self, ctx: Context) -> str:
        """Print the help; nothing is left to print, as with Typer's own."""
        helping.print_help(self, ctx)
        return ""


class Command(_Helped, TyperCommand):
    """A command."""


class Group(_Helped, TyperGroup):
    """A group of commands."""


class App(typer.Typer):
    """Commands that belong together; without one of them, its help is shown."""

    def __init__(self, help: str, *, name: str | None = None) -> None:  # noqa: A002  Typer's own name
        super().__init__(
            name=name,
            help=help,
            cls=Group,
            no_args_is_help=True,
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode="rich",
        )

    def command(
        self,
        name: str | None = None,
        *,
        cls: type[TyperCommand] | None = Command,
        **settings: Any,  # noqa: ANN401  Typer's own
    ) -> Callable[[_Function], _Function]:
        """Typer's decorator, for commands of ours."""
        return super().command(name, cls=cls, **settings)


def chinese(words: str) -> Callable[[_Function], _Function]:
    """The help of a command in Chinese, where this user reads it; else Typer shows the docstring."""

    def put(command: _Function) -> _Function:
        if not in_english():
            command.__doc__ = words
        return command

    return put


def mistake(error: typer.TyperException) -> tuple[str, str]:
    """What Typer finds wrong, in the user's language, and the way out; two empty texts where it has shown the help."""
    told = " ".join(error.format_message().split())
    if not told:
        return "", ""
    told = told.replace(": Value error, ", ": ", 1)
    if not in_english():
        for pattern, words in _MISTAKES:
            told = re.sub(pattern, words, told)
    context: Context | None = getattr(error, "ctx", None)
    path = context.command_path if context else "zhengfa"
    return told, say(f"`{path} --help` 列出怎么用", f"`{path} --help` shows how")
