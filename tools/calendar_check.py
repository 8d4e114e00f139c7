#!/usr/bin/env python3
"""Days off in Finland 2024-2030 from an independent source, the Python package `holidays`.

The room foundation/law computes its working-day calendar by rules of its own, and its tests compare
it with a committed list. This program writes that list, and proves that the committed one is what
the package says: nobody can make the test pass by changing the list.

    calendar_check.py                  compare the committed list
    calendar_check.py --check FILE     compare another file
    calendar_check.py --write FILE     write the list

Exit 0 when the same, 1 with the differences, 2 when the list or the package cannot be read.
The list holds every public holiday, with those that fall on a Saturday or Sunday; the package counts
Midsummer Eve and Christmas Eve among them, as the act on counting time limits does.
"""

import argparse
import csv
import difflib
import io
import sys
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 2024, 2030
COMMITTED = Path(__file__).resolve().parent.parent / "foundation/law/tests/data/days_off_2024_2030.csv"
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def days_off():
    """The list as text: where it is from, a heading, a row for each day in order."""
    import holidays

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    finland = holidays.country_holidays("FI", years=years, categories=holidays.PUBLIC, language="fi")
    out = io.StringIO()
    out.write(
        f"# Source: Python package holidays {holidays.__version__}, Finland, public holidays."
        " Written by tools/calendar_check.py\n"
    )
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["date", "weekday", "name_fi"])
    for day, name in sorted(finland.items()):
        rows.writerow([day.isoformat(), WEEKDAYS[day.weekday()], name])
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", metavar="FILE", type=Path, default=COMMITTED)
    what.add_argument("--write", metavar="FILE", type=Path)
    options = parser.parse_args()

    try:
        right = days_off()
    except ImportError:
        print("the package `holidays` is missing: see tools/requirements.txt", file=sys.stderr)
        return 2
    if options.write:
        options.write.write_text(right, encoding="utf-8")
        return 0
    try:
        committed = options.check.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        print(f"the list cannot be read: {fault}", file=sys.stderr)
        return 2
    if committed == right:
        return 0
    difference = difflib.unified_diff(
        committed.splitlines(), right.splitlines(), str(options.check), "independent source", lineterm="", n=0
    )
    print("\n".join(difference))
    return 1


if __name__ == "__main__":
    sys.exit(main())
