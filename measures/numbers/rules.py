"""Who may record the numbers of a measure."""

from accounts.models import Member
from foundation.refusals import Refusal
from measures.definitions import owners
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
