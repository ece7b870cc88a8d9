import pytest
from django.test import Client

from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group
from oversight.models import Finding, Recommendation, Review
from tests.accounts.test_plain_words import is_plain


def plain(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 200
    is_plain(response.content.decode())


@pytest.mark.parametrize("name", ["committee", "reviews", "recommendations"])
def test_empty_pages_are_plain(
    agency: Agency, committee_group: Group, visitor: Client, name: str
) -> None:
    plain(visitor, at(agency, f"oversight:{name}"))


def test_pages_of_the_committee_are_plain(
    agency: Agency, review: Review, finding: Finding, answered: Recommendation, chair: Client
) -> None:
    for name, kwargs in (
        ("committee", {}),
        ("reviews", {}),
        ("recommendations", {}),
        ("review", {"pk": review.pk}),
        ("sign", {"pk": review.pk, "code": "oversight"}),
        ("record_finding", {"pk": review.pk, "code": "oversight"}),
        ("recommend", {"pk": finding.pk}),
        ("recommendation", {"pk": answered.pk}),
        ("judge", {"pk": answered.pk}),
        ("disclose", {"pk": answered.pk}),
        ("close_review", {"pk": review.pk}),
    ):
        plain(chair, at(agency, f"oversight:{name}", **kwargs))


def test_answering_is_plain(
    agency: Agency, recommendation: Recommendation, management: Client
) -> None:
    plain(management, at(agency, "oversight:answer", pk=recommendation.pk))


def test_opening_a_review_is_plain(agency: Agency, committee_group: Group, chair: Client) -> None:
    plain(chair, at(agency, "oversight:open_review"))
