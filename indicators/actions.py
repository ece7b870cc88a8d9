"""The only write path for results, dated policy values and frozen snapshots."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events, policies
from foundation.models import Agency, PolicyChange
from foundation.policies import PolicyValue
from foundation.refusals import enforce
from foundation.transactions import attempt
from indicators import canonical, changes, registry, rules
from indicators.engine import ENGINE, evaluate
from indicators.history import last_month_end
from indicators.models import (
    FrozenSnapshot,
    IndicatorSnapshot,
    Recomputation,
    StaleMark,
)
from indicators.registry import Indicator
from indicators.results import IndicatorResult

logger = logging.getLogger(__name__)

# After this many rounds, leave an endless burst to the next sweep.
MOST_ROUNDS = 20


def catch_up(agency: Agency) -> int:
    """Recompute until no mark is left; return the rounds. Safe to run twice, or at once.

    Does nothing while another process is at work, which will look for new marks after it commits.
    """
    for rounds in range(MOST_ROUNDS):
        if not _recompute_if_due(agency):
            return rounds
    return MOST_ROUNDS


@transaction.atomic
def _recompute_if_due(agency: Agency) -> bool:
    last = _locked(agency)
    if last is None:
        return False
    today = agency.today()
    # Read the marks before the facts: a mark that arrives meanwhile stays for the next round.
    marks = dict(StaleMark.objects.within(agency).values_list("pk", "indicator"))
    if last.day != today or last.engine != ENGINE:
        stale = registry.registered()
    else:
        stale = changes.stale(set(marks.values()))
    if not marks and not stale:
        return False
    results, whole = _evaluated(agency, today, stale)
    _keep(agency, results)
    if not whole:
        # Keep the marks: the sweep will retry what could not be judged.
        return False
    StaleMark.objects.within(agency).filter(pk__in=list(marks)).delete()
    last.day, last.engine, last.finished_at = today, ENGINE, timezone.now()
    last.save(update_fields=["day", "engine", "finished_at"])
    return True


def _locked(agency: Agency) -> Recomputation | None:
    """The agency's row, locked until the transaction ends; None while another process has it."""
    rows = Recomputation.objects.within(agency)
    if not rows.exists():
        try:
            with attempt():
                rows.create()
        except IntegrityError:
            return None
    return rows.select_for_update(skip_locked=True).first()


def _evaluated(
    agency: Agency, today: date, stale: Sequence[Indicator]
) -> tuple[dict[str, IndicatorResult], bool]:
    """The results, and whether they are complete; a broken indicator holds up no other."""
    results: dict[str, IndicatorResult] = {}
    whole = True
    for indicator in stale:
        try:
            with attempt():
                found = evaluate([agency.pk], today, indicators=[indicator])
        except Exception:
            logger.exception("The indicator %s of agency %s broke", indicator.code, agency.pk)
            whole = False
        else:
            results |= found[agency.pk]
    return results, whole


def _keep(agency: Agency, results: dict[str, IndicatorResult]) -> None:
    """Append a snapshot of each result that differs from the newest one, or ends a month."""
    snapshots = IndicatorSnapshot.objects.within(agency)
    newest = {row.indicator: row for row in snapshots.newest()}
    for code, result in results.items():
        before = newest.get(code)
        stored = result.stored()
        if before is not None and _still_says(before, result.on, stored):
            continue
        unchanged = (
            before is not None and before.status == stored["status"] and before.day <= result.on
        )
        snapshots.create(
            indicator=code,
            day=result.on,
            engine=ENGINE,
            status_since=before.status_since if before and unchanged else result.on,
            **stored,
        )


# The number of the whole follows from the criteria; days that pass are no change.
FOLLOWS = {"value"}


def _still_says(before: IndicatorSnapshot, on: date, stored: dict[str, Any]) -> bool:
    """Whether the snapshot holds on that day as it is, and no month has ended since."""
    said = all(getattr(before, name) == stored[name] for name in stored.keys() - FOLLOWS)
    return said and before.engine == ENGINE and before.day >= last_month_end(on)


@transaction.atomic
def change_policy(
    code: str, *, value: PolicyValue, since: date, reason: str, by: Member
) -> PolicyChange:
    """Set another value from `since` on (today or later); earlier days are judged as before.

    Raises ValidationError for a value the policy does not allow or a day that has passed,
    LookupError for an unknown policy.
    """
    enforce(rules.changing_settings(by))
    policy = policies.find(code)
    today = by.agency.today()
    mistakes = {}
    if not policy.accepts(value):
        mistakes["value"] = _("This setting does not take that value.")
    if backdated := rules.backdating(since, today):
        mistakes["since"] = backdated
    if not reason.strip():
        mistakes["reason"] = _("Say why, so that everybody can follow it later.")
    if mistakes:
        raise ValidationError(mistakes)
    change = PolicyChange.objects.within(by.agency).create(
        code=code, value=value, since=since, reason=reason.strip(), by=by, made_on=today
    )
    events.record("policy.changed", change, by=by, policy=code)
    return change


@transaction.atomic
def freeze(agency: Agency, *, by: Member | None, on: date | None = None) -> FrozenSnapshot:
    """Freeze all indicators as of a day (default: today), with their history, as immutable text.

    Raises ValueError for a future day.
    """
    today = agency.today()
    on = today if on is None else on
    if on > today:
        raise ValueError(f"{on} is still to come")
    results = evaluate([agency.pk], on)[agency.pk]
    moment = timezone.now()
    text = canonical.text(agency, results, frozen_at=moment)
    return FrozenSnapshot.objects.within(agency).create(
        as_of=on,
        text=text,
        checksum=hashlib.sha256(text.encode()).hexdigest(),
        frozen_at=moment,
        by=by,
    )
