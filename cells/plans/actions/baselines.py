"""Changes to a frozen baseline, which must then be confirmed again."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.ideas.actions import locked as locked_opportunity
from cells.plans import baseline, rules
from cells.plans.baseline import Start
from cells.plans.models.plans import (
    ActionPlan,
    BaselineChange,
    Cause,
    OutcomeStandard,
    PlanStatus,
    StandardRole,
)
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from measures.definitions.judges import Touch
from measures.definitions.models import Measure
from notifications.actions import tell


@contextmanager
def touching(
    measure: Measure,
    *,
    cause: Touch,
    by: Member | None,
    reason: str,
    periods: Collection[date] | None,
    always: bool,
    expected: bool,
) -> Iterator[None]:
    """Wrap a change to what frozen baselines of begun plans are based on.

    See `measures.definitions.judges.touching`. The record is written before the change, which the
    database otherwise rejects. A moved baseline, or `always`, must be confirmed again; an
    `expected` change only if it contradicts what people had stated.
    """
    before = baseline.starts(measure, periods)
    rows = {pk: _begun(was, Cause(cause.value), by, reason) for pk, was in before.items()}
    yield
    now = baseline.starts(measure) if rows else {}
    for pk, row in rows.items():
        was = before[pk]
        start = now.get(pk, was)
        moved = was.shown != start.shown and not (expected and not was.stated)
        _done(row, was.standard, start.value, moved=always or moved)


def _begun(was: Start, cause: Cause, by: Member | None, reason: str) -> BaselineChange:
    standard = was.standard
    return BaselineChange.objects.within(standard.agency).create(
        standard=standard,
        cause=cause,
        on=standard.agency.today(),
        by=by,
        reason=reason.strip(),
        before=_decimal(was.value),
    )


def _done(
    row: BaselineChange, standard: OutcomeStandard, after: float | Decimal | None, *, moved: bool
) -> None:
    """Record the effect; if a baseline moved, tell the plan's reviewer."""
    row.after = _decimal(after)
    if not moved:
        row.confirmed_on, row.confirmed_by = row.on, row.by
    row.save()
    if not moved:
        return
    plan, by = standard.plan, row.by
    events.record(
        "baseline.reopened",
        plan,
        by=by,
        cell=plan.opportunity.cell_id,
        measure=standard.measure_id,
    )
    looks = plan.looked_at_by
    running = plan.status in (PlanStatus.ACTIVE, PlanStatus.FINISHED)
    if looks is not None and running and (by is None or looks.pk != by.pk):
        tell(looks, "baseline.reopened", subject=plan, renews=True)


def said_anew(
    standard: OutcomeStandard,
    before: Decimal | None,
    after: Decimal | None,
    *,
    cause: Cause,
    by: Member,
    reason: str,
) -> None:
    """Record, before saving, that people restated a plan's baseline."""
    row = _begun(Start(standard, before, ""), cause, by, reason)
    _done(row, standard, after, moved=False)


def _decimal(value: float | Decimal | None) -> Decimal | None:
    return None if value is None else round(Decimal(str(value)), 4)


@transaction.atomic
def confirm_baseline(
    standard: OutcomeStandard,
    *,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
    reason: str,
    by: Member,
    version: int | None = None,
) -> OutcomeStandard:
    """Confirm the plan's baseline and its goal. `version` is the plan's.

    ValidationError: no reason, impossible numbers, a plan under way without a goal or date.
    """
    locked_opportunity(standard.plan.opportunity_id, by)
    plans = ActionPlan.objects.within(by.agency).select_related("opportunity__cell__group")
    plan = plans.select_for_update(of=("self",)).get(pk=standard.plan_id)
    rows = OutcomeStandard.objects.within(by.agency).select_related("measure")
    standard = rows.select_for_update(of=("self",)).get(pk=standard.pk)
    standard.plan = plan
    changes = BaselineChange.objects.within(by.agency).open().filter(standard=standard)
    enforce(rules.confirming_baseline(plan, by, is_open=changes.exists()))
    same(plan, version)
    required(reason=reason)
    _check(standard, baseline, target, target_on)
    today = by.agency.today()
    said_anew(standard, standard.baseline, baseline, cause=Cause.CONFIRMED, by=by, reason=reason)
    if standard.baseline != baseline:
        standard.baseline_on = today if baseline is not None else None
    standard.baseline, standard.target, standard.target_on = baseline, target, target_on
    standard.version += 1
    standard.save()
    changes.update(confirmed_on=today, confirmed_by=by)
    plan.version += 1
    plan.save()
    events.record(
        "baseline.confirmed",
        plan,
        by=by,
        cell=plan.opportunity.cell_id,
        measure=standard.measure_id,
    )
    return standard


def _check(
    standard: OutcomeStandard,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
) -> None:
    wrong = rules.wrong_numbers(standard.measure, baseline, target)
    goes_on = standard.plan.status == PlanStatus.ACTIVE
    if standard.role == StandardRole.OUTCOME and goes_on:
        if baseline is None:
            wrong["baseline"] = _("Say where you start from.")
        if target is None:
            wrong["target"] = _("Say where you want to get.")
        elif baseline is not None and rules.is_worse(standard.measure, baseline, target):
            wrong["target"] = _("The goal is worse than where you start.")
        if target_on is None or target_on <= standard.agency.today():
            wrong["target_on"] = _("Choose a day that is still to come.")
    if wrong:
        raise ValidationError(wrong)
