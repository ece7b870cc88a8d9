"""The only write path for agreements, and for what the agency says of itself."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from privacy.agreements import rules
from privacy.agreements.models import AgreementKind, DataAgreement

A_DAY = timedelta(days=1)


@transaction.atomic
def record(
    *,
    kind: str,
    partner: str,
    signed_on: date,
    since: date,
    last_day: date | None = None,
    by: Member,
) -> DataAgreement:
    """Record an agreement. ValidationError: no kind or partner, or days that can't be."""
    enforce(rules.keeping_agreements(by))
    if kind not in AgreementKind.values:
        raise ValidationError({"kind": _("Choose what you agreed on.")})
    if not partner.strip():
        raise ValidationError({"partner": _("Write with whom.")})
    if signed_on > by.agency.today():
        raise ValidationError({"signed_on": _("Enter the day on which it was signed.")})
    if last_day is not None and last_day < since:
        raise ValidationError({"last_day": _("The last day is before the first one.")})
    until = None if last_day is None else last_day + A_DAY
    found = DataAgreement.objects.within(by.agency).create(
        kind=kind,
        partner=partner.strip(),
        signed_on=signed_on,
        since=since,
        until=until,
        ends=until,
        recorded_by=by,
    )
    events.record("agreement.recorded", found, by=by, kind=kind)
    return found


@transaction.atomic
def end(agreement: DataAgreement, *, last_day: date, reason: str, by: Member) -> DataAgreement:
    """Record that it ends early. ValidationError: a day outside of it, or no reason."""
    rows = DataAgreement.objects.within(by.agency).select_for_update()
    agreement = rows.get(pk=agreement.pk)
    enforce(rules.ending(agreement, by, by.agency.today()))
    # The day before its first one: it never was in force.
    if last_day < agreement.since - A_DAY:
        raise ValidationError({"last_day": _("This is before the agreement began.")})
    if agreement.until is not None and last_day + A_DAY >= agreement.until:
        raise ValidationError({"last_day": _("It ends on that day anyway.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it ends.")})
    agreement.ends, agreement.ended_by = last_day + A_DAY, by
    agreement.ended_at, agreement.end_reason = timezone.now(), reason.strip()
    agreement.save(update_fields=["ends", "ended_by", "ended_at", "end_reason"])
    events.record("agreement.ended", agreement, by=by, kind=agreement.kind)
    return agreement


@transaction.atomic
def say_part2(*, part2: bool, by: Member) -> Agency:
    """Say whether the agency is a program under 42 CFR Part 2."""
    enforce(rules.keeping_agreements(by))
    agency = Agency.objects.select_for_update().get(pk=by.agency_id)
    agency.part2 = part2
    agency.save(update_fields=["part2"])
    by.agency.part2 = part2
    events.record("agency.part2_said", by, by=by, part2=part2)
    return agency


@transaction.atomic
def make_real(*, by: Member) -> Agency:
    """End the practice, before anybody but the founder was added."""
    agency = Agency.objects.select_for_update().get(pk=by.agency_id)
    enforce(rules.becoming_real(by))
    agency.sandbox = False
    agency.save(update_fields=["sandbox"])
    by.agency.sandbox = False
    events.record("agency.made_real", by, by=by)
    return agency
