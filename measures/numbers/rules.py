"""Who may write down the numbers of a measure."""

from accounts.models import Member
from foundation.refusals import Refusal
from measures.definitions import owners
from measures.definitions.models import Measure
from measures.numbers.models import DataPoint


def recording(measure: Measure, by: Member) -> Refusal | None:
    """Writing down a number: whoever collects it, and whom its owner lets (in a cell: everyone).

    Also when the owner has ended, or the measure is no longer used, for the days before.
    """
    if measure.collected_by_id == by.pk:
        return None
    return owners.of(measure.owner).recording(measure.owner, by)


def lacking_a_number(measure: Measure, by: Member) -> Refusal | None:
    """Saying that there is no number for a period."""
    return measure.shape.lacking or recording(measure, by)


def correcting(point: DataPoint, by: Member) -> Refusal | None:
    return recording(point.measure, by)
