"""Restores what a closing ended or handed over when the closing is undone."""

from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import Field

from accounts.models import Member
from cells.handing_on import goes_on
from cells.handing_on.models import Settlement, Touched
from cells.ideas import lineage
from cells.ideas.models import Opportunity
from cells.plans.models import OutcomeStandard
from foundation import events
from foundation.transitions import StatefulModel
from groups.models import Closure
from measures.definitions.actions import own
from measures.definitions.models import Measure
from notifications.actions import tell

MODELS = {model._meta.model_name: model for model in goes_on.GOING_ON}


@transaction.atomic
def bring_back(closure: Closure, *, by: Member | None) -> None:
    """Restore each settlement whose rows nobody has changed since; leave the others."""
    settlements = Settlement.objects.within(closure.agency).filter(closure=closure)
    for settlement in settlements.select_related("cell__group").order_by("-pk"):
        touched = list(settlement.touched.order_by("-pk"))
        held = [(each, _locked(each)) for each in touched]
        settlement.restored = all(
            row is not None
            and row.version == each.version
            and not _is_needed_there(row, settlement)
            for each, row in held
        )
        settlement.save(update_fields=["restored"])
        if settlement.restored:
            for each, row in held:
                assert row is not None
                _restore(row, each)
        events.record(
            "child.brought_back" if settlement.restored else "child.stays",
            settlement.cell,
            by=by,
            kind=settlement.kind,
            row=settlement.row,
        )
        _tell(settlement, by)


def _locked(touched: Touched) -> goes_on.Work | None:
    rows = MODELS[touched.model].objects.within(touched.agency)
    found = rows.select_for_update().filter(pk=touched.row).first()
    return cast("goes_on.Work | None", found)


def _is_needed_there(row: goes_on.Work, settlement: Settlement) -> bool:
    """Whether another plan of the cell that took the measure over is now judged by it."""
    if not isinstance(row, Measure) or settlement.to_cell_id is None:
        return False
    came = Settlement.objects.within(settlement.agency).filter(
        closure=settlement.closure_id, kind=goes_on.IDEA
    )
    plans = OutcomeStandard.objects.within(settlement.agency).filter(
        measure=row, plan__opportunity__cell=settlement.to_cell_id
    )
    return plans.exclude(plan__opportunity__in=came.values("row")).exists()


def _restore(row: goes_on.Work, touched: Touched) -> None:
    for column, value in touched.before.items():
        field = row._meta.get_field(column)
        assert isinstance(field, Field)
        was = field.to_python(value) if not field.is_relation else value
        if isinstance(row, StatefulModel) and column == row.moves.field:
            row.become(row.moves.states(was))
        else:
            setattr(row, column, date.fromisoformat(was) if _is_day(field, was) else was)
    row.version += 1
    row.save()
    if isinstance(row, Measure):
        own(row, row.owner, row.agency.today())


def _is_day(field: "Field[Any, Any]", value: object) -> bool:
    return isinstance(value, str) and field.get_internal_type() == "DateField"


def _tell(settlement: Settlement, by: Member | None) -> None:
    """Tell the idea's owners, and whoever was to continue it."""
    if not settlement.restored:
        return
    if settlement.kind == goes_on.IDEA:
        idea = Opportunity.objects.within(settlement.agency).get(pk=settlement.row)
        for owner, known in lineage.owners(idea).items():
            if by is None or owner.pk != by.pk:
                tell(owner, "opportunity.goes_on", subject=known)
    if settlement.to is not None and (by is None or settlement.to_id != by.pk):
        tell(settlement.to, "duty.taken_back", subject=settlement.cell)
