"""Changes to people: roles, standings, leaves, erasure; and what can't change."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import connection

from accounts import actions
from accounts.models import (
    Audience,
    Consent,
    Invitation,
    Member,
    RoleGrant,
    Standing,
    StandingKind,
    User,
)
from accounts.permissions import Role
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from tests.accounts.answers import send
from tests.conftest import Enter, Login


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


def test_a_role_is_given_from_today_and_ended_at_once(
    agency: Agency, administrator: Member, consumer: Member, login: Login, today: date
) -> None:
    desk = login(administrator)
    url = at(agency, "accounts:grant_role", pk=consumer.pk)
    assert send(desk, url, role="facilitator", since=today.isoformat()).status_code == 302
    grant = RoleGrant.objects.within(agency).get(member=consumer)
    again = send(desk, url, role="facilitator", since=today.isoformat())
    assert again.status_code == 422
    assert "has this role already" in again.content.decode()
    past = send(desk, url, role="payer", since=(today - timedelta(days=1)).isoformat())
    assert "begin in the past" in past.content.decode()
    assert send(desk, at(agency, "accounts:end_role", pk=grant.pk)).status_code == 302
    assert RoleGrant.objects.within(agency).on(today).filter(member=consumer).count() == 0
    assert send(desk, at(agency, "accounts:end_role", pk=grant.pk)).status_code == 403


def test_the_last_administrator_stays(
    agency: Agency, administrator: Member, enter: Enter, today: date
) -> None:
    grant = RoleGrant.objects.within(agency).get(member=administrator)
    with pytest.raises(Refused, match="only administrator"):
        actions.end_role(grant, by=administrator)
    with pytest.raises(Refused, match="only administrator"):
        actions.end_membership(administrator, on=today, by=administrator)
    other = enter("Otis", roles=(Role.ADMINISTRATOR,))
    actions.end_role(grant, by=administrator)
    with pytest.raises(Refused):
        actions.erase(other, by=other)


def test_standings_are_dated_and_several_hold_at_once(
    agency: Agency, administrator: Member, provider: Member, login: Login, today: date
) -> None:
    desk = login(administrator)
    url = at(agency, "accounts:write_standing", pk=provider.pk)
    said = {"kind": "primary_consumer", "employed_peer": "on", "since": today.isoformat()}
    assert send(desk, url, **said).status_code == 302
    kinds = Standing.objects.within(agency).on(today).filter(member=provider)
    assert set(kinds.values_list("kind", flat=True)) == {"provider", "primary_consumer"}
    assert send(desk, url, **said).status_code == 422
    wrong = {"kind": "manager", "employed_peer": "on", "since": today.isoformat()}
    assert send(desk, url, **wrong).status_code == 422
    standing = kinds.get(kind="primary_consumer")
    end = at(agency, "accounts:end_standing", pk=standing.pk)
    assert send(desk, end, on="2000-01-01").status_code == 422
    assert send(desk, end, on=today.isoformat()).status_code == 302
    assert kinds.count() == 1


def test_who_prefers_not_to_say_is_not_pressed(
    agency: Agency, administrator: Member, consumer: Member, login: Login, today: date
) -> None:
    me, desk = login(consumer), login(administrator)
    mine = at(agency, "accounts:my_standing")
    assert send(me, mine, to="silence").status_code == 302
    held = Standing.objects.within(agency).on(today).filter(member=consumer)
    assert list(held.values_list("kind", flat=True)) == ["undisclosed"]
    write = at(agency, "accounts:write_standing", pk=consumer.pk)
    said = {"kind": "primary_consumer", "since": today.isoformat()}
    for answer in (desk.get(write), send(desk, write, **said)):
        assert answer.status_code == 403
        assert "prefers not to say" in answer.content.decode()
    end = at(agency, "accounts:end_standing", pk=held.get().pk)
    assert send(desk, end, on=today.isoformat()).status_code == 403
    assert send(me, mine, to="speak").status_code == 302
    assert send(desk, write, **said).status_code == 302


def test_leaving_ends_roles_standings_and_the_way_in(
    agency: Agency, administrator: Member, facilitator: Member, login: Login, today: date
) -> None:
    client = login(facilitator)
    assert client.get(at(agency, "home_of")).status_code == 200
    url = at(agency, "accounts:end_membership", pk=facilitator.pk)
    desk = login(administrator)
    assert send(desk, url, on="2000-01-01").status_code == 422
    assert send(desk, url, on=today.isoformat()).status_code == 302
    assert client.get(at(agency, "accounts:people")).status_code == 404
    assert not RoleGrant.objects.within(agency).on(today).filter(member=facilitator).exists()
    assert not Standing.objects.within(agency).on(today).filter(member=facilitator).exists()
    former = desk.get(at(agency, "accounts:people") + "?former=1").content.decode()
    assert "Femi" in former


def everything_about(member: Member) -> str:
    """Everything that any table holds in this agency, as text."""
    with connection.cursor() as cursor:
        # Nobody reads archived rows; `tests/privacy` looks at them as the superuser.
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r' AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        kept = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - from the catalog
            kept += [row for (row,) in cursor.fetchall()]
    return "\n".join(kept)


def test_erasing_leaves_no_name_and_no_way_in_anywhere(
    agency: Agency, administrator: Member, enter: Enter, login: Login, today: date
) -> None:
    member = enter("Zelda", StandingKind.PRIMARY_CONSUMER)
    client = login(member)
    assert client.get(at(agency, "accounts:me")).status_code == 200
    assert member.user is not None
    EmailAddress.objects.create(user=member.user, email="zelda@home.example", verified=True)
    actions.give_consent(member, audience=Audience.AGENCY, by=member)
    actions.change_own_profile(
        by=member,
        version=1,
        display_name="Zelda Z",
        addition="the zeldas",
        language="en",
        email_level="each",  # type: ignore[arg-type]
        contact="zelda 555 0199",
    )
    assert "zelda" in everything_about(member).lower()
    url = at(agency, "accounts:erase", pk=member.pk)
    desk = login(administrator)
    assert "can’t be undone" in desk.get(url).content.decode()
    assert send(desk, url).status_code == 422
    assert send(desk, url, sure="on").status_code == 302
    assert "zelda" not in everything_about(member).lower()
    member.refresh_from_db()
    assert str(member) == "Former member"
    assert Consent.objects.within(agency).on(today).count() == 0
    assert client.get(at(agency, "accounts:me"))["Location"].startswith("/account/login/")
    assert Event.objects.within(agency).filter(name="member.erased", subject_id=member.pk).exists()
    assert desk.get(url).status_code == 403


def test_erasing_in_one_agency_leaves_the_other_as_it_was(
    agency: Agency, administrator: Member, consumer: Member, outsider: Member, login: Login
) -> None:
    assert consumer.user is not None
    with tenancy.entering(outsider.agency):
        other = actions.enter_member(
            by=outsider,
            name="Rosa Example",
            display_name="Rosa H",
            since=outsider.agency.today(),
            user=consumer.user,
        )
    actions.erase(consumer, by=administrator)
    with tenancy.entering(outsider.agency):
        other.refresh_from_db()
    assert other.display_name == "Rosa H"
    assert User.objects.get(pk=str(other.user_id)).is_active
    assert login(other).get(at(other.agency, "home_of")).status_code == 200


def test_erasing_deletes_an_invitation_with_its_address(
    agency: Agency, administrator: Member
) -> None:
    member = actions.enter_member(
        by=administrator, name="Ned", display_name="Ned", since=agency.today()
    )
    actions.invite(member, email="ned@home.example", by=administrator)
    actions.erase(member, by=administrator)
    assert not Invitation.objects.within(agency).exists()


def test_an_administrator_of_one_agency_gives_nobody_a_new_way_into_another(
    agency: Agency, administrator: Member, outsider: Member
) -> None:
    user = actions.make_user(member_name="both")
    member = actions.enter_member(
        by=administrator, name="B", display_name="B", since=agency.today(), user=user
    )
    with tenancy.entering(outsider.agency):
        actions.enter_member(
            by=outsider, name="B", display_name="B", since=outsider.agency.today(), user=user
        )
    with pytest.raises(Refused, match="another agency"):
        actions.invite(member, by=administrator)


def test_nobody_who_took_part_before_accepts_as_somebody_new(
    agency: Agency, administrator: Member, consumer: Member, today: date
) -> None:
    user = consumer.user
    assert user is not None
    again = actions.enter_member(by=administrator, name="Rosa", display_name="Rosa", since=today)
    invitation = actions.invite(again, email="rosa@home.example", by=administrator)
    actions.end_membership(consumer, on=today, by=administrator)
    user.email = "rosa@home.example"
    user.save()
    said = actions.invitations.Acceptance("Rosa", "en", "", "none", user=user)
    with pytest.raises(ValidationError, match="took part here before"):
        actions.accept(invitation, said)
    consumer.refresh_from_db()
    again.refresh_from_db()
    assert (again.user, consumer.user) == (None, user)


def test_an_address_of_somebody_who_takes_part_is_not_invited_again(
    agency: Agency, administrator: Member, consumer: Member
) -> None:
    member = actions.enter_member(
        by=administrator, name="N", display_name="N", since=agency.today()
    )
    with pytest.raises(ValidationError, match="uses this address already"):
        actions.invite(member, email="Rosa@riverside.example", by=administrator)


def test_nothing_of_another_agency_is_changed(
    agency: Agency, administrator: Member, outsider: Member
) -> None:
    with pytest.raises(Member.DoesNotExist):
        actions.erase(outsider, by=administrator)
    with pytest.raises(Member.DoesNotExist):
        actions.grant_role(outsider, role=Role.PAYER, since=agency.today(), by=administrator)


def test_a_profile_is_changed_and_shown(agency: Agency, consumer: Member, login: Login) -> None:
    client = login(consumer)
    url = at(agency, "accounts:edit_me")
    assert client.get(url).status_code == 200
    said = {"display_name": "Ro", "email_level": "none", "contact": "desk", "version": "1"}
    assert send(client, url, **said).status_code == 302
    page = client.get(at(agency, "accounts:me")).content.decode()
    assert "Ro" in page
    assert "No e-mail" in page
    assert send(client, url, **said).status_code == 422


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"display_name": "", "email_level": "each", "version": "1"},
        {"display_name": "x" * 61, "email_level": "each", "version": "1"},
        {"display_name": "\x00", "email_level": "often", "version": "1"},
        {"display_name": "Ro", "email_level": "each", "version": "9" * 40},
    ],
)
def test_a_wrong_profile_is_explained_and_not_kept(
    said: dict[str, str], agency: Agency, consumer: Member, login: Login
) -> None:
    answer = send(login(consumer), at(agency, "accounts:edit_me"), **said)
    assert answer.status_code == 422
    consumer.refresh_from_db()
    assert consumer.display_name == "Rosa"
