"""Repeatable jobs: keep the schedules, put back what was undone, destroy what is over."""

from celery import shared_task

from foundation import tenancy
from foundation.models import Agency
from foundation.wholes import RUN
from privacy.retention import actions
from privacy.retention.models import RetentionRun, RetentionTurn
from privacy.retention.reading import due


@shared_task(name="privacy.keep_schedule")
def keep_schedule(agency_id: int) -> None:
    """Take out of use what is over in one agency, and destroy what was for long enough.

    What goes as a whole is announced first.
    """
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        today = agency.today()
        runs = RetentionRun.objects.within(agency)
        for pk in list(runs.to_restore().values_list("pk", flat=True)):
            actions.restore(agency, pk)
        for pk, code in list(runs.to_destroy(today).values_list("pk", "code")):
            if code == RUN:
                actions.destroy_wholes(agency, pk)
            else:
                actions.destroy(agency, pk)
        for code in sorted({each.code for each in due(today) if each.count}):
            actions.take(agency, code)
        actions.announce(agency)


@shared_task(name="privacy.sweep_schedules")
def sweep_schedules() -> None:
    """Find agencies with a schedule, or with runs that are not at their end."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        turned = RetentionTurn.objects.across(agencies).filter(code="")
        open_runs = RetentionRun.objects.across(agencies).open()
        found = set(turned.values_list("agency_id", flat=True))
        found |= set(open_runs.values_list("agency_id", flat=True))
    for agency_id in sorted(found):
        keep_schedule.delay(agency_id)
