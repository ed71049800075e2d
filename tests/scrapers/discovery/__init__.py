"""Mirrors scrapers/discovery."""
