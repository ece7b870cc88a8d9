"""The driver diagram of a plan: drivers are added, renamed, reordered and removed."""

from django.db import transaction
from django.db.models import Q

from accounts.models import Member
from cells.plans import rules
from cells.plans.actions.plans import locked
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.drivers import Driver, DriverLevel
from cells.plans.models.plans import ActionPlan, ActionStep
from foundation import events
from foundation.edits import required, same
from foundation.models import TenantQuerySet
from foundation.refusals import enforce


def _again(driver: Driver, by: Member) -> Driver:
    """The current row, with its plan locked: one change to a diagram at a time."""
    plan = locked(driver.plan, by)
    found = Driver.objects.within(by.agency).get(pk=driver.pk, plan=plan)
    found.plan = plan
    return found


def _beside(plan: ActionPlan, parent_id: int | None, by: Member) -> TenantQuerySet[Driver]:
    rows = Driver.objects.within(by.agency).filter(plan=plan, parent=parent_id)
    return rows.order_by("position")


def _record(name: str, plan: ActionPlan, by: Member, **numbers: int) -> None:
    cell = plan.opportunity.cell_id
    events.record(name, plan, by=by, on_behalf_of=None, cell=cell, **numbers)


@transaction.atomic
def add_driver(plan: ActionPlan, *, text: str, by: Member, parent: Driver | None = None) -> Driver:
    """Add a primary driver, or one below `parent`, whose level follows from the parent's."""
    plan = locked(plan, by)
    held = None if parent is None else Driver.objects.within(by.agency).get(pk=parent.pk, plan=plan)
    beside = list(_beside(plan, held.pk if held else None, by))
    enforce(rules.adding_below(plan, held, by, there=len(beside)))
    required(text=text)
    level = DriverLevel.PRIMARY if held is None else DriverLevel(held.level).below
    assert level is not None
    driver: Driver = plan.drivers.create(
        agency=by.agency,
        parent=held,
        level=level,
        text=text.strip(),
        position=beside[-1].position + 1 if beside else 1,
    )
    _record("driver.added", plan, by, driver=driver.pk)
    return driver


@transaction.atomic
def rename_driver(driver: Driver, *, text: str, by: Member, version: int | None = None) -> Driver:
    driver = _again(driver, by)
    enforce(rules.charting_drivers(driver.plan, by))
    same(driver, version)
    required(text=text)
    driver.text, driver.version = text.strip(), driver.version + 1
    driver.save()
    _record("driver.renamed", driver.plan, by, driver=driver.pk)
    return driver


@transaction.atomic
def move_driver(driver: Driver, *, up: bool, by: Member) -> bool:
    """Swap places with the previous or next driver; False at the end of the row."""
    driver = _again(driver, by)
    enforce(rules.charting_drivers(driver.plan, by))
    row = list(_beside(driver.plan, driver.parent_id, by))
    at = [each.pk for each in row].index(driver.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(row):
        return False
    first, second = row[at], row[to]
    first.position, second.position = second.position, first.position
    first.save()
    second.save()
    _record("driver.moved", driver.plan, by, driver=driver.pk)
    return True


def below(driver: Driver) -> Q:
    """The driver and everything below it: at most two levels."""
    return Q(pk=driver.pk) | Q(parent=driver.pk) | Q(parent__parent=driver.pk)


def tried_below(driver: Driver) -> bool:
    """Whether a small test was planned for any of these, or an action step came from one."""
    rows = Driver.objects.within(driver.agency).filter(below(driver))
    tests = PDSACycle.objects.within(driver.agency).filter(change_idea__in=rows)
    steps = ActionStep.objects.within(driver.agency).filter(change_idea__in=rows)
    return tests.exists() or steps.exists()


@transaction.atomic
def take_off_driver(driver: Driver, *, by: Member) -> int:
    """Remove it with everything below it; return how many. Their history stays."""
    driver = _again(driver, by)
    enforce(rules.taking_off(driver, by, tried=tried_below(driver)))
    rows = Driver.objects.within(by.agency).filter(below(driver))
    deepest_first = sorted(rows, key=lambda row: list(DriverLevel).index(DriverLevel(row.level)))
    for row in reversed(deepest_first):
        row.delete()
    _record("driver.taken_off", driver.plan, by, count=len(deepest_first))
    return len(deepest_first)
