"""The program of a Prefect server that ends with the process which started it, however that one ends.

    ours ──a pipe that nothing is written to──> standard input here; its end means: you are not wanted any more

A signal handler cannot promise that: a process that is killed outright runs nothing. Started by its path: of ours it
needs nothing but this file.
"""

from __future__ import annotations

import os
import runpy
import signal
import threading
import time

# For runs that are being written down; then at once.
GRACE = 10.0


def end_with_standard_input() -> None:
    """Wait for the end of standard input, then end this process: politely, then firmly."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)
