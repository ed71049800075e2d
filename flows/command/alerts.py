"""`zhengfa alerts`: what was told, why, and what people say of it.

list, show, why             look              preview    what the rules would tell of the stored past
ack, silence, unsilence     take over, mute   feedback   false alarms and incidents leave baselines
resend                      send once more    silences   what is muted now
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.command import labels, options, wording
from flows.command.app import App, chinese
from flows.command.opening import Opened, opened, whoami
from flows.command.output import at, out, plain, print_json, print_rows, table, when
from flows.command.parameters import AsJson, Limit, Region
from flows.command.preview import preview
from flows.errors import OptionError
from flows.language import say

if TYPE_CHECKING:
    from storage.facts import AlertFacts
    from storage.handling import AlertStory
    from storage.telling import Names

app = App(
    say("警报: 告知了什么、为何;签收、静音、预演", "Alerts: what was told and why; acknowledge, silence, preview.")
)

Id = Annotated[
    str,
    typer.Argument(
        metavar=say("编号", "ID"),
        help=say("消息中的短编号,或警报的编号", "The short id that messages carry, or the alert's number."),
    ),
]
For = Annotated[str, typer.Option("--for", help=say("多久: 12h、7d、4w", "How long: 12h, 7d, 4w."))]
Note = Annotated[str, typer.Option(help=say("说明,一并显示", "Why; shown with it."))]
Owner = Annotated[str, typer.Option(help=say("由谁;默认是你", "Who does so; by default you."))]
State = Literal[
    "all", "waiting", "sent", "corrected", "digest", "failed", "orphaned", "nobody", "silenced", "acknowledged",
    "inhibited", "held", "baseline", "withdrawn",
]  # fmt: skip


@app.command("list")
@chinese("列出警报,新的在前,各自的下落: 已发送、等到何时、被谁静音")
def list_alerts(
    state: Annotated[
        State,
        typer.Option(
            help=say(
                "只列这种状态的;历史的 (baseline) 要写明才列出",
                "Only those in this state; baseline ones show only when asked for.",
            )
        ),
    ] = "all",
    rule: Annotated[str, typer.Option(help=say("只列这条规则的", "Only this rule's."))] = "",
    region: Region = "",
    since: Annotated[
        str, typer.Option(help=say("只列此后有动静的: 7d、2025-01-31", "Only those that moved since: 7d, 2025-01-31."))
    ] = "30d",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List alerts, newest first, with what became of each: sent, waiting and until when, muted by whom."""
    from alerts.outcomes import Word, outcomes_of
    from storage.routing import newest_alerts
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        code = options.region("--region", region, here.catalogue) or ""
        begin = options.moment("--since", since, here.now)
        found = newest_alerts(session, since=begin, rule=rule, region=code)
        became = outcomes_of(session, found)
        rows = [(alert, became[alert.id]) for alert in found]
        hidden = {Word.BASELINE} if state == "all" else set(Word) - {state}
        history = sum(outcome.word is Word.BASELINE for _, outcome in rows) if state == "all" else 0
        rows = [(alert, outcome) for alert, outcome in rows if outcome.word not in hidden]
        if as_json:
            print_json([alert for alert, _ in rows[:limit]])
            return
        called = names(session)
        length, past = len(rows[:limit]), options.since_when(since)
        shown = table(
            say(f"{past} {length} 条警报", f"{length} alerts {past}") + _left_out(history),
            "编号", "@时间", "状态", "程度", "规则", "内容",
        )  # fmt: skip
        for alert, outcome in rows[:limit]:
            shown.add_row(
                alert.fingerprint[:_SHORT], when(alert.updated_at), plain(wording.outcome(outcome)),
                labels.label(labels.SEVERITIES, alert.severity), labels.label(labels.RULES, alert.rule),
                plain(_headline(here, alert, called)),
            )  # fmt: skip
        none = (
            f"{past}没有警报;`--state baseline` 列出往年的",
            f"no alerts {past}; `--state baseline` lists those of the past",
        )
        print_rows(shown, say(*none))


def _left_out(past: int) -> str:
    """How many alerts of the past a list leaves out; nothing where it leaves out none."""
    told = say(f";另有历史的 {past} 条: --state baseline", f"; {past} more of the past: --state baseline")
    return told if past else ""


@app.command()
@chinese("照读者收到的样子显示一条警报")
def show(alert_id: Id, as_json: AsJson = False) -> None:
    """Show an alert as its readers get it."""
    from alerts.outcomes import outcomes_of
    from storage.handling import find_alert
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        alert = find_alert(session, alert_id)
        if as_json:
            print_json(alert)
            return
        _print_message(here, alert, names(session))
        state = plain(wording.outcome(outcomes_of(session, [alert])[alert.id], at))
        why_it = f"`zhengfa alerts why {alert.fingerprint[:_SHORT]}`"
        out.print(say(f"状态: {state}; 经过: {why_it}", f"state: {state}; its story: {why_it}"), soft_wrap=True)


def _print_message(here: Opened, alert: AlertFacts, called: Names) -> None:
    """An alert in its readers' words: what changed, from what, how sharp, the sentence, the source."""
    from alerts.messages.compose import Composer
    from alerts.messages.render import Renderer
    from alerts.model import Message
    from alerts.routing import reason_of
    from alerts.vocabulary import Language

    language = Language(here.settings.language)
    notice = Composer(called).notice(alert, language, here.now)
    message = Message(
        id=alert.fingerprint, reason=reason_of(alert), language=language, composed_at=here.now, notices=(notice,)
    )
    out.print(Renderer(here.home.templates).text(message).rstrip(), markup=False, highlight=False, soft_wrap=True)


@app.command()
@chinese("说明一条警报为何发给你,或为何没有: 每一关的话、每次投递和尝试")
def why(alert_id: Id) -> None:
    """Tell why you got an alert, or did not: every stage's word, every delivery and attempt."""
    from storage.handling import find_alert
    from storage.handling import why as story_of
    from storage.telling import names

    with opened() as here, here.store.read() as session:
        story = story_of(session, find_alert(session, alert_id).id)
        called = names(session)
        _print_message(here, story.alert, called)
        _print_story(story)


@app.command()
@chinese("签收一条警报: 到期之前不再提醒别人;更正仍会送到")
def ack(alert_id: Id, lasts: For = "7d", note: Note = "", owner: Owner = "") -> None:
    """Take an alert over: it is not repeated to others until then; corrections still come."""
    from storage.handling import acknowledge, find_alert

    with opened() as here, here.store.write() as session:
        alert = find_alert(session, alert_id)
        until = here.now + options.span("--for", lasts)
        acknowledge(session, alert.id, owner=owner or whoami(), note=note, until=until, now=here.now)
    who, name = owner or whoami(), alert.fingerprint[:_SHORT]
    out.print(say(f"{name}: 已由 {who} 签收,至 {at(until)}", f"{name}: taken over by {who} until {at(until)}"))


@app.command()
@chinese("静音一条警报,或同时符合 region=62、rule=record、indicator=…、body=…、source=…、document=… 的所有警报")
def silence(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar=say("编号|名=值", "ID|NAME=VALUE"),
            help=say("一条警报的编号,或都要符合的条件", "An alert's id, or what all must fit."),
        ),
    ],
    lasts: For = "7d",
    note: Note = "",
    owner: Owner = "",
) -> None:
    """Mute one alert, or all that fit region=62, rule=record, indicator=…, body=…, source=…, document=… together."""
    from storage.handling import silence as mute

    with opened() as here, here.store.write() as session:
        matchers = _matchers(here, what)
        ends = here.now + options.span("--for", lasts)
        number = mute(
            session, matchers=matchers, owner=owner or whoami(), note=note, starts=here.now, ends=ends, now=here.now
        )
    fits = " ".join(f"{name}={value}" for name, value in matchers.items())
    told = say(
        f"静音 #{number}: {plain(fits)},至 {at(ends)}; `zhengfa alerts unsilence {number}` 可提前结束",
        f"silence #{number}: {plain(fits)}, until {at(ends)}; `zhengfa alerts unsilence {number}` ends it",
    )
    out.print(told, soft_wrap=True)


@app.command()
@chinese("立即结束一项静音")
def unsilence(
    number: Annotated[
        int,
        typer.Argument(
            metavar=say("编号", "NUMBER"),
            min=1,
            max=options.LARGEST_ID,
            help=say("静音的编号,见 `alerts silences`", "As `alerts silences` lists it."),
        ),
    ],
) -> None:
    """End a silence now."""
    from storage.handling import end_silence

    with opened() as here, here.store.write() as session:
        end_silence(session, number, now=here.now)
    out.print(say(f"静音 #{number} 已结束", f"silence #{number} is over"))


@app.command()
@chinese("列出生效的静音和签收")
def silences() -> None:
    """List the silences and acknowledgements in force."""
    from storage.handling import active_acknowledgements, active_silences, find_alert

    with opened() as here, here.store.read() as session:
        found = active_silences(session, now=here.now)
        taken = active_acknowledgements(session, now=here.now)
        shown = table(say(f"{len(found)} 条静音", f"{len(found)} silences"), ">#", "对象", "由谁", "@至", "说明")
        for one in found:
            fits = " ".join(f"{name}={value}" for name, value in one.matchers.items())
            shown.add_row(str(one.id), plain(fits), plain(one.owner), when(one.ends_at), plain(one.note))
        print_rows(shown, say("没有静音", "nothing is silenced"))
        if taken:
            held = table(
                say(f"{len(taken)} 项签收", f"{len(taken)} acknowledgements"), "编号", "内容", "由谁", "@至", "说明"
            )
            for ack in taken.values():
                alert = find_alert(session, str(ack.alert_id))
                held.add_row(
                    alert.fingerprint[:_SHORT], plain(alert.subject), plain(ack.owner), when(ack.until), plain(ack.note)
                )
            out.print(held)


@app.command()
@chinese("把一条警报的消息现在重发一次,幂等键不变")
def resend(
    alert_id: Id,
    to: Annotated[str, typer.Option(help=say("只发给这个接收方", "Only to this receiver."))] = "",
) -> None:
    """Send an alert's messages once more, now, under the same idempotency key."""
    from alerts.dispatcher import deliver_once
    from flows.delivery import desk
    from storage.dispatch import deliveries_of, delivery, readdress, requeue
    from storage.handling import find_alert
    from storage.vocabulary import DeliveryState

    with opened() as here:
        with here.store.write() as session:
            alert = find_alert(session, alert_id)
            rows = [delivery(session, number) for number in deliveries_of(session, alert.id)]
            wanted = [row for row in rows if row.receiver == to or (not to and row.attempts)]
            orphans = [row for row in rows if row.state is DeliveryState.ORPHANED]
            if not wanted and orphans and to in {one.name for one in here.settings.receivers if one.enabled}:
                # Renamed: what was meant for the old name goes to the new one.
                wanted = orphans
                for row in wanted:
                    readdress(session, row.id, to)
            if not wanted:
                raise _nothing_to_resend(alert_id, to, {row.receiver for row in rows})
            for row in wanted:
                requeue(session, row.id, now=here.now)
        done = deliver_once(here.store, desk(here.home, here.settings), only=[row.id for row in wanted])
    arrived, missed = done["delivered"], len(wanted) - done["delivered"]
    out.print(
        say(
            f"重发 {len(wanted)} 条: 已送达 {arrived}, 未送达 {missed}",
            f"sent again: {len(wanted)}; delivered {arrived}, not delivered {missed}",
        )
    )


@app.command()
@chinese("评价一条警报: 有用 (useful)、误报 (false) 或偶发事件 (incident);后两种的数字不作以后的基准")
def feedback(
    alert_id: Id,
    verdict: Annotated[
        Literal["useful", "false", "incident"],
        typer.Argument(
            metavar=say("评价", "VERDICT"),
            help=say("false 和 incident 的数字不再作基准", "false and incident leave baselines."),
        ),
    ],
    note: Note = "",
    owner: Owner = "",
) -> None:
    """Say of an alert that it was useful, false, or an incident; the last two are no measure for later figures."""
    from storage.handling import find_alert, give_feedback
    from storage.vocabulary import Feedback

    with opened() as here, here.store.write() as session:
        alert = find_alert(session, alert_id)
        give_feedback(session, alert.id, Feedback(verdict), author=owner or whoami(), note=note, now=here.now)
    said = labels.label(labels.FEEDBACK, verdict)
    out.print(f"{alert.fingerprint[:_SHORT]}: " + say(f"记为{said}", f"noted as {said}"))


app.command()(preview)


_SHORT = 8


def _nothing_to_resend(alert_id: str, to: str, receivers: set[str]) -> OptionError:
    at, known = (f" {to!r}" if to else ""), ", ".join(sorted(receivers))
    why_not = f"`zhengfa alerts why {alert_id}`"
    return OptionError(
        say(
            f"警报 {alert_id} 没有发送过{at}",
            f"no message about {alert_id} has been tried" + (f" at{at}" if at else ""),
        ),
        say(f"发送过的接收方: {known}", f"it was tried at {known}")
        if known
        else say(f"{why_not} 说明原因", f"{why_not} says why"),
    )


def _headline(here: Opened, alert: AlertFacts, called: Names) -> str:
    """The figure in one line; what rules without a figure found is told as its message's subject tells it."""
    from alerts.messages.compose import Composer
    from alerts.messages.render import Renderer
    from alerts.model import Message
    from alerts.routing import reason_of
    from alerts.vocabulary import Language

    if alert.value is not None or alert.direction is not None:
        return wording.headline(alert, called)
    language = Language(here.settings.language)
    notice = Composer(called).notice(alert, language, here.now)
    return Renderer(here.home.templates).subject(
        Message(
            id=alert.fingerprint, reason=reason_of(alert), language=language, composed_at=here.now, notices=(notice,)
        )
    )


def _matchers(here: Opened, what: list[str]) -> dict[str, str]:
    from alerts.stages.silences import MATCHERS
    from storage.handling import find_alert

    if len(what) == 1 and "=" not in what[0]:
        with here.store.read() as session:
            return {"fingerprint": find_alert(session, what[0]).fingerprint}
    matchers = {}
    for word in what:
        name, equals, value = word.partition("=")
        if not equals or not value or name not in MATCHERS:
            known = ", ".join(MATCHERS)
            raise OptionError(
                say(f"{word!r} 不是筛选条件", f"{word!r} is no matcher"),
                say(f"写成 名=值,名为 {known} 之一", f"write NAME=VALUE with one of {known}"),
            )
        if name == "region":
            value = options.region("region", value, here.catalogue) or value
        matchers[name] = value
    return matchers


def _print_story(story: AlertStory) -> None:
    from alerts.outcomes import outcome_of

    alert: AlertFacts = story.alert
    state = plain(wording.outcome(outcome_of(alert, story.sent, story.stages), at))
    rule, severity = labels.label(labels.RULES, alert.rule), labels.label(labels.SEVERITIES, alert.severity)
    told = say(
        f"规则: {rule} ({alert.rule}); 程度: {severity}; 第 {alert.revision} 版; 现状: {state}",
        f"rule: {rule}; severity: {severity}; revision {alert.revision}; state: {state}",
    )
    out.print(told, highlight=False)
    stages = table("各关", "@时间", "版", "关", "", "理由", "说明")
    for one in story.stages:
        stages.add_row(
            when(one.at), str(one.revision), labels.label(labels.STAGES, one.stage),
            say("通过", "passed") if one.passed else say("止步", "stopped"),
            labels.label(labels.WHYS, one.reason), plain(one.note),
        )  # fmt: skip
    out.print(stages)
    if story.sent:
        sent = table("投递", "接收方", "缘由", "版", "状态", "@建立", "@了结")
        for row in story.sent:
            sent.add_row(
                plain(row.receiver), labels.label(labels.REASONS, row.reason), str(row.revision),
                labels.label(labels.DELIVERIES, row.state), when(row.created_at), when(row.closed_at),
            )  # fmt: skip
        out.print(sent)
    if story.attempts:
        tried = table("尝试", "@时间", ">投递", ">次", "结果", "回应")
        for attempt in story.attempts:
            tried.add_row(
                when(attempt.at), str(attempt.delivery_id), str(attempt.number),
                labels.label(labels.VERDICTS, attempt.verdict), plain(attempt.answer),
            )  # fmt: skip
        out.print(tried)
    for taken in story.acknowledgements:
        told = say(
            f"签收: {plain(taken.owner)} 至 {at(taken.until)}",
            f"taken over by {plain(taken.owner)} until {at(taken.until)}",
        )
        out.print(f"{told} {plain(taken.note)}", soft_wrap=True)
    for said in story.feedback:
        words = labels.label(labels.FEEDBACK, said.verdict)
        told = f"{words} ({plain(said.author)}, {at(said.created_at)}) {plain(said.note)}"
        out.print(f"{say('评价', 'feedback')}: {told}", soft_wrap=True)
