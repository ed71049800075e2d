"""Alembic's revisions, from the first table on."""
