"""A committee member's pause not reviewed in time waits for others, and is counted."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import actions as account_actions
from accounts.models import Member, Pause, PauseEnd, PauseReason, StandingKind
from accounts.permissions import Role
from devtools.seating import seat
from foundation import smallness
from foundation.addresses import at
from foundation.minimum import MINIMUM
from foundation.models import Agency
from groups.models import Group
from notifications.waiting import waiting
from oversight import pausing
from oversight.actions import rule_on_pause
from oversight.policies import PAUSE_REVIEW
from tests.conftest import Enter, Login
from tests.days import days_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_administrator(enter: Enter) -> Member:
    return enter("Aisha", StandingKind.OTHER, roles=(Role.ADMINISTRATOR,))


def pause(member: Member, by: Member) -> Pause:
    return account_actions.pause_access(
        member, reason=PauseReason.THREAT, answer_to="555-0100", by=by
    )


def late_day(made: Pause) -> date:
    """The first day on which its review is overdue."""
    return made.since + PAUSE_REVIEW.span + timedelta(days=1)


def counted(agency: Agency, on: date) -> str:
    return smallness.count(pausing.lately(agency, on).count())


def waits(member: Member, on: date, made: Pause) -> bool:
    page = at(made.agency, "accounts:pause", pk=made.pk)
    return page in {each.url for each in waiting(member, on)}


def test_an_overdue_review_waits_for_an_administrator_who_did_not_pause_them(
    committee_group: Group,
    second_judge: Member,
    administrator: Member,
    second_administrator: Member,
    committee_chair: Member,
    consumer: Member,
) -> None:
    made = pause(second_judge, administrator)
    due, late = made.since + PAUSE_REVIEW.span, late_day(made)
    assert not waits(second_administrator, due, made)
    assert waits(second_administrator, late, made)
    for member in (administrator, second_judge, consumer):
        assert not waits(member, late, made), member
    # The leading consumer sees it among the committee's tasks, now overdue.
    review = at(made.agency, "oversight:review_pause", pk=made.pk)
    assert [each.overdue for each in waiting(committee_chair, late) if each.url == review] == [True]
    rule_on_pause(made, upheld=True, by=committee_chair)
    assert not waits(second_administrator, late, made)


def test_of_somebody_who_does_not_sit_there_no_review_is_overdue(
    committee_group: Group,
    consumer: Member,
    administrator: Member,
    second_administrator: Member,
    agency: Agency,
) -> None:
    made = pause(consumer, administrator)
    assert not waits(second_administrator, late_day(made), made)
    assert not pausing.late(agency, late_day(made)).exists()


def test_late_is_what_was_reviewed_after_its_day_or_never_and_not_what_ended_before(
    committee_group: Group,
    second_judge: Member,
    provider: Member,
    administrator: Member,
    second_administrator: Member,
    committee_chair: Member,
    agency: Agency,
) -> None:
    seat(committee_group, provider, since=agency.today(), by=administrator)
    reviewed_late, ended = (pause(each, administrator) for each in (second_judge, provider))
    account_actions.resume_access(ended, why=PauseEnd.SETTLED, by=second_administrator)
    with time_machine.travel(timezone.now() + PAUSE_REVIEW.span + timedelta(days=1)):
        assert set(pausing.unreviewed(agency, agency.today())) == {reviewed_late}
        rule_on_pause(reviewed_late, upheld=True, by=committee_chair)
        assert not pausing.unreviewed(agency, agency.today()).exists()
        assert set(pausing.late(agency, agency.today())) == {reviewed_late}
    with time_machine.travel(days_on(60)):
        assert set(pausing.late(agency, agency.today())) == {reviewed_late}


def test_the_committee_s_page_tells_who_can_review_it_and_to_all_a_count_that_names_nobody(
    committee_group: Group,
    second_judge: Member,
    advisor: Member,
    administrator: Member,
    committee_chair: Member,
    agency: Agency,
    login: Login,
) -> None:
    page = at(agency, "oversight:committee")
    before = login(advisor).get(page)
    made = pause(second_judge, administrator)
    review = at(agency, "oversight:review_pause", pk=made.pk)
    with time_machine.travel(timezone.now() + PAUSE_REVIEW.span + timedelta(days=1)):
        assert review in login(committee_chair).get(page).text
        after = login(advisor).get(page)
        assert review not in after.text
        # With one more, the page says the same: it does not reveal an absent member.
        assert after.context["late_pauses"] == before.context["late_pauses"]
        assert after.context["overdue_pauses"] is None


def test_from_the_minimum_on_the_count_is_told(
    committee_group: Group, administrator: Member, agency: Agency, enter: Enter
) -> None:
    few = counted(agency, agency.today())
    for number in range(MINIMUM.value):
        member = enter(f"Judge {number}", StandingKind.PRIMARY_CONSUMER)
        seat(committee_group, member, since=agency.today(), by=administrator)
        made = pause(member, administrator)
        if number < MINIMUM.value - 1:
            assert counted(agency, late_day(made)) == few
    assert counted(agency, late_day(made)) == str(MINIMUM.value)
