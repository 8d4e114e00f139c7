#!/usr/bin/env python3
"""Adds up what the test runners said in the logs of the stages.

Usage: count_tests.py LOG...  prints "N passed, N failed" and exits 1 when something failed or nothing ran.
       count_tests.py --stage LOG  prints "PASSED FAILED SKIPPED" of one log.
"""

import re
import sys
from pathlib import Path

ANSI = re.compile(r"\x1b\[[0-9;]*m")
NEXTEST = re.compile(r"^\s*Summary \[.*\] +(?:\d+/)?\d+ tests? run: (.*)$")
NEXTEST_PART = re.compile(r"(\d+) (passed|failed|timed out|skipped|exec failed)")
CARGO = re.compile(r"^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;")
NODE = re.compile(r"^(?:ℹ|#) (pass|fail|cancelled|skipped|todo) (\d+)$")
CHECK = re.compile(r"^check (passed|FAILED): ")
PLAIN = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")


def count(text):
    """Returns (passed, failed, skipped) of one log."""
    passed = failed = skipped = 0
    for line in ANSI.sub("", text).splitlines():
        if found := NEXTEST.match(line):
            # "10 passed (1 slow, 2 flaky), 1 failed, 3 skipped": what stands in brackets is counted already.
            for number, what in NEXTEST_PART.findall(re.sub(r"\([^)]*\)", "", found[1])):
                if what == "passed":
                    passed += int(number)
                elif what == "skipped":
                    skipped += int(number)
                else:
                    failed += int(number)
        elif found := CARGO.match(line):
            passed += int(found[1])
            failed += int(found[2])
            skipped += int(found[3])
        elif found := NODE.match(line):
            if found[1] == "pass":
                passed += int(found[2])
            elif found[1] in ("fail", "cancelled"):
                failed += int(found[2])
            else:
                skipped += int(found[2])
        elif found := CHECK.match(line):
            if found[1] == "passed":
                passed += 1
            else:
                failed += 1
        elif found := PLAIN.match(line):
            passed += int(found[1])
            failed += int(found[2])
            skipped += int(found[3] or 0)
    return passed, failed, skipped


def read(path):
    return Path(path).read_text(encoding="utf-8", errors="replace")


def main(arguments):
    if arguments[:1] == ["--stage"]:
        print(*count(read(arguments[1])))
        return 0
    totals = [count(read(path)) for path in arguments]
    passed, failed = sum(t[0] for t in totals), sum(t[1] for t in totals)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
