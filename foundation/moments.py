"""A field for a date and time of day, safe when clocks change.

The hour that occurs twice in fall is asked about; the hour skipped in spring is refused.
"""

import re
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from foundation.fields import AskedBack, AsksBack

# Choosing between two equal hours sends the time with its UTC offset.
_WITH_OFFSET = re.compile(r"(?:Z|[+-]\d{2}:\d{2})$", re.ASCII)


class MomentField(AsksBack, forms.DateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        return self.read(value)

    def read(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            found = super().to_python(value)
        if found is None or isinstance(value, datetime):
            return found
        zone = timezone.get_current_timezone()
        if _WITH_OFFSET.search(str(value).strip()):
            return found.astimezone(zone)
        first, second = (found.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return first
        if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != found.replace(
            tzinfo=None
        ):
            raise ValidationError(
                _("This hour is left out that night, as clocks go forward. Choose another one."),
                code="left_out",
            )
        hour = formats.time_format(first, "g:i a")
        offered = [
            (first.isoformat(), _("%(hour)s, before clocks go back") % {"hour": hour}),
            (second.isoformat(), _("%(hour)s, after clocks went back") % {"hour": hour}),
        ]
        raise AskedBack(
            _("Clocks go back that night, so this hour comes twice. Which one is it?"), offered
        )

    def prepare_value(self, value: Any) -> Any:
        """The box's content; a date-and-time box shows no offset."""
        if isinstance(value, str):
            return _WITH_OFFSET.sub("", value)
        return super().prepare_value(value)


class ClockField(forms.DateTimeField):
    """A date and an hour as a clock shows them, without a zone, for what repeats on other days."""

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            found = super().to_python(value)
        return None if found is None else found.replace(tzinfo=None)
