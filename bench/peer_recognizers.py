"""Recognizers-Text's Chinese number and percentage models over a text, as one program of .venv-bench.

    python peer_recognizers.py TEXT-FILE   ->  {"seconds", "found"} on standard output

It is given a paragraph at a time: on one long string its time grows with the square of the length.
"""

import json
import sys
import time
from pathlib import Path

from recognizers_number import Culture, NumberRecognizer  # type: ignore[import-not-found]


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    recognizer = NumberRecognizer(Culture.Chinese)
    models = (recognizer.get_number_model(Culture.Chinese), recognizer.get_percentage_model(Culture.Chinese))
    for model in models:
        model.parse(text[:2000])
    parts = text.splitlines()
    start = time.process_time()
    found = sum(len(model.parse(part)) for part in parts for model in models)
    print(json.dumps({"seconds": time.process_time() - start, "found": found}))


if __name__ == "__main__":
    main()
