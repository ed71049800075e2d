"""`zhengfa receivers`: whether those who are to get alerts can get them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels
from flows.command.app import App, chinese
from flows.command.opening import opened
from flows.command.output import out, plain, print_rows, table
from flows.language import say
from flows.reasons import in_words

if TYPE_CHECKING:
    from alerts.receivers import Directory

app = App(
    say(
        "zhengfa.toml 中的接收方和路由: 检查,发送测试消息",
        "Receivers and routes of zhengfa.toml: check them, send a labelled test.",
    )
)


@app.command()
@chinese("检查接收方和路由,不发送;有不能用的状态码为 1")
def check() -> None:
    """Check receivers and routes without sending; end with status 1 where one cannot be used."""
    from alerts.receivers import Directory
    from alerts.trying import trouble
    from flows.settings import load_settings

    settings = load_settings()
    directory = Directory.of(settings.receivers, settings.routes)
    shown = table(
        say(f"{len(directory.receivers)} 个接收方", f"{len(directory.receivers)} receivers"),
        "名称",
        "类别",
        "对象",
        "路由",
        "状态",
    )
    bad = 0
    for name, receiver in directory.receivers.items():
        wrong = trouble(receiver)
        bad += bool(wrong)
        state = (
            f"[red]{plain(in_words(wrong))}[/]"
            if wrong
            else f"[green]{say('可用', 'usable')}[/]"
            if receiver.enabled
            else say("已停用", "switched off")
        )
        audience = say("读者", "readers") if receiver.audience == "reader" else say("运维", "operators")
        shown.add_row(plain(name), receiver.kind, audience, plain(_routes(directory, name)), state)
    none = say(
        "没有接收方: 警报只入库,谁也收不到;请在 zhengfa.toml 中加 [[receivers]]",
        "no receivers: alerts are stored, and sent to nobody; add [[receivers]] to zhengfa.toml",
    )
    print_rows(shown, plain(none))
    sys.exit(1 if bad else 0)


@app.command()
@chinese("照真实的路径发送一条标明测试的消息;没有送达状态码为 1")
def test(
    name: Annotated[
        str,
        typer.Argument(
            metavar=say("名称", "NAME"), help=say("zhengfa.toml 中接收方的名称", "The receiver's name in zhengfa.toml.")
        ),
    ],
) -> None:
    """Send a message labelled as a test through the real path; end with status 1 where it did not arrive."""
    from alerts.trying import send_test
    from flows.delivery import desk, now

    with opened(make=True) as here:
        verdict = send_test(here.store, desk(here.home, here.settings), name, clock=now)
    state = labels.label(labels.DELIVERIES, verdict.state)
    out.print(
        f"{plain(verdict.receiver)}: {state}" + (f": {plain(in_words(verdict.answer))}" if verdict.answer else ""),
        soft_wrap=True,
    )
    sys.exit(0 if verdict.state == "delivered" else 1)


def _routes(directory: Directory, name: str) -> str:
    if not directory.routes:
        return say("全部(没有路由)", "all (no routes)")
    routes = [route.name or f"#{number}" for number, route in enumerate(directory.routes, 1) if name in route.receivers]
    return ", ".join(routes) or say("无", "none")
