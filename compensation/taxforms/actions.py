"""The only write path for notes about forms W-9."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.offers.actions import locked
from compensation.taxforms import rules
from compensation.taxforms.models import TaxFormNote
from foundation import events
from foundation.refusals import enforce


@transaction.atomic
def write_down(member: Member, *, state: str, on: date, by: Member) -> TaxFormNote:
    """Record that the member was asked for the form, or gave it, on that day.

    Raises ValidationError for a day that is still to come.
    """
    enforce(rules.writing_down(member, by))
    if on > by.agency.today():
        raise ValidationError({"on": _("This day is still to come.")})
    locked(member)
    note: TaxFormNote = TaxFormNote.objects.within(by.agency).create(
        member=member, state=state, on=on, by=by
    )
    events.record("tax_form.noted", note, by=by)
    return note
