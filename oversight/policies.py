"""Policy numbers of the oversight committee: meetings, answers, reviews."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

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
DECIDE_DAYS = register(
    Policy(
        "oversight.decide_days",
        _("Days that the committee has for a decision"),
        Unit.DAYS,
        30,
        1,
        180,
        help=_(
            "On a recommendation that is prepared, on an answer of management, and on what "
            "management says it has carried out."
        ),
    )
)
ESCALATE_DAYS = register(
    Policy(
        "oversight.escalate_days",
        _("Days after which the board’s chair is told of a stage that is overdue"),
        Unit.DAYS,
        14,
        1,
        180,
    )
)
MEETING_WARNING = register(
    Policy("oversight.meeting_warning", _("Days of warning before that"), Unit.DAYS, 21, 0, 90)
)
SEAT_WARNING = register(
    Policy(
        "oversight.seat_warning",
        _("Days of warning before a seat or an office that is missed then ends"),
        Unit.DAYS,
        30,
        0,
        90,
    )
)
ANSWER_WARNING = register(
    Policy(
        "oversight.answer_warning",
        _("Days of warning before an answer is overdue"),
        Unit.DAYS,
        7,
        0,
        60,
    )
)
REVIEW_WITHIN = register(
    Policy(
        "oversight.review_within",
        _("Days after a quarter to hold its review"),
        Unit.DAYS,
        45,
        7,
        180,
    )
)
MINUTES_WITHIN = register(
    Policy(
        "oversight.minutes_within",
        _("Days after a meeting of the committee to approve its minutes"),
        Unit.DAYS,
        30,
        7,
        90,
        help=_("The charter says who reads them from that day on."),
    )
)
MINUTES_WARNING = register(
    Policy(
        "oversight.minutes_warning",
        _("Days of warning before minutes are overdue"),
        Unit.DAYS,
        14,
        0,
        60,
        help=_("On the day of the next meeting, they wait in any case."),
    )
)
MINUTES_ASKED = register(
    Limit(
        "oversight.minutes_asked",
        _("Days in which the committee is asked to approve minutes"),
        Unit.DAYS,
        366,
    )
)
OPEN_MEETINGS = register(
    Policy(
        "oversight.open_meetings",
        _("An open-meeting law applies to the committee"),
        Unit.BOOLEAN,
        False,
        help=_("If passages of the minutes are kept from readers, the committee has to say why."),
    )
)
PAUSE_COUNTED = register(
    Limit(
        "oversight.pause_counted",
        _("Days over which late reviews of pauses are counted"),
        Unit.DAYS,
        365,
    )
)
PAUSE_REVIEW = register(
    Limit(
        "oversight.pause_review",
        _("Days in which the committee reviews the pause of one of its members"),
        Unit.DAYS,
        5,
    )
)
