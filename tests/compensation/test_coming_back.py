"""People who leave and return keep their money, and decide nothing about it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions import bring_back, end_membership, grant_role
from accounts.models import Member
from accounts.permissions import Role
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments import actions as paying
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from tests.conftest import Login


@pytest.fixture
def returned(earned: Claim, consumer: Member, administrator: Member, agency: Agency) -> Member:
    """They earned something, left, returned, and now approve and pay."""
    end_membership(consumer, on=agency.today(), by=administrator)
    back = bring_back(consumer, by=administrator)
    for role in (Role.APPROVER, Role.PAYER):
        grant_role(back, role=role, since=agency.today(), by=administrator)
    found = Member.objects.within(agency).get(pk=back.pk)
    found.agency = agency
    return found


def test_who_comes_back_approves_nothing_that_they_earned_before(
    earned: Claim, returned: Member, agency: Agency
) -> None:
    with pytest.raises(Refused, match="your own"):
        claiming.approve([earned], by=returned, on=agency.today())


def test_who_comes_back_pays_nothing_that_they_earned_before(
    earned: Claim, returned: Member, approver: Member, agency: Agency
) -> None:
    claiming.approve([earned], by=approver, on=agency.today())
    earned.refresh_from_db()
    with pytest.raises(Refused, match="pay yourself"):
        paying.pay([earned], by=returned, paid_on=agency.today(), method="check")


def test_the_database_lets_nobody_who_came_back_approve_their_own(
    earned: Claim, returned: Member
) -> None:
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE compensation_claim SET status = 'approved', approved_by_id = %s,"
            " approved_on = service_on WHERE id = %s",
            [returned.pk, earned.pk],
        )


def test_what_was_earned_before_is_seen_while_away_and_after(
    earned: Claim, consumer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    browser = login(consumer)
    url = at(agency, "compensation:my_payments")
    end_membership(consumer, on=agency.today(), by=administrator)
    assert str(Decimal("40.00")) in browser.get(url).content.decode()
    bring_back(consumer, by=administrator)
    assert str(Decimal("40.00")) in browser.get(url).content.decode()


def test_who_left_before_choosing_chooses_by_themselves(
    earned: Claim, consumer: Member, administrator: Member, agency: Agency, login: Login
) -> None:
    browser = login(consumer)
    end_membership(consumer, on=agency.today(), by=administrator)
    for page in ("choose", "decline", "donate", "claim_cost"):
        assert browser.get(at(agency, f"compensation:{page}")).status_code == 200
