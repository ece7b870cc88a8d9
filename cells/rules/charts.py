"""Who decides how a measure is charted."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.models import Adjustment, Measure
from cells.rules.measures import redefining
from foundation.refusals import Refusal


def adjusting(measure: Measure, by: Member) -> Refusal | None:
    """Another chart, a new phase, a frozen start, a result left out: who may change the measure."""
    return redefining(measure, by)


def undoing(adjustment: Adjustment, by: Member) -> Refusal | None:
    if adjustment.undone_on is not None:
        return Refusal(_("This was taken back already."), _("Look at the chart to see how it is."))
    return adjusting(adjustment.measure, by)
