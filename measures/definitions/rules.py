"""Who may define a measure, change what it counts, and stop using it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from groups.models import Group
from measures.definitions import judges, owners
from measures.definitions.models import Measure


def defining(owner: Group, by: Member) -> Refusal | None:
    return owners.of(owner).defining(owner, by)


def redefining(measure: Measure, by: Member) -> Refusal | None:
    if measure.retired_on is not None:
        return Refusal(_("This measure is no longer used."), _("Define a new one."))
    return defining(measure.owner, by)


def retiring(measure: Measure, by: Member) -> Refusal | None:
    """Not while a plan is judged by it."""
    return redefining(measure, by) or judges.locking(measure)
