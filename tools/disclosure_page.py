#!/usr/bin/env python3
"""The page of a proof of disclosure control, of what tools/disclosure_check.py wrote.

    disclosure_page.py RESULT.json --program "noste 0.1.0, release" --commit COMMIT --command "COMMAND" > docs/proof/disclosure.md
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime

HEAD = """# Proof: disclosure control

Random tables are protected by `noste disclosure protect` and rounded by `noste disclosure round`, and judged by another program that
shares nothing with them: scipy works out by linear programming what a reader can tell (`tools/disclosure_check.py`; the rules stand there).
Written by `tools/disclosure_page.py`; repeat it with

    {command}

"""


def row(*cells):
    return "| " + " | ".join(str(one) for one in cells) + " |\n"


def rustc():
    try:
        return subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "unknown"


def memory():
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def costs(all_costs):
    """How far over the least cost the patterns are, in bands."""
    bands = [("the least cost", 0.0), ("up to 10 % over", 0.10), ("up to 50 % over", 0.50), ("more", float("inf"))]
    over = [one["cost"] / max(1, one["best"]) - 1 for one in all_costs]
    counted = Counter(next(name for name, most in bands if one <= most + 1e-9) for one in over)
    said = row("cost", "tables") + row("---", "---:")
    said += "".join(row(name, counted[name]) for name, _ in bands)
    whole = sum(one["cost"] for one in all_costs) / max(1, sum(one["best"] for one in all_costs)) - 1
    return said + f"\nTogether {whole:.1%} over the least cost; the furthest {max(over):.0%} over it.\n"


def page(report, asked):
    said = HEAD.format(command=asked.command)
    unsafe = len(report["faults"])
    said += f"**{unsafe} of {report['tables']} tables unsafe or wrong**, {report['cells']} cells, seed {report['seed']}.\n\n"
    said += "".join(f"- {fault}\n" for fault in report["faults"])
    said += row("what", "found") + row("---", "---")
    said += row("nothing to hide", report["open"])
    said += row("protected", report["protected"])
    said += row("no pattern found: to be merged or rounded", report["unprotected"])
    said += row("cells hidden beside the unsafe ones, on average", f"{report['hidden_share']:.1%}")
    said += row("slowest of them, with the program's start", f"{report['slowest']:.2f} s")
    said += "\n## Shapes\n\n" + row("shape", "tables", "cells", "protected", "no pattern", "unsafe")
    said += row("---", "---:", "---:", "---:", "---:", "---:")
    for shape, one in report["shapes"].items():
        said += row(shape, one["tables"], one["cells"], one["protected"], one["unprotected"], one["unsafe"])
    if report["costs"]:
        said += "\n## Cost\n\nOf small tables the least possible cost was searched by trying every pattern.\n\n" + costs(report["costs"])
    if report["rounded"]:
        one = report["rounded"]
        said += (
            f"\n## Rounding\n\n{one['tables']} tables, {one['cells']} cells: {one['accepted']} accepted, in {one['adds_up']} the rounded "
            "counts make the rounded sums. No accepted count can be told more closely than the threshold.\n"
        )
    if report["large"]:
        one = report["large"]
        said += "\n## A large table\n\n" + row("what", "found") + row("---", "---")
        said += row("size", f"{one['size']} with all margins, {one['cells']} cells")
        said += row("unsafe, hidden beside them", f"{one['unsafe']}, {one['hidden']}")
        said += row("protect", f"{one['status']}: {one['protect_processor']:.1f} s of one core, {one['protect_seconds']:.1f} s by the clock")
        said += row("audit", f"{one['verdict']}: {one['audit_processor']:.1f} s of one core, {one['audit_seconds']:.1f} s by the clock")
        said += row("intervals worked out by scipy, of a sample of 20", f"{one['narrow']} too narrow")
    said += "\n## How it was run\n\n" + row("what", "is") + row("---", "---")
    said += row("program", asked.program)
    said += row("commit", f"`{asked.commit}`")
    said += row("rustc", rustc())
    said += row("Python, scipy", f"{platform.python_version()}, {report['scipy']}")
    said += row("machine", f"{platform.machine()}, {os.cpu_count()} cores, {memory()} memory, shared with other work")
    said += row("day", datetime.now(UTC).date())
    return said


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("result")
    asked.add_argument("--program", required=True)
    asked.add_argument("--commit", required=True)
    asked.add_argument("--command", required=True)
    asked = asked.parse_args()
    with open(asked.result, encoding="utf-8") as file:
        sys.stdout.write(page(json.load(file), asked))


if __name__ == "__main__":
    main()
