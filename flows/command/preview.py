"""`zhengfa alerts preview`: how many alerts there would have been, which, to whom, and what other thresholds change."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from flows.command import labels, options, wording
from flows.command.app import chinese
from flows.command.opening import opened
from flows.command.output import number, out, plain, print_rows, table
from flows.command.parameters import Since
from flows.errors import OptionError
from flows.language import say

if TYPE_CHECKING:
    from rich.table import Table

    from alerts.preview import Preview, Previewed
    from storage.telling import Names


@chinese(
    "在已存的历史上试运行规则: 会有多少警报、哪些、发给谁;什么也不存储、不发送"
    "\n\n用 --set 时与现行阈值比较: + 只有试用的会告知,- 只有现行的会告知"
)
def preview(
    since: Since = "",
    rule: Annotated[
        list[str] | None, typer.Option(help=say("只用这条规则;可写多次", "Only this rule; may be given again."))
    ] = None,
    trial: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar=say("名=值", "NAME=VALUE"),
            help=say("试用一个阈值: percent=30、small_base=50", "Try a threshold: percent=30, small_base=50."),
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, max=100_000, help=say("最多列出多少条", "Show at most so many of them."))
    ] = 50,
) -> None:
    """Run the rules over the stored past; nothing is stored or sent. How many, which, and who would have got them.

    With --set, what the thresholds in force tell is compared: + is told only by those tried, - only by those in force.
    """
    from alerts.preview import preview as run
    from alerts.receivers import Directory
    from flows.delivery import thresholds
    from storage.telling import names

    trials = _trials(trial or [])
    day = options.day("--since", since)
    with opened() as here:
        directory = Directory.of(here.settings.receivers, here.settings.routes)
        tried = run(here.store, directory, since=day, rules=rule, thresholds=thresholds(here.home, trials))
        in_force = (
            run(here.store, directory, since=day, rules=rule, thresholds=thresholds(here.home)) if trials else tried
        )
        with here.store.read() as session:
            _print(tried, in_force, trials, names(session), limit)


def _trials(words: list[str]) -> dict[str, Decimal]:
    from alerts.rules.thresholds import DEFAULTS

    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name.removesuffix("_up").removesuffix("_down") not in DEFAULTS:
            known = ", ".join(DEFAULTS)
            raise OptionError(
                say(f"--set {word!r} 不是阈值", f"--set {word!r} names no threshold"),
                say(
                    f"写成 名=值,名为 {known} 之一,或加 _up、_down",
                    f"write NAME=VALUE with one of {known}, or with _up or _down added",
                ),
            )
        found[name] = _threshold(name, value, DEFAULTS[name.removesuffix("_up").removesuffix("_down")])
    return found


def _threshold(name: str, value: str, default: Decimal) -> Decimal:
    """What a threshold is set to, in its own unit. Raises OptionError."""
    with contextlib.suppress(OptionError):
        if (found := options.number(name, value)) >= 0:
            return found
    unit = ""
    if "percent" in name:
        unit = say(",以个百分点计", " of percentage points") if "points" in name else say(",以 % 计", " of per cent")
    raise OptionError(
        say(f"--set {name} 的值 {value!r} 不能用", f"--set {name}: {value!r} cannot be used"),
        say(
            f"写不小于 0 的数{unit},例如默认的 {name}={default}",
            f"write a number{unit}, 0 or more, such as the default {name}={default}",
        ),
    )


def _print(tried: Preview, in_force: Preview, trials: Mapping[str, Decimal], called: Names, limit: int) -> None:
    here, there = ({one.alert.fingerprint for one in found.alerts} for found in (tried, in_force))
    total = say(f"{tried.editions} 份报告,{len(here)} 条警报", f"{len(here)} alerts over {tried.editions} reports")
    if trials:
        set_to = ", ".join(f"{name}={number(value)}" for name, value in trials.items())
        total += say(
            f";试用 {set_to}:现行阈值 {len(there)} 条,少 {len(there - here)} 条,多 {len(here - there)} 条",
            f"; with {set_to} instead of those in force ({len(there)}): "
            f"{len(there - here)} fewer, {len(here - there)} more",
        )
    held = sum(one.alert.held for one in tried.alerts)
    if held:
        total += say(f";其中 {held} 条待复核,复核前不发送", f"; {held} of them wait for review and are not sent before")
    out.print(total, soft_wrap=True)
    if not here | there:
        return
    out.print(_counts(tried, in_force if trials else None, called))
    differing = [one for one in in_force.alerts if one.alert.fingerprint not in here]
    shown = sorted((*tried.alerts, *differing), key=lambda one: (str(one.published), one.alert.region or ""))
    if limit:
        rows = _rows(compared=bool(trials))
        for one in shown[-limit:]:
            mark = "-" if one.alert.fingerprint not in here else "" if one.alert.fingerprint in there else "+"
            rows.add_row(*([mark] if trials else []), *_row(one, called))
        print_rows(rows, "")
    if len(shown) > limit:
        more = len(shown) - limit
        out.print(say(f"另有更早的 {more} 条;--limit 可多列", f"{more} earlier ones are not shown; see --limit"))


def _counts(tried: Preview, in_force: Preview | None, called: Names) -> Table:
    """How many of each rule, receiver, indicator and verdict; beside them what the thresholds in force give."""
    columns = [say("按", "by"), say("是什么", "what"), ">" + say("警报", "alerts")]
    if in_force is not None:
        columns.append(">" + say("现行", "in force"))
    counts = table("", *columns)
    tallies = [_tallies(found) for found in ((tried,) if in_force is None else (tried, in_force))]
    kinds: tuple[tuple[str, Mapping[str, str]], ...] = (
        (say("规则", "rule"), labels.RULES),
        (say("接收方", "receiver"), {}),
        (say("地区", "region"), {code: wording.region(code, called) for code in called.regions}),
        (say("指标", "indicator"), called.indicators),
        (say("评价", "feedback"), labels.FEEDBACK),
    )
    for (kind, words), *several in zip(kinds, *tallies, strict=True):
        for name in dict.fromkeys(name for tally in several for name in tally):
            counts.add_row(kind, plain(labels.label(words, name)), *(str(tally.get(name, 0)) for tally in several))
    return counts


def _tallies(found: Preview) -> tuple[Mapping[str, int], ...]:
    return (found.by_rule, found.by_receiver, found.by_region, found.by_indicator, found.by_verdict)


def _rows(*, compared: bool) -> Table:
    return table(
        "", *([""] if compared else []), say("发布", "published"), say("规则", "rule"), say("内容", "what"),
        ">" + say("阈值", "threshold"), ">" + say("倍数", "times"), say("接收方", "receivers"), say("评价", "feedback"),
    )  # fmt: skip


def _row(one: Previewed, called: Names) -> tuple[str, ...]:
    alert = one.alert
    limit, form = alert.facts.get("threshold", ""), alert.facts.get("threshold_form", "")
    points = say("个百分点", " pp") if form == "percentage_points" else "%"
    codes = [alert.rule, *alert.facts.get("also", "").split()]
    rules = say("、", ", ").join(labels.label(labels.RULES, labels.rule_of(code)) for code in codes)
    receivers = say("待复核", "held") if alert.held else plain(", ".join(one.receivers))
    return (
        str(one.published or ""), rules,
        plain(wording.headline(alert, called)), f"{limit}{points}" if limit else "",
        f"{alert.sharpness:.1f}" if limit and alert.sharpness else "", receivers,
        labels.label(labels.FEEDBACK, one.verdict),
    )  # fmt: skip
