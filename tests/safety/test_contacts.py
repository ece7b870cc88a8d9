"""Outside contacts: entered by administrators, dated, shown wherever people write."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Member
from dialogues.dialogue import actions as holding
from dialogues.readers import actions as reading_actions
from dialogues.readers.models import ReaderSide
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.waiting import waiting
from safety import actions, contacts
from safety.models import ContactKind, OutsideContact
from tests.conftest import Login

Enter = Callable[..., OutsideContact]
RULE = "Anyone who learns of it reports within one day (Revised Code 74.34)."


@pytest.fixture
def entered(agency: Agency, administrator: Member) -> None:
    """All four."""
    for kind in ContactKind:
        actions.enter_contact(
            by=administrator,
            kind=kind,
            name=f"Office of {kind}",
            phone="555-0100",
            rule=RULE if kind == ContactKind.REPORTING else "",
        )


@pytest.fixture
def reader(agency: Agency, facilitator: Member, administrator: Member) -> Member:
    """A reader of words to the whole program, without whom there is no text box."""
    reading_actions.name_reader(
        agency, facilitator, side=ReaderSide.STAFF, since=agency.today(), by=administrator
    )
    return facilitator


def waits(member: Member) -> bool:
    urls = {each.url for each in waiting(member, member.agency.today())}
    return at(member.agency, "safety:contacts") in urls


def test_an_administrator_has_them_waiting_until_the_last_is_entered(
    agency: Agency, administrator: Member, facilitator: Member, entered: None
) -> None:
    assert not waits(administrator)
    row = OutsideContact.objects.within(agency).get(kind=ContactKind.RIGHTS)
    actions.end_contact(row, by=administrator)
    assert waits(administrator)
    assert not waits(facilitator)


@pytest.mark.parametrize("who", ["consumer", "facilitator", "committee_chair", "manager", "payer"])
def test_nobody_but_an_administrator_enters_them(
    who: str, request: pytest.FixtureRequest, agency: Agency, login: Login
) -> None:
    member: Member = request.getfixturevalue(who)
    with pytest.raises(Refused):
        actions.enter_contact(by=member, kind=ContactKind.OMBUDS, name="O", phone="1")
    assert login(member).get(at(agency, "safety:contacts")).status_code == 403


def test_a_change_ends_what_stood_there_and_keeps_it_on_record(
    agency: Agency, administrator: Member, entered: None
) -> None:
    actions.enter_contact(by=administrator, kind=ContactKind.OMBUDS, name="New", phone="555-0199")
    rows = OutsideContact.objects.within(agency).filter(kind=ContactKind.OMBUDS)
    assert rows.count() == 2
    assert rows.get(until=None).name == "New"
    assert "New" in [each.name for each in contacts.in_force(agency).contacts]


def test_the_same_entered_again_changes_nothing(
    agency: Agency, administrator: Member, entered: None
) -> None:
    before = OutsideContact.objects.within(agency).count()
    actions.enter_contact(
        by=administrator, kind=ContactKind.OMBUDS, name="Office of ombuds", phone="555-0100"
    )
    assert OutsideContact.objects.within(agency).count() == before


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (ContactKind.OMBUDS, {"name": " ", "phone": "1"}, "name"),
        (ContactKind.OMBUDS, {"name": "O", "phone": " "}, "phone"),
        (ContactKind.REPORTING, {"name": "O", "phone": "1"}, "rule"),
    ],
)
def test_what_can_not_be_called_is_said_with_how_to_mend_it(
    administrator: Member, kind: str, given: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.enter_contact(by=administrator, kind=kind, **given)
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize(
    "change",
    [
        "phone = ''",
        "rule = 'x'",
        "kind = 'psychic'",
        "until = since - 1",
    ],
)
def test_the_database_holds_them_to_it(agency: Agency, administrator: Member, change: str) -> None:
    actions.enter_contact(by=administrator, kind=ContactKind.OMBUDS, name="O", phone="1")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE safety_outsidecontact SET {change}")  # noqa: S608


def test_two_of_a_kind_never_hold_on_one_day(agency: Agency, administrator: Member) -> None:
    row = actions.enter_contact(by=administrator, kind=ContactKind.OMBUDS, name="O", phone="1")
    row.pk = None
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_everybody_reads_them_on_the_help_page_and_beside_the_box(
    agency: Agency, consumer: Member, entered: None, reader: Member, login: Login
) -> None:
    client = login(consumer)
    for url in (at(agency, "help"), at(agency, "dialogues:say")):
        page = client.get(url).content.decode()
        assert "555-0100" in page
        assert "Revised Code 74.34" in page


def test_the_open_page_tells_them_to_somebody_who_is_not_signed_in(
    agency: Agency, entered: None, reader: Member
) -> None:
    door = holding.open_door(agency, None, by=reader)
    with tenancy.entering(None):
        page = Client().get(reverse("dialogues_open:voice", args=[door.code])).content.decode()
    assert "555-0100" in page
    assert "tel:988" in page


def test_without_them_people_read_where_else_they_can_call(
    agency: Agency, consumer: Member, login: Login
) -> None:
    page = login(consumer).get(at(agency, "help")).content.decode()
    assert "1-800-422-4453" in page
    assert "211" in page


def test_another_agency_reads_nothing_of_them(
    entered: None, other_agency: Agency, outsider: Member, login: Login
) -> None:
    with tenancy.entering(other_agency):
        assert contacts.entered().contacts == ()
        assert "555-0100" not in login(outsider).get(at(other_agency, "help")).content.decode()


def test_an_administrator_enters_changes_and_takes_out_on_the_pages(
    agency: Agency, administrator: Member, login: Login
) -> None:
    client = login(administrator)
    url = at(agency, "safety:enter", kind="rights")
    assert client.post(url, {"submission": "", "name": "", "phone": ""}).status_code == 422
    key = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
    sent = client.post(url, {"submission": key, "name": "Ms. Right", "phone": "555-0123"})
    assert sent.headers["Location"] == at(agency, "safety:enter", kind="ombuds"), "the next one"
    assert "Ms. Right" in client.get(at(agency, "safety:contacts")).content.decode()
    key = "7d444840-9dc0-11d1-b245-5ffdce74fad3"
    gone = client.post(at(agency, "safety:end", kind="rights"), {"submission": key})
    assert gone.status_code == 302
    assert "Earlier entries" in client.get(at(agency, "safety:contacts")).content.decode()
    assert client.get(at(agency, "safety:enter", kind="psychic")).status_code == 404
