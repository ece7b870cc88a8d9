"""Pages of an agency's first weeks, looked at; the weeks themselves: test_thirty_days.py."""

from decimal import Decimal

from accounts.models import Member
from compensation.plan import actions as planning
from foundation.addresses import at
from foundation.models import Agency
from indicators.actions import catch_up
from tests.conftest import Login, Look


def test_pages_of_the_founding_look_right(
    agency: Agency, administrator: Member, provider: Member, login: Login, look: Look
) -> None:
    version = planning.draft(
        text="Your time is worth money.",
        hourly_rate=Decimal(25),
        daily_cap=None,
        due_days=14,
        by=administrator,
    )
    ada, priya = login(administrator), login(provider)
    look(ada, at(agency, "compensation:put_in_force", pk=version.pk))
    planning.put_in_force(
        version, on=agency.today(), text="The board agreed.", asked=provider, by=administrator
    )
    look(priya, at(agency, "compensation:plan_paper", pk=version.pk))
    look(priya, at(agency, "compensation:deny_plan_paper", pk=version.pk))
    look(ada, at(agency, "compensation:plan_version", pk=version.pk))
    planning.attest(version, by=provider)
    look(ada, at(agency, "compensation:plan"))
    catch_up(agency)
    look(ada, at(agency, "indicators:dashboard"))
    look(ada, at(agency, "indicators:indicator", code="compensation"))
