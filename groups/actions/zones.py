"""Changing the agency's time zone without moving any meeting's local time."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateTimeField, Expression, F, Func, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups.models import Meeting, ZoneChange


@transaction.atomic
def change_zone(*, zone: str, reason: str, by: Member) -> ZoneChange:
    """Use this time zone for the agency from now on.

    Each meeting, held or planned, keeps its agreed day and time: 2 p.m. in the old zone becomes 2
    p.m. in the new one. ValidationError: the current zone, or an unknown one; no reason; while it
    is still yesterday in the new zone, since what began today would then begin tomorrow: even the
    roles of who changes it.
    """
    enforce(rules.managing_settings(by))
    agency = Agency.objects.select_for_update(no_key=True).get(pk=by.agency_id)
    before = agency.timezone
    if zone == before:
        raise ValidationError({"zone": _("This is the time zone you have. Choose another one.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    today = agency.today()
    agency.timezone = zone
    agency.full_clean(validate_unique=False, validate_constraints=False)
    if agency.today() < today:
        raise ValidationError({"zone": _still_yesterday(before, zone, today)})
    agency.save(update_fields=["timezone"])
    Meeting.objects.within(agency).update(starts_at=_same_hour(F("starts_at"), before, zone))
    change: ZoneChange = ZoneChange.objects.within(agency).create(
        before=before, after=zone, on=agency.today(), by=by, reason=reason.strip()
    )
    by.agency.timezone = zone
    events.record("agency.zone_changed", change, by=by)
    return change


def _still_yesterday(before: str, after: str, today: date) -> str:
    """The refusal, with the hour in the present zone from which the days agree."""
    begins = datetime.combine(today, time(), ZoneInfo(after)).astimezone(ZoneInfo(before))
    return _(
        "It is still yesterday there, and what began today would not have begun yet. You can change"
        " it after %(hour)s today."
    ) % {"hour": date_format(begins, "TIME_FORMAT")}


def _same_hour(moment: Expression | F, before: str, after: str) -> Func:
    """PostgreSQL's `AT TIME ZONE`: from the moment to its local time, and back to a moment."""
    shown = Func(Value(before), moment, function="timezone", output_field=DateTimeField())
    return Func(Value(after), shown, function="timezone", output_field=DateTimeField())
