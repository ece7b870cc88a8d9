"""Agenda items of a meeting, and who may add them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from accounts.models import Member
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.models import AgendaItem, Group, Meeting
from groups.policies import AGENDA
from tests.conftest import Login, assert_budget
from tests.groups.conftest import send


def items(meeting: Meeting) -> list[tuple[str, int, int | None]]:
    rows = AgendaItem.objects.within(meeting.agency).standing().filter(meeting=meeting)
    return list(rows.order_by("pk").values_list("text", "raised_by", "on_behalf_of"))


@pytest.mark.parametrize(
    ("who", "own", "for_others"),
    [
        ("consumer", True, False),
        ("provider", True, False),
        ("chair", True, True),
        ("facilitator", True, True),
        ("administrator", True, True),
        ("manager", False, False),
        ("payer", False, False),
    ],
)
def test_who_has_a_seat_puts_things_on_the_agenda_and_who_runs_the_group_also_for_others(
    who: str,
    own: bool,
    for_others: bool,
    coming: Meeting,
    second_consumer: Member,
    request: pytest.FixtureRequest,
) -> None:
    by = request.getfixturevalue(who)
    for may, author in ((own, None), (for_others, second_consumer)):
        text = f"Tea for {author}"
        if may:
            actions.put_on_agenda(coming, text=text, by=by, on_behalf_of=author)
        else:
            with pytest.raises(Refused):
                actions.put_on_agenda(coming, text=text, by=by, on_behalf_of=author)
    assert len(items(coming)) == own + for_others


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_only_meetings_to_come_have_an_agenda_to_change(
    state: str, meeting: Meeting, chair: Member, consumer: Member
) -> None:
    item = actions.put_on_agenda(meeting, text="Tea", by=consumer)
    if state == "held":
        actions.hold(meeting, by=chair)
    else:
        actions.cancel_meeting(meeting, by=chair)
    with pytest.raises(Refused):
        actions.put_on_agenda(meeting, text="Rides", by=consumer)
    with pytest.raises(Refused):
        actions.take_off_agenda(item, by=consumer)
    assert [text for text, _, _ in items(meeting)] == ["Tea"]


def test_nothing_twice_nothing_empty_nothing_for_strangers_and_not_more_than_fits(
    coming: Meeting, chair: Member, consumer: Member, manager: Member
) -> None:
    actions.put_on_agenda(coming, text=" Rides home ", by=consumer)
    for text, author in (("rides HOME", None), ("  ", None), ("Tea", manager)):
        with pytest.raises(ValidationError):
            actions.put_on_agenda(coming, text=text, by=chair, on_behalf_of=author)
    for number in range(AGENDA.value - 1):
        actions.put_on_agenda(coming, text=f"Thing {number}", by=consumer)
    with pytest.raises(ValidationError, match="full"):
        actions.put_on_agenda(coming, text="One more", by=consumer)
    assert len(items(coming)) == AGENDA.value


def test_its_author_or_who_runs_the_group_takes_it_off_and_it_stays_on_record(
    coming: Meeting, chair: Member, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    own = actions.put_on_agenda(coming, text="Rides", by=consumer)
    asked = actions.put_on_agenda(coming, text="Tea", by=chair, on_behalf_of=second_consumer)
    for item in (own, asked):
        with pytest.raises(Refused):
            actions.take_off_agenda(item, by=provider)
    actions.take_off_agenda(own, by=chair)
    actions.take_off_agenda(asked, by=second_consumer)
    with pytest.raises(Refused):
        actions.take_off_agenda(own, by=consumer)
    assert items(coming) == []
    rows = AgendaItem.objects.within(coming.agency).order_by("pk")
    assert list(rows.values_list("text", "taken_off_by")) == [
        ("Rides", chair.pk),
        ("Tea", second_consumer.pk),
    ]
    recorded = Event.objects.within(coming.agency).filter(name__startswith="agenda.")
    assert list(recorded.order_by("pk").values_list("name", flat=True)) == [
        "agenda.added",
        "agenda.added",
        "agenda.taken_off",
        "agenda.taken_off",
    ]
    actions.put_on_agenda(coming, text="Rides", by=consumer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"on_behalf_of_id": "raised_by"},
        {"taken_off_on": "today"},
        {"taken_off_by_id": "raised_by"},
    ],
)
def test_the_database_holds_what_an_item_may_be(
    wrong: dict[str, Any], coming: Meeting, consumer: Member
) -> None:
    known = {"raised_by": consumer.pk, "today": coming.agency.today()}
    given = {name: known.get(value, value) for name, value in wrong.items()}
    row = {"text": "Tea", "raised_by": consumer, "raised_on": coming.agency.today(), **given}
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.within(coming.agency).create(meeting=coming, **row)


def test_on_the_page_a_member_adds_with_one_field_and_takes_it_off_again(
    coming: Meeting, consumer: Member, provider: Member, login: Login
) -> None:
    agency, client = coming.agency, login(consumer)
    page = at(agency, "groups:meeting", pk=coming.pk)
    add = at(agency, "groups:put_on_agenda", pk=coming.pk)
    assert add in client.get(page).content.decode()
    asked = client.get(add).content.decode()
    assert "on_behalf_of" not in asked
    assert send(client, add, text="Rides home").status_code == 302
    shown = client.get(page).content.decode()
    assert "Rides home" in shown
    assert f"From {consumer}" in shown
    item = AgendaItem.objects.within(agency).get()
    off = at(agency, "groups:take_off_agenda", pk=item.pk)
    assert off in shown
    other = login(provider)
    assert "Rides home" in other.get(page).content.decode()
    assert off not in other.get(page).content.decode()
    assert other.get(off).status_code == 403
    assert send(client, off).status_code == 302
    assert "Rides home" not in client.get(page).content.decode()


def test_who_runs_the_group_writes_it_down_for_somebody_who_asked(
    coming: Meeting, chair: Member, consumer: Member, outsider: Member, login: Login
) -> None:
    url, client = at(coming.agency, "groups:put_on_agenda", pk=coming.pk), login(chair)
    wrong = (
        {"text": "Rides", "on_behalf_of": code_of(consumer)},
        {"text": "Rides", "on_behalf_of": code_of(outsider), "asked": "on"},
        {"text": "x" * 201},
        {"text": "a\x00b"},
        {"text": ""},
    )
    for data in wrong:
        answer = send(client, url, **data)
        assert answer.status_code == 422, data
        assert "Error:" in answer.content.decode()
    assert items(coming) == []
    assert (
        send(client, url, text="Rides", on_behalf_of=code_of(consumer), asked="on").status_code
        == 302
    )
    assert items(coming) == [("Rides", chair.pk, consumer.pk)]


def test_what_is_inside_a_group_stays_inside(
    coming: Meeting, consumer: Member, manager: Member, outsider: Member, login: Login
) -> None:
    actions.put_on_agenda(coming, text="Rides home", by=consumer)
    agency = coming.agency
    item = AgendaItem.objects.within(agency).get()
    off = at(agency, "groups:take_off_agenda", pk=item.pk)
    add = at(agency, "groups:put_on_agenda", pk=coming.pk)
    client = login(manager)
    page = client.get(at(agency, "groups:meeting", pk=coming.pk)).content.decode()
    assert "Rides home" not in page
    assert add not in page
    assert [client.get(url).status_code for url in (off, add)] == [403, 403]
    stranger = login(outsider)
    assert [stranger.get(url).status_code for url in (off, add)] == [404, 404]
    Group.objects.within(agency).filter(pk=coming.group_id).update(hidden=True)
    assert [client.get(url).status_code for url in (off, add)] == [404, 404]


def test_the_pages_are_flat_in_what_is_on_the_agenda(
    coming: Meeting, chair: Member, consumer: Member, second_consumer: Member, login: Login
) -> None:
    client = login(chair)
    names = ("meeting", "print_meeting", "put_on_agenda")
    urls = [at(coming.agency, f"groups:{name}", pk=coming.pk) for name in names]
    actions.put_on_agenda(coming, text="First", by=consumer)
    few = [assert_budget(client, url) for url in urls]
    for number in range(10):
        actions.put_on_agenda(
            coming, text=f"Thing {number}", by=chair, on_behalf_of=second_consumer
        )
    assert [assert_budget(client, url) for url in urls] == few
    printed = client.get(urls[1]).content.decode()
    assert "Thing 9" in printed
    assert second_consumer.display_name not in printed.split("Please sign")[0]


def test_a_new_meeting_begins_with_an_empty_agenda(seated: Group, chair: Member) -> None:
    meeting = actions.plan_meeting(seated, starts_at=now() + timedelta(days=3), by=chair)
    assert items(meeting) == []
