"""The packet for a meeting: its contents, its type size, its readers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils import translation

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview.packet import Packet, as_pdf, packet_of
from cells.overview.packet.drawing import _places
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PDSACycle
from charts.picture import outline
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from groups import actions as group_actions
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from tests.cells.conftest import TITLES, Raise, noon
from tests.conftest import Login, assert_budget


@state
def packet(
    active: ActionPlan,
    cycle: PDSACycle,
    measure: Measure,
    provider: Member,
    facilitator: Member,
    today: date,
) -> Packet:
    """The packet of a cell with a plan, a running test, numbers, ideas and a next meeting."""
    cell = active.opportunity.cell
    plan_actions.start_cycle(cycle, by=provider)
    for back in range(1, 13):
        number_actions.record_point(
            measure,
            period=today - timedelta(days=31 * back),
            numerator=Decimal(back % 4 + 3),
            denominator=Decimal(10),
            by=provider,
        )
    group_actions.plan_meeting(
        cell.group,
        starts_at=noon(today + timedelta(days=6)),
        place="Room 4, arriba, señora Ibáñez",
        agenda="1. Welcome\n\n2) The second desk\n",
        by=facilitator,
    )
    return packet_of(Cell.objects.within(cell.agency), cell.pk, facilitator)


def written(pdf: bytes) -> str:
    """The words in the file, through the maps of its own font; unpacked only."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"(\d+) 0 obj\n?(.*?)endobj", pdf, re.DOTALL)
    }
    maps: dict[str, dict[int, str]] = {}
    names: dict[str, int] = {}
    for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", pdf):
        names[name.decode()] = int(number)
    for name, number in names.items():
        to = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
        if to is not None:
            maps[name] = _characters(objects[int(to[1])])
    words, font = [], ""
    for found in re.finditer(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", pdf):
        if found[1]:
            font = found[1].decode()
        else:
            codes = _unescaped(found[2])
            words.append("".join(maps.get(font, {}).get(code, chr(code)) for code in codes))
    return bare("".join(words))


def bare(words: str) -> str:
    """Without spaces: lines break anywhere."""
    return "".join(words.split())


def _characters(body: bytes) -> dict[int, str]:
    rows = re.findall(rb"^<([0-9A-F]{2})> <([0-9A-F]{4})>", body, re.MULTILINE)
    return {int(code, 16): chr(int(character, 16)) for code, character in rows}


def _unescaped(raw: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def one(match: re.Match[bytes]) -> bytes:
        said = match[1]
        return bytes([int(said, 8)]) if said[:1].isdigit() else named.get(said, said)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, raw, flags=re.DOTALL)


def test_the_paper_is_letter_size_with_large_embedded_letters(packet: Packet) -> None:
    pdf = as_pdf(packet, compress=False)
    assert pdf.startswith(b"%PDF-")
    assert set(re.findall(rb"/MediaBox \[([^\]]*)\]", pdf)) == {b" 0 0 612 792 "}
    assert b"/FontFile2" in pdf
    sizes = [float(size) for size in re.findall(rb"/F\d+\+\d+ ([\d.]+) Tf", pdf)]
    assert sizes.count(14) > len(sizes) / 3
    # The foot and the labels of charts are smaller; nothing that is read as text is.
    assert min(sizes) >= 12
    assert b"/Lang (en" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert len(pdf) < 400_000


def test_it_holds_agenda_work_tests_numbers_ideas_and_a_sheet_to_tear_off(
    packet: Packet, ideas: Sequence[Opportunity]
) -> None:
    assert packet.agenda == ["Welcome", "The second desk"]
    pdf = as_pdf(packet, compress=False)
    said = written(pdf)
    for words in (
        "Welcome cell",
        "Room 4, arriba, señora Ibáñez",
        "What we talk about",
        "The second desk",
        "What we work on",
        TITLES[0],
        "By summer nobody waits longer than ten minutes.",
        "Open a second desk in",
        "Testing now: Test 1",
        "What the numbers say",
        "Seen within ten minutes",
        "Goal 80%",
        "Ideas that wait",
        TITLES[1],
        "Tear this page off: your answer",
        "Page 2",
    ):
        assert bare(words) in said, words
    outline_titles = re.findall(rb"/Title \(([^)]*)\)", pdf)
    assert len(outline_titles) >= 8
    assert b"/Subtype /Image" not in pdf


def test_what_people_want_to_talk_about_comes_first(
    packet: Packet, provider: Member, facilitator: Member
) -> None:
    meeting = packet.cell.group.meetings.get()
    group_actions.put_on_agenda(meeting, text="Rides home", by=provider)
    cells = Cell.objects.within(provider.agency)
    found = packet_of(cells, packet.cell.pk, facilitator)
    assert found.agenda == ["Rides home", "Welcome", "The second desk"]
    meeting.agenda = ""
    meeting.save()
    found = packet_of(cells, packet.cell.pk, facilitator)
    assert found.agenda[:2] == ["Welcome. How are we?", "Rides home"]


def test_whoever_is_not_in_the_cell_does_not_read_its_agenda(
    packet: Packet, manager: Member, consumer: Member, today: date
) -> None:
    """As on the page of the meeting: agenda items stay inside the cell."""
    cells = Cell.objects.within(packet.cell.agency)
    group_actions.put_on_agenda(packet.cell.group.meetings.get(), text="Rides home", by=consumer)
    inside = packet_of(cells, packet.cell.pk, consumer)
    assert inside.agenda == ["Rides home", "Welcome", "The second desk"]
    outside = packet_of(cells, packet.cell.pk, manager)
    assert not {"Rides home", "The second desk"} & set(outside.agenda)


def test_it_names_no_author_and_no_standing(
    packet: Packet, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    said = written(as_pdf(packet, compress=False))
    assert provider.display_name in said  # owns a step
    assert second_consumer.display_name not in said
    assert consumer.display_name not in said
    for kind in StandingKind:
        assert bare(str(kind.label)) not in said


def test_without_an_agenda_it_follows_from_where_the_cell_is(
    seated: Cell, facilitator: Member
) -> None:
    empty = packet_of(Cell.objects.within(seated.agency), seated.pk, facilitator)
    assert empty.meeting_at is None
    assert "What do the numbers say?" in empty.agenda
    said = written(as_pdf(empty, compress=False))
    assert bare("No meeting is planned.") in said
    assert bare("We have not chosen an idea yet.") in said
    assert bare("We have none yet.") in said


def test_what_people_write_is_printed_as_they_wrote_it(
    seated: Cell, raised: Raise, facilitator: Member
) -> None:
    raised("<b>Bold</b> & <font size=99>big</font>")
    found = packet_of(Cell.objects.within(seated.agency), seated.pk, facilitator)
    said = written(as_pdf(found, compress=False))
    assert bare("<b>Bold</b> & <font size=99>big</font>") in said


def test_it_says_its_language(packet: Packet) -> None:
    with translation.override("es"):
        assert b"/Lang (es" in as_pdf(packet, compress=False)


def test_it_is_for_those_who_may_know_of_the_cell(
    packet: Packet,
    agency: Agency,
    facilitator: Member,
    consumer: Member,
    manager: Member,
    login: Login,
) -> None:
    url = at(agency, "cells:packet", pk=packet.cell.pk)
    answer = login(consumer).get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert login(manager).get(url).status_code == 200
    cell_actions.change_cell(
        packet.cell, name="Quiet", focus="x", mission="", hidden=True, by=facilitator
    )
    assert login(manager).get(url).status_code == 404
    assert login(consumer).get(at(agency, "cells:packet", pk=99999)).status_code == 404
    assert login(consumer).get(url).status_code == 200


def test_it_is_read_in_ten_queries_however_much_there_is(
    packet: Packet,
    active: ActionPlan,
    agency: Agency,
    consumer: Member,
    provider: Member,
    raised: Raise,
    today: date,
    login: Login,
) -> None:
    client = login(consumer)
    url = at(agency, "cells:packet", pk=packet.cell.pk)
    few = assert_budget(client, url)
    for n in range(20):
        raised(f"Idea {n}")
        plan_actions.add_step(
            active, what=f"Step {n}", owner=provider, due=today + timedelta(days=n), by=consumer
        )
    assert assert_budget(client, url) == few


def elements(pdf: bytes) -> list[bytes]:
    """The nodes of the tree for reading the file aloud."""
    objects = re.findall(rb"\d+ 0 obj\n(.*?)endobj", pdf, re.DOTALL)
    return [body for body in objects if b"/Type /StructElem" in body]


def test_it_can_be_read_out_in_order(packet: Packet) -> None:
    pdf = as_pdf(packet, compress=False)
    assert b"/Marked true" in pdf
    tree = [
        (tag.decode(), body) for body in elements(pdf) for tag in re.findall(rb"/S /(\w+)", body)
    ]
    counted = Counter(tag for tag, _ in tree)
    assert counted["Document"] == counted["H1"] == counted["Table"] == 1
    assert counted["H2"] >= 5
    assert counted["LI"] == counted["LBody"] == len(packet.agenda + packet.late + packet.ideas.rows)
    assert counted["TH"] == 4
    assert counted["TD"] == 4 * len(packet.work.rows[0].steps.rows)
    assert [b"The baseline is" in body for tag, body in tree if tag == "Figure"] == [True]
    # Everything drawn is part of an element or marked as decoration.
    for page in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        depth, drawn = 0, 0
        for token in re.findall(rb"(?m)\b(BDC|BMC|EMC|Tj|S|f\*?|B)\s*$", page):
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(token, 0)
            assert 0 <= depth <= 1
            assert depth == 1 or token == b"EMC", token
            drawn += token == b"Tj"
        assert depth == 0


def test_a_text_that_goes_on_on_the_next_page_is_one_element(packet: Packet, raised: Raise) -> None:
    long = replace(packet, agenda=[f"{number} " + "word " * 120 for number in range(6)])
    pdf = as_pdf(long, compress=False)
    split = [body for body in elements(pdf) if body.count(b"/MCID") == 2]
    assert split
    assert all(len(set(re.findall(rb"/Pg (\d+) 0 R", body))) == 2 for body in split)


def test_every_shape_of_a_chart_is_understood() -> None:
    for shape in ("circle", "square", "diamond", "cross"):
        places = list(_places(outline(shape, 10, 20, 4)))
        across = [x for _, x, _, _ in places]
        assert all(4 <= x <= 16 for x in across), shape
    assert list(_places(outline("circle", 10, 20, 4)))[1] == ("circle", 10, 20, 4)
    assert list(_places("M1 2H5V7L8 9")) == [
        ("M", 1, 2, 0),
        ("L", 5, 2, 0),
        ("L", 5, 7, 0),
        ("L", 8, 9, 0),
    ]


def test_a_heading_stays_with_the_first_chart_below_it(packet: Packet) -> None:
    entry = re.compile(rb"/Dest \[ (\d+) 0 R /Fit \][^>]*/Title \(([^)]*)\)")
    for lines in range(20):
        pdf = as_pdf(replace(packet, agenda=["A line"] * lines), compress=False)
        on = {title: page for page, title in entry.findall(pdf)}
        assert on[b"What the numbers say"] == on[b"Seen within ten minutes"], lines
