"""Messages in people's words: numbers, templates, subjects."""
