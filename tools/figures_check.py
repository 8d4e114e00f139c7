#!/usr/bin/env python3
"""Expected rates and intervals of own figures, worked out by scipy, which shares nothing with the program.

Writes features/figures/tests/expected.csv and worked.csv; without --write it compares and exits 1 when they differ. Runs in the
environment of tools/disclosure.sh (requirements-disclosure.txt).

Poisson: exact (chi-squared quantiles). Share: Wilson. Standardised: Dobson and others 1991 over the exact Poisson interval. The first
standardised case are the births with Down's syndrome in Michigan 1950-64 of M. P. Fay and E. J. Feuer (Statistics in Medicine
1997, table II), fifth and later children; the others are made up.
"""

import argparse
import csv
import io
import math
import random
import sys
from pathlib import Path

from scipy.stats import binomtest, chi2

FOLDER = Path(__file__).resolve().parent.parent / "features/figures/tests"

# The worked case, from inhabitants by single years of age to the rate of a page: tests/figures/standard.rs has the same counts and rule.
CLIENTS = {179: (12, 25, 31, 14), 182: (11, 13, 12, 15)}
# The municipalities of Keski-Suomi.
MUNICIPALITIES = (77, 172, 179, 182, 216, 226, 249, 256, 265, 275, 312, 410, 435, 495, 500, 592, 601, 729, 850, 892, 931, 992)
BANDS = (range(18, 30), range(30, 45), range(45, 65), range(65, 113))
WEIGHTS = (14200, 20500, 26500, 19500)


def poisson(events):
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    return low, chi2.ppf(0.975, 2 * events + 2) / 2


def dobson(groups):
    weights = sum(weight for _, _, weight in groups)
    rate = sum(weight * events / people for events, people, weight in groups) / weights
    variance = sum(weight**2 * events / people**2 for events, people, weight in groups) / weights**2
    total = sum(events for events, _, _ in groups)
    low, high = poisson(total)
    scale = math.sqrt(variance / total)
    return rate, rate + scale * (low - total), rate + scale * (high - total)


def cases():
    chance = random.Random(20260313)
    for events in [0, 1, 2, 3, 5, 7, 9, 10, 11, 15, 20, 32, 50, 100, 366, 1000, 12345]:
        yield ["poisson", events, "", "", events, *poisson(events)]
    for part, whole in [(0, 5), (5, 5), (5, 10), (0, 40), (33, 40), (81, 263), (15, 148), (999, 1000), (1, 10000)]:
        found = binomtest(part, whole).proportion_ci(0.95, method="wilson")
        yield ["share", part, whole, "", part / whole, found.low, found.high]
    down = list(zip([0, 8, 63, 112, 262, 295], [327, 30666, 123419, 149919, 104088, 34392], [319933, 931318, 786511, 488235, 237863, 61313]))
    sets = [down]
    for _ in range(12):
        sets.append([(chance.randint(5, 400), chance.randint(500, 60000), weight) for weight in (14200, 20500, 26500, 19500)])
    for groups in sets:
        rate, low, high = (value * 1000 for value in dobson(groups))
        columns = [" ".join(str(group[column]) for group in groups) for column in range(3)]
        yield ["standardised", *columns, rate, low, high]


def people(municipality, age):
    return 100 + (age * 37 + municipality * 13) % 90


def worked():
    yield ["area", "what", "value", "low", "high"]
    areas = {str(code): ([code], counts) for code, counts in CLIENTS.items()}
    areas["15"] = (MUNICIPALITIES, [sum(counts) for counts in zip(*CLIENTS.values())])
    for area, (codes, counts) in areas.items():
        groups = [
            (count, sum(people(code, age) for code in codes for age in ages), weight)
            for count, ages, weight in zip(counts, BANDS, WEIGHTS)
        ]
        yield [area, "standardised", *(f"{value * 1000:.12g}" for value in dobson(groups))]


def worked_text():
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(worked())
    return out.getvalue()


def written():
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["what", "events", "people", "weights", "value", "low", "high"])
    for *head, value, low, high in cases():
        rows.writerow([*head, *(f"{number:.9g}" for number in (value, low, high))])
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    for name, text in (("expected.csv", written()), ("worked.csv", worked_text())):
        file = FOLDER / name
        if write:
            file.write_text(text)
        elif not file.exists() or file.read_text() != text:
            sys.exit(f"{name} is not what scipy says: run with --write and look at what changed")


if __name__ == "__main__":
    main()
