"""What a signed link opens: a page that says what will be done, and does it only when its button is pressed.

    GET    good       the alert, what will be done, a form (name, how long, note)       200
           used       who did it and until when                                         200
           expired, forged, no such alert or page: a page that says so                  410, 403, 404
    POST   the same, and acts; the same link acts once, however often it is sent        200
    GET    /documents/{id}.html: the document (alerts.document_page), for anybody       200, 404

Mail scanners and chat previews send GET (or HEAD): they change nothing. Pure of HTTP; `alerts.link_server` serves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from alerts.channels.contract import Clock
from alerts.document_page import DocumentPage, document_of
from alerts.messages.compose import SHORT, Composer
from alerts.messages.links import Link, Links, Standing
from alerts.messages.render import Renderer
from alerts.messages.words import Words
from alerts.model import Message
from alerts.vocabulary import BEIJING, Language, Reason
from storage.errors import Locked, NotFound, Unavailable
from storage.facts import AlertFacts
from storage.handling import acknowledge, find_alert, made_by_link, silence
from storage.store import Store
from storage.tables import Acknowledgement, Silence
from storage.telling import Names, names

CHOICES = (1, 3, 7, 30)
_USUAL = 7
_OWNER, _NOTE = 40, 200
_STATUS = {"expired": 410, "forged": 403, "gone": 404, "missing": 404, "no_document": 404, "busy": 503}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: an HTTP status and a whole HTML page."""

    status: int
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What a person fills in, as it stands."""

    button: str
    owner: str = ""
    note: str = ""
    days: int = _USUAL
    wrong: str = ""
    choices: tuple[int, ...] = CHOICES


@dataclass(frozen=True, slots=True)
class LinkPages:
    """Everything that the pages need."""

    store: Store
    links: Links
    clock: Clock
    renderer: Renderer = field(default_factory=Renderer)
    language: Language = Language.ZH

    def show(self, path: str) -> Page:
        """GET: changes nothing."""
        document_id = document_of(path)
        return self._answer(path, None) if document_id is None else self._document(document_id)

    def act(self, path: str, fields: Mapping[str, str]) -> Page:
        """POST: does what the link says in the name of `fields["owner"]`, unless it was done before."""
        return self._answer(path, fields)

    def _document(self, document_id: int) -> Page:
        try:
            with self.store.read() as session:
                return Page(200, DocumentPage(self.renderer, self.language).html(session, document_id))
        except NotFound:
            return self._wrong("no_document")
        except (Locked, Unavailable):
            return self._wrong("busy")

    def _answer(self, path: str, fields: Mapping[str, str] | None) -> Page:
        link, now = Link.read(path), self.clock()
        if link is None:
            return self._wrong("missing")
        standing = self.links.standing(link, now)
        if standing is Standing.FORGED:
            return self._wrong("forged")
        if standing is Standing.EXPIRED:
            until = self._moment(link.until)
            return self._wrong("expired", until=until, action=link.action, id=link.fingerprint[:SHORT])
        try:
            with self.store.read() if fields is None else self.store.write() as session:
                return self._page(session, link, fields, now)
        except NotFound:
            return self._wrong("gone")
        except (Locked, Unavailable):
            return self._wrong("busy")

    def _page(self, session: Session, link: Link, fields: Mapping[str, str] | None, now: datetime) -> Page:
        alert, called = find_alert(session, link.fingerprint), names(session)
        about = self._about(alert, called, now)
        if (done := made_by_link(session, link.signature)) is not None:
            return self._done(done, about, now)
        form = self._form(link, fields or {})
        if fields is None or form.wrong:
            what = self._of(alert, called)
            lines = [self._words.word(f"page.will_{link.action}", what=what)]
            title = self._words.word(f"page.title_{link.action}")
            return self._html(400 if form.wrong else 200, title, about=about, lines=lines, form=form)
        self._do(session, link, alert, form, now)
        made = made_by_link(session, link.signature)
        assert made is not None  # noqa: S101  it was made in this transaction
        return self._done(made, about, now)

    def _do(self, session: Session, link: Link, alert: AlertFacts, form: _Form, now: datetime) -> None:
        until = now + timedelta(days=form.days)
        said = {"owner": form.owner, "note": form.note, "link": link.signature}
        if link.action == "ack":
            acknowledge(session, alert.id, until=until, now=now, **said)
        else:
            silence(session, matchers=matchers_for(alert), starts=now, ends=until, now=now, **said)

    def _form(self, link: Link, fields: Mapping[str, str]) -> _Form:
        owner, note = (" ".join(fields.get(name, "").split()) for name in ("owner", "note"))
        days = next((n for n in CHOICES if str(n) == fields.get("days", str(_USUAL))), _USUAL)
        return _Form(
            button=self._words.word(f"page.do_{link.action}"),
            owner=owner[:_OWNER],
            note=note[:_NOTE],
            days=days,
            wrong=self._words.word("page.no_owner") if fields and not owner else "",
        )

    def _done(self, done: Acknowledgement | Silence, about: str, now: datetime) -> Page:
        kind = "ack" if isinstance(done, Acknowledgement) else "silence"
        ends = done.until if isinstance(done, Acknowledgement) else done.ends_at
        title = self._words.word(f"page.title_done_{kind}")
        lines = [self._words.word("page.done", title=title, owner=done.owner, until=self._moment(ends))]
        if done.note:
            lines.append(self._words.word("page.done_note", note=done.note))
        if ends <= now:
            lines.append(self._words.word("page.over"))
        elif kind == "silence":
            lines.append(self._words.word("page.undo", n=done.id))
        return self._html(200, title, about=about, lines=lines)

    def _about(self, alert: AlertFacts, called: Names, now: datetime) -> str:
        notice = Composer(called).notice(alert, self.language, now)
        message = Message(
            id=alert.fingerprint, reason=Reason.NEW, language=self.language, composed_at=now, notices=(notice,)
        )
        return self.renderer.subject(message)

    def _of(self, alert: AlertFacts, called: Names) -> str:
        """What a silence by link mutes, in words."""
        fits = matchers_for(alert)
        if "indicator" in fits:
            region = self._words.region(fits["region"], called.regions)
            label = called.indicators.get(fits["indicator"], alert.subject)
            return self._words.word("page.of_series", region=region, label=label)
        if "source" in fits:
            return self._words.word("page.of_source", name=called.sources.get(fits["source"], alert.subject))
        return self._words.word("page.of_alert")

    def _wrong(self, what: str, **particulars: str) -> Page:
        title = self._words.word(f"page.title_{what}")
        return self._html(_STATUS[what], title, lines=[self._words.word(f"page.{what}", **particulars)])

    def _html(self, status: int, title: str, *, lines: list[str], about: str = "", form: _Form | None = None) -> Page:
        return Page(status, self.renderer.page(self.language, title=title, about=about, lines=lines, form=form))

    def _moment(self, moment: datetime) -> str:
        return self._words.word("page.moment", moment=f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}")

    @property
    def _words(self) -> Words:
        return Words(self.language)


def matchers_for(alert: AlertFacts) -> dict[str, str]:
    """What a silence by link fits: the indicator in its province; the same trouble of a source; else this alert."""
    if alert.indicator_id and alert.region:
        return {"indicator": alert.indicator_id, "region": alert.region}
    if alert.source_id:
        return {"rule": alert.rule, "source": alert.source_id}
    return {"fingerprint": alert.fingerprint}
