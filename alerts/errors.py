"""What the alerting can refuse, for the caller that must do something about it.

    AlertError               everything below
    ├── ReceiverError        a receiver or route that cannot be used: the person at the keyboard mends zhengfa.toml
    ├── RuleError            a rule that cannot be previewed, or that there is not
    └── TemplateError        a message template (ours or the user's) that cannot be rendered

What the world does (a receiver that is down, a refusal) is no exception: channels answer with an outcome.
"""

from __future__ import annotations


class AlertError(Exception):
    """Something about alerts that its caller must handle."""


class ReceiverError(AlertError):
    """A receiver or a route that cannot be used; the message names it and the field, never an address."""


class RuleError(AlertError):
    """A rule was named that there is not, or that has no past to run over; the message names those there are."""


class TemplateError(AlertError):
    """A template that is missing, breaks out of the sandbox, or does not render; the message names it."""
