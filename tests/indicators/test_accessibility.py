from datetime import date, timedelta

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from indicators import actions
from indicators.models import IndicatorSnapshot
from tests.conftest import Login


def test_the_pages_of_the_signs_are_open_to_everybody(
    portal: Portal,
    browse: Browse,
    axe: Axe,
    login: Login,
    agency: Agency,
    administrator: Member,
    today: date,
) -> None:
    for back, status in enumerate(("met", "at_risk", "not_met", "no_data")):
        day = today - timedelta(days=31 * (back + 1))
        IndicatorSnapshot.objects.within(agency).create(
            indicator="membership",
            day=day,
            status=status,
            status_since=day,
            value=10 + 5 * back,
            goal=20,
            engine=1,
        )
    actions.change_policy(
        "membership.share",
        value=30,
        since=today + timedelta(days=7),
        reason="The committee asked for it.",
        by=administrator,
    )
    actions.catch_up(agency)
    page = browse(login(administrator))
    term = {"area": "membership", "term": "share"}
    for address in (
        at(agency, "indicators:dashboard"),
        at(agency, "indicators:dashboard") + f"?on={today - timedelta(days=40)}",
        at(agency, "indicators:dashboard") + "?on=2999-01-01",
        at(agency, "indicators:print"),
        at(agency, "indicators:indicator", code="membership"),
        at(agency, "indicators:indicator", code="dialogues"),
        at(agency, "indicators:settings"),
        at(agency, "indicators:setting", **term),
        at(agency, "indicators:setting_preview", **term) + "?value=30",
        at(agency, "indicators:setting_date", **term) + "?value=30",
    ):
        page.goto(address)
        axe(page)
    page.get_by_role("button", name="Change it").click()
    axe(page)


def test_without_any_result_the_dashboard_is_open_to_everybody(
    portal: Portal, browse: Browse, axe: Axe, login: Login, agency: Agency, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.goto(at(agency, "indicators:dashboard"))
    axe(page)
