"""Stages between an alert and its deliveries; each leaves its reason."""
