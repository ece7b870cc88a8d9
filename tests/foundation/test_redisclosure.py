"""Files and prints with people in them carry the notice on redisclosure."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from accounts.models import Member
from foundation import redisclosure
from foundation.addresses import at
from foundation.models import Agency
from privacy.agreements import actions as agreements
from privacy.exports.collecting import collect
from privacy.exports.packing import packed
from tests.conftest import Login
from tests.sources import nodes

ROOT = Path(__file__).parents[2]
APPS = (
    "accounts", "cells", "compensation", "concerns", "cqi_portal", "dialogues", "documents",
    "evidence", "foundation", "groups", "indicators", "measures", "notifications", "oversight",
    "privacy", "quarterly", "recovery", "safety", "satisfaction", "starters", "surveyors",
)  # fmt: skip
# Where the file is made, if another function only sends it.
MADE_IN = {
    "compensation/registers/views.py:register_xlsx": "compensation/registers/views.py",
    "compensation/registers/views.py:year_end_xlsx": "compensation/registers/views.py",
    "privacy/exports/views.py:download": "privacy/exports/packing.py",
    "cells/overview/views/boards.py:packet": "cells/overview/packet/layout.py",
}
NOBODY_IN_IT = {
    "accounts/views/lists.py:list_template": "headings to fill in",
    "compensation/budget/views.py:budget_csv": "sums of the agency",
    "compensation/costs/views.py:receipt": "a picture, to which nothing can be added",
    "compensation/periods/views.py:books": "numbers in place of people",
    "dialogues/silencing/views.py:log_csv": "codes and days",
    "foundation/spreadsheets.py:_headers": "whoever sends a file by it is looked at",
    "foundation/spreadsheets.py:csv_file": "whoever calls it is looked at",
    "quarterly/views.py:_file": "what hangs on the wall",
    "foundation/workbooks.py:short_workbook": "whoever calls it is looked at",
    "groups/views/feeds.py:feed": "when one’s own meetings are, in words that say nothing",
    "groups/views/meetings.py:meeting_file": "when and where a group meets",
    "indicators/views/indicator.py:as_csv": "numbers of the agency",
    "measures/importing/views.py:left_out_file": "the reader’s own file of numbers",
    "measures/numbers/views.py:template_file": "periods without numbers",
    "measures/numbers/views.py:numbers_file": "numbers of a group",
    "satisfaction/views/tables.py:results_csv": "what the page shows of many, and of nobody alone",
    "surveyors/views.py:dashboard_csv": "how the program is doing, as anybody in it may read",
    "surveyors/views.py:dashboard_xlsx": "how the program is doing, as anybody in it may read",
    "surveyors/views.py:_file": "what anybody in the program may read; it names nobody",
    "starters/views.py:text_file": "what was typed into a blank text, and no person of the agency",
}
NO_NOTICE_ON_PAPER = {
    "accounts/code_sheet.html": "one’s own codes",
    "accounts/letter.html": "for the person alone, and says nothing of treatment",
    "concerns/code.html": "one’s own code",
    "cqi_portal/guide.html": "what a role does, and nobody in particular",
    "accounts/letters.html": "each page for the person alone, and says nothing of treatment",
    "accounts/pause_letter.html": "for the person alone, and says nothing of treatment",
    "dialogues/dialogue/door.html": "hangs on a wall, and names nobody",
    "satisfaction/sheets.html": "blank, for people to fill in",
    "starters/text.html": "hangs on a wall or invites, and names nobody",
}
SENDS = ("Content-Disposition", "csv_file(", "streamed_csv(", "return workbook(", "short_workbook(")


def exporters(source: str) -> Iterator[tuple[str, bool]]:
    """Functions that send a file, and whether they put the notice into it."""
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef):
            words = ast.get_source_segment(source, node) or ""
            if any(sign in words for sign in SENDS):
                yield node.name, "redisclosure.notice(" in words


def without_notice() -> set[str]:
    found = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            place = str(path.relative_to(ROOT))
            for name, has_notice in exporters(path.read_text()):
                if not has_notice:
                    found.add(f"{place}:{name}")
    return found


def test_every_file_with_people_in_it_carries_the_notice() -> None:
    assert without_notice() == set(NOBODY_IN_IT) | set(MADE_IN)
    for made in MADE_IN.values():
        assert "redisclosure.notice(" in (ROOT / made).read_text()


@pytest.mark.parametrize(
    "planted",
    [
        "def people(r):\n    a = R()\n    a['Content-Disposition'] = 'attachment'\n    return a",
        "def people(r):\n    return csv_file('people.csv', names(r))",
    ],
)
def test_an_exporter_without_it_is_found(planted: str) -> None:
    assert dict(exporters(planted)) == {"people": False}
    kept = planted.replace("(r):\n", "(r):\n    n = redisclosure.notice(r.agency)\n")
    assert dict(exporters(kept)) == {"people": True}


def test_only_what_names_nobody_else_is_printed_without_it() -> None:
    templates = ROOT / "templates"
    emptied = {
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if re.search(r"{% block redisclosure %}\s*{% endblock", path.read_text())
    }
    assert emptied == set(NO_NOTICE_ON_PAPER)


@pytest.mark.django_db
@pytest.mark.parametrize("part2", [True, False])
def test_what_people_download_and_print_says_who_may_pass_it_on(
    part2: bool,
    agency: Agency,
    administrator: Member,
    approver: Member,
    consumer: Member,
    login: Login,
) -> None:
    agreements.say_part2(part2=part2, by=administrator)
    agency.refresh_from_db()
    said = redisclosure.notice(agency)
    assert ("42 CFR part 2 prohibits" in said) is part2
    files = [
        login(administrator).get(at(agency, "accounts:activity_csv")),
        login(approver).get(at(agency, "compensation:ledger_csv")),
        login(approver).get(at(agency, "compensation:to_pay_csv")),
        login(administrator).get(at(agency, "cells:board_file")),
        login(administrator).get(at(agency, "accounts:people")),
    ]
    assert [answer.getvalue().decode().count(said) for answer in files] == [1, 1, 1, 1, 1]
    # Consumers print what is theirs.
    assert said not in login(consumer).get(at(agency, "accounts:me")).content.decode()
    consumer.agency = agency
    with ZipFile(io.BytesIO(packed(consumer, collect(consumer), agency.today()))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert [name for name, text in texts.items() if said not in text] == []
