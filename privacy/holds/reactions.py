"""Tell the rest of the house what must be kept, and word the message about it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from foundation import holding
from foundation.models import Agency
from notifications import notices
from privacy.holds.reading import held

notices.register("legal_hold.changed", _("An administrator set or ended a legal hold."))


def _keep(agency: Agency, on: date) -> holding.Holds:
    return held(agency, on)


holding.register(_keep)
