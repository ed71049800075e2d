"""The main job: what was newly published, read, kept, and told.

flow.py      the Prefect flow: one async task per source, then rules, routing and one round of sending
run.py       running it once, in this process
job.py       what a run works with: settings, store, writer, client, pool of parsing processes
writer.py    transactions, one after another
pacing.py    turns at a host, shared by all processes on one record
source.py    one source: list pages -> links -> articles -> editions
visit.py     what the steps of one source share
article.py   one article: asked for, gathered, read, written
gathering.py one publication: its pages and attachments -> capture
pool.py      the parsing processes as the run sees them: calls, answers, limits
processes.py where they come from
parse.py     pure work for them: bytes -> links; bytes -> article, context, reading
whole.py     the same for a whole publication: bytes -> edition
mapping.py   the reader's result -> storage's input records
cards.py     which cards there are
sync.py      catalogue, regions and cards -> tables
report.py    what a run came to, as rows
progress.py  bars on a terminal
"""
