"""The committee reviews a pause of access: it goes on to its end, or ends at once."""

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.actions import end_by_decision
from accounts.models import Member, Pause
from foundation import events
from foundation.refusals import enforce
from oversight import rules
from oversight.models import PauseRuling


@transaction.atomic
def rule_on_pause(pause: Pause, *, upheld: bool, by: Member) -> PauseRuling:
    """Write down what the committee found, once; where it does not uphold the pause, it ends."""
    pauses = Pause.objects.within(by.agency).select_for_update()
    pause = get_object_or_404(pauses, pk=pause.pk)
    rulings = PauseRuling.objects.within(by.agency)
    ruled = rulings.filter(pause=pause).exists()
    enforce(rules.ruling_on_pause(pause, by, rules.hat(by), ruled=ruled))
    ruling = rulings.create(pause=pause, upheld=upheld, by=by, on=by.agency.today())
    events.record("pause.reviewed", pause, by=by, upheld=upheld)
    if not upheld:
        end_by_decision(pause, decision_id=ruling.pk, by=by)
    return ruling
