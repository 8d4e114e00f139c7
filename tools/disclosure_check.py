#!/usr/bin/env python3
"""The judge of disclosure control by another hand.

Makes random tables of one to three dimensions, with hierarchies, with two tables that share a margin and with earlier releases,
lets `noste disclosure protect` find what to hide, and works out by scipy (HiGHS) what a reader can tell from the
rest. This program shares no code with the room disclosure/: it reads the same files and knows the same rules.

    disclosure_check.py --noste PROGRAM [--tables 200] [--seed 1] [--small 10] [--rounded 40] [--size 300x12x5] [--json FILE]

Rules: for a stranger the largest possible count of every unsafe cell is at least the threshold and the interval at least
as wide; for somebody who is the one person of a cell every other unsafe cell keeps at least two possible counts.
On `--small` tables the cost is compared with the least possible, found by trying patterns in the order of their cost.
`--rounded` tables are rounded by `noste disclosure round`: every number is a multiple of the base and less than the base away, nothing stays
nothing, and no count can be told more closely than the threshold from all the rounded ones together.

Exit 0 when no table is unsafe and nothing is called unprotected that has a pattern among the small ones, else 1.
"""

import argparse
import itertools
import json
import math
import random
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy
import scipy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

NOISE = 1e-6


# ---- random tables -------------------------------------------------------------------------------------------


def count(chance):
    """Counts as services have them: many nothings and small ones, some large."""
    draw = chance.random()
    if draw < 0.12:
        return 0
    if draw < 0.32:
        return chance.randint(1, 6)
    if draw < 0.8:
        return chance.randint(5, 40)
    return chance.randint(40, 400)


def hierarchy(chance, name, leaves, levels):
    """Nodes of one dimension: each has a name and the leaves under it; sums of a node and its children."""
    nodes = {f"{name}{at}": {at} for at in range(leaves)}
    sums = []
    layer = [f"{name}{at}" for at in range(leaves)]
    for level in range(levels):
        if len(layer) < 4:
            break
        above = []
        rest = list(layer)
        while rest:
            take = min(len(rest), chance.randint(2, 3))
            children, rest = rest[:take], rest[take:]
            if len(children) == 1:
                above += children
                continue
            parent = f"{name}:{level}:{len(above)}"
            nodes[parent] = set().union(*(nodes[child] for child in children))
            sums.append((parent, children))
            above.append(parent)
        layer = above
    if len(layer) > 1:
        nodes[f"{name}*"] = set(range(leaves))
        sums.append((f"{name}*", layer))
    return nodes, sums


def crossed(prefix, dimensions, inner):
    """Cells and sums of a table with all margins. `inner` maps leaf coordinates to counts."""
    cells, equations = {}, []
    for names in itertools.product(*(nodes for nodes, _ in dimensions)):
        leaves = [nodes[name] for name, (nodes, _) in zip(names, dimensions)]
        cells[prefix + "|".join(names)] = sum(inner[at] for at in itertools.product(*leaves))
    for axis, (_, sums) in enumerate(dimensions):
        others = [nodes if at != axis else [None] for at, (nodes, _) in enumerate(dimensions)]
        for names in itertools.product(*others):
            for total, parts in sums:
                name = lambda node: prefix + "|".join(node if at == axis else one for at, one in enumerate(names))
                equations.append({"total": name(total), "parts": [name(part) for part in parts]})
    return cells, equations


def plain(chance, small):
    """One table of one to three dimensions, at times with a hierarchy."""
    if small:
        sizes = chance.choice([(4,), (5,), (6,), (2, 3), (3, 3), (3, 2)])
    else:
        sizes = chance.choice([(chance.randint(3, 15),), (chance.randint(3, 9), chance.randint(2, 6)), (4, 3, 2), (3, 3, 3)])
    dimensions = [
        hierarchy(chance, "abc"[at], size, 0 if small or (len(sizes) == 3 and at) else chance.randint(0, 2))
        for at, size in enumerate(sizes)
    ]
    inner = {at: count(chance) for at in itertools.product(*(range(size) for size in sizes))}
    return crossed("", dimensions, inner)


def linked(chance):
    """Two tables of the same people by the same areas: area by age and area by need share the areas' sums."""
    areas, ages, needs = chance.randint(3, 5), chance.randint(2, 4), chance.randint(2, 4)
    area = hierarchy(chance, "a", areas, chance.randint(0, 1))
    people = {at: count(chance) for at in itertools.product(range(areas), range(ages), range(needs))}
    cells, equations = {}, []
    for name, size, axis in (("age", ages, 1), ("need", needs, 2)):
        other = hierarchy(chance, name, size, 0)
        inner = {}
        for at, many in people.items():
            key = (at[0], at[axis])
            inner[key] = inner.get(key, 0) + many
        more, sums = crossed("", [area, other], inner)
        cells |= more
        equations += sums
    # The sums over all ages and over all needs are the same numbers.
    for node in area[0]:
        equations.append({"total": f"{node}|age*", "parts": [f"{node}|need*"]})
    return cells, equations


def table(seed, small):
    """The table, and words about its shape."""
    chance = random.Random(seed)
    linking = not small and chance.random() < 0.3
    cells, equations = linked(chance) if linking else plain(chance, small)
    threshold = chance.choice([3, 5, 5, 5, 10])
    made = {"threshold": threshold, "cells": cells, "equations": equations}
    if chance.random() < 0.2:
        large = sorted(name for name, many in cells.items() if many == 0 or many >= threshold)
        made["published"] = chance.sample(large, min(len(large), chance.randint(1, 2)))
    if linking:
        shape = "two linked tables"
    else:
        shape = ("one dimension", "two dimensions", "three dimensions")[next(iter(cells)).count("|")]
    # A parent that is not the sum of all is named by its level.
    if any(":" in name for name in cells):
        shape += ", with a hierarchy"
    return made, shape + (", after an earlier release" if made.get("published") else "")


# ---- the judge -----------------------------------------------------------------------------------------------


class Judge:
    """What a reader can tell when the cells of `hidden` are hidden."""

    def __init__(self, table, hidden, known=None):
        """`known` tells of cells between which counts a reader knows them to lie."""
        self.table = table
        self.known = known or {}
        self.names = sorted(hidden)
        self.at = {name: at for at, name in enumerate(self.names)}
        cells = table["cells"]
        rows, right = [], []
        for equation in table["equations"]:
            row = {}
            known = 0
            for name, sign in [(equation["total"], -1), *((part, 1) for part in equation["parts"])]:
                if name in self.at:
                    row[self.at[name]] = row.get(self.at[name], 0) + sign
                else:
                    known += sign * cells[name]
            if row:
                rows.append(row)
                right.append(-known)
        entries = [(at, column, sign) for at, row in enumerate(rows) for column, sign in row.items()]
        self.right = numpy.array(right, dtype=float)
        self.matrix = (
            csr_matrix(
                ([sign for _, _, sign in entries], ([at for at, _, _ in entries], [column for _, column, _ in entries])),
                shape=(len(rows), len(self.names)),
            )
            if rows
            else None
        )

    def edge(self, name, direction, known=None):
        """The least (1) or largest (-1) count of a cell, None when boundless."""
        goal = numpy.zeros(len(self.names))
        goal[self.at[name]] = direction
        bounds = [self.known.get(name, (0, None)) for name in self.names]
        if known is not None:
            bounds[self.at[known]] = (1, 1)
        found = linprog(
            goal,
            A_eq=self.matrix,
            b_eq=self.right if self.matrix is not None else None,
            bounds=bounds,
            method="highs",
        )
        if found.status == 3:
            return None
        assert found.status == 0, found.message
        return found.fun * direction

    def interval(self, name, known=None):
        least = math.ceil(self.edge(name, 1, known) - NOISE)
        largest = self.edge(name, -1, known)
        return max(least, 0), math.inf if largest is None else math.floor(largest + NOISE)

    def faults(self, first_only=False):
        """What is told too closely."""
        threshold, cells = self.table["threshold"], self.table["cells"]
        unsafe = [name for name, many in cells.items() if 1 <= many < threshold]
        found = []
        for name in unsafe:
            least, largest = self.interval(name)
            assert least <= cells[name] <= largest, (name, least, cells[name], largest)
            if largest < threshold or largest - least < threshold:
                found.append(f"{name} is in [{least}, {largest}]")
                if first_only:
                    return found
        for one in (name for name in unsafe if cells[name] == 1):
            for name in unsafe:
                if name == one:
                    continue
                least, largest = self.interval(name, known=one)
                if largest - least < 1:
                    found.append(f"the person of {one} tells {name}")
                    if first_only:
                        return found
        return found


def cheapest(table):
    """The least possible cost, by trying patterns in the order of their cost; None when no pattern is accepted."""
    cells, threshold = table["cells"], table["threshold"]
    unsafe = {name for name, many in cells.items() if 1 <= many < threshold}
    free = sorted(set(cells) - unsafe - set(table.get("published", [])))
    patterns = sorted(
        (sum(cells[name] for name in chosen), chosen)
        for size in range(len(free) + 1)
        for chosen in itertools.combinations(free, size)
    )
    for cost, chosen in patterns:
        if not Judge(table, unsafe.union(chosen)).faults(first_only=True):
            return cost
    return None


# ---- the comparison ------------------------------------------------------------------------------------------


def rounded(noste, seed):
    """A rounded table: what is wrong with it, and whether it was accepted."""
    made, shape = table(seed, False)
    made.pop("published", None)
    ran = subprocess.run(
        [noste, "disclosure", "round", "-"], input=json.dumps(made | {"key": str(seed)}), capture_output=True, text=True
    )
    if ran.returncode not in (0, 1):
        return {"seed": seed, "faults": [f"exit {ran.returncode}: {ran.stderr.strip()}"]}
    answer = json.loads(ran.stdout)
    base, counts, faults = answer["base"], answer["counts"], []
    one = {"seed": seed, "shape": shape, "status": answer["status"], "cells": len(counts), "faults": faults}
    one["adds_up"] = answer["adds_up"]
    for name, many in made["cells"].items():
        about = counts.get(name, -1)
        if about % base or not -base < about - many < base or (many == 0 and about):
            faults.append(f"{name}: {many} was rounded to {about} by {base}")
    if answer["adds_up"] and any(
        counts[sum_["total"]] != sum(counts[part] for part in sum_["parts"]) for sum_ in made["equations"]
    ):
        faults.append("the sums do not hold")
    if answer["status"] == "rounded":
        known = {name: (max(0, about - base + 1), about + base - 1) for name, about in counts.items()}
        judge = Judge(made, made["cells"], known)
        for name in (name for name, many in made["cells"].items() if many):
            least, largest = judge.interval(name)
            if largest < made["threshold"] or largest - least < made["threshold"]:
                faults.append(f"the rounded {name} is in [{least}, {largest}]")
    return one


def judged(noste, seed, small):
    made, shape = table(seed, small)
    started = time.monotonic()
    ran = subprocess.run([noste, "disclosure", "protect", "-"], input=json.dumps(made), capture_output=True, text=True)
    seconds = time.monotonic() - started
    if ran.returncode not in (0, 1):
        return {"seed": seed, "faults": [f"exit {ran.returncode}: {ran.stderr.strip()}"]}
    answer = json.loads(ran.stdout)
    one = {"seed": seed, "shape": shape, "status": answer["status"], "seconds": seconds}
    one |= {"cells": len(made["cells"]), "faults": []}
    one["hidden"] = len(answer["complementary"])
    unsafe = sorted(name for name, many in made["cells"].items() if 1 <= many < made["threshold"])
    if answer["primary"] != unsafe:
        one["faults"].append("other cells are called unsafe")
    if set(answer["complementary"]) & set(made.get("published", [])):
        one["faults"].append("a published cell is hidden")
    if answer["status"] != "unprotected":
        one["faults"] += Judge(made, unsafe + answer["complementary"]).faults()
    if small and unsafe:
        best = cheapest(made)
        one |= {"cost": answer["cost"], "best": best}
        if answer["status"] == "unprotected" and best is not None:
            one["faults"].append("called unprotected, but a pattern exists")
        if answer["status"] != "unprotected" and (best is None or answer["cost"] < best):
            one["faults"].append("the search by hand missed a pattern")
    return one


def large(noste, size):
    """Seconds for one large table with all its margins; what the program finds it judges itself, a sample of it here."""
    chance = random.Random(size)
    sizes = [int(one) for one in size.split("x")]
    dimensions = [hierarchy(chance, "abcdef"[at], many, 0) for at, many in enumerate(sizes)]
    # Municipalities are of very different sizes, and so are their counts.
    scale = [math.exp(4 * chance.random()) for _ in range(sizes[0])]
    inner = {
        at: int(scale[at[0]] * chance.expovariate(1 / 1.2)) for at in itertools.product(*(range(many) for many in sizes))
    }
    cells, equations = crossed("", dimensions, inner)
    made = {"threshold": 5, "cells": cells, "equations": equations}
    seconds, processor = {}, {}

    def asked(what):
        started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run([noste, "disclosure", what, "-"], input=json.dumps(made), capture_output=True, text=True)
        seconds[what] = time.monotonic() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        # What the program used: on a machine that does other work, too, the clock tells little.
        processor[what] = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        return json.loads(ran.stdout)

    found = asked("protect")
    made["suppressed"] = found["complementary"]
    verdict = asked("audit")
    judge = Judge(made, found["primary"] + found["complementary"])
    told = 0
    for name in chance.sample(found["primary"], min(20, len(found["primary"]))):
        least, largest = judge.interval(name)
        told += largest < 5 or largest - least < 5
    one = {"size": size, "cells": len(cells), "unsafe": len(found["primary"]), "hidden": len(found["complementary"])}
    one |= {"status": found["status"], "verdict": verdict["status"], "narrow": told}
    one |= {f"{what}_seconds": taken for what, taken in seconds.items()}
    one |= {f"{what}_processor": taken for what, taken in processor.items()}
    return one


def told(report):
    """The report in lines."""
    yield f"{report['tables']} tables, {report['cells']} cells; seed {report['seed']}"
    for status in ("open", "protected", "unprotected"):
        yield f"{status}: {report[status]}"
    if report["hidden_share"] is not None:
        yield f"cells hidden beside the unsafe ones: {report['hidden_share']:.1%} on average"
    if report["slowest"] is not None:
        yield f"slowest: {report['slowest']:.2f} s"
    costs = report["costs"]
    if costs:
        same, over = sum(one["cost"] == one["best"] for one in costs), over_best(costs)
        yield f"least cost found in {same} of {len(costs)} small tables; {over:.1%} over it together"
    if report["rounded"]:
        rounded_ones = report["rounded"]
        yield (
            f"rounded: {rounded_ones['accepted']} of {rounded_ones['tables']} accepted, "
            f"in {rounded_ones['adds_up']} the sums hold"
        )
    yield f"unsafe or wrong: {len(report['faults'])}"
    yield from (f"  {fault}" for fault in report["faults"])
    if report["large"]:
        one = report["large"]
        yield (
            f"{one['size']}: {one['cells']} cells, {one['unsafe']} unsafe, {one['hidden']} hidden beside them: {one['status']} in "
            f"{one['protect_seconds']:.1f} s, judged {one['verdict']} in {one['audit_seconds']:.1f} s; "
            f"of 20 intervals worked out here {one['narrow']} too narrow"
        )


def over_best(costs):
    """How much more is hidden than would have to be, all of the small tables together."""
    return sum(one["cost"] for one in costs) / max(1, sum(one["best"] for one in costs)) - 1


def gathered(asked, results, rounded_ones):
    """What was found, as it is written for other programs."""
    whole = [one for one in results if "status" in one]
    shapes = {}
    for one in whole:
        row = shapes.setdefault(one["shape"], {"tables": 0, "cells": 0, "protected": 0, "unprotected": 0, "unsafe": 0})
        row["tables"] += 1
        row["cells"] += one["cells"]
        row["unsafe"] += bool(one["faults"])
        if one["status"] != "open":
            row[one["status"]] += 1
    shares = [one["hidden"] / one["cells"] for one in whole if one["status"] == "protected"]
    report = {"seed": asked.seed, "tables": len(results), "small": asked.small, "cells": sum(one["cells"] for one in whole)}
    report |= {status: sum(one["status"] == status for one in whole) for status in ("open", "protected", "unprotected")}
    report["hidden_share"] = statistics.mean(shares) if shares else None
    report["slowest"] = max((one["seconds"] for one in whole), default=None)
    report["shapes"] = dict(sorted(shapes.items()))
    report["costs"] = [
        {"cost": one["cost"], "best": one["best"]}
        for one in whole
        if one.get("best") is not None and one["status"] == "protected"
    ]
    report["faults"] = [f"table {one['seed']}: {fault}" for one in results for fault in one["faults"]]
    report["faults"] += [f"rounded table {one['seed']}: {fault}" for one in rounded_ones for fault in one["faults"]]
    report["rounded"] = {
        "tables": len(rounded_ones),
        "cells": sum(one.get("cells", 0) for one in rounded_ones),
        "accepted": sum(one.get("status") == "rounded" for one in rounded_ones),
        "adds_up": sum(bool(one.get("adds_up")) for one in rounded_ones),
    } if rounded_ones else None
    report["large"] = None
    return report


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--noste", required=True, help="the program")
    asked.add_argument("--tables", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--small", type=int, default=10, help="tables whose least cost is searched")
    asked.add_argument("--rounded", type=int, default=0, help="tables that are rounded")
    asked.add_argument("--size", help="time one large table, too, for example 300x12x5")
    asked.add_argument("--json", help="file for what was found")
    asked = asked.parse_args()

    work = [(asked.seed * 1_000_000 + at, False) for at in range(asked.tables)]
    work += [(asked.seed * 2_000_000 + at, True) for at in range(asked.small)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: judged(asked.noste, *one), work))
        seeds = (asked.seed * 3_000_000 + at for at in range(asked.rounded))
        rounded_ones = list(pool.map(lambda seed: rounded(asked.noste, seed), seeds))
    report = gathered(asked, results, rounded_ones)
    if asked.size:
        report["large"] = large(asked.noste, asked.size)
    report["scipy"] = scipy.__version__
    print("\n".join(told(report)))
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    one = report["large"]
    slack = one and (one["status"] != "protected" or one["verdict"] != "safe" or one["narrow"])
    return 1 if report["faults"] or slack else 0


if __name__ == "__main__":
    sys.exit(main())
