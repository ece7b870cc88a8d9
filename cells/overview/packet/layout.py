"""The packet's layout: letter size, large type, black on white, with a tear-off sheet."""

from collections.abc import Iterable
from html import escape
from io import BytesIO
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import letter
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from cells.overview.packet import fonts, tags
from cells.overview.packet.contents import Packet, PacketStep, Work
from cells.overview.packet.drawing import ChartFlowable
from charts import Figure
from foundation import redisclosure
from foundation.paging import Few
from foundation.presenting import written

MARGIN = 0.85 * inch
WIDTH = letter[0] - 2 * MARGIN
LEVELS = {fonts.TITLE.name: 0, fonts.HEADING.name: 1, fonts.SUBHEADING.name: 2}
TAGS = [tags.TITLE, tags.HEADING, tags.SUBHEADING]


def as_pdf(packet: Packet, *, compress: bool = True) -> bytes:
    """The packet as a file, in the active language."""
    file = BytesIO()
    document = _Document(file, packet, compress=compress)
    document.build(list(_story(packet)), canvasmaker=tags.TaggedCanvas)
    return file.getvalue()


class _Document(BaseDocTemplate):
    """A document with page numbers, a displayed title, its language, and bookmarks."""

    def __init__(self, file: BytesIO, packet: Packet, *, compress: bool) -> None:
        self.name, self.headings = packet.cell.group.name, 0
        super().__init__(
            file,
            pagesize=letter,
            leftMargin=MARGIN,
            rightMargin=MARGIN,
            topMargin=MARGIN,
            bottomMargin=MARGIN,
            title=_("Packet for the meeting: %(cell)s") % {"cell": self.name},
            author=packet.cell.agency.name,
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
            canvas.drawString(MARGIN, 0.5 * inch, self.name)
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


def _text(
    words: str,
    style: Any = fonts.BODY,
    bullet: str | None = None,
    element: tags.Element | None = None,
) -> Paragraph:
    """A paragraph, tagged as a heading according to its style, or as text by default."""
    said = tags.TaggedParagraph(escape(words).replace("\n", "<br/>"), style, bulletText=bullet)
    level = LEVELS.get(style.name)
    said.element = element or tags.Element(tags.TEXT if level is None else TAGS[level])
    return said


def _list(lines: Iterable[str], *, numbered: bool = False) -> Iterable[Flowable]:
    whole = tags.Element(tags.LIST)
    for number, line in enumerate(lines, 1):
        item = tags.Element(tags.ITEM_TEXT, tags.Element(tags.ITEM, whole))
        yield _text(line, fonts.ITEM, f"{number}." if numbered else "•", item)


def _story(packet: Packet) -> Iterable[Flowable]:
    yield _text(packet.cell.group.name, fonts.TITLE)
    yield _text(packet.cell.focus)
    yield _text(redisclosure.notice(packet.cell.agency))
    yield from _meeting(packet)
    yield _text(_("Where we are"), fonts.HEADING)
    yield _text(_("This step: %(stage)s.") % {"stage": packet.stage})
    yield _text(packet.next)
    yield from _list(packet.late)
    yield _text(_("What we talk about"), fonts.HEADING)
    yield from _list(packet.agenda, numbered=True)
    yield _text(_("What we work on"), fonts.HEADING)
    if not packet.work.rows:
        yield _text(_("We have not chosen an idea yet."))
    for work in packet.work.rows:
        yield from _work(work)
    yield from _of_all(packet.work)
    yield from _numbers(packet.figures.rows)
    yield from _of_all(packet.figures)
    yield _text(_("Ideas that wait"), fonts.HEADING)
    if not packet.ideas.rows:
        yield _text(_("No idea waits. What could be better? What works well?"))
    yield from _list(packet.ideas.rows)
    yield from _of_all(packet.ideas)
    yield PageBreak()
    yield from _sheet(packet)


def _meeting(packet: Packet) -> Iterable[Flowable]:
    if packet.meeting_at is None:
        yield _text(
            _("No meeting is planned. This is how things stand on %(day)s.")
            % {"day": written(packet.on)}
        )
        return
    local = timezone.localtime(packet.meeting_at, packet.cell.agency.zone)
    said = _("Next meeting: %(day)s, %(time)s") % {
        "day": formats.date_format(local, "l, F j, Y"),
        "time": formats.time_format(local, "g:i a"),
    }
    yield _text(said, fonts.LEAD)
    if packet.place:
        yield _text(packet.place)


def _work(work: Work) -> Iterable[Flowable]:
    yield _text(work.title, fonts.SUBHEADING)
    if work.aim:
        yield _text(work.aim)
    for test in work.tests:
        yield _text(_("Testing now: %(test)s") % {"test": test})
    if work.steps.rows:
        yield _steps(work.steps.rows)
        yield Spacer(0, 10)
        yield from _of_all(work.steps)


def _of_all(few: Few[Any]) -> Iterable[Flowable]:
    """Say how many there are in all if not all are printed, since paper is short."""
    if few.more:
        said = _("%(shown)d of %(total)d are printed here. All of them are in the portal.")
        yield _text(said % {"shown": len(few.rows), "total": few.total})


def _steps(steps: list[PacketStep]) -> Table:
    heads = [_("What"), _("Who"), _("By when"), _("How far")]
    rows = [
        [step.what, step.who, written(step.due) if step.due else _("No day yet"), step.state]
        for step in steps
    ]
    whole = tags.Element(tags.TABLE)
    cells = [
        _cells(heads, fonts.HEAD, tags.HEAD, whole),
        *(_cells(row, fonts.CELL, tags.CELL, whole) for row in rows),
    ]
    table = tags.TaggedTable(
        cells, [0.38 * WIDTH, 0.18 * WIDTH, 0.28 * WIDTH, 0.16 * WIDTH], repeatRows=1
    )
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, 0), 1.5, "black"),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, "black"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return table


def _cells(said: list[str], style: Any, tag: str, whole: tags.Element) -> list[Paragraph]:
    row = tags.Element(tags.ROW, whole)
    return [_text(words, style, element=tags.Element(tag, row)) for words in said]


def _numbers(figures: list[Figure]) -> Iterable[Flowable]:
    heading = [_text(_("What the numbers say"), fonts.HEADING)]
    if not figures:
        yield from heading
        yield _text(_("Numbers show if things get better. We have none yet."))
    for place, figure in enumerate(figures):
        yield KeepTogether(
            [
                # Alone it would stay behind on a page without room for the first chart.
                *([] if place else heading),
                _text(figure.title, fonts.SUBHEADING),
                _text(" ".join(filter(None, (figure.finding, figure.goal)))),
                ChartFlowable(figure.wide),
                Spacer(0, 10),
            ]
        )


class _TearOff(Flowable):
    """A dashed line to cut or tear along."""

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width = available
        return available, 12

    def draw(self) -> None:
        with tags.own(self.canv).unread():
            self.canv.setDash([6, 4])
            self.canv.line(0, 6, self.width, 6)


class _Lines(Flowable):
    """Lines to write on by hand."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width = available
        return available, 30 * self.count + 6

    def draw(self) -> None:
        with tags.own(self.canv).unread():
            self.canv.setLineWidth(0.75)
            for number in range(self.count):
                self.canv.line(0, 30 * number + 6, self.width, 30 * number + 6)


class _Box(Flowable):
    """A checkbox with its label."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = _text(words, fonts.CELL)

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        self.tall = self.words.wrap(available - 28, height)[1] + 8
        return available, self.tall

    def draw(self) -> None:
        with tags.own(self.canv).unread():
            self.canv.rect(0, self.tall - 18, 15, 15)
        self.words.drawOn(self.canv, 28, 4)


def _sheet(packet: Packet) -> Iterable[Flowable]:
    """The response sheet: whole on one page, without a name, without a vote."""
    yield _TearOff()
    yield _text(_("Tear this page off: your answer"), fonts.HEADING)
    yield _text(
        _(
            "You need not write your name. Please leave out health and legal details. Give the "
            "page to anyone in the cell. It is not a vote."
        )
    )
    yield _text(_("What do you want to talk about in the meeting?"), fonts.SUBHEADING)
    yield _Lines(3)
    yield _text(_("What could be better? What works well?"), fonts.SUBHEADING)
    yield _Lines(3)
    if packet.work:
        yield _text(_("What do you think of what we work on?"), fonts.SUBHEADING)
        for words in (_("It helps."), _("It does not help yet."), _("I do not know about it.")):
            yield _Box(words)
        yield _Lines(2)
    yield _text(_("What would help you to come?"), fonts.SUBHEADING)
    for words in (_("A ride"), _("Another time of day"), _("Someone who goes with me")):
        yield _Box(words)
