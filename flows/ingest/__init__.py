"""The main job: what was newly published, read, kept, and told.

flow.py      the Prefect flow: one async task per source, then rules, routing and one round of sending
job.py       what a run works with: settings, store, client, catalogue, pool of parsing processes
source.py    one source: list pages -> links -> articles -> editions
article.py   one article: pages and attachments -> capture -> edition
parse.py     pure work for the pool: bytes -> links; bytes -> article, context, reading
mapping.py   the reader's result -> storage's input records
cards.py     which cards there are
report.py    what a run came to, as rows
progress.py  bars on a terminal
"""
