"""Where a survey round is found, and the words of the messages about it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import access
from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from notifications import notices
from satisfaction.models import SurveyRound


def _round(subject_id: int, reader: Member) -> Link | None:
    round_ = SurveyRound.objects.within(reader.agency).filter(pk=subject_id).first()
    if round_ is None:
        return None
    title = _("Survey %(number)d on taking part") % {"number": round_.number}
    if round_.closed_on is not None:
        return Link(title, at(reader.agency, "satisfaction:results", pk=round_.pk))
    return Link(title, at(reader.agency, "satisfaction:answer", pk=round_.pk))


access.describe("survey sheet", gettext_lazy("your survey to print"))
links.register("satisfaction.surveyround", _round)
notices.register(
    "satisfaction.asked",
    gettext_lazy("We ask what it is like to take part. “%(title)s” has 10 short questions."),
)
notices.register(
    "satisfaction.reminder", gettext_lazy("“%(title)s” is still open. It takes 3 minutes.")
)
