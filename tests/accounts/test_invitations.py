"""An invitation lets one person in, once, and nobody who merely looks at it."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import actions, invitation_codes
from accounts.models import Invitation, Member, StandingKind, User
from accounts.permissions import Role
from accounts.tasks import sweep
from compensation.plan import actions as payment
from devtools import ratified
from devtools.established import establish
from devtools.seating import seat
from foundation import codes, tenancy
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import open_group, plan_meeting
from groups.models import GroupKind
from tests.accounts.answers import send
from tests.conftest import Login


@pytest.fixture
def newcomer(agency: Agency, administrator: Member) -> Member:
    """Entered by an administrator, with no way to sign in yet."""
    return actions.enter_member(
        by=administrator,
        name="Nora New",
        display_name="Nora",
        since=agency.today(),
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )


@pytest.fixture
def by_email(newcomer: Member, administrator: Member) -> Invitation:
    return actions.invite(newcomer, email="Nora@home.example", by=administrator)


@pytest.fixture
def on_paper(newcomer: Member, administrator: Member) -> Invitation:
    return actions.invite(newcomer, by=administrator)


def address(invitation: Invitation, page: str = "") -> str:
    code = codes.shown(invitation_codes.code_of(invitation))
    return f"/o/accounts/invitation/{code}/{page}"


def about(**said: str) -> dict[str, str]:
    return {"display_name": "Nora N.", "contact": "555 0100", **said}


def test_somebody_invited_by_e_mail_is_in_after_three_pages_and_signs_in_by_code(
    by_email: Invitation, newcomer: Member, agency: Agency
) -> None:
    client = Client()
    assert client.get(address(by_email)).status_code == 200
    answer = client.post(address(by_email, "about-you/"), about(email_level="each"))
    assert answer["Location"] == address(by_email, "agree/")
    page = client.get(answer["Location"]).content.decode()
    assert "You go by Nora N. here." in page
    assert "password" in page  # "You need no password."
    assert 'type="password"' not in page
    answer = send(client, address(by_email, "agree/"), agree="on")
    assert answer["Location"] == at(agency, "accounts:welcome")
    assert client.get(answer["Location"]).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.user is not None
    assert newcomer.user.email == "nora@home.example"
    assert not newcomer.user.has_usable_password()
    assert (newcomer.display_name, newcomer.contact) == ("Nora N.", "555 0100")
    assert newcomer.email_level == "each"
    assert newcomer.onboarded_at is not None


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_mail_scanner_that_opens_every_page_spends_nothing(
    method: str, by_email: Invitation
) -> None:
    scanner = Client()
    for page in ("", "about-you/", "agree/"):
        getattr(scanner, method)(address(by_email, page), follow=False)
    by_email.refresh_from_db()
    assert by_email.accepted_at is None
    assert User.objects.filter(email="nora@home.example").count() == 0


def test_a_letter_lets_somebody_in_with_printed_codes_shown_once(
    on_paper: Invitation, newcomer: Member, agency: Agency
) -> None:
    client = Client()
    typed = codes.shown(invitation_codes.code_of(on_paper)).lower().replace("-", " ")
    answer = client.post("/o/accounts/invitation/", {"code": typed})
    assert answer["Location"] == address(on_paper)
    client.post(address(on_paper, "about-you/"), about(way="codes"))
    sheet = send(client, address(on_paper, "agree/"), member_name="Nora.22", agree="on")
    assert sheet.status_code == 200
    assert sheet["Cache-Control"].find("no-store") >= 0
    found = re.findall(r'class="app-code">([A-Z0-9-]+)<', sheet.content.decode())
    assert len(set(found)) == 10
    newcomer.refresh_from_db()
    assert newcomer.user is not None
    assert newcomer.user.member_name == "nora.22"
    assert client.get(at(agency, "accounts:welcome")).status_code == 200
    assert actions.use_code("nora.22", found[3]) == newcomer.user


def test_a_letter_lets_somebody_in_with_a_password(
    on_paper: Invitation, newcomer: Member, agency: Agency
) -> None:
    client = Client()
    client.post(address(on_paper, "about-you/"), about(way="password"))
    send(
        client,
        address(on_paper, "agree/"),
        member_name="nora",
        password="river stone lamp",
        agree="on",
    )
    fresh = Client()
    answer = fresh.post("/account/login/", {"login": "Nora", "password": "river stone lamp"})
    assert answer["Location"] == "/"
    assert fresh.get(at(agency, "home_of")).status_code == 200


def test_used_revoked_expired_and_unknown_invitations_look_the_same(
    newcomer: Member, administrator: Member, agency: Agency
) -> None:
    revoked = actions.revoke_invitation(
        actions.invite(newcomer, by=administrator), by=administrator
    )
    replaced = actions.invite(newcomer, by=administrator)
    expired = actions.invite(newcomer, by=administrator)
    client = Client()
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        late = client.get(address(expired))
    unknown = client.get("/o/accounts/invitation/ABCD-ABCD-ABCD-ABCD/")
    answers = [late, unknown, client.get(address(revoked)), client.get(address(replaced))]
    assert {answer.status_code for answer in answers} == {410}
    pages = {re.sub(r'value="[^"]+"', "", answer.content.decode()) for answer in answers}
    assert len(pages) == 1
    assert "Ask the person who invited you" in pages.pop()


def test_an_invitation_is_accepted_only_once(
    by_email: Invitation, newcomer: Member, agency: Agency
) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        client.post(address(by_email, "about-you/"), about(email_level="none"))
    assert send(first, address(by_email, "agree/"), agree="on").status_code == 302
    late = send(second, address(by_email, "agree/"), agree="on", display_name="Mallory")
    assert late.status_code == 410
    assert "_auth_user_id" not in second.session
    assert User.objects.filter(email="nora@home.example").count() == 1


def test_a_link_alone_lets_nobody_into_an_account_that_exists(
    by_email: Invitation, newcomer: Member, agency: Agency, other_agency: Agency, login: Login
) -> None:
    owner = actions.make_user(email="nora@home.example", email_proven=True)
    with tenancy.entering(other_agency):
        elsewhere = Member.objects.within(other_agency).create(
            user=owner, name="Nora New", display_name="N", since=other_agency.today()
        )
    stranger = Client()
    answer = stranger.get(address(by_email, "about-you/"))
    assert answer["Location"].startswith("/account/login/?next=/o/accounts/invitation/")
    send(stranger, address(by_email, "agree/"), agree="on")
    newcomer.refresh_from_db()
    assert newcomer.user is None
    client = login(elsewhere)
    client.post(address(by_email, "about-you/"), about(email_level="none"))
    answer = send(client, address(by_email, "agree/"), agree="on")
    assert answer["Location"] == at(agency, "accounts:welcome")
    newcomer.refresh_from_db()
    assert newcomer.user == owner


def test_who_is_signed_in_as_somebody_else_is_asked_to_sign_out(
    on_paper: Invitation, administrator: Member, login: Login
) -> None:
    for page in ("", "about-you/", "agree/"):
        answer = login(administrator).get(address(on_paper, page))
        assert "Please sign out first" in answer.content.decode()


def test_the_e_mail_names_neither_agency_nor_purpose(
    by_email: Invitation, agency: Agency, django_capture_on_commit_callbacks: object
) -> None:
    while actions.send_next(agency):
        pass
    (message,) = mail.outbox
    assert message.to == ["nora@home.example"]
    assert message.subject == "You have a message"
    assert address(by_email) in str(message.body)
    assert "riverside" not in str(message.body).lower()
    assert actions.send_next(agency) is False


def test_the_sweep_sends_what_was_never_enqueued_and_sends_it_once(
    by_email: Invitation, agency: Agency
) -> None:
    with tenancy.entering(None):
        sweep()
        sweep()
    assert len(mail.outbox) == 1


def test_a_letter_is_sent_by_nobody(on_paper: Invitation, agency: Agency) -> None:
    assert actions.send_next(agency) is False


def test_the_database_holds_no_code(by_email: Invitation, agency: Agency) -> None:
    row = str(Invitation.objects.within(agency).values().get(pk=by_email.pk))
    assert invitation_codes.code_of(by_email) not in row


def test_an_administrator_invites_and_prints_and_takes_back(
    newcomer: Member, administrator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    desk = login(administrator)
    answer = send(desk, at(agency, "accounts:invite", pk=newcomer.pk), email="")
    letter = desk.get(answer["Location"]).content.decode()
    invitation = Invitation.objects.within(agency).unspent().get(member=newcomer)
    assert codes.shown(invitation_codes.code_of(invitation)) in letter
    assert login(consumer).get(answer["Location"]).status_code == 403
    revoke = at(agency, "accounts:revoke", pk=invitation.pk)
    assert send(desk, revoke).status_code == 302
    assert desk.get(answer["Location"]).status_code == 404
    assert send(desk, revoke).status_code == 403


@pytest.mark.parametrize("email", ["not an address", "a" * 300 + "@b.example", "\x00@b.example"])
def test_an_invitation_needs_a_real_address(
    email: str, newcomer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    answer = send(login(administrator), at(agency, "accounts:invite", pk=newcomer.pk), email=email)
    assert answer.status_code == 422
    assert Invitation.objects.within(agency).count() == 0


def test_somebody_who_signs_in_by_e_mail_needs_no_invitation(
    consumer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    answer = login(administrator).get(at(agency, "accounts:invite", pk=consumer.pk))
    assert answer.status_code == 403
    assert "already signs in" in answer.content.decode()


def test_a_lost_sheet_is_replaced_by_a_letter_and_the_old_ways_end(
    on_paper: Invitation, newcomer: Member, administrator: Member, agency: Agency
) -> None:
    client = Client()
    client.post(address(on_paper, "about-you/"), about(way="codes"))
    sheet = send(client, address(on_paper, "agree/"), member_name="nora", agree="on")
    old = re.findall(r'class="app-code">([A-Z0-9-]+)<', sheet.content.decode())
    again = actions.invite(newcomer, by=administrator)
    fresh = Client()
    fresh.post(address(again, "about-you/"), about(way="password"))
    page = fresh.get(address(again, "agree/")).content.decode()
    assert "member_name" not in page
    send(fresh, address(again, "agree/"), password="river stone lamp", agree="on")
    assert actions.use_code("nora", old[0]) is None
    assert client.get(at(agency, "home_of")).status_code == 302


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"agree": "on"},
        {"agree": "on", "member_name": "x" * 300, "password": "x" * 5000},
        {"agree": "on", "member_name": "\x00", "password": "\x00"},
        {"agree": "on", "member_name": "no spaces!", "password": "river stone lamp"},
        {"agree": "on", "member_name": "nora", "password": "password12"},
        {"agree": "on", "member_name": "taken", "password": "river stone lamp"},
        {"member_name": "nora", "password": "river stone lamp"},
    ],
)
def test_wrong_answers_on_the_last_page_are_explained_and_spend_nothing(
    said: dict[str, str], on_paper: Invitation
) -> None:
    actions.make_user(member_name="taken", password="river stone lamp")
    client = Client()
    client.post(address(on_paper, "about-you/"), about(way="password"))
    answer = send(client, address(on_paper, "agree/"), **said)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    on_paper.refresh_from_db()
    assert on_paper.accepted_at is None
    assert User.objects.filter(member_name="nora").count() == 0


@pytest.mark.parametrize(
    "said", [{}, {"display_name": "x" * 5000, "way": "magic"}, {"display_name": "\x00"}]
)
def test_wrong_answers_about_oneself_are_explained(
    said: dict[str, str], on_paper: Invitation
) -> None:
    answer = Client().post(address(on_paper, "about-you/"), said)
    assert answer.status_code == 422


def test_a_new_administrator_sets_up_a_second_factor_after_accepting(
    administrator: Member, agency: Agency
) -> None:
    member = actions.enter_member(
        by=administrator,
        name="Second Admin",
        display_name="Second",
        since=agency.today(),
        roles=(Role.ADMINISTRATOR,),
    )
    invitation = actions.invite(member, email="second@home.example", by=administrator)
    client = Client()
    client.post(address(invitation, "about-you/"), about(email_level="each"))
    answer = send(client, address(invitation, "agree/"), agree="on")
    assert client.get(answer["Location"])["Location"].startswith("/account/second-factor/")


def test_the_invitation_says_what_an_hour_is_paid_once_a_plan_is_in_force(
    on_paper: Invitation, agency: Agency, administrator: Member
) -> None:
    assert "for an hour" not in Client().get(address(on_paper)).text
    establish(agency)
    version = payment.draft(
        text="We pay people for the time they give.",
        hourly_rate=Decimal("25.00"),
        daily_cap=None,
        due_days=14,
        by=administrator,
    )
    ratified.adopt(version, on=agency.today(), by=administrator)
    assert "We pay $25.00 for an hour." in Client().get(address(on_paper)).text


def test_the_end_of_an_invitation_names_the_next_meeting(
    on_paper: Invitation, newcomer: Member, agency: Agency, administrator: Member
) -> None:
    today = agency.today()
    council = open_group(agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=today)
    seat(council, newcomer, since=today, by=administrator)
    soon = timezone.now() + timedelta(days=2)
    plan_meeting(council, starts_at=soon, place="The old library", by=administrator)
    client = Client()
    client.post(address(on_paper, "about-you/"), about(way="codes"))
    send(client, address(on_paper, "agree/"), member_name="Nora.22", agree="on")
    page = client.get(at(agency, "accounts:welcome")).text
    assert "Your next meeting" in page
    assert "The old library" in page
