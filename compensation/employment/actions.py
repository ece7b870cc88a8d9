"""The only write path for decisions on how people are paid."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.employment import rules
from compensation.employment.models import EmploymentDecision, EmploymentKind
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce


@transaction.atomic
def decide(
    *, kind: str, words: str = "", decided_by: str, advice: str, decided_on: date, by: Member
) -> EmploymentDecision:
    """Record how people are paid from that day; the decision before it ends.

    Raises ValidationError: a day to come or before the last decision, or something missing.
    """
    enforce(rules.deciding(by))
    Agency.objects.select_for_update().get(pk=by.agency_id)
    rows = EmploymentDecision.objects.within(by.agency)
    before = rows.filter(until=None).first()
    mistakes = {}
    if kind not in EmploymentKind.values:
        mistakes["kind"] = _("Choose how people are paid.")
    if kind == EmploymentKind.OTHER and not words.strip():
        mistakes["words"] = _("Write in which other way people are paid.")
    if not decided_by.strip():
        mistakes["decided_by"] = _("Write who decided it.")
    if not advice.strip():
        mistakes["advice"] = _("Write who advised them, or that nobody did.")
    if decided_on > by.agency.today():
        mistakes["decided_on"] = _("Choose today or a day in the past.")
    elif before is not None and decided_on < before.decided_on:
        mistakes["decided_on"] = _("The last decision on record is newer than that.")
    if mistakes:
        raise ValidationError(mistakes)
    if before is not None:
        before.until = decided_on
        before.save(update_fields=["until"])
    found = rows.create(
        kind=kind,
        words=words.strip() if kind == EmploymentKind.OTHER else "",
        decided_by=decided_by.strip(),
        advice=advice.strip(),
        decided_on=decided_on,
        recorded_by=by,
    )
    events.record("employment.decided", found, by=by, kind=kind)
    return found
