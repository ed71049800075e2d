"""The command line: one module per command, each importing what it needs only when it runs.

main.py      the console script and its one error boundary
ingest.py    the main job, once            serve.py    the main job on schedule
read.py      any report, no database       extract.py  the scorer's contract
deliver.py   the sending loop              setup.py    init, doctor
catalogue.py indicators                    output.py   how tables and errors look
"""
