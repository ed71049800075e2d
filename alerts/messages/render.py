"""From a message to the texts that channels send: subject, plain text, HTML, Markdown blocks.

    Renderer(templates=<the user's folder or None>)
        .subject(message)               甘肃 2024 · 公安 · 立刑事案件 -28%(为近14年最低)
        .text(message)  .html(message)  whole mails
        .blocks(message, markup)        one block per figure, to be split at their borders
        .page(language, ...)            what a signed link opens
        .document(language, ...)        what the link to a document opens

The user's templates lie over ours by name (mail.txt.j2, notice.md.j2 ...), in his folder or in a folder of it named
after the language. They run in jinja2's sandbox: they can lay out what they are given and reach nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from alerts.errors import TemplateError
from alerts.messages.escaping import Markup, Safe, escaper, safe_link
from alerts.messages.words import Words
from alerts.model import Erratum, Figure, Message, Notice
from alerts.vocabulary import BEIJING, Audience, Language, Reason

# Mail clients and phones cut subjects; so many characters are what three lines of a phone's notification hold. Letters
# are narrower, and a correction must reach its new figure.
_SUBJECT_LIMITS = {Language.ZH: 120, Language.EN: 180}
_WITNESSES = (Erratum.FORM, Erratum.SOURCE)
_MARK = ("【", "】")


@dataclass(frozen=True, slots=True)
class _Group:
    """Notices under one heading; a digest has one per province."""

    title: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders messages. `templates` is the user's folder, laid over ours where it exists."""

    templates: Path | None = None

    def subject(self, message: Message) -> str:
        """One line that tells the story without the body."""
        words = Words(message.language)
        line = " ".join(_subject(message, words).split())
        limit = _SUBJECT_LIMITS[message.language]
        return line if len(line) <= limit else f"{line[: limit - 1]}…"

    def text(self, message: Message) -> str:
        """The plain text of a mail. Raises TemplateError."""
        return self._render("mail.txt.j2", message, Markup.PLAIN)

    def html(self, message: Message, charts: Mapping[str, str] | None = None) -> str:
        """The HTML of a mail; `charts` maps a notice's short id to its chart's content id. Raises TemplateError."""
        return self._render("mail.html.j2", message, Markup.HTML, charts=charts or {})

    def blocks(self, message: Message, markup: Markup) -> tuple[str, ...]:
        """One Markdown block per figure, headings of a digest kept with their first figure. Raises TemplateError."""
        blocks = []
        lines = "\n\n".join(_lines(message, Words(message.language)))
        if lines:
            blocks.append(lines)
        for group in _groups(message):
            for position, notice in enumerate(group.notices):
                body = self._render("notice.md.j2", message, markup, notice=notice).strip()
                title = f"**{group.title}**" if markup is Markup.LARK else f"### {group.title}"
                heading = f"{title}\n\n" if group.title and position == 0 else ""
                blocks.append(heading + body)
        return tuple(blocks)

    def page(self, language: Language, **more: Any) -> str:  # noqa: ANN401  template variables
        """The page that a signed link opens. Raises TemplateError."""
        return self._page("page.html.j2", language, **more)

    def document(self, language: Language, **more: Any) -> str:  # noqa: ANN401  template variables
        """The page of one document. Raises TemplateError."""
        return self._page("document.html.j2", language, **more)

    def _page(self, name: str, language: Language, **more: Any) -> str:  # noqa: ANN401  template variables
        lang = "zh-CN" if language is Language.ZH else "en"
        words = Words(language)
        environment = _environment(self.templates, language, Markup.HTML)
        return _filled(environment, name, lang=lang, words=words, t=words.word, **more)

    def _render(self, name: str, message: Message, markup: Markup, **more: Any) -> str:  # noqa: ANN401  template variables
        words = Words(message.language)
        return _filled(
            _environment(self.templates, message.language, markup),
            name,
            message=message,
            subject=self.subject(message),
            words=words,
            t=words.word,
            groups=_groups(message),
            lines=_lines(message, words),
            **more,
        )


def _filled(environment: ImmutableSandboxedEnvironment, name: str, **more: Any) -> str:  # noqa: ANN401  template variables
    try:
        return environment.get_template(name).render(**more)
    except (JinjaError, KeyError, TypeError, AttributeError) as error:
        raise TemplateError(f"template {name}: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=32)
def _environment(templates: Path | None, language: Language, markup: Markup) -> ImmutableSandboxedEnvironment:
    own = [templates / language.value, templates] if templates else []
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(own), PackageLoader("alerts.messages", "templates")]),
        autoescape=markup is Markup.HTML,
        finalize=escaper(markup),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(pieces=pieces, marked=_marked, link=safe_link, safe=Safe)
    return environment


def pieces(figure: Figure) -> Iterator[tuple[str, bool]]:
    """The quotation in order, each piece with whether it is the figure."""
    at = 0
    for start, end in _whole_marks(figure):
        if start > at:
            yield figure.quotation[at:start], False
        yield figure.quotation[start:end], True
        at = end
    if at < len(figure.quotation):
        yield figure.quotation[at:], False


def _whole_marks(figure: Figure) -> Iterable[tuple[int, int]]:
    """Spans in order, inside the quotation, none over another."""
    at = 0
    for start, end in sorted(figure.marks):
        if at <= start < end <= len(figure.quotation):
            yield start, end
            at = end


def _marked(figure: Figure) -> str:
    return "".join(f"{_MARK[0]}{text}{_MARK[1]}" if is_figure else text for text, is_figure in pieces(figure))


def _groups(message: Message) -> tuple[_Group, ...]:
    """A digest is grouped by province and ordered by sharpness; any other message keeps its order."""
    if message.reason is not Reason.DIGEST:
        return (_Group("", message.notices),)
    sharpest: dict[str, list[Notice]] = {}
    for notice in sorted(message.notices, key=lambda notice: (-notice.sharpness, notice.fingerprint)):
        sharpest.setdefault(notice.region_name, []).append(notice)
    return tuple(_Group(name, tuple(notices)) for name, notices in sharpest.items())


def _lines(message: Message, words: Words) -> tuple[str, ...]:
    """What a message says beside its figures: the note of a test, a meta-alert, a digest."""
    note = message.note.get("text", "")
    tally = message.note.get("more", "")
    return tuple(line for line in (note, words.word("label.more", n=tally) if tally else "") if line)


def _subject(message: Message, words: Words) -> str:
    reason = message.reason
    if reason in (Reason.TEST, Reason.META, Reason.HEARTBEAT, Reason.LISTING) and message.notices:
        told = message.notices[0]
        return words.word(f"subject.{reason.value}", why=words.why(told), **told.why.particulars)
    date = message.composed_at.astimezone(BEIJING).date()
    if not message.notices:
        return words.word("subject.digest_empty", date=date)
    ordered = (
        sorted(message.notices, key=lambda notice: -notice.sharpness) if reason is Reason.DIGEST else message.notices
    )
    first = _gist(ordered[0], words)
    if reason is Reason.DIGEST:
        return words.word("subject.digest", date=date, n=len(message.notices), first=first)
    if len(message.notices) > 1:
        first = words.word("subject.many", first=first, n=len(message.notices) - 1)
    if reason is Reason.CORRECTION and all(notice.erratum in _WITNESSES for notice in message.notices):
        # Nobody was wrong as far as anybody knows.
        reason = Reason.CHANGED
    return first if reason is Reason.NEW else words.word(f"subject.{reason.value}", first=first)


def _briefly(period: str, words: Words) -> str:
    """A period in a subject: a year as its number."""
    return period if period.isdigit() else words.period(period)


def _gist(notice: Notice, words: Words) -> str:
    """One figure as a subject line. What rules without a figure found is told by their reason."""
    figure = words.figure(notice.figure)
    if notice.erratum and notice.before:
        figure = f"{words.figure(notice.before)} → {figure}"
    if notice.figure.remarks:
        figure += words.word("label.aside", text=notice.figure.remarks[0])
    gist = figure or words.why(notice)
    if notice.audience is Audience.OPERATOR:
        return words.word("subject.operators", first=f"{notice.subject} {gist}")
    parts = {"region": notice.region_name, "period": _briefly(notice.figure.period, words), "body": notice.body}
    return words.word("subject.one", subject=notice.subject, gist=gist, **parts).strip()
