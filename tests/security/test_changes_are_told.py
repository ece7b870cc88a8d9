"""Nobody changes another person's sign-in or permissions unseen."""

import re

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts import actions
from accounts.actions.invitations import Acceptance
from accounts.models import EmailLevel, Invitation, Member, StandingKind, User
from accounts.permissions import Role
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions as groups
from groups.models import GroupKind, Office, Seat
from notifications.models import Message
from tests.accounts.answers import send
from tests.conftest import Enter, Login, assert_budget
from tests.days import days_on

pytestmark = pytest.mark.django_db
PASSWORD = "river stone lamp"


@pytest.fixture
def rosa(consumer: Member) -> Member:
    """Rosa, who signs in with codes on paper."""
    consumer.user = actions.make_user(member_name="rosa")
    consumer.save()
    actions.print_codes(consumer.user)
    return consumer


@pytest.fixture
def second_administrator(enter: Enter) -> Member:
    aisha = enter("Aisha", roles=(Role.ADMINISTRATOR,))
    assert told(aisha) == ["change.role"]
    Message.objects.within(aisha.agency).filter(member=aisha).delete()
    return aisha


@pytest.fixture
def co_chair(agency: Agency, administrator: Member, committee_chair: Member) -> Member:
    """The consumer who leads the oversight committee with another."""
    today = agency.today()
    committee = groups.open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight", by=administrator, on=today
    )
    seating.seat(committee, committee_chair, office=Office.CO_CHAIR, since=today, by=administrator)
    return committee_chair


def told(member: Member) -> list[str]:
    messages = Message.objects.within(member.agency).filter(member=member)
    messages = messages.exclude(code="seat.offered")
    return list(messages.order_by("pk").values_list("code", flat=True))


def use(letter: Invitation) -> list[str]:
    """Somebody holding the letter signs in as its recipient."""
    letter.agency = letter.member.agency
    said = Acceptance(display_name="Rosa", language="en", contact="", email_level=EmailLevel.NONE)
    _member, _user, sheet = actions.accept(letter, said)
    return sheet


def signed_in(name: str, code: str) -> Client:
    client = Client()
    client.post("/account/codes/", {"member_name": name, "code": code})
    return client


def test_a_letter_for_somebody_is_told_to_them_and_to_a_second_administrator(
    administrator: Member, second_administrator: Member, rosa: Member
) -> None:
    actions.invite(rosa, by=administrator)
    assert told(rosa) == ["change.way"]
    assert told(second_administrator) == ["change_of.way"]
    assert told(administrator) == []


def test_with_one_administrator_the_consumer_who_leads_the_committee_is_told_of_a_letter(
    administrator: Member, co_chair: Member, rosa: Member
) -> None:
    before = len(told(co_chair))
    actions.invite(rosa, by=administrator)
    assert told(co_chair)[before:] == ["way.changed"]


def test_who_printed_and_who_used_a_letter_stays_on_record_for_the_person(
    administrator: Member, rosa: Member, agency: Agency, login: Login
) -> None:
    letter = actions.invite(rosa, by=administrator)
    login(administrator).get(at(agency, "accounts:letter", pk=letter.pk))
    use(letter)
    client = login(Member.objects.within(agency).get(pk=rosa.pk))
    page = client.get(at(agency, "accounts:changes"))
    ways = [each for each in page.context["changes"] if each.event.name == "way.changed"]
    assert [change.event.data["what"] for change in ways] == ["letter_used", "letter"]
    assert page.context["changes"][1].who == str(administrator)
    looks = client.get(at(agency, "accounts:who_looked")).context["looks"]
    assert "sign-in letter" in " ".join(look.words for look in looks)


def test_each_sign_in_after_a_letter_shows_it_first(
    administrator: Member, rosa: Member, agency: Agency, login: Login
) -> None:
    home = at(agency, "home_of")
    assert login(rosa).get(home).status_code == 200
    sheet = use(actions.invite(rosa, by=administrator))
    for code in sheet[:2]:  # Whoever used the letter sees it, and so does Rosa afterwards.
        client = signed_in("rosa", code)
        assert client.get(home)["Location"] == at(agency, "accounts:changes")
        assert client.get(at(agency, "accounts:changes")).context["first"]
        assert client.get(home).status_code == 200
    with time_machine.travel(days_on(31)):
        assert signed_in("rosa", sheet[2]).get(home).status_code == 200


@pytest.mark.promise("told")
def test_saying_that_was_not_me_ends_what_the_letter_opened(
    administrator: Member,
    second_administrator: Member,
    co_chair: Member,
    rosa: Member,
    agency: Agency,
) -> None:
    sheet = use(actions.invite(rosa, by=administrator))
    home = at(agency, "accounts:me")
    impostor, hers = signed_in("rosa", sheet[0]), signed_in("rosa", sheet[1])
    assert impostor.get(home).status_code == hers.get(home).status_code == 200
    letter = Event.objects.within(agency).get(name="way.changed", data__what="letter")
    assert hers.get(at(agency, "accounts:not_me", pk=letter.pk)).status_code == 200
    send(hers, at(agency, "accounts:not_me", pk=letter.pk))

    assert impostor.get(home).status_code == 302
    assert hers.get(home).status_code == 200
    assert "_auth_user_id" not in signed_in("rosa", sheet[2]).session
    for reader in (administrator, second_administrator, co_chair):
        assert "way.denied" in told(reader), reader
    assert Event.objects.within(agency).filter(name="way.denied", actor=rosa).count() == 1


def test_a_letter_that_nobody_used_is_only_taken_back(
    administrator: Member, rosa: Member, agency: Agency, login: Login
) -> None:
    letter = actions.invite(rosa, by=administrator)
    change = Event.objects.within(agency).get(name="way.changed")
    assert rosa.user is not None
    codes = rosa.user.printed_codes.count()
    actions.deny(change, by=rosa, staying=None)
    letter.refresh_from_db()
    assert letter.revoked_at is not None
    assert rosa.user.printed_codes.count() == codes


def test_nobody_denies_for_another_or_too_late(
    administrator: Member, rosa: Member, provider: Member, agency: Agency, login: Login
) -> None:
    actions.invite(rosa, by=administrator)
    change = Event.objects.within(agency).get(name="way.changed")
    with pytest.raises(Refused):
        actions.deny(change, by=provider, staying=None)
    assert login(provider).get(at(agency, "accounts:not_me", pk=change.pk)).status_code == 404
    with time_machine.travel(days_on(31)), pytest.raises(Refused):
        actions.deny(change, by=rosa, staying=None)


@pytest.mark.promise("told")
def test_roles_and_standings_are_told_to_the_person_and_a_second_administrator(
    administrator: Member, second_administrator: Member, rosa: Member, agency: Agency
) -> None:
    today = agency.today()
    grant = actions.grant_role(rosa, role=Role.PAYER, since=today, by=administrator)
    actions.end_role(grant, by=administrator)
    standing = actions.write_standing(
        rosa, kind=StandingKind.FAMILY_MEMBER, since=today, by=administrator
    )
    actions.end_standing(standing, on=today, by=administrator)
    assert told(rosa) == ["change.role", "change.role", "change.standing", "change.standing"]
    assert told(second_administrator) == [f"change_of.{code[7:]}" for code in told(rosa)]


def test_an_administrator_who_gives_herself_a_role_is_seen_by_another(
    administrator: Member, second_administrator: Member, agency: Agency
) -> None:
    actions.grant_role(administrator, role=Role.PAYER, since=agency.today(), by=administrator)
    assert told(second_administrator) == ["change_of.role"]


@pytest.mark.promise("told")
def test_a_seat_that_another_changes_is_told_to_the_person_and_a_second_administrator(
    administrator: Member, facilitator: Member, rosa: Member, provider: Member, agency: Agency
) -> None:
    """An administrator is told if a facilitator did it alone.

    A person who decides for themself is told nothing, nor is a second administrator when a whole
    group ends.
    """
    today = agency.today()
    cell = groups.open_group(agency, kind=GroupKind.CELL, name="Calm", by=facilitator, on=today)
    for each in (rosa, provider):
        seating.seat(cell, each, since=today, by=facilitator)
    assert told(rosa) == []
    before = len(told(administrator))
    hers = Seat.objects.within(agency).get(member=rosa)
    groups.change_office(hers, office=Office.NONE, voting=False, on=today, by=facilitator)
    hers = Seat.objects.within(agency).get(member=rosa, until=None)
    groups.end_seat(hers, on=today, by=facilitator)
    assert told(rosa) == ["change.seat", "change.seat"]
    assert told(administrator)[before:] == ["change_of.seat", "change_of.seat"]
    groups.close_group(cell, on=today, by=facilitator)
    assert told(provider) == ["change.seat"]
    assert len(told(administrator)) == before + 2


def test_what_people_say_of_themselves_is_told_to_nobody(
    administrator: Member, second_administrator: Member, rosa: Member
) -> None:
    actions.prefer_not_to_say(by=rosa)
    assert told(rosa) == told(administrator) == told(second_administrator) == []


@pytest.mark.django_db(transaction=True)  # allauth reports some changes on commit.
def test_changes_on_the_account_pages_are_told(
    administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    user = consumer.user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    new = "stone river lamp"
    changed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", changed).status_code == 302
    assert told(consumer) == ["change.way"]
    client.post("/account/reauthenticate/", {"password": new})
    client.post("/account/email/", {"action_add": "1", "email": "rosa@home.example"})
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    client.post("/account/confirm-email/", {"code": code})
    assert User.objects.get(pk=user.pk).email == "rosa@home.example"
    assert len(told(consumer)) > 1
    assert set(told(administrator)) == {"change_of.way"}


def test_a_second_factor_that_was_taken_away_is_told(
    administrator: Member, second_administrator: Member, login: Login
) -> None:
    login(administrator)
    assert administrator.user is not None
    call_command("reset_second_factor", email=administrator.user.email)
    assert told(administrator) == ["change.way"]
    assert told(second_administrator) == ["change_of.way"]


def test_a_new_sheet_of_codes_is_told(rosa: Member, agency: Agency, login: Login) -> None:
    send(login(rosa), "/account/codes/print/")
    assert told(rosa) == ["change.way"]


def test_the_page_of_changes_costs_the_same_however_many_there_are(
    administrator: Member, rosa: Member, agency: Agency, login: Login
) -> None:
    actions.invite(rosa, by=administrator)
    client, url = login(rosa), at(agency, "accounts:changes")
    few = assert_budget(client, url)
    for role in (Role.PAYER, Role.APPROVER, Role.FACILITATOR):
        actions.end_role(
            actions.grant_role(rosa, role=role, since=agency.today(), by=administrator),
            by=administrator,
        )
    assert assert_budget(client, url) == few
