"""The only write path for lines of the budget."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from compensation.budget import rules
from compensation.budget.models import BudgetLine, BudgetOverride
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups.scheduling import PlannedBeyond

DAY = timedelta(days=1)


@transaction.atomic
def enter(
    *,
    name: str,
    covers: str,
    since: date,
    last_day: date,
    amount: Decimal,
    decided_on: date,
    decided_by: str,
    by: Member,
) -> BudgetLine:
    """Enter a line as the governing body decided it.

    Raises ValidationError: a last day before the first, a decision to come, or another line for the
    same kind that shares a day.
    """
    enforce(rules.entering(by))
    Agency.objects.select_for_update().get(pk=by.agency_id)
    if last_day < since:
        raise ValidationError({"last_day": _("The last day comes before the first one.")})
    if decided_on > by.agency.today():
        raise ValidationError({"decided_on": _("This day is still to come.")})
    lines = BudgetLine.objects.within(by.agency)
    others = lines.standing().filter(covers=covers, since__lte=last_day, until__gt=since)
    if other := others.first():
        said = _("“%(name)s” is for the same and shares some of these days. Take it out first.")
        raise ValidationError({"since": said % {"name": other.name}})
    line = lines.create(
        name=name.strip(),
        covers=covers,
        since=since,
        until=last_day + DAY,
        amount=amount,
        decided_on=decided_on,
        decided_by=decided_by.strip(),
        entered_by=by,
    )
    events.record("budget_line.entered", line, by=by)
    return line


@transaction.atomic
def take_out(line: BudgetLine, *, why: str, by: Member) -> BudgetLine:
    """Take a line out of the budget; it stays on record."""
    line = BudgetLine.objects.within(by.agency).select_for_update(of=("self",)).get(pk=line.pk)
    enforce(rules.taking_out(line, by))
    line.out_on, line.out_by, line.out_why = by.agency.today(), by, why.strip()
    line.save(update_fields=["out_on", "out_by", "out_why"])
    events.record("budget_line.taken_out", line, by=by)
    return line


@transaction.atomic
def plan_beyond(line: BudgetLine, beyond: Decimal, planned: PlannedBeyond) -> BudgetOverride:
    """Record that meetings were planned for which the line was not enough, and why."""
    by = planned.by
    kept: BudgetOverride = BudgetOverride.objects.within(by.agency).create(
        line=line,
        group=planned.group,
        meetings=planned.meetings,
        first_on=planned.first_on,
        beyond=beyond,
        why=planned.why,
        by=by,
        on=by.agency.today(),
    )
    events.record("budget_line.exceeded", line, by=by)
    return kept
