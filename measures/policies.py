"""Policy numbers of measures: when a number is late, what differs from all before."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("measures", _("Measures and their numbers"))

LAG = register(
    Policy("measures.lag", _("Days after a period until its number is late"), Unit.DAYS, 7, 0, 90)
)
LONGEST_LAG = register(
    Limit("measures.longest_lag", _("Days until a number is late, at most"), Unit.DAYS, 366)
)
LATE_PERIODS = register(
    Policy("measures.late_periods", _("Late numbers listed at once"), Unit.COUNT, 3, 1, 12)
)
OWN_FRESH = register(
    Policy(
        "measures.own_fresh",
        _("Days that a number counts for an indicator of our own"),
        Unit.DAYS,
        120,
        31,
        400,
        help=_("From the first day of its period on."),
    )
)
OWN_WARNING = register(
    Policy(
        "measures.own_warning",
        _("Days of warning before evidence of an indicator of our own runs out"),
        Unit.DAYS,
        30,
        0,
        180,
    )
)
IMPORT_KEPT = register(
    Limit("measures.import_kept", _("Hours an unfinished import is kept"), Unit.HOURS, 24)
)
FAR_FROM_PAST = register(
    Limit("measures.far_from_past", _("Times the highest result so far"), Unit.COUNT, 3)
)
ENOUGH_PAST = register(
    Limit("measures.enough_past", _("Results before one can be far from them"), Unit.COUNT, 4)
)
PAST_LOOKED_AT = register(
    Limit("measures.past_looked_at", _("Results that a new one is held against"), Unit.COUNT, 36)
)
