"""The only write path for rules of special cases."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.employment import rules
from compensation.special.models import SpecialCase, SpecialCaseRule
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce


@transaction.atomic
def decide(
    *,
    case: str,
    words: str,
    contact: str,
    decided_by: str,
    advice: str,
    decided_on: date,
    by: Member,
) -> SpecialCaseRule:
    """Record the rule for a case from the day it was decided; the one before it ends.

    Raises ValidationError: a day to come or before the last rule, or something missing.
    """
    enforce(rules.deciding(by))
    Agency.objects.select_for_update().get(pk=by.agency_id)
    rows = SpecialCaseRule.objects.within(by.agency)
    before = rows.filter(case=SpecialCase(case), until=None).first()
    given = {"words": words, "contact": contact, "decided_by": decided_by, "advice": advice}
    mistakes = {
        name: _("Write something here.") for name, said in given.items() if not said.strip()
    }
    if decided_on > by.agency.today():
        mistakes["decided_on"] = _("Choose today or a day in the past.")
    elif before is not None and decided_on < before.since:
        mistakes["decided_on"] = _("The last decision on record is newer than that.")
    if mistakes:
        raise ValidationError(mistakes)
    if before is not None:
        before.until = decided_on
        before.save(update_fields=["until"])
    found: SpecialCaseRule = rows.create(
        case=case,
        since=decided_on,
        recorded_by=by,
        **{name: said.strip() for name, said in given.items()},
    )
    events.record("special_case.decided", found, by=by, case=case)
    return found
