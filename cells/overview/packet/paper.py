"""Paper: letter size, large type, black on white, tagged for screen readers."""

from collections.abc import Iterable
from html import escape
from io import BytesIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from cells.overview.packet import fonts, tags

MARGIN = 0.85 * inch
WIDTH = letter[0] - 2 * MARGIN
LEVELS = {fonts.TITLE.name: 0, fonts.HEADING.name: 1, fonts.SUBHEADING.name: 2}
TAGS = [tags.TITLE, tags.HEADING, tags.SUBHEADING]


def printed(
    story: Iterable[Flowable], *, title: str, foot: str, author: str, compress: bool = True
) -> bytes:
    """A PDF with numbered pages, in the active language; `foot` stands at the foot of each."""
    file = BytesIO()
    document = _Document(file, title=title, foot=foot, author=author, compress=compress)
    document.build([*story], canvasmaker=tags.TaggedCanvas)
    return file.getvalue()


class _Document(BaseDocTemplate):
    """A document with page numbers, a displayed title, its language, and bookmarks."""

    def __init__(
        self, file: BytesIO, *, title: str, foot: str, author: str, compress: bool
    ) -> None:
        self.foot, self.headings = foot, 0
        super().__init__(
            file,
            pagesize=letter,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=title,
            author=author,
            lang=get_language() or "en",
            pageCompression=int(compress),
            displayDocTitle=True,
        )
        frame = Frame(MARGIN, MARGIN, WIDTH, letter[1] - 2 * MARGIN, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._foot))

    def _foot(self, canvas: Canvas, _document: Any) -> None:
        canvas.saveState()
        with tags.own(canvas).unread():
            canvas.setFont(fonts.REGULAR, 12)
            canvas.drawString(MARGIN, 0.5 * inch, self.foot)
            page = _("Page %(number)d") % {"number": canvas.getPageNumber()}
            canvas.drawRightString(letter[0] - MARGIN, 0.5 * inch, page)
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the library's name
        if isinstance(flowable, Paragraph) and flowable.style.name in LEVELS:
            self.headings += 1
            key = f"heading-{self.headings}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(
                flowable.getPlainText(), key, LEVELS[flowable.style.name], closed=False
            )


def text(
    words: str,
    # ReportLab has no types.
    style: Any = fonts.BODY,
    bullet: str | None = None,
    element: tags.Element | None = None,
) -> Paragraph:
    """A paragraph, tagged as a heading according to its style, or as text by default."""
    said = tags.TaggedParagraph(escape(words).replace("\n", "<br/>"), style, bulletText=bullet)
    level = LEVELS.get(style.name)
    said.element = element or tags.Element(tags.TEXT if level is None else TAGS[level])
    return said


def listed(lines: Iterable[str], *, numbered: bool = False) -> Iterable[Flowable]:
    whole = tags.Element(tags.LIST)
    for number, line in enumerate(lines, 1):
        item = tags.Element(tags.ITEM_TEXT, tags.Element(tags.ITEM, whole))
        yield text(line, fonts.ITEM, f"{number}." if numbered else "•", item)
