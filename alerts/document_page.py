"""The page that a briefing link opens: one document with its figures, each beside its sentence, and its alerts.

What stands on it was published by the bodies themselves: figures and single sentences, no full text. Whoever has the
address can read it, so it holds no signed link: nobody can acknowledge or silence from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlmodel import Session

from alerts.messages.compose import Composer
from alerts.messages.render import Renderer
from alerts.messages.words import Words
from alerts.model import Figure, Message, StatedChange
from alerts.outcomes import OWN_WORDS
from alerts.vocabulary import Audience, Language, Reason
from storage.facts import AlertFacts, FigureFacts
from storage.periods import period_text
from storage.queries import standing_document
from storage.telling import Names, names

# Nine digits: what every database takes as a number of a row. A proxy may hand on the path before it.
_PATH = re.compile(r"/documents/([1-9][0-9]{0,8})\.html$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One figure in words."""

    id: int
    subject: str
    scope: str
    period: str
    value: str
    changes: str
    standing: str
    quoted: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One alert in words."""

    severity: str
    gist: str
    said: tuple[str, ...]


def document_of(path: str) -> int | None:
    """The number of the document that an address's path asks for, None where it asks for none."""
    match = _PATH.search(path)
    return None if match is None else int(match[1])


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Writes the page in one language."""

    renderer: Renderer
    language: Language

    def html(self, session: Session, document_id: int) -> str:
        """The whole page. Raises NotFound for a document that the record does not hold, and TemplateError."""
        found, called = standing_document(session, document_id), names(session)
        about, words = found.document, Words(self.language)
        particulars = (
            ("issuer", about.issuer),
            ("source", called.sources.get(about.source_id or "", "")),
            ("published", str(about.published or "")),
        )
        return self.renderer.document(
            self.language,
            title=about.title or words.word("page.title_document"),
            url=about.url,
            particulars=[(words.word(f"page.doc_{name}"), value) for name, value in particulars],
            rows=[self._row(figure, called) for figure in found.figures],
            alerts=[self._line(alert, called) for alert in found.alerts if alert.audience is Audience.READER],
        )

    def _row(self, figure: FigureFacts, called: Names) -> _Row:
        words = Words(self.language)
        # Where only a change is stated, it is the change that is in a series, or not.
        stands = figure.standing if figure.value is not None or not figure.changes else figure.changes[0].standing
        label = called.indicators.get(figure.indicator_id or "", "")
        return _Row(
            id=figure.id,
            subject=f"{label}({figure.subject})" if label not in ("", figure.subject) else figure.subject,
            scope=self._scope(figure, called),
            period=_period(figure),
            value="" if figure.value is None else words.amount(figure.value, figure.unit, figure.qualifier),
            changes=", ".join(words.change_with_basis(StatedChange.of(change)) for change in figure.changes),
            standing=words.word(f"standing.{stands}"),
            quoted=Figure(period="", quotation=figure.quotation, marks=_marks(figure)),
        )

    def _scope(self, figure: FigureFacts, called: Names) -> str:
        words, region = Words(self.language), figure.scope_region or ""
        body = words.word(f"body.{figure.scope_body}") if words.has(f"body.{figure.scope_body}") else ""
        own = words.word("page.doc_own") if figure.scope_own else ""
        parts = (words.region(region, called.regions), body, own, figure.scope_words)
        return " · ".join(part for part in parts if part)

    def _line(self, alert: AlertFacts, called: Names) -> _Line:
        words = Words(self.language)
        notice = Composer(called).notice(alert, self.language, alert.updated_at)
        message = Message(
            id=alert.fingerprint,
            reason=Reason.NEW,
            language=self.language,
            composed_at=alert.updated_at,
            notices=(notice,),
        )
        said = (
            words.word(f"severity.{alert.severity}"),
            words.why(notice),
            words.word(f"outcome.{OWN_WORDS[alert.state]}") if alert.state in OWN_WORDS else "",
            notice.short_id,
        )
        return _Line(severity=alert.severity, gist=self.renderer.subject(message), said=said)


def _period(figure: FigureFacts) -> str:
    if figure.period_first is None or figure.period_last is None:
        return ""
    return period_text(figure.period_first, figure.period_last)


def _marks(figure: FigureFacts) -> tuple[tuple[int, int], ...]:
    """The figure and its changes within the quotation."""
    quoted_from = figure.span_start - figure.mark_start
    changes = ((change.span_start - quoted_from, change.span_end - quoted_from) for change in figure.changes)
    return ((figure.mark_start, figure.mark_end), *changes)
