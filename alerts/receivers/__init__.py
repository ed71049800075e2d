"""Receivers: their settings, their secrets, and who gets what."""

from alerts.receivers.redaction import Redactor
from alerts.receivers.routing import Addressed, Directory, Routed
from alerts.receivers.secret import AnyAddress, MailServer, Secret, WebAddress
from alerts.receivers.settings import Receiver, ReceiverSettings, RouteSettings

__all__ = [
    "Addressed",
    "AnyAddress",
    "Directory",
    "MailServer",
    "Receiver",
    "ReceiverSettings",
    "Redactor",
    "RouteSettings",
    "Routed",
    "Secret",
    "WebAddress",
]
