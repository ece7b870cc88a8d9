"""Who may define a measure, change what it counts, and retire it."""

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
    """Retiring: not while a plan is judged by it."""
    return redefining(measure, by) or judges.locking(measure)


def handing_over(measure: Measure, by: Member) -> Refusal | None:
    """Handing it to another group, which then decides on it: people who may retire it."""
    if refusal := redefining(measure, by):
        return refusal
    if retiring(measure, by) is None:
        return None
    return Refusal(
        _("A plan that is under way is judged by this measure, so it stays where it is."),
        _("Finish the plan or stop it first."),
    )


def taking_over(measure: Measure, to: Group, by: Member) -> Refusal | None:
    """Taking it into another group: only people who may also define measures there."""
    if to.pk == measure.owner_id:
        return Refusal(_("This group has the measure already."), _("Choose another group."))
    return defining(to, by)
