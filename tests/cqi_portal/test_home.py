"""The way in, the home page and its navigation, for each kind of person."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client

from accounts.actions import enter_member
from accounts.models import Member, User
from accounts.permissions import Role
from cells.cell.actions import open_cell
from cqi_portal.navigation import ShownLink
from devtools.seating import seat
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Enter, Login, assert_budget

PLAIN = ["Home", "My cells", "Have your say", "My payments", "Help"]
OWN = ["Have your say", "My payments", "Help"]
WORK = ["Home", "Cells", "Dialogues"]
PROGRAM = ["Dashboard", "Oversight committee"]
PLAN = "Payment plan"
WAYS = {
    "consumer": PLAIN,
    "provider": PLAIN,
    "facilitator": [*WORK, "Measures", *PROGRAM, "Documents", "Surveys", "Groups", PLAN, *OWN],
    "approver": [*WORK, *PROGRAM, "Documents", "Groups", "Payments", PLAN, *OWN],
    "payer": [*WORK, *PROGRAM, "Documents", "Groups", "Payments", PLAN, *OWN],
    "committee_chair": [*PLAIN[:-1], "Oversight", "Help"],
    "manager": [
        *[*WORK, *PROGRAM, "Reviews", "Recommendations", "Documents", "Groups", PLAN],
        *OWN,
    ],
    "administrator": [
        *[*WORK, *PROGRAM, "Documents", "Surveys", "Groups", PLAN],
        *["People", "Settings", "Activity", *OWN],
    ],
}


def ways_on(answer: Any) -> list[ShownLink]:
    """All links of a page's navigation, without a person's own cells and dialogues."""
    return [link for group in answer.context["navigation"] for link in group.links]


def titles(ways: Iterable[ShownLink]) -> list[str]:
    return [str(way.title) for way in ways]


@pytest.mark.parametrize("person", WAYS)
def test_everybody_has_the_ways_on_that_they_may_go_and_each_opens(
    person: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(person))
    answer = client.get(at(agency, "home_of"))
    ways = ways_on(answer)
    assert titles(ways) == WAYS[person]
    assert [way.url for way in ways if way.current] == [at(agency, "home_of")]
    for way in ways:
        page = client.get(way.url)
        assert page.status_code == 200, way.url
        assert titles(each for each in ways_on(page) if each.current) == [str(way.title)]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMITTEE])
def test_a_further_role_adds_ways_on_and_takes_none(role: Role, enter: Enter, login: Login) -> None:
    alone = enter("Alone", roles=(role,))
    more = enter("More", roles=tuple({Role.FACILITATOR, Role.COMMITTEE, role}))
    shown = [titles(ways_on(login(each).get(at(each.agency, "home_of")))) for each in (alone, more)]
    assert set(shown[0]) <= set(shown[1])
    assert {"Measures", "Reviews"} <= set(shown[1])


def test_own_cells_and_dialogues_are_named_to_who_has_a_role_and_open(
    facilitator: Member, consumer: Member, login: Login
) -> None:
    today = facilitator.agency.today()
    cell = open_cell(name="Calm and Safe", focus="Nights", mission="", by=facilitator, on=today)
    for member in (facilitator, consumer):
        seat(cell.group, member, since=today, by=facilitator)
    client = login(facilitator)
    page = client.get(at(facilitator.agency, "home_of"))
    own = [each for way in ways_on(page) for each in way.own]
    assert titles(own) == [cell.group.name]
    inside = client.get(own[0].url)
    assert inside.status_code == 200
    [marked] = [each for way in ways_on(inside) for each in way.own]
    assert marked.current
    page = login(consumer).get(at(consumer.agency, "home_of"))
    assert not [each for way in ways_on(page) for each in way.own]


def test_home_is_where_one_is_only_at_home(consumer: Member, login: Login) -> None:
    client = login(consumer)
    for page, shown in (("groups:list", []), ("cells:idea", ["My cells"])):
        ways = ways_on(client.get(at(consumer.agency, page)))
        assert titles(way for way in ways if way.current) == shown, page


def test_the_pages_of_a_consumer_and_of_staff_without_a_role_do_not_tell_them_apart(
    consumer: Member, provider: Member
) -> None:
    assert WAYS["consumer"] == WAYS["provider"]
    assert consumer.roles == provider.roles == frozenset()


def test_the_way_in_leads_home_to_the_only_agency(consumer: Member, login: Login) -> None:
    assert login(consumer).get("/")["Location"] == "/a/riverside/"


def test_whoever_belongs_to_two_agencies_chooses(
    consumer: Member, outsider: Member, login: Login
) -> None:
    with tenancy.entering(outsider.agency):
        enter_member(
            by=outsider,
            name="Rosa",
            display_name="Rosa",
            since=outsider.agency.today(),
            user=consumer.user,
        )
    page = login(consumer).get("/").content.decode()
    assert "/a/riverside/" in page
    assert "/a/hillside/" in page


def test_whoever_belongs_to_none_is_told_what_to_do(agency: Agency, consumer: Member) -> None:
    client = Client()
    client.force_login(
        User.objects.create(email="new@riverside.example"),
        backend="accounts.backends.OneLook",
    )
    assert "open the link in your invitation" in client.get("/").content.decode()


@pytest.mark.parametrize("person", ["consumer", "facilitator", "administrator", "approver"])
def test_home_stays_in_its_budget(
    person: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    assert_budget(login(request.getfixturevalue(person)), at(agency, "home_of"))


def test_settings_are_for_administrators(
    agency: Agency, administrator: Member, facilitator: Member, login: Login
) -> None:
    url = at(agency, "settings")
    assert login(facilitator).get(url).status_code == 403
    page = login(administrator).get(url)
    for item in page.context["items"]:
        assert login(administrator).get(item["url"]).status_code == 200, item["url"]


def test_help_and_privacy_open(agency: Agency, consumer: Member, login: Login) -> None:
    assert login(consumer).get(at(agency, "help")).status_code == 200
    assert Client().get("/privacy/").status_code == 200


def test_the_health_check_answers_without_a_sign_in(db: None) -> None:
    assert Client().get("/healthz").content == b"ok"


@pytest.mark.parametrize("person", WAYS)
def test_every_page_that_help_leads_to_opens(
    person: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(person))
    page = client.get(at(agency, "help")).content.decode()
    for name in (
        "indicators:dashboard",
        "documents:list",
        "groups:list",
        "oversight:committee",
        "compensation:plan",
    ):
        assert f'href="{at(agency, name)}"' in page
        assert client.get(at(agency, name)).status_code == 200, name
