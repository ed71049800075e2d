"""The command line: one module per command or group, each importing what it needs only when it runs.

main.py       the console script and its one error boundary
ingest.py     the main job, once             serve.py      the main job on schedule
deliver.py    the sending loop               imports.py    pages saved by hand
read.py       any report, no database        extract.py    the scorer's contract      article.py   any page
catalogue.py  indicators                     show.py       looking into the record    export.py    figures for others
review.py     decisions on held figures      reread.py     the archive read again     database.py  db and verify
alerts.py     what was told, and why         receivers.py  check and test them
sources.py    cards and probes               setup.py      init, doctor

app.py        Typer in the user's language   helping.py    --help    parameters.py options that several commands share
opening.py    home, settings and record      options.py    what options say, strictly
output.py     how tables and errors look     wording.py    how figures and alerts read      labels.py   words for codes
jsonl.py      JSON Lines in and out
"""
