"""Doubts about unusual hours, which the person who typed them must check."""

from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.models import Agency
from foundation.numbers import hours_words
from groups.policies import LONG_DAY, TIMES_A_MEETING


def hours(value: Decimal, planned: Decimal, agency: Agency) -> str:
    """Why to check somebody's hours at a meeting; `planned`: the meeting's length."""
    words = {"value": hours_words(value), "planned": hours_words(planned)}
    if value > max(planned, Decimal(LONG_DAY.value(agency, agency.today()))):
        said = _("%(value)s is a long day.")
    elif value > planned * TIMES_A_MEETING.value:
        said = _("%(value)s is far more than the %(planned)s of the meeting.")
    else:
        return ""
    return f"{said % words} {_('Correct it, or check the box if it is right.')}"
