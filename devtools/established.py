"""An agency whose founding is long over, for tests of what it does every day."""

from datetime import timedelta

from django.utils.timezone import now

from foundation.models import Agency

LONG_AGO = timedelta(days=1000)


def establish(agency: Agency) -> Agency:
    """Let the agency have begun long before the days in question."""
    agency.opened = now() - LONG_AGO
    Agency.objects.filter(pk=agency.pk).update(opened=agency.opened)
    return agency
