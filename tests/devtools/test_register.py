"""The register of personal data draws itself into docs/personal-data.md."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from devtools import register
from foundation import personal_data
from foundation.personal_data import AGENCYS, of


def test_the_page_of_personal_data_is_what_the_command_writes() -> None:
    assert register.PATH.read_text("utf-8") == register.written()


def test_another_class_is_another_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(register, "PATH", tmp_path / "personal-data.md")
    assert "- Of: member of the offer\n" not in register.written()
    seat = personal_data.of_table("groups_seat")
    assert seat is not None
    monkeypatch.setitem(
        personal_data._by_table, seat.table, replace(seat, whose=of("offer__member"), goes=True)
    )
    call_command("personal_data")
    page = register.PATH.read_text("utf-8")
    assert "- Of: member of the offer\n" in page


def test_every_table_stands_on_the_page() -> None:
    page = register.written()
    missing = [each.table for each in personal_data.registered() if f"`{each.table}`" not in page]
    assert missing == []


def test_nothing_of_a_person_stands_among_what_is_the_agency_s() -> None:
    page = register.written()
    own = page.partition("## The agency’s own")[2]
    for found in personal_data.registered():
        assert (f"`{found.table}`" in own) == (found.whose == AGENCYS)
