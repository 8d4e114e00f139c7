#!/usr/bin/env python3
"""Writes GLOSSARY.md from docs/glossary.csv; --check only tells whether it is up to date."""

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Glossary

The words of Noste: what a worker or a client reads, in Finnish and Swedish, what it means in English, and the name it has in the code.
The list is ours, made for this product; it is not an official translation. Where the page shows another word than the law, the page's word stands last.
Written by `tools/glossary.py` from `docs/glossary.csv`: change the list, not this page.

| Finnish | Swedish | English | in the code | on the page |
| --- | --- | --- | --- | --- |
"""


def page():
    with open(ROOT / "docs/glossary.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = []
    for row in rows:
        cells = [row["fi"], row["sv"], row["en"], f"`{row['rust']}`" if row["rust"] else "", row["ui_fi"]]
        lines.append("| " + " | ".join((cell or "").strip().replace("|", "\\|") for cell in cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def main():
    target = ROOT / "GLOSSARY.md"
    if "--check" in sys.argv[1:]:
        if not target.is_file() or target.read_text(encoding="utf-8") != page():
            print("GLOSSARY.md is not what docs/glossary.csv says: run tools/glossary.py")
            return 1
        return 0
    target.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
