from datetime import date, timedelta

from accounts.models import Member
from devtools import committee
from foundation.addresses import at
from foundation.models import Agency
from foundation.quarters import before, quarter_of
from groups.actions import withdraw
from groups.models import Group
from notifications.waiting import Waiting, waiting
from oversight import actions
from oversight.models import Recommendation, Review
from oversight.policies import REVIEW_WITHIN
from tests.conftest import Login


def of_oversight(member: Member, on: date) -> list[Waiting]:
    address = at(member.agency, "oversight:committee")
    return [each for each in waiting(member, on) if each.url.startswith(address)]


def test_an_answer_waits_for_management_until_it_is_given(
    agency: Agency, recommendation: Recommendation, manager: Member, today: date
) -> None:
    (one,) = of_oversight(manager, today)
    assert recommendation.number in one.title
    assert one.due == today + timedelta(days=30)
    assert not one.overdue
    (late,) = of_oversight(manager, today + timedelta(days=31))
    assert late.overdue
    actions.give_response(recommendation, answer="decline", reason="No money.", by=manager)
    assert of_oversight(manager, today) == []


def test_a_judgement_waits_for_each_member_who_may_give_it(
    answered: Recommendation,
    committee_chair: Member,
    second_judge: Member,
    advisor: Member,
    consumer: Member,
    manager: Member,
    today: date,
) -> None:
    def titles(member: Member) -> list[str]:
        return [each.title for each in of_oversight(member, today) if "answer" in each.title]

    assert len(titles(committee_chair)) == len(titles(second_judge)) == 1
    assert titles(advisor) == titles(consumer) == titles(manager) == []
    actions.disclose_conflict(answered, text="A friend.", by=second_judge)
    assert titles(second_judge) == []
    step = actions.prepare_judgement(answered, satisfactory=True, by=committee_chair)
    assert titles(committee_chair) == [], "it is before the committee"
    assert step.decision is not None
    withdraw(step.decision, by=committee_chair)
    assert len(titles(committee_chair)) == 1
    committee.judge(answered, satisfactory=True, by=committee_chair)
    assert titles(committee_chair) == []


def test_the_last_quarter_waits_to_be_reviewed(
    committee_group: Group, committee_chair: Member, manager: Member, today: date
) -> None:
    (one,) = of_oversight(committee_chair, today)
    last = before(quarter_of(today))
    assert str(last) in one.title
    assert one.due == last.until + timedelta(days=45)
    assert of_oversight(manager, today) == []
    actions.open_review(since=last.since, by=committee_chair)
    assert of_oversight(committee_chair, today) == []


def test_what_waits_leads_to_the_review_that_has_to_be_closed_first(
    committee_group: Group, committee_chair: Member, login: Login, today: date
) -> None:
    """No second review can be opened beside it, so no page that would refuse is offered."""
    agency, last = committee_group.agency, before(quarter_of(today))
    other = actions.open_review(since=before(last).since, by=committee_chair)
    (one,) = of_oversight(committee_chair, today)
    assert str(last) in one.title
    assert one.due == last.until + REVIEW_WITHIN.span(agency, today)
    client = login(committee_chair)
    assert one.url == at(agency, "oversight:review", pk=other.pk)
    assert client.get(one.url).status_code == 200
    assert client.get(at(agency, "oversight:open_review")).status_code == 403
    committee.close_review(other, summary="Done.", by=committee_chair, read_again=True)
    (one,) = of_oversight(committee_chair, today)
    assert client.get(one.url).status_code == 200
    assert one.url == at(agency, "oversight:open_review")


def test_a_committee_is_not_asked_for_quarters_before_it_began(
    committee_group: Group, committee_chair: Member
) -> None:
    first = quarter_of(committee_group.opened)
    assert of_oversight(committee_chair, first.since + timedelta(days=1)) == []
    assert len(of_oversight(committee_chair, first.until)) == 1


def test_a_review_under_way_does_not_wait_again(
    review: Review, committee_chair: Member, today: date
) -> None:
    titles = [each.title for each in of_oversight(committee_chair, today)]
    assert all(str(quarter_of(today)) not in title for title in titles)
