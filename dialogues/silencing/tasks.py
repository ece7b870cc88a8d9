"""Small, repeatable jobs that hide when the last anonymous words came, and end what expired."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from dialogues.sessions import actions as closing
from dialogues.silencing.actions import close_run_out, stir_silencings
from dialogues.silencing.models import Appeal, AppealOutcome, Silencing
from dialogues.voices import actions as speaking
from foundation import tenancy
from foundation.models import Agency


@shared_task(name="dialogues.stir_voices")
def stir_voices(agency_id: int) -> None:
    """Rewrite recent words in random order; forget who answered closed questions."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        today = agency.today()
        speaking.stir_voices(agency, today)
        speaking.stir_contributions(agency, today)
        stir_silencings(agency)
        closing.forget_turns(agency, today)


@shared_task(name="dialogues.stir_all")
def stir_all() -> None:
    for agency_id in Agency.objects.values_list("pk", flat=True):
        stir_voices.delay(agency_id)


@shared_task(name="dialogues.close_silencings")
def close_silencings(agency_id: int) -> None:
    """Record expiry: requests nobody answered, masks, late appeals."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        close_run_out(agency, agency.today())


@shared_task(name="dialogues.close_all_silencings")
def close_all_silencings() -> None:
    """Find agencies in which something has expired."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    # Look a day ahead, since days start at different hours; the job uses the agency's own day.
    tomorrow = timezone.now().date() + timedelta(days=1)
    with tenancy.across():
        over = Silencing.objects.across(agencies).run_out(tomorrow).order_by()
        late = Appeal.objects.across(agencies).filter(outcome=AppealOutcome.OPEN)
        late = late.filter(until__lte=tomorrow).order_by()
        found = set(over.values_list("agency_id", flat=True))
        found |= set(late.values_list("agency_id", flat=True))
    for agency_id in sorted(found):
        close_silencings.delay(agency_id)
