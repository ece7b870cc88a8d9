"""A reflection: written down, agreed on, released; by the consumers alone.

Its events have no actor and its row no author: either would name a consumer. Who agrees is kept
until it is released, so that nobody counts twice, and then deleted.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from notifications.actions import tell
from satisfaction import rules
from satisfaction.models import Reflection, ReflectionVoice
from satisfaction.participants import few_consumers, to_ask


@transaction.atomic
def write_reflection(*, met_on: date, peer: str, text: str, by: Member) -> Reflection:
    """Write down what the consumers said, or write it anew; whoever writes it agrees.

    `peer`: where the outside peer comes from. Raises ValidationError for a day to come.
    """
    agency = _locked(by.agency)
    today = agency.today()
    consumers = few_consumers(agency, today)
    enforce(rules.reflecting(by, consumers))
    if met_on > today:
        raise ValidationError({"met_on": _("Choose the day on which you met, not a later one.")})
    reflection = Reflection.objects.within(agency).unreleased().first()
    if reflection is None:
        reflection = Reflection(agency=agency)
    else:
        # What they agreed to was the text before.
        ReflectionVoice.objects.within(agency).filter(reflection=reflection).delete()
    reflection.met_on, reflection.peer, reflection.text = met_on, peer.strip(), text.strip()
    reflection.written_on = today
    reflection.save()
    ReflectionVoice.objects.within(agency).create(reflection=reflection, member=by, agrees=True)
    events.record("reflection.written", reflection, by=None)
    others = Member.objects.within(agency).filter(pk__in=consumers - {by.pk})
    for member in others.select_related("user"):
        tell(member, "satisfaction.reflection_written", subject=reflection, renews=True)
    return reflection


@transaction.atomic
def say_of_reflection(reflection: Reflection, *, agrees: bool, by: Member) -> None:
    """Agree with what was written, or not yet. Without an event: it would name a consumer."""
    agency = _locked(by.agency)
    enforce(rules.reflecting(by, few_consumers(agency, agency.today())))
    current = Reflection.objects.within(agency).unreleased().get(pk=reflection.pk)
    ReflectionVoice.objects.within(agency).update_or_create(
        reflection=current, member=by, defaults={"agrees": agrees}
    )


@transaction.atomic
def release_reflection(reflection: Reflection, *, by: Member) -> Reflection:
    """Show it to everybody, for good, and forget who agreed."""
    agency = _locked(by.agency)
    today = agency.today()
    reflection = Reflection.objects.within(agency).get(pk=reflection.pk)
    voices = ReflectionVoice.objects.within(agency).filter(reflection=reflection)
    said = dict(voices.values_list("member_id", "agrees"))
    enforce(rules.releasing(reflection, by, few_consumers(agency, today), said))
    reflection.released_on = today
    reflection.save(update_fields=["released_on"])
    voices.delete()
    events.record("reflection.released", reflection, by=None)
    told = Member.objects.within(agency).filter(pk__in=to_ask(agency, today))
    for member in told.select_related("user"):
        tell(member, "satisfaction.reflection_released", subject=reflection)
    return reflection


def _locked(agency: Agency) -> Agency:
    """One at a time in an agency."""
    return Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
