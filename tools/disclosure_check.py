#!/usr/bin/env python3
"""The judge of disclosure control by another hand.

Makes random tables of one to three dimensions, with hierarchies, with two tables that share a margin and with earlier releases,
lets `noste disclosure protect` find what to hide, and works out by scipy (HiGHS) what a reader can tell from the
rest. This program shares no code with the room disclosure/: it reads the same files and knows the same rules.

    disclosure_check.py --noste PROGRAM [--tables 200] [--seed 1] [--small 10] [--write FILE]
    disclosure_check.py --noste PROGRAM --size 300x12x5

Rules: for a stranger the largest possible count of every unsafe cell is at least the threshold and the interval at least
as wide; for somebody who is the one person of a cell every other unsafe cell keeps at least two possible counts.
On `--small` tables the cost is compared with the least possible, found by trying patterns in the order of their cost.

Exit 0 when no table is unsafe and nothing is called unprotected that has a pattern among the small ones, else 1.
"""

import argparse
import itertools
import json
import math
import random
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy
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
        hierarchy(chance, "abc"[at], size, 0 if small or len(sizes) == 3 else chance.randint(0, 2))
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
    chance = random.Random(seed)
    cells, equations = linked(chance) if not small and chance.random() < 0.3 else plain(chance, small)
    threshold = chance.choice([3, 5, 5, 5, 10])
    made = {"threshold": threshold, "cells": cells, "equations": equations}
    if chance.random() < 0.2:
        large = sorted(name for name, many in cells.items() if many == 0 or many >= threshold)
        made["published"] = chance.sample(large, min(len(large), chance.randint(1, 2)))
    return made


# ---- the judge -----------------------------------------------------------------------------------------------


class Judge:
    """What a reader can tell when the cells of `hidden` are hidden."""

    def __init__(self, table, hidden):
        self.table = table
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
        bounds = [(0, None)] * len(self.names)
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


def judged(noste, seed, small):
    made = table(seed, small)
    started = time.monotonic()
    ran = subprocess.run([noste, "disclosure", "protect", "-"], input=json.dumps(made), capture_output=True, text=True)
    seconds = time.monotonic() - started
    if ran.returncode not in (0, 1):
        return {"seed": seed, "faults": [f"exit {ran.returncode}: {ran.stderr.strip()}"]}
    answer = json.loads(ran.stdout)
    one = {"seed": seed, "status": answer["status"], "seconds": seconds, "cells": len(made["cells"]), "faults": []}
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
    seconds = {}

    def asked(what):
        started = time.monotonic()
        ran = subprocess.run([noste, "disclosure", what, "-"], input=json.dumps(made), capture_output=True, text=True)
        seconds[what] = time.monotonic() - started
        return json.loads(ran.stdout)

    found = asked("protect")
    made["suppressed"] = found["complementary"]
    verdict = asked("audit")
    judge = Judge(made, found["primary"] + found["complementary"])
    told = 0
    for name in chance.sample(found["primary"], min(20, len(found["primary"]))):
        least, largest = judge.interval(name)
        told += largest < 5 or largest - least < 5
    print(
        f"{size}: {len(cells)} cells, {len(found['primary'])} unsafe, {len(found['complementary'])} hidden beside them: "
        f"{found['status']} in {seconds['protect']:.1f} s, judged {verdict['status']} in {seconds['audit']:.1f} s; "
        f"of 20 intervals worked out here {told} too narrow"
    )
    return found["status"] == "protected" and verdict["status"] == "safe" and not told


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--noste", required=True, help="the program")
    asked.add_argument("--tables", type=int, default=200)
    asked.add_argument("--small", type=int, default=10, help="tables whose least cost is searched")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--size", help="time one large table instead, for example 300x12x5")
    asked.add_argument("--write", help="file for the result as text")
    asked = asked.parse_args()
    if asked.size:
        return 0 if large(asked.noste, asked.size) else 1

    work = [(asked.seed * 1_000_000 + at, False) for at in range(asked.tables)]
    work += [(asked.seed * 2_000_000 + at, True) for at in range(asked.small)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda one: judged(asked.noste, *one), work))

    faults = [(one["seed"], fault) for one in results for fault in one["faults"]]
    whole = [one for one in results if "status" in one]
    said = [f"{len(results)} tables, {sum(one['cells'] for one in whole)} cells; seed {asked.seed}"]
    for status in ("open", "protected", "unprotected"):
        said.append(f"{status}: {sum(one['status'] == status for one in whole)}")
    shares = [one["hidden"] / one["cells"] for one in whole if one["status"] == "protected"]
    if shares:
        said.append(f"cells hidden beside the unsafe ones: {statistics.mean(shares):.1%} on average")
    if whole:
        said.append(f"slowest: {max(one['seconds'] for one in whole):.2f} s")
    priced = [one for one in whole if one.get("best") is not None and one["status"] == "protected"]
    if priced:
        same = sum(one["cost"] == one["best"] for one in priced)
        over = sum(one["cost"] for one in priced) / max(1, sum(one["best"] for one in priced)) - 1
        said.append(f"least cost found in {same} of {len(priced)} small tables; {over:.1%} over it together")
    said.append(f"unsafe or wrong: {len(faults)}")
    said += [f"  table {seed}: {fault}" for seed, fault in faults]
    text = "\n".join(said) + "\n"
    print(text, end="")
    if asked.write:
        with open(asked.write, "w", encoding="utf-8") as file:
            file.write(text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
