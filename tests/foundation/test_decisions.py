"""Each decision record has a number, date and status, one page, and links that exist."""

import re
from pathlib import Path

import pytest

from tests.foundation.test_source import ROOT

RECORDS = ROOT / "docs/decisions"
LINES, WIDTH = 60, 120
HEAD = re.compile(
    r"# (?P<number>\d+)\. \S.*\n\n"
    r"Date: [A-Z][a-z]+ \d{1,2}, \d{4}\. Status: (?P<status>(in force|replaced by \d+)\b[^\n]*"
    r"(\n[^\n]+)*)\n\n"
)


def faults(records: Path) -> list[str]:
    """Errors of the records in a folder, by file."""
    files = {int(file.name[:4]): file for file in sorted(records.glob("*.md"))}
    found = []
    for number, file in files.items():
        text = file.read_text()
        head = HEAD.match(text)
        if not head:
            found.append(f"{file.name}: no head")
            continue
        if int(head["number"]) != number:
            found.append(f"{file.name}: numbered {head['number']}")
        named = {int(each) for each in re.findall(r"\b\d{1,3}\b", head["status"])}
        found += [f"{file.name}: no record {each}" for each in sorted(named - files.keys())]
        # A long line counts as the lines it takes on paper.
        if sum(1 + len(line) // WIDTH for line in text.splitlines()) > LINES:
            found.append(f"{file.name}: longer than a page")
    return found


def test_every_record_has_its_head_and_fits_on_a_page() -> None:
    assert faults(RECORDS) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# 1. A wall\n\n**What.** One.\n", "no head"),
        ("# 1. A wall\n\nDate: 2026-11-29. Status: in force.\n\nOne.\n", "no head"),
        ("# 1. A wall\n\nDate: May 4, 2026. Status: accepted.\n\nOne.\n", "no head"),
        ("# 2. A wall\n\nDate: May 4, 2026. Status: in force.\n\nOne.\n", "numbered 2"),
        ("# 1. A wall\n\nDate: May 4, 2026. Status: replaced by 7.\n\nOne.\n", "no record 7"),
        (
            "# 1. A wall\n\nDate: May 4, 2026. Status: in force.\n\n" + "One.\n" * LINES,
            "longer than a page",
        ),
    ],
)
def test_a_record_without_them_is_found(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "0001-a-wall.md").write_text(text)
    assert faults(tmp_path) == [f"0001-a-wall.md: {fault}"]
