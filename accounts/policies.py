"""The limits on sessions, invitations and printed codes."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("accounts", _("People and signing in"))

INVITATION = register(
    Policy("accounts.invitation", _("Days an invitation can be accepted"), Unit.DAYS, 14, 1, 90)
)
IDLE = register(Limit("accounts.idle", _("Minutes until an idle session ends"), Unit.MINUTES, 20))
IDLE_WITH_POWER = register(
    Limit(
        "accounts.idle_with_power",
        _("The same for who handles money, people or settings"),
        Unit.MINUTES,
        15,
    )
)
LONGEST = register(Limit("accounts.longest", _("Hours a session lasts, at most"), Unit.HOURS, 24))
FRESH = register(
    Limit(
        "accounts.fresh",
        _("Minutes after signing in in which sign-in settings can be changed"),
        Unit.MINUTES,
        15,
    )
)
CODES_ON_A_SHEET = register(
    Limit("accounts.codes_on_a_sheet", _("Codes on a printed sheet"), Unit.COUNT, 10)
)
DENIABLE = register(
    Limit(
        "accounts.deniable",
        _("Days in which a person is told how their sign-in changed, and can say it was not them"),
        Unit.DAYS,
        30,
    )
)
PAUSE = register(
    Limit("accounts.pause", _("Days for which administrators can pause access"), Unit.DAYS, 14)
)
PAUSE_WINDOW = register(
    Limit(
        "accounts.pause_window",
        _("Days in which pauses for the same reason are added up"),
        Unit.DAYS,
        30,
    )
)
PAUSE_LONGER = register(
    Limit(
        "accounts.pause_longer",
        _("Days by which one decision of the committee can make a pause longer"),
        Unit.DAYS,
        30,
    )
)
