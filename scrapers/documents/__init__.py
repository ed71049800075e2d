"""Attachments: PDF, OFD, Word and spreadsheets -> text and tables, or why they were not read.

read_document(content, name) -> Document | Unread     in a process of its own, with limits
"""

from scrapers.documents.model import Document, Limits, Reason, Unread
from scrapers.documents.reading import read_document

__all__ = ["Document", "Limits", "Reason", "Unread", "read_document"]
