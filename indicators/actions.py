"""The only write path for results, dated policy values and frozen snapshots."""

import hashlib
import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events, policies, tenancy
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
        if not _round([agency]):
            return rounds
    return MOST_ROUNDS


def catch_up_many(agencies: Sequence[Agency]) -> set[int]:
    """Recompute agencies together until no mark is left; return the keys of those that failed.

    A failure is told in the log, and stops no other agency.
    """
    failed: set[int] = set()
    left = list(agencies)
    for _rounds in range(MOST_ROUNDS):
        done, broken = _halved(left)
        failed |= broken
        left = [agency for agency in left if agency.pk in done]
        if not left:
            break
    return failed


def _halved(agencies: Sequence[Agency]) -> tuple[set[int], set[int]]:
    """The keys done and failed in one round, halving the agencies until the broken one is alone."""
    try:
        return _round(agencies), set()
    except Exception:
        if len(agencies) == 1:
            logger.exception("The indicators of agency %s were not recomputed", agencies[0].pk)
            return set(), {agencies[0].pk}
    done: set[int] = set()
    broken: set[int] = set()
    for half in batched(agencies, -(-len(agencies) // 2)):
        good, bad = _halved(half)
        done |= good
        broken |= bad
    return done, broken


@dataclass
class _Work:
    """What is to be done for one agency, as read before its facts."""

    agency: Agency
    today: date
    last: Recomputation | None
    marks: dict[int, str] = field(default_factory=dict)
    newest: dict[str, IndicatorSnapshot] = field(default_factory=dict)
    results: dict[str, IndicatorResult] = field(default_factory=dict)
    whole: bool = True
    """Whether each stale indicator could be judged."""

    @property
    def stale(self) -> tuple[Indicator, ...]:
        last = self.last
        if last is None or last.day != self.today or last.engine != ENGINE:
            return registry.registered()
        return changes.stale(set(self.marks.values()))


@transaction.atomic
def _round(agencies: Sequence[Agency]) -> set[int]:
    """One round of those that are due and that no other process is at; the keys of those done."""
    taken = _locked(agencies)
    if not taken:
        return set()
    with _reading(taken):
        due = [each for each in _found(taken) if each.stale or each.marks]
        for works in _alike(due):
            _evaluate(works)
    for each in due:
        with tenancy.entering(each.agency):
            _write(each)
    return {each.agency.pk for each in due if each.whole}


def _locked(agencies: Sequence[Agency]) -> list[Agency]:
    """The agencies at which no other process is, locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM unnest(%s::bigint[]) AS key"
            " WHERE pg_try_advisory_xact_lock(hashtextextended('indicators ' || key, 0))",
            [[agency.pk for agency in agencies]],
        )
        keys = {key for (key,) in cursor.fetchall()}
    return [agency for agency in agencies if agency.pk in keys]


def _reading(agencies: Sequence[Agency]) -> AbstractContextManager[None]:
    """Behind the walls of the one agency, or read-only over several."""
    return tenancy.across() if len(agencies) > 1 else tenancy.entering(agencies[0])


def _found(agencies: Sequence[Agency]) -> list[_Work]:
    """Read the marks before the facts: one that arrives meanwhile stays for the next round."""
    keys = [agency.pk for agency in agencies]
    last = {row.agency_id: row for row in Recomputation.objects.across(keys)}
    found = {each.pk: _Work(each, each.today(), last.get(each.pk)) for each in agencies}
    marks = StaleMark.objects.across(keys).values_list("agency_id", "pk", "indicator")
    for agency, pk, indicator in marks:
        found[agency].marks[pk] = indicator
    return list(found.values())


def _alike(due: Sequence[_Work]) -> list[list[_Work]]:
    """Those that ask for the same indicators on the same day."""
    groups: dict[tuple[date, tuple[str, ...]], list[_Work]] = {}
    for each in due:
        if each.stale:
            asked = each.today, tuple(indicator.code for indicator in each.stale)
            groups.setdefault(asked, []).append(each)
    return list(groups.values())


def _evaluate(works: Sequence[_Work]) -> None:
    """Judge agencies that are alike; a broken indicator of the one agency holds up no other."""
    by_key = {each.agency.pk: each for each in works}
    keys, stale, today = list(by_key), works[0].stale, works[0].today
    newest = IndicatorSnapshot.objects.across(keys).newest_of_each()
    for row in newest:
        by_key[row.agency_id].newest[row.indicator] = row
    if len(works) > 1:
        found = evaluate(keys, today, indicators=stale)
        for key, each in by_key.items():
            each.results = found[key]
        return
    (work,) = works
    try:
        with attempt():
            work.results = evaluate(keys, today, indicators=stale)[keys[0]]
    except Exception:
        work.results, work.whole = _one_by_one(work.agency, today, stale)


def _one_by_one(
    agency: Agency, today: date, stale: Sequence[Indicator]
) -> tuple[dict[str, IndicatorResult], bool]:
    """The results of indicators that do not break, and whether none did."""
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


def _write(work: _Work) -> None:
    """Keep the results; while an indicator could not be judged, its marks stay for the sweep."""
    _keep(work)
    if not work.whole:
        return
    if work.marks:
        StaleMark.objects.within(work.agency).filter(pk__in=list(work.marks)).delete()
    rows = Recomputation.objects.within(work.agency)
    done = {"day": work.today, "engine": ENGINE, "finished_at": timezone.now()}
    if work.last is None:
        rows.create(**done)
    else:
        rows.update(**done)


def _keep(work: _Work) -> None:
    """Append a snapshot of each result that differs from the newest one, or ends a month."""
    kept = []
    for code, result in work.results.items():
        before = work.newest.get(code)
        stored = result.stored()
        if before is not None and _still_says(before, result.on, stored):
            continue
        unchanged = (
            before is not None and before.status == stored["status"] and before.day <= result.on
        )
        kept.append(
            IndicatorSnapshot(
                agency_id=work.agency.pk,
                indicator=code,
                day=result.on,
                engine=ENGINE,
                status_since=before.status_since if before and unchanged else result.on,
                **stored,
            )
        )
    if kept:
        IndicatorSnapshot.objects.within(work.agency).bulk_create(kept)


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
