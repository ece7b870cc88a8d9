"""Policy numbers that people who ask for help rely on."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("safety", _("Safety"))

FIRST_LOOK = register(
    Policy(
        "safety.first_look",
        _("Working days until somebody looks at “please contact me”"),
        Unit.WORKING_DAYS,
        3,
        1,
        5,
    )
)
LONGEST_REVIEW = register(
    Limit(
        "safety.longest_review",
        _("Days in which somebody looks at it again, at most"),
        Unit.DAYS,
        366,
    )
)
NO_CONTACT_REVIEW = register(
    Policy(
        "safety.no_contact_review",
        _("Days until somebody looks again at whether two people must not meet"),
        Unit.DAYS,
        90,
        7,
        LONGEST_REVIEW.value,
    )
)
REVIEW_NOTICE = register(
    Limit(
        "safety.review_notice",
        _("Days before that in which it waits for administrators"),
        Unit.DAYS,
        14,
    )
)
