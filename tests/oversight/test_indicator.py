from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from devtools import committee
from devtools.seating import give_office, seat
from foundation.models import Agency
from groups.actions.meetings import plan_meeting, record_attendance
from groups.actions.seats import change_office, end_seat
from groups.models import Group, Meeting, Office, Seat
from indicators import registry
from indicators.engine import evaluate
from indicators.registry import Outcome, Verdict
from oversight.answers_due import answers_due
from oversight.models import ManagementResponse, Recommendation
from tests.conftest import Enter

pytestmark = pytest.mark.usefixtures("established")

Meet = Callable[..., Meeting]


def found(agency: Agency, code: str, on: date) -> Outcome:
    indicator = registry.find("oversight")
    assert indicator is not None
    result = evaluate([agency.pk], on, indicators=[indicator])[agency.pk]["oversight"]
    return next(judged.outcome for judged in result.judged if judged.code == code)


@pytest.fixture
def meet(committee_group: Group, administrator: Member) -> Meet:
    """Hold a meeting: `meet(day, committee_chair, provider)`."""

    def meet(on: date, *present: Member) -> Meeting:
        starts = datetime.combine(on, time(18), tzinfo=UTC)
        meeting = plan_meeting(committee_group, starts_at=starts, by=administrator)
        record_attendance(
            meeting, present={member: Decimal(1) for member in present}, by=administrator
        )
        return meeting

    return meet


def test_without_a_committee_nothing_can_be_said(agency: Agency, today: date) -> None:
    for code in ("charter_in_force", "consumer_majority", "consumer_leads", "met_with_quorum"):
        assert found(agency, code, today).verdict is Verdict.NO_DATA


def test_a_committee_without_a_charter_lacks_one(
    agency: Agency, committee_group: Group, today: date
) -> None:
    assert found(agency, "charter_in_force", today).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("consumers", "others", "verdict"),
    [
        (0, 1, Verdict.FAIL),
        (1, 0, Verdict.PASS),
        (1, 1, Verdict.FAIL),
        (2, 1, Verdict.PASS),
        (2, 2, Verdict.FAIL),
        (3, 2, Verdict.PASS),
    ],
)
def test_consumers_hold_more_than_half_of_the_filled_voting_seats(
    agency: Agency,
    administrator: Member,
    committee_group: Group,
    committee_chair: Member,
    advisor: Member,
    enter: Enter,
    today: date,
    long_ago: date,
    consumers: int,
    others: int,
    verdict: Verdict,
) -> None:
    (chair,) = Seat.objects.within(agency).filter(member=committee_chair)
    if not consumers:
        end_seat(chair, on=today, by=committee_chair)
    for number in range(consumers - 1):
        member = enter(f"Consumer {number}", StandingKind.PRIMARY_CONSUMER)
        seat(committee_group, member, since=long_ago, by=administrator)
    for number in range(others):
        member = enter(f"Provider {number}", StandingKind.PROVIDER)
        seat(committee_group, member, since=long_ago, by=administrator)
    assert found(agency, "consumer_majority", today).verdict is verdict


def test_an_empty_committee_is_no_data_never_a_pass(
    agency: Agency, committee_group: Group, today: date
) -> None:
    for each in Seat.objects.within(agency).filter(group=committee_group):
        end_seat(each, on=today, by=each.member)
    assert found(agency, "consumer_majority", today).verdict is Verdict.NO_DATA


def test_a_consumer_leads_as_chair_or_co_chair_and_as_of_the_day(
    agency: Agency,
    administrator: Member,
    committee_group: Group,
    committee_chair: Member,
    today: date,
) -> None:
    (chair,) = Seat.objects.within(agency).filter(member=committee_chair)
    assert found(agency, "consumer_leads", today).verdict is Verdict.PASS
    changed = change_office(chair, office=Office.NONE, on=today, by=committee_chair)
    assert found(agency, "consumer_leads", today).verdict is Verdict.FAIL
    assert found(agency, "consumer_leads", today - timedelta(days=1)).verdict is Verdict.PASS
    give_office(changed, office=Office.CO_CHAIR, on=today, by=administrator)
    assert found(agency, "consumer_leads", today).verdict is Verdict.PASS


def test_nothing_that_is_said_names_or_counts_the_people_of_the_committee(
    agency: Agency, committee_group: Group, today: date
) -> None:
    for code in ("consumer_majority", "consumer_leads"):
        outcome = found(agency, code, today)
        assert outcome.params == {}
        assert outcome.value is None
        assert {each.subject_type for each in outcome.evidence} == {"group"}


def test_a_chair_without_consumers_says_the_same_as_no_chair_at_all(
    agency: Agency,
    administrator: Member,
    committee_group: Group,
    committee_chair: Member,
    provider: Member,
    today: date,
    long_ago: date,
) -> None:
    (chair,) = Seat.objects.within(agency).filter(member=committee_chair)
    change_office(chair, office=Office.NONE, on=today, by=committee_chair)
    nobody = found(agency, "consumer_leads", today)
    seat(committee_group, provider, office=Office.CHAIR, since=today, by=administrator)
    assert found(agency, "consumer_leads", today) == nobody


@pytest.mark.parametrize(
    ("age", "verdict"), [(0, Verdict.PASS), (92, Verdict.PASS), (93, Verdict.FAIL)]
)
def test_the_last_meeting_is_at_most_92_days_ago(
    agency: Agency, meet: Meet, committee_chair: Member, today: date, age: int, verdict: Verdict
) -> None:
    meet(today - timedelta(days=age), committee_chair)
    outcome = found(agency, "met_with_quorum", today)
    assert outcome.verdict is verdict
    if verdict is Verdict.PASS:
        assert outcome.lapses is not None
        assert found(agency, "met_with_quorum", outcome.lapses).verdict is Verdict.FAIL
        day_before = outcome.lapses - timedelta(days=1)
        assert found(agency, "met_with_quorum", day_before).verdict is Verdict.PASS


def test_a_meeting_needs_two_consumer_members_or_all_where_there_are_fewer(
    agency: Agency,
    meet: Meet,
    committee_chair: Member,
    second_judge: Member,
    provider: Member,
    consumer: Member,
    today: date,
) -> None:
    # A consumer from outside the committee does not replace one from inside.
    meet(today, committee_chair, provider, consumer)
    outcome = found(agency, "met_with_quorum", today)
    assert (outcome.verdict, outcome.message) == (Verdict.FAIL, "uncounted")
    meet(today, committee_chair, second_judge)
    assert found(agency, "met_with_quorum", today).verdict is Verdict.PASS


def test_a_meeting_without_consumers_never_counts(
    agency: Agency,
    administrator: Member,
    committee_group: Group,
    committee_chair: Member,
    meet: Meet,
    provider: Member,
    today: date,
    long_ago: date,
) -> None:
    (chair,) = Seat.objects.within(agency).filter(member=committee_chair)
    end_seat(chair, on=long_ago + timedelta(days=1), by=committee_chair, late_reason="Told late.")
    seat(committee_group, provider, since=long_ago, by=administrator)
    meet(today - timedelta(days=1), provider)
    assert found(agency, "met_with_quorum", today).verdict is Verdict.FAIL


def test_a_new_committee_has_time_for_its_first_meeting(
    agency: Agency, committee_group: Group
) -> None:
    opened = committee_group.opened
    new = found(agency, "met_with_quorum", opened + timedelta(days=92))
    late = found(agency, "met_with_quorum", opened + timedelta(days=93))
    assert (new.verdict, late.verdict) == (Verdict.NO_DATA, Verdict.FAIL)


def test_meetings_after_the_day_looked_at_do_not_count(
    agency: Agency, meet: Meet, committee_chair: Member, today: date
) -> None:
    meet(today - timedelta(days=1), committee_chair)
    assert found(agency, "met_with_quorum", today - timedelta(days=2)).verdict is Verdict.FAIL


def test_no_recommendation_means_no_answer_overdue(agency: Agency, today: date) -> None:
    assert found(agency, "answers_in_time", today).verdict is Verdict.PASS


def test_an_answer_is_overdue_from_the_day_after_its_last_day(
    agency: Agency, recommendation: Recommendation, today: date
) -> None:
    due = today + timedelta(days=30)
    outcome = found(agency, "answers_in_time", today)
    assert (outcome.verdict, outcome.lapses) == (Verdict.PASS, due + timedelta(days=1))
    assert found(agency, "answers_in_time", due).verdict is Verdict.PASS
    overdue = found(agency, "answers_in_time", due + timedelta(days=1))
    assert overdue.verdict is Verdict.FAIL
    assert overdue.params == {"count": 1}


def test_an_answer_sent_back_is_due_thirty_days_after_that(
    agency: Agency, answered: Recommendation, committee_chair: Member, today: date
) -> None:
    late = today + timedelta(days=400)
    assert found(agency, "answers_in_time", late).verdict is Verdict.PASS
    committee.judge(answered, satisfactory=False, reason="Too vague.", by=committee_chair)
    outcome = found(agency, "answers_in_time", today)
    assert outcome.lapses == today + timedelta(days=31)
    assert found(agency, "answers_in_time", late).verdict is Verdict.FAIL


def test_what_was_due_on_a_past_day_stays_what_it_was(
    agency: Agency, answered: Recommendation, manager: Member, committee_chair: Member, today: date
) -> None:
    """Made 60 days ago, answered 20 days ago, sent back 10 days ago."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    Recommendation.objects.within(agency).update(made_on=ago(60), first_answer_due=ago(30))
    ManagementResponse.objects.within(agency).update(given_on=ago(20))
    with time_machine.travel(now() - timedelta(days=10), tick=False):
        committee.judge(answered, satisfactory=False, reason="Too vague.", by=committee_chair)
    waiting = {
        days: answers_due([agency.pk], ago(days)).get(agency.pk, {}).get(answered.pk)
        for days in (61, 60, 21, 20, 11, 10)
    }
    again = today + timedelta(days=20)
    assert waiting == {61: None, 60: ago(30), 21: ago(30), 20: None, 11: None, 10: again}
    assert found(agency, "answers_in_time", ago(25)).verdict is Verdict.FAIL
