"""Seats offered to several people: reviewed one by one, then offered to all or to nobody."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, StandingKind
from foundation.addresses import at
from foundation.keys import code_of
from groups import actions
from groups.forms.seats import seat_field
from groups.models import Group, OfferState, Office, SeatOffer, SeatWish
from notifications.models import Message
from tests.conftest import Enter, Login, assert_budget
from tests.groups.conftest import DAY, send


def offers(group: Group) -> list[tuple[Member, bool, str, date]]:
    rows = SeatOffer.objects.within(group.agency).waiting().filter(group=group)
    return [
        (row.member, row.voting, row.office, row.since)
        for row in rows.select_related("member").order_by("pk")
    ]


def test_nobody_is_asked_before_the_review_is_sent_and_then_all_are_at_once(
    seated: Group, manager: Member, payer: Member, facilitator: Member, today: date, login: Login
) -> None:
    agency, client = seated.agency, login(facilitator)
    url = at(agency, "groups:add_seats", pk=seated.pk)
    assert url in client.get(at(agency, "groups:people", pk=seated.pk)).text
    assert_budget(client, url)
    chosen = {
        "members": [code_of(manager), code_of(payer)],
        "voting": "yes",
        "since": today.isoformat(),
    }
    review = send(client, url, **chosen)
    assert review.status_code == 200
    for member in (manager, payer):
        assert f"What {member} gets" in review.text
    assert offers(seated) == []
    edited = send(client, url, **chosen, step="edit").text
    assert edited.count(" checked") == 3
    assert "Error:" not in edited
    key = str(uuid4())
    given = {
        seat_field(manager): "reading",
        f"office_{code_of(manager)}": "co_facilitator",
        seat_field(payer): "voting",
    }
    for _click in range(2):
        sent = client.post(url, {**chosen, **given, "step": "offer", "submission": key})
        assert sent["Location"] == at(agency, "groups:people", pk=seated.pk)
    asked = {each[0]: each[1:] for each in offers(seated)}
    assert asked == {
        manager: (False, Office.CO_FACILITATOR, today),
        payer: (True, Office.NONE, today),
    }
    told = Message.objects.within(agency).filter(code="seat.offered", member__in=[manager, payer])
    assert sorted(told.values_list("member", flat=True)) == sorted([manager.pk, payer.pk])


def test_who_cannot_be_asked_is_named_and_left_out_and_until_then_nobody_is_asked(
    seated: Group, payer: Member, facilitator: Member, enter: Enter, today: date, login: Login
) -> None:
    agency, client = seated.agency, login(facilitator)
    new = enter("Nia", StandingKind.PROVIDER)
    Member.objects.within(agency).filter(pk=new.pk).update(since=today)
    url = at(agency, "groups:add_seats", pk=seated.pk)
    chosen = {
        "members": [code_of(payer), code_of(new)],
        "voting": "no",
        "since": (today - DAY).isoformat(),
        "late_reason": "It was said yesterday.",
        "step": "offer",
        seat_field(payer): "reading",
    }
    refused = send(client, url, **chosen, **{seat_field(new): "reading"})
    assert refused.status_code == 422
    assert f"{new}: This person is not in the program on that day." in refused.text
    assert f'href="#id_{seat_field(new)}"' in refused.text
    assert offers(seated) == []
    nobody = {seat_field(each): "none" for each in (payer, new)}
    assert send(client, url, **{**chosen, **nobody}).status_code == 422
    assert send(client, url, **chosen, **{seat_field(new): "none"}).status_code == 302
    assert [each[0] for each in offers(seated)] == [payer]


def test_every_refusal_is_told_and_one_of_them_keeps_all_from_being_asked(
    seated: Group, manager: Member, payer: Member, consumer: Member, chair: Member, today: date
) -> None:
    waiting = actions.offer_seat(seated, payer, since=today, by=chair)
    gone = SeatWish(consumer, voting=True, office="emperor")
    wishes = [SeatWish(manager, voting=True), SeatWish(payer, voting=True), gone]
    with pytest.raises(ValidationError) as refused:
        actions.offer_seats(seated, wishes, since=today, by=chair)
    assert set(refused.value.message_dict) == {seat_field(payer), seat_field(consumer)}
    rows = SeatOffer.objects.within(seated.agency).filter(state=OfferState.WAITING)
    assert list(rows) == [waiting]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("members", ""),
        ("members", "x"),
        ("voting", ""),
        ("since", ""),
        ("since", "1990-01-01"),
        ("since", "9999-12-31"),
    ],
)
def test_what_all_have_in_common_is_checked_on_the_first_page(
    field: str, value: str, seated: Group, manager: Member, facilitator: Member, login: Login
) -> None:
    seated.closed = seated.agency.today() + 300 * DAY
    seated.save()
    url = at(seated.agency, "groups:add_seats", pk=seated.pk)
    right = {"members": code_of(manager), "voting": "yes", "since": seated.agency.today()}
    answer = send(login(facilitator), url, **{**right, field: value})
    assert answer.status_code == 422
    assert f'href="#id_{field}' in answer.text or 'href="#id_late_reason' in answer.text
    assert "What they get" not in answer.text


def test_a_chair_asks_only_people_whose_names_they_read_somewhere(
    seated: Group, chair: Member, payer: Member, consumer: Member, login: Login
) -> None:
    client, url = login(chair), at(seated.agency, "groups:add_seats", pk=seated.pk)
    right = {"voting": "yes", "since": seated.agency.today()}
    for member in (payer, consumer):
        assert send(client, url, members=code_of(member), **right).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"), [("consumer", 403), ("provider", 403), ("outsider", 404)]
)
def test_only_who_runs_the_group_asks(
    who: str, status: int, seated: Group, request: pytest.FixtureRequest, login: Login
) -> None:
    client = login(request.getfixturevalue(who))
    url = at(seated.agency, "groups:add_seats", pk=seated.pk)
    assert client.get(url).status_code == status
    if status == 403:
        assert url not in client.get(at(seated.agency, "groups:people", pk=seated.pk)).text


def test_a_group_that_decides_who_sits_in_it_offers_nobody_a_seat(
    committee: Group, administrator: Member, login: Login
) -> None:
    client = login(administrator)
    url = at(committee.agency, "groups:add_seats", pk=committee.pk)
    assert client.get(url).status_code == 403
    assert url not in client.get(at(committee.agency, "groups:people", pk=committee.pk)).text
