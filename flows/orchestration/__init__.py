"""The Prefect server that watches the runs: found where one runs, started where none does."""
