"""The committee's role and a seat there are one fact: without the seat the role is dormant."""

from datetime import timedelta

import pytest

from accounts.models import Member, StandingKind
from accounts.permissions import Permission, Role
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import end_seat, open_group
from groups.models import Group, GroupKind
from tests.conftest import Enter, Login


@pytest.fixture
def committee(agency: Agency, administrator: Member) -> Group:
    return open_group(
        agency,
        kind=GroupKind.COMMITTEE,
        name="Oversight committee",
        by=administrator,
        on=agency.today() - timedelta(days=60),
    )


def now(member: Member) -> Member:
    found = Member.objects.within(member.agency).get(pk=member.pk)
    found.agency = member.agency
    return found


def test_who_has_given_up_their_seat_oversees_no_more(
    committee: Group, committee_chair: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    today = agency.today()
    held = seat(committee, committee_chair, since=today - timedelta(days=30), by=administrator)
    browser = login(committee_chair)
    assert now(committee_chair).may(Permission.OVERSEE)
    end_seat(held, on=today, by=committee_chair)
    assert Role.COMMITTEE not in now(committee_chair).roles
    overseers = Member.objects.within(agency).with_permission(Permission.OVERSEE, today)
    assert not overseers.filter(pk=committee_chair.pk).exists()
    before = Member.objects.within(agency).with_permission(
        Permission.OVERSEE, today - timedelta(days=1)
    )
    assert before.filter(pk=committee_chair.pk).exists()
    assert browser.get(at(agency, "home_of")).status_code == 200
    page = login(administrator).get(at(agency, "accounts:member", pk=committee_chair.pk))
    assert "it rests" in page.text


def test_another_role_does_not_depend_on_a_seat(
    committee: Group, enter: Enter, administrator: Member, agency: Agency
) -> None:
    today = agency.today()
    helper = enter("Hana", StandingKind.PRIMARY_CONSUMER, roles=(Role.FACILITATOR,))
    held = seat(committee, helper, since=today - timedelta(days=30), by=administrator)
    end_seat(held, on=today, by=helper)
    assert now(helper).roles == {Role.FACILITATOR}
