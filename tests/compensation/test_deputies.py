"""Deputies of those who approve and pay: for some days, as themselves, and over by itself."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member, RoleGrant
from accounts.permissions import Permission, Role
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.deputies import actions
from compensation.deputies.models import Deputy
from compensation.payments import actions as paying
from compensation.policies import DEPUTY_DAYS
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refused
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_periods import days_later
from tests.compensation.test_vouching import approved, refusing
from tests.conftest import Login, assert_budget

__all__ = ["approved", "council", "earned", "meeting", "plan"]

pytestmark = pytest.mark.usefixtures("plan")


def fresh(member: Member) -> Member:
    found = Member.objects.within(member.agency).get(pk=member.pk)
    found.agency = member.agency
    return found


@pytest.fixture
def deputy(payer: Member, facilitator: Member, agency: Agency) -> Deputy:
    """The facilitator pays for today and tomorrow in the payer's place."""
    today = agency.today()
    return actions.name_deputy(
        facilitator,
        role=Role.PAYER,
        holder=payer,
        since=today,
        last=today + timedelta(days=1),
        by=payer,
    )


def test_a_vacation_stops_no_pay_and_the_role_ends_by_itself(
    deputy: Deputy, approved: Claim, facilitator: Member, agency: Agency
) -> None:
    (payment,) = paying.pay(
        [approved], by=fresh(facilitator), paid_on=agency.today(), method="cash"
    )
    assert payment.paid_by == facilitator
    with days_later(agency, 1):
        assert fresh(facilitator).may(Permission.PAY)
    with days_later(agency, 2):
        assert not fresh(facilitator).may(Permission.PAY)
    named = Event.objects.within(agency).filter(name__in=["deputy.named", "role.granted"])
    assert {each.name for each in named.filter(actor=deputy.named_by)} == {
        "deputy.named",
        "role.granted",
    }


def test_a_deputy_is_neither_two_hands_nor_their_own(
    earned: Claim, payer: Member, approver: Member, consumer: Member, agency: Agency
) -> None:
    """Somebody who stands in for both still counts as one person."""
    today = agency.today()
    for role, holder in ((Role.PAYER, payer), (Role.APPROVER, approver)):
        actions.name_deputy(consumer, role=role, holder=holder, since=today, last=today, by=holder)
    both = fresh(consumer)
    assert both.may(Permission.PAY)
    with pytest.raises(Refused, match="your own"):
        claiming.approve([earned], by=both, on=today)
    cost = claiming.claim_cost(
        member=payer, amount=earned.amount, on=today, what_for="Bus", no_receipt="Lost", by=payer
    )
    (theirs,) = claiming.approve([cost], by=both, on=today)
    with pytest.raises(Refused, match="You approved"):
        paying.pay([theirs], by=both, paid_on=today, method="cash")
    with refusing("paid_by_a_third"):
        Claim.objects.within(agency).filter(pk=theirs.pk).update(paid_by=both, status="paid")


def test_only_who_holds_a_role_or_an_administrator_names_somebody(
    deputy: Deputy,
    payer: Member,
    approver: Member,
    facilitator: Member,
    administrator: Member,
    provider: Member,
    agency: Agency,
) -> None:
    today = agency.today()
    usual: dict[str, Any] = {"role": Role.PAYER, "holder": payer, "since": today, "last": today}
    for by in (approver, facilitator, provider):
        with pytest.raises(Refused):
            actions.name_deputy(provider, by=fresh(by), **usual)
    # What is lent is not lent on, and not every role can be.
    changed: dict[str, Any]
    for changed in ({"holder": facilitator}, {"role": Role.ADMINISTRATOR, "holder": administrator}):
        with pytest.raises(Refused):
            actions.name_deputy(provider, by=administrator, **{**usual, **changed})
    for changed, match in (
        ({"since": today - timedelta(days=1)}, "past"),
        ({"last": today - timedelta(days=1)}, "before the first"),
        ({"last": today + DEPUTY_DAYS.span(agency, today)}, "so long"),
    ):
        with pytest.raises(ValidationError, match=match):
            actions.name_deputy(provider, by=administrator, **{**usual, **changed})
    with pytest.raises(ValidationError, match="already"):
        actions.name_deputy(facilitator, by=administrator, **usual)
    actions.name_deputy(provider, by=administrator, **usual)


def test_it_can_end_early_and_is_shown_on_both_desks(
    deputy: Deputy,
    payer: Member,
    approver: Member,
    facilitator: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    for member, words in ((payer, "stands in for you through"), (facilitator, "You stand in for")):
        assert words in login(member).get(at(agency, "home_of")).text
    url, ending = (
        at(agency, "compensation:deputies"),
        at(agency, "compensation:end_deputy", pk=deputy.pk),
    )
    assert_budget(login(payer), url)
    assert ending not in login(approver).get(url).text
    assert login(approver).get(ending).status_code == 403
    assert url in login(administrator).get(at(agency, "accounts:people")).text
    assert login(payer).post(ending, {"submission": uuid4()}).status_code == 302
    assert not fresh(facilitator).may(Permission.PAY)
    assert login(payer).get(ending).status_code == 403


def test_a_deputy_is_named_on_the_page(
    payer: Member, facilitator: Member, consumer: Member, agency: Agency, login: Login
) -> None:
    client, url = login(payer), at(agency, "compensation:name_deputy")
    page = client.get(url).text
    assert code_of(facilitator) in page
    # That somebody takes part is not for every payer to read.
    assert code_of(consumer) not in page
    grant = RoleGrant.objects.within(agency).get(member=payer)
    today = agency.today()
    sent = {
        "submission": uuid4(),
        "held": code_of(grant),
        "member": code_of(facilitator),
        "since": today.isoformat(),
        "last": (today + timedelta(days=400)).isoformat(),
    }
    assert client.post(url, sent).status_code == 422
    sent["last"] = today.isoformat()
    assert client.post(url, sent).status_code == 302
    assert Deputy.objects.within(agency).get().member == facilitator
    assert login(consumer).get(at(agency, "compensation:deputies")).status_code == 403


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"holder": "member_id"}, "deputy_is_another|stands in for nobody"),
        ({"member": "holder_id"}, "deputy_is_another|stands in for nobody"),
        ({"holder": "{administrator}"}, "stands in for nobody"),
        ({"grant": "{own}"}, "stands in for nobody"),
    ],
)
def test_the_database_knows_no_deputy_without_such_a_grant(
    change: dict[str, str], match: str, deputy: Deputy, administrator: Member, payer: Member
) -> None:
    """What the serving login writes past the actions."""
    own = RoleGrant.objects.within(deputy.agency).get(member=payer)
    usual = {"grant": "grant_id", "member": "member_id", "holder": "holder_id"} | change
    sql = (
        "INSERT INTO compensation_deputy (agency_id, grant_id, member_id, holder_id, named_by_id,"
        " named_on) SELECT agency_id, {grant}, {member}, {holder}, named_by_id, named_on"
        " FROM compensation_deputy"
    )
    with refusing(match):
        execute(sql.format(**usual).format(administrator=administrator.pk, own=own.pk))
    for wrong in (
        "UPDATE compensation_deputy SET holder_id = member_id",
        "DELETE FROM compensation_deputy",
    ):
        with refusing("permission denied"):
            execute(wrong)
