"""Who may record the numbers of a measure."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import holding
from foundation.refusals import Refusal
from measures.definitions import judges, owners
from measures.definitions.models import Measure
from measures.numbers.models import DataPoint


def recording(measure: Measure, by: Member) -> Refusal | None:
    """Recording: the collector, and others its owner permits (in a cell, everyone).

    It stays possible for earlier days after the owner has ended or the measure was retired.
    """
    if measure.collected_by_id == by.pk:
        return None
    return owners.of(measure.owner).recording(measure.owner, by)


def lacking_a_number(measure: Measure, by: Member) -> Refusal | None:
    """Recording that a period has no number."""
    return measure.shape.lacking or recording(measure, by)


def correcting(point: DataPoint, by: Member) -> Refusal | None:
    return recording(point.measure, by)


def taking_back(point: DataPoint, by: Member) -> Refusal | None:
    """Taking back what one recorded a moment ago: nobody corrected it, and no plan rests on it."""
    measure = point.measure
    if point.version > 1 or point.recorded_by_id != by.pk or judges.frozen(measure, [point.period]):
        return Refusal(
            _("Somebody has gone on with this number."), _("Correct it on the measure’s page.")
        )
    if refusal := recording(measure, by):
        return refusal
    today = by.agency.today()
    return holding.deleting(by.agency, today, groups=[measure.owner_id], day=point.came_on)
