import re
from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from devtools import committee
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from oversight.models import Finding, Recommendation, RecommendationStatus, Review
from tests.conftest import Login
from tests.oversight.conftest import post, text

FORMS = ["open_review", "record_finding", "recommend", "close_review"]


@pytest.mark.parametrize("name", FORMS)
def test_each_form_of_a_review_says_what_is_missing_when_sent_empty(
    agency: Agency, review: Review, finding: Finding, manager: Member, chair: Client, name: str
) -> None:
    url = {
        "record_finding": at(agency, "oversight:record_finding", pk=review.pk, code="oversight"),
        "recommend": at(agency, "oversight:recommend", pk=finding.pk),
        "close_review": at(agency, "oversight:close_review", pk=review.pk),
        "open_review": at(agency, "oversight:open_review"),
    }[name]
    if name == "open_review":
        committee.close_review(review, by=finding.recorded_by)
    response = chair.post(url, {})
    assert response.status_code == 422
    assert "govuk-error-summary" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("record_finding", {"kind": "gossip", "text": "x", "onward": "no"}),
        ("record_finding", {"kind": "concern", "text": "x" * 4001, "onward": "no"}),
        ("record_finding", {"kind": "concern", "text": "\x00", "onward": "perhaps"}),
        ("recommend", {"title": "x" * 121, "text": "x"}),
        ("recommend", {"title": "x", "text": "x", "owner": "999999999"}),
        ("recommend", {"title": "x", "text": "x", "owner": "me", "due": "soon"}),
        ("recommend", {"title": "x", "text": "x", "due": "2020-01-01"}),
        ("recommend", {"title": "x", "text": "x", "due": "99999-01-01", "owner": "-1"}),
        ("close_review", {"version": "many", "summary": "x" * 4001}),
        ("close_review", {"version": "77", "summary": ""}),
        ("open_review", {"since": "1999-01-01"}),
        ("open_review", {"since": "now"}),
    ],
)
def test_wrong_input_in_a_review_is_explained_and_nothing_is_written(
    agency: Agency,
    review: Review,
    finding: Finding,
    manager: Member,
    chair: Client,
    name: str,
    data: dict[str, str],
) -> None:
    url = {
        "record_finding": at(agency, "oversight:record_finding", pk=review.pk, code="oversight"),
        "recommend": at(agency, "oversight:recommend", pk=finding.pk),
        "close_review": at(agency, "oversight:close_review", pk=review.pk),
        "open_review": at(agency, "oversight:open_review"),
    }[name]
    if name == "open_review":
        committee.close_review(review, by=finding.recorded_by)
    response = post(chair, url, **data)
    assert response.status_code == 422
    assert Finding.objects.within(agency).count() == 1
    assert Recommendation.objects.within(agency).count() == 0
    assert Review.objects.within(agency).count() == 1


def test_an_owner_from_elsewhere_is_not_taken(
    agency: Agency, finding: Finding, manager: Member, chair: Client, outsider: Member, today: date
) -> None:
    for owner in (outsider, finding.recorded_by):
        response = post(
            chair,
            at(agency, "oversight:recommend", pk=finding.pk),
            title="x",
            text="x",
            due=today.isoformat(),
            owner=code_of(owner),
        )
        assert response.status_code == 422


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "perhaps", "reason": "x"},
        {"answer": "accept", "reason": "x"},
        {"answer": "accept", "reason": "x", "actions": "x", "actions_by": "2020-01-01"},
        {"answer": "accept", "reason": "x", "actions": "x", "actions_by": "whenever"},
        {"answer": "decline", "reason": " "},
        {"answer": "decline", "reason": "x" * 4001},
    ],
)
def test_wrong_answers_are_explained_and_nothing_is_written(
    agency: Agency, recommendation: Recommendation, management: Client, data: dict[str, str]
) -> None:
    response = post(management, at(agency, "oversight:answer", pk=recommendation.pk), **data)
    assert response.status_code == 422
    recommendation.refresh_from_db()
    assert recommendation.status == RecommendationStatus.AWAITING


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("judge", {}),
        ("judge", {"satisfactory": "perhaps"}),
        ("judge", {"satisfactory": "no", "reason": ""}),
        ("judge", {"satisfactory": "yes", "reason": "x" * 4001}),
        ("disclose", {}),
        ("disclose", {"text": "x" * 1001}),
    ],
)
def test_wrong_judgements_are_explained_and_nothing_is_written(
    agency: Agency, answered: Recommendation, chair: Client, name: str, data: dict[str, str]
) -> None:
    response = post(chair, at(agency, f"oversight:{name}", pk=answered.pk), **data)
    assert response.status_code == 422
    answered.refresh_from_db()
    assert answered.status == RecommendationStatus.ANSWERED
    assert not answered.conflicts.exists()


def test_closing_needs_evidence(
    agency: Agency, answered: Recommendation, committee_chair: Member, chair: Client
) -> None:
    committee.judge(answered, satisfactory=True, by=committee_chair)
    for evidence in ("", "  ", "x" * 4001):
        url = at(agency, "oversight:close", pk=answered.pk)
        assert post(chair, url, evidence=evidence).status_code == 422


def test_a_second_click_answers_once(
    agency: Agency, recommendation: Recommendation, management: Client
) -> None:
    url = at(agency, "oversight:answer", pk=recommendation.pk)
    found = re.search(r'name="submission" value="([^"]+)"', text(management, url))
    assert found
    data = {"submission": found[1], "answer": "decline", "reason": "No money."}
    first, second = management.post(url, data), management.post(url, data)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert recommendation.responses.count() == 1


def test_what_does_not_exist_is_not_found_and_neither_is_what_is_anothers(
    agency: Agency,
    recommendation: Recommendation,
    review: Review,
    finding: Finding,
    chair: Client,
    login: Login,
    outsider: Member,
) -> None:
    other = login(outsider)
    own = outsider.agency
    for name, pk, more in (
        ("review", review.pk, {}),
        ("packet", review.pk, {}),
        ("close_review", review.pk, {}),
        ("sign", review.pk, {"code": "oversight"}),
        ("record_finding", review.pk, {"code": "oversight"}),
        ("recommend", finding.pk, {}),
        ("recommendation", recommendation.pk, {}),
        ("answer", recommendation.pk, {}),
        ("judge", recommendation.pk, {}),
        ("close", recommendation.pk, {}),
        ("disclose", recommendation.pk, {}),
    ):
        assert chair.get(at(agency, f"oversight:{name}", pk=99999, **more)).status_code == 404
        assert other.get(at(own, f"oversight:{name}", pk=pk, **more)).status_code == 404
        assert other.get(at(agency, f"oversight:{name}", pk=pk, **more)).status_code == 404
    for name in ("sign", "record_finding"):
        url = at(agency, f"oversight:{name}", pk=review.pk, code="nothing")
        assert chair.get(url).status_code == 404
