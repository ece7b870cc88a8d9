"""A measure's definition, one line per part."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.presenting import Fact
from measures.definitions import wording
from measures.definitions.models import Measure


def definition(found: Measure) -> list[Fact]:
    rows = [
        (_("Kind"), found.get_kind_display()),
        (_("What is counted"), found.numerator),
        (_("Out of what"), found.denominator),
        (_("Shown for every"), found.per if found.per > 1 else ""),
        (_("Unit"), found.unit),
        (_("Better"), _better(found)),
        (_("How often"), found.get_frequency_display() if found.shape.is_periodic else ""),
        (_("Where it comes from"), found.source),
        (_("Who writes it down"), found.collected_by.shown_name),
        (_("How soon"), _how_soon(found) if found.shape.is_periodic else ""),
        (_("What is expected"), _expected(found)),
        (_("Who or what counts"), found.inclusion),
        (_("Who or what does not count"), found.exclusion),
        (_("Why it was changed last"), found.reason),
    ]
    return [Fact(key=str(key), value=str(value)) for key, value in rows if value]


def _better(found: Measure) -> str:
    return str(found.shape.ways.get(found.direction) or found.get_direction_display())


def _how_soon(found: Measure) -> str:
    if found.lag == 0:
        return _("On the last day of each period; later is late")
    said = ngettext(
        "Within %(n)d day after each period; later is late",
        "Within %(n)d days after each period; later is late",
        found.lag,
    )
    return said % {"n": found.lag}


def _expected(found: Measure) -> str:
    """The plausible range in words; empty without one."""
    words = {
        "least": wording.amount(found, found.lowest),
        "most": wording.amount(found, found.highest),
    }
    if found.lowest is not None and found.highest is not None:
        return _("From %(least)s to %(most)s") % words
    if found.lowest is not None:
        return _("%(least)s or more") % words
    return _("%(most)s or less") % words if found.highest is not None else ""
