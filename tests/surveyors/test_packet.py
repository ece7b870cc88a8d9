"""The packet opens, its checksums hold, its papers can be read out, and it names nobody."""

import csv
import re
import subprocess
import zlib
from base64 import a85decode
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from foundation.sheets.tables import tables_of
from indicators import registry
from indicators.actions import catch_up
from surveyors import packing
from surveyors.contents import PARTS
from surveyors.crosswalk import EDITIONS
from surveyors.dashboard import anybody, as_pdf, sheets
from tests.cells.test_packet import bare, written
from tests.conftest import Login

STREAM = re.compile(rb"(/ASCII85Decode[^\n]*/FlateDecode.*?)?stream\r?\n(.*?)endstream", re.DOTALL)


def unpacked(pdf: bytes) -> bytes:
    """The same file with its streams as they were before they were compressed."""

    def one(found: re.Match[bytes]) -> bytes:
        body = found[2]
        if found[1] is not None:
            body = zlib.decompress(a85decode(body.strip(), adobe=True))
        return b"stream\n" + body + b"\nendstream"

    return STREAM.sub(one, pdf)


def empty_pages(pdf: bytes) -> int:
    """How many pages have nothing that can be read out; the foot of a page is decoration."""
    plain = unpacked(pdf)
    pages = [
        body for body in re.findall(rb"stream\n(.*?)\nendstream", plain, re.DOTALL) if b"BT" in body
    ]
    assert len(pages) == plain.count(b"/Type /Page\n")
    return sum(b"/MCID" not in body for body in pages)


@pytest.fixture
def taken(inside: Agency) -> dict[str, bytes]:
    with ZipFile(BytesIO(packing.as_zip(inside))) as packet:
        assert packet.testzip() is None
        return {name: packet.read(name) for name in packet.namelist()}


@pytest.mark.xdist_group("demo")
def test_it_opens_its_checksums_hold_and_its_papers_are_tagged(
    taken: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in taken.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(content)
    command = ["/usr/bin/sha256sum", "--check", "--strict", "--quiet", packing.SUMS]
    subprocess.run(command, cwd=tmp_path, check=True)
    listed = {line.split("  ")[1] for line in taken[packing.SUMS].decode().splitlines()}
    assert listed == {*taken} - {packing.SUMS}
    papers = [content for name, content in taken.items() if name.endswith(".pdf")]
    assert len(papers) >= 5
    for paper in papers:
        assert b"/StructTreeRoot" in paper
        assert b"/Lang (en" in paper
        assert not empty_pages(paper)
    (tmp_path / packing.INDEX).write_bytes(b"%PDF-1.4 another")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


@pytest.mark.xdist_group("demo")
def test_each_requirement_is_answered_by_files_that_are_in_it(taken: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(StringIO(taken[packing.CROSSWALK].decode("utf-8-sig"))))
    assert [row["requirement"] for row in rows] == [
        each.code for edition in EDITIONS for each in edition.requirements
    ]
    for row in rows:
        assert {*row["files"].split()} <= {*taken}
        assert row["files"] or row["requirement"] == "Rights"
    known = {part.code for part in PARTS}
    assert {
        code for edition in EDITIONS for each in edition.requirements for code in each.parts
    } <= known


def names_in(said: str, names: set[str]) -> set[str]:
    """The names in a text without spaces; a capital letter begins each."""
    return {who for who in names if bare(who) in said}


@pytest.mark.xdist_group("demo")
def test_it_names_nobody(taken: dict[str, bytes], inside: Agency) -> None:
    """The demo's people write no names into what they decide, so any name is the packet's doing."""
    # Without spaces, "The other" names Theo.
    names = {each.shown_name for each in Member.objects.within(inside)} - {"Theo"}
    assert len(names) > 20
    for name, content in taken.items():
        said = written(unpacked(content)) if name.endswith(".pdf") else bare(content.decode())
        assert said
        assert not names_in(said, names), name
    told = next(iter(sorted(names)))
    assert names_in(bare(f"It was asked by {told} today"), names) == {told}


@pytest.mark.xdist_group("demo")
def test_who_is_a_consumer_can_not_be_worked_out_from_its_months(inside: Agency) -> None:
    """A discreet indicator has today's status alone; one that hides its number has no numbers."""
    by_code = {each.indicator.code: each for each in sheets(anybody(inside))}
    assert {*by_code} == {each.code for each in registry.registered()}
    discreet = [each for each in by_code.values() if each.indicator.discreet]
    assert discreet
    for each in discreet:
        assert not each.points
        assert each.figure is None
        assert each.card.value == ""
    hiding = [each for each in by_code.values() if each.indicator.hides_number]
    assert all(point.value is None for each in hiding for point in each.points)
    assert any(each.figure for each in by_code.values())


def test_an_empty_agency_says_what_is_still_missing(agency: Agency) -> None:
    found = packing.packed(agency)
    assert [each.path for each in found.files] == [
        "indicators/dashboard.pdf",
        "indicators/months.csv",
        "indicators/settings.csv",
    ]
    with ZipFile(BytesIO(packing.as_zip(agency))) as packet:
        said = written(unpacked(packet.read(packing.INDEX)))
    assert bare("There is nothing yet of these: Mission statement") in said
    assert not empty_pages(as_pdf(anybody(agency)))


def test_committee_and_administrators_take_it_and_nobody_else(
    agency: Agency,
    administrator: Member,
    committee_chair: Member,
    facilitator: Member,
    login: Login,
) -> None:
    page, file = at(agency, "surveyors:packet"), at(agency, "surveyors:zip")
    client = login(administrator)
    assert file in client.get(page).text
    answer = client.get(file)
    assert answer.headers["Content-Type"] == "application/zip"
    assert ZipFile(BytesIO(answer.content)).testzip() is None
    other = login(facilitator)
    assert [other.get(url).status_code for url in (page, file)] == [403, 403]
    assert Client().get(file).status_code in {302, 404}


def test_whoever_takes_the_dashboard_gets_what_anybody_may_see(
    agency: Agency, administrator: Member, provider: Member, login: Login
) -> None:
    url = at(agency, "surveyors:dashboard_pdf")
    assert url in login(provider).get(at(agency, "indicators:dashboard")).text
    one, two = (written(unpacked(login(who).get(url).content)) for who in (administrator, provider))
    assert one == two


def test_its_tables_hold_what_anybody_may_see(
    agency: Agency, administrator: Member, provider: Member, login: Login
) -> None:
    catch_up(agency)
    page = login(provider).get(at(agency, "indicators:dashboard")).text
    found = {}
    for name in ("surveyors:dashboard_csv", "surveyors:dashboard_xlsx"):
        url = at(agency, name)
        assert url in page
        content = [b"".join(login(who).get(url)) for who in (administrator, provider)]
        tables = [tables_of(each) for each in content]
        found[name] = {title: [*lines] for title, lines in tables[0]}
        assert found[name] == {title: [*lines] for title, lines in tables[1]}
    (criteria,) = found["surveyors:dashboard_csv"].values()
    book = found["surveyors:dashboard_xlsx"]
    assert [*book] == ["Criteria", "Months"]
    assert [line[:5] for line in criteria] == [line[:5] for line in book["Criteria"]]
    assert {line[0] for line in criteria[1:]} == {str(number) for number in range(1, 8)}
