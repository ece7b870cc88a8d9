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
CHARTER_SEATS = register(
    Limit("documents.charter_seats", _("Seats of a charter, at most"), Unit.COUNT, 60)
)
CHARTER_TERM = register(
    Limit("documents.charter_term", _("Months of a term, at most"), Unit.MONTHS, 120)
)
CHARTER_IN_A_ROW = register(
    Limit("documents.charter_in_a_row", _("Terms in a row, at most"), Unit.COUNT, 20)
)
