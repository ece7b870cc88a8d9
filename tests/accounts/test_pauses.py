"""Pausing access: at once, by somebody else, for limited days; nothing else changes."""

from datetime import date, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions, invitation_codes, rules
from accounts.models import (
    AccessLog,
    Member,
    Pause,
    PauseEnd,
    PauseReason,
    PrintedCode,
    StandingKind,
)
from accounts.permissions import Role
from accounts.policies import PAUSE, PAUSE_LONGER, PAUSE_WINDOW
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from notifications.models import Email, Message
from tests.accounts.answers import send
from tests.accounts.test_sign_in import sign_in_by_email
from tests.conftest import Enter, Login, assert_budget

DESK = "555-0100, at the front desk"


def pause(member: Member, by: Member, reason: str = PauseReason.THREAT) -> Pause:
    return actions.pause_access(member, reason=reason, answer_to=DESK, by=by)


@pytest.fixture
def second_administrator(enter: Enter) -> Member:
    return enter("Bea", StandingKind.OTHER, roles=(Role.ADMINISTRATOR,))


def is_paused(client: Client, agency: Agency) -> bool:
    """Whether the agency shows only the page of the pause."""
    answer = client.get(at(agency, "home_of"))
    shown = "accounts/paused.html" in [part.name for part in answer.templates]
    assert shown == (answer.status_code == 403)
    return shown


def test_a_session_that_runs_ends_and_every_page_answers_with_the_pause(
    agency: Agency, administrator: Member, facilitator: Member, login: Login
) -> None:
    client = Client()
    sign_in_by_email(client, "femi@riverside.example")
    assert not is_paused(client, agency)
    made = pause(facilitator, administrator)
    assert not Session.objects.filter(session_key=client.session.session_key).exists()
    assert client.get(at(agency, "home_of"))["Location"].startswith("/account/login/")
    client = login(facilitator)
    for name in ("home_of", "accounts:people", "accounts:me", "help", "notifications:inbox"):
        for answer in (client.get(at(agency, name)), client.post(at(agency, name))):
            assert answer.status_code == 403
            page = answer.content.decode()
            assert DESK in page
            assert "app-nav" not in page
    with time_machine.travel(timezone.now() + PAUSE.span, tick=False):
        assert agency.today() == made.until
        assert not is_paused(login(facilitator), agency)


def test_every_way_to_sign_in_leads_to_the_pause(
    agency: Agency, administrator: Member, consumer: Member
) -> None:
    assert consumer.user is not None
    consumer.user.member_name = "rosa"
    consumer.user.set_password("river stone lamp")
    consumer.user.save()
    code = actions.print_codes(consumer.user)[0]
    pause(consumer, administrator)
    by_code, by_password, by_sheet = Client(), Client(), Client()
    sign_in_by_email(by_code, "rosa@riverside.example")
    by_password.post("/account/login/", {"login": "rosa", "password": "river stone lamp"})
    by_sheet.post("/account/codes/", {"member_name": "rosa", "code": code})
    for client in (by_code, by_password, by_sheet):
        assert "_auth_user_id" in client.session
        assert is_paused(client, agency)


def test_another_agency_of_the_same_person_stays_open(
    agency: Agency, administrator: Member, consumer: Member, outsider: Member, login: Login
) -> None:
    with tenancy.entering(outsider.agency):
        there = actions.enter_member(
            by=outsider,
            name="Rosa Example",
            display_name="Rosa",
            since=outsider.agency.today(),
            user=consumer.user,
        )
    assert consumer.user is not None
    consumer.user.set_password("river stone lamp")
    consumer.user.save()
    pause(consumer, administrator, PauseReason.TAKEN_OVER)
    client = login(consumer)
    assert is_paused(client, agency)
    assert client.get(at(there.agency, "home_of")).status_code == 200
    # One agency does not close ways into another.
    consumer.user.refresh_from_db()
    assert consumer.user.has_usable_password()


def test_pages_without_a_name_stay_open(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    pause(consumer, administrator)
    client = login(consumer)
    for url in ("/privacy/", "/o/accounts/invitation/", "/account/ways/"):
        assert client.get(url).status_code == 200


def test_who_is_told_and_how(
    agency: Agency, administrator: Member, second_administrator: Member, consumer: Member
) -> None:
    consumer.email_level = "none"
    consumer.save()
    made = pause(consumer, administrator)
    messages = Message.objects.within(agency).filter(subject_type="pause")
    assert set(messages.values_list("member", "code")) == {
        (consumer.pk, "access.paused"),
        (second_administrator.pk, "access_of.paused"),
    }
    assert Email.objects.within(agency).filter(member=consumer).count() == 1
    # Neither events nor messages say why.
    told = Event.objects.within(agency).get(name="access.paused")
    assert told.data == {"member": consumer.pk}
    assert all(row.data == {} for row in messages)
    actions.resume_access(made, why=PauseEnd.SETTLED, by=administrator)
    assert set(messages.filter(code__endswith="resumed").values_list("member", flat=True)) == {
        consumer.pk,
        second_administrator.pk,
    }
    assert not any("threat" in str(letter.body).lower() for letter in mail.outbox)


def test_an_administrator_who_is_paused_is_told_and_is_nobodys_second_administrator(
    agency: Agency, administrator: Member, second_administrator: Member, consumer: Member
) -> None:
    pause(second_administrator, administrator)
    messages = Message.objects.within(agency).filter(subject_type="pause")
    assert set(messages.values_list("member", flat=True)) == {second_administrator.pk}
    pause(consumer, administrator)
    assert not messages.filter(member=second_administrator, code="access_of.paused").exists()
    # The remaining one stays administrator meanwhile.
    grant = administrator.grants.get()
    with pytest.raises(Refused, match="only administrator"):
        actions.end_role(grant, by=administrator)


def test_who_can_be_paused_by_whom(
    agency: Agency,
    administrator: Member,
    second_administrator: Member,
    consumer: Member,
    facilitator: Member,
    committee_chair: Member,
) -> None:
    for by in (facilitator, committee_chair, consumer):
        with pytest.raises(Refused):
            pause(second_administrator, by)
    with pytest.raises(Refused, match="your own"):
        pause(administrator, administrator)
    pause(second_administrator, administrator)
    with pytest.raises(Refused, match="paused already"):
        pause(second_administrator, administrator)
    # Once it takes effect, the other can't strike back.
    with pytest.raises(Refused, match="Your own access"):
        pause(administrator, second_administrator)
    (row,) = Pause.objects.within(agency)
    with pytest.raises(Refused):
        actions.resume_access(row, why=PauseEnd.MISTAKE, by=second_administrator)


@pytest.mark.parametrize(
    ("reason", "answer_to", "field"),
    [("anger", DESK, "reason"), ("", DESK, "reason"), (PauseReason.THREAT, "  ", "answer_to")],
)
def test_a_reason_and_a_place_to_answer_are_needed(
    reason: str, answer_to: str, field: str, agency: Agency, administrator: Member, consumer: Member
) -> None:
    with pytest.raises(ValidationError) as error:
        actions.pause_access(consumer, reason=reason, answer_to=answer_to, by=administrator)
    assert list(error.value.error_dict) == [field]
    assert not Pause.objects.within(agency).exists()


def test_pausing_again_for_the_same_reason_adds_up(
    agency: Agency, administrator: Member, consumer: Member
) -> None:
    start = timezone.now()

    def after(days: int) -> time_machine.travel:
        return time_machine.travel(start + timedelta(days=days), tick=False)

    first = pause(consumer, administrator)
    assert first.until - first.since == PAUSE.span
    with after(4):
        actions.resume_access(first, why=PauseEnd.SETTLED, by=administrator)
        again = pause(consumer, administrator)
        assert (again.until - again.since).days == PAUSE.value - 4
    with after(PAUSE.value):
        assert rules.running_pause(consumer, agency.today()) is None
        with pytest.raises(ValidationError) as error:
            pause(consumer, administrator)
        assert "reason" in error.value.error_dict
        # A pause for another reason is separate.
        assert pause(consumer, administrator, PauseReason.COURT_ORDER).runs(agency.today())
    with after(PAUSE.value + PAUSE_WINDOW.value):
        assert rules.days_left(consumer, PauseReason.THREAT, agency.today()) == PAUSE.value


def test_an_account_in_other_hands_is_closed_and_opens_by_a_fresh_letter(
    agency: Agency, administrator: Member, consumer: Member
) -> None:
    user = actions.make_user(member_name="rosa", password="river stone lamp")
    consumer.user = user
    consumer.save()
    actions.print_codes(user)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    old = actions.invite(consumer, by=administrator)
    made = pause(consumer, administrator, PauseReason.TAKEN_OVER)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not PrintedCode.objects.filter(user=user).exists()
    assert not Authenticator.objects.filter(user=user).exists()

    def page(row: object) -> int:
        code = invitation_codes.code_of(row)  # type: ignore[arg-type]
        return Client().get(f"/o/accounts/invitation/{code}/").status_code

    assert page(old) == 410
    fresh = actions.invite(consumer, by=administrator)
    assert page(fresh) == 200
    actions.resume_access(made, why=PauseEnd.SAFE_AGAIN, by=administrator)
    assert page(fresh) == 200


def test_nobody_changes_how_such_an_account_is_opened_meanwhile(
    agency: Agency, administrator: Member, consumer: Member, second_consumer: Member, login: Login
) -> None:
    pause(consumer, administrator, PauseReason.TAKEN_OVER)
    pause(second_consumer, administrator, PauseReason.HARASSMENT)
    assert consumer.user is not None
    consumer.user.refresh_from_db()
    closed = ("email/", "password/change/", "password/set/", "codes/print/", "2fa/totp/activate/")
    for path in (*closed, "2fa/webauthn/add/", "2fa/recovery-codes/generate/"):
        assert login(consumer).get(f"/account/{path}").status_code == 403, path
        assert login(second_consumer).get(f"/account/{path}").status_code != 403, path


def test_an_invitation_lets_nobody_past_a_pause(
    agency: Agency, administrator: Member, enter: Enter
) -> None:
    newcomer = enter("Nora")
    newcomer.user = None
    newcomer.save()
    invitation = actions.invite(newcomer, by=administrator)
    code = invitation_codes.code_of(invitation)
    url = f"/o/accounts/invitation/{code}/"
    assert Client().get(url).status_code == 200
    made = pause(newcomer, administrator)
    assert Client().get(url).status_code == 410
    with pytest.raises(Refused, match="paused"):
        actions.invite(newcomer, by=administrator)
    actions.resume_access(made, why=PauseEnd.MISTAKE, by=administrator)
    assert Client().get(url).status_code == 200


def test_the_pages_of_an_administrator(
    agency: Agency, administrator: Member, consumer: Member, login: Login
) -> None:
    desk = login(administrator)
    person = at(agency, "accounts:member", pk=consumer.pk)
    ask = at(agency, "accounts:pause_access", pk=consumer.pk)
    assert ask in desk.get(person).content.decode()
    assert ask not in desk.get(at(agency, "accounts:member", pk=administrator.pk)).content.decode()
    assert desk.get(at(agency, "accounts:pause_access", pk=administrator.pk)).status_code == 403
    assert send(desk, ask, reason="threat", answer_to="").status_code == 422
    answer = send(desk, ask, reason="threat", answer_to=DESK)
    (made,) = Pause.objects.within(agency)
    page = at(agency, "accounts:pause", pk=made.pk)
    assert answer["Location"] == page
    assert ask not in desk.get(person).content.decode()
    for name in ("accounts:pause_letter", "accounts:resume_access"):
        url = at(agency, name, pk=made.pk)
        assert url in desk.get(page).content.decode()
        assert desk.get(url).status_code == 200
    assert page in desk.get(at(agency, "accounts:pauses")).content.decode()
    send(desk, at(agency, "accounts:resume_access", pk=made.pk), why="mistake")
    made.refresh_from_db()
    assert (made.ended_why, made.until) == (PauseEnd.MISTAKE, agency.today())
    assert ask in desk.get(person).content.decode()
    # The person sees all of it: the pause, what was done, and who looked.
    client = login(consumer)
    assert client.get(page).status_code == 200
    assert client.get(at(agency, "accounts:pause_letter", pk=made.pk)).status_code == 403
    changes = client.get(at(agency, "accounts:changes")).content.decode()
    assert "Your access to the portal was paused." in changes
    assert "/not-me/" not in changes
    event = Event.objects.within(agency).get(name="access.paused")
    denied = client.post(at(agency, "accounts:not_me", pk=event.pk))
    assert denied.status_code == 403
    looks = AccessLog.objects.within(agency).filter(about=consumer, what="pause")
    assert looks.filter(reader=administrator).exists()


def test_a_pause_does_not_exist_for_others(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    facilitator: Member,
    second_consumer: Member,
    manager: Member,
    login: Login,
) -> None:
    made = pause(consumer, administrator)
    for reader in (facilitator, second_consumer, manager):
        client = login(reader)
        assert client.get(at(agency, "accounts:pause", pk=made.pk)).status_code == 404
        assert client.get(at(agency, "accounts:pauses")).status_code == 403
        assert client.get(at(agency, "accounts:pause_letter", pk=made.pk)).status_code == 403
    page = login(facilitator).get(at(agency, "accounts:member", pk=consumer.pk)).content.decode()
    assert "aused" not in page


def test_the_lists_of_pauses_stay_flat(
    agency: Agency, administrator: Member, enter: Enter, login: Login
) -> None:
    desk, url = login(administrator), at(agency, "accounts:pauses")
    pause(enter("Person 0"), administrator)
    one = assert_budget(desk, url)
    for number in range(1, 8):
        pause(enter(f"Person {number}"), administrator)
    assert assert_budget(desk, url) <= one


ATTACKS = [
    "INSERT INTO accounts_pause (agency_id, member_id, by_id, reason, answer_to, since, until, at,"
    " ended_why) SELECT agency_id, member_id, by_id, 'harassment', 'x', until, until + {long} + 1,"
    " at, '' FROM accounts_pause WHERE id = {pk}",
    "INSERT INTO accounts_pause (agency_id, member_id, by_id, reason, answer_to, since, until, at,"
    " ended_why) SELECT agency_id, member_id, by_id, reason, 'x', until, until + 1, at, ''"
    " FROM accounts_pause WHERE id = {pk}",
    "INSERT INTO accounts_pause (agency_id, member_id, by_id, reason, answer_to, since, until, at,"
    " ended_why, decision_id) SELECT agency_id, member_id, by_id, 'harassment', 'x', until,"
    " until + 99, at, '', 1 FROM accounts_pause WHERE id = {pk}",
    "INSERT INTO accounts_pause (agency_id, member_id, by_id, reason, answer_to, since, until, at,"
    " ended_why) SELECT agency_id, by_id, by_id, 'harassment', 'x', since, since + 1, at, ''"
    " FROM accounts_pause WHERE id = {pk}",
    "UPDATE accounts_pause SET until = until + 1 WHERE id = {pk}",
    "UPDATE accounts_pause SET until = until + {longer} + 1, decision_id = 1 WHERE id = {pk}",
    "UPDATE accounts_pause SET since = since + 1, until = until + 1 WHERE id = {pk}",
    "UPDATE accounts_pause SET until = until - 1 WHERE id = {pk}",
    "UPDATE accounts_pause SET reason = 'harassment' WHERE id = {pk}",
    "UPDATE accounts_pause SET by_id = member_id WHERE id = {pk}",
    "UPDATE accounts_pause SET ended_at = at, ended_by_id = member_id, ended_why = 'mistake',"
    " until = since WHERE id = {pk}",
    "UPDATE accounts_pause SET ended_at = at, ended_by_id = by_id, ended_why = 'decided',"
    " until = since WHERE id = {pk}",
    "UPDATE accounts_pause SET ended_at = at, ended_by_id = by_id, ended_why = 'mistake',"
    " until = until + 1, decision_id = 1 WHERE id = {pk}",
    "DELETE FROM accounts_pause WHERE id = {pk}",
    "TRUNCATE accounts_pause CASCADE",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_a_pause_as_it_was_given(
    attack: str, agency: Agency, administrator: Member, consumer: Member
) -> None:
    made = pause(consumer, administrator)
    statement = attack.format(pk=made.pk, long=PAUSE.value, longer=PAUSE_LONGER.value)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Pause.objects.within(agency).get() == made


def test_an_ended_pause_is_not_taken_up_again(
    agency: Agency, administrator: Member, consumer: Member
) -> None:
    made = pause(consumer, administrator)
    actions.resume_access(made, why=PauseEnd.MISTAKE, by=administrator)
    undo = "UPDATE accounts_pause SET ended_at = NULL, ended_by_id = NULL, ended_why = ''"
    with pytest.raises(Error, match="ended"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(undo)


def test_the_database_counts_the_days_as_the_rule_does(
    agency: Agency, administrator: Member, consumer: Member
) -> None:
    """Day by day: what the rule still allows is accepted, one more day is not."""
    made = pause(consumer, administrator)
    insert = (
        "INSERT INTO accounts_pause (agency_id, member_id, by_id, reason, answer_to, since, until,"
        " at, ended_why) SELECT agency_id, member_id, by_id, reason, 'x', %s, %s, at, ''"
        " FROM accounts_pause WHERE id = %s"
    )

    def goes_in(since: date, days: int) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(insert, [since, since + timedelta(days=days), made.pk])
                transaction.set_rollback(True)
        except Error:
            return False
        return True

    for day in range(PAUSE.value, PAUSE.value + PAUSE_WINDOW.value + 2):
        on = made.since + timedelta(days=day)
        left = rules.days_left(consumer, made.reason, on)
        assert goes_in(on, left) or not left
        assert not goes_in(on, left + 1)
