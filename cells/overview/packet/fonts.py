"""The packet's font: Atkinson Hyperlegible, made for readers with low vision."""

from pathlib import Path

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).parent / "typefaces"
REGULAR, BOLD = "Hyperlegible", "Hyperlegible-Bold"

for _name, _file in (
    (REGULAR, "AtkinsonHyperlegible-Regular.ttf"),
    (BOLD, "AtkinsonHyperlegible-Bold.ttf"),
):
    pdfmetrics.registerFont(TTFont(_name, str(FONTS / _file)))
pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)

BODY_SIZE = 14

BODY = ParagraphStyle(
    "Body",
    fontName=REGULAR,
    fontSize=BODY_SIZE,
    leading=20,
    spaceAfter=8,
    alignment=TA_LEFT,
    bulletFontName=REGULAR,
    bulletFontSize=BODY_SIZE,
)
CELL = ParagraphStyle("Cell", parent=BODY, leading=18, spaceAfter=0)
HEAD = ParagraphStyle("Head", parent=CELL, fontName=BOLD)
ITEM = ParagraphStyle("Item", parent=BODY, leftIndent=24, bulletIndent=2, spaceAfter=4)
TITLE = ParagraphStyle("Title", parent=BODY, fontName=BOLD, fontSize=24, leading=30)
HEADING = ParagraphStyle(
    "Heading", parent=BODY, fontName=BOLD, fontSize=19, leading=24, spaceBefore=14, keepWithNext=1
)
SUBHEADING = ParagraphStyle(
    "Subheading", parent=BODY, fontName=BOLD, fontSize=16, leading=21, spaceBefore=8, keepWithNext=1
)
LEAD = ParagraphStyle("Lead", parent=SUBHEADING, spaceBefore=0, keepWithNext=0)
