"""Mirrors scrapers/web."""
