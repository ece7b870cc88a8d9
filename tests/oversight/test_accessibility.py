from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group
from oversight import actions
from oversight.models import Finding, Recommendation, Review
from tests.conftest import Login


def test_the_pages_of_oversight_are_open_to_everybody(
    portal: Portal,
    browse: Browse,
    axe: Axe,
    login: Login,
    agency: Agency,
    committee_chair: Member,
    second_judge: Member,
    manager: Member,
    review: Review,
    finding: Finding,
    answered: Recommendation,
) -> None:
    actions.disclose_conflict(answered, text="My sister works there.", by=second_judge)
    again = actions.recommend(
        finding,
        title="Name a deputy",
        text="Somebody who answers in holidays.",
        owner=manager,
        due=agency.today(),
        by=committee_chair,
    )
    page = browse(login(committee_chair))
    for address in (
        at(agency, "oversight:committee"),
        at(agency, "oversight:reviews"),
        at(agency, "oversight:review", pk=review.pk),
        at(agency, "oversight:sign", pk=review.pk, code="oversight"),
        at(agency, "oversight:record_finding", pk=review.pk, code="oversight"),
        at(agency, "oversight:recommend", pk=finding.pk),
        at(agency, "oversight:close_review", pk=review.pk),
        at(agency, "oversight:packet", pk=review.pk),
        at(agency, "oversight:recommendations"),
        at(agency, "oversight:recommendation", pk=answered.pk),
        at(agency, "oversight:disclose", pk=again.pk),
        at(agency, "oversight:judge", pk=answered.pk),
    ):
        page.goto(address)
        axe(page)
    page.get_by_role("button", name="Say so").click()
    axe(page)
    page = browse(login(manager))
    page.goto(at(agency, "oversight:answer", pk=again.pk))
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
