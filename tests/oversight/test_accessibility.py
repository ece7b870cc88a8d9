from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group
from tests.conftest import Login


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
