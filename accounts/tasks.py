"""Small, repeatable jobs: send due invitations and clean up what has expired."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts import actions
from accounts.models import Invitation
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
