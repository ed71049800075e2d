"""E-mail over SMTP: text and HTML, a small chart where the series is known, corrections threaded under their alert.

    Message-ID   <id@sender's domain>       the same at every attempt: mail systems drop what they have
    References   <thread@sender's domain>   the first message about the same figures
    List-Id      <receiver.zhengfa-watch.sender's domain>

Each reader is handed over by himself on one connection, so that one mailbox that refuses costs the others nothing.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr

from alerts.channels.contract import UNLIMITED, Clock, Delivered, Limits, Outcome, Parts, Refused, Retry
from alerts.channels.failures import told
from alerts.channels.threads import in_daemon_thread
from alerts.messages.charts import chart
from alerts.messages.render import Renderer
from alerts.model import Message
from alerts.receivers.settings import EmailReceiver
from alerts.vocabulary import BEIJING, Reason


class _Policy(EmailPolicy):
    """SMTP's, but a subject comes back as it was: the library's own folding loses spaces between encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as its lines."""
        if name.lower() != "subject" or str(value).isascii():
            return super().fold_binary(name, value)
        lines = Header(str(value), "utf-8", maxlinelen=75, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {lines}{self.linesep}".encode("ascii")


_POLICY = _Policy(linesep="\r\n", max_line_length=78)
_PORTS = {"smtp": 25, "smtps": 465}
_SUBMISSION = 587
_KEEP = 300


@dataclass(frozen=True, slots=True)
class MailChannel:
    """One mailbox list behind one server."""

    receiver: EmailReceiver
    renderer: Renderer
    clock: Clock
    limits: Limits = UNLIMITED

    async def send(self, message: Message, done: Parts) -> Outcome:
        """Hand the mail to the server for every reader that is not done."""
        # Composing belongs into the thread as well: the first chart imports a library for seconds.
        return await in_daemon_thread(
            lambda: _hand_over(self.receiver, compose(self.receiver, message, self.renderer, self.clock), done)
        )


def compose(receiver: EmailReceiver, message: Message, renderer: Renderer, clock: Clock) -> EmailMessage:
    """The mail, whole. Raises TemplateError."""
    domain = parseaddr(receiver.sender)[1].rpartition("@")[2]
    charts = {notice.short_id: chart(notice.series) for notice in message.notices} if receiver.chart else {}
    drawn = {short_id: image for short_id, image in charts.items() if image}
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = renderer.subject(message)
    mail["From"], mail["To"] = receiver.sender, ", ".join(receiver.to)
    mail["Date"] = format_datetime(clock().astimezone(BEIJING))
    mail["Message-ID"] = f"<{message.id}@{domain}>"
    if message.thread and message.thread != message.id:
        mail["In-Reply-To"] = mail["References"] = f"<{message.thread}@{domain}>"
    mail["List-Id"] = f"zhengfa-watch {message.reason.value} <{_label(receiver.name)}.zhengfa-watch.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.reason is Reason.DIGEST:
        mail["Precedence"] = "bulk"
    mail.set_content(renderer.text(message), charset="utf-8", cte="base64")
    content_ids = {short_id: f"{short_id}.{message.id}@{domain}" for short_id in drawn}
    mail.add_alternative(renderer.html(message, content_ids), subtype="html", charset="utf-8", cte="base64")
    html = mail.get_payload()[1]  # type: ignore[index]  # a multipart's payload is the list of its parts
    for short_id, image in drawn.items():
        name = f"{short_id}.png"
        html.add_related(image, "image", "png", cid=f"<{content_ids[short_id]}>", filename=name, disposition="inline")  # type: ignore[union-attr]
    return mail


@dataclass(slots=True)
class _Tally:
    """How the readers fared."""

    done: set[int]
    refused: dict[int, str] = field(default_factory=dict)
    later: dict[int, str] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)


def _hand_over(receiver: EmailReceiver, mail: EmailMessage, done: Parts) -> Outcome:
    """All readers over one connection, and what that came to."""
    tally = _Tally(set(done))
    try:
        with _connection(receiver) as server:
            for position, address in enumerate(receiver.to):
                if position not in tally.done:
                    _one(server, receiver, mail, position, address, tally)
    except smtplib.SMTPAuthenticationError as error:
        return _by_code(error.smtp_code, f"login not accepted: {_said(error.smtp_error)}", tally)
    except smtplib.SMTPNotSupportedError as error:
        return Refused(f"the server cannot do what tls and user ask for: {error}")
    except (smtplib.SMTPResponseException, smtplib.SMTPServerDisconnected, OSError) as error:
        return Retry(f"no session: {told(error)}", done=frozenset(tally.done))
    return _verdict(receiver, tally)


def _one(
    server: smtplib.SMTP, receiver: EmailReceiver, mail: EmailMessage, position: int, address: str, tally: _Tally
) -> None:
    """One reader. A connection lost after DATA began leaves the outcome open, which ends the round."""
    try:
        server.send_message(mail, from_addr=parseaddr(receiver.sender)[1], to_addrs=[parseaddr(address)[1]])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        (tally.refused if code >= 500 else tally.later)[position] = f"{code} {_said(said)}"
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        place = tally.refused if error.smtp_code >= 500 else tally.later
        place[position] = f"{error.smtp_code} {_said(error.smtp_error)}"
    else:
        tally.done.add(position)
        tally.receipts.append(f"reader {position + 1} of {len(receiver.to)}")


def _verdict(receiver: EmailReceiver, tally: _Tally) -> Outcome:
    done = frozenset(tally.done | tally.refused.keys())
    if tally.later:
        return Retry("; ".join(tally.later.values())[:_KEEP], done=done)
    if not tally.done:
        return Refused("; ".join(tally.refused.values())[:_KEEP])
    taken = f"taken for {', '.join(tally.receipts) or 'all readers before'}"
    gone = "; ".join(f"reader {position + 1} refused: {said}" for position, said in tally.refused.items())
    return Delivered(f"{taken}; {gone}"[:_KEEP] if gone else f"{taken} by {receiver.smtp.host}"[:_KEEP])


def _by_code(code: int, why: str, tally: _Tally) -> Outcome:
    return (
        Refused(f"{code} {why}"[:_KEEP]) if code >= 500 else Retry(f"{code} {why}"[:_KEEP], done=frozenset(tally.done))
    )


@contextmanager
def _connection(receiver: EmailReceiver) -> Iterator[smtplib.SMTP]:
    """A session, encrypted and logged in as the settings ask; quit politely, whatever happened."""
    address, timeout = receiver.smtp, receiver.timeout.total_seconds()
    port = address.port or _PORTS[address.scheme]
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if address.scheme == "smtps" or receiver.tls == "tls":
        server = smtplib.SMTP_SSL(address.host, port, timeout=timeout, context=context)
    else:
        server = smtplib.SMTP(address.host, port, timeout=timeout)
    try:
        server.ehlo()
        if _must_encrypt(receiver, server, port):
            server.starttls(context=context)
            server.ehlo()
        credentials = address.credentials
        if receiver.password is not None:
            credentials = receiver.user, receiver.password.reveal()
        if credentials:
            server.login(*credentials)
        yield server
    finally:
        server.close()


def _must_encrypt(receiver: EmailReceiver, server: smtplib.SMTP, port: int) -> bool:
    """STARTTLS where asked for, where a password goes over the line, on the submission port, or where it is offered."""
    if isinstance(server, smtplib.SMTP_SSL) or receiver.tls == "none":
        return False
    secret = receiver.password is not None or receiver.smtp.credentials is not None
    return receiver.tls == "starttls" or secret or port == _SUBMISSION or server.has_extn("starttls")


def _said(words: bytes | str) -> str:
    text = words.decode("utf-8", errors="replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:_KEEP]


def _label(name: str) -> str:
    """A receiver's name as a domain label; Chinese names become their code points."""
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"{ord(c):x}" for c in name) or "receiver"
