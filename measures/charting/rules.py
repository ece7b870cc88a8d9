"""Who decides how a measure is charted."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from measures.charting.models import Adjustment
from measures.definitions.models import Measure
from measures.definitions.rules import redefining


def adjusting(measure: Measure, by: Member) -> Refusal | None:
    """Another chart, a new phase, a frozen baseline, an exclusion: who may change the measure."""
    return redefining(measure, by)


def undoing(adjustment: Adjustment, by: Member) -> Refusal | None:
    if adjustment.undone_on is not None:
        return Refusal(_("This was taken back already."), _("Look at the chart to see how it is."))
    return adjusting(adjustment.measure, by)
