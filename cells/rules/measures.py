"""Who may define a measure, write down its numbers, and bring them in from a file."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.models import Cell, DataPoint, ImportDraft, Measure, OutcomeStandard, PlanStatus
from cells.rules.cells import recording as recording_in
from cells.rules.cells import working
from foundation.refusals import Refusal


def defining(cell: Cell, by: Member) -> Refusal | None:
    return working(cell, by)


def redefining(measure: Measure, by: Member) -> Refusal | None:
    if measure.retired_on is not None:
        return Refusal(_("This measure is no longer used."), _("Define a new one."))
    return working(measure.cell, by)


def running() -> Q:
    """Of standards: their plan is under way, or is finished and somebody checks that it holds."""
    watched = Q(plan__sustain__isnull=False, plan__sustain__ended_on=None)
    return Q(plan__status=PlanStatus.ACTIVE) | (Q(plan__status=PlanStatus.FINISHED) & watched)


def leaned_on(measure: Measure) -> Refusal | None:
    """A number by which a plan that is under way is judged is neither dropped nor made another."""
    plans = OutcomeStandard.objects.within(measure.agency).filter(running(), measure=measure)
    if not plans.exists():
        return None
    return Refusal(
        _("A plan that is under way is judged by this measure, so what it counts is locked."),
        _("Finish the plan or stop it first, or define another measure beside it."),
    )


def retiring(measure: Measure, by: Member) -> Refusal | None:
    return redefining(measure, by) or leaned_on(measure)


def recording(measure: Measure, by: Member) -> Refusal | None:
    """Writing down a number: everyone in the cell, and whoever collects it; also when the cell has
    ended, or the measure is no longer used, for the days before."""
    if measure.collected_by_id == by.pk:
        return None
    return recording_in(measure.cell, by)


def lacking_a_number(measure: Measure, by: Member) -> Refusal | None:
    """Saying that there is no number for a period."""
    if not measure.is_periodic:
        return Refusal(
            _("Here only the days are written down on which it happened."),
            _("On all other days there is nothing to say."),
        )
    return recording(measure, by)


def correcting(point: DataPoint, by: Member) -> Refusal | None:
    return recording(point.measure, by)


def importing(draft: ImportDraft, by: Member) -> Refusal | None:
    """Going on with a file that was uploaded: who uploaded it, once."""
    if draft.used_on is not None:
        return Refusal(_("This file has been imported."), _("Its numbers are on the chart."))
    if refusal := following(draft, by):
        return refusal
    if draft.asked_at is not None:
        return Refusal(_("This file is being imported now."), _("Wait until it is done."))
    return recording(draft.measure, by)


def following(draft: ImportDraft, by: Member) -> Refusal | None:
    """Seeing what becomes of a file: who uploaded it."""
    if draft.uploaded_by_id != by.pk:
        return Refusal(
            _("Only the person who brought this file can import it."), _("Bring your own copy.")
        )
    return None
