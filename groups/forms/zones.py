"""The form for the agency's time zone."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import formats
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.models import Agency
from groups.zones import KNOWN, called


class ZoneForm(PortalForm):
    zone = forms.ChoiceField(
        label=_("Which time zone do you go by?"),
        help_text=_("Beside each is what clocks there show now."),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why does it change?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moment = now()
        zones = [each for each in KNOWN if each != agency.timezone]
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            (each, f"{called(each)}: {shown(moment, each)}") for each in zones
        ]


def shown(moment: datetime, zone: str) -> str:
    """The local time in the zone, with its day, which may differ."""
    there = moment.astimezone(ZoneInfo(zone))
    return gettext("%(hour)s on %(day)s") % {
        "hour": formats.time_format(there, "g:i a"),
        "day": formats.date_format(there, "F j, Y"),
    }
