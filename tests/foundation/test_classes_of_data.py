"""The register's statements on each table hold; each check finds a planted mistake."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import models

from accounts.models import Member, Standing, User
from cells.ideas.models import Opportunity
from cells.ranking.models import Ballot
from dialogues.dialogue.models import GroundRules
from dialogues.themes.models import Words
from foundation import personal_data
from foundation.kept import Kept, always, since, within
from foundation.personal_data import (
    AGENCYS,
    UNNAMED,
    ClassedField,
    ClassedTable,
    InExport,
    OnErasing,
    What,
    beside,
    of,
)
from foundation.retention import LOGS, MACHINE
from tests import data_checks
from tests.data_checks import (
    BESIDE_UNNAMED,
    CODES,
    FREE,
    NOT_LOGGED,
    SIGNED_OR_NOT,
    Check,
    about_anything,
    columns,
    held_by_others,
    history_of_what_goes,
    leads_to_the_unnamed,
    looked_at_unseen,
    never_over,
    no_date_to_count_from,
    no_text,
    no_way_to_a_person,
    not_taken_by_the_database,
    outlives_the_person,
    owned_by_nobody,
    people_classed_otherwise,
    read_without_words,
    standing_of_nobody,
    subject_without_codes,
    tells_the_moment,
    text_taken_for_codes,
    traces,
    without_title,
    words_of_nobody,
)


def planted(model: type[models.Model], *fields: ClassedField, **more: Any) -> ClassedTable:
    """A class with nothing right about it except what the check does not look at."""
    made = ClassedTable(model._meta.db_table, AGENCYS, always(MACHINE), model=model)
    return replace(made, fields={each.name: each for each in fields}, **more)


def a(name: str, what: What, erasing: OnErasing = OnErasing.KEPT, **more: Any) -> ClassedField:
    return ClassedField(name, what, erasing, InExport.YES, **more)


RING = ClassedTable("cells_opportunity", AGENCYS, within("merged_into"), model=Opportunity)

# Each check, and a class in which it finds something.
CHECKS: dict[Check, tuple[ClassedTable, set[str]]] = {
    no_way_to_a_person: (planted(Member, whose=of("pk", "user", "agency")), {"agency"}),
    no_date_to_count_from: (planted(Member, kept=since(LOGS, "version")), {"version"}),
    never_over: (RING, {"merged_into"}),
    words_of_nobody: (
        planted(
            Member,
            a("name", What.WORDS, said_by=("pk",)),
            a("contact", What.WORDS, said_by=("user",)),
            a("addition", What.WORDS),
            whose=of("pk"),
        ),
        {"contact", "addition"},
    ),
    no_text: (
        planted(Member, a("since", What.RECORD), a("email_level", What.WORDS)),
        {"since", "email_level"},
    ),
    text_taken_for_codes: (
        planted(Member, a("contact", What.FACT), a("language", What.FACT)),
        {"contact"},
    ),
    people_classed_otherwise: (
        planted(Member, a("user", What.KEY), a("since", What.PERSON)),
        {"user", "since"},
    ),
    owned_by_nobody: (planted(Standing, a("member", What.PERSON)), {"member"}),
    standing_of_nobody: (
        planted(Standing, a("kind", What.FACT), a("employed_peer", What.NOTHING)),
        {"kind", "employed_peer"},
    ),
    outlives_the_person: (
        planted(Member, a("name", What.IDENTITY), a("language", What.FACT), whose=of("pk")),
        {"name"},
    ),
    not_taken_by_the_database: (
        planted(
            User,
            a("email", What.CONTACT, OnErasing.BLANKED),
            a("password", What.SECRET, OnErasing.BLANKED),
            a("member_name", What.IDENTITY, OnErasing.REPLACED, value="former"),
        ),
        {"password", "member_name"},
    ),
    traces: (
        planted(Member, whose=UNNAMED),
        {"id", "user", "onboarded_at", "erased_at", "history"},
    ),
    leads_to_the_unnamed: (
        planted(Words, a("voice", What.KEY), whose=of("contribution__author")),
        {"voice"},
    ),
    without_title: (planted(Member, title="Seats"), {"Seats"}),
    subject_without_codes: (
        planted(Member, a("name", What.KEY), a("contact", What.FACT), subject=("name", "contact")),
        {"contact"},
    ),
    about_anything: (
        planted(Opportunity, a("origin_type", What.KEY), table="planted"),
        {"origin_type"},
    ),
    tells_the_moment: (
        planted(Member, a("erased_at", What.FACT), table="dialogues_contribution"),
        {"erased_at"},
    ),
    history_of_what_goes: (planted(Member, goes=True), {"history"}),
    held_by_others: (planted(GroundRules, goes=True), {"dialogues_acknowledgement"}),
    looked_at_unseen: (
        planted(Member, a("name", What.IDENTITY), whose=of("pk")),
        {"name"},
    ),
    read_without_words: (planted(Member, read_as="diagnosis"), {"diagnosis"}),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_class_of_the_register_is_wrong(check: Check) -> None:
    wrong = {each.table: check(each) for each in personal_data.registered()}
    assert {table: found for table, found in wrong.items() if found} == {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_class_that_is_wrong_is_found(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(personal_data._by_table, RING.table, RING)
    monkeypatch.setattr(data_checks, "EITHER", set())
    wrong, found = CHECKS[check]
    assert check(wrong) == found


@pytest.mark.parametrize(
    ("check", "wrong", "found"),
    [
        (no_way_to_a_person, planted(Member, whose=beside("accounts.User", "name")), {"name"}),
        (no_date_to_count_from, planted(Member, kept=Kept()), {"kept"}),
        (never_over, planted(Words, kept=within("voice")), set()),
        (
            not_taken_by_the_database,
            planted(Words, a("quote", What.WORDS, OnErasing.BLANKED)),
            set(),
        ),
        (
            not_taken_by_the_database,
            planted(Opportunity, a("title", What.WORDS, OnErasing.BLANKED)),
            {"title"},
        ),
        (traces, planted(Ballot), {"of somebody"}),
        (traces, planted(Words, whose=UNNAMED), {"id", "contribution"}),
        (without_title, planted(Member), {""}),
        (subject_without_codes, planted(Member, subject=("name",)), {"name"}),
    ],
)
def test_each_way_to_be_wrong_is_found(check: Check, wrong: ClassedTable, found: set[str]) -> None:
    assert check(wrong) == found


def test_the_ways_to_a_person_can_be_asked_of_the_database() -> None:
    for found in personal_data.tables():
        for path in (*found.whose.paths, *filter(None, (found.kept.since, found.kept.within))):
            assert found.model is not None
            asked = found.model._base_manager.filter(**{f"{path}__isnull": False})
            assert str(asked.query), (found.table, path)


def test_what_stands_beside_unnamed_rows_is_there() -> None:
    assert {each.table for each in personal_data.registered()} >= BESIDE_UNNAMED | SIGNED_OR_NOT


def test_the_list_of_what_is_not_logged_only_shrinks() -> None:
    assert {each.table for each in personal_data.registered() if not each.read_as} >= set(
        NOT_LOGGED
    )


def test_the_list_of_codes_is_of_columns_that_are_there() -> None:
    there = {
        f"{found.table}.{each.name}"
        for found in personal_data.registered()
        for each, column in columns(found)
        if isinstance(column, FREE) and not column.choices and not each.what.is_text
    }
    assert there >= CODES
