"""The list of people and each person's page: access, logging and query costs."""

import pytest
from django.test import Client

from accounts.models import AccessLog, Member, RoleGrant, Standing, StandingKind
from accounts.permissions import Role
from foundation.addresses import at
from foundation.models import Agency, Submission
from tests.accounts.answers import send
from tests.conftest import Enter, Login, assert_budget


@pytest.fixture
def desk(administrator: Member, login: Login) -> Client:
    return login(administrator)


def test_the_list_shows_everybody_with_standing_roles_and_sign_in(
    agency: Agency, desk: Client, consumer: Member, facilitator: Member
) -> None:
    page = desk.get(at(agency, "accounts:people")).content.decode()
    assert "Rosa Example" in page
    assert "Person who uses services" in page
    assert "Facilitator" in page


@pytest.mark.parametrize("who", ["consumer", "provider", "approver", "committee_chair", "manager"])
def test_who_needs_no_list_of_people_is_refused_it_with_a_reason(
    who: str, agency: Agency, login: Login, request: pytest.FixtureRequest
) -> None:
    member: Member = request.getfixturevalue(who)
    for url in (at(agency, "accounts:people"), at(agency, "accounts:member", pk=member.pk)):
        answer = login(member).get(url)
        assert answer.status_code == 403
        assert "The list of people is kept private." in answer.content.decode()


def test_a_facilitator_sees_people_but_changes_nothing(
    agency: Agency, facilitator: Member, consumer: Member, login: Login
) -> None:
    client = login(facilitator)
    page = client.get(at(agency, "accounts:member", pk=consumer.pk))
    assert page.status_code == 200
    assert "Person who uses services" in page.content.decode()
    assert "/erase/" not in page.content.decode()
    for name in ("edit", "write_standing", "grant_role", "invite", "end_membership", "erase"):
        url = at(agency, f"accounts:{name}", pk=consumer.pk)
        assert client.get(url).status_code == 403
        assert client.post(url).status_code == 403


def test_each_person_on_the_list_can_see_who_read_it(
    agency: Agency, desk: Client, administrator: Member, consumer: Member, login: Login
) -> None:
    desk.get(at(agency, "accounts:people"))
    desk.get(at(agency, "accounts:member", pk=consumer.pk))
    rows = AccessLog.objects.within(agency).filter(about=consumer)
    assert set(rows.values_list("reader", "what")) == {
        (administrator.pk, "people list"),
        (administrator.pk, "profile"),
    }
    seen = login(consumer).get(at(agency, "accounts:who_looked")).content.decode()
    assert "Ada Flores looked at your name in the list of people." in seen
    assert "Ada Flores looked at your page." in seen


def test_searching_finds_a_part_of_either_name(
    agency: Agency, desk: Client, consumer: Member, provider: Member
) -> None:
    page = desk.get(at(agency, "accounts:people"), {"name": "ros"}).content.decode()
    assert "Rosa Example" in page
    assert "Priya" not in page
    nobody = desk.get(at(agency, "accounts:people"), {"name": "x" * 121})
    assert nobody.status_code == 200


def test_the_list_costs_the_same_for_twice_the_people(
    agency: Agency, desk: Client, enter: Enter
) -> None:
    for number in range(6):
        enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER, roles=(Role.COMMITTEE,))
    few = assert_budget(desk, at(agency, "accounts:people"))
    for number in range(6, 12):
        enter(f"Person {number}", StandingKind.PROVIDER, StandingKind.OTHER)
    assert assert_budget(desk, at(agency, "accounts:people")) == few


@pytest.mark.parametrize("name", ["me", "my_consents", "my_standing", "who_looked", "welcome"])
def test_own_pages_stay_within_the_budget(
    name: str, agency: Agency, consumer: Member, login: Login
) -> None:
    assert_budget(login(consumer), at(agency, f"accounts:{name}"))


def test_a_person_s_page_and_the_activity_stay_within_the_budget(
    agency: Agency, desk: Client, consumer: Member
) -> None:
    assert_budget(desk, at(agency, "accounts:member", pk=consumer.pk))
    assert_budget(desk, at(agency, "accounts:activity"))


def test_a_person_is_added_with_standings_and_roles(agency: Agency, desk: Client) -> None:
    answer = send(
        desk,
        at(agency, "accounts:enter"),
        name="Lena Long",
        display_name="Lena",
        contact="front desk",
        standings=["primary_consumer", "family_member"],
        roles=["committee"],
        since="2026-01-05",
    )
    assert answer.status_code == 302
    member = Member.objects.within(agency).get(name="Lena Long")
    assert {row.kind for row in member.standings.all()} == {"primary_consumer", "family_member"}
    assert [grant.role for grant in member.grants.all()] == ["committee"]


def test_sending_the_same_form_twice_adds_one_person(agency: Agency, desk: Client) -> None:
    url = at(agency, "accounts:enter")
    key = "6a2b9a3e-6a50-4a75-8f0b-0d8a2b1c9d10"
    for _click in range(2):
        answer = send(
            desk, url, submission=key, name="Lena", display_name="Lena", since="2026-01-05"
        )
        assert answer.status_code == 302
    assert Member.objects.within(agency).filter(name="Lena").count() == 1


FORMS = [
    "enter",
    "edit",
    "write_standing",
    "grant_role",
    "end_membership",
    "erase",
]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "x" * 5000, "display_name": "y" * 5000, "contact": "z" * 5000},
        {"name": "\x00", "display_name": "\x00", "since": "\x00", "on": "\x00"},
        {"since": "not a day", "on": "0001-01-01", "kind": "king", "role": "king"},
        {"since": "99999-01-01", "on": "2026-02-31", "standings": "9", "roles": ["a", "b"]},
        {"version": "x", "submission": "not a key", "sure": "", "kind": "undisclosed"},
    ],
)
def test_wrong_answers_are_explained_and_write_nothing(
    name: str, said: dict[str, object], agency: Agency, desk: Client, consumer: Member
) -> None:
    before = _counts(agency)
    kwargs = {} if name == "enter" else {"pk": consumer.pk}
    answer = desk.post(at(agency, f"accounts:{name}", **kwargs), said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "govuk-error-summary" in page
    assert "Error:" in page
    assert _counts(agency) == before
    consumer.refresh_from_db()
    assert consumer.display_name == "Rosa"


def _counts(agency: Agency) -> list[int]:
    return [
        model.objects.within(agency).count() for model in (Member, RoleGrant, Standing, Submission)
    ]


def test_a_change_that_somebody_else_made_meanwhile_is_not_overwritten(
    agency: Agency, desk: Client, consumer: Member
) -> None:
    url = at(agency, "accounts:edit", pk=consumer.pk)
    first = {"name": "Rosa R.", "display_name": "Rosa", "contact": "", "version": "1"}
    assert send(desk, url, **first).status_code == 302
    answer = send(desk, url, **{**first, "name": "Somebody else"})
    assert answer.status_code == 422
    assert "Somebody else has changed this" in answer.content.decode()
    consumer.refresh_from_db()
    assert consumer.name == "Rosa R."
