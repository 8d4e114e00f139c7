#!/usr/bin/env python3
"""Judges printed reports against PDF/A-2a and PDF/UA-1, by another hand than the one that writes them.

    tools/pdf_check.py FILE.pdf...                 says what is wrong, exit 1 when anything is
    tools/pdf_check.py --says TEXT N FILE.pdf      the text stands at least N times in it
    tools/pdf_check.py --breaks FILE.pdf           breaks a good file in many ways: each must be found

It looks at what a machine can: identification, metadata, language, fonts, the tree of structure and whether all
content belongs to it. It is no full validator; veraPDF is run too by tools/print.sh where the machine has it.
"""

import argparse
import io
import re
import sys
from xml.etree import ElementTree

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, ContentStream, DictionaryObject, NameObject, NullObject, TextStringObject

STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
    "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP "
    "Figure Formula Form".split()
)
# What each of these may stand in (ISO 32000-1, 14.8.4).
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "Lbl": {"LI", "Note", "Caption", "TOCI", "BibEntry", "Link", "Div"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
PAINTS = set("f F f* B B* b b* S s sh Do Tj TJ ' \" EI".split())
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NAMES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def whole(thing):
    return thing.get_object() if hasattr(thing, "get_object") else thing


def get(thing, *path):
    for name in path:
        thing = whole(thing)
        if not isinstance(thing, dict) or name not in thing:
            return None
        thing = thing[name]
    return whole(thing)


class Judge:
    def __init__(self, reader):
        self.reader = reader
        self.root = whole(reader.trailer["/Root"])
        self.roles = get(self.root, "/StructTreeRoot", "/RoleMap") or {}
        self.found = []
        self.marks = set()
        self.annotations = set()
        self.headings = []
        self.counts = {}

    def wrong(self, words):
        if words not in self.found:
            self.found.append(words)

    def judge(self):
        self.identity()
        self.catalogue()
        self.fonts()
        tree = get(self.root, "/StructTreeRoot")
        if tree is None:
            self.wrong("no tree of structure")
        else:
            self.children(tree, None, None)
            self.order_of_headings()
        for number, page in enumerate(self.reader.pages, 1):
            self.page(number, page)
        return self.found

    # Identification and metadata

    def identity(self):
        if not self.reader.pdf_header.startswith("%PDF-1."):
            self.wrong("not PDF 1.x, which both standards build on")
        if "/Encrypt" in self.reader.trailer:
            self.wrong("encrypted")
        if "/ID" not in self.reader.trailer:
            self.wrong("no identity of the file")
        metadata = get(self.root, "/Metadata")
        if metadata is None:
            self.wrong("no XMP metadata")
            return
        if "/Filter" in metadata:
            self.wrong("XMP metadata is packed")
        try:
            tree = ElementTree.fromstring(metadata.get_data())
        except ElementTree.ParseError as error:
            self.wrong(f"XMP metadata is not XML: {error}")
            return
        for prefix, name, wanted in [("pdfaid", "part", "2"), ("pdfaid", "conformance", "A"), ("pdfuaid", "part", "1")]:
            if self.xmp(tree, prefix, name) != wanted:
                self.wrong(f"XMP does not say {prefix}:{name} {wanted}")
        title = self.xmp(tree, "dc", "title")
        if not (title or "").strip():
            self.wrong("XMP has no dc:title")
        info = self.reader.trailer.get("/Info")
        if info is not None and get(info, "/Title") not in (None, title):
            self.wrong("the title of the document's information is another than that of XMP")

    @staticmethod
    def xmp(tree, prefix, name):
        full = "{" + NAMES[prefix] + "}" + name
        for part in tree.iter(RDF + "Description"):
            if full in part.attrib:
                return part.attrib[full]
            found = part.find(full)
            if found is not None:
                inner = found.find(f".//{RDF}li")
                return (found if inner is None else inner).text
        return None

    def catalogue(self):
        if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(get(self.root, "/Lang") or "")):
            self.wrong("no language of the document")
        if get(self.root, "/MarkInfo", "/Marked") != True:  # noqa: E712 - an object of its own kind
            self.wrong("not marked as tagged")
        if get(self.root, "/MarkInfo", "/Suspects") == True:  # noqa: E712
            self.wrong("tags are suspect")
        if get(self.root, "/ViewerPreferences", "/DisplayDocTitle") != True:  # noqa: E712
            self.wrong("the window shows the file's name and not the title")
        intents = get(self.root, "/OutputIntents") or []
        if not any(get(one, "/S") == "/GTS_PDFA1" and get(one, "/DestOutputProfile") is not None for one in intents):
            self.wrong("no output intent with a colour profile")
        for name in ["/OpenAction", "/AA", "/AcroForm", "/Collection", "/OCProperties"]:
            if name in self.root:
                self.wrong(f"{name} has no place in a report")
        for name in ["/JavaScript", "/EmbeddedFiles"]:
            if get(self.root, "/Names", name) is not None:
                self.wrong(f"{name} has no place in a report")

    # Fonts

    def fonts(self):
        seen = set()
        for page in self.reader.pages:
            self.resources(get(page, "/Resources"), seen)

    def resources(self, resources, seen):
        for name, font in (get(resources, "/Font") or {}).items():
            self.font(name, whole(font))
        for group in ["/XObject", "/Pattern"]:
            for reference in (get(resources, group) or {}).values():
                key = getattr(reference, "idnum", id(reference))
                if key not in seen:
                    seen.add(key)
                    self.resources(get(reference, "/Resources"), seen)

    def font(self, name, font):
        self.counts["fonts"] = self.counts.get("fonts", 0) + 1
        if "/ToUnicode" not in font:
            self.wrong(f"font {font.get('/BaseFont', name)} does not say which letters it writes")
        if font.get("/Subtype") == "/Type3":
            return
        below = whole(font["/DescendantFonts"])[0] if "/DescendantFonts" in font else font
        descriptor = get(below, "/FontDescriptor") or {}
        if not any(f"/FontFile{kind}" in descriptor for kind in ["", "2", "3"]):
            self.wrong(f"font {font.get('/BaseFont', name)} is not embedded")

    # Structure

    def role(self, name):
        name = str(name).lstrip("/")
        for _ in range(8):
            if name in STANDARD:
                return name
            mapped = self.roles.get("/" + name)
            if mapped is None:
                return None
            name = str(mapped).lstrip("/")
        return None

    def children(self, element, parent, page):
        page = element.get("/Pg", page)
        kids = get(element, "/K")
        kids = kids if isinstance(kids, list) else [] if kids is None else [kids]
        for raw in kids:
            kid = whole(raw)
            if isinstance(kid, int):
                self.mark(page, kid)
            elif kid.get("/Type") == "/MCR":
                self.mark(kid.get("/Pg", page), kid["/MCID"])
            elif kid.get("/Type") == "/OBJR":
                self.annotations.add(kid.raw_get("/Obj").idnum)
            else:
                self.element(kid, parent, page)
        return len(kids)

    def mark(self, page, number):
        page = whole(page)
        place = (page.indirect_reference.idnum, int(number))
        if place in self.marks:
            self.wrong(f"content {place} belongs to two elements")
        self.marks.add(place)

    def element(self, element, parent, page):
        name = self.role(element.get("/S"))
        if name is None:
            self.wrong(f"structure {element.get('/S')} is neither standard nor mapped to one")
            return
        self.counts[name] = self.counts.get(name, 0) + 1
        if name in PARENTS and parent not in PARENTS[name]:
            self.wrong(f"{name} stands in {parent}")
        if parent == "TR" and name not in {"TH", "TD"} or parent == "L" and name not in {"LI", "Caption", "L"}:
            self.wrong(f"{name} stands in {parent}")
        if name == "Figure":
            self.figure(element)
        if name == "Formula" and not element.get("/Alt"):
            self.wrong("a formula without words")
        if re.fullmatch(r"H[1-6]", name):
            self.headings.append(int(name[1]))
        if name == "TH" and self.attribute(element, "/Scope") not in {"/Row", "/Column", "/Both"}:
            self.wrong("a head of a table without its scope")
        if name == "Table":
            self.table(element)
        self.children(element, name, page)

    @staticmethod
    def attribute(element, name):
        attributes = whole(element.get("/A", NullObject()))
        for one in attributes if isinstance(attributes, list) else [attributes]:
            if get(one, name) is not None:
                return get(one, name)
        return None

    def figure(self, element):
        if not str(element.get("/Alt", "")).strip():
            self.wrong("a figure without words in its place")
        if self.attribute(element, "/BBox") is None:
            self.wrong("a figure without its box")

    def table(self, element):
        rows = []

        def walk(part):
            for kid in self.elements(part):
                name = self.role(kid.get("/S"))
                if name == "TR":
                    rows.append([self.role(cell.get("/S")) for cell in self.elements(kid)])
                elif name in {"THead", "TBody", "TFoot"}:
                    walk(kid)

        walk(element)
        if len({len(row) for row in rows}) > 1:
            self.wrong("rows of a table are not equally long")
        if not rows or "TH" not in rows[0]:
            self.wrong("a table without heads of columns")

    @staticmethod
    def elements(part):
        kids = get(part, "/K")
        kids = kids if isinstance(kids, list) else [kids]
        return [whole(kid) for kid in kids if isinstance(whole(kid), dict) and "/S" in whole(kid)]

    def order_of_headings(self):
        last = 0
        for level in self.headings:
            if level > last + 1:
                self.wrong(f"a heading of level {level} after one of {last}")
            last = level

    # Pages

    def page(self, number, page):
        idnum = page.indirect_reference.idnum
        if "/StructParents" not in page:
            self.wrong(f"page {number} is not tied to the structure")
        annotations = get(page, "/Annots") or []
        if annotations and get(page, "/Tabs") != "/S":
            self.wrong(f"page {number} does not tab in the order of structure")
        for reference in annotations:
            one = whole(reference)
            if reference.idnum not in self.annotations:
                self.wrong(f"page {number}: a link outside the structure")
            if not str(one.get("/Contents", "")).strip():
                self.wrong(f"page {number}: a link without words")
            if get(one, "/A", "/S") not in (None, "/URI", "/GoTo"):
                self.wrong(f"page {number}: an action that is no link")
        self.content(number, idnum, page)

    def content(self, number, idnum, page):
        open_marks, used = [], set()
        properties = get(page, "/Resources", "/Properties") or {}
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            operator = operator.decode()
            if operator in {"BDC", "BMC"}:
                inside = operands[1] if operator == "BDC" else {}
                inside = whole(properties.get(inside, {})) if isinstance(inside, NameObject) else inside
                mark = inside.get("/MCID")
                open_marks.append("artifact" if operands[0] == "/Artifact" else mark)
                if mark is not None:
                    used.add((idnum, int(mark)))
            elif operator == "EMC":
                open_marks.pop()
            elif operator in PAINTS and all(mark is None for mark in open_marks):
                self.wrong(f"page {number}: content ({operator}) that is neither tagged nor decoration")
        for place in sorted(used - self.marks):
            self.wrong(f"page {number}: marked content {place[1]} is in no element")
        for place in sorted(mark for mark in self.marks - used if mark[0] == idnum):
            self.wrong(f"page {number}: an element names content {place[1]}, which is not there")


def read(data):
    return PdfReader(io.BytesIO(data), strict=True)


def judge(data):
    try:
        judged = Judge(read(data))
        return judged.judge(), judged
    except Exception as error:  # a file that cannot be read is wrong, whatever way it is
        return [f"cannot be read: {type(error).__name__}: {error}"], None


# Ways to break a good file: a name, what to do with the copy, and words of the complaint that must follow.

def first(writer, name):
    """The first element of structure of a kind."""
    def search(element):
        for kid in Judge.elements(element):
            if kid.get("/S") == "/" + name:
                return kid
            found = search(kid)
            if found is not None:
                return found
        return None
    return search(writer._root_object["/StructTreeRoot"])


def drop(*path):
    def act(writer):
        thing = writer._root_object
        for name in path[:-1]:
            thing = whole(thing[name])
        del thing[path[-1]]
    return act


def replace_metadata(old, new):
    def act(writer):
        stream = whole(writer._root_object["/Metadata"])
        data = stream.get_data()
        assert old in data
        stream.set_data(data.replace(old, new))
    return act


def without_font_file(writer):
    for page in writer.pages:
        for font in get(page, "/Resources", "/Font").values():
            below = whole(whole(whole(font)["/DescendantFonts"])[0])
            descriptor = whole(below["/FontDescriptor"])
            for kind in ["/FontFile", "/FontFile2", "/FontFile3"]:
                descriptor.pop(kind, None)
            return


def change_content(change):
    def act(writer):
        page = writer.pages[0]
        content = ContentStream(page.get_contents(), writer)
        content.operations = change(content.operations)
        page[NameObject("/Contents")] = writer._add_object(content)
    return act


def untag_first(operations):
    """The first tagged piece loses its mark and stays on the page."""
    at = next(i for i, (operands, op) in enumerate(operations) if op == b"BDC" and operands[0] != "/Artifact")
    end = next(i for i in range(at, len(operations)) if operations[i][1] == b"EMC")
    return [one for i, one in enumerate(operations) if i not in (at, end)]


def set_of(name, key, value):
    def act(writer):
        element = first(writer, name)
        element[NameObject(key)] = value
    return act


BREAKS = [
    ("no language", drop("/Lang"), "language"),
    ("not marked", drop("/MarkInfo"), "tagged"),
    ("no title shown", drop("/ViewerPreferences"), "file's name"),
    ("no colours", drop("/OutputIntents"), "output intent"),
    ("no structure", drop("/StructTreeRoot"), "tree of structure"),
    ("no metadata", drop("/Metadata"), "no XMP"),
    ("not PDF/UA", replace_metadata(b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"), "pdfuaid"),
    ("not PDF/A", replace_metadata(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<"), "conformance"),
    ("another part of PDF/A", replace_metadata(b"<pdfaid:part>2<", b"<pdfaid:part>3<"), "pdfaid:part"),
    ("no title", replace_metadata(b"dc:title", b"dc:tutle"), "dc:title"),
    ("a font outside", without_font_file, "not embedded"),
    ("a figure without words", lambda writer: first(writer, "Figure").pop("/Alt"), "figure without words"),
    ("a head without scope", lambda writer: first(writer, "TH").pop("/A"), "scope"),
    ("a heading that skips", set_of("H1", "/S", NameObject("/H3")), "heading of level 3"),
    ("an unknown element", set_of("P", "/S", NameObject("/Wonder")), "neither standard"),
    ("a cell outside a row", set_of("TR", "/S", NameObject("/P")), "stands in P"),
    ("untagged content", change_content(untag_first), "neither tagged"),
    ("content that is not there", change_content(lambda all: []), "not there"),
    ("a script", lambda writer: writer._root_object.__setitem__(
        NameObject("/OpenAction"), DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})), "OpenAction"),
    ("a link outside the structure", lambda writer: unlink(writer), "outside the structure"),
]


def unlink(writer):
    element = first(writer, "Link")
    kids = whole(element["/K"])
    element[NameObject("/K")] = ArrayObject(
        kid for kid in (kids if isinstance(kids, list) else [kids]) if not (isinstance(whole(kid), dict) and whole(kid).get("/Type") == "/OBJR")
    )


def copy(data):
    writer = PdfWriter(clone_from=read(data))
    return writer


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def breaks(path):
    with open(path, "rb") as file:
        data = file.read()
    failed = 0
    # A copy that nobody broke must still be good, or finding faults proves nothing.
    for name, act, words in [("a plain copy", lambda writer: None, None), *BREAKS]:
        writer = copy(data)
        act(writer)
        found, _ = judge(written(writer))
        good = any(words in one for one in found) if words else not found
        if not good:
            failed += 1
            print(f"{name}: expected {words!r}, found {found}")
    print(f"{len(BREAKS)} ways to break {path}, {failed} not found")
    return failed


def says(text, least, path):
    def bare(words):
        return re.sub(r"[\s\u00ad]", "", words)

    with open(path, "rb") as file:
        reader = read(file.read())
    pages = bare("".join(page.extract_text() for page in reader.pages))
    found = pages.count(bare(text))
    print(f"{path}: the text stands in it {found} times, {least} wanted")
    return found < least


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--breaks", action="store_true", help="break the files in many ways")
    parser.add_argument("--says", nargs=2, metavar=("TEXT", "N"), help="the text stands at least N times")
    parser.add_argument("files", nargs="+")
    given = parser.parse_args()
    failed = 0
    for path in given.files:
        if given.breaks:
            failed += breaks(path)
        elif given.says:
            failed += says(given.says[0], int(given.says[1]), path)
        else:
            with open(path, "rb") as file:
                found, judged = judge(file.read())
            for one in found:
                print(f"{path}: {one}")
            if not found:
                counts = ", ".join(f"{name} {count}" for name, count in sorted(judged.counts.items()))
                print(f"{path}: {len(judged.reader.pages)} pages, {counts}")
            failed += len(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
