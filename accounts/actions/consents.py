"""Consents: a member lets others see their standing, and withdraws it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Audience, Consent, Member
from foundation import events
from foundation.refusals import enforce


@transaction.atomic
def give_consent(member: Member, *, audience: Audience, by: Member, group_id: int = 0) -> Consent:
    """Let this audience see it from today on; `group_id` names the group, for that audience.

    The caller makes sure that it is a group of the agency in which the person has a seat.
    """
    enforce(rules.consenting(member, by))
    if (audience == Audience.GROUP) != (group_id > 0):
        raise ValidationError(_("Choose the group that may see it."))
    member = Member.objects.within(by.agency).select_for_update().get(pk=member.pk)
    today = by.agency.today()
    given = Consent.objects.within(by.agency).filter(
        member=member, audience=audience, group_id=group_id, until=None
    )
    consent = given.first()
    if consent is None:
        consent = Consent.objects.within(by.agency).create(
            member=member, audience=audience, group_id=group_id, since=today
        )
        events.record("consent.given", consent, by=by)
    return consent


@transaction.atomic
def take_back(consent: Consent, *, by: Member) -> Consent:
    """Withdraw a consent; from now on the audience no longer sees the standing.

    Decisions made before are not affected.
    """
    consent = Consent.objects.within(by.agency).select_for_update().get(pk=consent.pk)
    enforce(rules.consenting(consent.member, by))
    if consent.until is None:
        consent.until = max(by.agency.today(), consent.since)
        consent.save(update_fields=["until"])
        events.record("consent.taken_back", consent, by=by)
    return consent
