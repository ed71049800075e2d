"""E-mail through a real SMTP server on loopback."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import AuthResult
from hypothesis import given
from hypothesis import strategies as st

from alerts.channels import Delivered, Outcome, Refused, Retry
from alerts.channels.mail import _POLICY
from alerts.vocabulary import Reason
from tests.alerts.channels.senders import receiver, send
from tests.alerts.mail_sink import Sink, mail_sink
from tests.alerts.samples import CRIME, DISPUTES, message
from tests.alerts.servers import free_port

SERIES = tuple((str(year), Decimal(1000 + 37 * (year % 5))) for year in range(2015, 2025))


def mail_to(sink: Sink, *readers: str, done: frozenset[int] = frozenset(), **more: object) -> Outcome:
    to = receiver(
        kind="email", smtp=sink.url, sender="政法观察 <z@example.org>", to=list(readers or ["desk@example.org"]), **more
    )
    return send(to, message(CRIME, DISPUTES), done)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_text_and_html_are_right_in_chinese() -> None:
    with mail_sink() as sink:
        assert isinstance(mail_to(sink), Delivered)
    reader, mail = sink.mails[0]
    assert reader == "desk@example.org"
    assert mail["Subject"] == "甘肃 2024 · 公安 · 立刑事案件 同比 -28%(为近14年最低),另1项"
    assert "立刑事案件【下降28%】,为近14年最低" in part(mail, "plain")
    assert "下降28%</mark>" in part(mail, "html")
    assert mail["From"] == "政法观察 <z@example.org>"


def _one_line(text: str) -> str:
    """As `Renderer.subject` gives them: single spaces, none at the ends."""
    return " ".join(text.split())


@given(st.text(alphabet="甘肃公安数值 ·→+-%1234abc(),:", min_size=1, max_size=120).map(_one_line).filter(bool))
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = subject
    raw = mail.as_bytes()
    assert message_from_bytes(raw, policy=policy.default)["Subject"] == subject
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


def test_headers_thread_a_correction_under_its_alert() -> None:
    with mail_sink() as sink:
        to = receiver(name="编辑部", kind="email", smtp=sink.url, sender="z@example.org", to=["d@example.org"])
        send(to, message(CRIME))
        send(to, message(CRIME, reason=Reason.CORRECTION, id="msg_0002", thread="msg_0001"))
        send(to, message(CRIME, reason=Reason.CORRECTION, id="msg_0002", thread="msg_0001"))
    first, second, again = (mail for _, mail in sink.mails)
    assert first["Message-ID"] == "<msg_0001@example.org>"
    assert first["References"] is None
    assert second["References"] == second["In-Reply-To"] == "<msg_0001@example.org>"
    assert second["Message-ID"] == again["Message-ID"] == "<msg_0002@example.org>"
    assert first["List-Id"].endswith(".zhengfa-watch.example.org>")
    assert first["Date"] == "Fri, 17 Jan 2025 10:00:00 +0800"
    assert first["Auto-Submitted"] == "auto-generated"


def test_a_series_is_drawn_inline() -> None:
    with mail_sink() as sink:
        to = receiver(kind="email", smtp=sink.url, sender="z@example.org", to=["d@example.org"])
        send(to, message(replace(DISPUTES, series=SERIES), CRIME))
    mail = sink.mails[0][1]
    images = [piece for piece in mail.walk() if piece.get_content_type() == "image/png"]
    assert len(images) == 1
    assert images[0].get_content()[:8] == b"\x89PNG\r\n\x1a\n"
    assert f"cid:{images[0]['Content-ID'].strip('<>')}" in part(mail, "html")


def test_one_mailbox_that_refuses_costs_the_others_nothing() -> None:
    with mail_sink() as sink:
        sink.refuse = {"gone@example.org": "550 no such user"}
        outcome = mail_to(sink, "a@example.org", "gone@example.org", "b@example.org")
    assert isinstance(outcome, Delivered)
    assert "reader 2 refused: 550 no such user" in outcome.receipt
    assert [reader for reader, _ in sink.mails] == ["a@example.org", "b@example.org"]


def test_a_greylisted_mailbox_is_tried_again_by_itself() -> None:
    with mail_sink() as sink:
        sink.refuse = {"b@example.org": "450 try later"}
        first = mail_to(sink, "a@example.org", "b@example.org", "c@example.org")
        assert isinstance(first, Retry)
        assert first.done == {0, 2}
        sink.refuse = {}
        assert isinstance(mail_to(sink, "a@example.org", "b@example.org", "c@example.org", done=first.done), Delivered)
    assert [reader for reader, _ in sink.mails] == ["a@example.org", "c@example.org", "b@example.org"]


def test_all_refused_is_refused_and_4xx_after_data_is_later() -> None:
    with mail_sink() as sink:
        sink.refuse = {"desk@example.org": "550 no"}
        assert mail_to(sink) == Refused("550 no")
        sink.refuse, sink.data = {}, "452 disk full"
        assert mail_to(sink) == Retry("452 disk full")


def test_nobody_there_is_tried_again() -> None:
    outcome = mail_to(Sink(url=f"smtp://127.0.0.1:{free_port()}"))
    assert isinstance(outcome, Retry)
    assert "no session" in outcome.why


def test_a_password_never_goes_over_an_open_line() -> None:
    def accept(*_: object) -> AuthResult:
        return AuthResult(success=True)

    with mail_sink(authenticator=accept, auth_require_tls=False) as sink:
        assert isinstance(mail_to(sink, user="u", password="p4ssw0rd"), Refused)
        assert isinstance(mail_to(sink, user="u", password="p4ssw0rd", tls="none"), Delivered)
