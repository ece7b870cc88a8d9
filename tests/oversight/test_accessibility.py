from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group
from oversight.models import Finding, Review
from tests.conftest import Login


def test_the_pages_of_a_review_that_goes_on_are_open_to_everybody(
    portal: Portal,
    browse: Browse,
    axe: Axe,
    login: Login,
    agency: Agency,
    committee_chair: Member,
    review: Review,
    finding: Finding,
) -> None:
    page = browse(login(committee_chair))
    for address in (
        at(agency, "oversight:record_finding", pk=review.pk, code="oversight"),
        at(agency, "oversight:recommend", pk=finding.pk),
        at(agency, "oversight:close_review", pk=review.pk),
    ):
        page.goto(address)
        axe(page)


def test_empty_pages_of_oversight_are_open_to_everybody(
    portal: Portal,
    browse: Browse,
    axe: Axe,
    login: Login,
    agency: Agency,
    committee_group: Group,
    consumer: Member,
    committee_chair: Member,
) -> None:
    page = browse(login(consumer))
    for name in ("committee", "reviews", "recommendations"):
        page.goto(at(agency, f"oversight:{name}"))
        axe(page)
    page = browse(login(committee_chair))
    page.goto(at(agency, "oversight:open_review"))
    axe(page)
