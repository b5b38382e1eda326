"""Math-Verify on [reference, response] lines of stdin, for the benchmarks beside it.

Prints one line of JSON: verdicts, CPU seconds in all, CPU seconds of each pair. A reference is
parsed once for all responses that follow each other.
"""

import json
import sys
import time

from math_verify import parse, verify  # type: ignore[import-not-found]


def main() -> None:
    verdicts, seconds = [], []
    known, gold = None, None
    start = time.process_time()
    for line in sys.stdin:
        reference, response = json.loads(line)
        began = time.thread_time()
        if reference != known:
            known, gold = reference, parse(reference)
        verdicts.append(bool(verify(gold, parse(response))))
        seconds.append(time.thread_time() - began)
    used = time.process_time() - start
    print(json.dumps({"verdicts": verdicts, "cpu_seconds": used, "seconds": seconds}))


if __name__ == "__main__":
    main()
