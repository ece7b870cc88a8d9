"""Small, repeatable jobs: empty the outbox and queue the weekly digests."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from foundation import tenancy
from foundation.models import Agency
from notifications import actions
from notifications.models import Email

DIGEST_WEEKDAY = 0


@shared_task(name="notifications.empty_outbox")
def empty_outbox(agency_id: int) -> None:
    """Send an agency's due e-mails."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        while actions.send_next(agency):
            pass


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Find agencies with unsent e-mails; this sweep makes sending certain."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        due = Email.objects.across(agencies).due(timezone.now())
        waiting = list(due.values_list("agency_id", flat=True).distinct())
    for agency_id in waiting:
        empty_outbox.delay(agency_id)


@shared_task(name="notifications.digests")
def digests() -> None:
    """On Mondays, queue one e-mail for each member who wants it and has unread news of the week."""
    for agency in Agency.objects.all():
        today = agency.today()
        if today.weekday() != DIGEST_WEEKDAY:
            continue
        year, week, _ = today.isocalendar()
        with tenancy.entering(agency):
            actions.post_digests(
                agency, week=f"{year}-{week:02}", since=timezone.now() - timedelta(days=7)
            )
