"""Who reads what the committee has before it, and what it voted."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Member
from devtools import committee
from foundation.addresses import at
from foundation.models import Agency
from oversight.models import Recommendation, Review
from tests.conftest import Login
from tests.oversight.conftest import Prepare, text
from tests.owner import owner


def test_the_committee_reads_what_is_before_it_and_everybody_what_it_voted(
    prepare: Prepare,
    committee_chair: Member,
    second_judge: Member,
    consumer: Member,
    review: Review,
    agency: Agency,
    login: Login,
) -> None:
    step = prepare()
    sign = at(agency, "oversight:sign", pk=review.pk, code="oversight")
    proposal = at(agency, "groups:decision", pk=step.decision_id)
    assert "Before the committee:" in text(login(second_judge), sign)
    assert "Answer within two weeks" in text(login(second_judge), proposal)
    assert login(consumer).get(proposal).status_code in {403, 404}
    committee.agree(step, by=committee_chair)
    (one,) = Recommendation.objects.within(agency)
    assert review.is_open
    page = text(login(consumer), at(agency, "oversight:recommendation", pk=one.pk))
    assert "What the committee decided" in page
    assert one.number in text(login(consumer), at(agency, "oversight:recommendations"))


def test_what_names_people_is_read_again_before_everybody_can(
    prepare: Prepare, committee_chair: Member, agency: Agency
) -> None:
    with pytest.raises(ValidationError) as refused:
        prepare(text="The only consumer waits for Chidi.")
    assert "read_again" in refused.value.error_dict
    assert prepare(text="The only consumer waits for Chidi.", read_again=True).pk


@pytest.mark.django_db(transaction=True)
def test_earlier_ones_say_that_no_vote_is_on_record(
    recommendation: Recommendation, committee_chair: Member, agency: Agency, login: Login
) -> None:
    with owner() as raw:
        raw.execute("SET session_replication_role = replica")
        raw.execute("UPDATE oversight_recommendation SET voted = false")
    page = text(
        login(committee_chair), at(agency, "oversight:recommendation", pk=recommendation.pk)
    )
    assert "before the portal recorded the committee’s votes" in page
