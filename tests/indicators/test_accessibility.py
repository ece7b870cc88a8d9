from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login


def test_without_any_result_the_dashboard_is_open_to_everybody(
    portal: Portal, browse: Browse, axe: Axe, login: Login, agency: Agency, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.goto(at(agency, "indicators:dashboard"))
    axe(page)
