"""Small, repeatable jobs: send due invitations and clean up what has expired."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation, PeopleList
from accounts.policies import LIST_KEPT
from foundation import attempts, tenancy
from foundation.models import Agency


@shared_task(name="accounts.send_invitations")
def send_invitations(agency_id: int) -> None:
    """Send an agency's due invitations."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        while actions.send_next(agency):
            pass


@shared_task(name="accounts.sweep")
def sweep() -> None:
    """Find agencies with unsent invitations; this sweep makes sending certain."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        due = Invitation.objects.across(agencies).to_send(timezone.now())
        waiting = list(due.values_list("agency_id", flat=True).distinct())
    for agency_id in waiting:
        send_invitations.delay(agency_id)


@shared_task(name="accounts.forget_lists")
def forget_lists(agency_id: int) -> None:
    """Delete an agency's lists of people after a day."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        actions.forget_lists(agency, timezone.now())


@shared_task(name="accounts.forget_all_lists")
def forget_all_lists() -> None:
    """Find agencies with lists of people that are older than a day."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        old = PeopleList.objects.across(agencies).filter(
            uploaded_at__lt=timezone.now() - LIST_KEPT.span
        )
        found = sorted(old.order_by().values_list("agency_id", flat=True).distinct())
    for agency_id in found:
        forget_lists.delay(agency_id)


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Delete expired sessions, and with them where people signed in from."""
    call_command("clearsessions")
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()


@shared_task(name="accounts.forget_attempts")
def forget_attempts() -> None:
    """Delete expired counts of attempts."""
    attempts.sweep()
