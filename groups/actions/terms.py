"""Whether a group takes part in CQI, by day and with a reason; never for past days."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from groups import rules
from groups.actions.seats import locked
from groups.models import CqiPeriod, Group


@transaction.atomic
def change_cqi(
    group: Group, *, takes_part: bool, since: date, reason: str, by: Member
) -> CqiPeriod:
    """Let a governing body or a council join or leave CQI from `since` on (today or later).

    The oversight committee is told. ValidationError: a past day, no reason, no change, a change
    that is already planned.
    """
    group = locked(group, by)
    enforce(rules.changing_cqi(group, by))
    today = by.agency.today()
    mistakes = {}
    if since < max(today, group.opened):
        mistakes["since"] = _("Choose today or a later day.")
    if not reason.strip():
        mistakes["reason"] = _("Say why. The oversight committee reads it.")
    if mistakes:
        raise ValidationError(mistakes)
    periods = group.cqi_periods.filter(Q(until=None) | Q(until__gt=today))
    held = periods.select_for_update().order_by("-since").first()
    if held is not None and (held.until is not None or held.since > max(today, group.opened)):
        raise ValidationError(_("A change is planned already. Wait until its day has come."))
    if takes_part == (held is not None):
        raise ValidationError(_("Nothing would change."))
    if held is None:
        period: CqiPeriod = group.cqi_periods.create(
            agency=by.agency, since=since, reason=reason.strip(), by=by, entered_on=today
        )
    else:
        period = held
        period.until, period.end_reason = since, reason.strip()
        period.ended_by, period.ended_on = by, today
        period.save()
    name = "group.joined_cqi" if takes_part else "group.left_cqi"
    events.record(name, group, by=by, period=period.pk, since=since.isoformat())
    return period
