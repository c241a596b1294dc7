"""The structure of a PDF: what a screen reader goes through instead of the marks on the page.

PDF/UA-1 (ISO 14289-1) asks that everything on a page is either content of an element of this tree,
or marked as an artifact that is passed over. reportlab knows nothing of either, so this canvas
marks what is drawn and writes the tree when it is saved. For this package only.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, TypeAlias

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(slots=True)
class Element:
    """One element of the tree: a heading, a table, a cell, by its standard name (`role`).

    `said` is read out in place of what is drawn. `scope` is that of a header cell, `columns` how
    many it spans.
    """

    role: str
    said: str = ""
    scope: str = ""
    columns: int = 1
    kids: list[_Kid] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A marked part of a page's content, by the place of its page in `_pages` and its number."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class _Linked:
    """An annotation that belongs to an element, by its reference."""

    page: int
    annotation: PDFObjectReference


_Kid: TypeAlias = Element | _Marked | _Linked


class TaggedCanvas(Canvas):
    """A canvas on which everything is drawn within `content` or `artifact`."""

    # Of reportlab's canvas, whose published types leave them out.
    _doc: Any
    _code: list[str]
    _annotationrefs: list[PDFObjectReference]
    _bookmarkReference: Callable[[str], PDFObject]  # noqa: N815 - reportlab's name

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{**named, "pdfVersion": (1, 7)})
        self.document = Element("Document")
        self._made: dict[Hashable, Element] = {}
        self._names: dict[Hashable, str] = {}
        self._pages: list[list[Element]] = [[]]
        """The element of each marked part, by number, page by page."""
        self._linked: list[Element] = []
        """The element of each annotation; they are numbered in the order in which they are made."""

    def element(self, key: Hashable, parent: Element, role: str, **named: Any) -> Element:
        """Give the element of this key, made as the next child of `parent` where it is new.

        So what goes on on another page goes on in the same element.
        """
        known = self._made.get(key)
        if known is None:
            known = self._made[key] = Element(role, **named)
            parent.kids.append(known)
        return known

    def name_of(self, target: Hashable) -> str:
        """Give the name that the file has for a place: the same for the same target."""
        return self._names.setdefault(target, f"place-{len(self._names) + 1}")

    def has(self, key: Hashable) -> bool:
        """Whether an element was made for this key."""
        return key in self._made

    @contextlib.contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Mark what is drawn meanwhile as the content of an element."""
        marks = self._pages[-1]
        element.kids.append(_Marked(len(self._pages) - 1, len(marks)))
        self.addLiteral(f"/{element.role} <</MCID {len(marks)}>> BDC", 0)
        marks.append(element)
        yield
        self.addLiteral("EMC", 0)

    @contextlib.contextmanager
    def artifact(self, *, footer: bool = False) -> Iterator[None]:
        """Mark what is drawn meanwhile as nothing to be read out."""
        kind = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC" if footer else "/Artifact BMC"
        self.addLiteral(kind, 0)
        yield
        self.addLiteral("EMC", 0)

    def link(
        self,
        element: Element,
        rectangle: tuple[float, float, float, float],
        words: str,
        *,
        address: str = "",
        target: Hashable = None,
    ) -> None:
        """Make a rectangle of the page lead to an address of the web, or to what `mark` was told.

        The rectangle is as the canvas lies now: left, bottom, right, top. `words` say where to.
        """
        left, bottom = self.absolutePosition(*rectangle[:2])
        right, top = self.absolutePosition(*rectangle[2:])
        link = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray([left, bottom, right, top]),
            "Border": PDFArray([0, 0, 0]),
            "F": 4,  # to be printed, which PDF/UA wants of what is not hidden
            "Contents": PDFString(words.encode("utf-16-be", "replace").decode("utf-16-be")),
            "StructParent": _link_number(len(self._linked)),
        }
        if address:
            link["A"] = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)})
        else:
            link["Dest"] = self._bookmarkReference(self.name_of(target))
        annotation = PDFDictionary(link)
        reference = self._doc.Reference(annotation, f"Link.{len(self._linked)}")
        self._annotationrefs.append(reference)
        self._linked.append(element)
        element.kids.append(_Linked(len(self._pages) - 1, reference))

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Close the page, and let it say which of the tree's elements stand on it."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        # Left alone, reportlab writes what is drawn as text, which takes a tenth of all the time.
        page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = _page_number(len(self._pages) - 1)
        page.Tabs = PDFName("S")
        self._pages.append([])

    def save(self) -> None:
        """Write the tree and what the file says about itself, then the file."""
        if self._code:
            self.showPage()
        self._write_tree()
        catalog = self._doc.Catalog
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        language = str(catalog.Lang.s)
        said = _XMP.format(title=escape(str(self._doc.info.title), quote=False), language=language)
        kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        catalog.Metadata = PDFStream(kind, said.encode())
        super().save()

    def _write_tree(self) -> None:
        document = self._doc
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = document.Reference(root)
        pages = [self._number_of(document.Reference(page)) for page in document.Pages.pages]
        numbers: dict[int, str] = {}
        self._ids: list[tuple[str, str]] = []
        top = self._write_element(self.document, self._number_of(root_reference), pages, numbers)
        root["K"] = f"[{top}]"
        nums = []
        for place, elements in enumerate(self._pages[: len(pages)]):
            marks = " ".join(numbers[id(element)] for element in elements)
            kept = document.Reference(_Written(f"[{marks}]"))
            nums.append((_page_number(place), self._number_of(kept)))
        nums += [(_link_number(n), numbers[id(e)]) for n, e in enumerate(self._linked)]
        told = " ".join(f"{number} {reference}" for number, reference in sorted(nums))
        root["ParentTree"] = document.Reference(_Written(f"<</Nums [{told}]>>"))
        root["ParentTreeNextKey"] = max((number for number, _ in nums), default=-1) + 1
        if self._ids:
            ids = " ".join(f"({name}) {reference}" for name, reference in sorted(self._ids))
            root["IDTree"] = document.Reference(_Written(f"<</Names [{ids}]>>"))
        document.Catalog.StructTreeRoot = root_reference

    def _write_element(
        self, element: Element, parent: str, pages: list[str], numbers: dict[int, str]
    ) -> str:
        """Write an element and all below it; gives its reference."""
        written = _Written("")
        own = numbers[id(element)] = self._number_of(self._doc.Reference(written))
        marks = [kid for kid in element.kids if isinstance(kid, _Marked)]
        page = marks[0].page if marks else -1
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._write_element(kid, own, pages, numbers))
            elif isinstance(kid, _Linked):
                obj = self._number_of(kid.annotation)
                kids.append(f"<</Type /OBJR /Pg {pages[kid.page]} /Obj {obj}>>")
            elif kid.page == page:
                kids.append(str(kid.number))
            else:
                kids.append(f"<</Type /MCR /Pg {pages[kid.page]} /MCID {kid.number}>>")
        parts = [f"/Type /StructElem /S /{element.role} /P {parent} /K [{' '.join(kids)}]"]
        if marks:
            parts.append(f"/Pg {pages[page]}")
        if element.scope or element.columns > 1:
            parts.append(f"/A <</O /Table{_table_attributes(element)}>>")
        if any(mark.page != page for mark in marks):
            # So that what goes on on another page can be told to be one, when it is read back.
            name = f"e{len(self._ids):07}"
            self._ids.append((name, own))
            parts.append(f"/ID ({name})")
        if element.said:
            parts.append(f"/ActualText <{_hex(element.said)}>")
        written.text = f"<<{' '.join(parts)}>>"
        return own

    def _number_of(self, reference: PDFObjectReference) -> str:
        number, version = self._doc.idToObjectNumberAndVersion[reference.name]
        return f"{number} {version} R"


class _Written(PDFObject):
    """An object that is written as it is, which costs far less than reportlab's dictionaries."""

    __RefOnly__ = 1

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, _document: object) -> bytes:
        """Give the text, which is ASCII."""
        return self.text.encode("ascii")


def _page_number(place: int) -> int:
    """Give the number of a page in the tree of parents; links have the odd ones."""
    return 2 * place


def _link_number(place: int) -> int:
    return 2 * place + 1


def _table_attributes(element: Element) -> str:
    scope = f" /Scope /{element.scope}" if element.scope else ""
    return f"{scope} /ColSpan {element.columns}" if element.columns > 1 else scope


def _hex(text: str) -> str:
    """Write a text as PDF wants one that is not ASCII."""
    return ("\ufeff" + text).encode("utf-16-be", "replace").hex()
