"""Reassigning the duties of somebody who is gone."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.models import Cell
from cells.handing_on import duties
from cells.plans.models import ActionStep
from foundation import events
from foundation.refusals import enforce
from groups.models import Seat
from notifications.actions import tell


@transaction.atomic
def hand_over(
    cell: Cell, *, given: Mapping[str, Sequence[duties.DutyRow]], to: Member, by: Member
) -> int:
    """Give these duties (rows by code of kind) to somebody in the cell; return how many.

    ValidationError: nothing was chosen, or the person is not in the cell today.
    """
    enforce(cell_rules.handing_over(cell, by))
    today = by.agency.today()
    seats = Seat.objects.within(by.agency).on(today).filter(group=cell.group_id, member=to)
    seated = cell.group.is_over(today) or seats.exists()
    if not seated or not Member.objects.within(by.agency).on(today).filter(pk=to.pk):
        raise ValidationError({"to": _("Choose somebody who is in the cell now.")})
    count = 0
    for kind in duties.KINDS:
        keys = [row.pk for row in given.get(kind.code, [])]
        rows = duties.left_behind(kind, by.agency, today).filter(
            **{kind.group: cell.group_id}, pk__in=keys
        )
        for row in kind.model.objects.within(by.agency).filter(pk__in=rows).select_for_update():
            setattr(row, kind.field, to)
            changed = [kind.field]
            if isinstance(row, ActionStep) and row.co_owner_id == to.pk:
                row.co_owner = None
                changed.append("co_owner")
            if hasattr(row, "version"):
                row.version += 1
                changed.append("version")
            row.save(update_fields=changed)
            events.record("duty.handed_over", row, by=by, cell=cell.pk, member=to.pk)
            count += 1
    if not count:
        raise ValidationError({"to": _("Choose at least one thing to hand over.")})
    if to.pk != by.pk:
        tell(to, "duty.given", subject=cell, title=cell.group.name)
    return count
