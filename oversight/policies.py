"""The policy numbers of the oversight committee: meetings, answers, reviews."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Policy, Unit, area, register

area("oversight", _("Oversight committee"))

MEETING_DAYS = register(
    Policy(
        "oversight.meeting_days",
        _("Days between meetings of the committee, at most"),
        Unit.DAYS,
        92,
        7,
        366,
    )
)
ANSWER_DAYS = register(
    Policy(
        "oversight.answer_days",
        _("Days that management has for an answer"),
        Unit.DAYS,
        30,
        1,
        180,
        help=_("An answer that is sent back opens as many days again."),
    )
)
