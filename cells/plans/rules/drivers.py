"""Who may change the driver diagram of a plan, and what may be removed from it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.plans.models.drivers import Driver, DriverLevel
from cells.plans.models.plans import ActionPlan
from cells.plans.rules.plans import planning
from cells.policies import DRIVERS
from foundation.refusals import Refusal

# Nobody reads more on one sheet; below one driver, more would be a list.


def charting_drivers(plan: ActionPlan, by: Member) -> Refusal | None:
    """Changing the diagram, even while the plan is under way, since learning changes theories."""
    return planning(plan.opportunity, by)


def adding_below(
    plan: ActionPlan, parent: Driver | None, by: Member, *, there: int
) -> Refusal | None:
    if (refusal := charting_drivers(plan, by)) is not None:
        return refusal
    if parent is not None and DriverLevel(parent.level).below is None:
        return Refusal(
            _("Nothing hangs below a change idea."), _("Plan a small test or an action step of it.")
        )
    if there >= DRIVERS.value:
        return Refusal(
            _("There are %(count)s here already.") % {"count": there},
            _("Take one away, or put two of them into one."),
        )
    return None


def taking_off(driver: Driver, by: Member, *, tried: bool) -> Refusal | None:
    """Removing a driver with everything below it, unless any of that was tried."""
    if tried:
        return Refusal(
            _("A small test or an action step was made of this."),
            _("What is done about it stays on record. You can rename it, or move it."),
        )
    return charting_drivers(driver.plan, by)
