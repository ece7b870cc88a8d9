"""The packet's layout: letter size, large type, black on white, with a tear-off sheet."""

from collections.abc import Iterable
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

from cells.overview.packet import fonts, tags
from cells.overview.packet.contents import Packet, PacketStep, Work
from cells.overview.packet.drawing import ChartFlowable
from cells.overview.packet.paper import WIDTH, listed, printed, text
from charts import Figure
from foundation import redisclosure
from foundation.paging import Few
from foundation.presenting import written


def as_pdf(packet: Packet, *, compress: bool = True) -> bytes:
    """The packet as a file, in the active language."""
    name = packet.cell.group.name
    return printed(
        _story(packet),
        title=_("Packet for the meeting: %(cell)s") % {"cell": name},
        foot=name,
        author=packet.cell.agency.name,
        compress=compress,
    )


def _story(packet: Packet) -> Iterable[Flowable]:
    yield text(packet.cell.group.name, fonts.TITLE)
    yield text(packet.cell.focus)
    yield text(redisclosure.notice(packet.cell.agency))
    yield from _meeting(packet)
    yield text(_("Where we are"), fonts.HEADING)
    yield text(_("This step: %(stage)s.") % {"stage": packet.stage})
    yield text(packet.next)
    yield from listed(packet.late)
    yield text(_("What we talk about"), fonts.HEADING)
    yield from listed(packet.agenda, numbered=True)
    yield text(_("What we work on"), fonts.HEADING)
    if not packet.work.rows:
        yield text(_("We have not chosen an idea yet."))
    for work in packet.work.rows:
        yield from _work(work)
    yield from _of_all(packet.work)
    yield from _numbers(packet.figures.rows)
    yield from _of_all(packet.figures)
    yield text(_("Ideas that wait"), fonts.HEADING)
    if not packet.ideas.rows:
        yield text(_("No idea waits. What could be better? What works well?"))
    yield from listed(packet.ideas.rows)
    yield from _of_all(packet.ideas)
    yield PageBreak()
    yield from _sheet(packet)


def _meeting(packet: Packet) -> Iterable[Flowable]:
    if packet.meeting_at is None:
        yield text(
            _("No meeting is planned. This is how things stand on %(day)s.")
            % {"day": written(packet.on)}
        )
        return
    local = timezone.localtime(packet.meeting_at, packet.cell.agency.zone)
    said = _("Next meeting: %(day)s, %(time)s") % {
        "day": formats.date_format(local, "l, F j, Y"),
        "time": formats.time_format(local, "g:i a"),
    }
    yield text(said, fonts.LEAD)
    if packet.place:
        yield text(packet.place)


def _work(work: Work) -> Iterable[Flowable]:
    yield text(work.title, fonts.SUBHEADING)
    if work.aim:
        yield text(work.aim)
    for test in work.tests:
        yield text(_("Testing now: %(test)s") % {"test": test})
    if work.steps.rows:
        yield _steps(work.steps.rows)
        yield Spacer(0, 10)
        yield from _of_all(work.steps)


def _of_all(few: Few[Any]) -> Iterable[Flowable]:
    """Say how many there are in all if not all are printed, since paper is short."""
    if few.more:
        said = _("%(shown)d of %(total)d are printed here. All of them are in the portal.")
        yield text(said % {"shown": len(few.rows), "total": few.total})


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
    return [text(words, style, element=tags.Element(tag, row)) for words in said]


def _numbers(figures: list[Figure]) -> Iterable[Flowable]:
    heading = [text(_("What the numbers say"), fonts.HEADING)]
    if not figures:
        yield from heading
        yield text(_("Numbers show if things get better. We have none yet."))
    for place, figure in enumerate(figures):
        yield KeepTogether(
            [
                # Alone it would stay behind on a page without room for the first chart.
                *([] if place else heading),
                text(figure.title, fonts.SUBHEADING),
                text(" ".join(filter(None, (figure.finding, figure.goal)))),
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
        self.words = text(words, fonts.CELL)

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
    yield text(_("Tear this page off: your answer"), fonts.HEADING)
    yield text(
        _(
            "You need not write your name. Please leave out health and legal details. Give the "
            "page to anyone in the cell. It is not a vote."
        )
    )
    yield text(_("What do you want to talk about in the meeting?"), fonts.SUBHEADING)
    yield _Lines(3)
    yield text(_("What could be better? What works well?"), fonts.SUBHEADING)
    yield _Lines(3)
    if packet.work:
        yield text(_("What do you think of what we work on?"), fonts.SUBHEADING)
        for words in (_("It helps."), _("It does not help yet."), _("I do not know about it.")):
            yield _Box(words)
        yield _Lines(2)
    yield text(_("What would help you to come?"), fonts.SUBHEADING)
    for words in (_("A ride"), _("Another time of day"), _("Someone who goes with me")):
        yield _Box(words)
