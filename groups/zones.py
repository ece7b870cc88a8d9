"""The time zones of the United States and its territories, by their common names."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KNOWN: dict[str, Promise] = {
    "America/New_York": _("Eastern time (New York)"),
    "America/Indiana/Indianapolis": _("Eastern time (Indianapolis)"),
    "America/Chicago": _("Central time (Chicago)"),
    "America/Denver": _("Mountain time (Denver)"),
    "America/Phoenix": _("Arizona time (Phoenix), without summer time"),
    "America/Los_Angeles": _("Pacific time (Los Angeles)"),
    "America/Anchorage": _("Alaska time (Anchorage)"),
    "America/Adak": _("Aleutian time (Adak)"),
    "Pacific/Honolulu": _("Hawaii time (Honolulu)"),
    "America/Puerto_Rico": _("Atlantic time (Puerto Rico)"),
    "Pacific/Guam": _("Chamorro time (Guam)"),
    "Pacific/Pago_Pago": _("Samoa time (Pago Pago)"),
}


def called(zone: str) -> str:
    """The common name; a foreign zone is named by its place."""
    return str(KNOWN.get(zone) or zone.rpartition("/")[2].replace("_", " "))
