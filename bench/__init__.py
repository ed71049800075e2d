"""Measurements against peers, never run by the tests; peers live in an environment of their own (.venv-bench)."""
