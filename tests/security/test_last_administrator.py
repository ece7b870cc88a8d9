"""An agency always keeps an administrator."""

from datetime import timedelta

import pytest

from accounts.actions import end_membership, end_role
from accounts.models import Member, RoleGrant
from accounts.permissions import Role
from foundation.models import Agency
from foundation.refusals import Refused
from tests.conftest import Enter


def administering(member: Member) -> RoleGrant:
    grants = RoleGrant.objects.within(member.agency).filter(member=member, until=None)
    return grants.get(role=Role.ADMINISTRATOR)


def refuse_to_go(administrator: Member, agency: Agency) -> None:
    with pytest.raises(Refused, match="only administrator"):
        end_role(administering(administrator), by=administrator)
    with pytest.raises(Refused, match="only administrator"):
        end_membership(administrator, on=agency.today(), by=administrator)


def test_one_who_will_go_soon_does_not_count(
    administrator: Member, enter: Enter, agency: Agency
) -> None:
    other = enter("Zed", roles=(Role.ADMINISTRATOR,))
    end_membership(other, on=agency.today() + timedelta(days=7), by=administrator)
    refuse_to_go(administrator, agency)


def test_one_who_cannot_sign_in_does_not_count(
    administrator: Member, enter: Enter, agency: Agency
) -> None:
    other = enter("Zed", roles=(Role.ADMINISTRATOR,))
    Member.objects.within(agency).filter(pk=other.pk).update(user=None)
    refuse_to_go(administrator, agency)


def test_another_who_stays_and_can_sign_in_counts(
    administrator: Member, enter: Enter, agency: Agency
) -> None:
    enter("Zed", roles=(Role.ADMINISTRATOR,))
    end_role(administering(administrator), by=administrator)
    assert Role.ADMINISTRATOR not in Member.objects.within(agency).get(pk=administrator.pk).roles
