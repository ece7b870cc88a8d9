"""Small, repeatable jobs: close rounds, remind people, and record how far the answers are."""

import logging

from celery import shared_task
from django.utils import timezone

from foundation import key_store, tenancy
from foundation.models import Agency
from foundation.sealing import name_of
from satisfaction import actions, round_keys, rules
from satisfaction.models import SurveyRound
from satisfaction.policies import MOST_OPEN, REMIND_FIRST, REMIND_LAST
from satisfaction.round_keys import KeyMissing

logger = logging.getLogger(__name__)


@shared_task(name="satisfaction.attend_to_round")
def attend_to_round(agency_id: int, round_id: int) -> None:
    """Close the round if its last day is over; otherwise send reminders if they are due today."""
    agency = Agency.objects.get(pk=agency_id)
    with tenancy.entering(agency):
        today = agency.today()
        round_ = SurveyRound.objects.within(agency).select_related("agency").get(pk=round_id)
        if rules.closing(round_, today) is None:
            try:
                actions.close_round(round_)
            except KeyMissing as missing:
                # It is tried again each hour, and lost after a few days.
                logger.error("A survey can't be closed. %s", missing)
            return
        if round_.closed_on is not None:
            # What a process that died just after the close had left.
            round_keys.destroy(round_)
            return
        actions.note_reach(round_)
        remind_at = {each.span(agency, today) for each in (REMIND_FIRST, REMIND_LAST)}
        if round_.closes - today in remind_at and not rules.reminding(round_, None, today):
            actions.remind(round_, by=None)


@shared_task(name="satisfaction.sweep")
def sweep() -> None:
    """Find the open rounds, and closed ones whose keys are still there."""
    agencies, kept = list(Agency.objects.values_list("pk", flat=True)), key_store.names()
    lately = timezone.localdate() - MOST_OPEN.span
    with tenancy.across():
        rounds = SurveyRound.objects.across(agencies)
        found = list(rounds.open().values_list("agency_id", "pk"))
        closed = rounds.filter(closed_on__gte=lately)
        found += [
            (agency, pk)
            for agency, pk, public_key in closed.values_list("agency_id", "pk", "public_key")
            if name_of(public_key) in kept
        ]
    for agency_id, round_id in found:
        attend_to_round.delay(agency_id, round_id)
