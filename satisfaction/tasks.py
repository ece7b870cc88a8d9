"""Small, repeatable jobs: close rounds, remind people, and record how far the answers are."""

from celery import shared_task

from foundation import tenancy
from foundation.models import Agency
from satisfaction import actions, rules
from satisfaction.models import SurveyRound
from satisfaction.policies import REMIND_FIRST, REMIND_LAST


@shared_task(name="satisfaction.attend_to_round")
def attend_to_round(agency_id: int, round_id: int) -> None:
    """Close the round if its last day is over; otherwise send reminders if they are due today."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        today = agency.today()
        round_ = SurveyRound.objects.within(agency).select_related("agency").get(pk=round_id)
        if rules.closing(round_, today) is None:
            actions.close_round(round_)
            return
        if round_.closed_on is not None:
            return
        actions.note_reach(round_)
        remind_at = {each.span(agency, today) for each in (REMIND_FIRST, REMIND_LAST)}
        if round_.closes - today in remind_at and not rules.reminding(round_, None, today):
            actions.remind(round_, by=None)


@shared_task(name="satisfaction.sweep")
def sweep() -> None:
    """Find the open rounds."""
    agencies = list(Agency.objects.values_list("pk", flat=True))
    with tenancy.across():
        rounds = SurveyRound.objects.across(agencies).open()
        found = list(rounds.values_list("agency_id", "pk"))
    for agency_id, round_id in found:
        attend_to_round.delay(agency_id, round_id)
