from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import AccessLog, Member, StandingKind
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from groups import actions
from groups.models import (
    Group,
    GroupKind,
    Meeting,
)
from tests.conftest import Login
from tests.groups.conftest import Propose, send

DAY = timedelta(days=1)


def group_pages(group: Group, *, changing: bool) -> list[str]:
    names = ["group", "people", "meetings", "decisions"]
    if changing:
        names += ["edit", "close", "add_seat", "plan_meeting", "propose"]
    return [at(group.agency, f"groups:{name}", pk=group.pk) for name in names]


def test_every_page_of_a_group_opens_for_those_whose_it_is(
    seated: Group,
    meeting: Meeting,
    coming: Meeting,
    propose: Propose,
    consumer: Member,
    facilitator: Member,
    chair: Member,
    login: Login,
) -> None:
    agency, decision = seated.agency, propose()
    everybody = [
        *group_pages(seated, changing=False),
        at(agency, "groups:list"),
        at(agency, "groups:calendar"),
        at(agency, "groups:propose", pk=seated.pk),
        at(agency, "groups:consent", pk=seated.pk),
        at(agency, "groups:meeting", pk=meeting.pk),
        at(agency, "groups:print_meeting", pk=meeting.pk),
        at(agency, "groups:meeting_file", pk=coming.pk),
        at(agency, "groups:decision", pk=decision.pk),
        at(agency, "groups:amend", pk=decision.pk),
        at(agency, "groups:waive", pk=decision.pk),
        at(agency, "groups:withdraw", pk=decision.pk),
        at(agency, "groups:end_seat", pk=seated.seats.get(member=consumer).pk),
    ]
    client = login(consumer)
    assert {url: client.get(url).status_code for url in everybody} == dict.fromkeys(everybody, 200)
    running = [
        *group_pages(seated, changing=True)[:-5],
        *[url for url in group_pages(seated, changing=True) if "close" not in url],
        at(agency, "groups:change_meeting", pk=coming.pk),
        at(agency, "groups:cancel_meeting", pk=coming.pk),
        at(agency, "groups:attendance", pk=meeting.pk),
        at(agency, "groups:minutes", pk=meeting.pk),
        at(agency, "groups:enter_position", pk=decision.pk),
        at(agency, "groups:change_seat", pk=seated.seats.get(member=consumer).pk),
    ]
    for member in (facilitator, chair):
        client = login(member)
        answers = {url: client.get(url).status_code for url in running}
        assert answers == dict.fromkeys(running, 200)


HIDDEN_PAGES = [
    "group",
    "people",
    "meetings",
    "decisions",
    "edit",
    "close",
    "add_seat",
    "plan_meeting",
    "propose",
    "consent",
]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_hidden_group_and_no_group_look_the_same(
    method: str,
    seated: Group,
    meeting: Meeting,
    propose: Propose,
    manager: Member,
    facilitator: Member,
    login: Login,
) -> None:
    decision = propose()
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    agency, client, none = seated.agency, login(manager), 987654321
    seat = seated.seats.first()
    assert seat is not None
    pages = [(name, seated.pk) for name in HIDDEN_PAGES]
    pages += [
        (name, meeting.pk)
        for name in ("meeting", "print_meeting", "meeting_file", "attendance", "minutes")
    ]
    pages += [
        (name, decision.pk)
        for name in (
            "decision",
            "ask",
            "look_again",
            "amend",
            "enter_position",
            "close_decision",
            "waive",
            "withdraw",
        )
    ]
    pages += [("change_seat", seat.pk), ("end_seat", seat.pk)]
    for name, pk in pages:
        hidden, absent = (
            getattr(client, method)(at(agency, f"groups:{name}", pk=key)) for key in (pk, none)
        )
        # 405: the page is read-only, whatever its key.
        expected = {404} if method == "get" else {404, 405}
        assert hidden.status_code == absent.status_code, name
        assert hidden.status_code in expected, name
        told = [
            answer.content.decode().replace(answer.wsgi_request.path, "")
            for answer in (hidden, absent)
        ]
        assert seated.name not in told[0]
        assert len(told[0]) == len(told[1])
    listed = client.get(at(agency, "groups:list")).content.decode()
    assert seated.name not in listed


def test_a_hidden_group_is_shown_to_its_members_and_to_those_who_must_know(
    seated: Group, consumer: Member, facilitator: Member, login: Login
) -> None:
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    for member in (consumer, facilitator):
        client = login(member)
        assert seated.name in client.get(at(seated.agency, "groups:list")).content.decode()
        assert client.get(at(seated.agency, "groups:group", pk=seated.pk)).status_code == 200


def test_whoever_left_a_hidden_group_does_not_find_it_by_asking_for_an_earlier_day(
    seated: Group, provider: Member, facilitator: Member, today: date, login: Login
) -> None:
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    actions.end_seat(seated.seats.get(member=provider), on=today, by=provider)
    client = login(provider)
    day = f"?on={today - DAY}"
    assert client.get(at(seated.agency, "groups:people", pk=seated.pk) + day).status_code == 404
    assert seated.name not in client.get(at(seated.agency, "groups:list") + day).content.decode()


def test_the_people_of_a_group_are_shown_as_of_a_day(
    seated: Group,
    provider: Member,
    manager: Member,
    administrator: Member,
    consumer: Member,
    today: date,
    login: Login,
) -> None:
    actions.end_seat(
        seated.seats.get(member=provider),
        on=today - 10 * DAY,
        by=administrator,
        late_reason="Told late.",
    )
    seating.seat(seated, manager, since=today - 5 * DAY, by=administrator)
    client, url = login(consumer), at(seated.agency, "groups:people", pk=seated.pk)

    def shown(query: str) -> str:
        return client.get(url + query).content.decode()

    assert manager.display_name in shown("")
    assert provider.display_name not in shown("")
    assert provider.display_name in shown(f"?on={today - 11 * DAY}")
    assert manager.display_name not in shown(f"?on={today - 11 * DAY}")
    for nonsense in ("?on=yesterday", f"?on={today + DAY}", "?on="):
        assert manager.display_name in shown(nonsense)


PLAIN = "Person who uses services"


def test_nobody_sees_who_is_a_consumer_unless_that_person_lets_them(
    seated: Group, consumer: Member, provider: Member, manager: Member, login: Login
) -> None:
    url = at(seated.agency, "groups:people", pk=seated.pk)
    other, outside = login(provider), login(manager)
    assert PLAIN not in other.get(url).content.decode()
    assert PLAIN not in outside.get(url).content.decode()
    # The reader's own is shown on their page of consent, which nobody else sees.
    assert PLAIN not in login(consumer).get(url).content.decode()
    own = login(consumer).get(at(seated.agency, "groups:consent", pk=seated.pk))
    assert PLAIN in own.content.decode()
    answer = send(login(consumer), at(seated.agency, "groups:consent", pk=seated.pk))
    assert answer.status_code == 302
    assert other.get(url).content.decode().count(PLAIN) == 1
    assert PLAIN not in outside.get(url).content.decode()
    send(login(consumer), at(seated.agency, "groups:consent", pk=seated.pk))
    assert PLAIN not in other.get(url).content.decode()


def test_whoever_may_see_standings_asks_for_them_and_each_member_can_see_that_they_looked(
    seated: Group, consumer: Member, facilitator: Member, login: Login
) -> None:
    url = at(seated.agency, "groups:people", pk=seated.pk)
    client, logged = login(facilitator), AccessLog.objects.within(seated.agency)
    assert PLAIN not in client.get(url).content.decode()
    assert not logged.exists()
    assert client.get(url + "?standings=1").content.decode().count(PLAIN) == 2
    assert logged.filter(about=consumer, reader=facilitator, what="standing").count() == 1
    assert PLAIN not in login(consumer).get(url + "?standings=1").content.decode().replace(
        PLAIN, "", 1
    )


def test_the_share_of_consumers_gives_nobody_away(
    seated: Group,
    provider: Member,
    facilitator: Member,
    committee_chair: Member,
    administrator: Member,
    enter: Callable[..., Member],
    today: date,
    login: Login,
) -> None:
    url = at(seated.agency, "groups:people", pk=seated.pk)
    inside, work, oversight = login(provider), login(facilitator), login(committee_chair)

    def told(client: Client, address: str = url) -> bool:
        return "Enough consumers" in client.get(address).content.decode()

    assert [told(inside), told(oversight), told(work)] == [False, False, True]
    for name in ("Una", "Uri"):
        seating.seat(
            seated, enter(name, StandingKind.PROVIDER), since=today - DAY, by=administrator
        )
    # "Enough" or "one more" would reveal the standing of whoever came last.
    assert [told(inside), told(oversight), told(work)] == [False, False, True]
    # Comparing two days would reveal who joined in between.
    before = f"{url}?on={today - DAY}"
    assert [told(inside, before), told(oversight, before), told(work, before)] == [
        False,
        False,
        True,
    ]
    assert "could point at a person" in inside.get(url).content.decode()


def test_an_administrator_sets_up_the_governing_body_once(
    agency: Agency, administrator: Member, login: Login, today: date
) -> None:
    client, url = login(administrator), at(agency, "groups:add")
    given = {
        "kind": "governing_body",
        "name": "Board",
        "opened": today.isoformat(),
        "takes_part_in_cqi": "yes",
    }
    assert send(client, url, **given).status_code == 302
    again = send(client, url, **given)
    assert again.status_code == 422
    # It is no longer offered either.
    assert 'value="governing_body"' not in client.get(url).content.decode()
    assert Group.objects.within(agency).filter(kind=GroupKind.GOVERNING_BODY).count() == 1
