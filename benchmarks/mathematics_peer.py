"""Math-Verify on [reference, response] lines of stdin: run by ``mathematics_sets.py``."""

import json
import sys
import time

from math_verify import parse, verify  # type: ignore[import-not-found]


def main() -> None:
    verdicts = []
    start = time.process_time()
    for line in sys.stdin:
        reference, response = json.loads(line)
        verdicts.append(bool(verify(parse(reference), parse(response))))
    print(json.dumps({"verdicts": verdicts, "cpu_seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
