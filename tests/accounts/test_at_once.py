"""Two people do the same thing at the same moment: it happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts import actions
from accounts.actions.invitations import Acceptance
from accounts.models import Invitation, Member, PrintedCode, RoleGrant, StandingKind, User
from accounts.permissions import Role
from foundation import tenancy
from foundation.models import Agency
from foundation.refusals import Refused
from tests.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(agency: Agency, *acts: Callable[[], object]) -> list[object]:
    """What each call returns or raises; all run at once, each on its own connection."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            with tenancy.entering(agency):
                ready.wait(10)
                return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_an_invitation_is_spent_once(agency: Agency, administrator: Member) -> None:
    member = actions.enter_member(
        by=administrator,
        name="Nora",
        display_name="Nora",
        since=agency.today(),
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )
    invitation = actions.invite(member, email="nora@home.example", by=administrator)

    def accept(name: str) -> Callable[[], object]:
        return lambda: actions.accept(invitation, Acceptance(name, "en", "", "none"))

    outcomes = at_once(agency, *(accept(f"Nora {number}") for number in range(4)))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 3
    assert User.objects.filter(email="nora@home.example").count() == 1
    assert Invitation.objects.within(agency).get().accepted_at is not None


def test_two_who_take_a_name_at_once_are_told_apart(agency: Agency, administrator: Member) -> None:
    def enter(name: str) -> Callable[[], object]:
        return lambda: actions.enter_member(
            by=administrator, name=name, display_name="Nora", since=agency.today()
        )

    outcomes = at_once(agency, enter("Nora One"), enter("Nora Two"), enter("Nora Three"))
    assert all(isinstance(outcome, Member) for outcome in outcomes), outcomes
    names = Member.objects.within(agency).filter(display_name="Nora").values_list("shown_name")
    assert len(set(names)) == 3
    assert all("#" in name for (name,) in names)


def test_two_administrators_can_not_end_each_other(
    agency: Agency, administrator: Member, enter: Enter
) -> None:
    enter("Otis", roles=(Role.ADMINISTRATOR,))
    first, second = RoleGrant.objects.within(agency).filter(role=Role.ADMINISTRATOR)
    first.member.agency = second.member.agency = agency

    def end(grant: RoleGrant, by: Member) -> Callable[[], object]:
        return lambda: actions.end_role(grant, by=by)

    outcomes = at_once(agency, end(first, second.member), end(second, first.member))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    left = RoleGrant.objects.within(agency).on(agency.today()).filter(role=Role.ADMINISTRATOR)
    assert left.count() == 1


def test_a_printed_code_is_used_once(agency: Agency) -> None:
    user = actions.make_user(member_name="rosa")
    code = actions.print_codes(user)[0]
    outcomes = at_once(agency, *[lambda: actions.use_code("rosa", code)] * 4)
    assert sorted(outcome is None for outcome in outcomes) == [False, True, True, True]
    assert PrintedCode.objects.exclude(used_at=None).count() == 1
