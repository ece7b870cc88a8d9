"""Policy numbers of governing documents: when each is due for review."""

from django.utils.translation import gettext_lazy as _

from documents.models import DocumentKind
from foundation.policies import Limit, Policy, Unit, area, register

area("documents", _("Documents"))

# By kind of document.
REVIEW: dict[str, Policy[int]] = {
    DocumentKind.MISSION: register(
        Policy("mission.months", _("Months until the next review"), Unit.MONTHS, 12, 1, 60)
    ),
    DocumentKind.PROCESS: register(
        Policy("process.months", _("Months until the next review"), Unit.MONTHS, 12, 1, 60)
    ),
    DocumentKind.CHARTER: register(
        Policy(
            "documents.charter", _("Months until the charter is reviewed"), Unit.MONTHS, 12, 1, 60
        )
    ),
}
REVIEW_WARNING = register(
    Policy(
        "documents.review_warning",
        _("Days of warning before a review is due"),
        Unit.DAYS,
        60,
        0,
        180,
    )
)
STEPS = register(Limit("documents.steps", _("Steps of a process, at most"), Unit.COUNT, 15))
