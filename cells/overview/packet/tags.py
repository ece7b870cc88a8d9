"""Marks headings, lists, tables and pictures for screen readers.

The structure tree of tagged PDF (ISO 32000-1, 14.7 and 14.8). The PDF library draws marks on paper
and knows nothing of it, so the tree is kept here and added at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

TITLE, HEADING, SUBHEADING, TEXT, FIGURE = "H1", "H2", "H3", "P", "Figure"
LIST, ITEM, ITEM_TEXT = "L", "LI", "LBody"
TABLE, ROW, HEAD, CELL = "Table", "TR", "TH", "TD"


class Element:
    """A node of the tree; it takes its place when its first part is drawn.

    `pieces` are elements, or (page, number of the marked content on it). `said` is read out instead
    of a picture.
    """

    def __init__(self, tag: str, within: "Element | None" = None, said: str = "") -> None:
        self.tag, self.within, self.said = tag, within, said
        self.pieces: list[Element | tuple[PDFObject, int]] = []

    def settle(self, root: "Element") -> None:
        """Give the element its place in the tree, unless it has one."""
        parent = self.within or root
        if self not in parent.pieces:
            if parent is not root:
                parent.settle(root)
            parent.pieces.append(self)


class TaggedCanvas(Canvas):
    """Draw each piece as content of an element, or as an artifact that is not read out."""

    # The library's own attributes: drawn code, and the file made of it.
    _code: list[str]
    _doc: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Element("Document")
        self.marked: list[list[Element]] = [[]]
        super().__init__(*args, **kwargs)

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """Make what is drawn inside the block belong to the element."""
        element.settle(self.root)
        page = self.marked[-1]
        self._code.append(f"/{element.tag} <</MCID {len(page)}>> BDC")
        element.pieces.append((self._doc.thisPageRef(), len(page)))
        page.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def unread(self) -> Iterator[None]:
        """Mark what is drawn inside the block as decoration, or as said elsewhere."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def showPage(self) -> None:  # noqa: N802 - the library's name
        super().showPage()
        page = self._doc.Pages.pages[-1]
        # The library's pages lack these entries; now it writes them like its own.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self.marked) - 1, PDFName("S")
        self.marked.append([])

    def save(self) -> None:
        if self._code:
            self.showPage()
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        """Write the tree: elements point to their content, and each page back to its elements."""
        document = self._doc
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        known: dict[Element, PDFObject] = {}
        root = self._written(self.root, document.Reference(tree), known)
        numbers: list[Any] = []
        for number, elements in enumerate(self.marked):
            if elements:
                numbers += [number, PDFArray([known[element] for element in elements])]
        tree["K"] = root
        tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = len(self.marked)
        document.Catalog.StructTreeRoot = tree
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _written(
        self, element: Element, parent: PDFObject, known: dict[Element, PDFObject]
    ) -> PDFObject:
        row = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.tag), "P": parent})
        reference: PDFObject = self._doc.Reference(row)
        known[element] = reference
        row["K"] = PDFArray(
            [
                self._written(piece, reference, known)
                if isinstance(piece, Element)
                else PDFDictionary({"Type": PDFName("MCR"), "Pg": piece[0], "MCID": piece[1]})
                for piece in element.pieces
            ]
        )
        if element.said:
            row["Alt"] = PDFString(element.said)
        if element.tag == HEAD:
            row["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        return reference


def own(canvas: Canvas) -> TaggedCanvas:
    """The canvas of a piece of the packet."""
    assert isinstance(canvas, TaggedCanvas)
    return canvas


class TaggedParagraph(Paragraph):
    """A paragraph that is read out with its role, even across a page break."""

    element: Element

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.element = self.element
        return parts

    def draw(self) -> None:
        with own(self.canv).tagged(self.element):
            super().draw()


class TaggedTable(Table):
    """A table whose cells are tagged paragraphs; its lines are not read out."""

    def _drawLines(self) -> None:  # noqa: N802 - the library's name
        with own(self.canv).unread():
            super()._drawLines()  # type: ignore[misc]  # the library's types leave it out
