"""A person's data as a ZIP file: a page to read, tables for spreadsheets, and JSON for programs."""

import csv
import io
import json
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.translation import get_language

from accounts.models import Member
from foundation import redisclosure
from foundation.models import Agency
from foundation.spreadsheets import safe
from privacy.exports.collecting import CopiedData, CopiedTable

READ_ME, FOR_PROGRAMS, SHEETS = "read-me.html", "data.json", "tables"


def packed(member: Member, data: CopiedData, on: date) -> bytes:
    """The ZIP file, with the words of the language that is active."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(READ_ME, _page(member, data, on))
        archive.writestr(FOR_PROGRAMS, _json(member, data, on))
        for table in data.tables:
            archive.writestr(f"{SHEETS}/{table.name}.csv", _sheet(table, member.agency))
    return file.getvalue()


def _page(member: Member, data: CopiedData, on: date) -> str:
    tables = [
        {
            "title": table.title,
            "headings": table.headings,
            "rows": [[_words(cell) for cell in row] for row in table.rows],
        }
        for table in data.tables
    ]
    return render_to_string(
        "privacy/exports/copy.html",
        {
            "agency": member.agency,
            "member": member,
            "on": on,
            "tables": tables,
            "left_out": data.left_out,
            "notice": redisclosure.notice(member.agency),
            "language": get_language(),
        },
    )


def _words(cell: Any) -> str:
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(localize(cell))


def _json(member: Member, data: CopiedData, on: date) -> str:
    told = {
        "agency": member.agency.name,
        "notice": redisclosure.notice(member.agency),
        "as_of": on,
        "tables": {
            table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
            for table in data.tables
        },
        "left_out": [{"why": each.why, "from": each.titles} for each in data.left_out],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _sheet(table: CopiedTable, agency: Agency) -> str:
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow([*table.headings, redisclosure.notice(agency)])
    for row in table.rows:
        cells = [_plain(cell) if not isinstance(cell, str) else cell for cell in row]
        sheet.writerow([safe(cell) for cell in cells])
    # Spreadsheets take a file for UTF-8 if it begins like this.
    return f"\ufeff{text.getvalue()}"
