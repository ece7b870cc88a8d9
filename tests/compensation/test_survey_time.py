"""Survey time is paid to everybody who was asked, when they are asked, whoever answers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError

from accounts.models import Member
from compensation.claims.models import Claim
from compensation.claims.words import done
from compensation.other_work.models import OtherWork
from compensation.plan.models import RateBasis, WorkKind
from devtools.seating import seat
from devtools.states import state
from foundation.models import Agency
from groups.actions import open_group
from groups.models import GroupKind
from satisfaction.actions import open_round
from satisfaction.models import SurveyRound
from tests.compensation.test_rates import Given, in_force, sql

SURVEY: Given = {WorkKind.SURVEY: (Decimal(10), RateBasis.SESSION)}


@state
def took_part(
    established: None, administrator: Member, consumer: Member, provider: Member, agency: Agency
) -> None:
    """A consumer and staff have had seats in a council for a while."""
    since = agency.today() - timedelta(days=30)
    group = open_group(agency, kind=GroupKind.COUNCIL, name="Council", by=administrator, on=since)
    for member in (consumer, provider):
        seat(group, member, since=since, by=administrator)


def opened(by: Member) -> SurveyRound:
    return open_round(by.agency, by=by, closes=by.agency.today() + timedelta(days=14))


def test_everybody_asked_earns_the_same_at_once(
    took_part: None, administrator: Member, consumer: Member, agency: Agency
) -> None:
    in_force(administrator, SURVEY)
    round_ = opened(administrator)
    rows = OtherWork.objects.within(agency).filter(work=WorkKind.SURVEY)
    asked = set(round_.invitations.values_list("member", flat=True))
    assert {row.member_id for row in rows} == asked
    # Staff are paid by their job.
    claim = Claim.objects.within(agency).exclude(other_work=None).get()
    assert (claim.member, claim.amount) == (consumer, Decimal(10))
    assert "survey" in done(claim)


def test_without_a_rule_nobody_is_paid(
    took_part: None, administrator: Member, agency: Agency
) -> None:
    in_force(administrator, {})
    opened(administrator)
    assert not OtherWork.objects.within(agency).exists()


def test_by_sql_only_who_was_asked_is_paid_and_once(
    took_part: None, administrator: Member, approver: Member, agency: Agency
) -> None:
    in_force(administrator, SURVEY)
    round_ = opened(administrator)
    assert not round_.invitations.filter(member=approver).exists()
    copied = (
        'INSERT INTO compensation_otherwork (agency_id, member_id, work, "on", hours,'
        " survey_number, standing, recorded_by_id, recorded_at)"
        ' SELECT agency_id, {}, work, "on", hours, survey_number, standing, recorded_by_id,'
        " recorded_at FROM compensation_otherwork LIMIT 1"
    )
    for whose in (str(approver.pk), "member_id"):
        with pytest.raises(DatabaseError):
            sql(copied.format(whose))
